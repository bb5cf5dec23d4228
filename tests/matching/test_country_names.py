"""Countries by every name that a table may print."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import closing

import pytest

from legation.matching.country_names import CountryNames
from legation.storage.database import Database
from legation.storage.reference import reference_folder


@pytest.fixture
def names(database: Database) -> Iterator[CountryNames]:
    with closing(database.reader()) as reader:
        yield CountryNames(reader)


def test_every_country_by_each_of_its_codes_and_names(names: CountryNames) -> None:
    with (reference_folder() / "countries.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["valid_to"]]
    assert len(rows) > 245
    for row in rows:
        for column in ("code", "iso2", "m49", "name", "official_name"):
            if row[column]:
                assert names.code_of(row[column]) == row["code"], row[column]


@pytest.mark.parametrize(
    ("printed", "year", "code"),
    [
        ("NA", None, "NAM"),
        ("Burma", 1966, "MMR"),
        ("Siam (Thailand)", 1931, "THA"),
        ("Vietnam", 1957, "XVS"),
        ("Vietnam", 1995, "VNM"),
        ("U.S.S.R.", 1959, "SUN"),
        ("Russia", 1995, "RUS"),
        ("Macedonia, Former Yugoslav Republic of", 2002, "MKD"),
        ("St. Kitts & Nevis", None, "KNA"),
        ("KOREA (THE DEMOCRATIC PEOPLE’S REPUBLIC OF)", None, "PRK"),
        ("the Republic of Korea", None, "KOR"),
        ("Holy See (the) *", None, "VAT"),
        ("Atlantis", None, None),
        ("", None, None),
    ],
)
def test_a_printed_name(names: CountryNames, printed: str, year: int | None, code: str | None) -> None:
    assert names.code_of(printed, year) == code


def test_the_one_country_of_a_text(names: CountryNames) -> None:
    assert names.in_text("U.S. Trade Representative") == "USA"
    assert names.in_text("Turkmen side") == "TKM"
    assert names.in_text("talks between Japan and Turkmenistan") is None
    assert names.in_text("nothing of the kind") is None


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Frankreich", "FRA"),
        ("Туркменистан", "TKM"),
        ("Vereinigtes Königreich", "GBR"),
        ("Japón", "JPN"),
        ("日本", "JPN"),
    ],
)
def test_names_in_other_languages(names: CountryNames, printed: str, code: str) -> None:
    assert names.in_any_language(printed) == code
    assert names.in_any_language("Atlantis") is None
