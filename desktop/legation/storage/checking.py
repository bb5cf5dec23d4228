"""Checking a workspace: whether the file is whole and everything derived follows from what is stored.

Each check gives sentences; none means sound. Reads only.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from legation.errors import WorkspaceDamaged
from legation.fields.fuzzy_dates import DateProblem, bounds
from legation.fields.kinds import FuzzyDateKind
from legation.i18n import N_, _, ngettext
from legation.records.catalogue import LOGGED_TABLES, RECORD_TYPES, table_named
from legation.records.pairs import UNKNOWN_LEVEL
from legation.storage import schema
from legation.storage.change_log import column_names, key_columns
from legation.storage.connection import connect_for_reading
from legation.storage.constraints import words_for
from legation.storage.database import inspect, told_in_words
from legation.storage.derived import NESTED_VISITS
from legation.storage.derived_pairs import COUNTS
from legation.storage.search import NUMBERS, SEARCH, SHIFT

MOST = 20  # how many sentences one check gives before it counts the rest
_CREATED = re.compile(r'CREATE (?:UNIQUE )?(?:INDEX|VIEW|TRIGGER) "?(\w+)')

Check = Callable[[sqlite3.Connection], Iterator[str]]


def check_workspace(path: Path) -> list[str]:
    """All problems of a workspace as sentences; empty when it is sound. Raises `UserError` when it cannot be read."""
    inspect(path)
    found: list[str] = []
    with told_in_words(path), closing(connect_for_reading(path)) as connection:
        connection.execute("BEGIN")
        for name, check in CHECKS.items():
            found += _problems(connection, name, check)
    return found


def _problems(connection: sqlite3.Connection, name: str, check: Check) -> list[str]:
    """The sentences of one check. A part of the file that cannot be read is a problem, and no end of the checking."""
    sentences: list[str] = []
    more = 0
    try:
        for sentence in check(connection):
            if len(sentences) < MOST:
                sentences.append(f"{_(name)}: {sentence}")
            else:
                more += 1
    except sqlite3.DatabaseError as error:
        is_damaged = isinstance(words_for(error, Path()), WorkspaceDamaged)
        if not is_damaged and error.sqlite_errorcode != sqlite3.SQLITE_ERROR:  # that is: a table or view is not there
            raise
        sentences.append(_("{check}: cannot be read ({reason}).").format(check=_(name), reason=error))
    if more:
        sentences.append(_("{check}: and {count} more.").format(check=_(name), count=more))
    return sentences


def _file_is_whole(connection: sqlite3.Connection) -> Iterator[str]:
    for (answer,) in connection.execute("PRAGMA integrity_check(50)"):
        for line in str(answer).splitlines():
            if line != "ok":
                yield line


def _rules_stand(connection: sqlite3.Connection) -> Iterator[str]:
    """Every index, view and trigger is as this format has it; without them, what is written later goes wrong."""
    if connection.execute("PRAGMA user_version").fetchone()[0] != schema.SCHEMA_VERSION:
        return
    present = dict(connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"))
    indexes = (statement for _table, _name, statement in schema.index_statements())
    for statement in (*indexes, *schema.view_statements(), *schema.trigger_statements()):
        found = _CREATED.match(statement)
        name = found.group(1) if found else statement
        if name not in present:
            yield _("{name} is not there.").format(name=name)
        elif present[name] != statement:
            yield _("{name} is not as it should be.").format(name=name)


def _links_hold(connection: sqlite3.Connection) -> Iterator[str]:
    for table, row, target, _constraint in connection.execute("PRAGMA foreign_key_check"):
        yield _("{table} row {row} points at a row of {target} that is not there.").format(
            table=table, row=row, target=target
        )


def _bounds_follow(connection: sqlite3.Connection) -> Iterator[str]:
    for record in RECORD_TYPES.values():
        columns = table_named(record.name).c
        for each in record.stored:
            if not isinstance(each.kind, FuzzyDateKind) or f"{each.name}_from" not in columns:
                continue
            rows = connection.execute(f'SELECT id, {each.name}, {each.name}_from, {each.name}_to FROM "{record.name}"')
            for id, edtf, first, last in rows:
                try:
                    right = bounds(edtf) == (first, last)
                except DateProblem as problem:
                    yield _("{table} {id}: {problem}").format(table=record.name, id=id, problem=problem)
                    continue
                if not right:
                    yield _("{table} {id}: the bounds of {field} do not follow from “{edtf}”.").format(
                        table=record.name, id=id, field=each.name, edtf=edtf
                    )


def _no_step_is_open(connection: sqlite3.Connection) -> Iterator[str]:
    for (step,) in connection.execute("SELECT id FROM open_step"):
        yield _("Step {step} was left open by another program.").format(step=step)
    for (count,) in connection.execute("SELECT count(*) FROM stale HAVING count(*) > 0"):
        yield _("{count} records wait to be derived.").format(count=count)


def _log_replays(connection: sqlite3.Connection) -> Iterator[str]:
    """Replaying the log gives the present rows; a workspace with a baseline is replayed from there and not compared."""
    if connection.execute("SELECT 1 FROM step WHERE label = 'Baseline' LIMIT 1").fetchone():
        return
    state: dict[str, dict[str, dict[str, object]]] = {table: {} for table in LOGGED_TABLES}
    for id, table, key, before, after in connection.execute(
        'SELECT id, "table", key, before, after FROM change ORDER BY id'
    ):
        rows = state.setdefault(table, {})
        try:
            written = dict(json.loads(after)) if after is not None else None
        except (ValueError, TypeError):
            yield _("Change {id} cannot be read.").format(id=id)
            continue
        if written is None:
            rows.pop(key, None)
        elif before is None:
            rows[key] = written
        else:
            rows.setdefault(key, {}).update(written)
    for table in LOGGED_TABLES:
        names = column_names(table)
        keys = [names.index(name) for name in key_columns(table)]
        listed = ", ".join(f'"{name}"' for name in names)
        replayed = state[table]
        for row in connection.execute(f'SELECT {listed} FROM "{table}"'):
            key = json.dumps([row[position] for position in keys], ensure_ascii=False, separators=(",", ":"))
            if replayed.pop(key, None) != dict(zip(names, row, strict=True)):
                yield _("{table} {key} is not what the log says.").format(table=table, key=key)
        for key in replayed:
            yield _("{table} {key} is in the log but not in the table.").format(table=table, key=key)


def _event_rows_follow(connection: sqlite3.Connection) -> Iterator[str]:
    derived = ", ".join(
        ("event_id", "parties", "party_names", "heads", "head_ids", "country_codes", "topics", "topic_codes",
         "delegations", "delegates", "items", "outcomes", "sources")
    )  # fmt: skip
    for (event,) in connection.execute(
        f"SELECT DISTINCT event_id FROM ({_differing('event_row', 'event_row_source', derived)})"
    ):
        yield _("The list row of event {event} does not follow from its records.").format(event=event)
    kept = dict(connection.execute("SELECT event_id, level_order FROM event_row"))
    for event, level in _levels(connection).items():
        if kept.get(event) != level:
            yield _("The level of event {event} does not follow from its records.").format(event=event)


def _levels(connection: sqlite3.Connection) -> dict[int, int | None]:
    """The level of each event, as it follows from the records: stated, of its sides, or the best of a visit's parts."""
    own = dict(connection.execute("SELECT event_id, level_order FROM event_level"))
    visits = connection.execute("SELECT id FROM event WHERE kind = 'visit' AND level IS NULL").fetchall()
    children: dict[int, list[int]] = {}
    for child, parent in connection.execute("SELECT id, parent_id FROM event WHERE parent_id IS NOT NULL"):
        children.setdefault(parent, []).append(child)
    for _depth in range(NESTED_VISITS):
        before = dict(own)
        for (visit,) in visits:
            best = [own[child] for child in children.get(visit, ()) if own.get(child) is not None]
            if best:
                own[visit] = min(best)
        if own == before:
            break
    return own


def _pairs_follow(connection: sqlite3.Connection) -> Iterator[str]:
    """The pairs of countries at each event follow from its parties, and the counts from the pairs."""
    listed = "one, other, status, is_contact, date_from, date_to, event_id"
    for one, other, event in connection.execute(
        f"SELECT DISTINCT one, other, event_id FROM ({_differing('event_pair', 'event_pair_source', listed)})"
    ):
        yield _("{one} and {other} at event {event}: the pair does not follow from the parties.").format(
            one=one, other=other, event=event
        )
    levels = _levels(connection)
    for one, other, event, level in connection.execute("SELECT one, other, event_id, level_order FROM event_pair"):
        if event in levels and level != (levels[event] or UNKNOWN_LEVEL):
            yield _("{one} and {other} at event {event}: the level is not that of the event.").format(
                one=one, other=other, event=event
            )
    differing = (
        f"SELECT one, other FROM ({_differing(each.table, '(' + each.counted_among('true') + ')', '*')})"
        for each in COUNTS
    )
    for one, other in connection.execute(" UNION ".join(differing)):
        yield _("The number of events of {one} and {other} does not follow from the pairs.").format(
            one=one, other=other
        )


def _facets_follow(connection: sqlite3.Connection) -> Iterator[str]:
    """At how many events a country was, or a topic was dealt with, follows from parties and agenda."""
    for (value,) in connection.execute(
        f"SELECT DISTINCT value FROM ({_differing('facet_count', 'facet_count_source', '*')})"
    ):
        yield _("The number of events with {value} does not follow from the records.").format(value=value)


def _differing(one: str, other: str, columns: str) -> str:
    """SQL that gives what only one of two tables has."""
    return (
        f"SELECT * FROM (SELECT {columns} FROM {one} EXCEPT SELECT {columns} FROM {other}) "
        f"UNION ALL SELECT * FROM (SELECT {columns} FROM {other} EXCEPT SELECT {columns} FROM {one})"
    )


def _search_follows(connection: sqlite3.Connection) -> Iterator[str]:
    for record, number in NUMBERS.items():
        rows = connection.execute(
            f"SELECT v.id FROM search_of_{record} v LEFT JOIN search s ON s.rowid = v.document "
            "WHERE s.name IS NOT fold(v.name) OR s.body IS NOT fold(v.body)"
        )
        for (id,) in rows:
            yield _("{record} {id} is not indexed as it is.").format(record=record, id=id)
        gone = connection.execute(
            f"SELECT rowid / {SHIFT} FROM search WHERE rowid % {SHIFT} = {number} "
            f"AND rowid / {SHIFT} NOT IN (SELECT id FROM {record})"
        )
        for (id,) in gone:
            yield _("{record} {id} is indexed but not there.").format(record=record, id=id)
    yield from _words_are_found(connection)


def _words_are_found(connection: sqlite3.Connection) -> Iterator[str]:
    """The list of words leads to the texts that it was made from: a fresh one, in memory, has the same words.

    SQLite's own check of the file looks into the list from 3.44 only.
    """
    (reads_only,) = connection.execute("PRAGMA query_only").fetchone()
    connection.execute("PRAGMA query_only = OFF")  # for tables in memory; the file itself is open for reading
    try:
        connection.execute(SEARCH.replace("TABLE search", "TABLE temp.search_anew"))
        connection.execute("INSERT INTO search_anew(rowid, name, body) SELECT rowid, name, body FROM search")
        connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search, row)")
        connection.execute("CREATE VIRTUAL TABLE temp.words_anew USING fts5vocab(temp, search_anew, row)")
        (wrong,) = connection.execute(
            "SELECT count(*) FROM (SELECT term FROM (SELECT * FROM words EXCEPT SELECT * FROM words_anew) "
            "UNION SELECT term FROM (SELECT * FROM words_anew EXCEPT SELECT * FROM words))"
        ).fetchone()
        if wrong:
            yield ngettext(
                "{count} word does not lead to its records.", "{count} words do not lead to their records.", wrong
            ).format(count=wrong)
    finally:
        for name in ("words", "words_anew", "search_anew"):
            connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
        connection.execute(f"PRAGMA query_only = {reads_only}")


CHECKS: dict[str, Check] = {
    N_("File"): _file_is_whole,
    N_("Rules"): _rules_stand,
    N_("Links"): _links_hold,
    N_("Dates"): _bounds_follow,
    N_("Steps"): _no_step_is_open,
    N_("Log"): _log_replays,
    N_("Lists"): _event_rows_follow,
    N_("Counts"): _facets_follow,
    N_("Pairs"): _pairs_follow,
    N_("Search"): _search_follows,
}
