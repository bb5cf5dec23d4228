"""What the headings of a table of events leave open: days, persons, parties, whose country a column names.

Completes a guessed mapping in place, each guess with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from legation.fields.folding import fold
from legation.i18n import _
from legation.imports.column_profiles import ColumnProfile
from legation.imports.event_stops import stops_of_cell
from legation.imports.heading_words import concepts_of
from legation.imports.mapping import Mapping
from legation.matching.country_names import CountryNames

SURE = 0.7
SIDE_NAMES = ("first", "second", "third")
SIDE = re.compile(r"\b(?:side|delegation|party|seite|cote|parte|сторона|taraf|official|officials|delegates|minister)\b")
_MINISTRIES = {"fcdo": "GBR", "foreign commonwealth and development office": "GBR", "cabinet office": "GBR",
               "foreign commonwealth development office": "GBR", "state department": "USA", "hm treasury": "GBR",
               "home office": "GBR", "quai d orsay": "FRA", "auswartiges amt": "DEU", "bundesregierung": "DEU",
               "dfat": "AUS", "gaimusho": "JPN", "farnesina": "ITA"}  # fmt: skip
_BRITISH_RETURNS = {"name of organisation or individual", "name of external organisation",
                    "name of individual or organisation"}  # fmt: skip
_DATE_PARTS = {
    "year",
    "month",
    "day",
    "jahr",
    "monat",
    "tag",
    "annee",
    "mois",
    "jour",
    "ano",
    "mes",
    "dia",
    "rok",
    "anno",
    "год",
}
_BODY = re.compile(r"\b(?:organisation|organization|company|body|group|individual)\b")
_SEVERAL_PLACES = {"stops", "places", "cities", "towns", "itinerary", "route", "locations", "destinations", "orte",
                   "lieux", "villes", "ciudades", "города"}  # fmt: skip
_BODIES_THAT_ATTEND = {"eu", "european union", "un", "united nations", "au", "african union", "asean", "oecd", "imf",
                       "world bank", "wto", "nato", "osce"}  # fmt: skip
OUTWARD = re.compile(r"\b(?:abroad|trips|travels|travel|outgoing|foreign travel|visits made|visits to)\b")


def complete_event(mapping: Mapping, columns: Sequence[ColumnProfile], countries: CountryNames, named: str) -> None:
    """What the headings left open of a table of events: days, persons and parties, by what the cells look like."""
    days = iter([each for each in columns if each.heading not in mapping.columns and each.dates > SURE])
    if not any(map(mapping.gives, ("event.date", "event.start"))):
        if (first := next(days, None)) is not None:
            give(mapping, first, "event.date", _("Its cells are dates."))
            if (second := next(days, None)) is not None:
                give(mapping, first, "event.start", _("Its cells are dates, and so are those of another column."))
                give(mapping, second, "event.end", _("Its cells are dates, after those of the first."))
    elif mapping.gives("event.date") and mapping.gives("event.end") and not mapping.gives("event.start"):
        heading = mapping.headings_of("event.date")[0]
        mapping.columns[heading] = ("event.start",)
    _parts_of_dates(mapping, columns)
    for each in columns:
        if mapping.columns.get(each.heading) == ("second.persons",) and _BODY.search(fold(each.heading)):
            mapping.columns[each.heading] = ("second.party",)
    _destinations(mapping, columns)
    _attendance(mapping, columns, countries)
    _sides_in_headings(mapping, columns, countries)
    free = [each for each in columns if each.heading not in mapping.columns]
    for each in free:
        if each.titles > 0.4 and (each.names > 0.2 or each.words > 2.5) and each.words < 15:
            role = next((f"{side}.persons" for side in ("first", "second") if not mapping.gives(f"{side}.persons")), "")
            if role and not mapping.gives("guest.persons"):
                give(mapping, each, role, _("Its cells are names with titles."))
        elif each.countries > SURE and each.words < 5 and not each.heading.casefold().endswith("id"):
            role = next((f"{side}.country" for side in SIDE_NAMES if not mapping.gives(f"{side}.country")), "")
            is_open = not any(map(mapping.gives, ("guest.country", "host.country", "event.parties")))
            if role and is_open:
                give(mapping, each, role, _("Its cells name countries."))
    _whose_country(mapping, columns, named)
    _kind_and_mode(mapping, columns, named)
    _a_constant_host(mapping, columns, countries, named)
    _our_side(mapping, columns, countries, named)
    _stops(mapping, columns, countries)
    _long_texts(mapping, columns)


def give(mapping: Mapping, column: ColumnProfile, role: str, reason: str) -> None:
    """Note what a column gives, and why."""
    give_heading(mapping, column.heading, role, reason)


def give_heading(mapping: Mapping, heading: str, role: str, reason: str) -> None:
    """Note what a column gives by its heading, and why."""
    mapping.columns[heading] = (role,)
    mapping.reasons[heading] = reason


def _destinations(mapping: Mapping, columns: Sequence[ColumnProfile]) -> None:
    """A column of destinations that are no countries are places: "Kyiv, Ukraine"."""
    for each in columns:
        if not mapping.gives("event.city") and each.heading not in mapping.columns and not each.dates:
            if concepts_of(each.heading).get("host_country", 0) == 1 and each.countries < SURE:
                give(mapping, each, "event.city", _("Its cells are places rather than countries."))


def _attendance(mapping: Mapping, columns: Sequence[ColumnProfile], countries: CountryNames) -> None:
    """Columns that are each called after a country, with ticks or names in their cells: who takes part."""
    free = [each for each in columns if each.heading not in mapping.columns and each.dates < 0.5]
    named = {each.heading: each.heading.rsplit(" / ", 1)[-1] for each in free}
    called = [each for each in free if countries.in_any_language(named[each.heading]) is not None]
    ticked = [each for each in called if each.are_answers or each.are_numbers]
    if len(ticked) < 2 and len(called) < 4:
        return
    called += [each for each in free if fold(named[each.heading]) in _BODIES_THAT_ATTEND]
    for each in called:
        give(mapping, each, "event.attended", _("The heading names a country or body, as those of other columns do."))


def _parts_of_dates(mapping: Mapping, columns: Sequence[ColumnProfile]) -> None:
    """Year, month and day in columns of their own are one date."""
    parts = [each for each in columns if fold(each.heading) in _DATE_PARTS]
    dated = [heading for role in ("event.date", "event.start") for heading in mapping.headings_of(role)]
    if len(parts) > 1 and (not dated or any(each.heading in dated for each in parts)):
        for each in parts:
            give(mapping, each, "event.date", _("With the other columns it makes one date."))


def _sides_in_headings(mapping: Mapping, columns: Sequence[ColumnProfile], countries: CountryNames) -> None:
    """Columns named after a country, such as "Turkmen side": the persons of that side, and the side itself."""
    sides = iter([each for each in SIDE_NAMES if not mapping.gives(f"{each}.persons")])
    for each in columns:
        code = countries.in_text(each.heading)
        is_side = bool(SIDE.search(fold(each.heading))) or each.titles >= 0.3
        if code is None or not is_side or each.dates > 0.5 or mapping.columns.get(each.heading) == ("event.attended",):
            continue
        side = next(sides, None)
        if side is None:
            return
        told = _("The heading names {country}.").format(country=countries.name(code))
        give(mapping, each, f"{side}.persons", told)
        mapping.values[f"{side}.country"] = code
        mapping.reasons[f"{side}.country"] = told


def _whose_country(mapping: Mapping, columns: Sequence[ColumnProfile], named: str) -> None:
    """A lone column of countries in a table of visits: where the visitors come from, or where they go."""
    lone = mapping.headings_of("event.country")
    is_visit = mapping.values.get("event.kind") == "visit"
    if lone and mapping.gives("host.country") and mapping.gives("guest.persons") and not mapping.gives("guest.country"):
        give_heading(mapping, lone[0], "guest.country", _("Another column tells the host."))
        return
    if lone and not (is_visit or OUTWARD.search(named)):
        _country_of_a_side(mapping, lone[0], [each.heading for each in columns])
        return
    if not lone or not mapping.gives("guest.persons") or mapping.gives("guest.country"):
        return
    if OUTWARD.search(named) or mapping.gives("host.country"):
        mapping.columns[lone[0]] = ("host.country",) if not mapping.gives("host.country") else ("guest.country",)
        return
    if is_visit:
        mapping.columns[lone[0]] = ("guest.country",)
        mapping.reasons[lone[0]] = _("The country of the visitor, since each row is a visit.")


def _our_side(mapping: Mapping, columns: Sequence[ColumnProfile], countries: CountryNames, named: str) -> None:
    """The country of the first side of meetings, where only the name of the file or of the table tells it."""
    sides = [side for side in ("first", "guest") if mapping.gives(f"{side}.persons")]
    if not sides and any(mapping.gives(f"second.{part}") for part in ("persons", "party")):
        sides = ["first"]
    if not sides or mapping.gives(f"{sides[0]}.country") or mapping.values.get("event.kind") == "visit":
        return
    code = country_in_name(named, countries)
    told = _("The name of the file or of the table speaks of {country}.")
    if code is None:
        names = [cell for each in columns if mapping.columns.get(each.heading) == (f"{sides[0]}.persons",)
                 for cell in each.sample]  # fmt: skip
        form = any(fold(each.heading) in _BRITISH_RETURNS for each in columns)
        if form or sum(fold(each).startswith(("rt hon", "the rt hon")) for each in names) * 2 > len(names) > 0:
            code, told = "GBR", _("The headings or names are written as in the returns of {country}.")
    if code in countries.states and not mapping.gives("host.country"):
        mapping.values[f"{sides[0]}.country"] = code
        mapping.reasons[f"{sides[0]}.country"] = told.format(country=countries.name(code))


def _country_of_a_side(mapping: Mapping, heading: str, headings: Sequence[str]) -> None:
    """A lone column of countries, unless it stands beside towns: whose the persons are, or else who takes part."""
    if any(mapping.gives(f"{side}.country") for side in ("host", "guest", *SIDE_NAMES)):
        return
    persons = [side for side in ("host", "guest", *SIDE_NAMES) if mapping.gives(f"{side}.persons")]
    last = persons[-1] if persons else ""
    at = headings.index(heading)
    beside = {role for each in (*headings[max(at - 1, 0) : at], *headings[at + 1 : at + 2])
              for role in mapping.columns.get(each, ())}  # fmt: skip
    is_after_town = "event.city" in mapping.columns.get(headings[at - 1], ()) if at else False
    if last and (not mapping.gives("event.city") or (f"{last}.persons" in beside and not is_after_town)):
        mapping.columns[heading] = (f"{last}.country",)
        mapping.reasons[heading] = _("Nothing else tells the country of “{heading}”.").format(
            heading=mapping.headings_of(f"{last}.persons")[0]
        )
    elif not (persons or mapping.gives("event.city") or mapping.gives("event.persons") or _has_parties(mapping)):
        mapping.columns[heading] = ("event.parties",)
        mapping.reasons[heading] = _("No other column tells who takes part.")


def _has_parties(mapping: Mapping) -> bool:
    return (
        mapping.gives("event.parties")
        or mapping.gives("event.attended")
        or any(
            mapping.gives(f"{side}.{part}")
            for side in ("host", "guest", *SIDE_NAMES)
            for part in ("party", "organisation")
        )
    )


def _kind_and_mode(mapping: Mapping, columns: Sequence[ColumnProfile], named: str) -> None:
    """What all rows are, where the name of the file, the table or a heading says so and no column does."""
    said = f" {named} {' '.join(fold(each.heading) for each in columns)} "
    told = _("The name of the file, of the table or of a heading says so.")
    kinds = (("expo", "expo_national_day"), ("national days", "expo_national_day"), ("treaties", "signing"),
             ("entry into force", "signing"), ("agreements signed", "signing"))  # fmt: skip
    kind = next((kind for words, kind in kinds if f" {words} " in said), "")
    if kind and not mapping.gives("event.kind") and mapping.values.get("event.kind", "meeting") == "meeting":
        mapping.values["event.kind"], mapping.reasons["event.kind"] = kind, told
    is_call = re.search(r" (?:call|calls|caller|telefonat|telephone|phone) (?!number|no )", said)
    if is_call and " courtesy call" not in said and not mapping.gives("event.mode") and "visit" not in said:
        mapping.values["event.mode"], mapping.reasons["event.mode"] = "phone", told


def _a_constant_host(mapping: Mapping, columns: Sequence[ColumnProfile], countries: CountryNames, named: str) -> None:
    """The host of all visits where no column names one: the country that the file's name, or its texts, speak of."""
    if mapping.gives("host.country") and mapping.gives("guest.persons") and not mapping.gives("guest.country"):
        if (code := country_in_name(named, countries)) is not None:  # travels of one state's officials
            told = _("The name of the file or of the table speaks of {country}.").format(country=countries.name(code))
            mapping.values["guest.country"], mapping.reasons["guest.country"] = code, told
        return
    if mapping.gives("host.country") or not mapping.gives("guest.country") or mapping.gives("event.country"):
        return
    guests = [heading for heading, roles in mapping.columns.items() if roles[0].startswith("guest.")]
    code = country_in_name(named, countries)
    if code is not None:
        reason = _("The name of the file or of the table speaks of {country}.")
    else:
        texts = [cell for each in columns if each.heading not in guests and each.words > 3 for cell in each.sample]
        code = _most_named(texts, countries)
        reason = _("The texts speak of {country} more than of any other country.")
    if code is not None:
        mapping.values["host.country"] = code
        mapping.reasons["host.country"] = reason.format(country=countries.name(code))


def country_in_name(named: str, countries: CountryNames) -> str | None:
    """The one country that the name of a file speaks of, by name, adjective or as US, UK, UAE; None for none."""
    words = named.split()
    for short, code in (("us", "USA"), ("uk", "GBR"), ("uae", "ARE"), ("usa", "USA"), ("eu", "")):
        if short in words and code:
            return code
    by_ministry = {ministry: code for ministry, code in _MINISTRIES.items() if f" {ministry} " in f" {named} "}
    spoken_of = countries.in_text(named)
    if spoken_of is not None and set(by_ministry) <= {"cabinet office"}:  # several countries have one
        return spoken_of
    return next(iter(by_ministry.values())) if len(set(by_ministry.values())) == 1 else spoken_of


def _most_named(texts: Sequence[str], countries: CountryNames) -> str | None:
    """The country that at least a twentieth of the texts name and no other comes near."""
    counts: dict[str, int] = {}
    for text in texts[:600]:
        code = countries.in_text(text)
        if code:
            counts[code] = counts.get(code, 0) + 1
    ranked = sorted(counts.items(), key=lambda pair: -pair[1])
    if not ranked or ranked[0][1] * 20 < len(texts[:600]):
        return None
    return ranked[0][0] if len(ranked) < 2 or ranked[0][1] > 3 * ranked[1][1] else None


def _stops(mapping: Mapping, columns: Sequence[ColumnProfile], countries: CountryNames) -> None:
    """The places of visits: stops where the heading says so; where some cells name several, that is offered."""
    if mapping.values.get("event.kind") != "visit":
        return
    for heading in mapping.headings_of("event.city"):
        cells = next(each.sample for each in columns if each.heading == heading)
        several = [cell for cell in cells if len(stops_of_cell(cell, countries.code_of)) > 1]
        if not several:
            continue
        if set(fold(heading).split()) & _SEVERAL_PLACES:
            mapping.columns[heading] = ("event.stops",)
            told = _("The heading speaks of several places, such as “{cell}”.")
        else:
            told = _("“{cell}” may be several places: then choose “Places, each a stop of the visit” (event.stops).")
        mapping.reasons[heading] = " ".join((mapping.reasons.get(heading, ""), told.format(cell=several[0]))).strip()


def _long_texts(mapping: Mapping, columns: Sequence[ColumnProfile]) -> None:
    """Running text is the summary, and tells places where no column does."""
    if not mapping.gives("event.summary"):
        texts = [each for each in columns if each.heading not in mapping.columns and each.words > 4]
        if texts:
            longest = max(texts, key=lambda each: each.words)
            give(mapping, longest, "event.summary", _("It holds the longest texts."))
    more = []
    if not mapping.gives("event.city") and not mapping.gives("event.stops"):
        more.append("event.places")
    if mapping.values.get("event.kind") == "visit" and not mapping.gives("event.visit_type"):
        more.append("event.visit_type")
    for heading in mapping.headings_of("event.summary"):
        mapping.columns[heading] = ("event.summary", *more)
