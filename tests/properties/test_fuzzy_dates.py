"""Properties of fuzzy dates: every text of the profile prints to words that read back as itself."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, strategies as st

from legation.fields.english_dates import Tense, read_date
from legation.fields.fuzzy_dates import DateProblem, bounds, could_overlap, parse_edtf, print_date, surely_within

TODAY = date(2025, 1, 27)
YEARS = st.one_of(st.integers(2020, 2026), st.integers(1, 9999)).map("{:04}".format)
MONTHS = st.integers(1, 12).map("{:02}".format)
DAYS = st.dates(date(2019, 1, 1), date(2027, 12, 31)).map(date.isoformat) | st.dates().map(date.isoformat)
GROUPS = st.sampled_from(["21", "22", "23", "24", "33", "34", "35", "36", "40", "41"])
UNSPECIFIED = st.one_of(
    YEARS.map(lambda year: year[:3] + "X"),
    YEARS.map(lambda year: year[:2] + "XX"),
    YEARS.map("{}-XX".format),
    YEARS.map("{}-XX-XX".format),
    st.tuples(YEARS, MONTHS).map("-".join).map("{}-XX".format),
)
BARE = st.one_of(
    DAYS, st.tuples(YEARS, MONTHS).map("-".join), YEARS, st.tuples(YEARS, GROUPS).map("-".join), UNSPECIFIED
)
MARKED = st.tuples(BARE, st.sampled_from(["", "", "~", "?", "%"])).map("".join)


def is_lawful(text: str) -> bool:
    """Whether the text is in the profile."""
    try:
        parse_edtf(text)
    except DateProblem:
        return False
    return True


def close_days(begin: date, length: int, mark: str) -> str:
    """Days near each other, as visits have them, both with the mark."""
    return f"{begin}{mark}/{begin + timedelta(days=length)}{mark}"


CLOSE = st.builds(
    close_days, st.dates(date(2019, 1, 1), date(2026, 1, 1)), st.integers(0, 70), st.sampled_from(["", "~"])
)
EDTF = st.one_of(
    MARKED,
    st.tuples(MARKED, MARKED).map("/".join).filter(is_lawful),
    st.tuples(BARE, BARE).map("[{0[0]}..{0[1]}]".format).filter(is_lawful),
    CLOSE,
    st.tuples(MARKED, st.sampled_from(["/", "/.."])).map("".join),
    st.tuples(st.sampled_from(["/", "../"]), MARKED).map("".join),
)


@given(EDTF)
def test_what_is_printed_reads_back_as_itself(edtf: str) -> None:
    reading = read_date(print_date(edtf), TODAY)
    assert reading.edtf == edtf
    assert not any("the year" in words for words in reading.assumed)


@given(EDTF)
def test_edtf_text_is_read_as_itself_whatever_the_field(edtf: str) -> None:
    assert parse_edtf(edtf).edtf == edtf
    assert read_date(edtf, TODAY).edtf == edtf
    assert read_date(edtf, TODAY, period=True).edtf == edtf


@given(EDTF)
def test_bounds_are_days_in_order(edtf: str) -> None:
    first, last = bounds(edtf)
    assert date.fromisoformat(first) <= date.fromisoformat(last)
    assert could_overlap((first, last), (first, first))
    assert surely_within((first, last), bounds(None))


@given(BARE, st.sampled_from("~?%"))
def test_marks_do_not_widen_bounds(edtf: str, mark: str) -> None:
    assert bounds(edtf + mark) == bounds(edtf)


@given(EDTF, EDTF)
def test_other_dates_have_other_words(one: str, other: str) -> None:
    assert (print_date(one) == print_date(other)) == (one == other)


WORDS = """27 2025 jan january -
    / .. [ ] ~ ? % ( ) from to until since between and c. about late mid- q3 h1 winter the of
    present next monday in days 0 99 X 00 , . perhaps some day"""
PIECES = st.sampled_from(WORDS.split())


@given(st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=9).map(" ".join)), st.sampled_from(["past", None]))
def test_any_text_is_a_lawful_date_or_a_problem(text: str, tense: Tense | None) -> None:
    try:
        reading = read_date(text, TODAY, tense=tense)
    except DateProblem as problem:
        assert str(problem)
        return
    if reading.edtf is not None:
        assert is_lawful(reading.edtf)
    assert reading.understood
