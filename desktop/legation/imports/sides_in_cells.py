"""A cell of persons that names the party itself: a country or body alone, in brackets after a name, or before a colon.

"Turkmenistan", "Ahmet Gurbanov (Turkmenistan)", "Turkmenistan: Ahmet Gurbanov; Deputy Minister", "Merkel, Germany".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from legation.imports.resolving import CellSide, Resolver

_PIECES = re.compile(r"\s*[;|\n•]\s*|(?<=\))\s*(?:,|\band\b|&)\s*")
_BRACKETS = re.compile(r"^(?P<rest>[^()]+?)\s*[(\[](?P<named>[^()\[\]]+)[)\]]$")
_BEFORE = re.compile(r"^(?P<named>[^:;]+?)(?:\s*:\s+|\s+[–—-]\s+)(?P<rest>.+)$")
_AFTER = re.compile(r"^(?P<rest>.+?)\s*,\s*(?P<named>[^,]+)$")
_SHORT = {"US", "UK"}  # other pairs of letters beside a name are rather a rank or a degree: MP, MD, PM


def sides_of_cell(cell: str, resolver: Resolver, year: int | None) -> tuple[list[CellSide], list[str]]:
    """The parties that a cell of persons names, and the pieces of it that belong to none of them."""
    if (cell, year) not in resolver.seen_sides:
        resolver.seen_sides[cell, year] = _read(cell, resolver, year)
    found, left = resolver.seen_sides[cell, year]
    return [replace(each) for each in found], list(left)


def _read(cell: str, resolver: Resolver, year: int | None) -> tuple[list[CellSide], list[str]]:
    found: list[CellSide] = []
    left: list[str] = []
    goes_on = False
    for piece in filter(None, _PIECES.split(cell)):
        named = list(_piece(piece, resolver, year))
        if named:
            found += named
            goes_on = _BRACKETS.match(piece) is None and bool(named[-1].persons)
        elif found and (goes_on or _is_title(piece, resolver)):
            found[-1].persons = "; ".join(filter(None, (found[-1].persons, piece)))
        else:
            left.append(piece)
    return found, left


def apart(cell: str, resolver: Resolver) -> list[str]:
    """The parties of a cell that holds several, apart by semicolons or lines; the whole cell where one is a title."""
    pieces = [each for each in re.split(r"\s*[;\n]\s*", cell) if each]
    return [cell] if not pieces or any(_is_title(each, resolver) for each in pieces) else pieces


def _is_title(piece: str, resolver: Resolver) -> bool:
    people = resolver.splitter.persons(piece)
    return bool(people) and not any(each.name for each in people)


def _piece(piece: str, resolver: Resolver, year: int | None) -> Iterator[CellSide]:
    """The parties of one piece; none where it names no country and no known body."""
    if (match := _BRACKETS.match(piece)) and (side := _party(match["named"], resolver, year)) is not None:
        whole = _party(match["rest"], resolver, year)
        yield whole or CellSide(side.state, side.body, match["rest"])
        return
    if (side := _party(piece, resolver, year)) is not None:
        yield side
        return
    listed = [_party(each, resolver, year) for each in piece.split(",")]
    if all(listed):
        yield from filter(None, listed)
        return
    for shape in (_BEFORE, _AFTER):
        if (match := shape.match(piece)) and (side := _party(match["named"], resolver, year)) is not None:
            yield CellSide(side.state, side.body, match["rest"])
            return


def _party(name: str, resolver: Resolver, year: int | None) -> CellSide | None:
    """A country or known body by its whole name."""
    name = name.strip(" ,.")
    if len(name) < 2 or (len(name) == 2 and name.isascii() and name.upper() not in _SHORT | {"EU", "UN"}):
        return None
    code = resolver.countries.in_any_language(name, year) if not _BRACKETS.match(name) else None
    if code is not None:
        return CellSide(code, None)
    body = resolver.bodies.find(name)
    return CellSide(resolver.bodies[body].country, body) if body is not None else None
