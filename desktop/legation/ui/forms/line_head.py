"""The head of a line in a form: its summary, which takes the keyboard and the keys of a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy


class LineHead(QFrame):
    """The summary of a line; it takes the keyboard. Signals carry what the person asks for."""

    opened = Signal()
    removed = Signal()
    moved = Signal(int)
    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setProperty("line", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self.words, 1)
        self.mark = QLabel()
        self.mark.setProperty("problem", True)
        row.addWidget(self.mark)

    def say(self, html: str, problem: str = "") -> None:
        """Show the summary, and a mark with a sentence where something is wrong inside."""
        self.words.setText(html)
        self.flag([problem] if problem else [], is_wrong=True)
        plain = self.words.text().replace("<b>", "").replace("</b>", "")
        self.setAccessibleName(plain)

    def flag(self, sentences: Sequence[str], *, is_wrong: bool) -> None:
        """Mark the line with what is wrong inside, or quietly with what is merely in doubt; no sentence, no mark."""
        self.mark.setText("" if not sentences else "!" if is_wrong else "?")
        self.mark.setToolTip("\n".join(sentences))
        if self.mark.property("problem") != is_wrong:
            self.mark.setProperty("problem", is_wrong)
            self.mark.setProperty("quiet", not is_wrong)
            self.mark.style().polish(self.mark)
        self.setAccessibleDescription(" ".join(sentences))

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """A click opens or closes the line."""
        self.setFocus()
        self.opened.emit()

    def event(self, event: QEvent) -> bool:
        """The keys of a line come before the window's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.accept()
                return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, take out, move, go on."""
        key, is_alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(key), 0)
        if step and is_alt:
            self.moved.emit(step)
        elif step:
            self.stepped.emit(step)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F2):
            self.opened.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)
