"""Commands of the Reports page: going there with what is chosen, saving, printing, copying, and report sets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication, QProgressDialog

from legation.documents.progress import Cancelled, Progress
from legation.errors import UserError
from legation.i18n import N_, _, ngettext
from legation.settings import read_state, write_state
from legation.storage.reading import Interrupted, Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from legation.documents.document import Document
    from legation.documents.formats import Format
    from legation.storage.report_sets import ReportSet
    from legation.ui.main_window import MainWindow
    from legation.ui.reports.page import ReportsPage

STATE = "report"
PATIENCE_MILLISECONDS = 400


def open_reports(window: MainWindow) -> None:
    """Go to the reports, with the record, the two countries or the filter on screen filled in."""
    from legation.ui.reports.prefilling import prefill

    prefill(window)


def _page(window: MainWindow) -> ReportsPage | None:
    page = window.reports_page()
    if page is None:
        window.tell(_("Go to a report first: Ctrl+R."))
    return page


def _finished(window: MainWindow) -> tuple[ReportsPage, Document] | None:
    """The page and the report on show; where it lacks something, the keyboard goes there instead."""
    page = _page(window)
    if page is None:
        return None
    if page.made is not None and page.made.document is not None and page.is_current:
        return page, page.made.document
    if page.wish.problems():
        page.options.give_keyboard()
        window.tell(next(iter(page.wish.problems().values())))
    else:
        window.tell(_("The report is being made. Try again when it is there."))
    return None


def save_report(window: MainWindow) -> None:
    """Save the report on show as a file: PDF, Word, Excel, a web page, CSV, JSON, text, or a calendar."""
    from legation.reports.sets import file_stem, fitting_formats
    from legation.ui.dialogs.save_report import SaveReportDialog

    found = _finished(window)
    if found is None:
        return
    page, document = found
    kept = read_state(STATE)
    formats = fitting_formats(page.wish.report)
    last = next((each for each in formats if each.name == kept.get("format")), formats[0])
    dialog = SaveReportDialog(window, _folder(kept) / file_stem(document.title), formats, last)

    def write() -> None:
        write_state(STATE, {"folder": str(dialog.path.parent), "format": dialog.format.name})
        write_report(window, document, dialog.format, dialog.path)

    dialog.accepted.connect(lambda: window.guarded(write))
    dialog.open()


def _folder(kept: dict[str, Any]) -> Path:
    folder = kept.get("folder")
    return Path(folder) if isinstance(folder, str) and Path(folder).is_dir() else Path.home()


def write_report(window: MainWindow, document: Document, format: Format, path: Path) -> None:
    """Write a report in the background, with progress and Cancel; the file is whole or as it was."""
    from legation.documents.writing import write_document

    def written(paths: list[Path] | None) -> None:
        if paths is None:
            window.tell(_("Cancelled; nothing was written."))
        else:
            window.tell(_("Wrote {name}.").format(name=path.name))

    words = _("Writing {name}").format(name=path.name)
    _in_background(window, words, lambda _reader, progress: write_document(document, format, path, progress), written)


def _in_background(
    window: MainWindow, words: str, work: Callable[[Reader, Progress], Any], done: Callable[[Any], None]
) -> None:
    """Do long work on a reading lane behind a small window with progress and Cancel; `done` gets None for Cancel.

    An error is told and never thrown.
    """
    workspace = window.workspace
    if workspace is None:
        return
    waiting = QProgressDialog(words, _("Cancel"), 0, 0, window)
    waiting.setWindowModality(Qt.WindowModality.WindowModal)
    waiting.setMinimumDuration(PATIENCE_MILLISECONDS)
    waiting.setAccessibleName(words)
    stopped: list[bool] = []
    waiting.canceled.connect(lambda: stopped.append(True))

    def guarded_work(reader: Reader) -> Any:
        try:
            return True, work(reader, lambda _done, _all: not stopped)
        except (Cancelled, Interrupted):
            return True, None
        except Exception as error:
            return False, error

    def take(answer: tuple[bool, Any]) -> None:
        waiting.reset()
        waiting.deleteLater()
        if answer[0]:
            done(answer[1])
        else:
            window.failed(answer[1])

    workspace.long.ask_too(guarded_work, take, lasts=True, owner=window)


def print_report(window: MainWindow) -> None:
    """Print the report on show as the preview has it."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

    found = _finished(window)
    if found is None:
        return
    if not QPrinterInfo.availablePrinterNames():
        window.tell(_("There is no printer. Save the report as PDF and print that elsewhere."))
        return
    document = found[1]
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(document.title)
    dialog = QPrintDialog(printer, window)
    dialog.accepted.connect(lambda: print_pages(window, document, printer))
    dialog.open()


def print_pages(window: MainWindow, document: Document, printer: Any) -> None:
    """Send all pages of a document to a printer in the background; a file in its place is whole or as it was."""
    from PySide6.QtPrintSupport import QPrinter

    from legation.documents.to_pdf import Pages

    if printer.outputFileName() and printer.outputFormat() == QPrinter.OutputFormat.PdfFormat:
        _print_to_file(window, document, Path(printer.outputFileName()))
        return

    def work(_reader: Reader, progress: Progress) -> int:
        pages = Pages(document, progress)
        printer.setPageLayout(pages.page_layout())
        printer.setFullPage(True)
        pages.paint_all(printer, progress)
        if printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
            raise UserError(_("The printer stopped."), _("See that it is there and ready, and print again."))
        return pages.count

    def told(count: int | None) -> None:
        if count is None:
            window.tell(_("Printing was stopped."))
        else:
            window.tell(ngettext("Sent {count} page to the printer.", "Sent {count} pages to the printer.", count)
                        .format(count=f"{count:,}"))  # fmt: skip

    _in_background(window, _("Printing {name}").format(name=document.title), work, told)


def _print_to_file(window: MainWindow, document: Document, path: Path) -> None:
    """Write the pages into the file that was given in place of a printer: Qt would leave half of it on a full disk."""
    from legation.documents.to_pdf import to_pdf
    from legation.documents.writing import whole_file

    def work(_reader: Reader, progress: Progress) -> Path:
        with whole_file(path) as file:
            file.write(to_pdf(document, progress))
        return path

    def told(written: Path | None) -> None:
        window.tell(_("Printing was stopped.") if written is None else _("Wrote {name}.").format(name=path.name))

    _in_background(window, _("Printing {name}").format(name=document.title), work, told)


def copy_report(window: MainWindow) -> None:
    """Copy the report on show: as tables for Word and e-mail, and as rows for a spreadsheet."""
    from legation.documents.for_pasting import pasted_html, pasted_text

    found = _finished(window)
    if found is None:
        return
    document = found[1]

    def take(parts: tuple[str, str] | None) -> None:
        if parts is None:
            return
        data = QMimeData()
        data.setHtml(parts[0])
        data.setText(parts[1])
        QApplication.clipboard().setMimeData(data)
        rows = sum(table.count for table in document.tables)
        window.tell(ngettext("Copied {count} row.", "Copied {count} rows.", rows).format(count=f"{rows:,}"))

    words = _("Copying {name}").format(name=document.title)
    _in_background(window, words, lambda _reader, _progress: (pasted_html(document), pasted_text(document)), take)


# report sets


def keep_set(window: MainWindow) -> None:
    """Keep the report on show, its options and formats in a report set of a name."""
    from legation.reports.sets import fitting_formats, kept_report
    from legation.storage.report_sets import ReportSet, keep_report_set
    from legation.ui.dialogs.keep_set import KeepSetDialog

    page, workspace = _page(window), window.workspace
    if page is None or workspace is None:
        return
    if page.wish.problems():
        page.options.give_keyboard()
        return
    wish = page.wish
    last = read_state(STATE).get("format")
    formats = fitting_formats(wish.report)
    chosen = [str(last)] if last in [each.name for each in formats] else ["pdf"]
    dialog = KeepSetDialog(window, _(wish.report.label), formats, chosen, page.sets.sets, page.set_name)

    def write() -> None:
        name = dialog.name
        page.set_name = name
        before = next((each for each in page.sets.sets if each.name.casefold() == name.casefold()), None)
        kept = (before or ReportSet(name, ())).with_report(kept_report(wish.request(), dialog.formats, wish.since))
        workspace.write(
            lambda database: database.write(
                N_("Save the report set “{name}”"), lambda session: keep_report_set(session, kept), name=kept.name
            ),
            lambda _change: window.tell(_("Saved in the report set “{name}”.").format(name=kept.name)),
        )

    dialog.accepted.connect(lambda: window.guarded(write))
    dialog.open()


def write_set(window: MainWindow) -> None:
    """Write every report of the chosen report set, in its formats, into a folder."""
    from legation.ui.dialogs.write_set import WriteSetDialog

    page = _page(window)
    chosen = _chosen_set(window, page)
    if page is None or chosen is None:
        return
    dialog = WriteSetDialog(window, chosen, _folder(read_state(STATE)))

    def write() -> None:
        write_state(STATE, read_state(STATE) | {"folder": str(dialog.folder)})
        write_set_to(window, chosen, dialog.folder)

    dialog.accepted.connect(lambda: window.guarded(write))
    dialog.open()


def write_set_to(window: MainWindow, chosen: ReportSet, folder: Path) -> None:
    """Write every report of a set into a folder, in the background."""
    from legation.reports.sets import write_set as write

    workspace = window.workspace
    if workspace is None:
        return
    path = workspace.path

    def told(paths: list[Path] | None) -> None:
        if paths is None:
            window.tell(_("Cancelled; nothing was written."))
        else:
            many = ngettext("Wrote {count} file to {folder}.", "Wrote {count} files to {folder}.", len(paths))
            window.tell(many.format(count=f"{len(paths):,}", folder=folder))

    words = _("Writing the report set “{name}”").format(name=chosen.name)
    _in_background(window, words, lambda reader, progress: write(path, reader, chosen, folder, progress), told)


def forget_set(window: MainWindow) -> None:
    """Take the chosen report out of its report set; with the set itself chosen, forget the set."""
    from legation.storage.report_sets import ReportSet, forget_report_set, keep_report_set

    page, workspace = _page(window), window.workspace
    chosen = page.sets.chosen() if page is not None else None
    if page is None or workspace is None:
        return
    if chosen is None:
        window.tell(_("Choose a report set first."))
        return
    kept, at = chosen
    left = kept.without(at) if at >= 0 else ReportSet(kept.name, ())
    label = N_("Save the report set “{name}”") if left.reports else N_("Forget the report set “{name}”")
    work = keep_report_set if left.reports else None

    def change(session: Any) -> None:
        if work is None:
            forget_report_set(session, kept.name)
        else:
            work(session, left)

    said = _("Taken out. Undo: Ctrl+Z") if left.reports else _("Forgot the report set. Undo: Ctrl+Z")
    workspace.write(
        lambda database: database.write(label, change, name=kept.name), lambda _change: window.tell(said)
    )  # fmt: skip


def _chosen_set(window: MainWindow, page: ReportsPage | None) -> ReportSet | None:
    """The set that is chosen, or the only one."""
    if page is None:
        return None
    chosen = page.sets.chosen()
    if chosen is None and len(page.sets.sets) != 1:
        window.tell(_("Choose a report set first.") if page.sets.sets else _("There is no report set yet."))
        return None
    return chosen[0] if chosen is not None else page.sets.sets[0]


# the preview


def larger_pages(window: MainWindow) -> None:
    """Make the pages of the preview larger."""
    if (page := _page(window)) is not None:
        page.paper.zoom(1)


def smaller_pages(window: MainWindow) -> None:
    """Make the pages of the preview smaller."""
    if (page := _page(window)) is not None:
        page.paper.zoom(-1)


def fit_width(window: MainWindow) -> None:
    """Make the pages of the preview as wide as there is room."""
    if (page := _page(window)) is not None:
        page.paper.fit("width")


def fit_page(window: MainWindow) -> None:
    """Show one whole page of the preview at a time."""
    if (page := _page(window)) is not None:
        page.paper.fit("page")
