"""Report sets: kept in the workspace as one step, replaced, undone, forgotten; what cannot be read is left out."""

from __future__ import annotations

import json
from contextlib import closing

import pytest
from sqlmodel import Session

from legation.errors import UserError
from legation.storage.checking import check_workspace
from legation.storage.database import Database
from legation.storage.history import changes
from legation.storage.report_sets import (
    KeptReport,
    ReportSet,
    forget_report_set,
    keep_report_set,
    report_set_named,
    report_sets,
)
from legation.storage.setting_words import setting_words, value_words
from legation.storage.settings_rows import set_setting
from legation.storage.undo import undo

TOKYO = KeptReport(
    "bilateral-chronology", {"country": "TKM", "other": "JPN"}, ("pdf", "csv"), "event", "2025-02-01", "last.json"
)
OPEN = KeptReport("commitments", {"other": "JPN"}, ("xlsx",))
HANDOUT = ReportSet("Monday", (TOKYO, OPEN))


def _kept(database: Database) -> list[ReportSet]:
    with closing(database.reader()) as reader:
        return report_sets(reader)


def test_a_set_is_kept_replaced_undone_and_forgotten(sample_database: Database) -> None:
    database = sample_database
    database.write("Save", lambda session: keep_report_set(session, HANDOUT))
    assert _kept(database) == [HANDOUT]
    fewer = ReportSet("MONDAY", (OPEN,))
    database.write("Save", lambda session: keep_report_set(session, fewer))
    assert _kept(database) == [ReportSet("Monday", (OPEN,))]
    undo(database)
    assert _kept(database) == [HANDOUT]
    with closing(database.reader()) as reader:
        assert report_set_named(reader, " monday ") == HANDOUT
        with pytest.raises(UserError, match=r"no report set “Tuesday”\. The report sets are: Monday"):
            report_set_named(reader, "Tuesday")
    database.write("Forget", lambda session: forget_report_set(session, "monday"))
    assert _kept(database) == []
    assert database.setting("name") == "Desk"
    assert check_workspace(database.path) == []


def test_a_set_of_an_earlier_program_has_no_issue_to_compare_with(sample_database: Database) -> None:
    def write(session: Session) -> None:
        keep_report_set(session, HANDOUT)
        held = {"report": "upcoming", "options": {}, "formats": ["pdf"], "grain": "", "as_of": ""}
        set_setting(session, "report_set:Old", json.dumps({"legation_report_set": 1, "reports": [held]}))

    sample_database.write("Save", write)
    assert _kept(sample_database) == [HANDOUT, ReportSet("Old", (KeptReport("upcoming"),))]


def test_the_history_tells_a_set_in_words(sample_database: Database) -> None:
    database = sample_database
    database.write("Save", lambda session: keep_report_set(session, HANDOUT))
    fewer = database.write("Save", lambda session: keep_report_set(session, ReportSet("Monday", (OPEN,))))
    gone = database.write("Forget", lambda session: forget_report_set(session, "Monday"))
    with closing(database.reader()) as reader:
        told = [each.words for step in (fewer, gone) for each in changes(reader, step.step)]
        first = [each.words for each in changes(reader, 1, limit=5000) if each.record == "setting"]
    assert told == [
        "Report set “Monday”: holds: bilateral-chronology (pdf, csv); commitments (xlsx) → commitments (xlsx)",
        "Report set “Monday” deleted",
    ]
    assert "What the reference data brought added" in first


def test_settings_are_called_by_what_they_are() -> None:
    assert setting_words("mapping:Visits") == "Mapping of columns “Visits”"
    assert setting_words("reference_release") == "Release of the reference data"
    assert setting_words("from a later program") == "Setting “from a later program”"
    assert value_words("name", "Desk") == "Desk" and value_words("name", None) == ""
    assert value_words("mapping:Visits", "a\nb") == "3 letters"
    assert value_words("report_set:Monday", "{}") == ""


def test_a_report_that_tells_the_same_takes_the_place_of_the_other() -> None:
    in_word = KeptReport(TOKYO.report, TOKYO.options, ("docx",), TOKYO.grain, TOKYO.as_of, TOKYO.since)
    assert HANDOUT.with_report(in_word).reports == (in_word, OPEN)
    other = KeptReport(TOKYO.report, {"country": "TKM", "other": "KAZ"})
    assert HANDOUT.with_report(other).reports == (TOKYO, OPEN, other)
    assert HANDOUT.without(0).reports == (OPEN,)


def test_a_set_without_reports_is_forgotten(sample_database: Database) -> None:
    sample_database.write("Save", lambda session: keep_report_set(session, HANDOUT))
    sample_database.write("Save", lambda session: keep_report_set(session, ReportSet("Monday", ())))
    assert _kept(sample_database) == []


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_a_set_needs_a_name(sample_database: Database, name: str) -> None:
    with pytest.raises(UserError, match="a name of at most 80 letters"):
        sample_database.write("Save", lambda session: keep_report_set(session, ReportSet(name, (OPEN,))))
    assert _kept(sample_database) == []


@pytest.mark.parametrize(
    "value",
    ["", "{", "[]", "null", '{"legation_report_set": 2, "reports": []}', '{"legation_report_set": 1}',
     '{"legation_report_set": 1, "reports": [{"report": 1, "options": {}, "formats": [], "grain": "", "as_of": ""}]}'],
)  # fmt: skip
def test_what_cannot_be_read_is_left_out(sample_database: Database, value: str) -> None:
    sample_database.write("Save", lambda session: keep_report_set(session, HANDOUT))
    with sample_database.step("By hand") as session:
        connection = session.connection()
        connection.exec_driver_sql("INSERT INTO setting(name, value) VALUES ('report_set:Bad', ?)", (value,))
    assert _kept(sample_database) == [HANDOUT]
