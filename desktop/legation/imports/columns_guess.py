"""The mapping that a table most likely needs, guessed from its headings and its cells, each guess with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from legation.fields.folding import fold
from legation.i18n import _
from legation.imports.column_profiles import ColumnProfile
from legation.imports.event_columns import OUTWARD, SIDE, SURE, complete_event, country_in_name, give
from legation.imports.heading_words import concepts_of, parted
from legation.imports.mapping import Mapping
from legation.imports.roles import KEY, TYPES
from legation.imports.source_tables import SourceTable
from legation.matching.country_names import CountryNames
from legation.matching.post_words import POSTS

REPEATED = {"first.persons", "host.persons", "guest.country", "first.country", "person.country", "post.organisation"}

# role by concept, for each type of rows; the first column that tells a concept best has it
_EVENT_ROLES = {
    "id": KEY, "date": "event.date", "start": "event.start", "end": "event.end", "period": "event.date",
    "time": "event.start_time", "minutes": "event.minutes", "kind": "event.kind", "visit_type": "event.visit_type",
    "title": "event.title", "summary": "event.summary", "place": "event.city", "venue": "event.venue",
    "host_country": "host.country", "guest_country": "guest.country", "country_a": "first.country",
    "country_b": "second.country", "visitor": "guest.persons", "host": "host.persons", "first": "first.persons",
    "second": "second.persons", "participants": "event.persons", "parties": "event.parties", "topics": "event.topics",
    "outcomes": "event.outcomes", "status": "event.status", "mode": "event.mode", "level": "event.level",
    "framework": "event.framework", "ordinal": "event.ordinal", "source_url": "source.url", "source": "source.title",
    "publisher": "source.publisher", "issued": "source.issued", "country": "event.country", "website": "source.url",
    "person": "guest.persons", "post": "guest.title", "organisation": "second.organisation",
    "in_force": "outcome.in_force", "reference": "outcome.reference",
}  # fmt: skip
_PERSON_ROLES = {
    "id": KEY, "person": "person.name", "given": "person.given_name", "family": "person.family_name",
    "patronymic": "person.patronymic", "other_name": "person.alias", "country": "person.country",
    "gender": "person.gender", "born": "person.birth_date", "wikidata": "person.wikidata", "summary": "person.note",
    "post": "post.title", "organisation": "post.organisation", "accredited": "post.accredited_to",
    "start": "appointment.start", "end": "appointment.end",
    "period": "appointment.period", "appointment_status": "appointment.status", "source_url": "source.url",
    "source": "source.title", "first": "person.name", "visitor": "person.name", "website": "source.url",
    "date": "appointment.start", "publisher": "source.publisher",
}  # fmt: skip
_ORGANISATION_ROLES = {
    "id": KEY, "organisation": "organisation.name", "person": "organisation.name", "title": "organisation.name",
    "acronym": "organisation.acronym", "kind": "organisation.kind", "country": "organisation.country",
    "parent": "organisation.parent", "other_name": "organisation.alias", "members": "organisation.members",
    "parties": "organisation.members", "website": "organisation.url", "source_url": "organisation.url",
    "wikidata": "organisation.wikidata", "summary": "organisation.note", "admission": "membership.start",
    "withdrawal": "membership.end", "membership_status": "membership.status",
}  # fmt: skip
_COUNTRY_ROLES = {
    "iso3": "country.code", "iso2": "country.iso2", "m49": "country.m49", "country_name": "country.name",
    "official_name": "country.official_name", "capital": "country.capital", "demonym": "country.demonym",
}  # fmt: skip
_SOURCE_ROLES = {
    "id": KEY, "title": "source.title", "source": "source.title", "source_url": "source.url", "website": "source.url",
    "publisher": "source.publisher", "issued": "source.issued", "date": "source.issued", "author": "source.author",
    "language": "source.language", "kind": "source.kind",
}  # fmt: skip
_BY_TYPE = {
    "event": _EVENT_ROLES, "person": _PERSON_ROLES, "organisation": _ORGANISATION_ROLES, "country": _COUNTRY_ROLES,
    "source": _SOURCE_ROLES,
}  # fmt: skip
_LISTED_POSTS = re.compile(
    r"\b(?:prime ministers|vice presidents|presidents|chancellors|foreign ministers|defence ministers"
    r"|finance ministers|ambassadors|kings|emperors|governors|secretaries general)\b"
)
_VISIT = re.compile(r"\b(?:visit|visits|visite|visites|besuch|besuche|visita|visitas|визит|визиты|ziyaret)\b")

_OF_NAMES = {"visitor", "host", "first", "second", "person", "participants", "parties", "organisation", "place"}
_SPEAKERS = {"speaker", "name of speaker", "name of person speaking"}  # also a post, which a list of terms is about
_HEADS_OF_MISSIONS = {"head of mission", "name of head of mission", "mission head"}
_MISSIONS = {"mission", "representation"}  # also what somebody travels for
_ABROAD = re.compile(
    r".*\b(?:embassy|consulate|high commission|permanent|diplomatic|nunciature|botschaft|ambassade|embajada)\b.*",
    re.IGNORECASE,
)
_CODES = {"iso3": re.compile(r"[A-Z]{3}"), "iso2": re.compile(r"[A-Z]{2}"), "m49": re.compile(r"\d{1,3}")}
_OF_THE_TABLE = re.compile(r"\b(?:updated|update|modified|accessed|retrieved|created|checked|verified|added|entered)\b")
_IN_DAYS = re.compile(r"\b(?:trip|visit|stay|days|nights|tage|jours|dias|hours|hrs|stunden|heures|horas|часы)\b")
_IN_OFFICE = re.compile(r"\b(?:office|term|tenure|appointed|mandate|mandat|amtszeit|amt|reign|ruled)\b")


@dataclass(frozen=True)
class _Found:
    """A column that may give a concept, with how surely and why."""

    column: ColumnProfile
    concept: str
    score: float
    reason: str


def guess(table: SourceTable, columns: Sequence[ColumnProfile], countries: CountryNames, as_type: str = "") -> Mapping:
    """The mapping for a table; `as_type` is one of `TYPES` where a person said what its rows are."""
    named = fold(f"{table.file.rsplit('.', 1)[0].replace('-', ' ').replace('_', ' ')} {table.name} {table.title}")
    filled = [each for each in columns if not each.is_empty]
    type_name, why = (as_type, "") if as_type else _type(filled, named)
    mapping = Mapping(type_name, reasons={"type": why} if why else {})
    given = TYPES[type_name][1]
    mapping = replace(mapping, values=dict(given))
    found = _best(filled, _BY_TYPE[mapping.record])
    if mapping.record == "event":
        found = _with_title(found, filled)
    for each in found:
        mapping.columns[each.column.heading] = (_BY_TYPE[mapping.record][each.concept],)
        mapping.reasons[each.column.heading] = each.reason
    if mapping.record == "event":
        complete_event(mapping, filled, countries, named)
    elif mapping.record == "person":
        _complete_official(mapping, filled, countries, named)
    elif mapping.record == "organisation":
        _by_looks(mapping, filled, "organisation.name", lambda each: each.bodies)
    mapping = _filled_down(mapping, filled)
    ordered = {each.heading: mapping.columns[each.heading] for each in columns if each.heading in mapping.columns}
    return replace(mapping, columns=ordered)


def _filled_down(mapping: Mapping, columns: Sequence[ColumnProfile]) -> Mapping:
    """The leading columns whose first cell is filled and some of the next are empty: they repeat what is above."""
    found = []
    for each in columns:
        roles = mapping.columns.get(each.heading, ())
        if each.filled == each.rows or not each.is_first_filled or not set(roles) & REPEATED:
            break
        found.append(each.heading)
        mapping.reasons[each.heading] += " " + _("Its empty cells repeat the one above.")
    return replace(mapping, fill_down=tuple(found))


def _type(columns: Sequence[ColumnProfile], named: str) -> tuple[str, str]:
    """What the rows most likely are, and why."""
    if {"uid", "start", "end"} <= {fold(each.heading) for each in columns}:
        return "events", _("The rows are entries of a calendar.")
    told = {concept: each for each in columns for concept, score in concepts_of(each.heading).items() if score >= SURE}
    if "country_a" in told and told["country_a"].countries < SURE:
        del told["country_a"]  # "from" is a day as often as a country
    dated = [each for each in columns if each.dates > SURE and each is not told.get("born")]
    codes = {"iso3", "iso2", "m49", "official_name", "capital"} & set(told)
    if len(codes) > 1 and any(each.countries > SURE and each.is_unique for each in columns):
        return "countries", _("Columns of codes, and a country of its own in each row.")
    about_events = {"visitor", "host", "participants", "second", "host_country", "guest_country", "topics", "outcomes",
                    "framework", "venue", "parties", "country_a"} & set(told)  # fmt: skip
    if not dated and "post" in told and any(each.names > 0.5 for each in columns):
        return "officials", _("A name and a post in each row, and no days.")
    if "members" in told and "organisation" in told and not {"topics", "outcomes", "title", "second"} & set(told):
        return "organisations", _("Bodies and who belongs to them.")
    if "accredited" in told and any(each.names > 0.5 for each in columns):
        return "officials", _("A name in each row, and where they are accredited.")
    sided = [each for each in columns if SIDE.search(fold(each.heading)) and (each.titles > 0.2 or each.names > 0.4)]
    if ("post" in told or "given" in told) and ("person" in told or "family" in told) and not about_events:
        return "officials", _("A name and a post in each row.")
    if any(each.titles > SURE and each.words < 8 for each in columns) and _span(told) and not about_events:
        if any(each.names > SURE for each in columns):
            return "officials", _("A name and a post in each row, with the days they began and ended.")
    if any(_IN_OFFICE.search(fold(parted(each.heading))) and each.dates > 0.5 for each in columns) and not about_events:
        if any(each.names > SURE for each in columns):
            return "officials", _("A name in each row, with the days in office.")
    is_person = "born" in told or ("wikidata" in told and told["wikidata"].wikidata > SURE)
    if is_person and "person" in told and not about_events - {"parties"}:
        return "officials", _("Names of persons, with what tells them from others.")
    linked = "source_url" in told or "website" in told
    if linked and {"publisher", "issued", "author"} & set(told) and not about_events and "place" not in told:
        return "sources", _("Titles with web addresses, and who published them.")
    travels = "second" not in told and bool(OUTWARD.search(named)) and any(each.names > 0.5 for each in columns)
    if dated and (about_events or len(sided) > 1 or "place" in told or "title" in told or "summary" in told or travels):
        is_visit = "visitor" in told or travels or bool(_VISIT.search(named))
        if is_visit:
            return "visits", _("Days with visitors in each row.")
        kind = "meetings" if "second" in told or len(sided) > 1 or "meeting" in named else "events"
        return kind, _("Days with who took part in each row.")
    bodies = any(each.bodies > 0.5 and each.is_unique for each in columns) and not dated
    if {"acronym", "parent", "members"} & set(told) or bodies:
        return "organisations", _("Names of bodies.")
    if "source_url" in told and {"title", "publisher", "issued", "author"} & set(told):
        return "sources", _("Titles with web addresses.")
    speaks = "date" in told and told["date"] in dated and "person" in told and _is_speaker(told["person"].heading)
    if "person" in told and ("country" in told or "gender" in told or "born" in told) and not speaks:
        return "officials", _("Names of persons.")
    if dated:
        return "events", _("Days in each row.")
    if any(each.countries > SURE and each.is_unique for each in columns):
        return "countries", _("A country of its own in each row.")
    return "events", _("Nothing tells what a row is; taken for an event.")


def _is_speaker(heading: str) -> bool:
    return fold(parted(heading)) in _SPEAKERS


def _span(told: dict[str, ColumnProfile]) -> bool:
    return "start" in told or "end" in told or "period" in told


def _best(columns: Sequence[ColumnProfile], roles: dict[str, str]) -> list[_Found]:
    """For each role the column that tells it best, by heading; a column has one role."""
    offers = sorted(
        (offer for each in columns for offer in _offers(each) if offer.concept in roles),
        key=lambda offer: -offer.score,
    )
    taken: set[str] = set()
    given: set[str] = set()
    found = []
    for offer in offers:
        role = roles[offer.concept]
        if offer.column.heading in taken or role in given:
            continue
        taken.add(offer.column.heading)
        given.add(role)
        found.append(offer)
    return found


def _with_title(found: list[_Found], columns: Sequence[ColumnProfile]) -> list[_Found]:
    """A calendar calls the title of an event its summary, and the summary its description."""
    other = next((each for each in columns if fold(each.heading) == "description"), None)
    if any(each.concept == "title" for each in found):
        return found
    if other is None:
        is_calendar = any(fold(each.heading) == "uid" for each in columns)
        is_title = [is_calendar and fold(each.column.heading) == "summary" for each in found]
        return [replace(each, concept="title") if it else each for each, it in zip(found, is_title, strict=True)]
    return [
        part
        for each in found
        for part in (
            (replace(each, concept="title"), _Found(other, "summary", each.score, each.reason))
            if each.concept == "summary" and fold(each.column.heading) == "summary"
            else (each,)
        )
    ]


def _offers(column: ColumnProfile) -> Iterator[_Found]:
    for concept, score in concepts_of(column.heading).items():
        fitting, why = _fits(concept, column)
        if score * fitting >= 0.4:
            reason = _("The heading “{heading}” says so.").format(heading=column.heading)
            yield _Found(column, concept, score * fitting, f"{reason} {why}".strip())


def _fits(concept: str, column: ColumnProfile) -> tuple[float, str]:
    """How well the cells fit a concept (above 1 when they speak for it), and what they show."""
    if (column.are_answers and concept in _OF_NAMES) or (column.are_numbers and concept == "participants"):
        return 0.1, ""
    if concept == "organisation" and fold(parted(column.heading)) in _MISSIONS:
        return (1.0 if _share(column, _ABROAD) > 0.5 else 0.2), ""
    if concept in ("date", "start", "end") and _OF_THE_TABLE.search(fold(parted(column.heading))):
        return 0.1, ""
    if concept in _CODES:
        return (1.2 if _share(column, _CODES[concept]) > 0.8 else 0.2), ""
    if concept == "minutes":
        return (0.1 if _IN_DAYS.search(fold(parted(column.heading))) else 1.0), ""
    if concept == "wikidata":
        return (1.3 if column.wikidata > 0.8 else 0.2), ""
    if concept in ("date", "start", "end", "issued", "born"):
        told = _("{share} of its cells are dates.").format(share=_per_cent(column.dates))
        return (1.3, told) if column.dates > 0.6 else (0.5 if column.dates > 0.3 else 0.2, told)
    if concept in ("country", "accredited", "country_name", "host_country", "guest_country", "country_a", "country_b"):
        told = _("{share} of its cells name countries.").format(share=_per_cent(column.countries))
        if column.countries > 0.6:
            return (1.3 if column.words > 1 or not column.heading.casefold().endswith("id") else 1.1), told
        return (0.5 if column.countries > 0.3 else 0.2), told
    if concept in ("source_url", "website"):
        return (1.3, "") if column.addresses > 0.6 else (0.2, "")
    if concept == "gender":
        return (1.3, "") if column.genders > 0.8 else (0.2, "")
    if concept in ("visitor", "host", "first", "second", "person", "participants"):
        if column.titles > 0.3 or column.names > 0.5:
            return 1.2, _("Its cells look like names.")
        return (0.6 if column.countries > 0.6 or column.dates > 0.6 or column.addresses > 0.6 else 0.9), ""
    if concept == "post":
        return (1.25, _("Its cells have words of posts.")) if column.titles > 0.4 else (0.6, "")
    if concept == "title" and column.titles > 0.6 and column.words < 7:
        return 0.5, ""
    if concept == "id":
        return (1.0, _("Each row has its own.")) if column.names_each_row and column.words < 2.5 else (0.1, "")
    if concept in ("period", "summary", "kind", "status", "outcomes"):
        return (0.95 if column.dates < 0.6 else 0.5), ""
    return 1.0, ""


def _share(column: ColumnProfile, looks: re.Pattern[str]) -> float:
    return sum(bool(looks.fullmatch(cell)) for cell in column.sample) / max(1, len(column.sample))


def _per_cent(share: float) -> str:
    return f"{round(share * 100)} %"


def _complete_official(mapping: Mapping, columns: Sequence[ColumnProfile], countries: CountryNames, named: str) -> None:
    """What the headings left open of a table of officials: names and posts by their cells, the state they serve."""
    whole = mapping.headings_of("person.name")
    if mapping.gives("person.given_name") and whole and not mapping.gives("person.family_name"):
        mapping.columns[whole[0]] = ("person.family_name",)  # "nom" beside "prénom"
    if not mapping.gives("person.family_name"):
        _by_looks(mapping, columns, "person.name", lambda each: each.names - each.titles if each.names > 0.5 else 0.0)
    _by_looks(mapping, columns, "post.title", lambda each: each.titles)
    heading = next(iter(mapping.headings_of("person.name")), "")
    if fold(parted(heading)) in _HEADS_OF_MISSIONS and not mapping.gives("post.title"):
        mapping.values["post.title"] = "Head of Mission"
        mapping.reasons["post.title"] = _("The heading “{heading}” says so.").format(heading=heading)
    is_post = fold(heading) in POSTS
    if _is_speaker(heading):  # of a parliament, where there are terms; else who spoke
        is_post = any(map(mapping.gives, ("appointment.start", "appointment.end", "appointment.period")))
    if not mapping.gives("post.title") and is_post:
        mapping.values["post.title"] = heading
        mapping.reasons["post.title"] = _("The heading “{heading}” says so.").format(heading=heading)
    elif not mapping.gives("post.title") and (listed := _LISTED_POSTS.search(named)):
        mapping.values["post.title"] = listed[0].removesuffix("s").title()
        mapping.reasons["post.title"] = _("The name of the file or of the table says so.")
    _by_looks(mapping, columns, "person.country", lambda each: each.countries if each.countries > 0.4 else 0.0)
    if mapping.gives("person.country"):
        return
    code = country_in_name(named, countries)
    reason = _("The name of the file or of the table speaks of {country}.")
    if code is None:
        posts = mapping.headings_of("post.title") + mapping.headings_of("post.organisation")
        cells = {cell for each in columns if each.heading in posts for cell in each.sample}
        named_there = {found: cell for cell in sorted(cells) if (found := countries.in_text(cell))}
        if len(named_there) == 1:
            code = next(iter(named_there))
            reason = _("“{cell}” speaks of {country}, and no cell of another.").replace("{cell}", named_there[code])
    if code is not None:
        mapping.values["person.country"] = code
        mapping.reasons["person.country"] = reason.format(country=countries.name(code))


def _by_looks(
    mapping: Mapping, columns: Sequence[ColumnProfile], role: str, looks: Callable[[ColumnProfile], float]
) -> None:
    """Give a role that no heading told to the free column that looks most like it."""
    if mapping.gives(role):
        return
    free = [each for each in columns if each.heading not in mapping.columns]
    best = max(free, key=looks, default=None)
    if best is not None and looks(best) > 0.3:
        give(mapping, best, role, _("Its cells look most like it."))
