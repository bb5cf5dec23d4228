"""The filter language: what each key finds in the sample, what it says in words, and where a mistake stands."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from legation.storage.filters.asking import require_lawful
from legation.storage.filters.conditions import Either, Filter, Words
from legation.storage.filters.keys import FLAGS, KEYS
from legation.storage.filters.language import FilterProblem, keyed, parse_filters
from legation.storage.filters.sentences import names_in
from legation.storage.plans import Plan
from legation.storage.queries import Query, count, ids, ids_of
from legation.storage.reading import Reader


@pytest.fixture(autouse=True)
def _in_spring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGATION_TODAY", "2025-03-01")


EVERYTHING = {1, 2, 3, 4, 5, 6, 7, 8}
FOUND = {
    "country:TKM+JPN": EVERYTHING,
    "country:TKM+KAZ": set(),
    "country:KAZ,JPN": EVERYTHING,
    'country:"Japan"+tm': EVERYTHING,
    "-country:JPN": set(),
    'region:"central asia"': EVERYTHING,
    "region:143": EVERYTHING,
    "official:gurbanov+fujii": {3},
    "official:gurbanov,tsubai": {2, 3, 4},
    "-official:gurbanov": {1, 4, 5, 6, 7, 8},
    "official:1": {2, 3},
    'post:"deputy minister"': {2, 3},
    "post:itochu": {4},
    "rank<=60": {2, 3},
    "rank<60": set(),
    "rank>=200": {4},
    "rank>200": {4},
    "rank:78": {2},
    "body:itochu": {4},
    "topic:e": {2, 3, 4},
    "topic:E.power+E.digital": {2},
    "topic:E.power,E.councils": {2, 4},
    "-topic:P": {1, 4, 5, 6, 7, 8},
    "mode:in_person": EVERYTHING,
    'mode:"in person"': EVERYTHING,
    "mode:phone": set(),
    "level:business": {4},
    "level:highest,business": {4, 6},
    "visit:state": set(),
    "since:2025-02": {7, 8},
    "-since:2025-02": {1, 2, 3, 4, 5, 6},
    "until:2024": {5},
    "date:2025-01": {1, 2, 3, 4, 7},
    "certain:2025-01": {1, 2, 3, 4},
    "-certain:2025-01": {5, 6, 7, 8},
    "undated": {6},
    "-undated": {1, 2, 3, 4, 5, 7, 8},
    "date:2024 or undated": {5, 6},
    "city:TOKYO": {1, 2},
    "city:Tōkyō": {1, 2},
    "city:osaka,tokyo": {1, 2, 7, 8},
    "-city:tokyo": {3, 4, 5, 6, 7, 8},
    'within:"World Expo"': {8},
    "within:1": {2, 3, 4},
    "-within:visit": {1, 5, 6, 7, 8},
    'framework:"Central Asia + Japan"': {6},
    "outcome:open": {5},
    "outcome:closed": set(),
    "outcome:agreements": {5},
    'outcome:"in progress"': {5},
    "overdue": set(),
    "source:caspian": EVERYTHING,
    "source:akipress": set(),
    "unsourced": set(),
    "-unsourced": EVERYTHING,
    "tsubai": {4},
    "consult tok": {2},
    "-tokyo kind:meeting": {3, 4},
    '"political consultations"': {2},
    '"consultations political"': set(),
    '-"political consultations" city:tokyo': {1},
    "kind:meeting or kind:summit": {3, 4, 6},
    "kind:meeting or kind:summit status:held": {3, 4},
    "kind:meeting or kind:summit or undated": {3, 4, 6},
    "kind:summit or (kind:meeting level:business)": {4, 6},
    "-(kind:meeting level:business)": {1, 2, 3, 5, 6, 7, 8},
    "-(kind:meeting or city:tokyo)": {5, 6, 7, 8},
    "gurbanov or tsubai": {2, 3, 4},
    "KIND:Meeting": {3, 4},
    "": EVERYTHING,
}


@pytest.mark.parametrize("typed", FOUND)
def test_events_are_found(reader: Reader, typed: str) -> None:
    query = Query("event", parse_filters(typed))
    require_lawful(reader, typed, "event")
    assert set(ids(reader, query)) == FOUND[typed]
    assert count(reader, query) == len(FOUND[typed])
    in_order = ids(reader, query)
    assert [row[0] for row in reader.rows(ids_of(query, plan=Plan(query)))] == in_order
    assert [row[0] for row in reader.rows(ids_of(query, plan=Plan(query).by_small_sets(reader)))] == in_order
    for limit in (1, 3):
        assert ids(reader, query, limit) == in_order[:limit]


@pytest.mark.parametrize(
    ("record", "typed", "found"),
    [
        ("person", "post:itochu", {4}),
        ("person", "rank<=60", {1, 3}),
        ("post", "rank>=200 country:JPN", {4, 5, 6, 7}),
        ("appointment", "post:special", {2}),
        ("outcome", "outcome:open topic:e", {1}),
        ("outcome", "overdue", set()),
        ("outcome", "undated", {1}),
        ("outcome", 'framework:"joint meeting"', {1}),
        ("outcome", "official:gurbanov", set()),
        ("source", "body:akipress", {2}),
        ("source", "undated", {1, 2}),
        ("appointment", "unsourced", set()),
        ("person", "unsourced", {1, 2, 3, 4}),
        ("person", "-source:caspian", {1, 2, 3, 4}),
        ("appointment", "source:caspian rank<=60", {1, 3}),
    ],
)
def test_other_records_are_found(reader: Reader, record: str, typed: str, found: set[int]) -> None:
    query = Query(record, parse_filters(typed))
    assert set(ids(reader, query)) == found


@pytest.mark.parametrize(
    ("typed", "word", "says"),
    [
        ("country:TKM colour:red", "colour:red", "no condition “colour”"),
        ("since:soonish", "since:soonish", "soonish"),
        ("kind:meeting  status:maybe", "status:maybe", "maybe"),
        ("country:Atlantis", "country:Atlantis", "No country"),
        ("topic:astrology", "topic:astrology", "No topic"),
        ("region:Middle-earth", "region:Middle-earth", "No region"),
        ("rank<=high", "rank<=high", "no rank"),
        ("kind>3", "kind>3", "cannot be used"),
        ("outcome:nice", "outcome:nice", "nothing that an outcome can be"),
        ("kind:", "kind:", "not a condition"),
        ('tokyo "open', '"', "not closed"),
        ('city:"Tokyo', "city:", "not closed"),
        ("or tokyo", "or", "between two"),
        ("tokyo or", "or", "between two"),
        ("tokyo or or osaka", "or", "between two"),
        ("(tokyo", "(", "not closed"),
        ("tokyo )", ")", "never opened"),
        ("()", "(", "nothing between"),
        ("(" * 30 + "a" + ")" * 30, "(", "too many"),
    ],
)
def test_a_mistake_is_shown_where_it_stands(reader: Reader, typed: str, word: str, says: str) -> None:
    with pytest.raises(FilterProblem, match=says) as raised:
        require_lawful(reader, typed, "event")
        ids(reader, Query("event", parse_filters(typed)))
    assert typed[raised.value.start : raised.value.end].startswith(word)


def test_a_key_that_does_not_apply_is_refused(reader: Reader) -> None:
    with pytest.raises(FilterProblem, match="Countries cannot be filtered by “city”"):
        require_lawful(reader, "city:tokyo", "country")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("country:TKM+JPN since:2024", "with Turkmenistan and Japan; since 2024"),
        ("country:TKM,jp", "with Turkmenistan or Japan"),
        ("topic:E.power -status:cancelled", "on Electric power; without the status cancelled"),
        ('rank<=40 city:"Saint Petersburg"', "with a rank of 40 or higher; in Saint Petersburg"),
        ("kind:meeting or undated", "of the kind meeting or without a date"),
        ("-(kind:summit tokyo)", "not (of the kind summit and with the word “tokyo”)"),
        ('-"oil and gas" overdue', "without exactly “oil and gas”; with an overdue outcome"),
        ("certain:2025-01", "surely in January 2025"),
        ("outcome:in_progress", "with an outcome that is in progress"),
    ],
)
def test_a_filter_reads_as_a_sentence(reader: Reader, typed: str, sentence: str) -> None:
    conditions = parse_filters(typed)
    said = Query("event", conditions).sentence(names_in(reader, conditions))
    assert said == f"Events: {sentence}"


@pytest.mark.parametrize("name", KEYS)
def test_every_example_is_lawful_and_is_said(reader: Reader, name: str) -> None:
    example = KEYS[name].example
    (condition,) = parse_filters(example)
    assert isinstance(condition, Filter) and condition.key == name and str(condition) == example
    said = Query("event", (condition,)).sentence(names_in(reader, [condition]))
    assert "{" not in said and said != "All events"
    assert (name in FLAGS) == (":" not in example and "<" not in example)
    ids(reader, Query("event", (condition,)))


def test_quotation_marks_keep_a_value_whole() -> None:
    (condition,) = parse_filters('framework:"Central Asia + Japan","A ""B"", C"')
    assert isinstance(condition, Filter)
    assert condition.parts() == (("Central Asia + Japan", 'A "B", C'),)
    assert [each.condition for each in keyed('a framework:"x y" b')] == [Filter("framework", '"x y"')]


def test_or_binds_its_neighbours() -> None:
    first, either, last = parse_filters("a b or c d")
    assert (first, last) == (Words("a"), Words("d"))
    assert either == Either((Words("b"), Words("c")))


@given(st.text(alphabet=st.sampled_from(list('ab :"()-+,<>=ор東\t')), max_size=40) | st.text(max_size=40))
def test_whatever_is_typed_is_understood_or_refused_at_a_place(typed: str) -> None:
    try:
        conditions = parse_filters(typed)
    except FilterProblem as problem:
        assert 0 <= problem.start < problem.end <= len(typed)
    else:
        printed = " ".join(str(each) for each in conditions)
        assert parse_filters(printed) == conditions


def test_a_region_finds_its_countries(reader: Reader) -> None:
    found = ids(reader, Query("country", parse_filters('region:"central asia"')))
    assert found == [row[0] for row in reader.sql("SELECT id FROM country WHERE region LIKE '143 %' ORDER BY name")]
    assert len(found) == 5
