"""Which pages there are: a record type, a fixed filter, and what an empty page says. The one list."""

from __future__ import annotations

from dataclasses import dataclass

from legation.i18n import N_
from legation.storage.filters.conditions import CONTACTS_HELD, STILL_PLANNED, Filter


@dataclass(frozen=True)
class Page:
    """A page. `key` is the figure that opens it with Ctrl; a page without one is reached from the Record menu.

    `values` are the values that a new record begins with here.
    """

    name: str
    label: str
    key: str
    record: str = ""
    filters: tuple[Filter, ...] = ()
    order: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()


PAGES = (
    Page("events", N_("Events"), "1", "event"),
    Page("meetings", N_("Meetings"), "2", "event", CONTACTS_HELD),
    Page("planned", N_("Planned"), "3", "event", STILL_PLANNED, ("date",), (("status", "scheduled"),)),
    Page("officials", N_("Officials"), "4", "person"),
    Page("countries", N_("Countries"), "5", "country"),
    Page("organisations", N_("Organisations"), "6", "organisation"),
    Page("outcomes", N_("Outcomes"), "7", "outcome"),
    Page("sources", N_("Sources"), "8", "source"),
    Page("reports", N_("Reports"), "9"),
    Page("history", N_("History"), "0"),
    Page("import", N_("Import"), ""),
    Page("posts", N_("Posts"), "", "post"),
    Page("appointments", N_("Appointments"), "", "appointment"),
    Page("topics", N_("Topics"), "", "topic"),
    Page("duplicates", N_("Likely duplicates"), ""),
)
