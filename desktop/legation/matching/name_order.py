"""New officials of states that write the family name first: which word was taken for it, and turning the name round.

A dispatch in English prints such names in either order, and nothing in two plain words tells which. So it is told, and
one key turns the name. Works on drafts alone: no database.
"""

from __future__ import annotations

from collections.abc import Iterator

from legation.fields.draft import Draft
from legation.fields.names import FAMILY_FIRST
from legation.i18n import _
from legation.matching.in_office import Flag


def new_persons(event: Draft) -> Iterator[tuple[int, Draft]]:
    """The new officials among the delegates whose name may be the other way round; each with the place in `walk`."""
    for at, each in enumerate(event.walk()):
        person = each["person_id"] if each.record.name == "delegate" else None
        if isinstance(person, Draft) and can_turn(person):
            yield at, person


def can_turn(person: Draft) -> bool:
    """Whether a new official's name is two words of which either may be the family name."""
    names = (person["family_name"], person["given_name"])
    return (
        person.id is None
        and person["country"] in FAMILY_FIRST
        and all(isinstance(each, str) and " " not in each for each in names)
        and sorted(str(person["name"]).split()) == sorted(map(str, names))
    )


def turn(person: Draft) -> None:
    """Let the other word be the family name; the name stands in the order of the state."""
    family, given = str(person["given_name"]), str(person["family_name"])
    person["family_name"], person["given_name"], person["name"] = family, given, f"{family} {given}"


def name_orders(event: Draft) -> tuple[Flag, ...]:
    """What is told of each such name: a doubt, which stops nothing."""
    told = _("{name}: taken with {family} as the family name.")
    return tuple(
        Flag(at, told.format(name=person["name"], family=person["family_name"]), is_doubt=True)
        for at, person in new_persons(event)
    )
