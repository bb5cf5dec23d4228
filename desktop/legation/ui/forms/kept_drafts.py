"""What is being typed, kept outside the workspace so that it survives a crash, and offered again.

Each window keeps its unsaved drafts of a workspace in one file of the state folder, and holds a lock beside it while it
lives. At opening, the drafts of windows that live no more are taken over. Files are written in the background, within
two seconds of a key.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from legation import settings
from legation.clock import now
from legation.fields.draft import Draft, from_plain, to_plain
from legation.paths import state_folder
from legation.records.catalogue import record_type

PAUSE_MILLISECONDS = 700

Put = Callable[[Callable[[Any], Any], Callable[[Any], None]], None]


@dataclass
class KeptDraft:
    """An unsaved draft: its name among the kept ones, its title, when it was typed (UTC), and its plain data."""

    name: str
    record: str
    id: int | None
    title: str
    at: str
    plain: dict[str, Any]

    def draft(self) -> Draft:
        """The draft again. Raises `ValueError` when the data is damaged."""
        return from_plain(self.plain, record_type)


class KeptDrafts(QObject):
    """The unsaved drafts of one window on one workspace. `changed` tells that there are more or fewer."""

    changed = Signal()

    def __init__(self, key: str, session: str, put: Put) -> None:
        super().__init__()
        self._beginning = f"drafts-{key}-"
        self._file = f"{self._beginning}{session[:8]}"
        self._put = put
        self._drafts: dict[str, KeptDraft] = {}
        self._dropped: KeptDraft | None = None
        self._numbers = 0
        self._session = session[:8]
        self._lock = QLockFile(str(state_folder() / f"{self._file}.lock"))
        self._lock.setStaleLockTime(0)
        self._lock.tryLock(0)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self.flush)
        self._take_over()

    def of(self, record: str, id: int | None = None) -> list[KeptDraft]:
        """The kept drafts of a record type, or of one record, newest first."""
        found = [each for each in self._drafts.values() if each.record == record and (id is None or each.id == id)]
        return sorted(found, key=lambda each: each.at, reverse=True)

    def name_for(self, draft: Draft) -> str:
        """The name under which a draft is kept: that of its record, or a new one for a new record."""
        if draft.id is not None:
            return f"{draft.record.name}-{draft.id}"
        self._numbers += 1
        return f"{draft.record.name}-new-{self._session}-{self._numbers}"

    def keep(self, name: str, draft: Draft, title: str) -> None:
        """Keep a draft as it is now, under a name."""
        is_new = name not in self._drafts
        self._drafts[name] = KeptDraft(name, draft.record.name, draft.id, title, now(), to_plain(draft))
        if not self._pause.isActive():
            self._pause.start()
        if is_new:
            self.changed.emit()

    def drop(self, name: str, *, for_good: bool = True) -> None:
        """Keep a draft no more; one that was not dropped for good can still be brought back."""
        dropped = self._drafts.pop(name, None)
        if dropped is None:
            return
        if not for_good:
            self._dropped = dropped
        self.flush()
        self.changed.emit()

    def last_dropped(self) -> KeptDraft | None:
        """The draft that was thrown away last, given back once."""
        dropped, self._dropped = self._dropped, None
        return dropped

    def flush(self) -> None:
        """Write what is kept, in the background."""
        self._pause.stop()
        self._put(self._writing(), lambda _done: None)

    def close(self) -> None:
        """Write what is kept and let go of the lock; called when nothing is written in the background any more."""
        self._pause.stop()
        self._writing()(None)
        self._lock.unlock()

    def _writing(self) -> Callable[[Any], None]:
        name = self._file
        values = {each.name: _plain(each) for each in self._drafts.values()}

        def write(_nothing: Any) -> None:
            if values:
                settings.write_state(name, {"drafts": values})
            else:
                settings.forget_state(name)

        return write

    def _take_over(self) -> None:
        """Make the drafts of windows that are gone one's own; what cannot be read is left where it is."""
        for name in settings.states(self._beginning):
            if name == self._file:
                continue
            lock = QLockFile(str(state_folder() / f"{name}.lock"))
            lock.setStaleLockTime(0)
            if not lock.tryLock(0):
                continue
            found = [_kept(each, values) for each, values in _drafts_in(name).items()]
            readable = [each for each in found if each is not None]
            for each in readable:
                self._drafts.setdefault(each.name, each)
            if readable:
                self._writing()(None)
            if len(readable) == len(found):
                settings.forget_state(name)
            lock.unlock()


def _drafts_in(name: str) -> dict[str, Any]:
    drafts = settings.read_state(name).get("drafts")
    return drafts if isinstance(drafts, dict) else {}


def _plain(kept: KeptDraft) -> dict[str, Any]:
    return {"record": kept.record, "id": kept.id, "title": kept.title, "at": kept.at, "plain": kept.plain}


def _kept(name: str, values: Any) -> KeptDraft | None:
    try:
        kept = KeptDraft(name, values["record"], values["id"], values["title"], values["at"], values["plain"])
        kept.draft()
    except (KeyError, TypeError, ValueError):
        return None
    return kept
