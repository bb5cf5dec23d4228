"""What a report is: a name, options as fields, and the function that builds its document; and what it is built on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from legation.documents.document import Document
from legation.fields.draft import Draft
from legation.fields.fuzzy_dates import bounds
from legation.fields.kinds import PERIOD, TEXT, choice, link
from legation.fields.names import Style
from legation.fields.record_type import Check, Field, RecordType, field as option
from legation.i18n import N_
from legation.reports.sources import Notes
from legation.storage.reading import Reader


@dataclass
class Basis:
    """What a report is built on: the workspace as it was, the options, the day it takes for today, and its notes.

    A report notes in `events` which events it tells of, so that they can also be had as one plain table;
    `is_in_time` says that it noted them in the order of chronologies.
    """

    reader: Reader
    options: Draft
    day: date
    notes: Notes = field(default_factory=Notes)
    events: dict[int, None] = field(default_factory=dict)
    is_in_time: bool = False

    def __getitem__(self, name: str) -> Any:
        """The value of an option; None where none was given or the report has none of that name."""
        return self.options[name]

    @property
    def window(self) -> tuple[str, str] | None:
        """The first and last ISO day of the period asked for; None for all times."""
        return bounds(self["period"]) if self["period"] is not None else None

    @property
    def style(self) -> Style:
        """How the names of persons are ordered."""
        return "family_comma" if self["names"] == "family" else "official"


@dataclass(frozen=True)
class Report:
    """A report: `about` says in a sentence what it tells; `options` are its fields; `has_calendar` allows .ics.

    `outline` gives what `build` gives without the blocks, and notes the events: for reports that can tell their events
    sooner than they are built. Then `build` need not note them.
    """

    name: str
    label: str
    about: str
    options: RecordType
    build: Callable[[Basis], Document]
    has_calendar: bool = False
    outline: Callable[[Basis], Document] | None = None


NAME_STYLES = {"official": N_("As their own state writes them"), "family": N_("FAMILY, Given")}

COUNTRY = option("country", N_("Country"), link("country"))
OTHER = option("other", N_("With"), link("country"), help=N_("The other country; empty for all."))
PERSON = option("person", N_("Official"), link("person"))
BODY = option("body", N_("Body"), link("organisation"))
WHEN = option("period", N_("Period"), PERIOD, help=N_("Such as 2024, q3 2025, or 2024 to present. Empty for all."))
WHERE = option("where", N_("Filter"), TEXT, help=N_("As in the filter of a page, such as topic:E.power level:high."))
NAMES = option("names", N_("Names"), choice(NAME_STYLES), required=True, default="official", rare=True)


def options(name: str, *fields: Field, checks: tuple[Check, ...] = ()) -> RecordType:
    """The options of a report as a record type without a table; how names are written is always one of them."""
    return RecordType(table=name, label=name, plural=name, one_line="", fields=(*fields, NAMES), checks=checks)


def needed(field: Field) -> Field:
    """The same option, without which the report cannot be made."""
    return Field(field.name, field.label, field.kind, required=True, help=field.help, default=field.default)
