"""Commands on files: making, opening, exporting, backing up and leaving."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QProgressDialog

from legation.i18n import _, ngettext
from legation.settings import read_settings, read_state, write_settings, write_state
from legation.storage.database import SUFFIX, Database, is_writable, open_workspace as open_and_prepare
from legation.storage.pages import columns_of
from legation.storage.steps import ChangeSet
from legation.ui.commands.reports import save_report
from legation.ui.errands import run_errand

if TYPE_CHECKING:
    from legation.ui.main_window import MainWindow

STATE = "export"


def _ask_for_new(window: MainWindow, title: str, name: str) -> Path | None:
    kinds = _("Legation workspaces (*{suffix})").format(suffix=SUFFIX)
    chosen, _kind = QFileDialog.getSaveFileName(window, title, str(Path.home() / name), kinds)
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix else path.with_suffix(SUFFIX)


def new_workspace(window: MainWindow) -> None:
    """Make an empty workspace with the reference data and open it."""
    _make(window, _ask_for_new(window, _("New workspace"), _("My desk") + SUFFIX), sample=False)


def open_sample(window: MainWindow) -> None:
    """Make a workspace with the sample “Tokyo, January 2025” and open it."""
    _make(window, _ask_for_new(window, _("Where to keep the sample"), _("Sample") + SUFFIX), sample=True)


def _make(window: MainWindow, path: Path | None, *, sample: bool) -> None:
    if path is None:
        return
    from legation.storage.reference import new_workspace as make

    run_errand(
        window,
        _("Making {name}…").format(name=path.name),
        lambda: make(path, sample=sample).close(),
        lambda _made: window.guarded(lambda: window.open(path)),
        window.failed,
    )


def open_workspace(window: MainWindow) -> None:
    """Open a workspace file."""
    kinds = _("Legation workspaces (*{suffix});;All files (*)").format(suffix=SUFFIX)
    start = window.workspace.path.parent if window.workspace is not None else Path.home()
    chosen, _kind = QFileDialog.getOpenFileName(window, _("Open"), str(start), kinds)
    if chosen:
        window.open(Path(chosen))


def bring_up_to_date(window: MainWindow, path: Path) -> None:
    """Bring a workspace of an earlier format up to date in the background, then open it."""
    run_errand(
        window,
        _("Bringing {name} up to date…").format(name=path.name),
        lambda: open_and_prepare(path).close(),
        lambda _done: window.guarded(lambda: window.open(path)),
        window.failed,
    )


def close_workspace(window: MainWindow) -> None:
    """Close the workspace and go back to the first page."""
    window.close_workspace()


def export(window: MainWindow) -> None:
    """Write exactly the rows and columns on screen to a file: CSV, Excel or JSON; on the Reports page, the report."""
    from legation.ui.dialogs.export import ExportDialog

    if window.reports_page() is not None:
        save_report(window)
        return
    page = window.record_page()
    if page is None:
        window.tell(_("This page has no table to export."))
        return
    kept = read_state(STATE).get("folder")
    folder = Path(kept) if isinstance(kept, str) and Path(kept).is_dir() else Path.home()
    headings = [_(each.label) for each in columns_of(page.record, page.columns_on_screen())]
    name = f"{_(page.page.label).lower()}.csv"
    chosen = read_settings()
    count = len(page.model.ids) if page.model.is_whole else None
    dialog = ExportDialog(window, folder / name, count, headings, chosen.csv_with_byte_order_mark)

    def write() -> None:
        write_state(STATE, {"folder": str(dialog.path.parent)})
        if dialog.has_mark != chosen.csv_with_byte_order_mark:
            write_settings(replace(chosen, csv_with_byte_order_mark=dialog.has_mark))
        write_export(window, dialog.path)

    dialog.accepted.connect(lambda: window.guarded(write))
    dialog.open()


def write_export(window: MainWindow, path: Path) -> None:
    """Write the table on screen to `path` in the background, with progress and Cancel; its ending tells the format."""
    from legation.documents.lists import LIST_FORMATS, List, write_list
    from legation.documents.progress import Cancelled
    from legation.documents.writing import whole_file

    page = window.record_page()
    workspace = window.workspace
    if page is None or workspace is None:
        return
    query, columns = page.query, columns_of(page.record, page.columns_on_screen())
    order = list(page.model.ids) if page.model.is_whole else None  # the rest is on its way: the question is asked anew
    bom = read_settings().csv_with_byte_order_mark
    ending = path.suffix.lower().removeprefix(".")
    format = ending if ending in LIST_FORMATS else "csv"
    progress = QProgressDialog(_("Writing {name}").format(name=path.name), _("Cancel"), 0, 0, window)
    progress.setWindowModality(Qt.WindowModality.WindowModal)
    progress.setMinimumDuration(400)
    stopped: list[bool] = []
    progress.canceled.connect(lambda: stopped.append(True))

    def write(reader: Any) -> int | None:
        try:
            with whole_file(path) as file:
                rows = List(reader, query, columns, order)
                return write_list(file, format, rows, bom=bom, progress=lambda _done, _all: not stopped)
        except Cancelled:
            return None

    def done(count: int | None) -> None:
        progress.reset()
        if count is None:
            window.tell(_("Export cancelled; nothing was written."))
        else:
            told = ngettext("Wrote {count} row to {name}.", "Wrote {count} rows to {name}.", count)
            window.tell(told.format(count=f"{count:,}", name=path.name))

    workspace.long.ask_too(write, done)


def back_up(window: MainWindow) -> None:
    """Copy the workspace to its backup folder and verify the copy."""
    from legation.storage.backup import make_backup

    workspace = window.workspace
    if workspace is not None:
        path = workspace.path
        workspace.long.ask_too(
            lambda _reader: make_backup(path),
            lambda made: window.tell(_("Backup made: {name}").format(name=made.name if made else "")),
        )


def restore_backup(window: MainWindow) -> None:
    """Bring back a backup; the file as it is now is kept beside it."""
    if window.workspace is not None:
        choose_backup(window, window.workspace.path)
        return
    kinds = _("Legation workspaces (*{suffix});;All files (*)").format(suffix=SUFFIX)
    title = _("Which workspace shall be restored?")
    chosen, _kind = QFileDialog.getSaveFileName(
        window, title, str(Path.home()), kinds, options=QFileDialog.Option.DontConfirmOverwrite
    )
    if chosen:
        choose_backup(window, Path(chosen))


def choose_backup(window: MainWindow, path: Path) -> None:
    """Let the person choose a backup of a workspace and bring it back."""
    from legation.ui.dialogs.restore import RestoreDialog

    dialog = RestoreDialog(window, path)

    def start() -> None:
        if dialog.chosen is not None:
            _bring_back(window, path, dialog.chosen)

    dialog.accepted.connect(start)
    dialog.open()


def _bring_back(window: MainWindow, path: Path, backup: Path) -> None:
    """Close the workspace, put the backup in its place and open it again, whatever came of it."""
    from legation.storage.backup import restore

    was_open = window.workspace is not None
    window.close_workspace()

    def done(aside: Path | None) -> None:
        window.guarded(lambda: window.open(path))
        kept = _("Restored. The file as it was is kept as {name}.").format(name=aside.name) if aside else _("Restored.")
        window.tell(kept)

    def failed(error: BaseException) -> None:
        window.failed(error)
        if was_open:
            window.guarded(lambda: window.open(path))

    words = _("Restoring {name}…").format(name=path.name)
    run_errand(window, words, lambda: restore(path, backup), done, failed)


def update_reference_when_behind(window: MainWindow) -> None:
    """Bring the reference data up to date as one step when the program has a later release; Ctrl+Z takes it back."""
    workspace = window.workspace
    if workspace is None or not is_writable(workspace.path):
        return

    def done(change: ChangeSet | None) -> None:
        if change is None:
            return
        kept = len(change.result or ())
        told = ngettext(
            "The reference data was brought up to date; {count} value of yours was kept.",
            "The reference data was brought up to date; {count} values of yours were kept.",
            kept,
        )
        window.tell(told.format(count=kept))

    def update(database: Database) -> ChangeSet | None:
        from legation.storage.reference import is_behind, update_reference

        return update_reference(database) if is_behind(database) else None

    workspace.write(update, done)


def leave(window: MainWindow) -> None:
    """Close the window."""
    window.close()
