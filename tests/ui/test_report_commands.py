"""Reports in the window: saved, copied and printed, kept in sets and written together; what fails is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QDialog, QProgressDialog

from keyboard import Keyboard
from legation.documents.document import Cell, Column, Document, Group, Row, Table
from legation.documents.for_pasting import pasted_html, pasted_text
from legation.documents.formats import FORMATS
from legation.errors import UserError
from legation.storage.report_sets import ReportSet
from legation.ui.commands import reports as commands
from legation.ui.commands.catalogue import COMMANDS
from legation.ui.dialogs.keep_set import KeepSetDialog
from legation.ui.dialogs.save_report import SaveReportDialog
from legation.ui.dialogs.write_set import WriteSetDialog
from legation.ui.main_window import MainWindow
from legation.ui.reports.page import ReportsPage
from ui.long_document import long_document

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Kind = TypeVar("Kind", bound=QDialog)


def _run(window: MainWindow, id: str) -> None:
    window.run(next(each for each in COMMANDS if each.id == id))


def _dialog(keyboard: Keyboard, kind: type[Kind]) -> Kind:
    keyboard.until(lambda: isinstance(QApplication.activeModalWidget(), kind))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, kind)
    keyboard.until(lambda: QApplication.focusWidget() is not None and dialog.isAncestorOf(QApplication.focusWidget()))
    return dialog


# saving, copying, printing


def test_a_report_is_saved_by_keys_in_the_format_of_last_time(
    window: MainWindow, keyboard: Keyboard, chronology: ReportsPage, tmp_path: Path
) -> None:
    keyboard.press(Qt.Key.Key_S, CONTROL)
    dialog = _dialog(keyboard, SaveReportDialog)
    assert dialog.format.name == "pdf" and dialog.path.name == "turkmenistan-and-japan-chronology.pdf"
    assert [dialog.kind.itemData(at) for at in range(dialog.kind.count())] == [
        name for name in FORMATS if name != "ics"
    ]
    dialog.file.setText(str(tmp_path / "out.csv"))
    assert dialog.format.name == "csv"
    dialog.kind.setCurrentIndex(2)
    assert dialog.path.name == "out.xlsx"
    dialog.file.setText(str(tmp_path / "nowhere" / "out"))
    assert "is not there" in dialog.told.text() and not dialog.write.isEnabled()
    dialog.file.setText(str(tmp_path / "out"))
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until((tmp_path / "out.xlsx").is_file)
    window.activateWindow()
    keyboard.press(Qt.Key.Key_E, CONTROL | SHIFT)
    again = _dialog(keyboard, SaveReportDialog)
    assert again.format.name == "xlsx" and again.path.parent == tmp_path
    again.reject()


def test_a_folder_that_refuses_is_told(
    window: MainWindow,
    keyboard: Keyboard,
    chronology: ReportsPage,
    tmp_path: Path,
    failures: list[BaseException],
) -> None:
    made = chronology.made
    assert made is not None and made.document is not None
    commands.write_report(window, made.document, FORMATS["html"], tmp_path / "gone" / "out.html")
    keyboard.until(lambda: bool(failures))
    (error,) = failures
    assert isinstance(error, UserError) and not list(tmp_path.glob("gone*"))
    failures.clear()


@pytest.mark.parametrize("format", ["pdf", "csv", "docx"])
def test_saving_that_is_cancelled_writes_nothing(
    window: MainWindow, keyboard: Keyboard, chronology: ReportsPage, tmp_path: Path, format: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    cancelled = Event()
    assert window.workspace is not None  # the lane is busy, so that a quick format is not written before the key
    window.workspace.long.ask_too(lambda _reader: cancelled.wait(20), lambda _answer: None, lasts=True, owner=window)
    commands.write_report(window, long_document(4_000), FORMATS[format], folder / f"out.{format}")
    (waiting,) = window.findChildren(QProgressDialog)
    waiting.canceled.emit()
    cancelled.set()
    keyboard.until(lambda: "nothing was written" in window.statusBar().currentMessage())
    assert not list(folder.iterdir())


def test_a_report_is_copied_as_a_table(window: MainWindow, keyboard: Keyboard, chronology: ReportsPage) -> None:
    QApplication.clipboard().setText("before")
    chronology.paper.setFocus()
    keyboard.press(Qt.Key.Key_C, CONTROL)
    keyboard.until(lambda: QApplication.clipboard().mimeData().hasHtml())
    html, text = QApplication.clipboard().mimeData().html(), QApplication.clipboard().text()
    assert "<table" in html and "Turkmenistan and Japan: chronology" in html and "record:" not in html
    lines = text.splitlines()
    assert lines[0].split("\t")[:3] == ["Year", "Date", "Kind"] and len(lines) == 1 + chronology_rows(chronology)
    assert all(len(line.split("\t")) == len(lines[0].split("\t")) for line in lines)


def chronology_rows(page: ReportsPage) -> int:
    """How many rows the report on show has."""
    assert page.made is not None and page.made.document is not None
    return sum(table.count for table in page.made.document.tables)


def test_formulas_are_guarded_on_the_clipboard() -> None:
    table = Table("t", "T", (Column("a", "A"),), (Group("", (Row("r", (Cell("=1+1"),)),)),))
    assert pasted_text(Document("D", blocks=[table])) == "A\n'=1+1\n"
    assert "=1+1" in pasted_html(Document("D", blocks=[table]))


def test_pages_are_printed_into_a_file(
    window: MainWindow, keyboard: Keyboard, chronology: ReportsPage, tmp_path: Path
) -> None:
    made = chronology.made
    assert made is not None and made.document is not None and made.pages is not None
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    commands.print_pages(window, made.document, printer)
    keyboard.until(lambda: "Wrote printed.pdf." in window.statusBar().currentMessage())
    assert (tmp_path / "printed.pdf").read_bytes() == FORMATS["pdf"].write(made.document)
    assert not (tmp_path / "printed.pdf.about.json").exists()


def test_pages_are_sent_to_a_printer(
    window: MainWindow, keyboard: Keyboard, chronology: ReportsPage, tmp_path: Path
) -> None:
    class Printer(QPrinter):
        """One that writes what it prints where nobody asked for a file."""

        def outputFileName(self) -> str:
            return ""

    assert chronology.made is not None and chronology.made.document is not None
    printer = Printer(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    commands.print_pages(window, chronology.made.document, printer)
    keyboard.until(lambda: "to the printer" in window.statusBar().currentMessage())
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")


def test_without_a_printer_it_is_said(
    window: MainWindow, chronology: ReportsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: []))
    _run(window, "print-report")
    assert "There is no printer." in window.statusBar().currentMessage()


# report sets


def _keep(keyboard: Keyboard, name: str, *formats: str) -> None:
    keyboard.press(Qt.Key.Key_S, CONTROL | SHIFT)
    dialog = _dialog(keyboard, KeepSetDialog)
    dialog.line.clear()
    keyboard.until(dialog.line.hasFocus)
    keyboard.type(name)
    for each, box in dialog.boxes.items():
        box.setChecked(each in formats)
    keyboard.press(Qt.Key.Key_Return)


def test_a_set_is_kept_written_and_forgotten(
    window: MainWindow, keyboard: Keyboard, chronology: ReportsPage, tmp_path: Path
) -> None:
    page = chronology
    assert not page.sets.isVisible() and page.no_sets.isVisible()
    _keep(keyboard, "Monday", "json", "html")
    keyboard.until(lambda: page.sets.count() == 2)
    window.activateWindow()
    page.show_report("upcoming")
    keyboard.until(lambda: page.made is not None and page.made.request.report.name == "upcoming")
    _keep(keyboard, "monday", "ics")
    keyboard.until(lambda: page.sets.count() == 3)
    window.activateWindow()
    assert [len(each.reports) for each in page.sets.sets] == [2]
    page.sets.setCurrentRow(1)
    keyboard.until(lambda: page.list.chosen() == "bilateral-chronology" and page.is_current)
    assert page.wish.options["country"] == "TKM"
    page.sets.setCurrentRow(0)
    page.sets.setFocus()
    keyboard.press(Qt.Key.Key_Return)
    dialog = _dialog(keyboard, WriteSetDialog)
    dialog.line.setText(str(tmp_path / "nowhere"))
    assert not dialog.write.isEnabled() and "is not there" in dialog.told.text()
    folder = tmp_path / "out"
    folder.mkdir()
    dialog.line.setText(str(folder))
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: "Wrote" in window.statusBar().currentMessage())
    endings = sorted({each.suffix for each in folder.iterdir()})
    assert {".html", ".ics", ".json"} <= set(endings)
    told = json.loads((folder / "turkmenistan-and-japan-chronology.json").read_text(encoding="utf-8"))
    assert told["report"] == "bilateral-chronology"
    window.activateWindow()
    page.sets.setCurrentRow(2)
    page.sets.setFocus()
    keyboard.press(Qt.Key.Key_Delete)
    keyboard.until(lambda: page.sets.count() == 2)
    page.sets.setCurrentRow(0)
    keyboard.press(Qt.Key.Key_Delete)
    keyboard.until(lambda: not page.sets.isVisible() and page.no_sets.isVisible())
    page.list.setFocus()
    keyboard.press(Qt.Key.Key_Z, CONTROL)
    keyboard.until(lambda: [len(each.reports) for each in page.sets.sets] == [1])


def test_a_set_that_fails_tells_why(
    window: MainWindow, keyboard: Keyboard, chronology: ReportsPage, tmp_path: Path, failures: list[BaseException]
) -> None:
    from legation.storage.report_sets import KeptReport

    commands.write_set_to(window, ReportSet("Bad", (KeptReport("weather"),)), tmp_path)
    keyboard.until(lambda: bool(failures))
    assert "weather" in str(failures.pop())


@pytest.mark.parametrize("id", [each.id for each in COMMANDS if each.id.endswith(("-report", "-set"))])
def test_commands_of_reports_say_where_they_belong(window: MainWindow, id: str) -> None:
    _run(window, id)
    assert "Ctrl+R" in window.statusBar().currentMessage()
    told: Callable[[], str] = window.statusBar().currentMessage
    window.show_page("reports")
    _run(window, id)
    assert told()
