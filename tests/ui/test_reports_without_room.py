"""A report that cannot be written from the window: one sentence, nothing half-written, and the page goes on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtGui import QPdfWriter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QProgressDialog

from faults.children import bytes_beside
from full_disks import fill
from keyboard import Keyboard
from legation.documents.document import Document
from legation.documents.earlier_issue import side_file
from legation.documents.formats import FORMATS
from legation.documents.to_pdf import Pages
from legation.documents.writing import write_document
from legation.errors import DiskFull, PlaceProblem, UserError
from legation.storage.report_sets import KeptReport, ReportSet
from legation.ui.commands import reports as commands
from legation.ui.main_window import MainWindow
from legation.ui.reports.page import ReportsPage
from ui.long_document import long_document

SET = ReportSet("Monday", (KeptReport("who-met-whom", {}, ("csv", "html"), "participation"),) * 8)


def _document(page: ReportsPage) -> Document:
    assert page.made is not None and page.made.document is not None
    return page.made.document


def _told(keyboard: Keyboard, window: MainWindow, failures: list[BaseException]) -> UserError:
    """The one error that was told; nothing waits in front of the window then."""
    keyboard.until(lambda: bool(failures))
    (error,) = failures
    failures.clear()
    assert isinstance(error, UserError)
    keyboard.until(lambda: not any(each.isVisible() for each in window.findChildren(QProgressDialog)))
    return error


def _require_usable(keyboard: Keyboard, window: MainWindow, page: ReportsPage, folder: Path) -> None:
    """The same report is saved elsewhere, and another one is made."""
    commands.write_report(window, _document(page), FORMATS["csv"], folder / "again.csv")
    keyboard.until((folder / "again.csv").is_file)
    page.show_report("upcoming")
    keyboard.until(lambda: page.is_current and _document(page).title == "Upcoming events")


def _printer(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


@pytest.mark.parametrize("name", ["csv", "xlsx", "html", "pdf", "docx", "json", "text"])
def test_a_full_disk(
    window: MainWindow,
    keyboard: Keyboard,
    chronology: ReportsPage,
    small_disk: Path,
    tmp_path: Path,
    failures: list[BaseException],
    name: str,
) -> None:
    path = small_disk / f"report{FORMATS[name].ending}"
    path.write_bytes(b"as it was")
    filler = fill(small_disk)
    before = bytes_beside(small_disk)
    commands.write_report(window, _document(chronology), FORMATS[name], path)
    error = _told(keyboard, window, failures)
    assert isinstance(error, DiskFull)
    assert error.what_happened == f"There is no room left on the disk that holds {path.name}."
    assert bytes_beside(small_disk) == before
    filler.unlink()
    commands.write_report(window, _document(chronology), FORMATS[name], path)
    keyboard.until(lambda: path.read_bytes() != b"as it was")
    assert side_file(path).exists() is not FORMATS[name].tells_itself
    _require_usable(keyboard, window, chronology, tmp_path)


def test_a_folder_that_goes_while_a_report_is_made(
    window: MainWindow,
    keyboard: Keyboard,
    chronology: ReportsPage,
    tmp_path: Path,
    failures: list[BaseException],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    document = long_document(3000)

    def take_away(done: int, _total: int) -> bool:
        shutil.rmtree(folder, ignore_errors=True)
        return True

    def write(*arguments: object) -> object:
        return write_document(*arguments[:3], take_away)  # type: ignore[arg-type]

    monkeypatch.setattr("legation.documents.writing.write_document", write)
    commands.write_report(window, document, FORMATS["csv"], folder / "report.csv")
    error = _told(keyboard, window, failures)
    assert isinstance(error, PlaceProblem) and error.what_happened == f"The folder {folder} is not there."
    monkeypatch.undo()
    _require_usable(keyboard, window, chronology, tmp_path)


def test_a_set_without_room(
    window: MainWindow,
    keyboard: Keyboard,
    chronology: ReportsPage,
    small_disk: Path,
    tmp_path: Path,
    failures: list[BaseException],
) -> None:
    (small_disk / "who-met-whom.csv").write_bytes(b"last week")
    filler = fill(small_disk, leave=40_960)
    before = bytes_beside(small_disk)
    commands.write_set_to(window, SET, small_disk)
    assert isinstance(_told(keyboard, window, failures), DiskFull)
    assert bytes_beside(small_disk) == before
    filler.unlink()
    commands.write_set_to(window, SET, small_disk)
    keyboard.until(lambda: "Wrote 24 files" in window.statusBar().currentMessage())
    _require_usable(keyboard, window, chronology, tmp_path)


def test_a_set_that_is_cancelled(
    window: MainWindow, keyboard: Keyboard, chronology: ReportsPage, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "who-met-whom.csv").write_bytes(b"last week")
    commands.write_set_to(window, SET, folder)
    (waiting,) = window.findChildren(QProgressDialog)
    waiting.canceled.emit()
    keyboard.until(lambda: "Cancelled; nothing was written." in window.statusBar().currentMessage())
    assert bytes_beside(folder) == {"who-met-whom.csv": b"last week"}
    _require_usable(keyboard, window, chronology, tmp_path)


def test_printing_into_a_file_on_a_full_disk(
    window: MainWindow,
    keyboard: Keyboard,
    chronology: ReportsPage,
    small_disk: Path,
    tmp_path: Path,
    failures: list[BaseException],
) -> None:
    path = small_disk / "printed.pdf"
    path.write_bytes(b"as it was")
    fill(small_disk, leave=8192)
    before = bytes_beside(small_disk)
    commands.print_pages(window, _document(chronology), _printer(path))
    error = _told(keyboard, window, failures)
    assert error.what_happened == "There is no room left on the disk that holds printed.pdf."
    assert bytes_beside(small_disk) == before
    _require_usable(keyboard, window, chronology, tmp_path)


def test_printing_into_a_folder_that_is_gone(
    window: MainWindow, keyboard: Keyboard, chronology: ReportsPage, tmp_path: Path, failures: list[BaseException]
) -> None:
    commands.print_pages(window, _document(chronology), _printer(tmp_path / "nowhere" / "printed.pdf"))
    error = _told(keyboard, window, failures)
    assert error.what_happened == f"The folder {tmp_path / 'nowhere'} is not there."
    _require_usable(keyboard, window, chronology, tmp_path)


class _Jammed(QPdfWriter):
    """A device that takes one page."""

    def newPage(self) -> bool:
        return False


def test_a_printer_that_takes_no_further_page_is_told(window: MainWindow, tmp_path: Path) -> None:
    pages = Pages(long_document(200))
    assert pages.count > 1
    with pytest.raises(UserError, match="The printer does not take the pages"):
        pages.paint_all(_Jammed(str(tmp_path / "jammed.pdf")))
