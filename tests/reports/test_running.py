"""A report is made again alike, looks back, and marks what changed since an earlier issue."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from legation.documents.digest import digest_of
from legation.documents.document import Document, Table
from legation.documents.to_json import about_of, to_json
from legation.errors import UserError
from legation.fields.draft import new_draft
from legation.records.catalogue import record_type
from legation.reports.catalogue import REPORTS, report_named
from legation.reports.grains import GRAINS
from legation.reports.running import Request, make, new_options
from legation.storage.database import Database
from legation.storage.deleting import delete_record
from legation.storage.loading import load_draft
from legation.storage.past import newest_step
from legation.storage.saving import save

EVENT = record_type("event")
TOKYO = {"country": "TKM", "other": "JPN"}


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LEGATION_TODAY", "2025-02-01")
    yield


def _request(name: str, **values: object) -> Request:
    report = report_named(name)
    return Request(report, new_options(report, **values), given=frozenset(values))


def _make(database: Database, request: Request) -> Document:
    with closing(database.reader()) as reader:
        return make(database.path, reader, request)


def _change(database: Database, id: int, **values: object) -> None:
    with closing(database.reader()) as reader:
        draft = load_draft(reader, EVENT, id)
    for name, value in values.items():
        draft[name] = value
    database.write("Change", lambda session: save(session, draft))


def _marks(document: Document) -> dict[str, str]:
    return {row.key: row.cells[0].text for row in document.tables[0].rows() if row.change}


def test_the_same_request_gives_the_same_document(sample_database: Database) -> None:
    request = _request("bilateral-chronology", **TOKYO)
    first, second = _make(sample_database, request), _make(sample_database, request)
    assert to_json(first) == to_json(second)
    about = first.about
    assert about is not None and about.digest == digest_of(first) and len(about.digest) == 64
    with closing(sample_database.reader()) as reader:
        assert (about.revision, about.at) == newest_step(reader)
    assert about.options == {"country": "TKM", "other": "JPN", "dealings": "all", "names": "official"}
    assert about.rows == sum(table.count for table in first.tables) > 0
    head = "".join(run.text for run in first.below)
    assert "Turkmenistan" in head and "1 February 2025" in head and f"revision {about.revision}" in head
    assert f", {about.at[11:16]} UTC; " in head  # the same in every time zone


def test_a_report_without_a_needed_option_says_so(sample_database: Database) -> None:
    with pytest.raises(UserError, match="Country is needed"):
        _make(sample_database, _request("bilateral-chronology", other="JPN"))
    with pytest.raises(UserError, match="There is no report “weather”"):
        report_named("weather")


def test_looking_back_shows_what_was_known_then(sample_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    request = _request("bilateral-chronology", **TOKYO)
    before = _make(sample_database, request)
    with sample_database.step("Made long ago") as session:
        session.connection().exec_driver_sql("UPDATE step SET at = '2025-01-30T12:00:00.000Z'")
        session.connection().exec_driver_sql("UPDATE person SET note = 'x' WHERE id = 1")
    _change(sample_database, 2, title="Talks under another name")
    now = _make(sample_database, request)
    assert now.about is not None and before.about is not None and now.about.digest != before.about.digest
    then = _make(sample_database, replace(request, as_of=date(2025, 1, 31)))
    assert then.about is not None and then.about.day == "2025-01-31"
    assert [row.cells for row in then.tables[0].rows()] == [row.cells for row in before.tables[0].rows()]
    with pytest.raises(UserError, match="made later than that"):
        _make(sample_database, replace(request, as_of=date(2024, 1, 1)))


def test_rows_since_an_earlier_issue_are_marked(sample_database: Database) -> None:
    request = _request("bilateral-chronology", **TOKYO)
    earlier = _make(sample_database, request)
    nothing = _make(sample_database, replace(request, since=earlier.about))
    assert _marks(nothing) == {} and "Nothing was added" in "".join(run.text for run in nothing.below)
    _change(sample_database, 2, title="Consultations, corrected")
    sample_database.write("Delete", lambda session: delete_record(session, EVENT, 4))
    made = new_draft(EVENT, title="A new meeting", kind="meeting", date="2025-01-29", status="held")
    for code in ("TKM", "JPN"):
        made.add_line("delegations", new_draft(record_type("delegation"), country=code, role="participant"))
    added = sample_database.write("Add", lambda session: save(session, made)).result
    later = _make(sample_database, replace(request, since=earlier.about))
    new = f"event:{added if isinstance(added, int) else made.id}"
    assert _marks(later) == {"event:2": "Corrected: Event", "event:4": "Withdrawn", new: "Added"}
    assert "1 row added, 1 corrected, 1 withdrawn" in "".join(run.text for run in later.below)
    keys = [row.key for row in later.tables[0].rows()]
    before = [row.key for row in earlier.tables[0].rows()]
    assert [key for key in keys if key != new] == before  # what is gone stands where it stood
    _notes_hold(later)


def _notes_hold(document: Document) -> None:
    """Every number in a row has its note, and every note is pointed at."""
    numbers = {
        number for table in document.tables for row in table.rows() for cell in row.cells for number in cell.notes
    }
    assert numbers == {note.number for note in document.notes}


def test_an_earlier_issue_of_something_else_is_refused(sample_database: Database) -> None:
    earlier = _make(sample_database, _request("bilateral-chronology", **TOKYO)).about
    assert earlier is not None
    with pytest.raises(UserError, match="of another report"):
        _make(sample_database, replace(_request("upcoming"), since=earlier))
    other = replace(earlier, uuid="another")
    with pytest.raises(UserError, match="another workspace"):
        _make(sample_database, replace(_request("bilateral-chronology", **TOKYO), since=other))
    with pytest.raises(UserError, match="other options: Period"):
        _make(sample_database, replace(_request("bilateral-chronology", **TOKYO, period="2025"), since=earlier))
    left_out = _make(sample_database, replace(_request("bilateral-chronology"), since=earlier))
    assert left_out.about is not None and left_out.about.options == earlier.options


def test_a_plain_table_has_only_the_sources_of_its_rows(sample_database: Database) -> None:
    for name, values in (("official-history", {"person": 1}), ("country-brief", {"country": "JPN"})):
        _notes_hold(_make(sample_database, replace(_request(name, **values), grain="participation")))


@pytest.mark.parametrize("grain", list(GRAINS))
def test_the_events_of_a_report_come_as_one_plain_table(sample_database: Database, grain: str) -> None:
    document = _make(sample_database, replace(_request("bilateral-chronology", **TOKYO), grain=grain))
    (table,) = document.blocks
    assert isinstance(table, Table)
    keys = [row.key for row in table.rows()]
    with closing(sample_database.reader()) as reader:
        both = "SELECT event_id FROM delegation WHERE country IN ('TKM', 'JPN') GROUP BY event_id HAVING count(*) > 1"
        events = {row[0] for row in reader.sql(both)}
        parties = reader.sql(f"SELECT event_id, count(*) FROM delegation WHERE event_id IN ({both}) GROUP BY event_id")
        unnamed = reader.sql(
            f"SELECT count(*) FROM delegation d WHERE event_id IN ({both}) "
            "AND NOT EXISTS (SELECT 1 FROM delegate g WHERE g.delegation_id = d.id)"
        )[0][0]
        delegates = reader.sql(f"SELECT count(*) FROM delegate WHERE event_id IN ({both})")[0][0]
    expected = {
        "event": len(events),
        "participation": delegates + unnamed,
        "dyad": sum(count * (count - 1) // 2 for _event, count in parties),
    }
    assert len(keys) == len(set(keys)) == expected[grain]
    _notes_hold(document)


def test_every_report_of_the_list_tells_what_it_is() -> None:
    for name, report in REPORTS.items():
        assert report.name == name == report.options.name
        assert report.label and report.about.endswith(".")


def test_the_side_file_is_read_back(sample_database: Database, tmp_path: Path) -> None:
    from legation.documents.earlier_issue import earlier_issue

    document = _make(sample_database, _request("upcoming"))
    target = tmp_path / "upcoming.json"
    target.write_bytes(to_json(document))
    assert earlier_issue(target) == document.about
    assert about_of(earlier_issue(target))["report"] == "upcoming"
