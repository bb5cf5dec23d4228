"""Tables for tests: CSV text as the readers of files would yield it, without any of their care."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import closing

from legation.imports.applying import apply
from legation.imports.mapping import Mapping
from legation.imports.outcomes import Outcome
from legation.imports.planning import Plan, make_plan, propose_mapping
from legation.imports.source_tables import SourceRow, SourceTable
from legation.storage.database import Database


def table(text: str, file: str = "table.csv", title: str = "", delimiter: str = ",") -> SourceTable:
    """The table of CSV text; its first line has the headings."""
    lines = list(csv.reader(io.StringIO(text.strip() + "\n"), delimiter=delimiter))
    headings = tuple(heading or f"Column {number}" for number, heading in enumerate(lines[0], 1))

    def rows() -> Iterator[SourceRow]:
        for number, line in enumerate(lines[1:], 2):
            yield SourceRow(number, tuple((*line, *[""] * len(headings))[: len(headings)]))

    return SourceTable(file, "", headings, rows, title)


def planned(
    database: Database, source: SourceTable, mapping: Mapping | None = None, decisions: dict[str, str] | None = None
) -> Plan:
    """The plan of importing a table, by a guessed mapping where none is given."""
    with closing(database.reader()) as reader:
        return make_plan(reader, source, mapping or propose_mapping(reader, source), decisions)


def imported(
    database: Database, source: SourceTable, mapping: Mapping | None = None, decisions: dict[str, str] | None = None
) -> Plan:
    """The plan of importing a table, applied."""
    plan = planned(database, source, mapping, decisions)
    apply(database, plan)
    return plan


def counted(plan: Plan) -> tuple[int, int, int, int]:
    """How many rows are added, changed, unchanged, rejected; together they are the rows read."""
    counts = plan.counts
    assert sum(counts.values()) == len(plan.rows)
    return tuple(counts[each] for each in Outcome)  # type: ignore[return-value]


def asked(database: Database, sql: str, *parameters: object) -> list[tuple[object, ...]]:
    """The rows of an SQL question."""
    with closing(database.reader()) as reader:
        return reader.sql(sql, parameters)
