"""Pasting rows of a spreadsheet: what they will change and add, row by row, and Enter for all of it as one step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from legation.fields.record_type import RecordType
from legation.i18n import _, ngettext
from legation.imports.pasted_rows import Pasted, Sheet, agree, understand_rows, write
from legation.storage.reading import Reader
from legation.ui.forms.choices import Choices
from legation.ui.workspace import Workspace

MOST_SHOWN = 400  # lines of the list


class PasteRowsDialog(QDialog):
    """Shows what pasted rows do to the records of `ids`, or as new records that begin with `values`."""

    def __init__(
        self,
        parent: Any,
        workspace: Workspace,
        record: RecordType,
        sheet: Sheet,
        ids: list[int],
        values: Mapping[str, Any],
    ) -> None:
        super().__init__(parent)
        self._workspace, self._record, self._sheet = workspace, record, sheet
        self._ids, self._values = ids, dict(values)
        self._number = 0
        self._pasted: Pasted | None = None
        self.setWindowTitle(_("Paste rows"))
        self.resize(760, 480)
        self.heading = QLabel(
            ngettext("{count} row from the clipboard", "{count} rows from the clipboard", len(sheet.rows)).format(
                count=f"{len(sheet.rows):,}"
            )
        )
        self.heading.setProperty("heading", True)
        self.way: QComboBox = Choices()
        self.way.setAccessibleName(_("What the rows are"))
        self.way.addItem(_("New records"), [])
        if ids and sheet.number is None:
            words = ngettext("Changes to {count} row of the table", "Changes to {count} rows of the table", len(ids))
            self.way.addItem(words.format(count=f"{len(ids):,}"), ids)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setProperty("quiet", True)
        self.list = self._make_list()
        self.buttons = QDialogButtonBox()
        self._apply = self.buttons.addButton(_("&Paste all"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._apply.setDefault(True)
        self._apply.setEnabled(False)
        self.buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for each in (self.heading, self.way, self.told, self.list, self.buttons):
            column.addWidget(each)
        self.way.setVisible(self.way.count() > 1)
        self.way.currentIndexChanged.connect(lambda _at: self._look())
        workspace.long.ask_too(lambda reader: agree(reader, record, sheet, ids), self._begin, owner=self)

    def _make_list(self) -> QTreeWidget:
        made = QTreeWidget()
        made.setAccessibleName(_("What will change"))
        made.setHeaderLabels([_("Record"), _("Column"), _("Now"), _("Then")])
        made.setRootIsDecorated(False)
        made.setProperty("sheet", True)
        made.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        made.header().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        return made

    def _begin(self, is_of_table: bool) -> None:
        if is_of_table and self.way.count() > 1:
            self.way.setCurrentIndex(1)  # asks by itself
        else:
            self._look()

    def _look(self) -> None:
        """Ask what the rows would do in the chosen way."""
        self._apply.setEnabled(False)
        self._number += 1
        number, record, sheet, values = self._number, self._record, self._sheet, self._values
        ids = list(self.way.currentData() or [])

        def read(reader: Reader) -> tuple[int, Pasted]:
            return number, understand_rows(reader, record, sheet, ids, values)

        self._workspace.long.ask_too(read, self._show, owner=self)

    def _show(self, answer: tuple[int, Pasted]) -> None:
        number, pasted = answer
        if number != self._number:
            return
        self._pasted = pasted
        self.list.clear()
        items = []
        for row in pasted.rows:
            new = "" if row.draft.id is not None else _("new")
            named = " · ".join(each for each in (row.label, new) if each)
            items += [QTreeWidgetItem([named, *change]) for change in row.changes]
            if row.problem:
                items.append(QTreeWidgetItem([named, "", "", row.problem]))
            if len(items) > MOST_SHOWN:
                break
        self.list.addTopLevelItems(items[:MOST_SHOWN])
        for at in (1, 2):
            self.list.resizeColumnToContents(at)
            self.list.setColumnWidth(at, min(self.list.columnWidth(at), 180))
        self.told.setText(" ".join(_sentences(pasted)))
        self.told.setProperty("problem", bool(pasted.problem))
        self.told.style().polish(self.told)
        self._apply.setEnabled(bool(pasted.rows) and not pasted.problem)

    def accept(self) -> None:
        """Write all of it as one step."""
        if self._apply.isEnabled() and self._pasted is not None:
            pasted = self._pasted
            self._workspace.write(lambda database: write(database, pasted))
            super().accept()


def _sentences(pasted: Pasted) -> list[str]:
    """What the rows do, in words."""
    if pasted.problem:
        return [pasted.problem]
    changed, added, same = len(pasted.rows) - pasted.added, pasted.added, pasted.unchanged
    found = []
    if changed:
        words = ngettext("{count} record changes.", "{count} records change.", changed)
        found.append(words.format(count=f"{changed:,}"))
    if added:
        words = ngettext("{count} record is added.", "{count} records are added.", added)
        found.append(words.format(count=f"{added:,}"))
    if same:
        words = ngettext("{count} row changes nothing.", "{count} rows change nothing.", same)
        found.append(words.format(count=f"{same:,}"))
    if pasted.left_out:
        found.append(_("Not taken over: {columns}.").format(columns=", ".join(pasted.left_out)))
    return found
