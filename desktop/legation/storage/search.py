"""The full-text index: what of each record is found by words, and how typed words become a question.

The index stores folded text (see fields/folding.py): name and body of each record, one document a record. It follows
every step by trigger, is never logged, and is made anew when the folding has a new version.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Select, column, func, literal_column, select, table

from legation.fields.folding import needles, search_terms

SEARCH = """CREATE VIRTUAL TABLE search USING fts5(
    name, body, tokenize = "unicode61 remove_diacritics 0", prefix = '1 2 3')"""

# number of each searched record type inside the document's number (id * 16 + number): never changed, part of the file
NUMBERS = {
    "country": 1,
    "organisation": 2,
    "person": 3,
    "post": 4,
    "event": 5,
    "topic": 6,
    "outcome": 7,
    "source": 8,
    "appointment": 9,
}
SHIFT = 16
PORTION = 2000
# held in memory before it is written: what is written in small pieces must be joined again, which takes longer
_HOLD_MORE = f"INSERT INTO search(search, rank) VALUES ('hashsize', {32 * 1024 * 1024})"
INDEX = table("search", column("rowid"))
DOCUMENTS = table("search_content", column("id"))  # where the index keeps its texts, as any table does
_NOWHERE: ColumnElement[int] = literal_column("0")
_NAME: ColumnElement[str] = literal_column("' ' || search_content.c0 || ' '")
_TEXT: ColumnElement[str] = literal_column(
    "' ' || search_content.c0 || ' ' || char(10) || ' ' || search_content.c1 || ' '"
)
_DOCUMENT: ColumnElement[int] = literal_column(f"search.rowid / {SHIFT}")


def _all(column: str, rows: str) -> str:
    return f"coalesce((SELECT group_concat({column}, char(10)) FROM {rows}), '')"


def _joined(*parts: str) -> str:
    return " || char(10) || ".join(f"coalesce({part}, '')" for part in parts)


_VIEWS: dict[str, tuple[str, str]] = {  # record: (name, body) as SQL over the row r
    "country": (
        _joined("r.name", "r.code", "r.iso2", _all("name", "alias WHERE country = r.code")),
        _joined("r.official_name", "r.demonym", "r.capital", "r.region"),
    ),
    "organisation": (
        _joined("r.name", "r.acronym", _all("name", "alias WHERE organisation_id = r.id")),
        _joined(
            "r.note",
            "r.url",
            _all("c.name || char(10) || coalesce(c.demonym, '')", "country c WHERE c.code = r.country"),
        ),
    ),
    "person": (
        _joined(
            "r.name", "r.family_name", "r.given_name", "r.patronymic", _all("name", "alias WHERE person_id = r.id")
        ),
        _joined(
            "r.note",
            _all("c.name", "country c WHERE c.code = r.country"),
            _all(
                "p.title || char(10) || o.name",
                "appointment a JOIN post p ON p.id = a.post_id JOIN organisation o ON o.id = p.organisation_id "
                "WHERE a.person_id = r.id",
            ),
        ),
    ),
    "post": (
        _joined("r.title", _all("name", "alias WHERE post_id = r.id")),
        _joined(_all("o.name || char(10) || coalesce(o.acronym, '')", "organisation o WHERE o.id = r.organisation_id")),
    ),
    "event": (
        _joined("r.title", _all("name", "alias WHERE event_id = r.id")),
        _joined(
            "r.summary",
            "r.city",
            "r.venue",
            "r.date_text",
            _all("c.name", "country c WHERE c.code = r.country"),
            _all("o.name || char(10) || coalesce(o.acronym, '')", "organisation o WHERE o.id = r.framework_id"),
            _all(
                "coalesce(c.name, '') || char(10) || coalesce(d.country, '') || char(10) || coalesce(o.name, '') || "
                "char(10) || coalesce(o.acronym, '') || char(10) || coalesce(d.stated_as, '')",
                "delegation d LEFT JOIN country c ON c.code = d.country "
                "LEFT JOIN organisation o ON o.id = d.organisation_id WHERE d.event_id = r.id",
            ),
            _all(
                "p.name || char(10) || coalesce(g.stated_as, '')",
                "delegate g JOIN person p ON p.id = g.person_id WHERE g.event_id = r.id",
            ),
            _all("l.name", "delegate g JOIN alias l ON l.person_id = g.person_id WHERE g.event_id = r.id"),
            _all(
                "t.name || char(10) || coalesce(i.text, '')",
                "agenda_item i JOIN topic t ON t.code = i.topic WHERE i.event_id = r.id",
            ),
            _all("u.title", "outcome u WHERE u.event_id = r.id"),
            _all("coalesce(k.quote, '') || char(10) || coalesce(k.states, '')", "citation k WHERE k.event_id = r.id"),
        ),
    ),
    "topic": (_joined("r.name", "r.code"), "''"),
    "outcome": (_joined("r.title"), _joined("r.text", "r.reference")),
    "source": (
        _joined("r.title"),
        _joined(
            "r.author",
            "r.url",
            "r.body",
            _all("o.name || char(10) || coalesce(o.acronym, '')", "organisation o WHERE o.id = r.publisher_id"),
        ),
    ),
    "appointment": (
        _joined(_all("p.name", "person p WHERE p.id = r.person_id")),
        _joined(
            _all(
                "p.title || char(10) || o.name",
                "post p JOIN organisation o ON o.id = p.organisation_id WHERE p.id = r.post_id",
            )
        ),
    ),
}


def views() -> Iterator[str]:
    """The statements that create the views which hold the text of each record: `search_of_<record>`."""
    for record, (name, body) in _VIEWS.items():
        number = NUMBERS[record]
        yield (
            f"CREATE VIEW search_of_{record} AS SELECT r.id * {SHIFT} + {number} AS document, r.id AS id, "
            f"{name} AS name, {body} AS body FROM {record} r"
        )


def refresh_stale() -> Iterator[str]:
    """Statements that make the documents of all stale records anew, for the trigger that closes a step."""
    for record, number in NUMBERS.items():
        stale = f"SELECT id FROM stale WHERE record = '{record}'"
        yield f"DELETE FROM search WHERE rowid IN (SELECT id * {SHIFT} + {number} FROM ({stale}))"
        yield (
            f"INSERT INTO search(rowid, name, body) SELECT document, fold(name), fold(body) "
            f"FROM search_of_{record} WHERE id IN ({stale})"
        )


def refresh_many(connection: sqlite3.Connection) -> None:
    """Make the documents of all stale records anew, when there are many; as the trigger does."""
    connection.execute(_HOLD_MORE)
    of_stale = f"s.id * {SHIFT} + CASE s.record " + " ".join(f"WHEN '{name}' THEN {n}" for name, n in NUMBERS.items())
    # told by the table behind the index: the index itself would look for the text of each
    present = f"SELECT c.id FROM stale s CROSS JOIN search_content c ON c.id = {of_stale} END"
    connection.execute(f"DELETE FROM search WHERE rowid IN ({present})")
    _add(connection, "WHERE id IN (SELECT id FROM stale WHERE record = '{record}')")


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the whole index anew."""
    connection.execute("DROP TABLE search")  # quicker than to take each document out
    connection.execute(SEARCH)
    connection.execute(_HOLD_MORE)
    _add(connection)


def _add(connection: sqlite3.Connection, where: str = "") -> None:
    """Add the documents of many records, of all types, in the order of their numbers.

    The index writes all that it holds in memory whenever a number is lower than the one before, and joins what it has
    written in pieces.
    """
    rows = merge(*(_documents(connection, record, where.format(record=record)) for record in NUMBERS))
    while some := list(islice(rows, PORTION)):
        connection.executemany("INSERT INTO search(rowid, name, body) VALUES (?, ?, ?)", some)


def _documents(connection: sqlite3.Connection, record: str, where: str) -> Iterator[tuple[int, str, str]]:
    """Number, name and body of the documents of a record type; a portion at a time, which is quicker than by turns."""
    rows = connection.execute(f"SELECT document, fold(name), fold(body) FROM search_of_{record} {where} ORDER BY id")
    while some := rows.fetchmany(PORTION):
        yield from some


def matching_ids(record: str, words: str, *, by_name: bool = False) -> Select[Any] | None:
    """The select of the ids of the records that hold the words, by the index; `by_name` in their names alone.

    None when the words hold nothing to search for, or the record type is not searched.
    """
    terms = search_terms(words)
    if not terms or record not in NUMBERS:
        return None
    asked = f"{{name}} : ({terms})" if by_name else terms
    is_of_record: ColumnElement[bool] = literal_column(f"search.rowid % {SHIFT} = {NUMBERS[record]}")
    return (
        select(_DOCUMENT.label("id"))
        .select_from(INDEX)
        .where(literal_column("search").op("MATCH")(asked), is_of_record)
    )


def holds_words(record: str, words: str, id: Any, *, by_name: bool = False, begins: str = "") -> ColumnElement[bool]:
    """Whether one record holds the words, read in its document: as `matching_ids` answers, without the index; with
    `begins`, whether its name begins so as well, in folded letters.

    The documents are read where the index keeps them, in half the time that it takes to ask the index for one.
    """
    document = id.op("*")(literal_column(str(SHIFT))).op("+")(literal_column(str(NUMBERS[record])))
    text = _NAME if by_name else _TEXT  # between name and body stands what is in no folded text: no phrase goes across
    held = [func.instr(text, needle) > _NOWHERE for needle in needles(words)]
    held += [func.instr(_NAME, f" {begins}") == literal_column("1")] if begins else []
    return select(literal_column("1")).select_from(DOCUMENTS).where(DOCUMENTS.c.id == document, *held).exists()
