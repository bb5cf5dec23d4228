"""A report that can tell its events before it is built tells the same ones: on the sample, and on many of all kinds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from built_reports import DAY, id_of
from legation.errors import UserError
from legation.reports.catalogue import REPORTS, report_named
from legation.reports.facts import events_by_id
from legation.reports.grains import GRAINS
from legation.reports.report import Basis, Report
from legation.reports.running import Request, make, new_options
from legation.storage.database import Database
from visits_of_leaders import _add

TOKYO = {"country": "TKM", "other": "JPN"}
ASKED = [
    {}, {"country": "TKM"}, {"country": "JPN"}, {"other": "JPN"}, TOKYO, {"country": "TKM", "other": "TKM"},
    {"country": "USA"}, {"country": "USA", "other": "CHN"}, {"country": "USA", "other": "CHN", "dealings": "states"},
    {"country": "USA", "other": "CHN", "dealings": "business"}, {**TOKYO, "dealings": "business"},
    {**TOKYO, "dealings": "states"}, {"country": "USA", "period": "1990/.."}, {"person": 1}, {"person": 4},
    {"person": 4, "country": "JPN"}, {"person": 2, "period": "1990/.."}, {"person": 1, "period": "2025"},
    {"country": "JPN", "period": "2025"}, {"period": "2024"}, {"where": "topic:E"}, {"variant": "visits"},
    {"event": 3}, {"event": 999}, {"visited": "JPN"}, {"visited": "USA", "country": "CHN"}, {"state": "all"},
    {"framework": "dialogue"}, {"framework": "dialogue", "period": "1990/.."}, {"names": "family"},
]  # fmt: skip
WITH_OUTLINE = [name for name, report in REPORTS.items() if report.outline is not None]
BUILT_WITHOUT_EVENTS = "country-matrix"  # which has a test of its own for what its outline notes
CHANGES = (  # so that all kinds of events are there that reports tell apart
    "UPDATE organisation SET kind = 'company' WHERE id % 7 = 0 AND kind = 'ministry'",
    "UPDATE delegation SET organisation_id = (SELECT min(id) FROM organisation WHERE kind = 'company') WHERE id % 5 = 0"
    " AND role = 'guest'",
    "UPDATE delegation SET attendance = 'absent' WHERE id % 11 = 0",
    "UPDATE event SET kind = 'visit', level = NULL WHERE id % 3 = 0",
    "UPDATE event SET country = NULL WHERE id % 9 = 0",
    "UPDATE event SET parent_id = id - id % 9 WHERE id % 9 <> 0 AND id > 9",
    "UPDATE event SET status = 'cancelled' WHERE id % 13 = 0",
    "UPDATE event SET status = 'proposed', date = NULL, date_from = '0001-01-01', date_to = '9999-12-31'"
    " WHERE id % 17 = 0",
    "UPDATE event SET framework_id = (SELECT min(id) FROM organisation WHERE kind = 'dialogue_format')"
    " WHERE id % 4 = 0",
    "UPDATE delegation SET role = 'participant' WHERE event_id % 6 = 0",
    "DELETE FROM agenda_item WHERE event_id % 5 = 0",
)


@pytest.fixture
def all_kinds(few_events: Database, tmp_path: Path) -> Iterator[Database]:
    """The events of a made workspace, some of each kind."""
    database = Database(Path(shutil.copy(few_events.path, tmp_path)))
    with database.step("All kinds") as session:
        for each in CHANGES:
            session.execute(text(each))
        for event in range(1, 150, 4):
            status = "agreed" if event % 8 == 1 else "fulfilled"
            _add(session, "outcome", event_id=event, kind="agreement", title=f"Outcome {event}", status=status)
            _add(session, "outcome", event_id=151 - event, kind="contract", title=f"{event} again", status="agreed",
                 due="2024", due_from="2024-01-01", due_to="2024-12-31")  # fmt: skip
    yield database
    database.close()


def _values(database: Database, report: Report, values: dict[str, object]) -> dict[str, object] | None:
    """Options of a report for a workspace; None where they do not fit it."""
    if not values.keys() <= report.options.by_name.keys():
        return None
    if "framework" in values:
        with closing(database.reader()) as reader:
            ((body,),) = reader.sql("SELECT min(framework_id) FROM event")
        values = values | {"framework": body}
    return None if new_options(report, **values).blocking() else values


@pytest.mark.parametrize("name", WITH_OUTLINE)
@pytest.mark.parametrize("workspace_of", ["sample_database", "all_kinds"])
def test_an_outline_tells_the_same_as_the_report(request: pytest.FixtureRequest, workspace_of: str, name: str) -> None:
    database: Database = request.getfixturevalue(workspace_of)
    with database.step("One side stays away") as session:
        session.execute(
            text("UPDATE delegation SET attendance = 'absent' WHERE id IN (SELECT max(id) FROM delegation)")
        )
    report, told = report_named(name), 0
    assert report.outline is not None
    with closing(database.reader()) as reader:
        for asked in ASKED:
            values = _values(database, report, asked)
            if values is None:
                continue
            built, outlined = (Basis(reader, new_options(report, **values), DAY) for _each in range(2))
            document, outline = report.build(built), report.outline(outlined)
            assert (outline.title, outline.blocks, outline.calendar) == (document.title, [], document.calendar), values
            if name == BUILT_WITHOUT_EVENTS:
                assert not built.events
            else:
                assert outlined.events.keys() == built.events.keys(), values
            if outlined.is_in_time:
                facts = events_by_id(reader, list(outlined.events)).values()
                assert list(facts) == sorted(facts, key=lambda each: each.order), values
            told += bool(outlined.events)
    assert told


@pytest.mark.parametrize("name", [name for name in WITH_OUTLINE if name != BUILT_WITHOUT_EVENTS])
@pytest.mark.parametrize("grain", list(GRAINS))
def test_plain_tables_are_the_same_without_an_outline(all_kinds: Database, name: str, grain: str) -> None:
    report = report_named(name)
    whole, compared = replace(report, outline=None), 0
    with closing(all_kinds.reader()) as reader:
        for asked in ASKED:
            values = _values(all_kinds, report, asked)
            if values is None:
                continue
            made = []
            for each in (report, whole):
                try:
                    made.append(make(all_kinds.path, reader, Request(each, new_options(each, **values), grain=grain)))
                except UserError as problem:
                    made.append(str(problem))
            assert made[0] == made[1], values
            compared += not isinstance(made[0], str)
    assert compared, name


def test_an_outline_asks_less(all_kinds: Database) -> None:
    with closing(all_kinds.reader()) as reader:
        for name in WITH_OUTLINE:
            report = report_named(name)
            values = next(each for asked in reversed(ASKED) if (each := _values(all_kinds, report, asked)) is not None)
            asked_of = []
            for work in (report.build, report.outline):
                before = reader.statements
                assert work is not None
                work(Basis(reader, new_options(report, **values), DAY))
                asked_of.append(reader.statements - before)
            assert asked_of[1] < asked_of[0] or name == BUILT_WITHOUT_EVENTS, name


def test_who_is_known_by_id_is_in_the_made_workspace(all_kinds: Database) -> None:
    """What the options above name is there, else they would compare nothing with nothing."""
    with closing(all_kinds.reader()) as reader:
        counts = reader.sql(
            "SELECT (SELECT count(*) FROM event WHERE kind = 'visit'), (SELECT count(*) FROM outcome),"
            " (SELECT count(*) FROM event WHERE framework_id IS NOT NULL), (SELECT count(*) FROM delegation d JOIN"
            " organisation o ON o.id = d.organisation_id WHERE o.kind = 'company'),"
            " (SELECT count(*) FROM event WHERE parent_id IS NOT NULL), (SELECT count(*) FROM event WHERE date IS NULL)"
        )[0]
    assert min(counts) > 5
    assert id_of(all_kinds, "country", "Japan")
