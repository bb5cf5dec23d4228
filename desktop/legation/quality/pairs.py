"""Pairs of records that may be one: each proposed once, with its reason, unless somebody said that they are not."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from legation.matching.persons import Verdict
from legation.storage.reading import Reader

T = TypeVar("T")
Found = Generator["Pair | None", None, None]
Making = Generator[None, None, T]
Compare = Callable[[int, int], Verdict]

PAUSE = 500  # records between two pauses


@dataclass(frozen=True)
class Pair:
    """Two records that may be one, the older first, and why; `is_certain` tells that nothing speaks against it."""

    record: str
    first: int
    second: int
    reason: str
    is_certain: bool = False


class Proposals:
    """Makes pairs of ids by what `compare` says; a pair is never made twice."""

    def __init__(self, reader: Reader, record: str, compare: Compare) -> None:
        rows = reader.sql("SELECT first_id, second_id FROM not_same WHERE record = ?", (record,))
        self._record, self._compare = record, compare
        self._not_same = {(first, second) for first, second in rows}
        self._seen: set[tuple[int, int]] = set()
        known = reader.sql(f'SELECT id, wikidata FROM "{record}" WHERE wikidata IS NOT NULL')
        self._items: dict[int, str] = dict(known)  # two items of Wikidata are two things

    def pair(self, one: int, other: int, *, only_certain: bool = False) -> Pair | None:
        """The pair, when it is proposed and was not before."""
        key = (min(one, other), max(one, other))
        if one == other or key in self._seen or key in self._not_same:
            return None
        if one in self._items and other in self._items and self._items[one] != self._items[other]:
            return None
        verdict = self._compare(one, other)
        if not verdict.is_proposed or (only_certain and not verdict.is_certain):
            return None
        self._seen.add(key)
        return Pair(self._record, *key, verdict.reason, verdict.is_certain)

    def each_with_each(self, groups: Iterable[Sequence[int]], *, only_certain: bool = False) -> Found:
        """The pairs within each group, with a pause after each."""
        for group in groups:
            for one, other in combinations(group, 2):
                if (found := self.pair(one, other, only_certain=only_certain)) is not None:
                    yield found
            yield None


def grouped(items: Mapping[int, T], keys_of: Callable[[T], Iterable[object]]) -> Making[dict[object, list[int]]]:
    """The ids under their keys, those alone under a key left out; pauses on the way."""
    groups: dict[object, list[int]] = {}
    for number, (id, item) in enumerate(items.items(), 1):
        for key in dict.fromkeys(keys_of(item)):
            groups.setdefault(key, []).append(id)
        if number % PAUSE == 0:
            yield None
    return {key: ids for key, ids in groups.items() if len(ids) > 1}
