"""What the entry box below each kind of lines fills in, and what it says while it is empty."""

from __future__ import annotations

from dataclasses import dataclass

from legation.fields.kinds import Link
from legation.fields.record_type import Field, Lines, RecordType
from legation.i18n import N_
from legation.records.catalogue import record_type
from legation.storage.saving import TARGET_FIELDS

WORDS = {  # record type of the line: what the box says
    "delegation": N_("Add a party: a country or a body"),
    "delegate": N_("Add a delegate"),
    "capacity": N_("Acting as: a post held"),
    "agenda_item": N_("Add a topic"),
    "outcome": N_("Add an outcome: its title"),
    "citation": N_("Add a source"),
    "alias": N_("Add another name"),
    "appointment": N_("Add an appointment"),
    "membership": N_("Add a member"),
    "post": N_("Add a post: its title"),
}
CARRIED = ("event_id", "person_id")  # what an owner shares with its lines when it has it


@dataclass(frozen=True)
class Box:
    """The fields of a new line that its box can fill: one text, or links told apart by what is found."""

    lines: Lines
    leads: tuple[Field, ...]
    words: str

    @property
    def targets(self) -> tuple[str, ...]:
        """The record types that the box finds; none when it takes text."""
        return tuple(each.kind.target for each in self.leads if isinstance(each.kind, Link))


def box_of(owner: RecordType, lines: Lines) -> Box:
    """The entry box of an owner's lines."""
    record = record_type(lines.record)
    free = [each for each in record.stored if each.name not in _given(owner, lines)]
    if lines.record == "delegation":
        leads = tuple(record[name] for name in ("country", "organisation_id"))
    else:
        leads = (next((each for each in free if each.required and each.default is None), free[0]),)
    return Box(lines, leads, WORDS.get(lines.record, record.label))


def fields_of_line(owner: RecordType, lines: Lines) -> list[Field]:
    """The fields that a line of this owner is edited by: all that its owner does not fill in."""
    record = record_type(lines.record)
    if lines.record in TARGET_FIELDS:  # exactly one target is set, and the owner is it
        return [record[name] for name in record.columns]
    return [each for each in record.stored if each.name not in _given(owner, lines)]


def _given(owner: RecordType, lines: Lines) -> set[str]:
    own = {f"{owner.name}_id"} if owner.name in ("event", "person") else set()
    shared = {name for name in CARRIED if name in owner.by_name} | own
    return {lines.via, "seq"} | shared
