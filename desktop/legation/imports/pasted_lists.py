"""Cells of a pasted row that list things of a new event: its parties, its topics, the heads of its parties.

Each function takes one cell into the draft of the event and gives the problem with it, "" when there is none.
"""

from __future__ import annotations

from collections.abc import Mapping

from legation.fields.draft import Draft, new_draft
from legation.fields.fuzzy_dates import bounds
from legation.i18n import _
from legation.matching.delegates import understand
from legation.matching.named import named_party, named_record
from legation.matching.proposals import propose_delegate, propose_party
from legation.records.catalogue import record_type
from legation.storage.reading import Reader

BETWEEN = " · "
LISTS = ("parties", "topics", "heads")
"""The columns of an event that list what it has, in the order in which they are taken."""


def take_list(reader: Reader, event: Draft, name: str, cell: str, countries: Mapping[str, str]) -> str:
    """Take the cell of one of `LISTS`; parties and date stand in the event before its heads."""
    listed = [each.strip() for each in cell.split(BETWEEN) if each.strip()]
    if name == "parties":
        return _take_parties(reader, event, listed, countries)
    if name == "topics":
        return _take_topics(reader, event, listed)
    return _take_heads(reader, event, listed, countries)


def _take_parties(reader: Reader, event: Draft, listed: list[str], countries: Mapping[str, str]) -> str:
    problem = ""
    for name in listed:
        party = named_party(reader, name, countries)
        if party is None:
            problem = problem or _("No country or organisation is called “{name}”.").format(name=name)
        else:
            event.add_line("delegations", new_draft(record_type("delegation"), **party[0]))
    for line in event.lines["delegations"]:
        propose_party(event, line)
    return problem


def _take_topics(reader: Reader, event: Draft, listed: list[str]) -> str:
    problem = ""
    for name in listed:
        topic = named_record(reader, "topic", name)
        if topic is None:
            problem = problem or _("No topic is called “{name}”.").format(name=name)
        else:
            event.add_line("agenda", new_draft(record_type("agenda_item"), topic=topic.key))
    return problem


def _take_heads(reader: Reader, event: Draft, listed: list[str], countries: Mapping[str, str]) -> str:
    """Each head leads the party that the title names, else the one in which such a person is known.

    Where nothing tells, as many heads as parties stand in the order of the parties.
    """
    parties, day, problem = event.lines["delegations"], bounds(event["date"]), ""
    for at, name in enumerate(listed):
        alone = understand(reader, name, day, None, countries)
        state = alone.country if alone is not None else None
        found = {
            party.serial: understood
            for party in parties
            if not party.lines["delegates"]
            and (state is None or party["country"] == state)
            and (understood := understand(reader, name, day, party["country"], countries)) is not None
        }
        known = [serial for serial, each in found.items() if isinstance(each.draft["person_id"], int)]
        place = parties[at].serial if len(listed) == len(parties) else None
        chosen = next(iter(known if known else found if state is not None else [place]), None)
        if chosen not in found:
            problem = problem or _("“{name}” is the head of none of the parties.").format(name=name)
            continue
        party = next(each for each in parties if each.serial == chosen)
        party.add_line("delegates", found[chosen].draft)
        propose_delegate(party, found[chosen].draft)
    return problem
