"""How the dates of a column are read, and the evidence that is told."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from imports.text_tables import asked, imported, planned, table
from legation.imports.column_dates import DateColumn, as_text, read_cell, study
from legation.storage.database import Database
from legation.storage.undo import undo


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("legation.imports.column_dates.today", lambda: date(2026, 11, 25))


def test_month_first_is_told_with_the_cell_that_says_so() -> None:
    column = study(["1/2/77", "9/23/77", "8/3/79"])
    assert column.order == "month first" and column.is_sure
    assert "9/23/77" in column.evidence[0] and "1 cell of 3" in column.evidence[0]
    assert read_cell("1/2/77", column).edtf == "1977-01-02"


def test_day_first() -> None:
    column = study(["01/02/2020", "23/02/2020"])
    assert column.order == "day first" and column.is_sure
    assert read_cell("01/02/2020", column).edtf == "2020-02-01"


def test_what_cannot_be_otherwise_is_read_so_whatever_the_column_says() -> None:
    assert read_cell("2/27/2020", DateColumn("day first")).edtf == "2020-02-27"
    assert read_cell("27/2/2020", DateColumn("month first")).edtf == "2020-02-27"


def test_rows_in_order_of_time_decide_where_no_cell_does() -> None:
    column = study(["01/02/2020", "02/02/2020", "03/02/2020", "01/03/2020", "02/03/2020", "05/03/2020"])
    assert column.order == "day first" and column.is_sure
    assert "order of time" in column.evidence[0]


def test_nothing_decides_and_it_is_said() -> None:
    column = study(["01/02/2020", "03/04/2020"])
    assert not column.is_sure and "Nothing in the column decides" in column.evidence[0]


def test_two_figures_of_a_year() -> None:
    column = study(["21.1.77", "3.4.36", "3.4.37"])
    assert [read_cell(each, column).edtf for each in ("21.1.77", "3.4.36", "3.4.37")] == [
        "1977-01-21", "2036-04-03", "1937-04-03"
    ]  # fmt: skip
    assert any("1937" in each and "2036" in each for each in column.evidence)


def test_days_without_a_year_take_that_of_the_title() -> None:
    column = study(["14-Jan", "7 – 8 Feb", "30 Jan – 2 Feb"], "Visits in 2019")
    assert [read_cell(each, column).edtf for each in ("14-Jan", "7 – 8 Feb", "30 Jan – 2 Feb")] == [
        "2019-01-14", "2019-02-07/2019-02-08", "2019-01-30/2019-02-02"
    ]  # fmt: skip
    assert any("2019" in each for each in column.evidence)


@pytest.mark.parametrize(
    ("cell", "edtf"),
    [
        ("Aug. 1981", "1981-08"),
        ("14-Jan-19", "2019-01-14"),
        ("3 février 2020", "2020-02-03"),
        ("1er mars 2021", "2021-03-01"),
        ("3. Februar 2020", "2020-02-03"),
        ("3 de febrero de 2020", "2020-02-03"),
        ("du 3 au 5 mai 2019", "2019-05-03/2019-05-05"),
        ("3 февраля 2020 г.", "2020-02-03"),
        ("15 Ocak 2021", "2021-01-15"),
        ("2020年2月3日", "2020-02-03"),
        ("01/2020", "2020-01"),
        ("2019-05-00", "2019-05"),
        ("late 2019", "2019-36~"),
        ("2019", "2019"),
    ],
)
def test_words_and_figures(cell: str, edtf: str) -> None:
    assert read_cell(cell, DateColumn()).edtf == edtf


def test_words_that_are_no_date_are_kept() -> None:
    assert read_cell("Reagan admin", DateColumn()).words == "Reagan admin"
    assert read_cell("31 February 2020", DateColumn()).words == "31 February 2020"
    assert read_cell("tomorrow", DateColumn()).words == "tomorrow"
    assert read_cell("Still in office", DateColumn()).is_open
    assert read_cell("n/a", DateColumn()).is_nothing


def test_the_time_of_day() -> None:
    read = read_cell("2024-01-02T10:30:00Z", DateColumn())
    assert (read.edtf, read.time) == ("2024-01-02", "10:30")


def test_days_counted_by_a_spreadsheet() -> None:
    column = study(["44927", "44930", ""])
    assert column.order == "day count" and read_cell("44930", column).edtf == "2023-01-04"


def test_months_padded_to_their_first_day_are_offered_and_not_taken() -> None:
    cells = [f"2020-{month:02}-01" for month in range(1, 11)]
    column = study(cells)
    assert column.padded and read_cell(cells[0], column).edtf == "2020-01-01"
    assert read_cell(cells[0], column.with_order("", "month")).edtf == "2020-01"
    assert not study([*cells, "2020-11-02"]).padded


def test_cells_of_a_spreadsheet_as_text() -> None:
    assert [as_text(each) for each in (None, 3.0, 2.5, True, datetime(2020, 1, 2), datetime(2020, 1, 2, 9, 30))] == [
        "", "3", "2.5", "yes", "2020-01-02", "2020-01-02 09:30"
    ]  # fmt: skip


MONTHS = "Name,Country,Post,From\n" + "".join(
    f"Person Number{at:02},Japan,Minister of Water {at},20{at:02}-0{at % 3 + 1}-01\n" for at in range(1, 10)
)


def test_months_are_asked_with_the_evidence_and_taken_where_that_is_decided(database: Database) -> None:
    plan = planned(database, table(MONTHS))
    (question,) = [each for each in plan.questions if not each.record]
    assert (question.printed, question.choices[0].reason) == ("From", "All 9 days are the 1st of a month.")
    periods = "SELECT DISTINCT length(period) FROM appointment"
    for answer, length in (("", 11), ("new", 11), ("month only", 8)):
        decided = imported(database, table(MONTHS), decisions={question.key: answer} if answer else {})
        assert asked(database, periods) == [(length,)]
        assert [each.answer for each in decided.questions if not each.record] == [answer]
        assert undo(database) is not None
    assert decided.mapping.dates == {"From": "month only"}
    kept = planned(database, table(MONTHS), decided.mapping)
    assert not [each for each in kept.questions if not each.record]  # the mapping says it


def test_months_that_were_decided_are_undecided_again(database: Database) -> None:
    mapped = planned(database, table(MONTHS), decisions={"dates|From": "month only"}).mapping
    assert planned(database, table(MONTHS), mapped, {"dates|From": "new"}).mapping.dates == {}


@pytest.mark.parametrize(
    ("cell", "edtf"),
    [
        ("March/April 2016", "2016-03/2016-04"),
        ("Nov 2023/Jan 2024", "2023-11/2024-01"),
        ("12-13.05.2024", "2024-05-12/2024-05-13"),
        ("12-14/03/2024", "2024-03-12/2024-03-14"),
        ("12./13.05.2024", "2024-05-12/2024-05-13"),
        ("12./13. Mai 2024", "2024-05-12/2024-05-13"),
        ("2021/22", "2021/2022"),
        ("1999/00", "1999/2000"),
        ("2021/12", "2021-12"),
    ],
)
def test_two_days_months_or_years_with_a_stroke(cell: str, edtf: str) -> None:
    assert read_cell(cell, DateColumn()).edtf == edtf


@pytest.mark.parametrize("cell", ["2021/33", "13.2021", "2021.24"])
def test_no_figure_of_a_table_is_a_season(cell: str) -> None:
    assert read_cell(cell, DateColumn()).words == cell
