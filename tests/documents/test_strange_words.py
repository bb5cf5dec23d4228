"""Strings that break programs: each format gives each back, or what stands for it, and every file is well-formed."""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import docx
import html5lib
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from icalendar import Calendar
from openpyxl.utils.escape import unescape

from documents.calendar_lines import checked
from documents.rich_document import words_document
from legation.documents.document import CalendarEntry, Cell, Document, Group, Run
from legation.documents.formats import FORMATS
from legation.documents.letters import printable
from legation.documents.to_csv import read_csv
from legation.documents.xlsx_cells import MOST_LETTERS

OWN = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "＝1+1", "", " ", "a\nb", "a\r\nb", "a\rb", '"', ",", ";",
    "\x01\x08\x0b\x1f\x7f\x85\x9f", "\ufffe\uffff\U0001ffff", "_x0041_", "http://example.org", "mailto:a@example.org",
    "<b>&amp;</b>", "]]>", "</script>", "藤井比早之, Гурбанов, عبد الله", "\u202ereversed", "x" * 40_000, "😀" * 20_000,
]  # fmt: skip


def _strings(name: str) -> list[str]:
    folder = os.environ.get("LEGATION_REAL_DATA")
    if not folder:
        return []
    found = json.loads((Path(folder) / "robustness" / f"{name}.json").read_text(encoding="utf-8"))
    return [each.replace("\0", "") for each in found]


@pytest.fixture(scope="module", params=["own", "naughty-strings", "formula-cells"])
def words(request: pytest.FixtureRequest) -> list[str]:
    """Strings: some of our own, and those of two collections where they are at hand."""
    if request.param == "own":
        return OWN
    found = _strings(request.param)
    if not found:
        pytest.skip("LEGATION_REAL_DATA names no folder with such strings")
    assert len(found) == {"naughty-strings": 515, "formula-cells": 10}[request.param]
    return found


@pytest.fixture(scope="module")
def document(words: list[str]) -> Document:
    """A document with the strings as cells, and as its notes."""
    return words_document(words)


def test_csv_gives_every_string_back(words: list[str], document: Document) -> None:
    written = FORMATS["csv"].write(document).decode("utf-8")
    assert [row[1] for row in read_csv(written)][1:] == words


def test_json_gives_every_string_back(words: list[str], document: Document) -> None:
    told = json.loads(FORMATS["json"].write(document))
    rows = [row for group in told["tables"][0]["groups"] for row in group["rows"]]
    assert [row["cells"]["words"]["text"] for row in rows] == words
    assert [source["note"] for source in told["sources"]] == words


def test_spreadsheets_hold_every_string_as_text(words: list[str], document: Document) -> None:
    written = FORMATS["xlsx"].write(document)
    book = openpyxl.load_workbook(io.BytesIO(written))
    cells = [row[1] for row in book["Words"].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} <= {"s", "n"}  # openpyxl calls an empty cell a number
    assert [cell.hyperlink for cell in cells if cell.hyperlink] == []
    for cell, told in zip(cells, words, strict=True):
        held = cell.value or ""
        held = held if held == told else unescape(held)
        if len(told.encode("utf-16-le")) // 2 <= MOST_LETTERS:
            assert _with_one_line_end(held) == _with_one_line_end(told)
        else:
            assert f"[cut: {len(told):,} letters in all]" in held and told.startswith(held[:15_000])
            assert len(held.encode("utf-16-le")) // 2 <= MOST_LETTERS
    assert b"<f>" not in b"".join(_members(written).values())


def _with_one_line_end(text: str) -> str:
    """A reader of XML takes all ends of lines for one (XML 1.0, 2.11)."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _members(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {each.filename: opened.read(each) for each in opened.infolist()}


@pytest.mark.parametrize("name", ["xlsx", "docx"])
def test_every_part_of_an_archive_is_well_formed(name: str, document: Document) -> None:
    parts = _members(FORMATS[name].write(document))
    read = [ElementTree.fromstring(inner) for part, inner in parts.items() if part.endswith((".xml", ".rels", ".vml"))]
    assert len(read) > 5


def test_text_documents_show_every_string(words: list[str], document: Document) -> None:
    made = docx.Document(io.BytesIO(FORMATS["docx"].write(document)))
    (table,) = made.tables
    assert [row.cells[1].text for row in table.rows][1:] == [printable(each) for each in words]
    notes = [each.text for each in made.paragraphs if each.style.name == "endnote text"]
    assert notes == [printable(each) for each in words]


def test_endnotes_show_every_string(words: list[str], document: Document) -> None:
    (table,) = document.tables
    rows = [
        replace(row, cells=(*row.cells[:-1], Cell(notes=(number,)))) for number, row in enumerate(table.rows(), start=1)
    ]
    cited = replace(document, blocks=[replace(table, groups=(Group("", tuple(rows)),))])
    with zipfile.ZipFile(io.BytesIO(FORMATS["docx"].write(cited))) as archive:
        notes = parse_xml(archive.read("word/endnotes.xml"))
    told = [Paragraph(each.find(qn("w:p")), notes).text for each in notes][2:]  # the first two are lines above them
    assert told == ["\t" + printable(each) for each in words]


def test_pages_show_every_string(words: list[str], document: Document) -> None:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    page = parser.parse(FORMATS["html"].write(document).decode("utf-8"))
    cells = [each for each in page.iter("td") if each.get("class") == "text"]
    assert ["\n".join(_lines(each)) for each in cells] == [printable(each) for each in words]
    scripts = [each for each in page.iter("script") if each.get("type") != "application/json"]
    assert scripts == [] and list(page.iter("b")) == []


def _lines(cell: ElementTree.Element) -> Iterator[str]:
    inner = list(cell.iter("bdi"))
    yield from ("".join(each.itertext()) for each in inner) if inner else ["".join(cell.itertext())]


def test_calendars_hold_every_string(words: list[str]) -> None:
    entries = [
        CalendarEntry(f"event-{at}", each or "-", "2025-01-27", "2025-01-28", place=each, words=each)
        for at, each in enumerate(words)
    ]
    written = FORMATS["ics"].write(replace(words_document(words[:1]), calendar=entries))
    assert len(checked(written)) == len(words)
    read = [str(each["summary"]) for each in Calendar.from_ical(written).walk("VEVENT")]
    wanted = [printable(each) if each else "-" for each in words]
    assert read == [each.removeprefix("\ufeff") for each in wanted]  # the library takes one for a byte-order mark


def test_paper_and_terminals_show_every_string(words: list[str], document: Document) -> None:
    from legation.documents.paper.pages import Pages

    assert FORMATS["pdf"].write(document).startswith(b"%PDF-1.")
    shown = Pages(document).plain_text()
    assert [each for each in words if printable(each) not in shown] == []
    text = FORMATS["text"].write(document).decode("utf-8")
    assert not re.search("[\0-\x08\x0b-\x1f\x7f-\x9f]", text)


def test_a_title_of_strange_words_breaks_nothing(words: list[str]) -> None:
    for each in words:
        document = Document(each[:300] or "-", each[:300], (Run(each[:300], ("url", each[:300])),))
        html5lib.HTMLParser(strict=True).parse(FORMATS["html"].write(document).decode("utf-8"))
    document = replace(words_document(words[:1]), title=words[-1][:300])
    for name in FORMATS.keys() - {"ics"}:
        assert FORMATS[name].write(document)
