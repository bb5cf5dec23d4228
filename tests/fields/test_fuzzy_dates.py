"""Fuzzy dates: what is lawful, which days bound it, and how it is printed."""

from __future__ import annotations

import pytest

from legation.fields.fuzzy_dates import (
    EARLIEST,
    LATEST,
    DateProblem,
    bounds,
    could_overlap,
    parse_edtf,
    print_date,
    sort_key,
    surely_covers,
    surely_within,
)

# EDTF, words of the source, first day, last day, printed
PROFILE = (
    ("2025-01-27", None, "2025-01-27", "2025-01-27", "27 January 2025"),
    ("2025-01-27", "January 27", "2025-01-27", "2025-01-27", "27 January 2025 (stated: January 27)"),
    ("2024-12-16/2024-12-17", None, "2024-12-16", "2024-12-17", "16-17 December 2024"),
    ("2024-12", None, "2024-12-01", "2024-12-31", "December 2024"),
    ("2024-12-01/2024-12-31", None, "2024-12-01", "2024-12-31", "1-31 December 2024"),
    ("[2025-03-10..2025-03-15]", None, "2025-03-10", "2025-03-15", "between 10 and 15 March 2025"),
    ("2024-36~", "late 2024", "2024-10-01", "2024-12-31", "late 2024"),
    ("2024-36~", None, "2024-10-01", "2024-12-31", "late 2024"),
    ("2025-41", None, "2025-07-01", "2025-12-31", "second half of 2025"),
    ("2025-21", None, "2025-03-01", "2025-05-31", "spring 2025"),
    ("2024-24", None, "2024-12-01", "2025-02-28", "winter 2024-25"),
    ("2025-01-27~", None, "2025-01-27", "2025-01-27", "c. 27 January 2025"),
    ("2025-01-27?", None, "2025-01-27", "2025-01-27", "27 January 2025 (?)"),
    ("2024-10/..", None, "2024-10-01", LATEST, "October 2024 to present"),
    ("2022/", None, "2022-01-01", LATEST, "2022 to ?"),
    ("/2024-09", None, EARLIEST, "2024-09-30", "until September 2024"),
    (None, None, EARLIEST, LATEST, "date to be announced"),
    # beyond the table
    ("2025-01-27~", "during the visit", "2025-01-27", "2025-01-27", "during the visit"),
    ("2025-01-27%", None, "2025-01-27", "2025-01-27", "c. 27 January 2025 (?)"),
    ("2025-02-28/2025-03-02", None, "2025-02-28", "2025-03-02", "28 February - 2 March 2025"),
    ("2024-12-30/2025-01-02", None, "2024-12-30", "2025-01-02", "30 December 2024 - 2 January 2025"),
    ("2025-03/2025-05", None, "2025-03-01", "2025-05-31", "March - May 2025"),
    ("2024/2024-06", None, "2024-01-01", "2024-06-30", "2024 - June 2024"),
    ("2026-05-21~/2026-05-31~", None, "2026-05-21", "2026-05-31", "late May 2026"),
    ("2025-04~/2025-09~", None, "2025-04-01", "2025-09-30", "mid-2025"),
    ("2025-33~", None, "2025-01-01", "2025-03-31", "early 2025"),
    ("2025-34~", None, "2025-04-01", "2025-06-30", "c. second quarter of 2025"),
    ("../2024", None, EARLIEST, "2024-12-31", "up to 2024"),
    ("202X", None, "2020-01-01", "2029-12-31", "2020s"),
    ("200X", None, "2000-01-01", "2009-12-31", "2000s"),
    ("20XX", None, "2000-01-01", "2099-12-31", "the years 2000-2099"),
    ("2024-XX", None, "2024-01-01", "2024-12-31", "some month of 2024"),
    ("2024-XX-XX", None, "2024-01-01", "2024-12-31", "some day in 2024"),
    ("2024-02-XX", None, "2024-02-01", "2024-02-29", "some day in February 2024"),
    ("9999-24", None, "9999-12-01", LATEST, "winter 9999-00"),
    ("2022~/..", None, "2022-01-01", LATEST, "c. 2022 to present"),
    ("2024~/2025", None, "2024-01-01", "2025-12-31", "c. 2024 - 2025"),
    ("2025-03-10~/2025-03-12~", None, "2025-03-10", "2025-03-12", "c. 10-12 March 2025"),
)


@pytest.mark.parametrize(("edtf", "words", "first", "last", "printed"), PROFILE)
def test_each_date_has_its_bounds_and_its_words(
    edtf: str | None, words: str | None, first: str, last: str, printed: str
) -> None:
    assert bounds(edtf) == (first, last)
    assert print_date(edtf, words) == printed


REFUSED = (
    ("", "no date"),
    ("2025-13", "no month 13"),
    ("2025-00", "no month 00"),
    ("2025-02-30", "February 2025 has no day 30"),
    ("2025-01-00", "January 2025 has no day 0"),
    ("2023-02-29", "February 2023 has no day 29"),
    ("27.01.2025", "no date"),
    ("27/01/2025", "no period"),
    ("1/27/2025", "no period"),
    ("XXXX-01-27", "no date"),
    ("XXXX", "no date"),
    ("X024", "no date"),
    ("2X24", "no date"),
    ("202X-05", "year is open"),
    ("202X-XX", "year is open"),
    ("2024-XX-05", "month is open"),
    ("2025-1X", "no date"),
    ("2025-01-2X", "no date"),
    ("12025", "no date"),
    ("Y12025", "no date"),
    ("-2025", "no date"),
    ("0000", "no year 0000"),
    ("2025-01-27T10:00", "no date"),
    ("2025-01-27T10:00:00Z", "no date"),
    ("~2025-01-27", "no date"),
    ("2025-?01-27", "no date"),
    ("2025?-01-27", "no date"),
    ("2025-01~-27", "no date"),
    ("2025-01-27~?", "no date"),
    ("2025-21-05", "has no day"),
    ("2025-25", "no month 25"),
    ("2025-37", "no month 37"),
    ("2025-42", "no month 42"),
    ("2025-03-12/2025-03-10", "before it begins"),
    ("2025/2024", "before it begins"),
    ("[2025-03-12..2025-03-10]", "before it begins"),
    ("2024/2025/2026", "no period"),
    ("/", "no period"),
    ("../..", "no period"),
    ("/..", "no period"),
    ("[2025-03-10,2025-03-12]", "choice"),
    ("[..2025-03-10]", "choice"),
    ("[2025-03-10~..2025-03-12]", "no mark"),
    ("{2025-03-10..2025-03-12}", "no date"),
    ("٢٠٢٥-01-27", "no date"),
    ("2025-1-27", "no date"),
)


@pytest.mark.parametrize(("text", "sentence"), REFUSED)
def test_what_is_not_in_the_profile_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(DateProblem, match=sentence):
        parse_edtf(text)


def test_equal_bounds_are_not_equal_dates() -> None:
    month, whole = parse_edtf("2024-12"), parse_edtf("2024-12-01/2024-12-31")
    assert (month.first, month.last) == (whole.first, whole.last)
    assert month != whole


@pytest.mark.parametrize(
    ("edtf", "words", "printed"),
    [
        ("2024-12-16/2024-12-17", "December 16-17, 2024", "16-17 December 2024"),
        ("2025-01-27", "on 27th Jan. 2025", "27 January 2025"),
        ("2025-01-27", "2025-01-27", "27 January 2025"),
        ("2024-06-03", "in 2024", "3 June 2024 (stated: in 2024)"),
        ("2025-01-27", "on the same day", "27 January 2025 (stated: on the same day)"),
        (None, "in the near future", "date to be announced (stated: in the near future)"),
        ("no date at all", None, "no date at all"),
    ],
)
def test_the_words_of_the_source_are_added_where_they_say_less_or_other(
    edtf: str | None, words: str | None, printed: str
) -> None:
    assert print_date(edtf, words) == printed


def test_a_window_asks_what_could_and_what_surely_lies_in_it() -> None:
    window = ("2024-12-10", "2025-01-31")
    assert could_overlap(bounds("2024-12"), window)
    assert not surely_within(bounds("2024-12"), window)
    assert surely_within(bounds("2025-01-27"), window)
    assert not could_overlap(bounds("2025-02"), window)
    assert could_overlap(bounds(None), window)


@pytest.mark.parametrize(
    ("period", "day", "sure"),
    [
        ("2024-10/..", "2025-01-27", True),
        ("2024-10/..", "2024-10-15", False),
        ("2024-10/", "2025-01-27", False),
        ("2022/2024-09", "2023-05-01", True),
        ("2022/2024-09", "2024-09-15", False),
        ("2022~/..", "2023-05-01", False),
        ("/2024-09", "2023-05-01", False),
        ("2024", "2024-05-01", False),
        ("2024-05-01", "2024-05-01", True),
        (None, "2024-05-01", False),
    ],
)
def test_only_stated_ends_prove_that_a_period_covers_a_day(period: str | None, day: str, sure: bool) -> None:
    assert surely_covers(period, day) is sure


def test_chronologies_put_the_undated_last_and_the_precise_before_the_vague() -> None:
    dates = [None, "2025", "2025-01-01", "2024-36~", "2025-01"]
    assert sorted(dates, key=sort_key) == ["2024-36~", "2025-01-01", "2025-01", "2025", None]
    assert sort_key("2025-01-27", "09:00", 2) < sort_key("2025-01-27", "17:05", 1)
