"""Commands on files: making, opening, exporting, backing up and leaving."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QProgressDialog

from legation.i18n import _
from legation.storage.database import SUFFIX

if TYPE_CHECKING:
    from legation.ui.main_window import MainWindow


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

    make(path, sample=sample).close()
    window.open(path)


def open_workspace(window: MainWindow) -> None:
    """Open a workspace file."""
    kinds = _("Legation workspaces (*{suffix});;All files (*)").format(suffix=SUFFIX)
    chosen, _kind = QFileDialog.getOpenFileName(window, _("Open"), str(Path.home()), kinds)
    if chosen:
        window.open(Path(chosen))


def export(window: MainWindow) -> None:
    """Write exactly the rows and columns on screen to a CSV file."""
    page = window.record_page()
    if page is None:
        window.tell(_("This page has no table to export."))
        return
    suggested = str(Path.home() / f"{_(page.page.label).lower()}.csv")
    chosen, _kind = QFileDialog.getSaveFileName(window, _("Export what I see"), suggested, _("CSV (*.csv)"))
    if chosen:
        write_export(window, Path(chosen))


def write_export(window: MainWindow, path: Path) -> None:
    """Write the table on screen to `path` in the background, with progress and Cancel."""
    from legation.documents.cells import exported_rows, headings
    from legation.documents.writing import Cancelled, whole_file, write_csv
    from legation.settings import read_settings
    from legation.storage.pages import columns_of

    page = window.record_page()
    workspace = window.workspace
    if page is None or workspace is None:
        return
    query, columns = page.query, columns_of(page.record, page.columns_on_screen())
    order, bom = list(page.model.ids), read_settings().csv_with_byte_order_mark
    progress = QProgressDialog(_("Writing {name}").format(name=path.name), _("Cancel"), 0, 0, window)
    progress.setWindowModality(Qt.WindowModality.WindowModal)
    progress.setMinimumDuration(400)
    stopped: list[bool] = []
    progress.canceled.connect(lambda: stopped.append(True))

    def write(reader: Any) -> int | None:
        try:
            with whole_file(path) as file:
                portions = exported_rows(reader, query, columns, order)
                return write_csv(file, headings(columns), portions, bom=bom, progress=lambda _done, _all: not stopped)
        except Cancelled:
            return None

    def done(count: int | None) -> None:
        progress.reset()
        if count is None:
            window.tell(_("Export cancelled; nothing was written."))
        else:
            window.tell(_("Wrote {count} rows to {name}.").format(count=f"{count:,}", name=path.name))

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


def leave(window: MainWindow) -> None:
    """Close the window."""
    window.close()
