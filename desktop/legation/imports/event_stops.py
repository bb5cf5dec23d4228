"""The places of a visit as its stops: each town an event of its own that is part of the visit.

Towns of one country have no parties of their own, so that the visit is counted once. A visit of several countries is a
tour: it has no country itself, and a visit to each of them is part of it. Works on plain values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from legation.fields.folding import fold
from legation.fields.fuzzy_dates import DateProblem, parse_edtf
from legation.i18n import _
from legation.imports.places_in_text import is_region, places_of_cell

_PARTS = re.compile(r"\s*[;\n•→]\s*|\s+(?:[-–—/]|to|->)\s+")
_IN_BRACKETS = re.compile(r"^(?P<place>[^()]+?)\s*\((?P<country>[^()]+)\)$")
_COMMAS = re.compile(r"\s*,\s*(?:and\s+)?(?![^()]*\))|(?<=\))\s+and\s+")
_CITY_STATES = {"SGP", "MCO", "LUX", "DJI", "VAT", "SMR", "KWT", "HKG", "MAC"}


@dataclass(frozen=True)
class Stop:
    """A town of a visit, and the code of its country where the cell tells it; "" where only a country is named."""

    place: str
    country: str | None = None


@dataclass
class StopsThere:
    """The parts that a visit has already: of a tour the visits to its countries, by code; its towns, by what is above.

    `gone` are towns that an import made and somebody deleted.
    """

    visits: dict[str, tuple[int, Mapping[str, Any]]] = field(default_factory=dict)
    towns: set[tuple[int, str]] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)

    def has(self, above: int, stop: Stop) -> bool:
        """Whether a stop is there, or was and is not wanted."""
        return (above, fold(stop.place)) in self.towns or fold(stop.place) in self.gone


def stops_of_cell(cell: str, code_of: Callable[[str], str | None]) -> list[Stop]:
    """The stops that a cell names, in its order: "Cairo, Luxor, Aswan", "Paris, France; Rome, Italy"."""
    found: list[Stop] = []
    pieces = [each for each in _PARTS.split(cell) if each.strip(" ,.")]
    for piece in pieces:
        for stop in _of_piece(piece.strip(" ,"), code_of):
            if stop not in found:
                found.append(stop)
    return found


def _of_piece(piece: str, code_of: Callable[[str], str | None]) -> list[Stop]:
    if "(" in piece and (found := _in_brackets(piece, code_of)):
        return found
    places, code = places_of_cell(piece, code_of)
    if code is not None and code in _CITY_STATES and places:
        return [*(Stop(each) for each in places), Stop(_last_name(piece), code)]
    stops: list[Stop] = []
    for place in places:
        own = code_of(place)
        if own is None:
            stops.append(Stop(place))
        elif own in _CITY_STATES or not stops:
            stops.append(Stop(place if own in _CITY_STATES else "", own))
        else:  # "Paris, France, Rome, Italy": a country follows its towns
            stops = [each if each.country else Stop(each.place, own) for each in stops]
    if not places and code is not None:
        return [Stop(piece if code in _CITY_STATES else "", code)]
    return [each if each.country or code is None else Stop(each.place, code) for each in stops]


def _in_brackets(piece: str, code_of: Callable[[str], str | None]) -> list[Stop]:
    """The stops of a piece where some have their country in brackets; empty where none has."""
    found: list[Stop] = []
    before: list[str] = []
    for each in _COMMAS.split(piece):
        match = _IN_BRACKETS.match(each)
        code = code_of(match["country"]) if match else None
        if match is None or code is None:
            before.append(each)
            continue
        place = match["place"]
        if before and is_region(place):
            place = f"{before.pop()}, {place}"
        if before:
            found += _of_piece(", ".join(before), code_of)
        found.append(Stop(place, code))
        before = []
    return [*found, *(_of_piece(", ".join(before), code_of) if before else [])] if found else []


def _last_name(piece: str) -> str:
    return re.split(r"\s*,\s*|\s+and\s+", piece)[-1].strip(" .")


def countries_of(stops: list[Stop], own: str | None) -> list[str]:
    """The countries of stops in their order; those that name none are in the visit's own, where it has one."""
    return list(dict.fromkeys(code for each in stops if (code := each.country or own)))


def values_of_stop(visit: Mapping[str, Any], stop: Stop, title: str) -> dict[str, Any]:
    """The values of the event that a stop is: some day of the visit, whose exact one is not known."""
    found = {
        "kind": "visit",
        "title": _("{visit}: {place}").format(visit=title, place=stop.place) if stop.place else title,
        "status": visit["status"],
        "mode": visit["mode"],
        "city": stop.place,
        "country": stop.country or visit.get("country"),
        "date": sometime_in(visit.get("date")),
        "date_text": _("during the visit"),
    }
    if found["date"] is None:
        del found["date_text"]
    return {name: value for name, value in found.items() if value}


def sometime_in(date: str | None) -> str | None:
    """The date of what took place within another date; None where that cannot be written."""
    if date is None:
        return None
    marked = "/".join(part if part in ("", "..") or part[-1] in "~?%" else f"{part}~" for part in date.split("/"))
    try:
        return parse_edtf(marked).edtf
    except DateProblem:
        return date
