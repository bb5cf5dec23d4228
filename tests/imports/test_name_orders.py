"""Which word of a name in two is the family name, for states that write it first, by the words and by the list."""

from __future__ import annotations

import pytest

from imports.text_tables import asked, imported, table
from legation.imports.name_orders import NameOrders, given_stands_first
from legation.storage.database import Database


@pytest.mark.parametrize(
    ("name", "state", "told"),
    [
        ("Viktor Orban", "HUN", True),
        ("Orbán Viktor", "HUN", False),
        ("Shinzo Abe", "JPN", True),
        ("Xi Jinping", "CHN", False),
        ("Kim Dae-jung", "KOR", False),
        ("Syngman Rhee", "KOR", True),
        ("Hana Mifune", "JPN", None),
        ("Abe", "JPN", None),
    ],
)
def test_the_words_of_a_name_tell_its_order(name: str, state: str, told: bool | None) -> None:
    assert given_stands_first(name, state) is told


def test_a_name_that_tells_nothing_follows_its_list() -> None:
    orders = NameOrders()
    assert orders.split("Hana Mifune", "JPN").family == "Hana"  # the order of the state, where nothing tells
    for name in ("Shinzo Abe", "Shinzo Abe", "Fumio Kishida", "Mori Yoshiro"):
        orders.look(name, "JPN")
    assert orders.split("Hana Mifune", "JPN").family == "Mifune"
    assert orders.split("Mori Yoshiro", "JPN").family == "Mori"  # its own words tell
    assert orders.split("HANA Mifune", "JPN").family == "Hana"  # capitals always do
    assert orders.split("Hana Mifune", "CHN").family == "Hana"  # votes count for one state
    assert orders.split("Anna Berg", "NOR").family == "Berg"


def test_a_table_in_english_keeps_the_official_order_and_the_printed_name(database: Database) -> None:
    text = "Date,Visitor,Country,Host country\n"
    text += "2015-04-26,Prime Minister Shinzo Abe,Japan,United States\n2016-01-01,Minister Hana Mifune,Japan,Norway\n"
    plan = imported(database, table(text, "visits.csv"))
    assert [row.label for row in plan.rows] == [
        "Visit of Abe to the United States of America", "Visit of Mifune to Norway"
    ]  # fmt: skip
    found = (
        "SELECT p.name, p.family_name, a.name, a.kind FROM person p JOIN alias a ON a.person_id = p.id ORDER BY p.id"
    )
    assert asked(database, found) == [
        ("Abe Shinzo", "Abe", "Shinzo Abe", "order"), ("Mifune Hana", "Mifune", "Hana Mifune", "order")
    ]  # fmt: skip
