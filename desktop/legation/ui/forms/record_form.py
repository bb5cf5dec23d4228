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
from shiboken6 import isValid

from legation.clock import today
from legation.errors import RecordProblem, UserError
from legation.fields.draft import Draft, from_plain, to_plain
from legation.fields.fuzzy_dates import print_date
from legation.i18n import N_, _
from legation.matching.proposals import propose_delegate, propose_party
from legation.records.catalogue import record_type
from legation.storage.database import Database
from legation.storage.saving import Stale, open_problems, save
from legation.storage.steps import ChangeSet
from legation.ui.forms.capacities import Capacities
from legation.ui.forms.context import FormContext, Names
from legation.ui.forms.editors import DateEditor
from legation.ui.forms.fields_grid import FieldsGrid
from legation.ui.forms.form_bar import FormBar, both_values
from legation.ui.forms.lines_section import LineRow, LinesSection
from legation.ui.forms.link_box import LinkBox
from legation.ui.forms.mnemonics import with_mnemonics
from legation.ui.forms.undoing import Past
from legation.ui.workspace import Workspace


class RecordForm(QWidget):
    """Edits one draft in place of the dossier.

    `saved` carries the id of the record and whether a new one is wanted next; `typed` tells each change; `left` that
    the person is done with it for now.
    """

    saved = Signal(int, bool)
    typed = Signal()
    left = Signal()

    def __init__(self, workspace: Workspace, draft: Draft, names: Names, *, is_kept: bool = False) -> None:
        super().__init__()
        self.workspace = workspace
        self.draft = draft
        self.context = FormContext(workspace.details, lambda: self.draft, names)
        self.capacities = Capacities(workspace, self.context, self._show_capacities)
        self._start = {} if is_kept else to_plain(draft)
        self.after_writing: Callable[[], None] = lambda: None
        """What is done once the draft is written, whether the form is still there or not."""
        self._past = Past(to_plain(draft))
        self._over = False
        self._is_saving = False
        self._after_settling: Callable[[], None] | None = None
        self._shows_all = draft.id is not None or is_kept
        self._checking = QTimer(self)
        self._checking.setSingleShot(True)
        self._checking.setInterval(0)
        self._checking.timeout.connect(self._show_problems)
        self._build()
        self._fill()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.bar = FormBar()
        self.bar.saved.connect(self.save)
        self.bar.left.connect(self.left)
        self.scroll = QScrollArea()
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self.bar)
        column.addWidget(self.scroll, 1)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._keep_in_sight)

    def _fill(self) -> None:
        """Make the editors of the draft as it is now."""
        record = self.draft.record
        self.bar.title.setText(
            _("New: {what}").format(what=_(record.label)) if self.draft.id is None else _(record.label)
        )
        content = QWidget()
        content.setAutoFillBackground(True)
        content.setBackgroundRole(self.palette().ColorRole.Base)
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 8, 16, 24)
        column.setSpacing(8)
        self.main = FieldsGrid(self.draft, [each for each in record.stored if not each.rare], self.context)
        rare = [each for each in record.stored if each.rare]
        self.rare = FieldsGrid(self.draft, rare, self.context)
        self.more = QToolButton()
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.setAutoRaise(True)
        self.more.setProperty("fold", True)
        self.more.setText(_("More fields"))
        self.more.setCheckable(True)
        self.more.toggled.connect(self._fold)
        self.sections = [LinesSection(self.draft, lines, self) for lines in record.lines]
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
        self.scroll.setWidget(content)  # from here on the widgets have a window, and may be shown
        self.more.setVisible(bool(rare))
        self.more.setChecked(any(self.draft[each.name] not in (None, each.default) for each in rare))
        self._fold(self.more.isChecked())
        self.setFocusProxy(next(iter(self.main.editors.values())))
        self._show_state()
        self._checking.start()

    def _fold(self, is_open: bool) -> None:
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
        self._show_state()
        self._checking.start()
        self.typed.emit()

    def propose(self, owner: Draft, line: Draft) -> None:
        """Fill in what a new line most likely is: a party's role, the head, the posts that a delegate held."""
        if line.record.name == "delegation" and owner.record.name == "event":
            propose_party(owner, line)
        elif line.record.name == "delegate":
            propose_delegate(owner, line)
            self.capacities.propose(line)

    def _propose_parties_again(self) -> None:
        """Where the event is and whether it was held tell more about the parties entered before."""
        for party in self.draft.lines.get("delegations", []):
            if party.id is None and party["role"] == party.record["role"].default:
                propose_party(self.draft, party)

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
        return self._past.present != self._start

    def heading(self) -> str:
        """What the draft is called."""
        return self.context.name_of_draft(self.draft) or _(self.draft.record.label)

    def give_keyboard(self) -> None:
        """Let the first field be typed in."""
        self.main.give_keyboard()

    def _show_state(self) -> None:
        saving, changed = self._is_saving, self.is_changed
        self.bar.show_state(_("Saving") if saving else _("Not saved") if changed else "", can_save=not saving)

    def _keep_in_sight(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isVisible() and self.scroll.isAncestorOf(now):
            self.scroll.ensureWidgetVisible(now, 0, 40)

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

    def _grids(self) -> list[FieldsGrid]:
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
        for grid in self._grids():
            grid.show_problems(by_draft.get(grid.draft.serial, {}))
        for row in self.rows():
            sentences = [text for each in row.line.walk() for text in by_draft.get(each.serial, {}).values()]
            row.say()
            row.head.mark.setText("!" if sentences else "")
            row.head.mark.setToolTip("\n".join(sentences))
            row.head.setAccessibleDescription(" ".join(sentences))

    def _go_to_problem(self, holder: Draft, name: str) -> None:
        for row in self.rows():
            if any(each is holder for each in row.line.walk()) and row.grid is None and row.line is holder:
                row.turn()
        if any(each.name == name and each.rare for each in self.draft.record.stored) and holder is self.draft:
            self.more.setChecked(True)
        for grid in self._grids():
            if grid.draft is holder and grid.give_keyboard(name):
                return

    # saving

    def save(self, *, then_new: bool = False) -> None:
        """Write everything as one step; what stops it is shown at its field."""
        if self._is_saving:
            return
        self._enter_boxes()
        if any(box.is_waiting for box in self.findChildren(LinkBox)):
            self._save_when_settled(then_new)
            return
        self._shows_all = True
        self._show_problems()
        blocking = [(holder, problem) for holder, problem in open_problems(self.draft) if problem.blocking]
        open_box = next((box for box in self.findChildren(LinkBox) if box.is_open), None)
        if blocking:
            holder, problem = blocking[0]
            self.bar.say(_("Not saved yet. {sentence}").format(sentence=problem.sentence))
            self._go_to_problem(holder, problem.field)
        elif open_box is not None:
            text = open_box.text().strip()
            self.bar.say(
                _("Not saved yet. “{text}” names nothing known: choose, create or clear it.").format(text=text)
            )
            open_box.setFocus(Qt.FocusReason.TabFocusReason)
        elif not self.is_changed and self.draft.id is not None:
            self.after_writing()
            self.saved.emit(self.draft.id, then_new)
        else:
            self._write(then_new)

    def _enter_boxes(self) -> None:
        every = [*self.sections, *(section for row in self.rows() for section in row.sections)]
        for section in every:
            if section.typed_text():
                section.enter_typed()
        for box in self.findChildren(LinkBox):
            box.take_best()

    def _save_when_settled(self, then_new: bool) -> None:
        self._after_settling = lambda: self.save(then_new=then_new)
        for box in self.findChildren(LinkBox):
            if box.is_waiting:
                box.settled.connect(self._settled, Qt.ConnectionType.SingleShotConnection)

    def _settled(self) -> None:
        work, self._after_settling = self._after_settling, None
        if work is not None:
            QTimer.singleShot(0, self, work)

    def _write(self, then_new: bool) -> None:
        self._is_saving = True
        self.bar.say("")
        self._show_state()
        wanted, over, name = from_plain(to_plain(self.draft), record_type), self._over, self.heading()
        label = N_("Add “{name}”") if wanted.id is None else N_("Change “{name}”")

        def work(database: Database) -> ChangeSet:
            return database.write(label, lambda session: save(session, wanted, over=over), name=name)

        after_writing, workspace = self.after_writing, self.workspace

        def done(change: ChangeSet) -> None:
            after_writing()
            if isValid(self):
                self._is_saving = False
                self.saved.emit(int(change.result or wanted.id or 0), then_new)

        def refused(error: Any) -> None:
            if isValid(self):
                self._refused(error)
            else:
                workspace.report(error)

        workspace.write(work, done, refused)

    def _refused(self, error: Any) -> None:
        """Say why nothing was saved; what was typed stays."""
        self._is_saving = False
        self._show_state()
        if isinstance(error, Stale):
            self._over = True
            self.bar.say(both_values(error))
        elif isinstance(error, UserError):
            self.bar.say(f"{error.what_happened} {error.what_to_do}".strip())
            if isinstance(error, RecordProblem) and error.field:
                self._go_to_problem(self.draft, error.field)
        else:
            self.workspace.report(error)

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
