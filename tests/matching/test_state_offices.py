"""The offices of states, by their titles."""

from __future__ import annotations

import pytest

from legation.matching.state_offices import office_of

WORDS = {"japan": "JPN", "turkmenistan": "TKM", "israel": "ISR"}


@pytest.mark.parametrize(
    ("title", "post", "body", "rank", "status"),
    [
        ("Prime Minister", "Prime Minister", "Government of Japan", 20, "full"),
        ("President", "President", "Presidency of Japan", 10, "full"),
        ("Emperor", "Emperor", "Presidency of Japan", 10, "full"),
        ("Acting President", "President", "Presidency of Japan", 10, "acting"),
        ("President- elect", "President-elect", "Presidency of Japan", 15, "designate"),
        ("Prime Minister Lord", "Prime Minister", "Government of Japan", 20, "full"),
        ("Vice Premier", "Vice Premier", "Government of Japan", 35, "full"),
        ("General Secretary", "General Secretary", "Government of Japan", 15, "full"),
        ("Minister of Finance", "Minister of Finance", "Ministry of Finance", 45, "full"),
        ("Foreign Minister", "Minister of Foreign Affairs", "Ministry of Foreign Affairs", 40, "full"),
    ],
)
def test_an_office(title: str, post: str, body: str, rank: int, status: str) -> None:
    office = office_of(title, "JPN", "Japan", WORDS)
    assert office is not None
    assert (office.post.title, office.post.body, office.post.rank, office.status) == (post, body, rank, status)


@pytest.mark.parametrize("title", ["General", "Sheikh", "Lord", "Mr", ""])
def test_ranks_are_no_offices(title: str) -> None:
    assert office_of(title, "JPN", "Japan", WORDS) is None


def test_a_prince_is_the_head_of_some_states_only() -> None:
    monaco = office_of("Prince", "MCO", "Monaco", WORDS)
    assert monaco is not None and monaco.post.rank == 10
    assert office_of("Prince", "JPN", "Japan", WORDS) is None


def test_without_a_state_the_title_must_name_its_body() -> None:
    assert office_of("Prime Minister", None, "", WORDS) is None
    named = office_of("President of Turkmenistan", None, "", WORDS)
    assert named is not None and named.post.country == "TKM" and named.is_body_printed
