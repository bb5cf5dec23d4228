"""The pane on the right of a page: the dossier of the chosen record, its form in the same place, and unsaved forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QTimer, QUrl, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from legation.fields.draft import Draft, duplicate, new_draft
from legation.fields.record_type import RecordType
from legation.i18n import _
from legation.storage.loading import link_labels, load_draft
from legation.storage.reading import Reader
from legation.storage.steps import ChangeSet
from legation.ui.forms.kept_drafts import KeptDraft
from legation.ui.look.theme import colours
from legation.ui.workspace import Workspace

if TYPE_CHECKING:
    from legation.documents.document import Document
    from legation.ui.forms.context import Names
    from legation.ui.forms.record_form import RecordForm

NOT_DUPLICATED = ("outcomes", "aliases")  # what is said of one event and of no other
SOON_MILLISECONDS = 15  # the table shows the chosen row first, and one that is passed over is not read
MINIMUM_WIDTH = 380  # a form needs it for labels and editors side by side


class DetailsPane(QWidget):
    """Shows one record or edits one draft.

    `followed` carries a link as (record type, id); `saved` the id of a saved record and its draft when a new one is
    wanted next; `told` a line for the status bar; `left` that the keyboard should go back to the table.
    """

    followed = Signal(str, object)
    saved = Signal(int, object)
    told = Signal(str)
    left = Signal()

    def __init__(self, record: RecordType, workspace: Workspace) -> None:
        super().__init__()
        self.record = record
        self.workspace = workspace
        self.form: RecordForm | None = None
        self._id: int | None = None
        self._document: Document | None = None
        self._draft_name = ""
        self.words: list[str] = []
        """The words looked for: the dossier says where they stand."""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MILLISECONDS)
        self._soon.timeout.connect(self._read)
        self._build()
        workspace.kept.changed.connect(self._show_notice)
        workspace.changed.connect(self._after_step)
        self._show_notice()

    def _build(self) -> None:
        self.dossier = QTextBrowser()
        self.dossier.setProperty("pane", True)
        self.dossier.setOpenLinks(False)
        self.dossier.setAccessibleName(_("Details"))
        self.dossier.document().setDocumentMargin(16)
        self.dossier.anchorClicked.connect(self._follow)
        self.setMinimumWidth(MINIMUM_WIDTH)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.dossier)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.notice = QFrame()
        column.addWidget(self.notice)
        column.addWidget(self.stack, 1)
        self.notice.setProperty("notice", True)
        row = QHBoxLayout(self.notice)
        row.setContentsMargins(16, 8, 16, 8)
        self.notice_words = QLabel()
        self.notice_words.setWordWrap(True)
        go_on, discard = QPushButton(_("Go on")), QPushButton(_("Discard"))
        go_on.setToolTip(_("Ctrl+Shift+R"))
        go_on.clicked.connect(lambda _checked=False: self.resume())
        discard.clicked.connect(lambda _checked=False: self.discard())
        row.addWidget(self.notice_words, 1)
        row.addWidget(go_on)
        row.addWidget(discard)

    # the dossier

    def show_record(self, id: int | None, *, keeps_form: bool = False) -> None:
        """Show the dossier of a record, read in the background.

        An open form is left, and what was typed is kept, unless the record was chosen by the program (`keeps_form`).
        """
        if self.form is not None and keeps_form:
            return
        if self.form is not None:
            self.close_form()
        self._id = id
        if id is None:
            self._soon.stop()
            self._document = None
            self.dossier.clear()
            return
        self._soon.start()

    def _read(self) -> None:
        id, record, words = self._id, self.record, self.words
        if id is None:
            return

        def read(reader: Reader) -> tuple[int, Document]:
            from legation.reports.dossier import build

            return id, build(reader, record, id, words)

        self.workspace.details.ask(read, self._show_dossier)

    def changeEvent(self, event: QEvent) -> None:
        """Light or dark: what is on screen follows."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.repaint_dossier()

    def repaint_dossier(self) -> None:
        """Set the dossier again, in the colours of now."""
        application = QApplication.instance()
        if self._document is not None and isinstance(application, QApplication):
            from legation.documents.to_rich_text import to_rich_text

            place = self.dossier.verticalScrollBar().value()
            self.dossier.setHtml(to_rich_text(self._document, colours(application)))
            self.dossier.verticalScrollBar().setValue(place)

    def _show_dossier(self, answer: tuple[int, Document]) -> None:
        id, document = answer
        if id == self._id:
            self._document = document
            self.repaint_dossier()

    def _follow(self, url: QUrl) -> None:
        parts = url.toString().split(":")
        if len(parts) == 3 and parts[0] == "record":
            self.followed.emit(parts[1], parts[2] if parts[1] == "dyad" else int(parts[2]))

    def pane(self) -> QWidget:
        """What takes the keyboard here: the form when there is one, else the dossier."""
        return self.form if self.form is not None else self.dossier

    # the form

    def edit(self, id: int) -> None:
        """Open the form of a record; what was typed into it and not saved is there again."""
        record = self.record
        kept = self.workspace.kept.of(record.name, id)
        if kept:
            self.resume(kept[0])
            return

        def read(reader: Reader) -> tuple[Draft, Names]:
            draft = load_draft(reader, record, id)
            return draft, link_labels(reader, draft)

        self.workspace.details.ask_too(read, lambda answer: self._open(*answer), lasts=True)

    def create(self, **values: Any) -> None:
        """Open the form of a new record with some values."""
        draft = new_draft(self.record, **values)
        self._open_named(draft)

    def create_like(self, id: int) -> None:
        """Open the form of a new record like another one, its lines included, its outcomes left out."""
        record = self.record

        def read(reader: Reader) -> tuple[Draft, Names]:
            draft = duplicate(load_draft(reader, record, id), without_lines=NOT_DUPLICATED)
            return draft, link_labels(reader, draft)

        self.workspace.details.ask_too(read, lambda answer: self._open(*answer), lasts=True)

    def create_after(self, saved: Draft, **values: Any) -> None:
        """Open the form of a new record that keeps what the next one of a dispatch most likely shares."""
        from legation.ui.forms.sticky import next_draft

        draft = next_draft(saved, **values)
        self._open_named(draft)

    def copy_from(self, id: int) -> None:
        """Fill the field being typed in with the value that another record has there."""
        form = self.form
        place = form.place_of_keyboard() if form is not None else None
        if form is None or place is None:
            return
        record = self.record
        name = place

        def read(reader: Reader) -> tuple[Any, Names]:
            draft = load_draft(reader, record, id)
            return draft[name], link_labels(reader, draft)

        self.workspace.details.ask_too(read, lambda answer: form.fill(name, *answer), lasts=True, owner=form)

    def resume(self, kept: KeptDraft | None = None) -> None:
        """Go on with an unsaved form: the one given, the newest of this page, or the one discarded last."""
        if kept is None:
            waiting = self._waiting()
            kept = waiting[0] if waiting else self.workspace.kept.last_dropped()
        if kept is None or kept.record != self.record.name:
            self.told.emit(_("There is no unsaved form here."))
            return
        draft = kept.draft()
        name = kept.name
        self._open_named(draft, kept_as=name)

    def discard(self) -> None:
        """Throw away what was typed and not saved: in the open form, or in the one offered."""
        waiting = self._waiting()
        name = self._draft_name if self.form is not None else waiting[0].name if waiting else ""
        if not name:
            self.told.emit(_("There is nothing unsaved to discard."))
            return
        self.workspace.kept.drop(name, for_good=False)
        self._take_form_away()
        self.show_record(self._id)
        self.told.emit(_("Discarded. Ctrl+Shift+R brings it back."))
        self.left.emit()

    def _waiting(self) -> list[KeptDraft]:
        open_name = self._draft_name if self.form is not None else ""
        return [each for each in self.workspace.kept.of(self.record.name) if each.name != open_name]

    def _open_named(self, draft: Draft, kept_as: str = "") -> None:
        """Open a form once the names of what its draft points at are read; no newer question drops this one."""

        def read(reader: Reader) -> tuple[Draft, Names]:
            from legation.quality.following import followed_draft

            followed = followed_draft(reader, draft) if kept_as else draft  # records may be one since it was kept
            return followed, link_labels(reader, followed)

        self.workspace.details.ask_too(read, lambda answer: self._open(*answer, kept_as), lasts=True)

    def _open(self, draft: Draft, names: Names, kept_as: str = "") -> None:
        from legation.ui.forms.record_form import RecordForm

        self._take_form_away()
        form = RecordForm(self.workspace, draft, names, is_kept=bool(kept_as), parent=self.stack)
        self._draft_name = kept_as or self.workspace.kept.name_for(draft)
        kept, name = self.workspace.kept, self._draft_name
        form.after_writing = lambda: kept.drop(name)  # also when the form was left meanwhile
        form.typed.connect(self._keep)
        form.saved.connect(self._saved)
        form.left.connect(self._leave)
        form.followed.connect(self.followed)
        self.form = form
        self.stack.addWidget(form)
        self.stack.setCurrentWidget(form)
        self._show_notice()
        form.give_keyboard()

    def _after_step(self, change: ChangeSet) -> None:
        """Records became one: an open form follows them, and nothing typed is lost."""
        form, name = self.form, self._draft_name
        if form is None:  # most steps find none, and need nothing of what follows
            return
        from legation.quality.following import followed_draft
        from legation.quality.merging import MERGE

        if change.label != MERGE:
            return
        if not form.is_changed:
            if form.draft.id is not None and form.draft.id in change.records.get(self.record.name, frozenset()):
                self._open_again(form.draft.id)
            return
        self._keep()
        kept = next((each for each in self.workspace.kept.of(self.record.name) if each.name == name), None)
        if kept is None:
            return
        draft, before = kept.draft(), kept.draft()

        def read(reader: Reader) -> tuple[Draft, Names]:
            followed = followed_draft(reader, draft)
            return followed, link_labels(reader, followed)

        def show(answer: tuple[Draft, Names]) -> None:
            if self.form is form and not _is_same(answer[0], before):
                self._open(*answer, name)
                self.told.emit(_("Records became one; the form goes on with the one that stays."))

        self.workspace.details.ask_too(read, show, lasts=True, owner=form)

    def _open_again(self, id: int) -> None:
        """Open the form of a record, or of the one that it became one with, as the file has it now."""
        from legation.quality.following import now_one_with

        form, record = self.form, self.record

        def read(reader: Reader) -> tuple[Draft, Names]:
            draft = load_draft(reader, record, now_one_with(reader, record.name, id) or id)
            return draft, link_labels(reader, draft)

        def show(answer: tuple[Draft, Names]) -> None:
            if self.form is form:
                self._open(*answer)

        self.workspace.details.ask_too(read, show, lasts=True, owner=form)

    def _keep(self) -> None:
        if self.form is None:
            return
        if self.form.is_changed:
            self.workspace.kept.keep(self._draft_name, self.form.draft, self.form.heading())
        else:
            self.workspace.kept.drop(self._draft_name)

    def _saved(self, id: int, then_new: bool) -> None:
        draft = self.form.draft if self.form is not None else None
        self._take_form_away()
        self._id = id
        self.saved.emit(id, draft if then_new else None)

    def _leave(self) -> None:
        self.close_form()
        self.show_record(self._id)
        self.left.emit()

    def close_form(self) -> None:
        """Leave the form; what was typed stays kept and is offered again."""
        if self.form is None:
            return
        if self.form.is_changed:
            self._keep()
            self.told.emit(_("Kept, not saved. Ctrl+Shift+R goes on with it."))
        self._take_form_away()

    def _take_form_away(self) -> None:
        if self.form is not None:
            self.stack.setCurrentWidget(self.dossier)
            self.stack.removeWidget(self.form)
            self.form.deleteLater()
            self.form, self._draft_name = None, ""
        self._show_notice()

    def _show_notice(self) -> None:
        waiting = self._waiting()
        self.notice.setVisible(bool(waiting))
        if waiting:
            shown = _("Not saved yet: “{title}”.").format(title=waiting[0].title)
            more = len(waiting) - 1
            self.notice_words.setText(shown + (" " + _("And {count} more.").format(count=more) if more else ""))


def _is_same(draft: Draft, other: Draft) -> bool:
    """Whether two drafts are of one record and hold the same."""
    mine, theirs = list(draft.walk()), list(other.walk())
    return len(mine) == len(theirs) and all(
        one.id == two.id and one.values == two.values for one, two in zip(mine, theirs, strict=True)
    )
