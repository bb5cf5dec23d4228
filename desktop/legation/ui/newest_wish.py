"""Work on a lane of which only the newest wish counts: a newer one stops the older, long ones tell how far they are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from legation.ui.background import Lane

LOOK_MILLISECONDS = 100
PATIENCE_MILLISECONDS = 400  # before it is said how far the work is


class NewestWish(QObject):
    """Numbers wishes. `went_on` carries (done, total), both -1 when nothing is being worked on."""

    went_on = Signal(int, int)

    def __init__(self, lane: Lane) -> None:
        super().__init__()
        self.lane = lane
        self.number = 0
        """The number of the newest wish."""
        self._place = (0, 0)
        self._waited = 0
        self._watch = QTimer(self)
        self._watch.setInterval(LOOK_MILLISECONDS)
        self._watch.timeout.connect(self._look)

    @property
    def is_running(self) -> bool:
        """Whether something is being worked on."""
        return self._watch.isActive()

    def begin(self, *, tell_at_once: bool = False) -> Callable[[int, int], bool]:
        """Number a new wish; the progress that its work tells, which is False once a newer one came."""
        self.number += 1
        number = self.number
        self._place, self._waited = (0, 0), PATIENCE_MILLISECONDS if tell_at_once else 0
        self._watch.start()

        def progress(done: int, total: int) -> bool:
            if number != self.number:
                return False
            self._place = (done, total)
            return True

        return progress

    def end(self) -> None:
        """The newest wish is fulfilled."""
        self._watch.stop()
        self.went_on.emit(-1, -1)

    def stop(self) -> None:
        """Stop what is being worked on."""
        self.number += 1
        self.end()
        self.lane.ask(lambda _reader: None, _nothing)

    def _look(self) -> None:
        self._waited += LOOK_MILLISECONDS
        if self._waited >= PATIENCE_MILLISECONDS:
            self.went_on.emit(*self._place)


def _nothing(_answer: object) -> None:
    """An answer that nobody waits for."""
