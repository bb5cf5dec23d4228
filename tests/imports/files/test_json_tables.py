"""JSON as tables: lists, lines, answers of SPARQL, objects within objects, and what is none."""

from __future__ import annotations

import json

import pytest

from legation.errors import UserError
from legation.imports.files.opening import open_tables, read_pasted

MEETINGS = [
    {"date": "2024-03-01", "place": {"city": "Lisbon", "country": {"code": "PRT"}}, "parties": ["PRT", "JPN"]},
    {"date": "2024-03-05", "title": "Lunch", "parties": [{"name": "Sweden"}, {"code": "JPN", "role": "guest"}]},
]
HEADINGS = ("date", "place / city", "place / country / code", "parties", "title")


def _rows(given: object) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    (table,) = open_tables(json.dumps(given, ensure_ascii=False).encode(), name="desk.json")
    return table.headings, [row.cells for row in table.rows()]


def test_a_list_of_objects_is_a_table() -> None:
    headings, rows = _rows(MEETINGS)
    assert headings == HEADINGS
    assert rows[0] == ("2024-03-01", "Lisbon", "PRT", "PRT; JPN", None)
    assert rows[1] == ("2024-03-05", None, None, "Sweden; JPN; guest", "Lunch")
    assert _rows({"about": "meetings", "data": MEETINGS}) == (headings, rows)
    assert _rows({"answer": {"data": MEETINGS}}) == (headings, rows)


def test_a_line_may_be_an_object() -> None:
    text = "\n".join(json.dumps(each) for each in MEETINGS) + "\n"
    (table,) = open_tables(b"\xef\xbb\xbf" + text.encode(), name="desk.jsonl")
    assert table.headings == HEADINGS
    assert [row.number for row in table.rows()] == [2, 3]
    assert [row.cells for row in read_pasted(text)[0].rows()] == [row.cells for row in table.rows()]


def test_lists_of_cells_and_objects_by_key() -> None:
    cells = [["Country", "Since"], ["Japan", 1956], ["Turkmenistan", 1992]]
    assert _rows(cells) == (("Country", "Since"), [("Japan", 1956), ("Turkmenistan", 1992)])
    by_key = {"JPN": {"name": "Japan"}, "TKM": {"name": "Turkmenistan"}}
    assert _rows(by_key) == (("key", "name"), [("JPN", "Japan"), ("TKM", "Turkmenistan")])


def test_answers_of_sparql_are_their_values() -> None:
    binding = {"person": {"type": "uri", "value": "http://x.org/Q1"}, "start": {"type": "literal", "value": "2005"}}
    answers = {"head": {"vars": ["person", "start"]}, "results": {"bindings": [binding, {"start": {"value": "2006"}}]}}
    assert _rows(answers) == (("person", "start"), [("http://x.org/Q1", "2005"), (None, "2006")])


def test_several_lists_are_several_tables() -> None:
    both = {"people": [{"name": "Ana Lima"}, {"name": "Bo Ek"}], "visits": [{"date": "2024-01-02", "to": "Lisbon"}]}
    people, visits = open_tables(json.dumps(both).encode(), name="desk.json")
    assert (people.name, people.headings, people.about) == ("people", ("name",), 2)
    assert (visits.name, visits.headings) == ("visits", ("date", "to"))


@pytest.mark.parametrize("text", ['{"a": 1}', "[]", "[1, 2", '{"a": ' * 3000 + "1" + "}" * 3000, '[{"a": 1}\n{"a": 2}'])
def test_what_holds_no_records_is_told(text: str) -> None:
    with pytest.raises(UserError, match=r"desk\.json") as caught:
        open_tables(text.encode(), name="desk.json")
    assert caught.value.what_to_do
