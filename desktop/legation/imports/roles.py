"""What a column of a table may give: a field of the record a row is, or of what belongs to it.

A role is "what.field": `event.date`, `guest.persons`, `post.title`. Sides of an event are named freely among `SIDES`;
the host of a visit and its guest have roles of their own, other parties are counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from legation.i18n import N_

SIDES = ("host", "guest", "first", "second", "third")
SIDE_WORDS = {
    "host": N_("Host"),
    "guest": N_("Guest"),
    "first": N_("First side"),
    "second": N_("Second side"),
    "third": N_("Third side"),
}
SIDE_PARTS = {
    "country": N_("country"),
    "persons": N_("persons, with their titles"),
    "title": N_("title of the person"),
    "organisation": N_("organisation"),
    "party": N_("a country, a body or a person, as the cell says"),
}
KEY = "key"
LIKELY = ("new", "same", "reject")  # what becomes of a record that may be a known one and that nobody decided


@dataclass(frozen=True)
class Role:
    """A role: what people call it, the types of rows it fits, whether its column holds dates."""

    label: str
    types: tuple[str, ...]
    is_date: bool = False


_EVENT = ("event",)
_OFFICIAL = ("person",)
ROLES: dict[str, Role] = {
    KEY: Role(N_("Number or code of the row"), ("event", "person", "organisation", "country", "source")),
    "event.date": Role(N_("Date"), _EVENT, is_date=True),
    "event.start": Role(N_("First day"), _EVENT, is_date=True),
    "event.end": Role(N_("Last day"), _EVENT, is_date=True),
    "event.start_time": Role(N_("Start time"), _EVENT),
    "event.minutes": Role(N_("Minutes"), _EVENT),
    "event.kind": Role(N_("Kind"), _EVENT),
    "event.title": Role(N_("Title"), _EVENT),
    "event.summary": Role(N_("Summary"), _EVENT),
    "event.status": Role(N_("Status"), _EVENT),
    "event.mode": Role(N_("Mode"), _EVENT),
    "event.level": Role(N_("Stated level"), _EVENT),
    "event.visit_type": Role(N_("Visit type"), _EVENT),
    "event.country": Role(N_("Country where it takes place"), _EVENT),
    "event.city": Role(N_("Place"), _EVENT),
    "event.stops": Role(N_("Places, each a stop of the visit"), _EVENT),
    "event.places": Role(N_("Places in running text"), _EVENT),
    "event.venue": Role(N_("Venue"), _EVENT),
    "event.framework": Role(N_("Framework"), _EVENT),
    "event.ordinal": Role(N_("Round"), _EVENT),
    "event.topics": Role(N_("Topics"), _EVENT),
    "event.outcomes": Role(N_("Outcomes"), _EVENT),
    "outcome.in_force": Role(N_("Entry into force"), _EVENT, is_date=True),
    "outcome.reference": Role(N_("Registration or document number"), _EVENT),
    "event.parties": Role(N_("Parties: countries or bodies"), _EVENT),
    "event.persons": Role(N_("Persons of any side"), _EVENT),
    "event.attended": Role(N_("Whether the country of the heading takes part, or who for it"), _EVENT),
    **{
        f"{side}.{part}": Role(f"{words}: {label}", _EVENT)
        for side, words in SIDE_WORDS.items()
        for part, label in SIDE_PARTS.items()
    },
    "person.name": Role(N_("Name, with or without a title"), _OFFICIAL),
    "person.given_name": Role(N_("Given name"), _OFFICIAL),
    "person.family_name": Role(N_("Family name"), _OFFICIAL),
    "person.patronymic": Role(N_("Patronymic"), _OFFICIAL),
    "person.alias": Role(N_("Other name"), _OFFICIAL),
    "person.country": Role(N_("Country"), ("person",)),
    "person.gender": Role(N_("Gender"), _OFFICIAL),
    "person.birth_date": Role(N_("Born"), _OFFICIAL, is_date=True),
    "person.wikidata": Role(N_("Wikidata"), _OFFICIAL),
    "person.note": Role(N_("Note"), _OFFICIAL),
    "post.title": Role(N_("Post"), _OFFICIAL),
    "post.organisation": Role(N_("Organisation"), _OFFICIAL),
    "post.accredited_to": Role(N_("Accredited to: countries"), _OFFICIAL),
    "appointment.start": Role(N_("In office from"), _OFFICIAL, is_date=True),
    "appointment.end": Role(N_("In office until"), _OFFICIAL, is_date=True),
    "appointment.period": Role(N_("Period in office"), _OFFICIAL),
    "appointment.status": Role(N_("Full, acting or designate"), _OFFICIAL),
    "organisation.name": Role(N_("Name"), ("organisation",)),
    "organisation.acronym": Role(N_("Acronym"), ("organisation",)),
    "organisation.kind": Role(N_("Kind"), ("organisation",)),
    "organisation.country": Role(N_("Country"), ("organisation",)),
    "organisation.parent": Role(N_("Part of"), ("organisation",)),
    "organisation.alias": Role(N_("Other name"), ("organisation",)),
    "organisation.members": Role(N_("Members: countries"), ("organisation",)),
    "membership.start": Role(N_("Member from"), ("organisation",), is_date=True),
    "membership.end": Role(N_("Member until"), ("organisation",), is_date=True),
    "membership.status": Role(N_("Member, observer, partner or associate"), ("organisation",)),
    "organisation.url": Role(N_("Web address"), ("organisation",)),
    "organisation.wikidata": Role(N_("Wikidata"), ("organisation",)),
    "organisation.note": Role(N_("Note"), ("organisation",)),
    "country.code": Role(N_("Code"), ("country",)),
    "country.iso2": Role(N_("Two-letter code"), ("country",)),
    "country.m49": Role(N_("M49 code"), ("country",)),
    "country.name": Role(N_("Name"), ("country",)),
    "country.official_name": Role(N_("Official name"), ("country",)),
    "country.demonym": Role(N_("Demonym"), ("country",)),
    "country.capital": Role(N_("Capital"), ("country",)),
    "country.alias": Role(N_("Other name"), ("country",)),
    "source.title": Role(N_("Source: title"), ("source", "event", "person")),
    "source.url": Role(N_("Source: web address"), ("source", "event", "person", "organisation")),
    "source.publisher": Role(N_("Source: publisher"), ("source", "event", "person")),
    "source.issued": Role(N_("Source: issued"), ("source", "event"), is_date=True),
    "source.author": Role(N_("Source: author"), ("source",)),
    "source.language": Role(N_("Source: language"), ("source",)),
    "source.kind": Role(N_("Source: kind"), ("source",)),
}

TYPES: dict[str, tuple[str, dict[str, str], str]] = {  # name: (record type, values of every row, what people call it)
    "visits": ("event", {"event.kind": "visit"}, N_("Visits")),
    "meetings": ("event", {"event.kind": "meeting"}, N_("Meetings")),
    "events": ("event", {}, N_("Events")),
    "officials": ("person", {}, N_("Officials")),
    "organisations": ("organisation", {}, N_("Organisations")),
    "countries": ("country", {}, N_("Countries")),
    "sources": ("source", {}, N_("Sources")),
}


def roles_of(type_name: str) -> dict[str, Role]:
    """The roles that a column of such rows may have."""
    record = TYPES[type_name][0]
    return {name: role for name, role in ROLES.items() if record in role.types}
