"""Questions: every condition, words in any script, every order, and a number of statements that rows do not change."""

from __future__ import annotations

from contextlib import closing

import pytest

from legation.errors import UserError
from legation.fields.draft import new_draft
from legation.fields.folding import needles
from legation.fields.kinds import Link
from legation.records.catalogue import RECORD_TYPES, record_type
from legation.storage import plans, queries
from legation.storage.database import Database
from legation.storage.filters.conditions import Filter, words_in
from legation.storage.filters.keys import KEYS
from legation.storage.filters.language import parse_filters
from legation.storage.loading import load_draft
from legation.storage.pages import columns_of, page
from legation.storage.queries import Query, beginning, count, ids, ids_of
from legation.storage.reading import Reader
from legation.storage.saving import save
from legation.storage.search import NUMBERS

LISTED = [name for name in RECORD_TYPES if name != "capacity"]


def _found(reader: Reader, record: str, typed: str) -> set[int]:
    query = Query(record, parse_filters(typed))
    found = ids(reader, query)
    assert count(reader, query) == len(found) == len(set(found))
    return set(found)


@pytest.mark.parametrize(
    ("typed", "events"),
    [
        ("", {1, 2, 3, 4, 5, 6, 7, 8}),
        ("country:TKM", {1, 2, 3, 4, 5, 6, 7, 8}),
        ("country:turkmenistan status:proposed", {6}),
        ("country:KAZ", set()),
        ("kind:meeting", {3, 4}),
        ("kind:consultations,summit", {2, 6}),
        ('kind:"expo national day"', {8}),
        ("status:held", {1, 2, 3, 4, 5}),
        ("since:2025-02", {7, 8}),
        ("until:2024", {5}),
        ("until:16.12.2024", {5}),
        ("since:2025-01-27 until:2025-01-27", {1, 2, 3, 4, 7}),
        ("official:tsubai", {4}),
        ("official:TSUBAI", {4}),
        ("official:Цубаи", {4}),
        ("official:gurbanov", {2, 3}),
        ("official:%", set()),
        ("topic:E.power", {2}),
        ("topic:e", {2, 3, 4}),
        ("topic:E.councils country:JPN kind:meeting", {4}),
    ],
)
def test_conditions_find_events(reader: Reader, typed: str, events: set[int]) -> None:
    assert _found(reader, "event", typed) == events


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("country:TUR", "TUR"),
        ("country:tr", "TUR"),
        ("country:TÜRKIYE", "TUR"),
        ("country:turkey", "TUR"),
        ("country:burma", "MMR"),
        ('country:"CÔTE D\'IVOIRE"', "CIV"),
    ],
)
def test_a_country_is_found_by_code_and_by_every_name(reader: Reader, typed: str, code: str) -> None:
    (found,) = _found(reader, "country", typed)
    assert reader.sql("SELECT code FROM country WHERE id = ?", (found,)) == [(code,)]


@pytest.mark.parametrize(
    ("record", "typed", "number"),
    [
        ("person", "country:JPN", 3),
        ("person", "official:fujii", 1),
        ("post", "country:JPN", 6),
        ("appointment", "country:TKM", 1),
        ("appointment", "official:tsubai status:full", 4),
        ("outcome", "country:TKM status:in_progress", 1),
        ("outcome", "topic:E.councils", 1),
        ("source", "since:2025 until:2025", 1),
        ("source", "kind:article-newspaper until:2024", 0),
        ("membership", "country:TKM", 13),
    ],
)
def test_conditions_find_other_records(reader: Reader, record: str, typed: str, number: int) -> None:
    found = _found(reader, record, typed)
    assert len(found) == number if record != "membership" else found


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("record", LISTED)
def test_a_condition_answers_or_says_that_it_does_not_apply(reader: Reader, record: str, key: str) -> None:
    value = {"since": "2025", "until": "2025", "kind": "igo", "status": "held"}.get(key, "x")
    try:
        found = ids(reader, Query(record, (Filter(key, value),)))
    except UserError as problem:
        assert str(problem)
    else:
        assert len(found) <= count(reader, Query(record))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("country:", "no condition|is not a condition"),
        ("colour:red", "no condition"),
        ('topic:"E', "quotation mark"),
    ],
)
def test_unlawful_conditions_are_named(typed: str, says: str) -> None:
    with pytest.raises(UserError, match=says.replace("no condition", "(no|is not a) condition")):
        parse_filters(typed)


@pytest.mark.parametrize("typed", ["status:maybe", "since:soonish", "kind:party"])
def test_unlawful_values_are_named(reader: Reader, typed: str) -> None:
    with pytest.raises(UserError, match=typed.partition(":")[2]):
        ids(reader, Query("event", parse_filters(typed)))


def test_conditions_are_written_as_they_are_read() -> None:
    typed = 'country:TKM topic:"oil and gas"'
    conditions = parse_filters(typed)
    assert parse_filters(" ".join(str(each) for each in conditions)) == conditions
    sentence = Query("event", conditions, words="tokyo").sentence()
    assert "TKM" in sentence and "oil and gas" in sentence and "tokyo" in sentence


@pytest.mark.parametrize(
    ("words", "events"),
    [
        ("tsubai", [4]),
        ("Цубаи", [4]),
        ("TOKYO consult", [2]),
        ("expo 2025", [8, 7]),
        ("zzz", []),
    ],
)
def test_words_find_events(reader: Reader, words: str, events: list[int]) -> None:
    assert ids(reader, Query("event").with_words(words)) == events


@pytest.mark.parametrize("record", ["event", "person", "organisation", "source"])
@pytest.mark.parametrize("typed", ["minister", "expo", "japan", '"foreign affairs"', "japan tokyo", "country:JPN in"])
def test_what_has_the_words_in_its_name_comes_first(reader: Reader, record: str, typed: str) -> None:
    query = Query(record, parse_filters(typed))
    found = ids(reader, query)
    ordered = ids(reader, query.sorted_by(*query.record_type.order))
    words = [each for word in words_in(query.filters) for each in needles(word)]
    sql = "SELECT rowid / 16, ' ' || name || ' ' FROM search WHERE rowid % 16 = ?"
    named = {id for id, name in reader.sql(sql, (NUMBERS[record],)) if all(each in name for each in words)}
    assert found == [id for id in ordered if id in named] + [id for id in ordered if id not in named]
    assert all(ids(reader, query, limit=most) == found[:most] for most in range(len(found) + 2))
    assert ids(reader, query, limit=3, offset=2) == found[2:5]


def test_a_chosen_order_asks_nothing_of_names(reader: Reader) -> None:
    query = Query("event", parse_filters("japan"))
    newest = ids(reader, query.sorted_by("-date"))
    assert sorted(ids(reader, query)) == sorted(newest) and ids(reader, query) != newest


@pytest.mark.parametrize("words", ['"', "(", "AND", "a:b", "*", "NEAR(", "name : x", "-", "'", "\\", "\x00"])
def test_words_are_never_a_question_of_their_own(reader: Reader, words: str) -> None:
    assert len(ids(reader, Query("event").with_words(words))) == count(reader, Query("event").with_words(words))


@pytest.mark.parametrize("most", [0, 10**6])
def test_a_phrase_does_not_go_from_the_name_into_the_text(
    sample_database: Database, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(plans, "FEW_TEXTS", most)
    draft = new_draft(record_type("event"), title="Deep green", summary="sea talks", status="held", date="2026-01")
    id = sample_database.write("Add event", lambda session: save(session, draft)).result
    with closing(sample_database.reader()) as reader:
        for typed, found in (('"deep green"', [id]), ('"sea talks"', [id]), ('"green sea"', []), ("green sea", [id])):
            query = Query("event", parse_filters(typed))
            assert ids(reader, query) == ids(reader, query, 3) == beginning(reader, query, 3)[0] == found


def test_words_follow_what_is_saved(sample_database: Database) -> None:
    with closing(sample_database.reader()) as reader:
        draft = load_draft(reader, record_type("person"), 4)
    draft.add_line("aliases", new_draft(record_type("alias"), name="椿井弘之", kind="native_script"))
    sample_database.write("Edit", lambda session: save(session, draft))
    with closing(sample_database.reader()) as reader:
        assert ids(reader, Query("person", words="椿井")) == [4]
        assert ids(reader, Query("event", words="弘之")) == [4]


def _texts(reader: Reader, record: str, field: str, order: str) -> list[str]:
    chosen = ids(reader, Query(record, order=(order,)))
    return [row.texts[0] for row in page(reader, record_type(record), columns_of(record_type(record), [field]), chosen)]


@pytest.mark.parametrize(
    ("record", "field"), [("event", "title"), ("person", "name"), ("country", "code"), ("post", "title")]
)
def test_an_order_turns_round(reader: Reader, record: str, field: str) -> None:
    up, down = (_texts(reader, record, field, order) for order in (field, f"-{field}"))
    assert len(set(up)) > 1
    assert up == sorted(up)
    assert down == up[::-1]


@pytest.mark.parametrize("record", LISTED)
def test_every_order_lists_every_record_once_and_empty_values_last(reader: Reader, record: str) -> None:
    everything = set(ids(reader, Query(record)))
    for field in record_type(record).by_name.values():
        for order in (field.name, f"-{field.name}"):
            found = ids(reader, Query(record, order=(order,)))
            assert len(found) == len(everything) and set(found) == everything
            values = [row.values[0] for row in page(reader, record_type(record), [field], found)]
            if not isinstance(field.kind, Link):
                empty = [value is None for value in values]
                assert empty == sorted(empty), order


def test_pages_follow_each_other(reader: Reader) -> None:
    whole = ids(reader, Query("country"))
    parts = [ids(reader, Query("country"), 100, offset) for offset in (0, 100, 200, 300)]
    assert [id for part in parts for id in part] == whole


@pytest.mark.parametrize("record", ["event", "country", "organisation", "person", "post", "appointment", "source"])
def test_a_page_asks_the_same_number_of_questions_however_many_rows(sample_database: Database, record: str) -> None:
    with closing(sample_database.reader()) as reader:
        everything = ids(reader, Query(record))
    asked = []
    for rows in (everything[len(everything) // 2 :], everything, everything * 3):
        with closing(sample_database.reader()) as reader:
            assert [row.id for row in page(reader, record_type(record), columns_of(record_type(record)), rows)] == rows
            asked.append(reader.statements)
    assert asked[0] == asked[1] == asked[2]


@pytest.mark.parametrize(
    ("record", "order"),
    [("event", "country"), ("person", "country"), ("event", "parent_id"), ("appointment", "post_id")],
)
@pytest.mark.parametrize("turn", ["", "-"])
def test_sorting_all_by_a_link_is_the_same_as_sorting_some(reader: Reader, record: str, order: str, turn: str) -> None:
    query = Query(record, order=(turn + order,))
    every = ids(reader, query)
    assert every == [row[0] for row in reader.rows(ids_of(query))]
    assert [ids(reader, query, limit=most) for most in (1, 5)] == [every[:1], every[:5]]
    assert ids(reader, query, limit=3, offset=4) == every[4:7]


TYPED = (
    "country:TKM",
    "country:TKM since:2024",
    "until:2024",
    "kind:meeting,consultations",
    "japan country:TKM",
    "-city:Tokyo",
    "official:gurbanov",
    "(since:2025 or undated) -kind:visit",
)


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("order", ["country", "-country", "title", "-framework_id"])
@pytest.mark.parametrize("most", [0, 3, 10**6])
def test_every_way_to_a_page_gives_the_same_rows(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, typed: str, order: str, most: int
) -> None:
    query = Query("event", parse_filters(typed), order=(order,))
    every = ids(reader, query)
    for name in ("FEW_TEXTS", "FEW", "MANY"):  # few in the sample are many here, and the other way round
        monkeypatch.setattr(plans, name, most)
    assert every
    assert ids(reader, query) == every and count(reader, query) == len(every)
    assert ids(reader, query, 4) + ids(reader, query, 4, 4) == every[:8]


@pytest.mark.parametrize("typed", ["japan", "energy", "power", "t", "minister", "japan country:TKM", "country:TKM"])
@pytest.mark.parametrize("order", [(), ("title",)])
@pytest.mark.parametrize(("most", "several"), [(0, 0), (10**6, 10**6), (10**6, 0)])
def test_the_beginning_is_that_of_all(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, typed: str, order: tuple[str, ...], most: int, several: int
) -> None:
    query = Query("event", parse_filters(typed), order=order)
    every = ids(reader, query)
    monkeypatch.setattr(queries, "ENOUGH", 2)
    monkeypatch.setattr(plans, "FEW_TEXTS", most)
    monkeypatch.setattr(queries, "SEVERAL_TEXTS", several)
    monkeypatch.setattr(queries, "LOOKED_AT", (1, 2, 4))
    for asked in (1, 3, 200):
        first, are_all = beginning(reader, query, asked)
        assert first == every[: len(first)] and len(first) >= min(2, asked, len(every))
        assert not are_all or first == every
