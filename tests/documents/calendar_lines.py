"""A strict reading of iCalendar by the grammar of RFC 5545, written apart from the library that the program uses."""

from __future__ import annotations

import re

_LINE = re.compile(r"(?P<name>[A-Za-z0-9-]+)(?P<parameters>(?:;[A-Za-z0-9-]+=(?:\"[^\"]*\"|[^;:,\"]*))*):(?P<value>.*)")
_TEXT = re.compile(r"(?:[^\\;,\x00-\x08\x0a-\x1f\x7f]|\\[\\;,Nn])*")  # 3.3.11
_DAY, _MOMENT = re.compile(r"\d{8}"), re.compile(r"\d{8}T\d{6}Z")
_TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "UID", "RELATED-TO"}
_ONCE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS", "SEQUENCE", "DESCRIPTION", "LOCATION", "TRANSP"}


def checked(calendar: bytes) -> list[dict[str, tuple[str, str]]]:
    """The entries by property: parameters and value. Asserts what sections 3.1, 3.3, 3.6 and 3.8 ask for."""
    assert calendar.endswith(b"\r\n")
    folded = calendar[:-2].split(b"\r\n")
    assert not any(b"\r" in line or b"\n" in line for line in folded)
    assert max(len(line) for line in folded) <= 75
    for line in folded:
        line.decode("utf-8")  # a character is not cut in two
    lines = calendar.decode("utf-8").removesuffix("\r\n").replace("\r\n ", "").replace("\r\n\t", "").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
    head = lines[: lines.index("BEGIN:VEVENT")]
    assert "VERSION:2.0" in head and any(line.startswith("PRODID:") for line in head)
    entries: list[dict[str, tuple[str, str]]] = []
    for line in lines[len(head) : -1]:
        if line == "BEGIN:VEVENT":
            entries.append({})
        elif line != "END:VEVENT":
            _take(line, entries[-1])
    for entry in entries:
        _check(entry)
    assert len({entry["UID"] for entry in entries}) == len(entries)
    return entries


def _take(line: str, entry: dict[str, tuple[str, str]]) -> None:
    found = _LINE.fullmatch(line)
    assert found is not None, line
    name = found["name"]
    assert name not in entry or name not in _ONCE
    entry[name] = (found["parameters"], found["value"])
    if name in _TEXTS:
        assert _TEXT.fullmatch(found["value"]), line


def _check(entry: dict[str, tuple[str, str]]) -> None:
    assert _MOMENT.fullmatch(entry["DTSTAMP"][1])
    for name in ("DTSTART", "DTEND"):
        parameters, value = entry[name]
        assert parameters == ";VALUE=DATE" and _DAY.fullmatch(value)
    assert entry["DTSTART"][1] < entry["DTEND"][1]
    assert entry["STATUS"][1] in ("TENTATIVE", "CONFIRMED", "CANCELLED")
    assert entry["SEQUENCE"][1].isdecimal()
