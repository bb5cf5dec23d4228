"""Looking for garbage on the GUI thread alone.

Python looks for objects that only hold each other on whatever thread has just made enough of them. A widget among them
would be taken away by a lane while Qt works with it, which no process survives. So while a workspace is open Python
does not look by itself: a timer of the GUI thread does, the youngest objects first, and all of them only when nobody
has made many for a while.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MILLISECONDS = 100
YOUNG = 2000  # objects made since the last look, before the next
MIDDLE = 10  # looks at the young, before one at those that stayed
OLD = 10  # looks at those that stayed, before one at all
QUIET_LOOKS = 20  # in which few objects were made, before all are looked at


class Garbage(QObject):
    """Takes the place of Python's own looking until `end`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        self._quiet = 0
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Look at those objects whose turn it is; at none while somebody makes a large document."""
        if not gc.get_threshold()[0]:
            return
        young, middle, old = gc.get_count()
        self._quiet = self._quiet + 1 if young < YOUNG else 0
        if old >= OLD and self._quiet >= QUIET_LOOKS:
            gc.collect()
        elif middle >= MIDDLE:
            gc.collect(1)
        elif young >= YOUNG:
            gc.collect(0)

    def end(self) -> None:
        """Let Python look by itself again, where it did."""
        self._timer.stop()
        if self._was_on:
            gc.enable()
