"""Two records become one: what moves, what becomes one below, what stands in the way; undone exactly at any time."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest

from legation.errors import UserError
from legation.quality import merge_words
from legation.quality.following import now_one_with
from legation.quality.merge_plan import Plan
from legation.quality.merging import MERGEABLE, merge, plan_of, tell_apart
from legation.storage import undo
from legation.storage.checking import check_workspace
from legation.storage.database import Database
from quality.conftest import Make, rows, state


def _plan(database: Database, record: str, kept: int, gone: int, **take: bool) -> Plan:
    with closing(database.reader()) as reader:
        return plan_of(reader, record, kept, gone, take)


def _obstacles(database: Database, plan: Plan) -> list[str]:
    with closing(database.reader()) as reader:
        return merge_words.obstacles(reader, plan)


def _merge_and_take_back(database: Database, plan: Plan) -> None:
    """Merge, look that the file is sound, and see that undoing brings everything back; then merge again."""
    before = state(database)
    done = merge(database, plan)
    merged = state(database)
    assert check_workspace(database.path) == []
    undo.revert(database, done.step)
    assert state(database) == before
    undo.redo(database)
    assert state(database) == merged


@pytest.fixture
def ministry(make: Make) -> int:
    """A ministry of Turkmenistan."""
    return make("organisation", name="Ministry of Roads", kind="ministry", country="TKM")


@pytest.fixture
def post(make: Make, ministry: int) -> int:
    """A post in it."""
    return make("post", title="Deputy Minister", organisation_id=ministry, rank=60)


def test_all_that_points_at_an_official_follows(database: Database, make: Make, post: int) -> None:
    kept = make("person", name="Ahmet Gurbanov", country="TKM", appointments=[{"post_id": post, "period": "2024/.."}])
    gone = make(
        "person", name="Akhmet Gurbanow", family_name="Gurbanow", wikidata="Q42", note="Speaks Japanese",
        appointments=[{"post_id": post, "period": "2019/2021"}], aliases=[{"name": "Ахмет Гурбанов"}],
    )  # fmt: skip
    source = make("source", title="A dispatch")
    make("citation", source_id=source, person_id=gone)
    held = rows(database, "SELECT id FROM appointment WHERE person_id = ?", gone)[0][0]
    event = make(
        "event", title="Talks", date="2020-05-01",
        delegations=[{"country": "TKM", "delegates": [
            {"person_id": gone, "role": "head", "capacities": [{"appointment_id": held, "person_id": gone}]}
        ]}],
    )  # fmt: skip
    plan = _plan(database, "person", kept, gone)
    assert merge_words.counts(plan) == {"alias": 1, "appointment": 1, "delegate": 1, "capacity": 1, "citation": 1}
    _merge_and_take_back(database, plan)
    assert rows(database, "SELECT id FROM person WHERE id = ?", gone) == []
    assert rows(database, "SELECT name, wikidata, note FROM person WHERE id = ?", kept) == [
        ("Ahmet Gurbanov", "Q42", "Speaks Japanese")
    ]
    names = rows(database, "SELECT name, kind FROM alias WHERE person_id = ? ORDER BY name", kept)
    assert names == [("Akhmet Gurbanow", "transliteration"), ("Ахмет Гурбанов", "transliteration")]
    assert rows(database, "SELECT person_id FROM capacity") == [(kept,)]
    assert rows(database, "SELECT heads FROM event_row WHERE event_id = ?", event) == [("Ahmet Gurbanov",)]


def test_the_same_person_twice_in_a_party_becomes_one_delegate(database: Database, make: Make, post: int) -> None:
    kept = make("person", name="Ana", appointments=[{"post_id": post}])
    gone = make("person", name="Anna", appointments=[{"post_id": post}])
    held = dict(rows(database, "SELECT person_id, id FROM appointment"))

    def seat(person: int, role: str, **more: Any) -> dict[str, Any]:
        capacity = {"appointment_id": held[person], "person_id": person}
        return {"person_id": person, "role": role, "capacities": [capacity], **more}

    make(
        "event", title="Talks", date="2020",
        delegations=[{"country": "TKM", "delegates": [seat(kept, "member"), seat(gone, "head", stated_as="Minister")]}],
    )  # fmt: skip
    plan = _plan(database, "person", kept, gone)
    assert {join.table for join in plan.joins} == {"person", "appointment", "delegate", "capacity"}
    _merge_and_take_back(database, plan)
    assert rows(database, "SELECT person_id, role, stated_as FROM delegate") == [(kept, "head", "Minister")]
    assert rows(database, "SELECT appointment_id, person_id FROM capacity") == [(held[kept], kept)]
    assert rows(database, "SELECT person_id, post_id FROM appointment") == [(kept, post)]


def test_nobody_is_put_on_two_sides(database: Database, make: Make) -> None:
    kept, gone = make("person", name="Ana"), make("person", name="Anna")
    make(
        "event", title="Talks", date="2020",
        delegations=[
            {"country": "TKM", "delegates": [{"person_id": kept}]},
            {"country": "JPN", "delegates": [{"person_id": gone}]},
        ],
    )  # fmt: skip
    plan = _plan(database, "person", kept, gone)
    (told,) = _obstacles(database, plan)
    assert "Ana sits for Turkmenistan and Anna for Japan" in told and "Talks" in told
    before = state(database)
    with pytest.raises(UserError, match="cannot become one yet"):
        merge(database, plan)
    assert state(database) == before


def test_two_bodies_become_one_with_their_posts_and_parts(database: Database, make: Make) -> None:
    kept = make("organisation", name="Ministry of Energy", kind="ministry", country="TKM")
    gone = make("organisation", name="Energy Ministry", acronym="EM", kind="ministry", country="TKM")
    for body in (kept, gone):
        make("post", title="Minister", organisation_id=body, rank=45)
        make("organisation", name="Department of Gas", kind="agency", country="TKM", parent_id=body)
        make("membership", organisation_id=body, country="KAZ")
    person = make("person", name="Ana")
    minister = rows(database, "SELECT id FROM post WHERE organisation_id = ?", gone)[0][0]
    make("appointment", person_id=person, post_id=minister)
    make("event", title="Talks", date="2020", delegations=[{"organisation_id": kept}, {"organisation_id": gone}])
    make("source", publisher_id=gone)
    _merge_and_take_back(database, _plan(database, "organisation", kept, gone))
    assert rows(database, "SELECT count(*) FROM post WHERE title = 'Minister'") == [(1,)]
    assert rows(database, "SELECT count(*) FROM organisation WHERE name = 'Department of Gas'") == [(1,)]
    assert rows(database, "SELECT organisation_id FROM delegation") == [(kept,)]
    assert rows(database, "SELECT publisher_id FROM source") == [(kept,)]
    assert rows(database, "SELECT acronym FROM organisation WHERE id = ?", kept) == [("EM",)]
    assert rows(database, "SELECT name FROM alias WHERE organisation_id = ?", kept) == [("Energy Ministry",)]


def test_parties_that_become_one_keep_their_delegates_but_never_two_heads(database: Database, make: Make) -> None:
    kept = make("organisation", name="Itochu", kind="company", country="JPN")
    gone = make("organisation", name="Itochu Corporation", kind="company", country="JPN")
    people = [make("person", name=name) for name in ("Ana", "Bo", "Chi")]

    def party(body: int, *seats: tuple[int, str]) -> dict[str, Any]:
        delegates = [{"person_id": person, "role": role} for person, role in seats]
        return {"country": "JPN", "organisation_id": body, "delegates": delegates}

    first = make(
        "event", title="Talks", date="2020",
        delegations=[party(kept, (people[0], "head")), party(gone, (people[1], "member"), (people[2], "adviser"))],
    )  # fmt: skip
    _merge_and_take_back(database, _plan(database, "organisation", kept, gone))
    assert rows(database, "SELECT count(*), count(DISTINCT delegation_id) FROM delegate") == [(3, 1)]
    undo.undo(database)
    make(
        "event", title="Second talks", date="2020",
        delegations=[party(kept, (people[0], "head")), party(gone, (people[1], "head"))],
    )  # fmt: skip
    (told,) = _obstacles(database, _plan(database, "organisation", kept, gone))
    assert "Second talks" in told and "Ana" in told and "Bo" in told and "head" in told and first


def test_a_body_and_what_it_is_part_of_become_one(database: Database, make: Make) -> None:
    top = make("organisation", name="Group", kind="company", country="JPN")
    middle = make("organisation", name="Holding", kind="company", country="JPN", parent_id=top)
    low = make("organisation", name="Division", kind="company", country="JPN", parent_id=middle)
    assert "part" in _obstacles(database, _plan(database, "organisation", low, top))[0]
    _merge_and_take_back(database, _plan(database, "organisation", low, middle))
    assert rows(database, "SELECT parent_id FROM organisation WHERE id = ?", low) == [(top,)]
    _merge_and_take_back(database, _plan(database, "organisation", top, low))
    assert rows(database, "SELECT parent_id FROM organisation WHERE id = ?", top) == [(None,)]


def test_a_country_that_becomes_another_leaves_its_code_as_a_name(database: Database, make: Make) -> None:
    gone = make("country", code="XAA", name="Turkmenia", demonym="Turkmenian", capital="Krasnovodsk")
    ((kept,),) = rows(database, "SELECT id FROM country WHERE code = 'TKM'")
    for code in ("TKM", "XAA"):
        make("organisation", name="Ministry of Health", kind="ministry", country=code)
    person = make("person", name="Ana", country="XAA")
    make("event", title="Talks", date="2020", country="XAA", delegations=[{"country": "XAA"}, {"country": "TKM"}])
    _merge_and_take_back(database, _plan(database, "country", kept, gone))
    assert rows(database, "SELECT country FROM person WHERE id = ?", person) == [("TKM",)]
    assert rows(database, "SELECT country FROM delegation") == [("TKM",)]
    assert rows(database, "SELECT count(*) FROM organisation WHERE name = 'Ministry of Health'") == [(1,)]
    names = rows(database, "SELECT name, kind FROM alias WHERE country = 'TKM' AND kind = 'former' ORDER BY name")
    assert {("Turkmenia", "former"), ("XAA", "former")} <= set(names)


def test_a_person_chooses_the_values_that_stay(database: Database, make: Make) -> None:
    kept = make("person", name="Akhmet Gurbanow", family_name="Gurbanow", given_name="Akhmet", birth_date="1970")
    gone = make("person", name="Ahmet Gurbanov", family_name="Gurbanov", given_name="Ahmet", birth_date="1971")
    by_rule = _plan(database, "person", kept, gone)
    assert not any(each.takes_other for each in by_rule.fields)
    _merge_and_take_back(database, _plan(database, "person", kept, gone, name=True))
    found = rows(database, "SELECT name, family_name, given_name, sort_name, birth_date FROM person")
    assert found == [("Ahmet Gurbanov", "Gurbanov", "Ahmet", "gurbanov ahmet", "1970")]
    assert rows(database, "SELECT name, person_id FROM alias WHERE person_id = ?", kept) == [("Akhmet Gurbanow", kept)]


def test_a_value_that_does_not_go_with_the_others_is_left_or_told(database: Database, make: Make) -> None:
    kept = make("organisation", name="World Roads", kind="igo")
    gone = make("organisation", name="Roads of the World", kind="ngo", country="JPN")
    assert not any(each.takes_other for each in _plan(database, "organisation", kept, gone).fields)
    (told,) = _obstacles(database, _plan(database, "organisation", kept, gone, country=True))
    assert "no home country" in told


def test_a_name_that_somebody_else_has_is_told(database: Database, make: Make) -> None:
    kept = make("organisation", name="Roads", kind="ngo")
    gone = make("organisation", name="Road Works", kind="ngo", country="JPN")
    make("organisation", name="Roads", kind="company", country="JPN")
    (told,) = _obstacles(database, _plan(database, "organisation", kept, gone))
    assert "Roads" in told
    assert _obstacles(database, _plan(database, "organisation", kept, gone, country=False)) == []


def test_what_was_said_of_pairs_follows(database: Database, make: Make) -> None:
    one, two, three, four = (make("person", name=name) for name in ("Ana", "Anna", "Anja", "Anya"))
    for pair in ((two, three), (one, three), (one, two), (four, two)):
        tell_apart(database, "person", *pair)
    assert tell_apart(database, "person", three, two).step == 0
    _merge_and_take_back(database, _plan(database, "person", four, one))
    _merge_and_take_back(database, _plan(database, "person", four, two))
    assert rows(database, "SELECT first_id, second_id FROM not_same") == [(three, four)]


def test_where_imported_rows_came_from_follows(database: Database, make: Make) -> None:
    kept, gone = make("person", name="Ana"), make("person", name="Anna")

    def work(session: Any) -> None:
        for row, id in (("1", kept), ("1", gone), ("2", gone)):
            session.connection().exec_driver_sql(
                "INSERT INTO import_key(source_file, source_row, digest, record, record_id) "
                "VALUES ('list.csv', ?, 'x', 'person', ?)",
                (row, id),
            )

    database.write("Import", work)
    _merge_and_take_back(database, _plan(database, "person", kept, gone))
    assert rows(database, "SELECT source_row, record_id FROM import_key ORDER BY 1") == [("1", kept), ("2", kept)]


def test_a_merge_is_undone_after_later_steps_on_other_things(database: Database, make: Make, post: int) -> None:
    kept = make("person", name="Ana", appointments=[{"post_id": post}])
    gone = make("person", name="Anna", appointments=[{"post_id": post, "period": "2001/2002"}])
    done = merge(database, _plan(database, "person", kept, gone))
    event = make(
        "event", title="Later", date="2022", delegations=[{"country": "TKM", "delegates": [{"person_id": kept}]}]
    )
    undo.revert(database, done.step)
    assert rows(database, "SELECT name FROM person ORDER BY id") == [("Ana",), ("Anna",)]
    assert rows(database, "SELECT person_id FROM delegate WHERE event_id = ?", event) == [(kept,)]
    assert rows(database, "SELECT person_id FROM appointment WHERE period = '2001/2002'") == [(gone,)]
    assert check_workspace(database.path) == []


def test_what_changed_since_it_was_shown_is_shown_again(database: Database, make: Make, post: int) -> None:
    kept, gone = make("person", name="Ana"), make("person", name="Anna")
    plan = _plan(database, "person", kept, gone)
    make("appointment", person_id=gone, post_id=post)
    before = state(database)
    with pytest.raises(UserError, match="changed meanwhile"):
        merge(database, plan)
    assert state(database) == before


def test_one_can_ask_what_a_record_became_one_with(database: Database, make: Make) -> None:
    one, two, three = (make("person", name=name) for name in ("Ana", "Anna", "Anja"))
    merge(database, _plan(database, "person", two, one))
    merge(database, _plan(database, "person", three, two))
    with closing(database.reader()) as reader:
        assert now_one_with(reader, "person", one) == three
        assert now_one_with(reader, "person", two) == three
        assert now_one_with(reader, "person", three) is None
    undo.undo(database)
    with closing(database.reader()) as reader:
        assert now_one_with(reader, "person", one) == two and now_one_with(reader, "person", two) is None


@pytest.mark.parametrize("record", MERGEABLE)
def test_what_makes_no_sense_is_told(database: Database, record: str) -> None:
    for kept, gone in ((1, 1), (1, 99999), (99999, 1)):
        with pytest.raises(UserError):
            _plan(database, record, kept, gone)
    with pytest.raises(UserError):
        _plan(database, "event", 1, 2)


def test_citations_that_say_the_same_become_one(database: Database, make: Make) -> None:
    kept, gone, source = make("person", name="Ana"), make("person", name="Anna"), make("source", title="A dispatch")
    for person, place in ((kept, "p. 1"), (gone, "p. 1"), (gone, "p. 2")):
        make("citation", source_id=source, person_id=person, locator=place)
    _merge_and_take_back(database, _plan(database, "person", kept, gone))
    found = rows(database, "SELECT person_id, locator FROM citation ORDER BY locator")
    assert found == [(kept, "p. 1"), (kept, "p. 2")]


def test_the_preview_names_every_row_that_moves(sample_database: Database) -> None:
    plan = _plan(sample_database, "country", *_ids(sample_database, "TKM", "JPN"))
    with closing(sample_database.reader()) as reader:
        lines, told = merge_words.lines(reader, plan), merge_words.summary(plan)
        assert merge_words.lines(reader, plan, most=5) and len(merge_words.lines(reader, plan, most=5)) <= 5
        fields = merge_words.field_lines(reader, plan)
    added = sum(len(join.names) for join in plan.joins)
    assert len(lines) == len(plan.moves) + len(plan.joins) - 1 + len(plan.dropped) + added
    assert all(line.what and line.which and line.then for line in lines)
    assert "parties (" in told and "officials (3)" in told
    assert ("Capital", "Ashgabat", "Tokyo") in [(each.label, each.stays, each.goes) for each in fields]


def _ids(database: Database, *codes: str) -> list[int]:
    return [rows(database, "SELECT id FROM country WHERE code = ?", code)[0][0] for code in codes]
