"""A document with everything a report can have: for tests of the writers, and to be looked at.

`python tests/documents/rich_document.py FOLDER` writes it there in every format.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from legation.documents.digest import digest_of
from legation.documents.document import (
    About,
    CalendarEntry,
    Cell,
    Change,
    Column,
    Document,
    Facts,
    Group,
    Heading,
    Note,
    Paragraph,
    Row,
    Run,
    Table,
    plain,
)
from legation.documents.pictures import Box, Dot, Picture, Shape, Stroke, Words

JAPANESE, RUSSIAN, ARABIC = "藤井比早之", "Гурбанов", "عبد الله"
PEOPLE = (
    f"Hisayuki Fujii ({JAPANESE}), State Minister for Foreign Affairs",
    f"Atadurdy Gurbanov ({RUSSIAN}), Ambassador Extraordinary and Plenipotentiary to Japan",
    f"{ARABIC} بن زايد آل نهيان",
    "Rashid Meredov, Deputy Chairman of the Cabinet of Ministers, Minister of Foreign Affairs",
    "नरेन्द्र मोदी",
    "משה כהן",
    "한덕수",
)
ABOUT = About(
    report="bilateral-chronology",
    options={"country": "TKM", "other": "JPN", "period": "2019/2025", "names": "official"},
    filters="Country is Turkmenistan; with is Japan; period is 2019 to 2025",
    day="2025-02-03",
    revision=42,
    at="2025-02-01T09:30:00.000Z",
    workspace="desk.legation",
    uuid="0b8f7b8e-3f5e-4d0e-9d4e-1c2b3a4d5e6f",
)


def chronology(rows: int = 60, *, is_wide: bool = True, years: int = 7) -> Table:
    """A table in groups with dates, numbers, indented rows, notes, and rows of every change."""
    columns = (
        Column("date", "Date", "date", 18),
        Column("kind", "Kind", "text", 14),
        Column("title", "Event", "text", 34 if is_wide else 26),
        *((Column("heads", "Heads", "text", 30), Column("place", "Place", "text", 16)) if is_wide else ()),
        Column("count", "Topics", "number", 8),
        Column("sources", "Sources", "text", 12),
    )
    groups = []
    for year in range(years):
        here = [_row(number, 2019 + year, is_wide=is_wide) for number in range(year, rows, years)]
        groups.append(Group(str(2019 + year), tuple(here)))
    return Table("chronology", "Chronology", columns, tuple(groups), "Year", "title", "Nothing is known.")


CHANGES: tuple[Change, ...] = ("", "", "", "added", "", "corrected", "", "withdrawn")


def _row(number: int, year: int, *, is_wide: bool) -> Row:
    month, day = number % 12 + 1, number % 28 + 1
    date = f"{year}-{month:02}-{day:02}" if number % 5 else f"{year}-{month:02}"
    words = f"{day} January {year}" if number % 5 else "early this year"
    title = "Consultations of the two foreign ministries on energy, transport and education"
    states = "2 states “28 January 2025”" if number % 7 == 3 else ""
    cells = [
        Cell(words if number % 7 else f"{words} (the source: “on Monday”)", date),
        Cell("Consultations" if number % 3 else "Working visit"),
        Cell(title if number % 4 else "Meeting", is_strong=number % 6 == 0),
        *((Cell("\n".join((PEOPLE[number % 7], PEOPLE[(number + 2) % 7]))), Cell("Tokyo")) if is_wide else ()),
        Cell(str(number), number),
        Cell(states, notes=(number % 5 + 1, number % 5 + 2, number % 5 + 3) if number % 2 else (number % 5 + 1,)),
    ]
    return Row(f"event:{number}", tuple(cells), level=number % 3 if number % 3 < 3 else 0, change=CHANGES[number % 8])


def notes(count: int = 9) -> list[Note]:
    """Notes with addresses, long and short."""
    found = []
    for number in range(1, count + 1):
        address = f"https://www.example.org/news/{number}/consultations-of-the-foreign-ministries?lang=en&page={number}"
        cited = f"“Consultations in Tokyo ({RUSSIAN}),” Ministry of Foreign Affairs, n.d., accessed 3 February 2025, "
        end = ", citing AKIpress." if number % 2 else "."
        found.append(Note(number, (Run(cited), Run(address, ("url", address)), Run(end))))
    return found


def timeline() -> Picture:
    """Dots on rows, with words at both ends and in the middle."""
    shapes: list[Shape] = []
    for at, (ink, words) in enumerate(
        (("level1", "Head of state"), ("level3", "Minister"), ("level8", "Level unknown"))
    ):
        middle = 18.0 * at + 12
        shapes += [Words(102, middle + 3, words, 8, "end"), Stroke(110, middle, 500, middle)]
        shapes += [Dot(120 + 37 * each + 11 * at, middle, 4, ink, f"Event {each}") for each in range(10)]
    for year in range(7):
        x = 118.0 + year * 62
        shapes += [Stroke(x, 4, x, 62), Words(x, 72, str(2019 + year), 7, "middle", "quiet")]
    return Picture("Timeline", "30 events by date and level", 500, 78, tuple(shapes))


def heat_map(countries: int = 8) -> Picture:
    """Squares with counts and names turned upwards."""
    names = ("Turkmenistan", "Japan", "Uzbekistan", "United Arab Emirates", "Kazakhstan", "Türkiye", JAPANESE, ARABIC)
    shapes: list[Shape] = []
    for row in range(countries):
        middle = 24.0 * (row + 0.5)
        shapes.append(Words(104, 74 + middle + 3, names[row % 8], 7, "end"))
        shapes.append(Words(110 + middle + 3, 68, names[row % 8], 7, turned=True))
        for column in range(countries):
            x, y, heat = 110.5 + 24 * column, 74.5 + 24 * row, (row * column) % 6
            if heat:
                shapes.append(Box(x, y, 23, 23, f"heat{heat}", f"{names[row % 8]}, {names[column % 8]}: {heat}"))
                ink = "on-dark" if heat >= 4 else "text"
                shapes.append(Words(x + 11.5, y + 14, str(heat * 3), 6.5, "middle", ink))
            elif row == column:
                shapes.append(Box(x, y, 23, 23, "line"))
    return Picture("Who meets whom", "8 countries", 120 + 24 * countries, 80 + 24 * countries, tuple(shapes))


def calendar() -> list[CalendarEntry]:
    """A visit with a meeting inside it, one called off, and a title in three scripts that must be folded."""
    words = f"Host: Japan; guest: Turkmenistan\nAgenda: energy, transport; {JAPANESE}, {RUSSIAN}, {ARABIC}\\ and more"
    return [
        CalendarEntry("1f0c", "Visit to Tokyo", "2025-03-01", "2025-03-03", "CONFIRMED", "Tokyo, Japan", words),
        CalendarEntry("2a7d", f"Meeting: {JAPANESE * 6}", "2025-03-02", "2025-03-02", "TENTATIVE", parent="1f0c"),
        CalendarEntry("3b11", "Summit", "2025-12-31", "2025-12-31", "CANCELLED", sequence=3, parent="elsewhere"),
    ]


def rich_document(rows: int = 60, *, is_wide: bool = True) -> Document:
    """The whole: facts, text, three tables, one of them empty, pictures, notes and a calendar."""
    document = Document("Turkmenistan and Japan: bilateral chronology, 2019 to 2025", "As of 3 February 2025")
    document.below = (Run("60 events. Filter: country is Turkmenistan; with is Japan. "), Run("Draft", quiet=True))
    countries = (Run("Turkmenistan", ("country", 4)), Run(" · "), Run("Japan", ("country", 5), strong=True))
    document.add(
        Facts([("Countries", countries), ("First met", plain("22 April 1992")),
               ("In three scripts", plain(f"{JAPANESE}, {RUSSIAN}, {ARABIC}"))]),
        Heading("What is known", 1),
        Paragraph(plain("Since 2019 the two foreign ministries have met every year. " * 6)),
        Paragraph((Run("The summit", strong=True), Run(" was proposed in Ashgabat. "),
                   Run("See the page", ("url", "https://www.example.org/a?b=1&c=2"))), level=1),
        timeline(),
        chronology(rows, is_wide=is_wide),
        heat_map(),
        _counts(),
        Table("open", "Open commitments", (Column("what", "What"),), (), when_empty="No commitment is open."),
    )  # fmt: skip
    document.notes = notes()
    document.calendar = calendar()
    document.about = _about(document)
    return document


def _counts() -> Table:
    years = [Column(f"y{year}", str(year), "number", 8) for year in range(2019, 2026)]
    columns = (Column("country", "Country", "text", 24), *years)
    counts = [Cell(f"{number * 1234:,}", number * 1234) for number in range(7)]
    rows = [Row(name, (Cell(name), *counts)) for name in ("Japan", "Uzbekistan")]
    return Table("counts", "Counts", columns, (Group("", tuple(rows)),))


def _about(document: Document) -> About:
    return replace(ABOUT, rows=sum(table.count for table in document.tables), digest=digest_of(document))


def words_document(words: Sequence[str]) -> Document:
    """The same words in every place of a document that holds words, as cells row by row."""
    columns = (Column("number", "Number", "number", 8), Column("words", "Words", "text", 50))
    rows = tuple(Row(str(at), (Cell(str(at), at), Cell(each))) for at, each in enumerate(words))
    document = Document("Words", "Above", plain("Below"))
    document.add(Table("words", "Words", columns, (Group("", rows),)))
    document.notes = [Note(at, plain(each)) for at, each in enumerate(words, 1)]
    document.about = _about(document)
    return document


def main(folder: Path) -> None:
    """Write the document in every format, wide and upright."""
    from legation.documents.formats import FORMATS

    for name, is_wide in (("wide", True), ("upright", False)):
        document = rich_document(is_wide=is_wide)
        for format in FORMATS.values():
            (folder / f"{name}{format.ending}").write_bytes(format.write(document))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
