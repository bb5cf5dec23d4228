"""Whether two names tell of one body: legal forms, the pattern of foreign ministries, pairs of committees."""

from __future__ import annotations

import pytest

from legation.matching.organisations import OrganisationFacts, compare_organisations
from legation.matching.persons import Likeness

SAME, LIKELY, DIFFERENT = Likeness.SAME_KEY, Likeness.LIKELY, Likeness.DIFFERENT


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("Itochu Corporation", "ITOCHU", SAME),
        ("Foreign Ministry of Turkmenistan", "Ministry of Foreign Affairs of Turkmenistan", SAME),
        ("Japanese-Turkmen Economic Cooperation Committee", "Japan-Turkmen Economic Cooperation Committee", LIKELY),
        (
            "Turkmen-Japanese Economic Cooperation Committee",
            "Japanese-Turkmen Economic Cooperation Committee",
            DIFFERENT,
        ),
        (
            "Turkmen-Japanese Economic Cooperation Committee",
            "Japan – Turkmen Economic Cooperation Committee",
            DIFFERENT,
        ),
        ("Ministry of Industry", "Ministry of Energy", DIFFERENT),
        ("Middle School No. 12", "Middle School No. 13", DIFFERENT),
        ("State Bank for Foreign Economic Affairs", "State Bank of Foreign Economic Affairs", LIKELY),
        ("...", "!!!", DIFFERENT),
    ],
)
def test_names_within_one_country(one: str, other: str, likeness: Likeness) -> None:
    left, right = OrganisationFacts(one, "JPN"), OrganisationFacts(other, "JPN")
    for verdict in (compare_organisations(left, right), compare_organisations(right, left)):
        assert verdict.likeness is likeness, verdict.reason
        assert verdict.is_certain is (likeness is SAME)


@pytest.mark.parametrize(
    ("one", "other", "likeness", "is_certain"),
    [
        (OrganisationFacts("Foreign Ministry", "TKM"), OrganisationFacts("Foreign Ministry", "JPN"), DIFFERENT, False),
        (
            OrganisationFacts("Treaty Division", "JPN", 1),
            OrganisationFacts("Treaty Division", "JPN", 2),
            DIFFERENT,
            False,
        ),
        (OrganisationFacts("Itochu", "JPN"), OrganisationFacts("Itochu Corp."), SAME, False),
        (
            OrganisationFacts("Itochu", "JPN", kind="company"),
            OrganisationFacts("Itochu", "JPN", kind="ngo"),
            SAME,
            False,
        ),
        (
            OrganisationFacts("Japan Bank for International Cooperation", "JPN", acronym="JBIC"),
            OrganisationFacts("Kokusai Kyoryoku Ginko", "JPN", acronym="J.B.I.C."),
            LIKELY,
            False,
        ),
        (
            OrganisationFacts("Itochu", "JPN"),
            OrganisationFacts("C. Itoh & Co.", "JPN", other_names=("Itochu Corporation",)),
            SAME,
            True,
        ),
    ],
)
def test_country_parent_kind_and_other_names_count(
    one: OrganisationFacts, other: OrganisationFacts, likeness: Likeness, is_certain: bool
) -> None:
    verdict = compare_organisations(one, other)
    assert (verdict.likeness, verdict.is_certain) == (likeness, is_certain), verdict.reason


def test_what_a_person_told_apart_stays_apart() -> None:
    one, other = OrganisationFacts("Itochu", "JPN", id=7), OrganisationFacts("Itochu Corporation", "JPN", id=3)
    assert compare_organisations(one, other).is_certain
    assert not compare_organisations(one, other, {(3, 7)}).is_proposed


@pytest.mark.parametrize(
    ("one", "other", "is_proposed"),
    [
        ("African Development Bank", "Asian Development Bank", False),
        ("Asian Development Bank", "Eurasian Development Bank", False),
        ("Economic Community of West African States", "Economic Community of Central African States", False),
        ("Institute of Strategic Studies", "Institute of Strategic Study", True),
        ("Organisation for Road Building", "Organization for Road Building", True),
    ],
)
def test_one_other_word_makes_another_body(one: str, other: str, is_proposed: bool) -> None:
    assert compare_organisations(OrganisationFacts(one), OrganisationFacts(other)).is_proposed == is_proposed
