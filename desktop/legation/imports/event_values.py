"""The plain values of an event in a row: days, kind, status, place, words; what cannot be taken is said why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from legation.clock import today
from legation.fields.folding import fold
from legation.fields.fuzzy_dates import DateProblem, bounds, parse_edtf
from legation.fields.kinds import TIME, ValueProblem
from legation.i18n import _
from legation.imports.column_dates import ReadDate
from legation.imports.event_stops import Stop, stops_of_cell
from legation.imports.outcomes import Rejected
from legation.imports.places_in_text import place_in_text, places_of_cell
from legation.imports.row_values import RowValues
from legation.matching.country_names import CountryNames
from legation.records.catalogue import record_type

EVENT = record_type("event")
_KIND_WORDS = {  # words of a kind that are not the vocabulary's own; the first that stands in the text counts
    "call": "meeting", "talk": "meeting", "dinner": "reception", "lunch": "reception", "besuch": "visit",
    "visite": "visit", "visita": "visit", "визит": "visit", "treffen": "meeting", "gesprach": "meeting",
    "reunion": "meeting", "встреча": "meeting", "consultation": "consultations", "negotiation": "negotiations",
    "gipfel": "summit", "sommet": "summit", "cumbre": "summit", "саммит": "summit", "forum": "business_forum",
    "konferenz": "conference", "expo": "exposition", "funeral": "ceremony", "inauguration": "ceremony",
    "signature": "signing", "commission": "committee_session", "committee": "committee_session",
    "roundtable": "conference", "workshop": "working_group", "interview": "meeting", "visit": "visit",
    "meeting": "meeting", "summit": "summit", "ceremony": "ceremony", "conference": "conference",
}  # fmt: skip
OUTCOME_WORDS = {"memorandum": "memorandum", "mou": "memorandum", "treaty": "treaty", "protocol": "protocol",
                 "statement": "joint_statement", "declaration": "joint_declaration", "roadmap": "roadmap",
                 "programme": "programme", "program": "programme", "contract": "contract", "agreement": "agreement",
                 "convention": "convention"}  # fmt: skip
_STATUS_WORDS = {
    "confirmed": "", "tentative": "proposed", "canceled": "cancelled", "cancelled": "cancelled", "done": "held",
    "completed": "held", "took place": "held", "planned": "scheduled", "upcoming": "scheduled", "past": "held",
    "postponed": "postponed", "proposed": "proposed", "scheduled": "scheduled", "held": "held", "tbc": "proposed",
}  # fmt: skip
_MODES = (("phone", "phone"), ("telephone", "phone"), ("call", "phone"), ("video", "video"), ("virtual", "video"),
          ("online", "video"), ("zoom", "video"), ("teams", "video"), ("hybrid", "hybrid"), ("letter", "written"),
          ("person", "in_person"), ("face", "in_person"), ("physical", "in_person"))  # fmt: skip
_WRAPPED = re.compile(r"(?<=[^\s.!?:;]) *\n *(?=[a-z(])")  # a line that was broken in the middle of a sentence
_VISIT_TYPE = re.compile(
    r"\b(state|official working|official and working|official|offical|working|private|unofficial|transit) visit",
    re.IGNORECASE,
)
_VISIT_TYPES = {"state": "state", "official working": "official_working", "official and working": "official_working",
                "official": "official", "offical": "official", "working": "working", "private": "private",
                "unofficial": "private", "transit": "transit"}  # fmt: skip


def date_of(row: RowValues) -> tuple[str | None, str | None, str | None]:
    """The date of an event as EDTF, the source's words where they say less, the time it began.

    Raises `Rejected` where a cell is no date.
    """
    if row.date("event.start").is_nothing and not row.date("event.date").is_nothing:
        read = _known(row, "event.date")
        last = _known(row, "event.end")
        return _joined(read, last), None, read.time
    begin, end = _known(row, "event.start"), _known(row, "event.end")
    return _joined(begin, end), None, begin.time


def _known(row: RowValues, role: str) -> ReadDate:
    read = row.date(role)
    if read.words:
        raise Rejected(_("“{text}” is no date.").format(text=read.words))
    return read


def _joined(begin: ReadDate, end: ReadDate) -> str | None:
    if begin.edtf is None or end.edtf is None or begin.edtf == end.edtf:
        return begin.edtf or end.edtf
    first = begin.edtf.partition("/")[0]
    last = end.edtf.rpartition("/")[2]
    try:
        return parse_edtf(f"{first}/{last}").edtf if "[" not in first + last else begin.edtf
    except DateProblem as problem:
        raise Rejected(str(problem)) from None


def values_of(row: RowValues, date: str | None, countries: CountryNames, given: Mapping[str, str]) -> dict[str, Any]:
    """The plain values of an event but its date: kind, status, mode, place and words; `given` are those of all rows."""
    found: dict[str, Any] = {}
    notes: list[str] = []
    kind_text = row.text("event.kind")
    found["kind"] = _kind(kind_text, given.get("event.kind", "meeting"))
    mode = row.text("event.mode") or given.get("event.mode", "")
    found["mode"] = next((code for word, code in _MODES if word in fold(mode)), "in_person")
    if not mode and "phone" in fold(kind_text):
        found["mode"] = "phone"
    found["status"] = _status(row.text("event.status"), date)
    for name in ("level", "visit_type"):
        text = row.text(f"event.{name}")
        code = _visit_type(" ".join(text.split())) if name == "visit_type" else None
        if code is None and text and len(text.split()) < 4:
            code = parsed(name, text, loosely=True)
        if code and (name != "visit_type" or found["kind"] == "visit"):
            found[name] = code
    for name in ("title", "venue", "ordinal", "minutes", "start_time"):
        text = row.text(f"event.{name}", join=" – " if name == "title" else ", ")
        if name == "start_time":
            text = _clock(text)
        if text:
            found[name] = parsed(name, text, loosely=name in ("ordinal", "minutes"))
    _place(row, found, notes, countries)
    unwrapped = _WRAPPED.sub(" ", row.text("event.summary", join="\n"))
    summary = [each for each in (unwrapped, *notes) if each]
    if summary:
        found["summary"] = "\n".join(summary)
    return {name: value for name, value in found.items() if value is not None}


def parsed(name: str, text: str, *, loosely: bool = False) -> Any:
    """The value of a field of events for a cell; None where `loosely` and the cell is not one. Raises `Rejected`."""
    try:
        return EVENT[name].kind.parse(text)
    except ValueProblem as problem:
        if loosely:
            return None
        raise Rejected(f"{_(EVENT[name].label)}: {problem}") from None


def _kind(text: str, default: str) -> str:
    if not text:
        return default
    code = parsed("kind", text, loosely=True)
    if code:
        return str(code)
    folded = fold(text)
    return next((code for word, code in _KIND_WORDS.items() if word in folded), default)


def _status(text: str, date: str | None) -> str:
    code = _STATUS_WORDS.get(fold(text), "") if text else ""
    if code:
        return code
    if date is None:
        return "proposed"
    return "scheduled" if bounds(date)[0] > today().isoformat() else "held"


def _visit_type(text: str) -> str | None:
    match = _VISIT_TYPE.search(text)
    return _VISIT_TYPES.get(match[1].casefold()) if match else None


def _clock(text: str) -> str:
    match = re.match(r"(\d{1,2})[:.h](\d{2})\s*(am|pm)?", text.strip(), re.IGNORECASE)
    if not match:
        return ""
    hours = int(match[1]) % 12 + 12 if (match[3] or "").lower() == "pm" else int(match[1])
    clock = f"{hours:02}:{match[2]}"
    return clock if re.fullmatch(TIME.shape, clock) else ""


def _first_stop(stops: list[Stop], found: dict[str, Any]) -> None:
    """The place of a visit with stops is the first of them, its country the one that all are in."""
    if stops and stops[0].place:
        found["city"] = stops[0].place
    codes = {each.country for each in stops}
    if len(codes) == 1 and None not in codes:
        found["country"] = codes.pop()


def _place(row: RowValues, found: dict[str, Any], notes: list[str], countries: CountryNames) -> None:
    """Country and place: of a column of their own, else what running text tells."""
    cell = row.text("event.city", join=", ")
    if not cell and (cell := row.text("event.stops", join="; ")) and found["kind"] == "visit":
        _first_stop(stops_of_cell(cell, countries.code_of), found)
        return
    places, code = places_of_cell(cell, countries.code_of) if cell else ([], None)
    if code is not None:
        found["country"] = code
    if not places and (text := row.text("event.places")):
        told = place_in_text(" ".join(text.split()), lambda name: countries.code_of(name) is not None)
        places = [told] if told else []
    if places:
        found["city"] = places[0]
    if len(places) > 1:
        notes.append(_("Also in: {places}.").format(places=", ".join(places[1:])))
