"""Pictures in reports: their axes name months where the time is short, and years where it is long."""

from __future__ import annotations

from contextlib import closing
from datetime import date

from built_reports import built, change, id_of, sql
from legation.documents.paper.pages import Pages
from legation.documents.paper.places import has_words
from legation.documents.pictures import Dot, Picture, Words
from legation.reports.charts import WIDTH, timeline
from legation.reports.facts import events_by_id
from legation.storage.database import Database


def _timeline(database: Database) -> Picture:
    ids = [row[0] for row in sql(database, "SELECT id FROM event WHERE status = 'held'")]
    with closing(database.reader()) as reader:
        picture = timeline("When", list(events_by_id(reader, ids).values()))
    assert picture is not None
    return picture


def _axis(picture: Picture) -> list[Words]:
    return [shape for shape in picture.shapes if isinstance(shape, Words) and shape.anchor == "middle"]


def test_a_short_time_is_told_by_whole_months(sample_database: Database) -> None:
    picture = _timeline(sample_database)
    axis = _axis(picture)
    assert [each.text for each in axis] == ["December 2024", "January 2025", "February 2025"]
    dots = [shape.x for shape in picture.shapes if isinstance(shape, Dot)]
    assert axis[0].x < min(dots) < axis[1].x < max(dots) < axis[2].x
    assert all(each.x + 2 * len(each.text) <= WIDTH for each in axis)  # half of its letters, four points wide


def test_the_chronology_begins_on_the_page_of_its_pictures(sample_database: Database) -> None:
    pages = Pages(built(sample_database, "bilateral-chronology", country="TKM", other="JPN"))
    assert has_words(pages, 0, "Meetings a year, by level") and has_words(pages, 0, "For Turkmenistan")


def test_a_long_time_is_told_by_years_that_do_not_crowd(sample_database: Database) -> None:
    meeting = id_of(sample_database, "event", "Meeting of the two Economic Cooperation Committees")
    change(sample_database, "event", meeting, date=date(1874, 12, 12).isoformat())
    words = [each.text for each in _axis(_timeline(sample_database))]
    assert words[0] == "1875" and len(words) <= 12 and all(each.isdigit() for each in words)


def test_what_ends_with_the_calendar_has_a_picture(sample_database: Database) -> None:
    for title, day in (
        ("Meeting of the two Economic Cooperation Committees", "9998-12-30"),
        ("Gurbanov - Fujii meeting", "9998-12-31"),
    ):
        change(sample_database, "event", id_of(sample_database, "event", title), date=day)
    assert _axis(_timeline(sample_database))
