"""Whether two names tell of one person: the rules, the traps that shaped them, and what is never proposed."""

from __future__ import annotations

import pytest

from legation.matching.persons import Likeness, PersonFacts, compare_persons, likely_same

SPECIAL_REPRESENTATIVE = frozenset({"special representative"})
DEPUTY_MINISTER = frozenset({"deputy minister"})
MINISTRY = frozenset({"ministry"})
GURBANOV = PersonFacts("Ahmet Gurbanov", "Gurbanov", "Ahmet", "TKM", DEPUTY_MINISTER, MINISTRY)


def test_two_holders_of_one_post_with_one_given_name_are_two_persons() -> None:
    ikegami = PersonFacts("Ikegami Masaki", "Ikegami", "Masaki", "JPN", SPECIAL_REPRESENTATIVE)
    ishikawa = PersonFacts("Ishikawa Masaki", "Ishikawa", "Masaki", "JPN", SPECIAL_REPRESENTATIVE)
    verdict = compare_persons(ikegami, ishikawa)
    assert verdict.likeness is Likeness.DIFFERENT
    assert verdict.reason == "The family names differ."
    for one in ("Ikegami Masaki", "Masaki Ikegami"):
        for other in ("Ishikawa Masaki", "Masaki Ishikawa"):
            unsplit = [PersonFacts(name, country="JPN", posts=SPECIAL_REPRESENTATIVE) for name in (one, other)]
            assert not compare_persons(*unsplit).is_proposed


def test_father_and_son_with_one_family_name_and_country_are_two_persons() -> None:
    visitors = frozenset({"presidency"})
    serdar = PersonFacts("Serdar Berdimuhamedov", "Berdimuhamedov", "Serdar", "TKM", organisations=visitors)
    gurbanguly = PersonFacts("Gurbanguly Berdimuhamedov", "Berdimuhamedov", "Gurbanguly", "TKM", organisations=visitors)
    verdict = compare_persons(serdar, gurbanguly)
    assert verdict.likeness is Likeness.DIFFERENT
    assert verdict.reason == "The given names differ."
    unsplit = [PersonFacts(each.name, country="TKM", organisations=visitors) for each in (serdar, gurbanguly)]
    assert not compare_persons(*unsplit).is_proposed


@pytest.mark.parametrize(
    ("other", "likeness", "is_certain"),
    [
        (PersonFacts("Akhmet Gurbanov", country="TKM"), Likeness.SAME_KEY, True),
        (PersonFacts("GURBANOW Ahmet", posts=DEPUTY_MINISTER), Likeness.SAME_KEY, True),
        (PersonFacts("Gurbanov Ahmet"), Likeness.SAME_KEY, False),
        (PersonFacts("Akhmet Gurbanov", country="UZB"), Likeness.SAME_KEY, False),
        (PersonFacts("Akmet Gurbanov", country="TKM"), Likeness.LIKELY, False),
        (PersonFacts("Ahmet Kurbanov", country="TKM"), Likeness.LIKELY, False),
        (PersonFacts("Gurbanov Akmet", country="TKM"), Likeness.LIKELY, False),
        (PersonFacts("Ahmet Myradovich Gurbanov", country="TKM"), Likeness.LIKELY, False),
        (PersonFacts("Akmet Gurbanov"), Likeness.DIFFERENT, False),
        (PersonFacts("Akmet Gurbanov", country="UZB"), Likeness.DIFFERENT, False),
        (PersonFacts("Akmet Gurbanov", posts=DEPUTY_MINISTER), Likeness.DIFFERENT, False),
        (PersonFacts("A. Gurbanov", posts=DEPUTY_MINISTER), Likeness.LIKELY, False),
        (PersonFacts("Gurbanov A.", organisations=MINISTRY), Likeness.LIKELY, False),
        (PersonFacts("A. Gurbanov", country="TKM"), Likeness.DIFFERENT, False),
        (PersonFacts("B. Gurbanov", posts=DEPUTY_MINISTER), Likeness.DIFFERENT, False),
        (PersonFacts("A. Gurbanova", country="TKM", posts=DEPUTY_MINISTER), Likeness.DIFFERENT, False),
        (PersonFacts("Mr Gurbanov", country="TKM", posts=DEPUTY_MINISTER), Likeness.LIKELY, False),
        (PersonFacts("Mr Gurbanov", country="TKM", organisations=MINISTRY), Likeness.DIFFERENT, False),
        (PersonFacts("Gurbanov", "Gurbanov", posts=DEPUTY_MINISTER), Likeness.LIKELY, False),
        (PersonFacts("Ahmet Saparov", country="TKM", posts=DEPUTY_MINISTER), Likeness.DIFFERENT, False),
        (PersonFacts("Kakamyrat Gurbanov", country="TKM", posts=DEPUTY_MINISTER), Likeness.DIFFERENT, False),
    ],
)
def test_spellings_of_the_deputy_minister(other: PersonFacts, likeness: Likeness, is_certain: bool) -> None:
    for verdict in (compare_persons(GURBANOV, other), compare_persons(other, GURBANOV)):
        assert (verdict.likeness, verdict.is_certain) == (likeness, is_certain), verdict.reason
        assert verdict.reason.endswith(".")


@pytest.mark.parametrize(
    ("one", "other", "country", "is_proposed"),
    [
        ("Bakhtiyor Saidov", "Bakhtiyr Saidov", "UZB", True),
        ("Fujii Hisayuki", "Hisayuki Fuji", "JPN", True),
        ("Wang Li", "Wang Lu", "CHN", False),
        ("Li Qiang", "Lu Qiang", "CHN", False),
        ("Matsumoto Kenji", "Matsumura Kenji", "JPN", False),
        ("Okamoto Ken", "Yamamoto Ken", "JPN", False),
        ("Mohammed bin Salman Al Saud", "Mohammad bin Salman Al Saud", "SAU", True),
        ("藤井比早之", "藤井比早子", "JPN", False),
        ("藤井比早之", "藤井 比早之", "JPN", True),
        ("...", "!!!", "JPN", False),
        ("Khalid Omarov", "K. Omarov", "KAZ", False),
    ],
)
def test_names_alone(one: str, other: str, country: str, is_proposed: bool) -> None:
    verdict = compare_persons(PersonFacts(one, country=country), PersonFacts(other, country=country))
    assert verdict.is_proposed is is_proposed, verdict.reason


@pytest.mark.parametrize("initial", ["K. Omarov", "Omarov K."])
def test_an_initial_fits_a_name_as_printed_and_as_it_sounds(initial: str) -> None:
    person = PersonFacts("Khalid Omarov", country="KAZ", posts=DEPUTY_MINISTER)
    assert compare_persons(person, PersonFacts(initial, posts=DEPUTY_MINISTER)).is_proposed


def test_only_initials_are_never_certain() -> None:
    one, other = (PersonFacts("A. Gurbanov", country="TKM", posts=DEPUTY_MINISTER) for _each in range(2))
    verdict = compare_persons(one, other)
    assert (verdict.likeness, verdict.is_certain) == (Likeness.SAME_KEY, False)


def test_other_names_count() -> None:
    person = PersonFacts("Fujii Hisayuki", "Fujii", "Hisayuki", "JPN", other_names=("藤井比早之",))
    assert compare_persons(person, PersonFacts("藤井比早之", country="JPN")).is_certain


def test_years_of_birth_break_homonyms() -> None:
    one, other = (PersonFacts("Kim Sung", country="KOR", birth_year=year) for year in (1955, 1981))
    assert compare_persons(one, other).likeness is Likeness.DIFFERENT


def test_what_a_person_told_apart_stays_apart() -> None:
    one, other = PersonFacts("Ahmet Gurbanov", country="TKM", id=9), PersonFacts("Akhmet Gurbanov", country="TKM", id=4)
    assert compare_persons(one, other).is_certain
    assert not compare_persons(one, other, {(4, 9)}).is_proposed
    assert compare_persons(one, other, {(4, 8)}).is_proposed


def test_the_certain_are_named_first() -> None:
    known = [
        PersonFacts("Akmet Gurbanov", country="TKM", id=1),
        PersonFacts("Serdar Berdimuhamedov", country="TKM", id=2),
        PersonFacts("Akhmet Gurbanow", id=3),
        PersonFacts("Akhmet Gurbanov", country="TKM", id=4),
    ]
    assert [person.id for person, _verdict in likely_same(GURBANOV, known)] == [4, 3, 1]
