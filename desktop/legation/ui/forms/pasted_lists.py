"""A list pasted into the box of delegates or of parties: a line each, and what names nobody stays in the box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legation.fields.fuzzy_dates import bounds
from legation.matching.delegates import Understood
from legation.matching.printed_parties import PrintedParty, understand_parties
from legation.storage.reading import Reader

if TYPE_CHECKING:
    from legation.ui.forms.lines_section import LinesSection

TAKING = ("delegate", "delegation")
"""The lines whose box takes a list."""


def add_list(section: LinesSection, printed: list[str]) -> None:
    """Ask what the lines of a pasted list name, and add it."""
    context = section.holder.context.of(section.owner)
    day = bounds(context.root()["date"])

    def read(reader: Reader) -> list[PrintedParty | Understood | str]:
        if section.lines.record == "delegation":
            return understand_parties(reader, printed, day)
        found = context.understanding(printed)(reader)
        return [*found]

    context.lane.ask_too(read, lambda found: _add_all(section, found), lasts=True)


def _add_all(section: LinesSection, found: list[PrintedParty | Understood | str]) -> None:
    left = []
    for each in found:
        if isinstance(each, Understood):
            section.add_person(each)
        elif isinstance(each, PrintedParty):
            add_party(section, each)
        else:
            left.append(each)
    if left:
        section.box.setText("; ".join(left))
        section.box.textEdited.emit(section.box.text())


def add_party(section: LinesSection, party: PrintedParty) -> None:
    """Add a party that is not there yet."""
    there = section.owner.lines[section.lines.name]
    wanted = {"country": None, "organisation_id": None} | dict(party.values)
    if any(all(each[name] == value for name, value in wanted.items()) for each in there):
        return
    section.holder.context.names.update(party.names)
    line = section.new_line()
    for name, value in party.values.items():
        line[name] = value
    section.add(line, stays=True)


def add_to_party(section: LinesSection, what: Understood) -> None:
    """Add a delegate to the party of the state that the printed title names, made first where it is not there."""
    parties = section.owner.lines[section.lines.name]
    own = (each for each in parties if each["country"] == what.country and each["organisation_id"] is None)
    party = next(own, None)
    if party is None:
        party = section.new_line()
        party["country"] = what.country
        section.add(party, stays=True)
    row = next(each for each in section.rows if each.line is party)
    next(each for each in row.sections if each.lines.record == "delegate").add(what.draft)
    section.box.clear()
