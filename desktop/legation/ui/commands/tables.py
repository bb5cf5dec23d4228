"""Commands of the table: its columns, its cells, and its rows on the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from legation.i18n import _, ngettext
from legation.storage.groups import MONTH, YEAR
from legation.storage.pages import columns_of, page as page_of
from legation.storage.reading import Reader
from legation.ui.commands.reports import keep_set

if TYPE_CHECKING:
    from legation.ui.main_window import MainWindow


def save_view(window: MainWindow) -> None:
    """Keep this filter, these columns and this order as a view of a name; it is listed below the pages."""
    from legation.ui.dialogs.ask_name import AskNameDialog, Kept

    if window.reports_page() is not None:
        keep_set(window)
        return
    page = window.record_page()
    if page is None:
        window.tell(_("This page has no table."))
        return
    name = window.views.shown.name if window.views.shown is not None else ""
    kept = Kept(
        _("Save this view"),
        page.filter.sentence(),
        _("Kept are this filter, these columns and this order, in the workspace."),
        _("Name, such as Overdue with Japan"),
        _("Takes the place of the view of that name."),
    )
    dialog = AskNameDialog(window, kept, [each.name for each in window.views.all], name)
    dialog.accepted.connect(lambda: window.views.keep(dialog.name))
    dialog.open()


def forget_view(window: MainWindow) -> None:
    """Delete the saved view that is shown; the table stays as it is."""
    window.views.forget()


def group_by_year(window: MainWindow) -> None:
    """Put a head above the records of each year, with how many there are; the table runs by date."""
    _group(window, YEAR)


def group_by_month(window: MainWindow) -> None:
    """Put a head above the records of each month, with how many there are; the table runs by date."""
    _group(window, MONTH)


def ungroup(window: MainWindow) -> None:
    """Show the table without heads of years or months."""
    _group(window, "")


def is_by_year(window: MainWindow) -> bool:
    """Whether the table is grouped by year."""
    return _grouping(window) == YEAR


def is_by_month(window: MainWindow) -> bool:
    """Whether the table is grouped by month."""
    return _grouping(window) == MONTH


def is_ungrouped(window: MainWindow) -> bool:
    """Whether the table is not grouped."""
    return not _grouping(window)


def next_group(window: MainWindow) -> None:
    """Go to the first record of the next year or month."""
    _go_to_group(window, 1)


def previous_group(window: MainWindow) -> None:
    """Go back to the first record of this year or month, or of the one before."""
    _go_to_group(window, -1)


def _grouping(window: MainWindow) -> str:
    page = window.record_page()
    return page.table.group if page is not None else ""


def _group(window: MainWindow, by: str) -> None:
    page = window.record_page()
    if page is None or not page.group_by(by):
        window.tell(_("These records have no date to be grouped by."))
    window.show_choices()


def _go_to_group(window: MainWindow, step: int) -> None:
    page = window.record_page()
    if page is None:
        return
    if not page.model.heads:
        window.tell(_("The table has no groups: choose Group by year in the menu View."))
    elif not page.go_to_group(step):
        window.tell(_("There is no other group."))


def choose_columns(window: MainWindow) -> None:
    """Choose which columns the table shows, and in which order."""
    from legation.ui.dialogs.columns import ColumnsDialog

    page = window.record_page()
    if page is not None:
        ColumnsDialog(window, page.record, page.table).open()


def edit_cell(window: MainWindow) -> None:
    """Correct the chosen cell in the table."""
    page = window.record_page()
    if page is not None and not page.table.edit_cell(page.table.currentIndex()):
        window.tell(_("This column is edited in the form: press Enter."))


def edit_rows(window: MainWindow) -> None:
    """Give this column one value in all selected rows, begun with that of the first: fills down, one step."""
    from legation.ui.dialogs.edit_rows import EditRowsDialog

    page = window.record_page()
    if page is None or window.workspace is None:
        return
    index, rows = page.table.currentIndex(), page.table.selected_rows()
    if not index.isValid() or not rows or not page.table.cells.can_edit(index):
        window.tell(_("This column is edited in the form: press Enter."))
        return
    first = index.siblingAtRow(rows[0])
    field = page.model.columns[index.column()]
    ids = [page.model.ids[row] for row in rows]
    EditRowsDialog(window, window.workspace, page.record, ids, field, page.table.value_at(first)).open()


def copy_rows(window: MainWindow) -> None:
    """Copy the selected rows, with headings, as a spreadsheet takes them."""
    from legation.documents.cells import cells, headings
    from legation.imports.pasted_rows import NUMBER, tab_separated

    page = window.record_page()
    if page is None or window.workspace is None:
        return
    ids = [page.model.ids[row] for row in page.table.selected_rows()]
    record, columns = page.record, columns_of(page.record, page.table.columns_on_screen())

    def read(reader: Reader) -> str:
        rows = page_of(reader, record, columns, ids)
        return tab_separated([[*headings(columns), _(NUMBER)], *([*cells(columns, row), row.id] for row in rows)])

    def take(text: str) -> None:
        QApplication.clipboard().setText(text)
        window.tell(ngettext("Copied {count} row.", "Copied {count} rows.", len(ids)).format(count=f"{len(ids):,}"))

    window.workspace.long.ask_too(read, take)


def paste_rows(window: MainWindow) -> None:
    """Take rows of a spreadsheet: shows what they change in the table or add to it, then does it as one step."""
    from legation.imports.pasted_rows import MOST, read_sheet
    from legation.ui.dialogs.paste_rows import PasteRowsDialog

    page = window.record_page()
    if page is None or window.workspace is None:
        return
    shown, current = columns_of(page.record, page.table.columns_on_screen()), page.table.currentIndex()
    at = page.table.horizontalHeader().visualIndex(current.column())
    rows = page.table.selected_rows() or ([current.row()] if current.isValid() else [])
    sheet = read_sheet(page.record, QApplication.clipboard().text(), shown[max(at, 0) :])
    if not sheet.rows:
        window.tell(_("There are no rows on the clipboard."))
        return
    if len(sheet.rows) > MOST:
        told = _("There are {count} rows on the clipboard. Paste at most {most} at a time.")
        window.tell(told.format(count=f"{len(sheet.rows):,}", most=f"{MOST:,}"))
        return
    if len(rows) == 1 and not sheet.has_headings:  # as a spreadsheet does: from the chosen cell down
        rows = list(range(rows[0], min(rows[0] + len(sheet.rows), len(page.model.ids))))
    ids = [page.model.ids[row] for row in rows]
    PasteRowsDialog(window, window.workspace, page.record, sheet, ids, dict(page.page.values)).open()
