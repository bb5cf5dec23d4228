"""Pasting rows of a spreadsheet: what they will change and add, row by row, and Enter for all of it as one step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QComboBox

from legation.fields.record_type import RecordType
from legation.i18n import _, ngettext
from legation.imports.pasted_rows import Pasted, Sheet, agree, understand_rows, write
from legation.storage.reading import Reader
from legation.ui.dialogs.preview import PreviewDialog
from legation.ui.forms.choices import Choices
from legation.ui.workspace import Workspace

MOST_SHOWN = 400  # lines of the list


class PasteRowsDialog(PreviewDialog):
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
        count = len(sheet.rows)
        heading = ngettext("{count} row from the clipboard", "{count} rows from the clipboard", count)
        columns = (_("Record"), _("Column"), _("Now"), _("Then"))
        super().__init__(parent, heading.format(count=f"{count:,}"), _("&Paste all"), columns, wide=(0, 3))
        self._workspace, self._record, self._sheet, self._values = workspace, record, sheet, dict(values)
        self._number = 0
        self._pasted: Pasted | None = None
        self.setWindowTitle(_("Paste rows"))
        self.resize(760, 480)
        self.way: QComboBox = Choices()
        self.way.setAccessibleName(_("What the rows are"))
        self.way.addItem(_("New records"), [])
        if ids and sheet.number is None:
            words = ngettext("Changes to {count} row of the table", "Changes to {count} rows of the table", len(ids))
            self.way.addItem(words.format(count=f"{len(ids):,}"), ids)
        self.lay_out(self.way)
        self.way.setVisible(self.way.count() > 1)
        self.way.currentIndexChanged.connect(lambda _at: self._look())
        workspace.long.ask_too(lambda reader: agree(reader, record, sheet, ids), self._begin, owner=self)

    def _begin(self, is_of_table: bool) -> None:
        if is_of_table and self.way.count() > 1:
            self.way.setCurrentIndex(1)  # asks by itself
        else:
            self._look()

    def _look(self) -> None:
        """Ask what the rows would do in the chosen way."""
        self.wait()
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
        lines: list[list[str]] = []
        for row in pasted.rows:
            new = "" if row.draft.id is not None else _("new")
            named = " · ".join(each for each in (row.label, new) if each)
            lines += [[named, *change] for change in row.changes]
            if row.problem:
                lines.append([named, "", "", row.problem])
            if len(lines) > MOST_SHOWN:
                break
        can_apply = bool(pasted.rows) and not pasted.problem
        told = " ".join(_sentences(pasted))
        self.show_preview(lines[:MOST_SHOWN], told, is_problem=bool(pasted.problem), can_apply=can_apply)

    def accept(self) -> None:
        """Write all of it as one step."""
        if self.can_apply and self._pasted is not None:
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
    if pasted.beyond:
        words = ngettext(
            "{count} cell lies beyond the last column and is not taken over.",
            "{count} cells lie beyond the last column and are not taken over.",
            pasted.beyond,
        )
        found.append(words.format(count=f"{pasted.beyond:,}"))
    return found
