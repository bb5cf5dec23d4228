"""What Undo takes back inside a form: the states of its draft, one for each run of changes to one field."""

from __future__ import annotations

from typing import Any

Plain = dict[str, Any]
MOST = 200


class Past:
    """The states of a draft as plain data; `present` is the newest."""

    def __init__(self, present: Plain) -> None:
        self.present = present
        self._before: list[Plain] = []
        self._after: list[Plain] = []
        self._where: Any = None

    def note(self, present: Plain, where: Any) -> None:
        """A change led to `present`; changes to the same place in a row count as one."""
        if present == self.present:
            return
        if where != self._where or not self._before:
            self._before = [*self._before[-MOST:], self.present]
        self.present, self._where, self._after = present, where, []

    def back(self) -> Plain | None:
        """The state before the last change; None when there was none."""
        if not self._before:
            return None
        self._after.append(self.present)
        self.present, self._where = self._before.pop(), None
        return self.present

    def forward(self) -> Plain | None:
        """The state that was left by the last `back`; None when there is none."""
        if not self._after:
            return None
        self._before.append(self.present)
        self.present, self._where = self._after.pop(), None
        return self.present
