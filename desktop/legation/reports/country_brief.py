"""Report: a brief on one country: who holds office, what is coming, what is open, and what happened last."""

from __future__ import annotations

from dataclasses import replace

from legation.documents.document import Document, Heading, Paragraph, Run, Table
from legation.fields.draft import Draft
from legation.i18n import N_, _
from legation.records.catalogue import record_type
from legation.reports.bilateral_chronology import chronology
from legation.reports.commitments import commitments
from legation.reports.office_holders import holders_table
from legation.reports.report import COUNTRY, OTHER, WHEN, WHERE, Basis, Report, needed, options
from legation.reports.upcoming import calendar
from legation.storage.labels import labels

CHRONOLOGY = replace(WHEN, help=N_("Of what happened, such as 2024. Empty for the newest events."))
HIGHEST = 30  # office-holders; their own report has all
MOST_EVENTS = 40  # of the chronology where no period is given: a brief is read in a car


def build(basis: Basis) -> Document:
    """The brief: what is coming, commitments, the highest office-holders, and what was held."""
    country, other = basis["country"], basis["other"]
    names = labels(basis.reader, record_type("country"), [country, other])
    title = _("{country}: brief").format(country=names.get(country, country))
    if other is not None:
        title = _("{country} and {other}: brief").format(
            country=names.get(country, country), other=names.get(other, other)
        )
    document = Document(title)
    timeless = _for_all_times(basis)
    table, document.calendar = calendar(timeless, country, other)
    document.add(Heading(_("Upcoming events"), level=1), table)
    table = commitments(timeless, country, other)
    document.add(Heading(table.title, level=1), replace(table, title=""))
    holders = holders_table(basis, basis.day, country=country, highest=HIGHEST)
    document.add(Heading(_("Office-holders"), level=1), holders)
    newest = None if basis["period"] is not None else MOST_EVENTS
    blocks = chronology(basis, country, other, held_only=True, newest=newest)
    document.add(Heading(_("Chronology"), level=1))
    if newest is not None and any(isinstance(each, Table) and each.count == newest for each in blocks):
        words = _("The newest {count} held events. Give a period to see others.").format(count=MOST_EVENTS)
        document.add(Paragraph((Run(words, quiet=True),)))
    document.add(*(replace(each, title="") if isinstance(each, Table) else each for each in blocks))
    return document


def _for_all_times(basis: Basis) -> Basis:
    """The same basis without the period, which is that of the chronology alone; notes and events are shared."""
    options = Draft(basis.options.record)
    options.values = {name: value for name, value in basis.options.values.items() if name != "period"}
    return replace(basis, options=options)


REPORT = Report(
    name="country-brief",
    label=N_("Country brief"),
    about=N_("One country: what is coming, what is open, what happened last, who holds office."),
    options=options("country-brief", needed(COUNTRY), OTHER, CHRONOLOGY, WHERE),
    build=build,
    has_calendar=True,
)
