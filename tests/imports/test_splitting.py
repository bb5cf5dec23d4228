"""Cells that hold title and name, or two persons."""

from __future__ import annotations

import pytest

from legation.imports.splitting import NameSplitter

COUNTRIES = {"japan": "JPN", "turkmenistan": "TKM", "us": "USA", "turkmen": "TKM"}


@pytest.fixture
def splitter() -> NameSplitter:
    return NameSplitter(COUNTRIES)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("Prime Minister Benjamin Netanyahu", [("Prime Minister", "Benjamin Netanyahu")]),
        (
            "Ahmet Gurbanov, Deputy Minister of Foreign Affairs",
            [("Deputy Minister of Foreign Affairs", "Ahmet Gurbanov")],
        ),
        ("Rashid Meredov (Minister of Foreign Affairs)", [("Minister of Foreign Affairs", "Rashid Meredov")]),
        ("Chairman of the Presidency Bakir Izetbegovic", [("Chairman of the Presidency", "Bakir Izetbegovic")]),
        ("Prime Minister of Japan Kishida Fumio", [("Prime Minister of Japan", "Kishida Fumio")]),
        ("U.S. Secretary of State Antony Blinken", [("U.S. Secretary of State", "Antony Blinken")]),
        ("Serdar Berdimuhamedov President of Turkmenistan", [("President of Turkmenistan", "Serdar Berdimuhamedov")]),
        ("President- elect Ernesto Zedillo", [("President- elect", "Ernesto Zedillo")]),
        ("Bundeskanzlerin Angela Merkel", [("Bundeskanzlerin", "Angela Merkel")]),
        ("Queen Elizabeth II", [("Queen", "Elizabeth II")]),
        ("Valdas Adamkus", [("", "Valdas Adamkus")]),
        ("H.E. Mr Ahmet Gurbanov", [("", "Ahmet Gurbanov")]),
        ("Prime Minister Dean Barrow", [("Prime Minister", "Dean Barrow")]),
        ("President Benigno S. Aquino, 3rd", [("President", "Benigno S. Aquino, 3rd")]),
        ("Gurbanov, Ahmet", [("", "Gurbanov, Ahmet")]),
        (
            "President Anwar Sadat, Prime Minister Mustafa Khalil",
            [("President", "Anwar Sadat"), ("Prime Minister", "Mustafa Khalil")],
        ),
        ("King Abdullah and Crown Prince Hussein", [("King", "Abdullah"), ("Crown Prince", "Hussein")]),
        ("Premier and Prince Sihanouk", [("Premier and Prince", "Sihanouk")]),
        ("John Smith and Jane Doe", [("", "John Smith"), ("", "Jane Doe")]),
        (
            "Foreign Minister Wang Yi; Vice Premier Liu He",
            [("Foreign Minister", "Wang Yi"), ("Vice Premier", "Liu He")],
        ),
        ("", []),
    ],
)
def test_persons_of_a_cell(splitter: NameSplitter, cell: str, found: list[tuple[str, str]]) -> None:
    assert [(each.title, each.name) for each in splitter.persons(cell)] == found
