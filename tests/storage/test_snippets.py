"""Where words stand in a record: the same words that the search finds it by, marked as they are written."""

from __future__ import annotations

from contextlib import closing

import pytest

from legation.storage.database import Database
from legation.storage.queries import Query, ids
from legation.storage.reading import Reader
from legation.storage.snippets import AROUND, snippets


@pytest.mark.parametrize(
    ("record", "typed", "marked"),
    [
        ("event", "tsubai", {"Tsubai"}),
        ("event", "Цубаи", {"Tsubai"}),
        ("event", "consult tok", {"consultations", "Tokyo"}),
        ("event", '"constructive partnership"', {"constructive", "partnership"}),
        ("event", "TÜRKMEN", {"Turkmenistan", "Turkmen"}),
        ("person", "fujii", {"Fujii"}),
        ("source", "strengthening", {"Strengthening"}),
    ],
)
def test_words_are_marked_where_they_stand(reader: Reader, record: str, typed: str, marked: set[str]) -> None:
    found = ids(reader, Query(record, words=typed))
    assert found
    for id in found:
        hits = {text for each in snippets(reader, record, id, [typed]) for text, is_hit in each if is_hit}
        assert hits and {each.casefold() for each in hits} & {each.casefold() for each in marked}


def test_a_long_text_is_cut_around_the_word(sample_database: Database) -> None:
    summary = "word " * 400 + "needle " + "word " * 400
    sample_database.write(
        "Edit", lambda s: s.connection().exec_driver_sql("UPDATE event SET summary = ? WHERE id = 2", (summary,))
    )
    with closing(sample_database.reader()) as reader:
        (snippet,) = snippets(reader, "event", 2, ["needle"])
    text = "".join(piece for piece, _is_hit in snippet)
    assert ("needle", True) in snippet and text.startswith("… ") and text.endswith(" …")
    assert len(text) < 4 * AROUND


def test_cjk_and_nothing(sample_database: Database) -> None:
    sample_database.write(
        "Edit", lambda s: s.connection().exec_driver_sql("UPDATE event SET summary = '日本の外務省で会談' WHERE id = 2")
    )
    with closing(sample_database.reader()) as reader:
        assert ids(reader, Query("event", words="外務")) == [2]
        assert any(is_hit for each in snippets(reader, "event", 2, ["外務"]) for _text, is_hit in each)
        assert snippets(reader, "event", 2, []) == []
        assert snippets(reader, "event", 2, ["zzz"]) == []
        assert snippets(reader, "alias", 1, ["fujii"]) == []
