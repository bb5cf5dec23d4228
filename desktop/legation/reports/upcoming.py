"""Report: what is planned, by month; then what has no month yet, then what has no date; with the national days."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import func, select

from legation.documents.document import CalendarEntry, Cell, Column, Document, Row, Table
from legation.fields.fuzzy_dates import MONTHS, print_date
from legation.fields.kinds import choice
from legation.fields.record_type import field as option
from legation.i18n import N_, _
from legation.records.catalogue import table_named
from legation.records.vocabulary import EVENT_KIND_WORDS, EVENT_STATUSES, PLANNED_STATUSES
from legation.reports.choosing import chosen_events
from legation.reports.facts import (
    EventFacts,
    Participant,
    Party,
    events_by_id,
    framework_names,
    participants_by_party,
    parties_by_event,
)
from legation.reports.layout import day, grouped, sources_column, text, when
from legation.reports.report import COUNTRY, OTHER, WHEN, WHERE, Basis, Report, options
from legation.reports.sources import REFERENCE, Cited, citations_of_countries, citations_of_events
from legation.storage.filters.conditions import Condition, Filter, Group, with_undated
from legation.storage.reading import listed
from legation.storage.reference import national_days_released

HOLIDAYS = {"involved": N_("Of the countries involved"), "none": N_("None")}
HORIZON = 366  # days for which national days are listed when no period is given
_DAYS = re.compile(r"\d{4}-\d\d-\d\d(/\d{4}-\d\d-\d\d)?")
STATUS: dict[str, Literal["TENTATIVE", "CONFIRMED", "CANCELLED"]] = {
    "proposed": "TENTATIVE",
    "scheduled": "CONFIRMED",
    "postponed": "TENTATIVE",
    "held": "CONFIRMED",
    "cancelled": "CANCELLED",
}


def build(basis: Basis) -> Document:
    """The calendar of what is planned from the day on."""
    document = Document(_("Upcoming events"))
    table, entries = calendar(basis, basis["country"], basis["other"])
    document.add(table)
    document.calendar = entries
    return document


def calendar(basis: Basis, country: str | None, other: str | None = None) -> tuple[Table, list[CalendarEntry]]:
    """The table of what is planned, and its days as entries of a calendar, those of cancelled events with them."""
    wanted: list[Condition] = [
        *with_undated((Filter("since", basis.day.isoformat()),)),
        Filter("status", ",".join((*PLANNED_STATUSES, "cancelled"))),
    ]
    events = events_by_id(basis.reader, _chosen(basis, wanted, (country, other)))
    planned = {id: each for id, each in events.items() if each.status != "cancelled"}
    basis.events |= dict.fromkeys(planned)
    parties = parties_by_event(basis.reader, list(events))
    rows = _event_rows(basis, planned, parties) + _holiday_rows(basis, country, other, parties, list(planned))
    rows.sort(key=lambda each: each[0])
    groups = grouped((_group(order, basis.day), row) for order, row in rows)
    table = Table("upcoming", "", _columns(), groups, _("When"), when_empty=_("Nothing is planned."))
    sequences = _sequences(basis, list(events))
    entries = [_entry(each, parties.get(each.id, []), sequences, events) for each in events.values() if _is_exact(each)]
    holidays = [_holiday_entry(row) for _order, row in rows if row.key.startswith("holiday:")]
    return table, sorted([*entries, *holidays], key=lambda entry: (entry.first, entry.last, entry.uid))


def _chosen(basis: Basis, wanted: list[Condition], countries: Sequence[str | None]) -> list[int]:
    """The ids of what is planned; a period given leaves what has no date in."""
    return chosen_events(basis, Group(tuple(wanted)), countries=countries, undated=True)


_Order = tuple[int, str, str, str, str]


def _event_rows(
    basis: Basis, events: dict[int, EventFacts], parties: dict[int, list[Party]]
) -> list[tuple[_Order, Row]]:
    frameworks = framework_names(basis.reader, events.values())
    people = participants_by_party(basis.reader, list(events), basis.style)
    mentioned, cited = _last_mentioned(basis, list(events)), citations_of_events(basis.reader, list(events))
    found = []
    for id, event in sorted(events.items(), key=lambda pair: pair[1].order):
        framework = frameworks.get(event.framework, "")
        if event.ordinal is not None:
            framework = _("{framework}, no. {number}").format(framework=framework, number=event.ordinal).strip(" ,")
        cells = (
            when(event), text(event.title), text(_(EVENT_KIND_WORDS.get(event.kind, event.kind))), text(framework),
            text(event.place), text(_expected(parties.get(id, []), people)),
            text(_(EVENT_STATUSES[event.status])), mentioned.get(id, Cell()), basis.notes.cell(cited.get(id, [])),
        )  # fmt: skip
        found.append((_order(event), Row(f"event:{id}", cells)))
    return found


def _expected(parties: Sequence[Party], people: dict[int, list[Participant]]) -> str:
    """The parties, each with those of it who are named."""
    told = []
    for party in parties:
        named = people.get(party.id, [])
        words = _("{party}: {people}").format(party=party.name, people=", ".join(each.as_told for each in named))
        told.append(words if named else party.name)
    return "; ".join(told)


def _order(event: EventFacts) -> _Order:
    """Months first, then years whose month is open, then several years, then no date at all."""
    first, last = event.date_from, event.date_to
    begins = first[:7] == last[:7] or _is_exact(event)
    rank = 3 if event.date is None else 0 if begins else 1 if first[:4] == last[:4] else 2
    return rank, first, last, event.start_time or "", f"{event.id:012}"


def _group(order: _Order, today: date) -> str:
    rank, first = order[0], order[1]
    year = first[:4]
    if rank == 0 and first[:7] < today.isoformat()[:7]:
        return _("Under way")
    if rank == 0:
        return _("{month} {year}").format(month=_(MONTHS[int(first[5:7]) - 1]), year=year)
    if rank == 1:
        this_year = year == str(today.year)
        return _("This year, month unknown") if this_year else _("{year}, month unknown").format(year=year)
    return _("Year not certain") if rank == 2 else _("Date to be announced")


def _columns() -> tuple[Column, ...]:
    return (
        Column("date", _("Date as stated"), "date", 18),
        Column("event", _("Event"), width=34),
        Column("kind", _("Kind"), width=16),
        Column("framework", _("Framework and round"), width=24),
        Column("place", _("Place"), width=16),
        Column("parties", _("Expected parties"), width=26),
        Column("status", _("Status"), width=11),
        Column("mentioned", _("Last mentioned on"), "date", 16),
        sources_column(),
    )


def _is_exact(event: EventFacts) -> bool:
    """Whether days are stated: a calendar must not block a month for what is "in June"."""
    return event.date is not None and _DAYS.fullmatch(event.date) is not None


def _last_mentioned(basis: Basis, ids: Sequence[int]) -> dict[int, Cell]:
    """When an event was last dealt with at another, else when it was last written of."""
    item, event, citation, source = (table_named(each) for each in ("agenda_item", "event", "citation", "source"))
    written = select(citation.c.event_id, source.c.issued, func.max(source.c.issued_to)).join(
        source, source.c.id == citation.c.source_id
    )
    written = written.where(citation.c.event_id.in_(listed(ids)), source.c.issued.is_not(None))
    spoken = select(item.c.about_event_id, event.c.date, func.max(event.c.date_to)).join(
        event, event.c.id == item.c.event_id
    )
    spoken = spoken.where(item.c.about_event_id.in_(listed(ids)), event.c.date.is_not(None))
    rows = [
        *basis.reader.rows(written.group_by(citation.c.event_id)),
        *basis.reader.rows(spoken.group_by(item.c.about_event_id)),
    ]
    return {id: day(edtf, print_date(edtf)) for id, edtf, _last in rows}


def _holiday_rows(
    basis: Basis, one: str | None, other: str | None, parties: dict[int, list[Party]], ids: Sequence[int]
) -> list[tuple[_Order, Row]]:
    """The national days of the countries asked for, else of all who take part, within the period or a year."""
    if basis["holidays"] == "none":
        return []
    codes = {one, other} - {None} or {each.country for id in ids for each in parties.get(id, [])} - {None}
    country = table_named("country")
    rows = basis.reader.rows(
        select(country.c.code, country.c.name, country.c.national_day)
        .where(country.c.code.in_(sorted(str(each) for each in codes)), country.c.national_day.is_not(None))
        .order_by(country.c.name)
    )
    first, last = basis.day.isoformat(), (basis.day + timedelta(days=HORIZON - 1)).isoformat()
    if basis.window is not None:
        first, last = max(first, basis.window[0]), min(last, basis.window[1])
    cited = citations_of_countries(basis.reader, [row[0] for row in rows])
    released = national_days_released(basis.reader) if rows else {}
    found = []
    for code, name, month_day in rows:
        known = [*cited.get(code, []), *([Cited(REFERENCE, None)] if released.get(code) == month_day else [])]
        for year in range(int(first[:4]), int(last[:4]) + 1):
            iso = f"{year}-{month_day}"
            if first <= iso <= last and _exists(iso):
                title = _("National day of {country}").format(country=name)
                words = (title, _("State holiday"), "", name, name, "", "")
                cells = (day(iso, print_date(iso)), *(text(each) for each in words), basis.notes.cell(known))
                found.append(((0, iso, iso, "", code), Row(f"holiday:{code}:{year}", cells)))
    return found


def _exists(iso: str) -> bool:
    try:
        date.fromisoformat(iso)
    except ValueError:
        return False
    return True


def _sequences(basis: Basis, ids: Sequence[int]) -> dict[int, int]:
    """How often each event was changed since it was entered: a calendar takes the entry of the highest number."""
    keys = json.dumps([json.dumps([id], separators=(",", ":")) for id in ids])
    rows = basis.reader.sql(
        "SELECT key, count(*) - 1 FROM change WHERE \"table\" = 'event' AND key IN (SELECT value FROM json_each(?)) "
        "GROUP BY key",
        (keys,),
    )
    return {json.loads(key)[0]: changes for key, changes in rows}


def _entry(
    event: EventFacts, parties: Sequence[Party], sequences: dict[int, int], events: dict[int, EventFacts]
) -> CalendarEntry:
    parent = events[event.parent].uid if event.parent in events else ""
    told = [
        _(EVENT_KIND_WORDS.get(event.kind, event.kind)),
        "; ".join(each.name for each in parties),
        event.summary or "",
    ]
    return CalendarEntry(
        event.uid, event.title, event.date_from, event.date_to, STATUS[event.status], event.place,
        "\n".join(part for part in told if part), parent, max(sequences.get(event.id, 0), 0),
    )  # fmt: skip


def _holiday_entry(row: Row) -> CalendarEntry:
    iso = str(row.cells[0].value)
    return CalendarEntry(row.key.replace(":", "-"), row.cells[1].text, iso, iso, place=row.cells[4].text)


REPORT = Report(
    name="upcoming",
    label=N_("Upcoming events"),
    about=N_("What is planned from today, by month, with national days; also as a calendar."),
    options=options(
        "upcoming",
        COUNTRY,
        OTHER,
        WHEN,
        option("holidays", N_("National days"), choice(HOLIDAYS), required=True, default="involved"),
        WHERE,
    ),
    build=build,
    has_calendar=True,
)
