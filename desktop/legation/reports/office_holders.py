"""Report: who holds which office on a day: as stated or seen around the day, and apart those whose time is unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from legation.documents.document import Cell, Column, Document, Row, Table
from legation.fields.draft import Draft
from legation.fields.fuzzy_dates import print_date
from legation.fields.kinds import DAY
from legation.fields.record_type import Problem, field as option
from legation.i18n import N_, _
from legation.records.catalogue import record_type, table_named
from legation.records.vocabulary import APPOINTMENT_STATUSES
from legation.reports.facts import person_names
from legation.reports.layout import day, grouped, sources_column, text
from legation.reports.report import BODY, COUNTRY, Basis, Report, options
from legation.reports.sources import citations_of
from legation.reports.tenure import Seen, seen_in_office
from legation.storage.labels import labels
from legation.storage.office_holders import may_cover

AROUND = 365  # days before or after the day within which having been seen in an office speaks for holding it
KNOWN, UNKNOWN = N_("In office, as stated or seen"), N_("Period unknown, not seen in office within twelve months")


@dataclass(frozen=True, slots=True)
class _Holder:
    """An appointment that may hold on the day, with where it was seen."""

    id: int
    person: int
    post: int
    rank: int
    status: str
    period: str | None
    period_from: str
    seen: Sequence[Seen]

    def last_seen(self, iso: str) -> Seen | None:
        """Where the holder was seen last, up to the day; else where first, after it."""
        before = [each for each in self.seen if each.first <= iso]
        return max(before, key=lambda each: (each.last, each.first)) if before else next(iter(self.seen), None)

    def days_from(self, on: date) -> int | None:
        """How many days lie between the day and the nearest event at which the holder was seen; None if never."""
        away = [_days_between(on, each) for each in self.seen]
        return min(away) if away else None

    def is_known(self, on: date) -> bool:
        """Whether a period is stated, or the holder was seen around the day, or both before and after it."""
        iso = on.isoformat()
        near = self.days_from(on)
        between = any(each.last <= iso for each in self.seen) and any(each.first >= iso for each in self.seen)
        return self.period is not None or (near is not None and near <= AROUND) or between

    def is_long_unseen(self, on: date) -> bool:
        """Whether twelve months have gone by since the holder was seen in office."""
        last = self.last_seen(on.isoformat())
        return last is None or last.last < (on - timedelta(days=AROUND)).isoformat()


def _days_between(on: date, seen: Seen) -> int:
    first, last = date.fromisoformat(seen.first), date.fromisoformat(seen.last)
    return max(0, (first - on).days, (on - last).days)


def whose(draft: Draft) -> list[Problem]:
    """A country or a body must be given."""
    if draft["country"] is None and draft["body"] is None:
        return [Problem("country", _("Say whose offices: give a country or a body."))]
    return []


def build(basis: Basis) -> Document:
    """The office-holders of a country or a body on a day."""
    on = date.fromisoformat(basis["on"]) if basis["on"] else basis.day
    names = labels(basis.reader, record_type("country"), [basis["country"]])
    bodies = labels(basis.reader, record_type("organisation"), [basis["body"]])
    where = bodies.get(basis["body"]) or names.get(basis["country"], "")
    document = Document(_("{where}: office-holders on {day}").format(where=where, day=print_date(on.isoformat())))
    document.add(holders_table(basis, on, country=basis["country"], body=basis["body"]))
    return document


def holders_table(
    basis: Basis, on: date, *, country: str | None = None, body: int | None = None, highest: int | None = None
) -> Table:
    """The table of the offices of a country, or of a body and what is part of it, with who holds them on a day.

    With `highest`, only so many of those of whom it is known, from the highest rank down.
    """
    holders = _holders(basis, on, country, body)
    if highest is not None:
        sure = [each for each in holders if each.is_known(on)]
        holders = sorted(sure, key=lambda each: (each.rank, each.period_from, each.id))[:highest]
    others = _seen_nearer(holders, on)
    people = person_names(basis.reader, {each.person for each in holders}, basis.style)
    posts = labels(basis.reader, record_type("post"), {each.post for each in holders})
    cited = citations_of(basis.reader, "appointment", [each.id for each in holders])
    of_events = citations_of(basis.reader, "event", _last_events(holders, on))
    known: list[Row] = []
    unknown: list[Row] = []
    for each in sorted(holders, key=lambda held: _order(held, on, posts)):
        last = each.last_seen(on.isoformat())
        notes = [*cited.get(each.id, ()), *(of_events.get(last.event, ()) if last else ())]
        cells = (
            text(posts.get(each.post, "")), text(people.get(each.person, "")), _since(each),
            text(_(APPOINTMENT_STATUSES[each.status])), day(last.date, last.words) if last else Cell(_("Never")),
            text(_remarks(each, on, people, others.get(each.id))), basis.notes.cell(notes),
        )  # fmt: skip
        row = Row(f"appointment:{each.id}", cells)
        (known if each.is_known(on) else unknown).append(row)
        if last is not None:
            basis.events[last.event] = None
    rows = [*((_(KNOWN), row) for row in known), *((_(UNKNOWN), row) for row in unknown)]
    nobody = _("Nobody is known to hold an office there.")
    return Table("holders", "", _columns(), grouped(rows), _("How we know"), when_empty=nobody)


def _columns() -> tuple[Column, ...]:
    return (
        Column("post", _("Post"), width=40),
        Column("holder", _("Holder"), width=22),
        Column("since", _("Since"), "date", 15),
        Column("status", _("Status"), width=10),
        Column("seen", _("Last seen"), "date", 16),
        Column("remarks", _("Remarks"), width=30),
        sources_column(),
    )


def _holders(basis: Basis, on: date, country: str | None, body: int | None) -> list[_Holder]:
    """The appointments in the bodies asked for that may hold on the day."""
    appointment, post, organisation = (table_named(each) for each in ("appointment", "post", "organisation"))
    columns = (appointment.c.id, appointment.c.person_id, post.c.id, post.c.rank, appointment.c.status,
               appointment.c.period, appointment.c.period_from)  # fmt: skip
    iso = on.isoformat()
    statement = (
        select(*columns)
        .join(post, post.c.id == appointment.c.post_id)
        .join(organisation, organisation.c.id == post.c.organisation_id)
        .where(may_cover(appointment, iso, iso))
        .order_by(appointment.c.id)
    )
    if body is not None:
        statement = statement.where(organisation.c.id.in_(_with_parts(body)))
    if country is not None:
        statement = statement.where(organisation.c.country == country)
    rows = basis.reader.rows(statement)
    seen = seen_in_office(basis.reader, [row[0] for row in rows])
    return [_Holder(*(*row, seen.get(row[0], ()))) for row in rows]


def _with_parts(body: int) -> Any:
    """The ids of a body and of all that is part of it, at any depth."""
    organisation = table_named("organisation")
    whole = select(organisation.c.id).where(organisation.c.id == body).cte("bodies", recursive=True)
    return select(whole.union(select(organisation.c.id).where(organisation.c.parent_id == whole.c.id)).c.id)


def _order(each: _Holder, on: date, posts: Mapping[int, str]) -> tuple[Any, ...]:
    """By rank, then by start; in one post the one seen nearest to the day first."""
    near = each.days_from(on)
    return each.rank, each.period is None, each.period_from, posts.get(each.post, ""), near is None, near or 0, each.id


def _since(each: _Holder) -> Cell:
    """The stated start."""
    if each.period is None or each.period.startswith(("/", "..")):
        return Cell(_("Not stated"))
    start = each.period.partition("/")[0]
    return day(start, print_date(start))


def _last_events(holders: Sequence[_Holder], on: date) -> list[int]:
    found = {last.event for each in holders if (last := each.last_seen(on.isoformat())) is not None}
    return sorted(found)


def _seen_nearer(holders: Sequence[_Holder], on: date) -> dict[int, _Holder]:
    """For an appointment without a stated period, who was seen in the same post nearest to the day, if it is another
    person."""
    nearest: dict[int, tuple[int, int, _Holder]] = {}
    for each in holders:
        near = each.days_from(on)
        if near is not None:
            mine = (near, each.id, each)
            nearest[each.post] = min(nearest.get(each.post, mine), mine, key=lambda found: found[:2])
    found = {}
    for each in holders:
        near = each.days_from(on)
        if each.period is None and near is not None:
            nearer, _id, other = nearest[each.post]
            if nearer < near and other.person != each.person:
                found[each.id] = other
    return found


def _remarks(each: _Holder, on: date, people: Mapping[int, str], other: _Holder | None) -> str:
    """What to be careful about: long unseen, end unknown, seen only later, somebody else seen nearer to the day."""
    parts = []
    last = each.last_seen(on.isoformat())
    if last is not None and last.first > on.isoformat():
        parts.append(_("Seen only after that day."))
    elif last is not None and each.is_long_unseen(on):
        parts.append(_("Not seen in office for twelve months."))
    elif last is None:
        parts.append(_("Never seen in office."))
    if each.period is not None and each.period.endswith("/"):
        parts.append(_("End not known."))
    if other is not None:
        near = other.last_seen(on.isoformat())
        told = _("{person} was seen in this post on {day}.")
        parts.append(told.format(person=people.get(other.person, ""), day=near.words if near else ""))
    return " ".join(parts)


REPORT = Report(
    name="office-holders",
    label=N_("Office-holders"),
    about=N_("Who holds which office of a country or body on a day, and when they were last seen in it."),
    options=options(
        "office-holders",
        COUNTRY,
        BODY,
        option("on", N_("On"), DAY, help=N_("The day that counts; empty for today.")),
        checks=(whose,),
    ),
    build=build,
)
