"""The key sheet: every command and page with its keys, narrowed by words; Enter does the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from legation.fields.folding import fold
from legation.i18n import N_, _
from legation.settings import read_settings, write_settings

if TYPE_CHECKING:
    from legation.ui.commands.chosen_keys import Keyed
    from legation.ui.main_window import MainWindow

PAGES_GROUP = N_("Pages")
MARGIN = 16


@dataclass(frozen=True)
class KeyLine:
    """A line of the sheet: the menu it stands in, its keys as the system writes them, its name and what it does."""

    group: str
    keys: str
    name: str
    does: str
    run: Callable[[], None]
    is_enabled: bool = True
    keyed: Keyed | None = None


def native(keys: Sequence[str | QKeySequence]) -> str:
    """Keys as the system writes them, the first one first."""
    form = QKeySequence.SequenceFormat.NativeText
    return "  ".join(QKeySequence(each).toString(form) for each in keys)


def lines_of(window: MainWindow) -> list[KeyLine]:
    """Every page and command, in the order of the menus."""
    from legation.ui.commands.catalogue import COMMANDS, PLACES
    from legation.ui.commands.chosen_keys import of_command, of_page
    from legation.ui.pages.catalogue import PAGES

    found = [
        KeyLine(
            _(PAGES_GROUP), native(window.actions_by_id[f"page-{page.name}"].shortcuts()), _(page.label),
            _("Show this page."), lambda name=page.name: window.show_page(name),  # type: ignore[misc]
            window.workspace is not None, of_page(page),
        )
        for page in PAGES
        if page.key
    ]  # fmt: skip
    for command in COMMANDS:
        does = f"{_((command.run.__doc__ or '').splitlines()[0])} {_(PLACES[command.where])}".strip()
        action = window.actions_by_id[command.id]
        found.append(
            KeyLine(
                _(command.menu).replace("&", ""), native(action.shortcuts()), command.name, does,
                lambda each=command: window.run(each), action.isEnabled(), of_command(command),  # type: ignore[misc]
            )
        )  # fmt: skip
    return found


def narrowed(lines: list[KeyLine], typed: str) -> list[KeyLine]:
    """The lines in which every typed word occurs: in the name, in what it does, or in the keys."""
    words = fold(typed).split()
    wanted = typed.replace(" ", "").casefold()
    return [
        each
        for each in lines
        if (wanted and wanted in each.keys.replace(" ", "").casefold())
        or all(word in fold(f"{each.group} {each.name} {each.does}") for word in words)
    ]


class KeySheet(QDialog):
    """A line for words, and the commands under their menus."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._lines = lines_of(window)
        self._window = window
        self.setWindowTitle(_("Keys"))
        self.resize(820, 640)
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("Find a key or a command"))
        self.line.setAccessibleName(_("Find a key or a command"))
        self.line.setClearButtonEnabled(True)
        self.line.setMinimumHeight(36)
        self.line.installEventFilter(self)
        self.list = self._make_list()
        buttons = QDialogButtonBox()
        buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        change = buttons.addButton(_("C&hange the key… (F2)"), QDialogButtonBox.ButtonRole.ActionRole)
        change.setAutoDefault(False)
        change.clicked.connect(lambda _checked=False: self.change_key())
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(8)
        for each in (self.line, self.list, buttons):
            column.addWidget(each)
        self.line.textChanged.connect(self._fill)
        self._fill("")
        self.line.setFocus()

    def _make_list(self) -> QTreeWidget:
        made = QTreeWidget()
        made.setAccessibleName(_("Keys and commands"))
        made.setHeaderLabels([_("Keys"), _("Command"), _("What it does")])
        made.setRootIsDecorated(False)
        made.setProperty("sheet", True)
        made.setIndentation(0)
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        made.setAllColumnsShowFocus(True)
        made.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        made.header().setStretchLastSection(True)
        made.itemActivated.connect(lambda _item: self.accept())
        return made

    def _fill(self, typed: str) -> None:
        self.list.clear()
        group, first = "", None
        for each in narrowed(self._lines, typed):
            if each.group != group:
                group = each.group
                heading = QTreeWidgetItem([group])
                heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
                font = heading.font(0)
                font.setBold(True)
                heading.setFont(0, font)
                self.list.addTopLevelItem(heading)
                heading.setFirstColumnSpanned(True)
            item = QTreeWidgetItem([each.keys, each.name, each.does])
            item.setData(0, Qt.ItemDataRole.UserRole, each)
            item.setDisabled(not each.is_enabled)
            item.setToolTip(2, each.does)
            self.list.addTopLevelItem(item)
            first = first or item
        if first is not None:
            self.list.setCurrentItem(first)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Arrows in the line choose in the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}.get(
                Qt.Key(event.key()), 0
            )
            if step:
                self._move(step)
                return True
        return False

    def _move(self, step: int) -> None:
        """Choose a line further on; headings are passed over."""
        row = self.list.indexOfTopLevelItem(self.list.currentItem()) + step
        row = max(0, min(self.list.topLevelItemCount() - 1, row))
        turn = 1 if step > 0 or row == 0 else -1
        item = self.list.topLevelItem(row)
        if item is not None and item.data(0, Qt.ItemDataRole.UserRole) is None:
            item = self.list.topLevelItem(row + turn)
        if item is not None:
            self.list.setCurrentItem(item)

    def _chosen(self) -> KeyLine | None:
        item = self.list.currentItem()
        line = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None
        return line if isinstance(line, KeyLine) else None

    def accept(self) -> None:
        """Close, and do what the chosen line does."""
        line = self._chosen()
        if line is None or not line.is_enabled:
            return
        super().accept()
        QTimer.singleShot(0, self._window, line.run)

    def change_key(self) -> None:
        """Ask for another key for the chosen command or page, and keep it."""
        from legation.ui.dialogs.change_key import ChangeKeyDialog

        line = self._chosen()
        if line is None or line.keyed is None:
            return
        keyed, wishes = line.keyed, read_settings()
        dialog = ChangeKeyDialog(self, keyed, wishes.keys)

        def keep() -> None:
            wishes.keys.pop(keyed.id, None)
            if dialog.chosen is not None:
                wishes.keys[keyed.id] = dialog.chosen
            self._window.guarded(lambda: write_settings(wishes))
            self._window.show_keys()
            self._lines = lines_of(self._window)
            self._fill(self.line.text())

        dialog.accepted.connect(keep)
        dialog.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the line does the chosen command, F2 changes its key."""
        if event.key() == Qt.Key.Key_F2:
            self.change_key()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
            return
        super().keyPressEvent(event)
