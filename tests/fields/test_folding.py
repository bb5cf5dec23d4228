"""Folding and search: what is typed finds what is stored, in any script, and never upsets the index."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from legation.fields.folding import MOST_TERMS, fold, search_terms

STORED = (
    "Ahmet Gurbanov, Deputy Minister of Foreign Affairs",
    "Гурбанов Ахмет",
    "Raşit Meredow, Daşary işler ministri",
    "外務省で藤井比早之外務副大臣と会談した",
    "한국 외교부 장관",
    "Łódź, Straße, Ærø, İstanbul, Qazaxıstan, Əliyev",
    "Prime Minister Scott Morrison's visit; naïve café",
    "ｶﾌﾞｾｸ ＭＯＦＡ",
)


@pytest.fixture
def index() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE search USING fts5(body, tokenize = 'unicode61 remove_diacritics 0')")
    connection.executemany("INSERT INTO search VALUES (?)", [(fold(each),) for each in STORED])
    yield connection
    connection.close()


def found(index: sqlite3.Connection, typed: str) -> list[int]:
    """Positions in STORED of what the words find."""
    rows = index.execute("SELECT rowid - 1 FROM search WHERE search MATCH ? ORDER BY rowid", (search_terms(typed),))
    return [row[0] for row in rows]


@pytest.mark.parametrize(
    ("typed", "positions"),
    [
        ("gurbanov", [0, 1]),
        ("GURB", [0, 1]),
        ("gurbanov ahmet", [0]),
        ("Гурбанов", [0, 1]),
        ("foreign minister", [0]),
        ('"foreign minister"', []),
        ('"minister of foreign"', [0]),
        ("“foreign affairs”", [0]),
        ("foreign AND affairs", []),
        ("meredow", [2]),
        ("MEREDOW dasary", [2]),
        ("işler", [2]),
        ("外務", [3]),
        ("外務省", [3]),
        ("務外", []),
        ("藤井 副大臣", [3]),
        ("외교", [4]),
        ("lodz strasse aero istanbul", [5]),
        ("aro", []),
        ("qazaxistan aliyev", [5]),
        ("morrisons", [6]),
        ("morrison's", [6]),
        ("naive cafe", [6]),
        ("カブセク", [7]),
        ("mofa", [7]),
    ],
)
def test_words_find_what_they_mean(index: sqlite3.Connection, typed: str, positions: list[int]) -> None:
    assert found(index, typed) == positions


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        (None, ""),
        ("", ""),
        ("  Deputy-Minister (MFA)\tof_Turkmenistan ", "deputy minister mfa of turkmenistan"),
        ("Berdimuhamedow, Mälikgulyýewiç", "berdimuhamedow malikgulyyewic"),
        ("Щербаков Пётр Ильич", "shcherbakov petr ilich"),
        ("Қасым-Жомарт Тоқаев", "kasym zhomart tokaev"),
        ("Ærø ŁÓDŹ Straße ISTANBUL İstanbul ırmak", "aero lodz strasse istanbul istanbul irmak"),
        ("外務省ABC大臣", "外 務 省 abc 大 臣"),
        ("がんばれ", "が ん ば れ"),
        ("か\u3099", "が"),
        ("田中・角栄", "田 中 角 栄"),
        ("Gurba\u00adnov a\x00b c\u200bd", "gurbanov ab cd"),
        ("a\x00b\nc\x1b", "ab c"),
        ("ʿAbd al-Raḥmān O\u2019Brien O´Neill", "abd al rahman obrien oneill"),
        ("ﬁve ① ２０２５", "five 1 2025"),
        ("\ud800 x", "x"),
        ("नमस्ते", "नमसत"),
        ("!?—", ""),
    ],
)
def test_text_folds_to_plain_letters(text: str | None, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("ahmet gurb", '"ahmet"* AND "gurb"*'),
        ('"foreign affairs" ministry', '"foreign affairs" AND "ministry"*'),
        ('ministry "of foreign', '"ministry"* AND "of"* AND "foreign"*'),
        ("外務省abc", '"外 務 省" AND "abc"*'),
        (
            "NOT -x* OR ^y NEAR(a b) col:z",
            '"not"* AND "x"* AND "or"* AND "y"* AND "near"* AND "a"* AND "b"* AND "col"* AND "z"*',
        ),
        ('""', ""),
        ("  - * ", ""),
        ("\x00\ud800", ""),
    ],
)
def test_typed_words_become_a_question(typed: str, terms: str) -> None:
    assert search_terms(typed) == terms


def test_a_pasted_page_is_a_lawful_question(index: sqlite3.Connection) -> None:
    typed = " ".join(f"word{number}" for number in range(5000))
    assert found(index, typed) == []
    assert search_terms(typed).count(" AND ") == MOST_TERMS - 1
    assert found(index, "外" * 5000) == []


def test_strings_that_break_programs_break_no_search(index: sqlite3.Connection) -> None:
    folder = os.environ.get("LEGATION_REAL_DATA")
    if not folder:
        pytest.skip("LEGATION_REAL_DATA names no folder with the real data")
    strings = json.loads((Path(folder) / "robustness" / "naughty-strings.json").read_text("utf-8"))
    asked = 0
    for each in strings:
        if terms := search_terms(each):
            index.execute("SELECT rowid FROM search WHERE search MATCH ?", (terms,)).fetchall()
            asked += 1
    assert asked > 300
