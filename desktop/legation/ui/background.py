"""Work off the GUI thread: lanes that read, and the one writer. The only module that starts threads.

A lane answers one question at a time; a newer question interrupts the running one and replaces the waiting one. Answers
and errors come back on the GUI thread. The writer takes every piece of work, in order.
"""

from __future__ import annotations

import sys
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from legation.storage.database import Database
from legation.storage.reading import SWITCH_SECONDS, Interrupted, Reader

Work = Callable[[Any], Any]
Answered = Callable[[Any], None]


@dataclass(frozen=True)
class _Task:
    """A piece of work, who takes its answer or its error, and whether it is done even when newer questions come.

    The answer is dropped when `owner` has been deleted meanwhile, such as a form that was saved.
    """

    work: Work
    answered: Answered
    failed: Answered
    lasts: bool
    owner: QObject | None = None


class _Worker(QObject):
    """A thread with a queue; what is done is told on the thread that made the object."""

    _finished = Signal(object)

    def __init__(self, name: str, failed: Answered) -> None:
        super().__init__()
        self._failed = failed
        self._queue: deque[_Task] = deque()
        self._may_interrupt = False
        """Whether the question being answered gives way to a newer one."""
        self._wake = threading.Condition()
        self._ended = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        sys.setswitchinterval(SWITCH_SECONDS)
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def put(
        self,
        work: Work,
        answered: Answered,
        *,
        failed: Answered | None = None,
        lasts: bool = True,
        owner: QObject | None = None,
    ) -> None:
        """Queue work. `failed` takes its error in place of the common door; `owner` is whose `answered` is."""
        with self._wake:
            self._queue.append(_Task(work, answered, failed or self._failed, lasts, owner or _owner_of(answered)))
            self._wake.notify()

    def end(self) -> None:
        """Finish what is queued and stop the thread."""
        with self._wake:
            self._ended = True
            self._wake.notify()
        self._thread.join(10)

    def subject(self) -> Any:
        """What the work is given; made in the thread."""
        raise NotImplementedError

    def close(self) -> None:
        """Close what `subject` made; called in the thread."""

    def _run(self) -> None:
        while (box := self._next()) is not None:
            self._do(box)
            self._finished.emit(box)
        self.close()

    def _next(self) -> list[Any] | None:
        """The next task in a box; None when there will be none."""
        with self._wake:
            self._may_interrupt = False
            while not self._queue and not self._ended:
                self._wake.wait()
            if not self._queue:
                return None
            self._may_interrupt = not self._queue[0].lasts
            self.begin()
            return [self._queue.popleft()]

    def begin(self) -> None:
        """A task begins, before anything can interrupt it."""

    def _do(self, box: list[Any]) -> None:
        """Do the task in a box and put its answer there.

        The task goes along, and is held by nothing else then: whatever it holds, a widget perhaps, is let go on the GUI
        thread, since Qt does not survive a widget that is taken away on another one.
        """
        task = box[0]
        try:
            outcome: Any = task.work(self.subject())
            box[0] = outcome, task.answered, task.owner, task
        except Interrupted:
            box[0] = None, _nobody, None, task
        except Exception as error:  # shown to the person on the GUI thread, and logged there
            box[0] = error, task.failed, _owner_of(task.failed), task

    def _deliver(self, box: list[Any]) -> None:
        outcome, told, owner, _task = box.pop()
        if not self._ended and (owner is None or isValid(owner)):
            told(outcome)


def _nobody(_answer: Any) -> None:
    """Whoever asked does not want the answer any more."""


def _owner_of(told: Answered) -> QObject | None:
    """The object of Qt whose method this is; None for other functions."""
    owner = getattr(told, "__self__", None)
    return owner if isinstance(owner, QObject) else None


class Lane(_Worker):
    """A reading connection of its own, for one kind of question."""

    def __init__(self, name: str, database: Database, failed: Answered) -> None:
        self._database = database
        self._reader: Reader | None = None
        super().__init__(name, failed)

    def subject(self) -> Reader:
        """The lane's reader, opened at the first question."""
        if self._reader is None:
            self._reader = self._database.reader()
        return self._reader

    def begin(self) -> None:
        """What stopped the question before does not stop this one."""
        if self._reader is not None:
            self._reader.resume()

    def close(self) -> None:
        """Close the reader."""
        if self._reader is not None:
            self._reader.close()

    def ask(self, question: Callable[[Reader], Any], answered: Answered) -> None:
        """Ask; a question that runs is interrupted and those that wait are dropped, unless they last."""
        with self._wake:
            if self._reader is not None and self._may_interrupt:
                self._reader.interrupt()
            self._queue = deque(task for task in self._queue if task.lasts)
        self.put(question, answered, lasts=False)

    def ask_too(
        self,
        question: Callable[[Reader], Any],
        answered: Answered,
        *,
        lasts: bool = False,
        owner: QObject | None = None,
    ) -> None:
        """Ask after what runs and waits; a question that `lasts` is answered even when newer ones come.

        `owner` is the widget that a function which is no method of it belongs to.
        """
        self.put(question, answered, lasts=lasts, owner=owner)


class Writer(_Worker):
    """The one thread that writes; it owns the writing connection."""

    def __init__(self, database: Database, failed: Answered) -> None:
        self._database = database
        super().__init__("writer", failed)

    def subject(self) -> Database:
        """The database, whose writing connection belongs to this thread."""
        return self._database

    def close(self) -> None:
        """Close the writing connection."""
        self._database.close()


class Keeper(_Worker):
    """Writes small files that must not wait for a question or an export: what is being typed."""

    def subject(self) -> None:
        """Nothing is needed: the work knows its files."""


class Errand(_Worker):
    """One piece of work while no workspace is open: making one, bringing it up to date or back."""

    def subject(self) -> None:
        """Nothing is needed: the work knows its files."""
