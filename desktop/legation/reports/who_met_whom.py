"""Report: which officials met whom, in what capacity, how often, first and last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import func, select

from legation.documents.document import Cell, Column, Document, Group, Table
from legation.documents.held_rows import Block, HeldColumn, HeldPortion, HeldRows, held
from legation.documents.sheets import PORTION
from legation.fields.fuzzy_dates import print_date
from legation.i18n import N_, _
from legation.records.catalogue import record_type, table_named
from legation.reports.choosing import chosen_events
from legation.reports.layout import sources_column
from legation.reports.report import COUNTRY, OTHER, PERSON, WHEN, WHERE, Basis, Report, options
from legation.reports.sources import Notes
from legation.reports.speakers import Meetings, Speaker, who_met
from legation.storage.filters.conditions import CONTACTS_HELD, Filter
from legation.storage.labels import labels
from legation.storage.reading import listed


def build(basis: Basis) -> Document:
    """The pairs of persons, those who met most first."""
    document = Document(_title(basis))
    table = meetings_table(basis)
    document.add(table)
    return document


def outline(basis: Basis) -> Document:
    """The same document without its table. The events of the table are those at which two sides were present that the
    options ask for, whoever spoke for them."""
    found, wanted = _chosen(basis), _wanted(basis)
    met = _with_two_sides(basis, found) if wanted.is_everybody else _at_which_met(basis, found, wanted)
    basis.events |= dict.fromkeys(id for id in found if id in met)
    basis.is_in_time = True
    return Document(_title(basis))


def _with_two_sides(basis: Basis, events: list[int]) -> set[int]:
    """The events at which at least two parties were present."""
    party = table_named("delegation")
    present = select(party.c.event_id).where(party.c.attendance != "absent", party.c.event_id.in_(listed(events)))
    return {id for (id,) in basis.reader.rows(present.group_by(party.c.event_id).having(func.count() > 1))}


def _at_which_met(basis: Basis, events: list[int], wanted: _Wanted) -> set[int]:
    """The events at which two sides were present that the options ask for."""
    party, delegate = table_named("delegation"), table_named("delegate")
    own = select(delegate.c.delegation_id).where(delegate.c.person_id == wanted.person)
    led = {row[0] for row in basis.reader.rows(own)} if wanted.person is not None else set()
    present = select(party.c.event_id, party.c.id, party.c.country).where(
        party.c.attendance != "absent", party.c.event_id.in_(listed(events))
    )
    sides: dict[int, list[Speaker]] = defaultdict(list)
    for event, id, country in basis.reader.rows(present):
        sides[event].append(Speaker("", "", "", country, wanted.person if id in led else None))
    return {id for id, each in sides.items() if any(wanted.is_met(*pair) for pair in combinations(each, 2))}


def _title(basis: Basis) -> str:
    names = labels(basis.reader, record_type("country"), [basis["country"], basis["other"]])
    named = [names[code] for code in (basis["country"], basis["other"]) if code in names]
    if len(named) == 2:
        return _("Who met whom: {one} and {other}").format(one=named[0], other=named[1])
    return _("Who met whom: {country}").format(country=named[0]) if named else _("Who met whom")


def _chosen(basis: Basis) -> list[int]:
    """The events among which the options look for meetings."""
    own = [Filter("official", str(basis["person"]))] if basis["person"] is not None else []
    return chosen_events(basis, *CONTACTS_HELD, *own, countries=(basis["country"], basis["other"]))


def _wanted(basis: Basis) -> _Wanted:
    return _Wanted(basis["country"], basis["other"], basis["person"])


def meetings_table(basis: Basis) -> Table:
    """The table of pairs, the side asked for first."""
    wanted = _wanted(basis)
    met = who_met(basis, _chosen(basis), None if wanted.is_everybody else wanted.order_of)
    ordered, days, proofs = _most_often_first(met), _Days(met.events.dates), _Proofs(met, basis.notes)
    portions = []
    for start in range(0, len(ordered), PORTION):
        pairs = ordered[start : start + PORTION]
        columns = (*_of_pairs(met, pairs, days), proofs.column(pairs))
        portions.append(HeldPortion(_keys(met, pairs), (Block(columns),)))
    groups = (Group("", HeldRows(tuple(portions))),) if portions else ()
    return Table("meetings", "", _columns(), groups, when_empty=_("Nobody is recorded to have met."))


def _keys(met: Meetings, pairs: Sequence[int]) -> list[str]:
    return [f"{met.speakers[met.ones[pair]].key}|{met.speakers[met.others[pair]].key}" for pair in pairs]


class _Proofs(dict[int, Cell]):
    """What proves that a pair met: of those who met once, what is cited for that event, made once for each event."""

    def __init__(self, met: Meetings, notes: Notes) -> None:
        super().__init__()
        self._met, self._notes = met, notes

    def __missing__(self, event: int) -> Cell:
        self[event] = self._notes.cell(self._met.events.cited[event])
        return self[event]

    def column(self, pairs: Sequence[int]) -> HeldColumn:
        """The cells of some pairs."""
        met, cited = self._met, self._met.events.cited
        return held(
            [
                self._notes.cell(note for event in met.several[pair] for note in cited[event])
                if pair in met.several
                else self[met.first[pair]]
                for pair in pairs
            ]
        )


class _Days:
    """The dates of events, each worded once."""

    def __init__(self, dates: Sequence[str | None]) -> None:
        self._words = {edtf: print_date(edtf) for edtf in set(dates)}

    def column(self, dates: Sequence[str | None]) -> HeldColumn:
        """Some of them."""
        return HeldColumn(list(map(self._words.__getitem__, dates)), dates)


def _of_pairs(met: Meetings, pairs: Sequence[int], days: _Days) -> tuple[HeldColumn, ...]:
    """The columns of pairs, without that of their sources."""
    ones, others = ([met.speakers[side[pair]] for pair in pairs] for side in (met.ones, met.others))
    times, last = [met.times[pair] for pair in pairs], [met.last[pair] for pair in pairs]
    return (
        HeldColumn([each.name for each in ones]),
        HeldColumn([each.capacity for each in ones]),
        HeldColumn([each.name for each in others]),
        HeldColumn([each.capacity for each in others]),
        HeldColumn([f"{each:,}" for each in times], times),
        days.column([met.events.dates[met.first[pair]] for pair in pairs]),
        days.column([met.events.dates[event] for event in last]),
        HeldColumn([met.events.titles[event] for event in last]),
    )


def _most_often_first(met: Meetings) -> list[int]:
    """The pairs: those who met most first, then the latest, then by name; of equals the one that met first.

    Each is told by one whole number, which is much sooner sorted than several things.
    """
    alphabet = sorted({each.name.casefold() for each in met.speakers})
    rank = dict(zip(alphabet, range(len(alphabet)), strict=True))
    names = [rank[each.name.casefold()] for each in met.speakers]
    span, latest = len(alphabet), [99991231 - int(end.replace("-", "")) for end in met.events.ends]
    most = max(met.times, default=0)
    keys = [
        (((most - times) * 100_000_000 + latest[last]) * span + names[one]) * span + names[other]
        for times, last, one, other in zip(met.times, met.last, met.ones, met.others, strict=True)
    ]
    return sorted(range(len(keys)), key=keys.__getitem__)


def _columns() -> tuple[Column, ...]:
    return (
        Column("one", _("Official"), width=20),
        Column("one_capacity", _("Acting as"), width=30),
        Column("other", _("Met"), width=20),
        Column("other_capacity", _("Acting as"), width=30),
        Column("times", _("Times"), "number", 10),
        Column("first", _("First"), "date", 17),
        Column("last", _("Last"), "date", 17),
        Column("last_event", _("Last event"), width=26),
        sources_column(),
    )


@dataclass(frozen=True)
class _Wanted:
    """Whose meetings are asked for: the two countries and the official of the options."""

    country: str | None
    other: str | None
    person: int | None

    @property
    def is_everybody(self) -> bool:
        """Whether every meeting is asked for."""
        return self.country is None and self.other is None and self.person is None

    def is_met(self, one: Speaker, other: Speaker) -> bool:
        """Whether the options ask for this pair."""
        if self.person is not None and self.person not in (one.person, other.person):
            return False
        if self.country and self.other and self.country != self.other:
            return {one.country, other.country} == {self.country, self.other}
        asked = self.country or self.other
        return asked is None or asked in (one.country, other.country)

    def order_of(self, one: Speaker, other: Speaker) -> bool | None:
        """Whether the first of a pair comes first; None where the options do not ask for it."""
        return self.comes_first(one, other) if self.is_met(one, other) else None

    def comes_first(self, one: Speaker, other: Speaker) -> bool:
        """Whether the first of a pair is on the side asked for; without one, the order of a pair is always the same."""
        if self.person is not None:
            return one.person == self.person
        asked = self.country or self.other
        if asked and one.country != other.country:
            return one.country == asked
        return one.key <= other.key


REPORT = Report(
    name="who-met-whom",
    label=N_("Who met whom"),
    about=N_("Which officials met whom, in what capacity, how often, first and last."),
    options=options("who-met-whom", COUNTRY, OTHER, PERSON, WHEN, WHERE),
    build=build,
    outline=outline,
)
