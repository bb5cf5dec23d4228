"""Properties of folding: stable, and every typed text is a question that the index understands."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies as st

from legation.fields.folding import fold, search_terms

TEXT = st.text(st.characters(), max_size=30)
TYPED = st.one_of(
    TEXT, st.lists(st.sampled_from(['"', "a", "外", "OR", "NEAR(", "*", " ", "^", ":", "-"])).map("".join)
)

LETTERS = st.one_of(  # the scripts of the desk; the index knows no letters that Unicode gained lately
    st.characters(categories=["Lu", "Ll", "Nd"], max_codepoint=0x052F),
    st.characters(min_codepoint=0x3041, max_codepoint=0x30FA, categories=["Lo"]),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5),
    st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3),
)


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE search USING fts5(body, tokenize = 'unicode61 remove_diacritics 0')")
    yield connection
    connection.close()


@given(TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXT)
def test_folding_does_not_care_how_letters_are_composed(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(TEXT)
def test_folded_text_holds_letters_and_figures_and_single_blanks(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert all(letter.isalnum() for letter in folded.replace(" ", ""))


@given(st.text(st.characters(max_codepoint=127).filter(lambda letter: not letter.isspace())))
def test_the_short_way_for_plain_text_is_the_long_way(word: str) -> None:
    assert fold("é_" + word) == ("e " + fold(word)).strip()


@given(st.lists(TEXT))
def test_each_word_is_folded_by_itself(texts: list[str]) -> None:
    assert fold(" ".join(["é", *texts])) == " ".join(filter(None, ["e", *map(fold, texts)]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TYPED)
def test_every_question_is_lawful(index: sqlite3.Connection, typed: str) -> None:
    terms = search_terms(typed)
    if terms:
        index.execute("SELECT rowid FROM search WHERE search MATCH ?", (terms,)).fetchall()
    else:
        assert not fold(typed)


@given(st.lists(st.text(LETTERS, min_size=1, max_size=8), min_size=1, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_stored_is_found_by_its_own_words(index: sqlite3.Connection, words: list[str]) -> None:
    terms = search_terms(" ".join(words))
    assume(terms)
    index.execute("DELETE FROM search")
    index.execute("INSERT INTO search VALUES (?)", (fold(" ".join(words)),))
    assert index.execute("SELECT count(*) FROM search WHERE search MATCH ?", (terms,)).fetchone() == (1,)
