"""Letters that no page can show, and the direction in which a line is read."""

from __future__ import annotations

import xml.dom.minidom
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, strategies as st

from legation.documents.letters import LEFTWARDS, begins_from_right, kept_apart, printable

ANY = st.text(st.characters(), max_size=30)


@given(ANY)
def test_what_is_printable_can_stand_in_xml(text: str) -> None:
    held = xml.dom.minidom.parseString(f"<x>{escape(printable(text))}</x>".encode())
    assert "".join(each.data for each in held.documentElement.childNodes) == printable(text)


@given(ANY)
def test_no_letter_is_lost_and_all_that_can_be_shown_stays(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text.replace("\r\n", "\n"))
    assert printable(shown) == shown
    plain = "".join(each for each in text if each.isprintable())
    assert printable(plain) == plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x01b", "a␁b"),
        ("\x7f", "␡"),
        ("\x85", "\ufffd"),
        ("\ufffe", "\ufffd"),
        ("a\rb\r\nc", "a\nb\nc"),
        ("\t", "\t"),
    ],
)
def test_a_sign_stands_for_what_cannot_be_shown(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize(
    ("text", "is_from_right"),
    [
        ("عبد الله", True),
        ("משה", True),
        ("Abdullah عبد", False),
        ("2025: عبد", True),
        ("", False),
        ("2025", False),
        ("藤井", False),
    ],
)
def test_the_first_letter_with_a_direction_tells(text: str, is_from_right: bool) -> None:
    assert begins_from_right(text) is is_from_right


def test_a_stretch_read_from_the_right_goes_on_over_spaces_and_signs() -> None:
    assert LEFTWARDS.findall("Sheikh عبد الله، بن زايد (UAE) and משה") == ["عبد الله، بن زايد", "משה"]


def test_what_is_quoted_from_the_right_keeps_apart_from_what_is_beside_it() -> None:
    note = "موسى, “لقاء مع Mr Smith,” AKIpress; “Meeting,” 2025"
    assert kept_apart(note) == "موسى, \u200e“\u2068لقاء مع Mr Smith,\u2069”\u200e AKIpress; “Meeting,” 2025"
    assert LEFTWARDS.findall(kept_apart("موسى, “لقاء”", is_isolated=False)) == ["موسى", "لقاء"]
