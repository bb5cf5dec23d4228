"""The head of a form: what is being edited, whether it is saved, and above the fields what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from legation.i18n import _
from legation.matching.entry import Known
from legation.matching.in_office import Flag


class FormBar(QWidget):
    """`saved`, `left`, `opened` (the known record) and `used` (it instead) tell that its buttons were pressed."""

    saved = Signal()
    left = Signal()
    opened = Signal()
    used = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = QLabel()
        self.title.setProperty("heading", True)
        self._state = QLabel()
        self._state.setProperty("quiet", True)
        self._save = self._button(_("Save"), _("Ctrl+S"))
        self._save.clicked.connect(lambda _checked=False: self.saved.emit())
        close = self._button(_("Close"), _("Esc"))
        close.clicked.connect(lambda _checked=False: self.left.emit())
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.title)
        row.addSpacing(8)
        row.addWidget(self._state, 1)
        row.addWidget(self._save)
        row.addWidget(close)
        self.message = QLabel()
        self.message.setProperty("problem", True)
        self.message.setWordWrap(True)
        self.message.hide()
        self.level = QLabel()
        self.level.setProperty("quiet", True)
        self.level.hide()
        self.flags = QLabel()
        self.flags.setProperty("quiet", True)
        self.flags.setWordWrap(True)
        self.flags.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.addLayout(row)
        for each in (self.level, self.flags, self.message, self._make_notice()):
            column.addWidget(each)

    def _make_notice(self) -> QFrame:
        """What is known already, with what can be done about it."""
        self.notice = QFrame()
        self.notice.setProperty("hint", True)
        self.known = QLabel()
        self.known.setWordWrap(True)
        self._open = self._button(_("Open it"))
        self._open.clicked.connect(lambda _checked=False: self.opened.emit())
        self._use = self._button("")
        self._use.clicked.connect(lambda _checked=False: self.used.emit())
        inside = QVBoxLayout(self.notice)
        inside.setContentsMargins(12, 8, 12, 8)
        row = QHBoxLayout()
        row.addWidget(self._open)
        row.addWidget(self._use)
        row.addStretch(1)
        inside.addWidget(self.known)
        inside.addLayout(row)
        self.notice.hide()
        return self.notice

    def show_known(self, words: str, use: str) -> None:
        """Say what is known already, and what can be done with it; "" takes it away."""
        self.known.setText(words)
        self._open.setToolTip(self._key("open-known"))
        self._use.setToolTip(self._key("use-known"))
        self._use.setText(use)
        self._use.setVisible(bool(use))
        self.notice.setVisible(bool(words))

    def show_level(self, words: str) -> None:
        """Say at which level the event is; "" while it is unknown."""
        self.level.setText(words)
        self.level.setVisible(bool(words))

    def show_flags(self, flags: Sequence[Flag]) -> None:
        """Tell what looks wrong or doubtful and stops nothing; none takes it away."""
        words = told_flags(flags, self._key("turn-name"))
        self.flags.setText(words)
        self.flags.setVisible(bool(words))

    def _key(self, id: str) -> str:
        """The key of a command, as the person chose it; "" outside the window."""
        from legation.ui.commands.chosen_keys import shown_key
        from legation.ui.main_window import MainWindow

        window = self.window()
        return shown_key(window, id) if isinstance(window, MainWindow) else ""

    def _button(self, words: str, key: str = "") -> QPushButton:
        button = QPushButton(words)
        button.setToolTip(key)
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # keys have their own way
        return button

    def show_state(self, words: str, *, can_save: bool) -> None:
        """Say whether the form is saved."""
        self._state.setText(words)
        self._save.setEnabled(can_save)

    def say(self, text: str) -> None:
        """Show a sentence above the fields; "" takes it away."""
        self.message.setText(text)
        self.message.setVisible(bool(text))


def told_flags(flags: Sequence[Flag], key: str) -> str:
    """What looks wrong, a line each; of names that may be the other way round only the last, and what turns it."""
    wrong = dict.fromkeys(each.sentence for each in flags if not each.is_doubt)
    doubts = [each.sentence for each in flags if each.is_doubt]
    if not doubts:
        return "\n".join(wrong)
    turns = _("{sentence} {key} turns the name round.").format(sentence=doubts[-1], key=key) if key else doubts[-1]
    more = len(doubts) - 1
    return "\n".join([*wrong, " · ".join([turns, *([_("and {count} more").format(count=more)] if more else [])])])


def told_known(known: Sequence[Known], *, can_use: bool) -> tuple[str, str]:
    """What is said of what is there already, and the words of the button that uses it; empty for nothing."""
    if not known:
        return "", ""
    first, more = known[0], len(known) - 1
    if first.record == "event":
        told = _("You already have this: {event}").format(event=first.label)
        use = _("Add the sources to it")
    else:
        told = _("You already have this source: {source}").format(source=first.label)
        use = _("Use it here")
    use = use if can_use else ""
    return " · ".join([told, *([_("and {count} more").format(count=more)] if more else [])]), use
