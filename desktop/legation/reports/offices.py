"""The offices in which delegates act: their words and their order, best first, each fetched once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from legation.records.catalogue import record_type
from legation.storage.labels import labels
from legation.storage.reading import Reader


class Offices:
    """Offices by the number of the appointment: what they are called, and which of several comes first."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._words: dict[int, str] = {}
        self._order: dict[int, tuple[int, int, int]] = {}
        self._posts: dict[int, str] = {}

    @property
    def words(self) -> Mapping[int, str]:
        """What the known offices are called."""
        return self._words

    def take(self, found: Collection[tuple[int, int, int]]) -> None:
        """Know these offices: the rank and number of the post of each, and the appointment."""
        if unnamed := {post for _rank, post, _held in found} - self._posts.keys():
            self._posts |= dict.fromkeys(unnamed, "") | labels(self._reader, record_type("post"), unnamed)
        self._words.update((held, self._posts[post]) for _rank, post, held in found)
        self._order.update((each[2], each) for each in found)

    def best_first(self, appointments: Iterable[int]) -> list[int]:
        """Known appointments in their order."""
        return sorted(appointments, key=self._order.__getitem__)

    def rank(self, appointment: int) -> int:
        """The rank of the post of a known appointment."""
        return self._order[appointment][0]
