"""Encounters: which two countries met at which event, counted and proved by SQLite, however many there are.

At a contact two countries met that both had a delegation there; their codes stand in the order of the alphabet. On a
visit the visitor met the country visited, in this order. Only what was held is asked about, and so has a date. Python
is given a row for each two countries, never one for each event.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from legation.records.columns import EARLIEST, LATEST
from legation.records.pairs import UNKNOWN_LEVEL
from legation.records.vocabulary import LEVELS
from legation.storage.citations import cited_parts
from legation.storage.pairs import PairCount, counts, counts_among
from legation.storage.reading import Reader

Key = tuple[str, str]
EVERY = ""  # in the place of a country: the row of all countries of a matrix
_ORDERS = {code: order for order, code in enumerate(LEVELS, UNKNOWN_LEVEL + 1)}
_CODES = (None, *LEVELS)

_COLUMNS = "one, other, level_order, date_from, date_to, event_id"
_MEMBERS = "SELECT country FROM membership WHERE organisation_id = :members"
_AMONG = "SELECT value FROM json_each(:among)"
_CAME = "{party}.country IS NOT NULL AND {party}.attendance <> 'absent'"
_GUEST, _OTHER_GUEST, _HOST = (_CAME.format(party=party) for party in ("guest", "g", "h"))
_VISITS = f"""(SELECT DISTINCT guest.country AS one, host.code AS other,
        coalesce(r.level_order, {UNKNOWN_LEVEL}) AS level_order, e.date_from AS date_from, e.date_to AS date_to,
        e.id AS event_id
    FROM event e LEFT JOIN event_row r ON r.event_id = e.id
    CROSS JOIN delegation guest ON guest.event_id = e.id AND {_GUEST}
    CROSS JOIN country host ON host.code <> guest.country AND host.code IN (
        SELECT e.country UNION ALL SELECT h.country FROM delegation h
        WHERE e.country IS NULL AND h.event_id = e.id AND h.role = 'host' AND {_HOST})
    WHERE e.kind = 'visit' AND e.status = 'held' AND (guest.role = 'guest' OR guest.role <> 'host' AND NOT EXISTS (
        SELECT 1 FROM delegation g WHERE g.event_id = e.id AND g.role = 'guest' AND {_OTHER_GUEST})) AND {{among}})"""
_FIRST, _LAST = "date_from || date_to", "date_to || date_from"
_EVENT = "one, other, event_id AS event, date_from, date_to"
_KEYS = "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:keys)"
_ABOVE = 10**12  # every id: added to one, it gives a text as long as all others, which has the order of numbers
_ID = f"({_ABOVE} + event)"
_DIGITS = len(str(_ABOVE))


class Ends(NamedTuple):
    """The ids of the event that began first and of the one that ended last."""

    first: int
    last: int


class Told(NamedTuple):
    """A source that is cited, and what it states where that differs."""

    source: int
    states: str | None


@dataclass(frozen=True)
class Encounters:
    """Those of the contacts held, or `of_visits` those of the visits held; in a time, and between members of a body.

    `first` and `last` are days (YYYY-MM-DD), as for `pairs.counts`. `among` are the ids of the only events asked about,
    which are held contacts or visits; None for all.
    """

    of_visits: bool = False
    first: str = EARLIEST
    last: str = LATEST
    members: int | None = None
    among: Sequence[int] | None = None

    def counts(self, reader: Reader, *, by_level: bool = False) -> list[PairCount]:
        """How many events each two countries share, by code; read off the counts that are kept where these tell it."""
        if self.of_visits:
            level = "level_order" if by_level else str(UNKNOWN_LEVEL)
            grouped = f"SELECT one, other, {level}, count(*) FROM {self._met()} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
            return [PairCount(row[0], row[1], _CODES[row[2]], row[3]) for row in reader.sql(grouped, self._values())]
        if self.among is None:
            found = counts(reader, first=self.first, last=self.last, by_level=by_level)
        else:
            found = counts_among(reader, self.among, by_level=by_level)
        if self.members is None:
            return found
        members = {code for (code,) in reader.sql(_MEMBERS, {"members": self.members})}
        return [each for each in found if each.one in members and each.other in members]

    def event_count(self, reader: Reader) -> int:
        """How many events there are, each once."""
        return int(reader.sql(f"SELECT count(DISTINCT event_id) FROM {self._met()}", self._values())[0][0])

    def events(self, reader: Reader) -> list[int]:
        """The ids of the events, each once, in the order of time."""
        text = f"""SELECT group_concat(id) FROM (SELECT e.id AS id FROM event e
            WHERE e.id IN (SELECT event_id FROM {self._met()})
            ORDER BY e.date_from, e.date_to, coalesce(e.start_time, ''), e.id)"""
        found: list[int] = json.loads(f"[{reader.sql(text, self._values())[0][0] or ''}]")
        return found

    def pairs(self) -> Rows:
        """A row for each two countries; its key are their codes."""
        text, by_event = (f"SELECT {_EVENT} FROM {self._met(by_event=each)}" for each in (False, True))
        return Rows(text, by_event, "one, other", ("one", "other"), "(SELECT 0 AS side)", self._values())

    def within(self, shown: Mapping[str, Collection[str]], *, by_level: bool = False) -> Rows:
        """The rows of matrices that each show some countries: one for each country and one for `EVERY`; their keys are
        the name of the matrix and the code.

        They rest on the events at which two of these countries met; a visit is of the country that made it. With
        `by_level` the names are levels, any other is the unknown one, and each matrix has the events of its level.
        """
        level = {name: _ORDERS.get(name, UNKNOWN_LEVEL) if by_level else None for name in shown}
        asked = [(name, level[name], code) for name, codes in shown.items() for code in codes]
        text = f"""WITH shown(name, level, code) AS MATERIALIZED (SELECT json_extract(value, '$[0]'),
                json_extract(value, '$[1]'), json_extract(value, '$[2]') FROM json_each(:shown))
            SELECT x.name AS name, {_EVENT} FROM shown x CROSS JOIN shown y ON y.name = x.name
            CROSS JOIN {self._met()} ON one = x.code AND other = y.code
                AND level_order = coalesce(x.level, level_order)"""
        key = ("name", f"CASE side WHEN 0 THEN '{EVERY}' WHEN 1 THEN one ELSE other END")
        sides = " UNION ALL ".join(f"SELECT {side} AS side" for side in range(2 if self.of_visits else 3))
        return Rows(text, text, "name, one, other", key, f"({sides})", self._values(shown=json.dumps(asked)))

    def _met(self, *, by_event: bool = False) -> str:
        """The encounters as a table in SQL; contacts can be had in the order in which the citations of their events
        stand in the file, of which very many are read faster."""
        among = f"{{id}} IN ({_AMONG})" if self.among is not None else "true"
        conditions = []
        if self.of_visits:
            table = _VISITS.format(among=among.format(id="e.id")) + " AS p"
        else:
            table = "event_pair AS p" + (" INDEXED BY ix_event_pair_event" if by_event else "")
            conditions += ["status = 'held'", "is_contact = 1", among.format(id="event_id")]
        if (self.first, self.last) != (EARLIEST, LATEST):
            conditions += ["date_to >= :first", "date_from <= :last"]
        if self.members is not None:
            conditions += [f"{side} IN ({_MEMBERS})" for side in ("one", "other")]
        return f"(SELECT {_COLUMNS} FROM {table} WHERE {' AND '.join(conditions) or 'true'})"

    def _values(self, **more: str) -> dict[str, Any]:
        """The values that stand behind the names in the SQL."""
        among = None if self.among is None else json.dumps(list(self.among))
        return {"first": self.first, "last": self.last, "members": self.members, "among": among} | more


@dataclass(frozen=True)
class Rows:
    """Rows of a table, each with a key of two words, and the events that it rests on, in SQL.

    `text` gives an encounter a row: both codes, the id of the event and its days; `by_event` the same in an order that
    suits reading citations. `pair` are its columns that tell apart which two met. The encounter counts for a row of the
    table on each of the `sides`; `key` tells which.
    """

    text: str
    by_event: str
    pair: str
    key: Key
    sides: str
    values: Mapping[str, Any]

    def event_counts(self, reader: Reader) -> dict[Key, int]:
        """How many events each row rests on, each once."""
        columns = f"{self.key[0]}, {self.key[1]}, count(DISTINCT event)"
        found = reader.sql(f"SELECT {columns} FROM ({self.text}) CROSS JOIN {self.sides} GROUP BY 1, 2", self.values)
        return {(a, b): number for a, b, number in found}

    def ends(self, reader: Reader) -> dict[Key, Ends]:
        """The first and the last event of each row."""
        ends = f"min({_FIRST} || {_ID}) AS first, max({_LAST} || {_ID}) AS last"
        pairs = f"SELECT {self.pair}, {ends} FROM ({self.text}) GROUP BY {self.pair}"
        columns = f"{self.key[0]}, {self.key[1]}, min(first), max(last)"
        found = reader.sql(f"SELECT {columns} FROM ({pairs}) CROSS JOIN {self.sides} GROUP BY 1, 2", self.values)
        return {(a, b): Ends(*(int(each[-_DIGITS:]) - _ABOVE for each in edges)) for a, b, *edges in found}

    def source_counts(self, reader: Reader) -> dict[Key, int]:
        """How many sources each row rests on, each once; rows that nothing is cited for are not there."""
        told = self._told(reader, self.by_event, "source_id")
        text = f"SELECT a, b, count(DISTINCT source_id) FROM ({told}) GROUP BY 1, 2"
        return {(a, b): number for a, b, number in reader.sql(text, self.values)}

    def sources(self, reader: Reader, keys: Collection[Key] | None = None) -> dict[Key, list[Told]]:
        """What is cited for each row, or for those of some keys, in the order in which it is cited first: by the time
        of the events, then as it was entered. Rows that nothing is cited for are not there."""
        columns = f"source_id, states, {_FIRST} || {_ID} || ({_ABOVE} + c.id) AS place"
        if keys is None:
            told = self._told(reader, self.by_event, columns)
        else:
            told = self._told(reader, self.text, columns, f"({self.key[0]}, {self.key[1]}) IN ({_KEYS})")
        grouped = f"SELECT a, b, source_id, states FROM ({told}) GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, min(place)"
        found: dict[Key, list[Told]] = {}
        for a, b, source, states in reader.sql(grouped, {**self.values, "keys": json.dumps(list(keys or ()))}):
            found.setdefault((a, b), []).append(Told(source, states))
        return found

    def _told(self, reader: Reader, text: str, columns: str, which: str = "true") -> str:
        """SQL of what is cited for the events of the rows, and for those of their parts that any citation is of."""
        ways = ["citation c ON c.event_id = r.event"]
        for part in cited_parts(reader):
            ways.append(f"{part} p ON p.event_id = r.event CROSS JOIN citation c ON c.{part}_id = p.id")
        keyed = f"SELECT {self.key[0]} AS a, {self.key[1]} AS b, {columns} FROM ({text}) r"
        return " UNION ALL ".join(f"{keyed} CROSS JOIN {way} CROSS JOIN {self.sides} WHERE {which}" for way in ways)
