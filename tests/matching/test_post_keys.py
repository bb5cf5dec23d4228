"""Titles of one post meet under one key; titles that drift are likely one, others are not."""

from __future__ import annotations

import pytest

from legation.matching.post_keys import likely_one_post, post_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Defence Minister", "Minister of Defense"),
        ("Minister for Foreign Affairs", "Minister of Foreign Affairs"),
        ("Foreign Minister", "Minister of Foreign Affairs"),
        ("Deputy Foreign Minister", "Deputy Minister of Foreign Affairs"),
        ("The Minister of Labor", "Minister for Labour"),
        ("Vice-Minister of Trade & Industry", "Vice Minister for Trade and Industry"),
        ("Chairwoman", "Chairman"),
        ("PM", "Prime Minister"),
    ],
)
def test_spellings_of_one_title_have_one_key(one: str, other: str) -> None:
    assert post_key(one) == post_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deputy Minister of Foreign Affairs", "Minister of Foreign Affairs"),
        ("Secretary of State", "Secretary of Defence"),
        ("Prime Minister", "Deputy Prime Minister"),
        ("State Minister for Foreign Affairs", "Minister of Foreign Affairs"),
        ("Secretary of State", "State Secretary"),
        ("Minister", "Minister of Water"),
        ("First Deputy Minister of Defence", "Deputy Minister of Defence"),
        ("Minister of State for Defence", "Minister of Defence"),
        ("Secretary of State for Trade", "Secretary of Trade and Industry"),
        ("Minister of State", "Minister of State Property"),
    ],
)
def test_other_posts_have_other_keys_and_are_not_likely(one: str, other: str) -> None:
    assert post_key(one) != post_key(other) and likely_one_post(one, other) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Special Representative for Central Asia", "Special Representative for Central Asian and Caucasus Affairs"),
        (
            "Special Representative for Central Asia, the Caucasus and GUAM",
            "Special Representative for Central Asian and Caucasus Affairs",
        ),
        ("Minister of Water", "Minister of Water and Energy"),
        ("Minister of State for Defence", "Minister of State for Defence and Veterans"),
    ],
)
def test_a_title_that_drifts_is_likely_of_one_post(one: str, other: str) -> None:
    assert post_key(one) != post_key(other) and "The same office" in likely_one_post(one, other)
