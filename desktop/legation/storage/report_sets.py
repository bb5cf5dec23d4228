"""Report sets: reports with their options and formats under one name, kept in the workspace and written together.

Kept as settings of the workspace, logged and undone like everything else. What the reports and their options mean is
known above; here they are names and plain data.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlmodel import Session

from legation.errors import UserError
from legation.i18n import _
from legation.records.catalogue import table_named
from legation.storage.reading import Reader

FORMAT = 1
MOST_LETTERS = 80  # of a name
PREFIX = "report_set:"  # of the setting's name


@dataclass(frozen=True)
class KeptReport:
    """A report of a set: its name, the options that were given as plain data, the names of its formats.

    `grain` is "" for the report's own tables; `as_of` is an ISO day to look back from, or "" for the present; `since`
    is the file of an earlier issue to compare with, or "".
    """

    report: str
    options: dict[str, Any] = field(default_factory=dict)
    formats: tuple[str, ...] = ("pdf",)
    grain: str = ""
    as_of: str = ""
    since: str = ""

    def is_alike(self, other: KeptReport) -> bool:
        """Whether both tell the same, in whatever formats."""
        return replace(self, formats=()) == replace(other, formats=())


@dataclass(frozen=True)
class ReportSet:
    """Reports that are handed out together."""

    name: str
    reports: tuple[KeptReport, ...]

    def with_report(self, kept: KeptReport) -> ReportSet:
        """The set with one more report; in the place of one that tells the same."""
        at = next((at for at, each in enumerate(self.reports) if each.is_alike(kept)), len(self.reports))
        return replace(self, reports=(*self.reports[:at], kept, *self.reports[at + 1 :]))

    def without(self, at: int) -> ReportSet:
        """The set without the report at a place, counted from 0."""
        return replace(self, reports=self.reports[:at] + self.reports[at + 1 :])


def report_sets(reader: Reader) -> list[ReportSet]:
    """The sets of a workspace, by name; one that cannot be read is left out."""
    rows = reader.sql("SELECT name, value FROM setting WHERE substr(name, 1, ?) = ?", (len(PREFIX), PREFIX))
    found = []
    for name, value in rows:
        try:
            found.append(_set_from(name.removeprefix(PREFIX), value))
        except UserError:
            continue
    return sorted(found, key=lambda each: each.name.casefold())


def report_set_named(reader: Reader, name: str) -> ReportSet:
    """The set of a name. Raises `UserError` that lists the names when there is none."""
    every = report_sets(reader)
    for each in every:
        if each.name.casefold() == name.strip().casefold():
            return each
    known = ", ".join(each.name for each in every) or _("none yet")
    raise UserError(
        _("There is no report set “{name}”.").format(name=name), _("The report sets are: {known}.").format(known=known)
    )


def keep_report_set(session: Session, kept: ReportSet) -> None:
    """Write a set inside a step; it takes the place of one with the same name, and one without reports is forgotten.

    Raises `UserError` for a name that is empty or too long.
    """
    name = kept.name.strip()
    if not name or len(name) > MOST_LETTERS:
        raise UserError(_("Give the report set a name of at most {most} letters.").format(most=MOST_LETTERS))
    if not kept.reports:
        forget_report_set(session, name)
        return
    table, key = table_named("setting"), _key(session, name)
    written = {"legation_report_set": FORMAT, "reports": [asdict(each) for each in kept.reports]}
    value = json.dumps(written, ensure_ascii=False, sort_keys=True)
    if session.execute(select(table.c.name).where(table.c.name == key)).first() is None:
        session.execute(insert(table).values(name=key, value=value))
    else:
        session.execute(update(table).where(table.c.name == key).values(value=value))


def forget_report_set(session: Session, name: str) -> None:
    """Delete a set inside a step."""
    table = table_named("setting")
    session.execute(delete(table).where(table.c.name == _key(session, name.strip())))


def _key(session: Session, name: str) -> str:
    """The name of the setting; that of a set called the same but for capitals where there is one."""
    table = table_named("setting")
    for (known,) in session.execute(select(table.c.name)):
        if known.startswith(PREFIX) and known.removeprefix(PREFIX).casefold() == name.casefold():
            return str(known)
    return PREFIX + name


def _set_from(name: str, text: str | None) -> ReportSet:
    """The set that a setting holds. Raises `UserError` when it holds none."""
    unreadable = UserError(_("The report set “{name}” cannot be read.").format(name=name))
    try:
        held: Any = json.loads(text or "")
        if held["legation_report_set"] != FORMAT:
            raise unreadable
        kept = tuple(_kept_from(each) for each in held["reports"])
    except (ValueError, TypeError, KeyError, AttributeError):
        raise unreadable from None
    return ReportSet(name, kept)


def _kept_from(held: dict[str, Any]) -> KeptReport:
    """A report of a set as it was kept. Raises `ValueError`, `TypeError` or `KeyError` when it is none."""
    formats: Sequence[Any] = held["formats"]
    since = held.get("since", "")  # sets of earlier programs have none
    words = (held["report"], held["grain"], held["as_of"], since, *formats)
    if not isinstance(held["options"], dict) or not all(isinstance(each, str) for each in words):
        raise ValueError("not a report of a set")
    return KeptReport(held["report"], held["options"], tuple(formats), held["grain"], held["as_of"], since)
