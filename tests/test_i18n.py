"""Words for people: the pseudo-language marks what is marked, and nothing in the program shows words unmarked."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from architecture.source_tree import package_files
from legation.i18n import N_, _, ngettext, set_language


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    set_language("en")


def test_english_needs_no_catalogue() -> None:
    set_language("en")
    assert _("Add event") == "Add event"
    assert [ngettext("{count} event", "{count} events", count) for count in (0, 1, 2)] == [
        "{count} events",
        "{count} event",
        "{count} events",
    ]


def test_a_language_without_a_catalogue_is_english() -> None:
    set_language("tlh")
    assert _("Add event") == "Add event"


def test_an_empty_message_stays_empty() -> None:
    set_language("xx")
    assert _("") == ""


def test_the_pseudo_language_brackets_and_keeps_the_places_to_fill() -> None:
    set_language("xx")
    assert _("Undo {label} now") == "[Úñdó {label} ñów]"
    assert _("{count} rows").format(count=3) == "[3 rówš]"
    assert ngettext("{count} event", "{count} events", 2).format(count=2) == "[2 évéñtš]"


def test_marking_alone_translates_nothing() -> None:
    set_language("xx")
    assert N_("Events") == "Events"


def test_marked_words_stand_in_the_source_as_they_are() -> None:
    """gettext's tools read literals: a joined, formatted or computed message would never be translated."""
    offenders = [
        (file.place, call.lineno)
        for file in package_files()
        for call in ast.walk(file.tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("N_", "_", "ngettext")
        if call.args and isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert offenders == []
