"""The bar under the menus: the few commands worth a button, and the way to everything else."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolBar, QWidget

from legation.i18n import _
from legation.ui.look.glyphs import SIZE, icon

GROUPS = (("back", "forward"), ("new-record", "save"), ("undo", "redo"), ("export",))
GLYPHS = {"new-record": "new"}  # of commands whose glyph has another name


class ToolBar(QToolBar):
    """Buttons without words; their names and keys are told where the mouse rests. Tab passes it by: all has a key."""

    def __init__(self, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self.setWindowTitle(_("Tools"))
        self.setObjectName("tools")
        self.setMovable(False)
        self.setIconSize(QSize(SIZE, SIZE))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._shown = {id: actions[id] for group in GROUPS for id in group}
        for number, group in enumerate(GROUPS):
            if number:
                self.addSeparator()
            self.addActions([actions[id] for id in group])
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
        self.anywhere = QPushButton()
        actions["palette"].changed.connect(self._tell_key)
        self._palette = actions["palette"]
        self._tell_key()
        self.anywhere.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.anywhere.setMinimumWidth(220)
        self.anywhere.clicked.connect(lambda _checked=False: actions["palette"].trigger())
        self.addWidget(self.anywhere)
        self.repaint_glyphs()

    def _tell_key(self) -> None:
        """Show the key that the palette has now beside its name."""
        keys = self._palette.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.anywhere.setText(_("Go anywhere   {keys}").format(keys=keys).rstrip())

    def repaint_glyphs(self) -> None:
        """Draw the glyphs in the colours of now."""
        for id, action in self._shown.items():
            action.setIcon(icon(GLYPHS.get(id, id)))
        self.anywhere.setIcon(icon("filter"))
