"""The text of a calendar (RFC 5545) as its components, however badly it is written: lines unfolded and mended.

A line that is no property goes on from the one above, as writers forget to fold. A component that is never closed ends
where the next begins. Knows no dates.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from legation.i18n import _
from legation.imports.files.cleaning import ODD, clean_cells

_PROPERTY = re.compile(r'[A-Za-z][A-Za-z0-9-]*(?:;[A-Za-z0-9-]+(?:=(?:"[^"]*"|[^";:]*)(?:,(?:"[^"]*"|[^";:,]*))*)?)*:')
_QUOTED = re.compile(r"ENCODING=QUOTED-PRINTABLE|(?<=;)QUOTED-PRINTABLE(?=[;:])", re.IGNORECASE)
_CHARSET = re.compile(r";CHARSET=\"?([\w-]+)\"?", re.IGNORECASE)
EVENT, ZONE = "VEVENT", "VTIMEZONE"


@dataclass
class Component:
    """A component: its name, the line it begins in, its lines unfolded, and what was mended, in sentences."""

    name: str
    number: int
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class CalendarText:
    """A calendar taken apart: its own properties by name, its events and zones, and how many of what else it has."""

    properties: dict[str, str] = field(default_factory=dict)
    events: list[Component] = field(default_factory=list)
    zones: list[Component] = field(default_factory=list)
    others: dict[str, int] = field(default_factory=dict)


def take_apart(lines: Iterable[str], codec: str) -> CalendarText:
    """Read the lines of a file. Alarms and the like inside an event are left out."""
    found = CalendarText()
    present: Component | None = None
    inner: list[str] = []  # names of components inside the present one
    for number, line, notes in _unfolded(lines, codec):
        name, _colon, value = line.partition(":")
        name, value = name.upper().strip(), value.strip()
        if name == "BEGIN":
            kind = value.upper()
            if present is not None and (kind in (EVENT, ZONE) or present.name not in (EVENT, ZONE)):
                _close(found, present, _("The entry is never closed; it was read up to the next one."))
                present, inner = None, []
            if present is None and kind != "VCALENDAR":
                present = Component(kind, number)
            elif present is not None:
                inner.append(kind)
                _keep(present, inner, line)
        elif name == "END":
            if present is not None and value.upper() == present.name:
                _close(found, present, "")
                present, inner = None, []
            elif inner:
                _keep(present, inner, line)
                inner.pop()
        elif present is None:
            found.properties[name.partition(";")[0]] = value
        else:
            _keep(present, inner, line)
            present.notes += notes if not inner else []
    if present is not None:
        _close(found, present, _("The file ends inside this entry; what is there was read."))
    return found


def _keep(present: Component | None, inner: list[str], line: str) -> None:
    """Keep a line of a component; of those inside it only those of a zone, which has its rules there."""
    if present is not None and (not inner or present.name == ZONE):
        present.lines.append(line)


def _close(found: CalendarText, present: Component, note: str) -> None:
    if note:
        present.notes.append(note)
    if present.name == EVENT:
        found.events.append(present)
    elif present.name == ZONE:
        found.zones.append(present)
    else:
        found.others[present.name] = found.others.get(present.name, 0) + 1


def _unfolded(lines: Iterable[str], codec: str) -> Iterator[tuple[int, str, list[str]]]:
    """Each logical line with the number of its first line and what was mended."""
    number, parts, notes = 0, list[str](), list[str]()
    is_soft = False  # quoted-printable goes on after “=”
    for at, line in enumerate(lines, 1):
        line = line.rstrip("\r\n").removeprefix("\ufeff")
        if parts and is_soft:
            parts.append(line.strip())
        elif parts and line[:1] in (" ", "\t"):
            parts.append(line[1:])
        elif _PROPERTY.match(line) or not parts:
            if parts:
                yield number, *_whole(parts, notes, codec)
            number, parts, notes = at, [line], []
        elif line.strip():
            parts.append("\\n" + line.strip())
            notes.append(
                _("Line {number} is no property; it was read as going on from the one above.").format(number=at)
            )
        is_soft = parts[-1].endswith("=") and _QUOTED.search(parts[0].partition(":")[0]) is not None
    if parts:
        yield number, *_whole(parts, notes, codec)


def _whole(parts: list[str], notes: list[str], codec: str) -> tuple[str, list[str]]:
    """The parts of a line as one, its letters decoded and cleaned."""
    head, colon, value = parts[0].partition(":")
    if _QUOTED.search(head):
        pieces = [value, *parts[1:]]
        said = "".join(each.removesuffix("=") for each in pieces)
        charset = _CHARSET.search(head)
        line = _CHARSET.sub("", re.sub(r";(?:ENCODING=)?QUOTED-PRINTABLE", "", head, flags=re.IGNORECASE)) + colon
        line += _decoded(said, charset[1] if charset else codec)
    else:
        line = "".join(parts)
    if ODD.search(line):
        named = line.partition(":")[0].partition(";")[0]
        (line,), said_of_it = clean_cells([line], [named], codec)
        notes = [*notes, *said_of_it]
    return line, notes


def _decoded(said: str, charset: str) -> str:
    """Quoted-printable text as an escaped value."""
    raw = quopri.decodestring(said.encode("utf-8", "surrogateescape"))
    try:
        text = raw.decode(charset, errors="surrogateescape")
    except (LookupError, UnicodeError):
        text = raw.decode("utf-8", errors="surrogateescape")
    text = text.replace("\\n", "\n").replace("\r\n", "\n")
    return text.replace("\n", "\\n")
