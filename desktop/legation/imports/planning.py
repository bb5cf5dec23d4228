"""A plan: what an import of a table would do, row by row, before anything is written.

    mapping = propose_mapping(reader, table)
    plan = make_plan(reader, table, mapping, decisions)
    apply(database, plan)                                   # applying.py

Further tables of the same import are planned after the first (`make_plan(..., after=plan)`): they find what it makes,
and are written with it as one step. The plan holds every row that is to be written, with the ids they will have, so
that applying is one quick step.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping as Mapped
from dataclasses import dataclass, field, replace
from typing import Protocol

from legation.fields.draft import Draft
from legation.i18n import _
from legation.imports.again import Earlier
from legation.imports.column_dates import DateColumn
from legation.imports.column_profiles import profiles
from legation.imports.columns_guess import guess
from legation.imports.event_changes import EventChanges
from legation.imports.event_rows import EventRows
from legation.imports.filling import Updates
from legation.imports.kept_mappings import kept_mappings
from legation.imports.mapping import Mapping
from legation.imports.month_questions import month_questions, with_decided_months
from legation.imports.official_rows import OfficialRows
from legation.imports.other_rows import CountryRows, OrganisationRows, SourceRows
from legation.imports.outcomes import Outcome, Question, Rejected, RowOutcome
from legation.imports.provenance import Provenance
from legation.imports.resolving import Resolver
from legation.imports.roles import SIDES
from legation.imports.row_values import RowReader, RowValues
from legation.imports.source_tables import SourceTable
from legation.matching.country_names import CountryNames
from legation.matching.known_events import KnownEvents, KnownSources
from legation.storage.bulk import BulkRows
from legation.storage.reading import Reader

Progress = Callable[[int, int], bool]
EVERY = 200  # rows between two looks at whether to go on
RECORDS = ("event", "person", "organisation", "post", "appointment", "country", "source", "delegation", "delegate")


class Cancelled(Exception):
    """The person stopped it; nothing was written."""


class _Rows(Protocol):
    def take(self, row: RowValues) -> RowOutcome: ...


@dataclass(frozen=True)
class _Known:
    """What the tables of an import know when one of them has been looked at."""

    resolver: Resolver
    updates: Updates
    sources: KnownSources
    events: KnownEvents | None


@dataclass
class Plan:
    """What an import would do. `rejects` are the cells of rejected rows with the reason, as the file has them.

    `records` counts the records that would be added, by type, and `size` all rows that would be written; `gone` are
    keys of rows of an earlier import that the file has no longer; `again` tells that there was an earlier one. `dates`
    tells how each column of dates is read. `lacking` counts rejected rows by the role that would have helped.
    """

    table: SourceTable
    mapping: Mapping
    bulk: BulkRows
    rows: list[RowOutcome] = field(default_factory=list)
    rejects: list[tuple[int, tuple[str, ...], str]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    updates: list[Draft] = field(default_factory=list)
    digests: list[tuple[int, str]] = field(default_factory=list)
    dates: dict[str, DateColumn] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    again: bool = False
    records: dict[str, int] = field(default_factory=dict)
    size: int = 0
    lacking: Counter[str] = field(default_factory=Counter)
    known: _Known | None = field(default=None, repr=False, compare=False)

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many rows become what; together the rows read."""
        found = Counter(each.outcome for each in self.rows)
        return {outcome: found[outcome] for outcome in Outcome}

    @property
    def wanted(self) -> str:
        """The role that would take most of the rejected rows if it were the same in every row; "" where none would."""
        role, count = next(iter(self.lacking.most_common(1)), ("", 0))
        return role if count > 1 and count * 2 > len(self.rejects) else ""

    @property
    def changes_something(self) -> bool:
        """Whether applying would write anything."""
        return bool(self.size or self.updates or self.digests)


def propose_mapping(reader: Reader, table: SourceTable, as_type: str = "", after: Plan | None = None) -> Mapping:
    """The mapping for a table: a kept one that was made for its shape, else a guess with its reasons.

    `after` is the plan of the table before it in the same import, whose countries are known then.
    """
    fitting = [each for each in kept_mappings(reader) if each.fits(table.headings) and as_type in ("", each.type)]
    if fitting:
        kept = max(fitting, key=lambda each: len(each.for_headings(table.headings).columns))
        told = _("Kept as “{name}”, for a file of this shape.").format(name=kept.name)
        return replace(kept.for_headings(table.headings), reasons={"type": told})
    countries = after.known.resolver.countries if after is not None and after.known else CountryNames(reader)
    return guess(table, profiles(table, countries), countries, as_type)


def make_plan(
    reader: Reader,
    table: SourceTable,
    mapping: Mapping,
    decisions: Mapped[str, str] | None = None,
    progress: Progress | None = None,
    after: Plan | None = None,
) -> Plan:
    """What importing a table would do; `after` is the plan of the table before it in the same import.

    Nothing is written; raises `Cancelled` when `progress` gives False.
    """
    with reader.snapshot():
        return _Planning(reader, table, mapping, decisions or {}, progress, after).plan()


class _Planning:
    """One plan while it is made."""

    def __init__(
        self,
        reader: Reader,
        table: SourceTable,
        mapping: Mapping,
        decisions: Mapped[str, str],
        progress: Progress | None,
        after: Plan | None,
    ) -> None:
        self.reader = reader
        self.table = table
        self.mapping = with_decided_months(mapping.for_headings(table.headings), decisions)
        self.values = RowReader(table, self.mapping)
        self.decisions = decisions
        names = [(f"{side}.persons", f"{side}.country") for side in SIDES] + [("person.name", "person.country")]
        self._names = [each for each in names if self.mapping.gives(each[0])]
        self.progress = progress
        self.before = after.known if after is not None else None
        if self.before is not None:
            self.resolver = self.before.resolver.for_table(self.mapping, decisions)
        else:
            self.resolver = Resolver(reader, self.mapping, decisions)

    def plan(self) -> Plan:
        """Read the rows twice: once for their keys, once to look at each."""
        digests: dict[str, str] = {}
        spoken: list[RowValues] = []
        is_official = self.mapping.record == "person"
        for row in self.values.rows():
            digests[row.key] = row.digest
            self._look_at_names(row)
            if is_official:
                spoken.append(row)
            self._go_on(len(digests), 0)
        earlier = Earlier(self.reader, self.table.whole_name, digests)
        bulk, before = self.resolver.bulk, self.before
        counts, size = {name: bulk.count(name) for name in RECORDS}, len(bulk)
        updates = Updates(self.reader, earlier, before.updates if before else None)
        sources = before.sources if before else None
        provenance = Provenance(self.reader, self.table, bulk, earlier.source_file, earlier.rows, sources)
        rows = self._rows_of(provenance, updates)
        for row in spoken:
            assert isinstance(rows, OfficialRows)
            rows.look(row)
        changes = EventChanges(self.reader, rows, updates) if isinstance(rows, EventRows) else None
        plan = Plan(
            self.table, self.mapping, bulk, dates=self.values.dates, gone=earlier.gone, again=bool(earlier.rows)
        )
        seen: dict[str, int] = {}
        for at, row in enumerate(self.values.rows()):
            self._go_on(at, len(digests))
            outcome = self._outcome(row, rows, changes, earlier, plan, seen)
            plan.rows.append(outcome.saying(row.told) if row.beyond or row.notes else outcome)
        self.resolver.name_persons()
        plan.updates = updates.changed_here()
        months = month_questions(self.values.dates, self.mapping, self.decisions)
        plan.questions = [*months, *self.resolver.questions.values()]
        plan.records = {name: more for name in RECORDS if (more := bulk.count(name) - counts[name])}
        plan.size = len(bulk) - size
        events = before.events if before is not None else None
        if isinstance(rows, EventRows):
            events = rows.known_to_further_tables()
        plan.known = _Known(self.resolver, updates, provenance.sources, events)
        return plan

    def _look_at_names(self, row: RowValues) -> None:
        """Note in which order the names of a row are written, where its country tells the state."""
        countries, values = self.resolver.countries, self.mapping.values
        for role, country in self._names:
            if cell := row.text(role, join="; "):
                printed = row.text(country) or values.get(country, "")
                self.resolver.look_at_name(cell, countries.code_of(printed) if printed else None)

    def _rows_of(self, provenance: Provenance, updates: Updates) -> _Rows:
        record = self.mapping.record
        if record == "event":
            return EventRows(self.reader, self.resolver, provenance, self.before.events if self.before else None)
        if record == "person":
            return OfficialRows(self.resolver, provenance, updates)
        if record == "organisation":
            return OrganisationRows(self.resolver, provenance, updates)
        if record == "country":
            return CountryRows(self.reader, self.resolver, provenance, updates)
        return SourceRows(self.resolver, provenance)

    def _outcome(
        self,
        row: RowValues,
        rows: _Rows,
        changes: EventChanges | None,
        earlier: Earlier,
        plan: Plan,
        seen: dict[str, int],
    ) -> RowOutcome:
        """What becomes of one row: known from before, or looked at; whatever is wrong with it becomes its sentence."""
        whole = row.key.rpartition("#")[0] + row.digest
        if whole in seen and "#" in row.key:
            told = _("Says the same as row {row}.").format(row=seen[whole])
            return RowOutcome(row.number, Outcome.UNCHANGED, told)
        seen.setdefault(row.key + row.digest, row.number)
        before = earlier.rows.get(row.key)
        record = {"person": "appointment"}.get(self.mapping.record, self.mapping.record)
        main = earlier.main_record(row.key, record) or earlier.main_record(row.key, self.mapping.record)
        if before is not None and before.digest == row.digest:
            return self._as_before(row, record, main, earlier)
        try:
            if before is not None and changes is not None and main is not None and earlier.is_there("event", main):
                outcome = changes.take(row, main)
            else:
                outcome = rows.take(row)
        except Rejected as problem:
            plan.lacking.update([problem.wants] if problem.wants else [])
            plan.rejects.append((row.number, (*row.cells, *row.beyond), str(problem)))
            return RowOutcome(row.number, Outcome.REJECTED, str(problem))
        if before is not None:
            plan.digests += [(key, row.digest) for key in before.keys]
        return outcome

    def _as_before(self, row: RowValues, record: str, main: int | None, earlier: Earlier) -> RowOutcome:
        there = main is not None and (earlier.is_there(record, main) or earlier.is_there(self.mapping.record, main))
        if there:
            told = _("As it was imported before.")
        else:
            told = _("Imported before; its record was deleted since, and stays so.")
        return RowOutcome(
            row.number, Outcome.UNCHANGED, told, record=record if there else "", id=main or 0 if there else 0
        )

    def _go_on(self, done: int, total: int) -> None:
        if self.progress is not None and done % EVERY == 0 and not self.progress(done, total):
            raise Cancelled
