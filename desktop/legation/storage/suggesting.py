"""Suggestions for link boxes: which records typed letters may mean, best first, within a frame at any size.

Candidates come from indexes only, a bounded number from each: exact codes, names that begin so, words of names, words
of the whole record, and words spelt nearly so. They are then ranked here: how they match first, then how lately the
record was used, then by the alphabet. Without letters, the records used last are suggested.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import select

from legation.fields.folding import fold, search_terms
from legation.fields.record_type import RecordType
from legation.records.catalogue import record_type, table_named
from legation.storage.labels import labels
from legation.storage.near_words import near_words
from legation.storage.reading import Reader
from legation.storage.search import NUMBERS, SHIFT, holds_words
from legation.storage.telling_apart import told_apart

MOST_LETTERS = 200  # of what is typed; the rest is not looked at
CANDIDATES = 60  # taken from each index
MOST_READ = 2000  # records of a type whose texts are read sooner than an index of all types is asked
RECENT_ROWS = 400  # how many of the newest links are looked through for the records used last
EXACT_CODE, EXACT_NAME, BEGINS, WORDS, ELSEWHERE, NEAR = range(6)  # how a record matches, best first

MAIN = {  # record type: the columns that name it, its codes after them
    "country": ("name", "code", "iso2"),
    "organisation": ("name", "acronym"),
    "person": ("name", "sort_name"),
    "post": ("title",),
    "event": ("title",),
    "topic": ("name", "code"),
    "outcome": ("title",),
    "source": ("title", "url"),
}
CODES = ("code", "iso2", "acronym")
NAMED_BY_ALIAS = {"country": "country", "person": "person_id", "organisation": "organisation_id", "post": "post_id"}
USED_IN = {  # record type: the table whose newest rows tell which records were used last, and its column
    "country": ("delegation", "country"),
    "organisation": ("delegation", "organisation_id"),
    "person": ("delegate", "person_id"),
    "post": ("appointment", "post_id"),
    "topic": ("agenda_item", "topic"),
    "source": ("citation", "source_id"),
    "event": ("event", "id"),
    "outcome": ("outcome", "id"),
    "appointment": ("appointment", "id"),
}


@dataclass(frozen=True)
class Suggestion:
    """A record that a link box offers.

    `key` is what the link stores, `matched` the other name or code that was typed when the label does not show it,
    `also` what tells namesakes apart.
    """

    record: str
    key: Any
    id: int
    label: str
    matched: str = ""
    also: str = ""


@dataclass
class _Candidate:
    """A record with the forms of its name; `found_in` is the worst way in which it may match."""

    record: RecordType
    id: int
    key: Any
    found_in: int
    forms: list[tuple[str, bool]]
    used: int = 0
    rank: int = NEAR
    matched: str = ""
    is_near: bool = False

    @property
    def first_form(self) -> str:
        """By which candidates that are alike in everything else are sorted."""
        return self.forms[0][0] if self.forms else ""


def suggest(
    reader: Reader,
    records: str | Sequence[str],
    typed: str,
    *,
    limit: int = 12,
    within: Mapping[str, Any] | None = None,
    recent: bool = True,
    near: Mapping[str, Any] | None = None,
    by_name: bool = False,
) -> list[Suggestion]:
    """The records of some types that typed letters may mean, best first; those used last when nothing is typed.

    `within` narrows by columns of the record, such as {"person_id": 3}. With `recent` False, records that match alike
    come in alphabetical order, and nothing is suggested for no letters. Records with the values of `near`, such as
    {"country": "JPN"}, come first among those that match alike. `by_name` leaves out what has the words
    elsewhere than in its name, or only nearly so.
    """
    typed = typed.strip()[:MOST_LETTERS]
    names = [records] if isinstance(records, str) else list(records)
    nearly = cache(lambda: near_words(reader, fold(typed)))
    found: list[tuple[int, _Candidate]] = []
    for place, name in enumerate(names):
        record = record_type(name)
        candidates = []
        if typed or recent:
            candidates = _candidates(reader, record, typed, dict(within or {}), 0 if by_name else limit, nearly)
        for each in candidates:
            _rank(each, typed)
        if recent:
            _note_use(reader, record, candidates)
        if near:
            _note_nearness(reader, record, candidates, near)
        found += [(place, each) for each in candidates]
    found.sort(key=lambda pair: (pair[1].rank, not pair[1].is_near, pair[0], -pair[1].used, pair[1].first_form))
    return _told(reader, [each for _place, each in found[:limit]])


def _candidates(
    reader: Reader, record: RecordType, typed: str, within: dict[str, Any], limit: int, nearly: Callable[[], str]
) -> list[_Candidate]:
    """Records that may match, each once, with the worst way in which it was found."""
    if within or record.name not in NUMBERS:
        every = _load(reader, record, None, within, ELSEWHERE)
        words = fold(typed).split()
        return [each for each in every if not typed or any(_fits(form, words) for form, _code in each.forms)]
    if not typed:
        return _load(reader, record, _used_last(reader, record, limit), {}, ELSEWHERE)
    ids: dict[int, int] = {}
    for found_in, some in _searches(reader, record, typed, limit, ids, nearly):
        for id in some:
            ids.setdefault(id, found_in)
    loaded = _load(reader, record, list(ids), {}, ELSEWHERE)
    for each in loaded:
        each.found_in = ids[each.id]
    return loaded


def _searches(
    reader: Reader, record: RecordType, typed: str, limit: int, found: Mapping[int, int], nearly: Callable[[], str]
) -> Iterator[tuple[int, list[int]]]:
    """What each index finds, the surest first; the vaguer ones are asked only while `found` has fewer than `limit`."""
    table = table_named(record.name)
    for code in (each for each in MAIN.get(record.name, ()) if each in CODES):
        question = f'SELECT id FROM "{record.name}" WHERE "{code}" IN (?, ?) LIMIT {CANDIDATES}'
        yield EXACT_CODE, [row[0] for row in reader.sql(question, (typed, typed.upper()))]
    folded = fold(typed)
    if "sort_name" in table.c and folded:
        question = (
            f'SELECT id FROM "{record.name}" WHERE sort_name >= ? AND sort_name < ? ORDER BY sort_name '
            f"LIMIT {CANDIDATES}"
        )
        yield BEGINS, [row[0] for row in reader.sql(question, (folded, folded + "\U0010ffff"))]
    terms = search_terms(typed)
    if not terms:
        return
    named = _matching(reader, record, typed, terms, by_name=True)
    if len(named) == CANDIDATES:  # there are more: those whose name begins so must be among them
        yield WORDS, _matching(reader, record, typed, terms, by_name=True, begins=folded.split()[0])
    yield WORDS, named
    if len(found) < limit:
        yield ELSEWHERE, _matching(reader, record, typed, terms)
    if len(found) < limit:
        if near := nearly():
            yield NEAR, _by_index(reader, record, f"{{name}} : ({near})", _last(reader, record))


def _matching(
    reader: Reader, record: RecordType, typed: str, terms: str, *, by_name: bool = False, begins: str = ""
) -> list[int]:
    """The newest records of a type that hold typed words: of few records, each is read, since the index goes through
    all documents that have a common word, whatever they are of."""
    last = _last(reader, record)
    if last <= MOST_READ:
        id = table_named(record.name).c.id
        holds = holds_words(record.name, typed, id, by_name=by_name, begins=begins)
        return [row[0] for row in reader.rows(select(id).where(holds).order_by(id.desc()).limit(CANDIDATES))]
    if begins:
        others = [each for each in terms.split(" AND ") if each != f'"{begins}"*']
        terms = " AND ".join((f'^ "{begins}"*', *others))
    return _by_index(reader, record, f"{{name}} : ({terms})" if by_name else terms, last)


def _last(reader: Reader, record: RecordType) -> int:
    return int(reader.sql(f'SELECT max(id) FROM "{record.name}"')[0][0] or 0)


def _by_index(reader: Reader, record: RecordType, terms: str, last: int) -> list[int]:
    """The newest records of a type whose document matches; the bounds keep other types' documents unread."""
    number = NUMBERS[record.name]
    rows = reader.sql(
        f"SELECT rowid / {SHIFT} FROM search WHERE search MATCH :terms AND rowid <= :last "
        f"AND rowid % {SHIFT} = {number} ORDER BY rowid DESC LIMIT {CANDIDATES}",
        {"terms": terms, "last": last * SHIFT + number},
    )
    return [row[0] for row in rows]


def _used_last(reader: Reader, record: RecordType, limit: int) -> list[int]:
    """The ids of the records used last, the newest first."""
    if record.name not in USED_IN:
        return []
    name, column = USED_IN[record.name]
    rows = reader.sql(f'SELECT "{column}" FROM "{name}" ORDER BY rowid DESC LIMIT {RECENT_ROWS}')
    keys = [key for key in dict.fromkeys(row[0] for row in rows) if key is not None][:limit]
    if record.key == "id":
        return keys
    table = table_named(record.name)
    return [row[0] for row in reader.rows(select(table.c.id).where(table.c[record.key].in_(keys)))]


def _load(
    reader: Reader, record: RecordType, ids: list[int] | None, within: Mapping[str, Any], found_in: int
) -> list[_Candidate]:
    """The candidates with these ids, or all that are within; each with the forms of its name and its codes."""
    columns = MAIN.get(record.name, ())
    wanted = {"ids": json.dumps(ids)} if ids is not None else {}
    question = _loading(record.name, record.key, ids is not None, tuple(within))
    found = []
    for id, key, *values in reader.sql(question, {**within, **wanted}):
        forms = [(str(value), name in CODES) for name, value in zip(columns, values, strict=True) if value]
        found.append(_Candidate(record, id, key, found_in, forms))
    if not columns:
        named = labels(reader, record, [each.key for each in found])
        for each in found:
            each.forms = [(named.get(each.key, ""), False)]
    if record.name in NAMED_BY_ALIAS and found:
        owner = NAMED_BY_ALIAS[record.name]
        by_key = {each.key: each for each in found}
        aliases = f'SELECT "{owner}", name FROM alias WHERE "{owner}" IN (SELECT value FROM json_each(?))'
        for key, name in reader.sql(aliases, (json.dumps(list(by_key)),)):
            by_key[key].forms.append((name, False))
    return found


@cache
def _loading(name: str, key: str, by_ids: bool, within: tuple[str, ...]) -> str:
    """The question for the forms of records: those with the ids `:ids`, or all where columns have given values."""
    columns = ", ".join(f'"{each}"' for each in ("id", key, *MAIN.get(name, ())))
    wanted = [f'"{each}" = :{each}' for each in within]
    wanted += ["id IN (SELECT value FROM json_each(:ids))"] if by_ids else []
    narrowed = f"WHERE {' AND '.join(wanted)}" if wanted else ""
    return f'SELECT {columns} FROM "{name}" {narrowed} LIMIT {CANDIDATES * 8}'


def _rank(candidate: _Candidate, typed: str) -> None:
    """How well a candidate matches, by the best form of its name."""
    folded, words = fold(typed), fold(typed).split()
    candidate.rank = max(candidate.found_in, ELSEWHERE)
    for text, is_code in candidate.forms:
        form = fold(text)
        rank = candidate.rank
        if is_code and form == folded:
            rank = EXACT_CODE
        elif form == folded:
            rank = EXACT_NAME
        elif form.startswith(folded):
            rank = BEGINS
        elif _fits(text, words):
            rank = WORDS
        if rank < candidate.rank:
            candidate.rank, candidate.matched = rank, text


def _fits(text: str, words: Sequence[str]) -> bool:
    """Whether each typed word begins a word of a text, each another one, in any order."""
    left = fold(text).split()
    for word in sorted(words, key=len, reverse=True):
        at = next((number for number, part in enumerate(left) if part.startswith(word)), None)
        if at is None:
            return False
        del left[at]
    return True


def _note_use(reader: Reader, record: RecordType, candidates: list[_Candidate]) -> None:
    """When each candidate was used last, as the number of the newest row that points at it."""
    if record.name not in USED_IN:
        return
    name, column = USED_IN[record.name]
    newest = f'SELECT rowid FROM "{name}" WHERE "{column}" = value ORDER BY rowid DESC LIMIT 1'
    keys = json.dumps([each.key for each in candidates])
    used: dict[Any, Any] = dict(reader.sql(f"SELECT value, ({newest}) FROM json_each(?)", (keys,)))
    for each in candidates:
        each.used = used[each.key] or 0


def _note_nearness(reader: Reader, record: RecordType, candidates: list[_Candidate], near: Mapping[str, Any]) -> None:
    table = table_named(record.name)
    wanted = {name: value for name, value in near.items() if name in table.c}
    narrowed = " AND ".join(["id IN (SELECT value FROM json_each(:ids))", *(f'"{name}" = :{name}' for name in wanted)])
    ids = json.dumps([each.id for each in candidates])
    question = f'SELECT id FROM "{record.name}" WHERE {narrowed}'
    found = {row[0] for row in reader.sql(question, {**wanted, "ids": ids})} if wanted else set()
    for each in candidates:
        each.is_near = each.id in found


def _told(reader: Reader, chosen: list[_Candidate]) -> list[Suggestion]:
    """The suggestions with their labels and with what tells them apart."""
    found: dict[tuple[str, int], Suggestion] = {}
    for name in dict.fromkeys(each.record.name for each in chosen):
        some = [each for each in chosen if each.record.name == name]
        named = labels(reader, some[0].record, [each.key for each in some])
        also = told_apart(reader, name, [each.key for each in some])
        for each in some:
            label = named.get(each.key, "")
            is_shown = set(fold(each.matched).split()) <= set(fold(label).split())
            matched = "" if is_shown else each.matched
            found[(name, each.id)] = Suggestion(name, each.key, each.id, label, matched, also.get(each.key, ""))
    return [found[(each.record.name, each.id)] for each in chosen]
