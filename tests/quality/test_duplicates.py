"""Likely duplicates: found by the rules of names, each pair once with its reason, and left out when told apart."""

from __future__ import annotations

from contextlib import closing

import pytest

from legation.errors import UserError
from legation.matching.persons import families_alike
from legation.quality.alike import alike_pairs
from legation.quality.duplicates import duplicates, portion
from legation.quality.merging import tell_apart
from legation.quality.pair_facts import build
from legation.quality.pairs import Pair
from legation.storage import undo
from legation.storage.database import Database
from quality.conftest import Make, rows


def _pairs(database: Database, record: str) -> list[Pair]:
    with closing(database.reader()) as reader:
        return [each for each in duplicates(reader, record) if each is not None]


def _found(database: Database, record: str = "person") -> set[tuple[str, str]]:
    names = dict(rows(database, f"SELECT id, name FROM {record}"))
    return {(names[each.first], names[each.second]) for each in _pairs(database, record)}


@pytest.fixture
def post(make: Make) -> int:
    """A post of a ministry of Turkmenistan."""
    body = make("organisation", name="Ministry of Roads", kind="ministry", country="TKM")
    return make("post", title="Deputy Minister", organisation_id=body, rank=60)


def test_officials_who_may_be_one_are_found_with_the_reason(database: Database, make: Make, post: int) -> None:
    def official(name: str, country: str | None = "TKM", **more: object) -> int:
        return make("person", name=name, country=country, **more)

    official("Ahmet Gurbanov", appointments=[{"post_id": post}])
    official("Akhmet Gurbanow")  # the same key
    official("A. Gurbanov", appointments=[{"post_id": post}])  # an initial and a post
    official("Bakhtiyor Saidov", "UZB")
    official("Bakhtiyr Saidov", "UZB")  # a given name spelt alike
    official("Rashid Meredow")
    official("Rashid Meredova")  # a family name one letter apart
    official("Serdar Berdimuhamedov")
    official("Gurbanguly Berdimuhamedov")
    official("Ikegami Masaki", "JPN")
    official("Ishikawa Masaki", "JPN")
    official("Ahmet Gurbanov", "KAZ")  # a namesake of another country
    pairs = _pairs(database, "person")
    assert _found(database) == {
        ("Ahmet Gurbanov", "Akhmet Gurbanow"), ("Ahmet Gurbanov", "A. Gurbanov"), ("Ahmet Gurbanov", "Ahmet Gurbanov"),
        ("Akhmet Gurbanow", "Ahmet Gurbanov"),
        ("Bakhtiyor Saidov", "Bakhtiyr Saidov"), ("Rashid Meredow", "Rashid Meredova"),
    }  # fmt: skip
    assert pairs[0].is_certain and [each.is_certain for each in pairs] == sorted(
        (each.is_certain for each in pairs), reverse=True
    )
    assert all(each.reason and each.first < each.second for each in pairs)
    assert len({(each.first, each.second) for each in pairs}) == len(pairs)
    assert "two countries" in pairs[-1].reason


def test_other_names_and_other_years_of_birth_count(database: Database, make: Make) -> None:
    make("person", name="藤井比早之", country="JPN", aliases=[{"name": "Fujii Hisayuki"}])
    make("person", name="Hisayuki Fujii", country="JPN")
    make("person", name="Fujii Hisayuki", country="JPN", birth_date="1971")
    make("person", name="Fujii Hisayuki", country="JPN", birth_date="1985")
    assert _found(database) == {
        ("藤井比早之", "Hisayuki Fujii"), ("藤井比早之", "Fujii Hisayuki"), ("Hisayuki Fujii", "Fujii Hisayuki")
    }  # fmt: skip
    assert len(_pairs(database, "person")) == 5


def test_a_pair_told_apart_is_not_proposed_until_that_is_undone(database: Database, make: Make) -> None:
    one, other = make("person", name="Ana Li", country="CHN"), make("person", name="Li Ana", country="CHN")
    (pair,) = _pairs(database, "person")
    assert (pair.first, pair.second) == (one, other)
    done = tell_apart(database, "person", other, one)
    assert done.result == ("person", one, other) and _pairs(database, "person") == []
    undo.revert(database, done.step)
    assert _pairs(database, "person") == [pair]


def test_organisations_that_may_be_one_are_found(database: Database, make: Make) -> None:
    before = _found(database, "organisation")
    parent = make("organisation", name="Joint Committee", kind="joint_commission")
    for name, country, acronym, above in (
        ("Itochu Corporation", "JPN", None, None),
        ("Itochu", "JPN", None, None),
        ("Foreign Ministry of Atlantis", "TKM", None, None),
        ("Ministry of Foreign Affairs of Atlantis", "TKM", None, None),
        ("Agency for Roads", "TKM", "AFR", None),
        ("Roads Authority", "TKM", "AFR", None),
        ("Institute of Strategic Studies", "TKM", None, None),
        ("Institute of Strategic Study", "TKM", None, None),
        ("Turkmen-Japanese Committee", None, None, parent),
        ("Japanese-Turkmen Committee", None, None, parent),
    ):
        make("organisation", name=name, kind="other", country=country, acronym=acronym, parent_id=above)
    assert _found(database, "organisation") - before == {
        ("Itochu Corporation", "Itochu"),
        ("Foreign Ministry of Atlantis", "Ministry of Foreign Affairs of Atlantis"),
        ("Agency for Roads", "Roads Authority"),
        ("Institute of Strategic Studies", "Institute of Strategic Study"),
    }


def test_portions_give_the_same_pairs_and_end(database: Database, make: Make) -> None:
    for number in range(6):
        make("person", name="Ana Li" if number % 2 else "Li Ana", country="CHN")
    every = _pairs(database, "person")
    with closing(database.reader()) as reader:
        found, portions = duplicates(reader, "person"), list[Pair]()
        has_ended, rounds = False, 0
        while not has_ended:
            pairs, has_ended = portion(found, 2, 60)
            portions += pairs
            rounds += 1
            assert len(pairs) <= 2
        with pytest.raises(UserError):
            duplicates(reader, "event")
    assert portions == every and len(every) == 15 and rounds >= 8


@pytest.mark.parametrize(
    ("one", "other"),
    [("gurbanov", "gurbanow"), ("saidov", "saidof"), ("kazin", "karin"), ("abdi", "abda"), ("xbdi", "abdi"),
     ("meredov", "meredova"), ("berdimuhamedov", "berdimuhamedova"), ("abcdefg", "abdcefg")],
)  # fmt: skip
def test_words_spelt_alike_are_met_in_a_crowd(one: str, other: str) -> None:
    crowd = [f"{letter}{middle}{end}" for letter in "bcdfg" for middle in "aeiou" for end in ("lovic", "mann", "sen")]
    expected = {pair for pair in alike_pairs([one, other], families_alike) if pair}
    found = {pair for pair in alike_pairs([*crowd, one, other], families_alike) if pair}
    assert expected <= found and families_alike(one, other) == bool(expected)


def test_the_facts_of_both_stand_side_by_side(sample_database: Database) -> None:
    with closing(sample_database.reader()) as reader:
        officials = build(reader, Pair("person", 1, 4, "A reason."))
        bodies = build(reader, Pair("organisation", 194, 195, "A reason."))
        gone = build(reader, Pair("person", 1, 999, "A reason."))
    facts = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in officials.tables[0].rows()}
    assert facts["Country"] == ["Turkmenistan", "Japan"]
    assert facts["Events"][0] == "2: 27 January 2025"
    assert "Executive Vice President" in facts["Posts"][1] and facts["Number"] == ["1", "4"]
    facts = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in bodies.tables[0].rows()}
    assert facts["Part of"][1] == "Itochu Corporation" and facts["Kind"] == ["Company", "Company"]
    assert gone.tables[0].count > 3
