"""The line at the bottom of the window: how many, saved when, what Undo would take back; the Edit menu says it too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel, QStatusBar

from legation.i18n import _
from legation.storage import undo as undoing
from legation.storage.reading import Reader
from legation.storage.steps import ChangeSet
from legation.ui.workspace import Workspace

MESSAGE_MILLISECONDS = 8000
Next = tuple[str, str]


class StatusLine:
    """Says what stands still on the left, and for a while what has just happened."""

    def __init__(self, bar: QStatusBar, undo: QAction, redo: QAction) -> None:
        self._bar = bar
        self._undo, self._redo = undo, redo
        self._workspace: Workspace | None = None
        self.count = QLabel()
        self.saved = QLabel()
        self.next_undo = QLabel()
        for each in (self.count, self.saved, self.next_undo):
            each.setContentsMargins(8, 0, 8, 0)
            bar.addWidget(each)

    def watch(self, workspace: Workspace | None) -> None:
        """Follow a workspace: each step changes what Undo and Redo would do."""
        self._workspace = workspace
        self.saved.clear()
        self._show(("", ""))
        if workspace is not None:
            workspace.changed.connect(self._after_step)
            self._ask()

    def tell(self, text: str) -> None:
        """Say what has just happened; no text takes away what was said."""
        if text:
            self._bar.showMessage(text, MESSAGE_MILLISECONDS)
        else:
            self._bar.clearMessage()

    def _after_step(self, change: ChangeSet) -> None:
        if change.step:
            self.saved.setText(_("Saved {time}").format(time=datetime.now().strftime("%H:%M")))
        self._ask()

    def _ask(self) -> None:
        if self._workspace is None:
            return
        database = self._workspace.database
        session, who = database.session, database.steps.who
        self._workspace.long.ask_too(next_steps(session, who), self._show)

    def _show(self, steps: Next) -> None:
        undo, redo = steps
        key = QKeySequence(QKeySequence.StandardKey.Undo).toString(QKeySequence.SequenceFormat.NativeText)
        self._undo.setText(_("&Undo: {label}").format(label=_escaped(undo)) if undo else _("&Undo"))
        self._redo.setText(_("&Redo: {label}").format(label=_escaped(redo)) if redo else _("&Redo"))
        self.next_undo.setText(_("Undo: {label} ({key})").format(label=undo, key=key) if undo else "")


def next_steps(session: str, who: str) -> Callable[[Reader], Next]:
    """The question for the labels of what Undo and Redo of a session would do; "" where there is nothing."""

    def read(reader: Reader) -> Next:
        undo = undoing.next_undo(reader, session, who)
        redo = undoing.next_redo(reader, session)
        return (undo[0].label if undo and undo[1] else ""), (redo.label if redo else "")

    return read


def _escaped(label: str) -> str:
    return label.replace("&", "&&")
