"""Lines inside a form: each a summary that opens into its fields, with its own lines below it, and a box that adds one.

In the box, letters and Enter add a line; Up goes to the lines. On a line, Enter opens and closes it, Del takes it out,
Alt+Up and Alt+Down move it. Tab passes from box to box.
"""

from __future__ import annotations

from html import escape
from typing import Any, Protocol

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from legation.fields.draft import Draft, new_draft
from legation.fields.kinds import Link
from legation.fields.record_type import Lines
from legation.i18n import _
from legation.matching.delegates import Understood
from legation.matching.printed_parties import PrintedParties
from legation.records.catalogue import record_type
from legation.storage.labels import post_alone
from legation.storage.suggesting import Suggestion
from legation.ui.forms.boxes import box_of, fields_of_line
from legation.ui.forms.context import FormContext
from legation.ui.forms.editor import FormLine
from legation.ui.forms.fields_grid import FieldsGrid
from legation.ui.forms.line_head import LineHead
from legation.ui.forms.link_box import LinkBox
from legation.ui.forms.pasted_lists import TAKING, add_list, add_party, add_to_party

SHOWN_AT_ONCE = ("delegates", "capacities")  # the boxes of lines within lines that need no opening


class Holder(Protocol):
    """What a section needs of its form."""

    context: FormContext

    def changed_in(self, draft: Draft, name: str) -> None:
        """A value or the lines of a draft changed."""

    def typed_in_box(self) -> None:
        """Text in the box of a section changed, which is no line yet."""

    def propose(self, owner: Draft, line: Draft) -> None:
        """Fill in what a new line most likely is."""

    def needs_more(self, line: Draft) -> bool:
        """Whether a line lacks something that its box did not give."""


def summary(line: Draft, owner: Draft, lines: Lines, context: FormContext) -> str:
    """A line in a few words, as simple HTML: what it is first, the rest after it."""
    parts = []
    for field in fields_of_line(owner.record, lines):
        value = line[field.name]
        if value is None or (value == field.default and field.kind.name == "choice"):
            continue
        kind = field.kind
        text = context.name_of(kind.target, value) if isinstance(kind, Link) else kind.format(value)
        if line.record.name == "capacity":  # the person is the line above
            text = post_alone(text)
        parts.append(escape(" ".join(text.split())[:160]))
    if not parts:
        return f"<i>{escape(_(line.record.label))}</i>"
    first = parts[0] if line.record.name in ("capacity", "citation") else f"<b>{parts[0]}</b>"
    return " · ".join((first, *parts[1:]))


class LineRow(QWidget):
    """One line: its head, its fields when it is open, and the sections of its own lines."""

    def __init__(self, line: Draft, section: LinesSection) -> None:
        super().__init__(section)
        self.line = line
        self.section = section
        self.head = LineHead()
        self.grid: FieldsGrid | None = None
        self.sections: list[LinesSection] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.head)
        self.head.opened.connect(self.turn)
        self.head.removed.connect(lambda: section.remove(line))
        self.head.moved.connect(lambda step: section.move(line, step))
        self.head.stepped.connect(lambda step: section.step(line, step))
        for lines in line.record.lines:
            if line.lines.get(lines.name) or lines.name in SHOWN_AT_ONCE or lines.name in line.unentered:
                self._add_section(lines)
        self.say()

    def _add_section(self, lines: Lines) -> None:
        below = LinesSection(self.line, lines, self.section.holder, self, level=self.section.level + 1)
        self.sections.append(below)
        self._column.addWidget(below)
        if self.isVisible():
            below.show()

    def say(self) -> None:
        """Show the summary again."""
        section = self.section
        self.head.say(summary(self.line, section.owner, section.lines, section.holder.context))

    def turn(self) -> None:
        """Open the line into its fields, or close it."""
        if self.grid is not None:
            self.close_fields()
            return
        section = self.section
        fields = fields_of_line(section.owner.record, section.lines)
        self.grid = FieldsGrid(self.line, fields, section.holder.context, parent=self)
        self.grid.setContentsMargins(16, 4, 0, 8)
        self.grid.touched.connect(self._touched)
        self._column.insertWidget(1, self.grid)
        have = {each.lines.name for each in self.sections}
        for lines in self.line.record.lines:
            if lines.name not in have:
                self._add_section(lines)
        self.grid.show()
        self.grid.give_keyboard()

    def close_fields(self) -> None:
        """Close the line; what is typed in it stays, also a link that is still being looked up."""
        if self.grid is None:
            return
        focus = QApplication.focusWidget()
        if focus is not None and self.grid.isAncestorOf(focus):
            self.head.setFocus()
        waiting = next((each for each in self.grid.findChildren(LinkBox) if each.is_waiting), None)
        if waiting is not None:
            waiting.settled.connect(self.close_fields, Qt.ConnectionType.SingleShotConnection)
            return
        self.grid.deleteLater()
        self._column.removeWidget(self.grid)
        self.grid = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes an open line."""
        if event.key() == Qt.Key.Key_Escape and self.grid is not None:
            self.close_fields()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Esc closes this line before it leaves the form."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self.grid is not None:
                event.accept()
                return True
        return super().event(event)

    def _touched(self, draft: Draft, name: str) -> None:
        self.say()
        self.section.holder.changed_in(draft, name)

    def rows(self) -> list[LineRow]:
        """This row and those below it."""
        return [self, *(row for section in self.sections for below in section.rows for row in below.rows())]


class LinesSection(QWidget):
    """The lines of one kind of one draft, with the box that adds another."""

    def __init__(self, owner: Draft, lines: Lines, holder: Holder, parent: QWidget, level: int = 0) -> None:
        super().__init__(parent)
        self.owner, self.lines, self.holder, self.level = owner, lines, holder, level
        self.rows: list[LineRow] = []
        self._spec = box_of(owner.record, lines)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16 if level else 0, 0, 0, 0)
        self._column.setSpacing(4)
        self.title = QLabel(_(lines.label))
        self.title.setProperty("section", True)
        self.title.setIndent(0)
        if level:
            self.title.hide()
        else:
            self._column.addWidget(self.title)
        for line in owner.lines.setdefault(lines.name, []):
            self._append(line)
        self.box: FormLine = self._make_box()
        self.title.setBuddy(self.box)
        self._column.addWidget(self.box)

    def _make_box(self) -> FormLine:
        box: FormLine
        if self._spec.targets:
            found = LinkBox(
                self.holder.context.of(self._probe()),
                self._spec.targets,
                lambda: self.holder.context.of(self._probe()).within(self._target),
            )
            found.taken.connect(self._add_link)
            found.takes_lists = self.lines.record in TAKING
            found.pasted.connect(lambda printed: add_list(self, printed))
            box = found
        else:
            box = FormLine()
        if text := self.owner.unentered.get(self.lines.name):
            box.setText(text)
            if isinstance(box, LinkBox):
                box.is_open = True
        box.textChanged.connect(self._note_typed)
        box.returnPressed.connect(self._enter)
        box.setPlaceholderText(_(self._spec.words))
        box.setAccessibleName(_(self._spec.words))
        box.setProperty("box", True)
        return box

    def _note_typed(self, text: str) -> None:
        """Keep what is typed with the draft, so that it is not lost before it becomes a line."""
        if text.strip():
            self.owner.unentered[self.lines.name] = text
        else:
            self.owner.unentered.pop(self.lines.name, None)
        self.holder.typed_in_box()

    @property
    def _target(self) -> str:
        return self._spec.targets[0]

    def _probe(self) -> Draft:
        """A draft that stands where a new line would, by which suggestions are narrowed."""
        return self.owner

    def _enter(self) -> None:
        """Enter adds the text typed; in an empty box it goes on."""
        text = self.box.text().strip()
        if not text:
            self.focusNextChild()
        elif not self._spec.targets:
            line = self.new_line()
            line.type_in(self._spec.leads[0].name, text)
            self.add(line)

    def new_line(self) -> Draft:
        """A new line of this kind, not in the list yet."""
        return new_draft(record_type(self.lines.record))

    def add_person(self, what: Understood) -> None:
        """Add a printed person: as a delegate here, or to the party that the printed title names."""
        self.holder.context.names.update(what.names)
        if self.lines.record == "delegation":
            add_to_party(self, what)
        else:
            self.add(what.draft)

    def _add_link(self, what: Suggestion | Understood | PrintedParties | Draft) -> None:
        if isinstance(what, PrintedParties):
            self.box.clear()
            for each in what.parties:
                add_party(self, each)
            return
        if isinstance(what, Understood):
            self.add_person(what)
            return
        record = what.record if isinstance(what, Suggestion) else what.record.name
        line = self.new_line()
        for lead in self._spec.leads:
            if isinstance(lead.kind, Link) and lead.kind.target == record:
                if isinstance(what, Suggestion):
                    self.holder.context.remember(what)
                line[lead.name] = what.key if isinstance(what, Suggestion) else what
        self.add(line)

    def add(self, line: Draft, *, stays: bool = False) -> None:
        """Append a line; the keyboard goes on to the line's own lines unless it `stays`."""
        had_keyboard = self.box.hasFocus() and not stays
        self.box.clear()
        self.owner.add_line(self.lines.name, line)
        self.holder.propose(self.owner, line)
        row = self._append(line)
        self.holder.changed_in(self.owner, self.lines.name)
        if self.holder.needs_more(line):
            row.turn()
        elif row.sections and had_keyboard and not line["stated_as"]:
            row.sections[0].box.setFocus(Qt.FocusReason.TabFocusReason)

    def show_again(self) -> None:
        """Make the rows anew, where something else than the person changed the lines."""
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for line in self.owner.lines[self.lines.name]:
            self._append(line)

    def _append(self, line: Draft) -> LineRow:
        row = LineRow(line, self)
        at = (0 if self.level else 1) + len(self.rows)
        self.rows.append(row)
        self._column.insertWidget(at, row)
        if self.isVisible():  # at once, or a key pressed right away does not find it
            row.show()
        return row

    def remove(self, line: Draft) -> None:
        """Take a line out."""
        at = self._index(line)
        row = self.rows.pop(at)
        self.owner.lines[self.lines.name].remove(line)
        self._column.removeWidget(row)
        self._focus_near(at)
        row.hide()
        row.deleteLater()
        self.holder.changed_in(self.owner, self.lines.name)

    def move(self, line: Draft, step: int) -> None:
        """Move a line up or down among its own."""
        at = self._index(line)
        to = at + step
        if not 0 <= to < len(self.rows):
            return
        drafts = self.owner.lines[self.lines.name]
        drafts[at], drafts[to] = drafts[to], drafts[at]
        row = self.rows.pop(at)
        self.rows.insert(to, row)
        self._column.removeWidget(row)
        self._column.insertWidget((0 if self.level else 1) + to, row)
        if "seq" in line.record.by_name:
            for position, each in enumerate(drafts, 1):
                each["seq"] = position * 10
        row.head.setFocus()
        self.holder.changed_in(self.owner, self.lines.name)

    def step(self, line: Draft, step: int) -> None:
        """Give the keyboard to the line above or below; below the last one to the box."""
        at = self._index(line) + step
        if at >= len(self.rows):
            self.box.setFocus(Qt.FocusReason.TabFocusReason)
        elif at >= 0:
            self.rows[at].head.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up goes from the box to the last line."""
        if event.key() == Qt.Key.Key_Up and self.rows and self.box.hasFocus():
            self.rows[-1].head.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _focus_near(self, at: int) -> None:
        if self.rows:
            self.rows[min(at, len(self.rows) - 1)].head.setFocus()
        else:
            self.box.setFocus()

    def _index(self, line: Draft) -> int:
        return next(at for at, row in enumerate(self.rows) if row.line is line)

    def typed_text(self) -> Any:
        """Text in the box that has not become a line; "" when there is none."""
        return self.box.text().strip()

    def enter_typed(self) -> None:
        """Make a line of what stands in the box, as Enter would."""
        if isinstance(self.box, LinkBox):
            self.box.take_best()
        else:
            self._enter()
