"""The form of a record: its fields, its lines, what is wrong with them, and saving all of it as one step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from legation.clock import today
from legation.fields.draft import Draft, from_plain, to_plain
from legation.fields.fuzzy_dates import print_date
from legation.i18n import _
from legation.matching.entry import EntryFacts, Known
from legation.matching.in_office import Flag
from legation.matching.proposals import propose_delegate, propose_party
from legation.matching.sharing import share_new
from legation.records.catalogue import record_type
from legation.records.vocabulary import LEVELS
from legation.storage.saving import open_problems
from legation.ui.forms.capacities import Capacities
from legation.ui.forms.context import FormContext, Names
from legation.ui.forms.editors import DateEditor
from legation.ui.forms.fields_grid import FieldsGrid
from legation.ui.forms.form_bar import FormBar, told_known
from legation.ui.forms.hints import Hints
from legation.ui.forms.lines_section import LineRow, LinesSection
from legation.ui.forms.mnemonics import with_mnemonics
from legation.ui.forms.saving_form import Saving
from legation.ui.forms.sight import Sight
from legation.ui.forms.tab_order import ReadingOrder
from legation.ui.forms.undoing import Past
from legation.ui.forms.using_known import cite_instead, use_source
from legation.ui.workspace import Workspace


class RecordForm(QWidget):
    """Edits one draft in place of the dossier.

    `saved` carries the id of the record and whether a new one is wanted next; `typed` tells each change; `left` that
    the person is done with it for now; `followed` carries a known record to go to, as (record type, id).
    """

    saved = Signal(int, bool)
    followed = Signal(str, object)
    typed = Signal()
    left = Signal()

    def __init__(
        self,
        workspace: Workspace,
        draft: Draft,
        names: Names,
        *,
        is_kept: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.draft = draft
        self.context = FormContext(workspace.details, lambda: self.draft, names)
        self.capacities = Capacities(workspace, self.context, self._show_capacities, self)
        self._start = {} if is_kept else to_plain(draft)
        self.after_writing: Callable[[], None] = lambda: None
        """What is done once the draft is written, whether the form is still there or not."""
        self._past = Past(to_plain(draft))
        self._proposed_title, self._filled_country = "", ""
        self.known: tuple[Known, ...] = ()
        """What the workspace has already of what is being entered."""
        self._flags: dict[int, Flag] = {}
        self._shows_all = draft.id is not None or is_kept
        self._checking = QTimer(self)
        self._checking.setSingleShot(True)
        self._checking.setInterval(0)
        self._checking.timeout.connect(self._show_problems)
        self.saving = Saving(self)
        self.hints = Hints(self, workspace, lambda: self.draft)
        self.hints.told.connect(self._take_hints)
        self._build()
        self._fill()
        self.hints.look()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.bar = FormBar()
        self.bar.saved.connect(self.save)
        self.bar.left.connect(self.left)
        self.bar.opened.connect(self.open_known)
        self.bar.used.connect(self.use_known)
        self.scroll = QScrollArea()
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self.bar)
        column.addWidget(self.scroll, 1)
        self._sight = Sight(self.scroll)

    def _fill(self) -> None:
        """Make the editors of the draft as it is now."""
        record = self.draft.record
        self.bar.title.setText(
            _("New: {what}").format(what=_(record.label)) if self.draft.id is None else _(record.label)
        )
        content = ReadingOrder()
        self.scroll.setWidget(content)  # first: what is added to a window one by one is not looked through all at once
        content.setAutoFillBackground(True)
        content.setBackgroundRole(self.palette().ColorRole.Base)
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 8, 16, 24)
        column.setSpacing(8)
        self.main = FieldsGrid(
            self.draft, [each for each in record.stored if not each.rare], self.context, parent=content
        )
        rare = self._folded = [each for each in record.stored if each.rare]
        self.rare = FieldsGrid(self.draft, (), self.context, parent=content)  # filled when it is unfolded
        self.more = QToolButton()
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.setAutoRaise(True)
        self.more.setProperty("fold", True)
        self.more.setText(_("More fields"))
        self.more.setCheckable(True)
        self.more.toggled.connect(self._fold)
        self.sections = [LinesSection(self.draft, lines, self, content) for lines in record.lines]
        for title, section in zip(with_mnemonics([_(each.label) for each in record.lines]), self.sections, strict=True):
            section.title.setText(title)
        column.addWidget(self.main)
        column.addWidget(self.more)
        column.addWidget(self.rare)
        for section in self.sections:
            column.addSpacing(8)
            column.addWidget(section)
        column.addStretch(1)
        for grid in (self.main, self.rare):
            grid.touched.connect(self.changed_in)
        self._sight.watch(content)
        self.more.setVisible(bool(rare))
        self.more.setChecked(any(self.draft[each.name] not in (None, each.default) for each in rare))
        self._fold(self.more.isChecked())
        self.setFocusProxy(next(iter(self.main.editors.values())))
        self.show_state()
        self._checking.start()

    def _fold(self, is_open: bool) -> None:
        if is_open and self._folded:
            self.rare.add(self._folded)
            self._folded = []
            self._checking.start()
        self.rare.setVisible(is_open)
        self.more.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)

    # what the sections ask for

    def changed_in(self, draft: Draft, name: str) -> None:
        """A value or the lines of a draft changed: remember it, check it, tell it."""
        self._past.note(to_plain(self.draft), (draft.serial, name))
        if draft.record.name == "delegate" and name == "person_id":
            self.capacities.propose(draft)
        if draft is self.draft and name in ("country", "status"):
            self._propose_parties_again()
        if draft is self.draft and name == "city":
            self._fill_country()
        self.hints.look()
        self.show_state()
        self._checking.start()
        self.typed.emit()

    def typed_in_box(self) -> None:
        """Text in the box of a section changed: it is kept, and tells nothing before it is a line."""
        self.show_state()
        self.typed.emit()

    def propose(self, owner: Draft, line: Draft) -> None:
        """Fill in what a new line most likely is: a party's role, the head, the posts that a delegate held."""
        share_new([self.draft])
        if line.record.name == "delegation" and owner.record.name == "event":
            propose_party(owner, line)
        elif line.record.name == "delegate":
            propose_delegate(owner, line)
            if not line.lines.get("capacities"):
                self.capacities.propose(line)

    def _propose_parties_again(self) -> None:
        """Where the event is and whether it was held tell more about the parties entered before."""
        for party in self.draft.lines.get("delegations", []):
            if party.id is None and party["role"] == party.record["role"].default:
                propose_party(self.draft, party)

    def _fill_country(self) -> None:
        """A place taken from the suggestions tells its country, unless a person chose another."""
        place = self.context.place_countries.get(str(self.draft["city"]))
        if place is not None and place.country and self.draft["country"] in (None, self._filled_country):
            self._filled_country = place.country
            if self.draft["country"] != place.country:
                self.fill("country", place.country, {("country", place.country): place.country_name})

    def lacks_title(self) -> bool:
        """Whether an event has no title, or only one that was proposed and may still change."""
        return self.draft.record.name == "event" and self.draft["title"] in (None, self._proposed_title)

    def _take_hints(self, facts: EntryFacts) -> None:
        """Fill in the proposed title while nobody has written one, and say what is known."""
        self.known = facts.known
        flags = {each.at: each for each in facts.flags}
        self._flags = {each.serial: flags[at] for at, each in enumerate(self.draft.walk()) if at in flags}
        self.bar.show_flags(facts.flags)
        self._checking.start()
        self.bar.show_known(*told_known(facts.known, can_use=self.draft.record.name == "event"))
        self.bar.show_level(_("Level: {level}").format(level=_(LEVELS[facts.level])) if facts.level else "")
        typing = self.place_of_keyboard() == "title" and self.draft["title"] is not None
        if self.draft.id is None and facts.title and self.lacks_title() and not typing:
            if facts.title != self.draft["title"] and "title" not in self.draft.rejected:
                self._proposed_title = facts.title
                self.draft["title"] = facts.title
                self.main.editors["title"].set_value(facts.title)
                self._past.note(to_plain(self.draft), (self.draft.serial, "title"))
                self.show_state()
                self._checking.start()
                self.typed.emit()

    def _show_capacities(self, delegate: Draft) -> None:
        for row in self.rows():
            if row.line is delegate:
                for section in row.sections:
                    if section.lines.name == "capacities":
                        section.show_again()
        self.changed_in(delegate, "capacities")

    def needs_more(self, line: Draft) -> bool:
        """Whether a line lacks something that stops saving."""
        return any(holder is line and problem.blocking for holder, problem in open_problems(self.draft))

    # state

    @property
    def is_changed(self) -> bool:
        """Whether there is something to save."""
        return self._past.present != self._start or any(each.unentered for each in self.draft.walk())

    def heading(self) -> str:
        """What the draft is called."""
        return self.context.name_of_draft(self.draft) or _(self.draft.record.label)

    def give_keyboard(self) -> None:
        """Let the first field be typed in."""
        self.main.give_keyboard()

    def show_state(self) -> None:
        """Say whether the form is saved."""
        saving, changed = self.saving.is_running, self.is_changed
        self.bar.show_state(_("Saving") if saving else _("Not saved") if changed else "", can_save=not saving)

    def place_of_keyboard(self) -> str | None:
        """The name of the record's own field that is being typed in; None elsewhere."""
        focus = QApplication.focusWidget()
        for grid in (self.main, self.rare):
            for name, editor in grid.editors.items():
                if focus is not None and (editor is focus or editor.isAncestorOf(focus)):
                    return name
        return None

    def type_today(self) -> bool:
        """Type today's date where a date is being typed; False elsewhere."""
        focus = QApplication.focusWidget()
        parent = focus.parentWidget() if focus is not None else None
        if not isinstance(parent, DateEditor) or not self.isAncestorOf(parent):
            return False
        parent.set_text(print_date(today().isoformat()))
        parent.changed.emit()
        return True

    def fill(self, name: str, value: Any, names: Names) -> None:
        """Put a value into one of the record's own fields, as if it had been typed."""
        self.context.names.update(names)
        self.draft[name] = value
        for grid in (self.main, self.rare):
            grid.refill()
        self.changed_in(self.draft, name)

    # problems

    def grids(self) -> list[FieldsGrid]:
        """All grids of fields on show, those of open lines included."""
        rows = [row for section in self.sections for each in section.rows for row in each.rows()]
        own = [*self.main.grids(), *self.rare.grids()]
        return own + [grid for row in rows if row.grid is not None for grid in row.grid.grids()]

    def rows(self) -> list[LineRow]:
        """All lines on show, lines within lines included."""
        return [row for section in self.sections for each in section.rows for row in each.rows()]

    def _show_problems(self) -> None:
        """Show each problem at its field; what is merely not there yet is shown once saving was tried."""
        by_draft: dict[int, dict[str, str]] = {}
        for holder, problem in open_problems(self.draft):
            is_missing = holder[problem.field] is None and problem.field not in holder.rejected
            if self._shows_all or not is_missing:
                by_draft.setdefault(holder.serial, {}).setdefault(problem.field, problem.sentence)
        for grid in self.grids():
            grid.show_problems(by_draft.get(grid.draft.serial, {}))
        for row in self.rows():
            sentences = [text for each in row.line.walk() for text in by_draft.get(each.serial, {}).values()]
            flags = [self._flags[each.serial] for each in row.line.walk() if each.serial in self._flags]
            is_wrong = bool(sentences) or any(not each.is_doubt for each in flags)
            sentences += [each.sentence for each in flags]
            row.say()
            row.head.flag(sentences, is_wrong=is_wrong)

    def show_all_problems(self) -> None:
        """Show also what is merely not there yet, from now on."""
        self._shows_all = True
        self._show_problems()

    def open_line(self, holder: Draft) -> None:
        """Open the fields of a line, where the draft is one or is created inside one."""
        around = [row for row in self.rows() if any(each is holder for each in row.line.walk())]
        own = [row for row in around if row.line is holder]
        for row in own or around[-1:]:  # lines within lines come after those around them
            if row.grid is None:
                row.turn()

    def go_to_problem(self, holder: Draft, name: str) -> None:
        """Give the keyboard to the field of a draft that has a problem."""
        self.open_line(holder)
        if any(each.name == name and each.rare for each in self.draft.record.stored) and holder is self.draft:
            self.more.setChecked(True)
        self._checking.start()  # a line opened here says what is wrong in it
        for grid in self.grids():
            if grid.draft is holder and grid.give_keyboard(name):
                return

    def save(self, *, then_new: bool = False) -> None:
        """Write everything as one step; what stops it is shown at its field."""
        self.saving.save(then_new=then_new)

    # what is known already

    def open_known(self) -> bool:
        """Go to the record that is there already; what was typed here is kept. False when there is none."""
        if self.known:
            self.followed.emit(self.known[0].record, self.known[0].id)
        return bool(self.known)

    def use_known(self) -> bool:
        """Cite the known source, or add the sources cited here to the known event; False when none is known."""
        if not self.known:
            return False
        if self.known[0].record == "event":
            cite_instead(self, self.known[0])
        elif self.draft.record.name == "event" and use_source(self.draft, self.known[0]):
            self.context.names[("source", self.known[0].id)] = self.known[0].label
            self._restore(to_plain(self.draft))
            self.hints.look()
        return True

    # undo inside the form

    def undo(self) -> bool:
        """Take the last change in this form back; False when there is none."""
        return self._restore(self._past.back())

    def redo(self) -> bool:
        """Bring back what was taken back last in this form; False when there is nothing."""
        return self._restore(self._past.forward())

    def _restore(self, plain: dict[str, Any] | None) -> bool:
        if plain is None:
            return False
        self.draft = from_plain(plain, record_type)
        self._fill()
        self.give_keyboard()
        self.typed.emit()
        return True

    def event(self, event: QEvent) -> bool:
        """Esc is the form's before it is the window's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc turns the form back into the dossier; what was typed is kept."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
