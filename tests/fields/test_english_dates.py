"""Dates in English: what is understood, what is assumed and said, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from legation.fields.english_dates import Tense, read_date
from legation.fields.fuzzy_dates import DateProblem

MONDAY = date(2025, 1, 27)

UNDERSTOOD = (
    # days
    ("27 jan 2025", "2025-01-27"),
    ("27 January 2025", "2025-01-27"),
    ("jan 27, 2025", "2025-01-27"),
    ("Jan. 27 2025", "2025-01-27"),
    ("27th of January, 2025", "2025-01-27"),
    ("the 27th of January 2025", "2025-01-27"),
    ("on 27 january 2025", "2025-01-27"),
    ("27-Jan-2025", "2025-01-27"),
    ("2025 Jan 27", "2025-01-27"),
    ("3 Sept. 2024", "2024-09-03"),
    ("Monday, 27 January 2025", "2025-01-27"),
    ("mon 27 jan 2025", "2025-01-27"),
    ("２７ Jan ２０２５", "2025-01-27"),
    ("  27   jan\t2025. ", "2025-01-27"),
    # figures
    ("2025-01-27", "2025-01-27"),
    ("2025-1-7", "2025-01-07"),
    ("2025/01/27", "2025-01-27"),
    ("27.01.2025", "2025-01-27"),
    ("5.6.2025", "2025-06-05"),
    ("27/01/2025", "2025-01-27"),
    ("1/27/2025", "2025-01-27"),
    ("5/5/2025", "2025-05-05"),
    # several days and months
    ("16-17 dec 2024", "2024-12-16/2024-12-17"),
    ("16 – 17 December 2024", "2024-12-16/2024-12-17"),
    ("16 to 17 December 2024", "2024-12-16/2024-12-17"),
    ("December 16-17, 2024", "2024-12-16/2024-12-17"),
    ("28 feb - 2 mar 2025", "2025-02-28/2025-03-02"),
    ("28 dec - 2 jan 2025", "2024-12-28/2025-01-02"),
    ("Feb 28 - Mar 2, 2025", "2025-02-28/2025-03-02"),
    ("30 dec 2024 - 2 jan 2025", "2024-12-30/2025-01-02"),
    ("2024-12-30 to 2025-01-02", "2024-12-30/2025-01-02"),
    ("march - may 2025", "2025-03/2025-05"),
    ("nov - feb 2025", "2024-11/2025-02"),
    ("2019-2023", "2019/2023"),
    ("2019 to 2023", "2019/2023"),
    ("from 2019 to 2023", "2019/2023"),
    ("from 3 march 2024 until 5 april 2025", "2024-03-03/2025-04-05"),
    ("throughout december 2024", "2024-12-01/2024-12-31"),
    ("all of 2024", "2024-01-01/2024-12-31"),
    # months, parts of months and years
    ("dec 2024", "2024-12"),
    ("in December 2024", "2024-12"),
    ("Dec-2024", "2024-12"),
    ("2024 December", "2024-12"),
    ("early may 2026", "2026-05-01~/2026-05-10~"),
    ("mid-May 2026", "2026-05-11~/2026-05-20~"),
    ("late may 2026", "2026-05-21~/2026-05-31~"),
    ("late february 2024", "2024-02-21~/2024-02-29~"),
    ("the end of may 2026", "2026-05-21~/2026-05-31~"),
    ("early 2025", "2025-33~"),
    ("mid-2025", "2025-04~/2025-09~"),
    ("mid 2025", "2025-04~/2025-09~"),
    ("late 2024", "2024-36~"),
    ("the end of 2024", "2024-36~"),
    ("q3 2026", "2026-35"),
    ("2026 q3", "2026-35"),
    ("2026-Q3", "2026-35"),
    ("third quarter of 2026", "2026-35"),
    ("h1 2025", "2025-40"),
    ("2025H2", "2025-41"),
    ("second half of 2025", "2025-41"),
    ("spring 2025", "2025-21"),
    ("fall of 2025", "2025-23"),
    ("winter 2024-25", "2024-24"),
    ("winter 2024/2025", "2024-24"),
    ("2025", "2025"),
    ("in 2025", "2025"),
    ("the 1990s", "199X"),
    ("2000s", "200X"),
    # marks, choices and open ends
    ("about 27 january 2025", "2025-01-27~"),
    ("c. 2024", "2024~"),
    ("ca 2024", "2024~"),
    ("about 16-17 december 2024", "2024-12-16~/2024-12-17~"),
    ("perhaps 27 jan 2025", "2025-01-27?"),
    ("27 jan 2025?", "2025-01-27?"),
    ("27 jan 2025 (?)", "2025-01-27?"),
    ("perhaps about 2024", "2024%"),
    ("about 2024 (?)", "2024%"),
    ("between 10 and 15 march 2025", "[2025-03-10..2025-03-15]"),
    ("between 28 feb and 2 march 2025", "[2025-02-28..2025-03-02]"),
    ("between 2023 and 2025", "[2023..2025]"),
    ("since october 2024", "2024-10/.."),
    ("October 2024 onwards", "2024-10/.."),
    ("2019 to present", "2019/.."),
    ("from 2019 to the present", "2019/.."),
    ("from 2022", "2022/"),
    ("2022 to ?", "2022/"),
    ("from 2022 to ?", "2022/"),
    ("until september 2024", "/2024-09"),
    ("up to september 2024", "../2024-09"),
    ("2024-10/..", "2024-10/.."),
    ("[2025-03-10..2025-03-15]", "[2025-03-10..2025-03-15]"),
    ("202x", "202X"),
    # relative to Monday, 27 January 2025
    ("today", "2025-01-27"),
    ("tomorrow", "2025-01-28"),
    ("yesterday", "2025-01-26"),
    ("monday", "2025-02-03"),
    ("this monday", "2025-01-27"),
    ("next monday", "2025-02-03"),
    ("next friday", "2025-01-31"),
    ("last monday", "2025-01-20"),
    ("last friday", "2025-01-24"),
    ("in 3 days", "2025-01-30"),
    ("in 2 weeks", "2025-02-10"),
    ("5 days ago", "2025-01-22"),
    ("next month", "2025-02"),
    ("last month", "2024-12"),
    ("this year", "2025"),
    # what printing adds
    ("27 January 2025 (stated: January 27)", "2025-01-27"),
)


@pytest.mark.parametrize(("typed", "edtf"), UNDERSTOOD)
def test_english_is_understood_without_assuming_a_year(typed: str, edtf: str) -> None:
    reading = read_date(typed, MONDAY)
    assert reading.edtf == edtf
    assert not any("the year" in words for words in reading.assumed)


@pytest.mark.parametrize("typed", ["tba", "TBA", "date to be announced", "to be scheduled", "undated"])
def test_an_open_date_is_none(typed: str) -> None:
    reading = read_date(typed, MONDAY)
    assert reading.edtf is None
    assert reading.understood == "date to be announced"


@pytest.mark.parametrize(
    ("typed", "tense", "edtf"),
    [
        ("27 jan", None, "2025-01-27"),
        ("January 27", None, "2025-01-27"),
        ("28 jan", "past", "2024-01-28"),
        ("26 jan", "future", "2026-01-26"),
        ("16-17 dec", None, "2024-12-16/2024-12-17"),
        ("16-17 dec", "future", "2025-12-16/2025-12-17"),
        ("26-28 jan", "past", "2025-01-26/2025-01-28"),
        ("december", None, "2024-12"),
        ("january", "past", "2025-01"),
        ("january", "future", "2025-01"),
        ("june", "past", "2024-06"),
        ("late may", "future", "2025-05-21~/2025-05-31~"),
        ("q4", "past", "2024-36"),
        ("winter", None, "2024-24"),
        ("29 feb", None, None),
        ("since october", None, "2024-10/.."),
        ("throughout december", None, "2024-12-01/2024-12-31"),
    ],
)
def test_a_missing_year_is_the_nearest_that_fits_the_tense_and_is_said(
    typed: str, tense: Tense | None, edtf: str | None
) -> None:
    if edtf is None:
        with pytest.raises(DateProblem, match="has no day 29"):
            read_date(typed, MONDAY, tense=tense)
        return
    reading = read_date(typed, MONDAY, tense=tense)
    assert reading.edtf == edtf
    assert f"the year {reading.edtf[:4]}" in reading.assumed


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [("march to 5 april 2023", "2023-03/2023-04-05"), ("november to 5 april 2023", "2022-11/2023-04-05")],
)
def test_a_start_without_a_year_stands_before_its_end(typed: str, edtf: str) -> None:
    reading = read_date(typed, MONDAY)
    assert reading.edtf == edtf
    assert reading.assumed == ()


def test_assumptions_are_said() -> None:
    assert read_date("27 jan", MONDAY).assumed == ("the year 2025",)
    assert read_date("winter 2024", MONDAY).assumed == ("winter begins in December 2024",)
    assert read_date("friday", MONDAY).assumed == ("31 January 2025",)
    assert read_date("friday", MONDAY, tense="past").assumed == ("24 January 2025",)


def test_a_lone_date_in_a_period_keeps_its_meaning_and_is_noted_as_no_start() -> None:
    reading = read_date("2024-10", MONDAY, period=True)
    assert reading.edtf == "2024-10"
    assert "since" in reading.assumed[0]
    assert read_date("since 2024-10", MONDAY, period=True).assumed == ()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("05/06/2025", "5 June 2025 or 6 May 2025"),
        ("1/2/2025", "1 February 2025 or 2 January 2025"),
        ("13/13/2025", "no month"),
        ("01.13.2025", "no month"),
        ("31/02/2025", "February 2025 has no day 31"),
        ("30 feb 2025", "February 2025 has no day 30"),
        ("0 jan", "January 2025 has no day 0"),
        ("0 jan 0000", "no year 0000"),
        ("late may 0000", "no year 0000"),
        ("17-16 dec 2024", "before it begins"),
        ("tuesday, 27 january 2025", "is a Monday, not a Tuesday"),
        ("winter 2024-27", "no date"),
        ("spring 2024-25", "no date"),
        ("between early 2024 and 2025", "no mark"),
        ("27", "no date"),
        ("", "Type a date"),
        ("soon", "no date"),
        ("27 janvier 2025", "no date"),
        ("Reagan admin", "no date"),
        ("27 jan 2025" + " " * 300 + "garbage", "no date"),
        ("x" * 5000, "no date"),
        ("perhaps " * 14 + "2025", "no date"),
        ("in 9999 weeks ago", "no date"),
        ("mid-march to 5 april 2023", "no date"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(DateProblem, match=sentence):
        read_date(typed, MONDAY)


def test_the_ends_of_the_calendar_are_no_end_of_the_program() -> None:
    assert read_date("27 jan", date(1, 1, 1)).edtf == "0001-01-27"
    assert read_date("27 jan", date(9999, 12, 31)).edtf == "9998-01-27"
    with pytest.raises(DateProblem):
        read_date("tomorrow", date(9999, 12, 31))
