"""Properties of names: keys do not care for case, order, diacritics or being made twice."""

from __future__ import annotations

import unicodedata

from hypothesis import assume, given, strategies as st

from legation.fields.names import display, match_key, organisation_key, sort_name, split_name, strip_honorifics

WORD = st.text("abdeghijkmnoqstuwxyzAEHKSTçéňöşüýžŌĀÇ'-ёжхшгурбанов", min_size=2, max_size=10)
NAME = (
    st.lists(WORD, min_size=1, max_size=4)
    .map(" ".join)
    .filter(
        lambda name: all(
            strip_honorifics(each) == " ".join(each.split()) for each in (name, name.upper(), name.lower())
        )
    )
)
ANY = st.text(max_size=30)


@given(NAME)
def test_the_key_does_not_care_for_order(name: str) -> None:
    words = name.split()
    words.reverse()
    turned = " ".join(words)
    assume(strip_honorifics(turned) == turned)
    assert match_key(turned) == match_key(name)


@given(NAME)
def test_the_key_does_not_care_for_case(name: str) -> None:
    assert match_key(name.upper()) == match_key(name.lower()) == match_key(name)


@given(NAME)
def test_the_key_does_not_care_for_diacritics(name: str) -> None:
    latin = "".join(each for each in name if each < "\u0400")
    bare = "".join(each for each in unicodedata.normalize("NFKD", latin) if not unicodedata.combining(each))
    assert match_key(bare) == match_key(latin)


@given(st.one_of(NAME, ANY))
def test_the_key_of_a_key_is_the_key(name: str) -> None:
    assert match_key(match_key(name)) == match_key(name)
    assert organisation_key(organisation_key(name)) == organisation_key(name)


@given(st.one_of(NAME, ANY), st.sampled_from([None, "JPN", "TKM", "KOR", "RUS"]))
def test_no_letter_is_lost_when_a_name_is_taken_apart(name: str, country: str | None) -> None:
    parts = split_name(name, country)
    assert match_key(parts.display) == match_key(strip_honorifics(name))
    if parts.family:
        shown = display(parts, "given_first")
        assert sorted(shown.casefold().split()) == sorted(parts.display.casefold().split())


@given(ANY.filter(str.strip))
def test_whoever_has_a_name_sorts_somewhere(name: str) -> None:
    assert sort_name(name)
