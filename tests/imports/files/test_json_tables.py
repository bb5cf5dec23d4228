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
    assert rows[1] == ("2024-03-05", None, None, "Sweden; JPN, guest", "Lunch")
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


def test_every_object_is_a_row_also_one_that_looks_like_a_note_or_like_the_headings() -> None:
    meetings = [{"date": f"2024-03-{day:02}", "title": f"Meeting {day}", "note": "Talks"} for day in range(1, 20)]
    said = [*meetings[:5], {"date": "date", "title": "title", "note": "note"}, {"note": "Source: the ministry, 2024."}]
    for last in range(1, len(said)):
        _headings, rows = _rows([*meetings, *said[last:]])
        assert len(rows) == len(meetings) + len(said) - last
    many = [{"date": f"2024-03-{1 + at % 28:02}", "title": f"Meeting {at}"} for at in range(6000)]
    assert len(_rows([*many, {"title": "Notes: all of them."}])[1]) == 6001


def test_a_list_is_found_between_what_only_tells_of_it() -> None:
    headings, rows = _rows({"meta": {"count": 2}, "data": {"items": MEETINGS}})
    assert headings == HEADINGS and len(rows) == 2


def test_names_of_objects_in_a_list_stay_whole() -> None:
    people = [{"first": "Ana", "last": "Lima"}, {"givenName": "Bo", "familyName": "Ek"}]
    assert _rows([{"who": people}, {"who": [{"city": "Lisbon", "state": "Portugal"}]}]) == (
        ("who",), [("Ana Lima; Bo Ek",), ("Lisbon, Portugal",)]
    )  # fmt: skip


def test_numbers_that_are_none_and_numbers_without_end() -> None:
    (table,) = open_tables(b'[{"a": NaN, "b": "x"}, {"a": ' + b"1" * 5000 + b', "b": "y"}]', name="desk.json")
    assert [row.cells[0] for row in table.rows()] == [None, "1" * 5000]


@pytest.mark.parametrize(
    "text", ['{"a": 1}', "[]", "[1, 2", '{"a": ' * 3000 + "1" + "}" * 3000, '[{"a": 1}\n{"a": 2}', '{"a": [{}, {}]}']
)
def test_what_holds_no_records_is_told(text: str) -> None:
    with pytest.raises(UserError, match=r"desk\.json") as caught:
        open_tables(text.encode(), name="desk.json")
    assert caught.value.what_to_do


def test_a_line_that_is_nested_too_deeply_is_told() -> None:
    text = '{"a": 1}\n{"a": ' + "[" * 100_000 + "]" * 100_000 + "}\n"
    with pytest.raises(UserError, match="nested too deeply"):
        open_tables(text.encode(), name="desk.jsonl")


def test_persons_in_a_list_keep_their_posts_and_countries() -> None:
    people = [
        {"name": "Ahmet Gurbanov", "title": "Deputy Minister", "country": "Turkmenistan"},
        {"first_name": "Hisayuki", "last_name": "Fujii", "position": "Parliamentary Vice-Minister", "id": 7},
        {"name": "Astana", "country": "Kazakhstan"},
        {"title": "Joint statement", "year": 2024},
    ]
    _headings, rows = _rows([{"date": "2024-08-08", "people": people}] * 2)
    assert rows[0][1] == (
        "Ahmet Gurbanov, Deputy Minister (Turkmenistan); Hisayuki Fujii, Parliamentary Vice-Minister; "
        "Astana (Kazakhstan); Joint statement"
    )
