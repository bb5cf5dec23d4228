"""Paper: pages that begin and end where they should, links, and a file that readers can search."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter

from documents.rich_document import ARABIC, JAPANESE, RUSSIAN, chronology, heat_map, notes, rich_document
from legation.documents.document import Cell, Column, Document, Group, Paragraph, Row, Table, plain
from legation.documents.paper.composing import strips_of
from legation.documents.paper.pages import Pages, Part, paginated
from legation.documents.paper.places import place_of_letter
from legation.documents.paper.strips import UNITS, Block, Piece, Strip, lines_of
from legation.documents.pdf_update import updated
from legation.documents.to_pdf import to_pdf, with_fixed_dates

ROOM, WIDTH = 300.0, 400.0


def _strip(words: str = "x", **looks: object) -> Strip:
    return Strip([Block(0, WIDTH, [[Piece(line)] for line in words.split("\n")], 9)], **looks)  # type: ignore[arg-type]


def _pages(document: Document, room: float = ROOM) -> list[list[Part]]:
    pages = Pages(document)  # makes the application that fonts need
    return paginated(strips_of(document, pages.width), room)


def _table(rows: int, words: str = "words") -> Document:
    columns = (Column("one", "First"), Column("two", "Second"))
    made = tuple(Row(str(at), (Cell(str(at)), Cell(words))) for at in range(rows))
    document = Document("Title")
    document.add(Table("table", "Table", columns, (Group("Group", made),)))
    return document


@pytest.mark.parametrize("is_wide", [True, False])
def test_nothing_stands_below_the_end_of_a_page(is_wide: bool) -> None:
    for page in _pages(rich_document(40, is_wide=is_wide)):
        bottoms = [part.y + part.end - part.start for part in page]
        assert max(bottoms) <= ROOM + 0.01
        assert all(upper <= part.y + 0.01 for upper, part in zip(bottoms, page[1:], strict=False))


def test_the_head_of_a_table_is_repeated_on_each_page() -> None:
    pages = _pages(_table(60))
    assert len(pages) > 3
    assert [page[0].strip.words() for page in pages[1:]] == ["First\nSecond"] * (len(pages) - 1)


def test_no_heading_ends_a_page() -> None:
    for rows in range(10, 50):
        for page in _pages(_table(rows)):
            assert not page[-1].strip.keeps_next


def test_no_row_is_cut_that_fits_a_page() -> None:
    for page in _pages(rich_document(60)):
        rows = [part for part in page if part.strip.head is not None]
        assert [part for part in rows if part.end - part.start < part.strip.height] == []


def test_a_row_higher_than_a_page_goes_on_below_the_head() -> None:
    pages = _pages(_table(2, "\n".join(f"line {number}" for number in range(100))))
    cut = [part for page in pages for part in page if part.end - part.start < part.strip.height]
    assert len(cut) > 4
    assert all(one.end == other.start or other.start == 0 for one, other in pairwise(cut))
    assert {page[0].strip.words() for page in pages[1:]} == {"First\nSecond"}


def test_what_is_higher_than_a_page_begins_below_its_title_where_there_is_room() -> None:
    high = Row("high", (Cell("1"), Cell("\n".join(f"line {number}" for number in range(26)))))
    low = Row("low", (Cell("0"), Cell("words")))
    columns = (Column("one", "First"), Column("two", "Second"))
    document = Document("Title", below=plain("below"))
    document.add(Table("table", "", columns, (Group("Before", (low,)), Group("Group", (high,)))))
    for room in range(170, 280, 7):
        pages = _pages(document, room)
        assert not [page for page in pages if page[-1].strip.keeps_next]
        assert [part.strip.words() for part in pages[0]][-2:] == ["Group", "1\n" + high.cells[1].text]


def test_lines_are_read_from_the_side_of_their_first_letter_in_cells_alone() -> None:
    Pages(Document("Title"))
    words = f"{ARABIC} (UAE)"
    own, sentence = (Strip([Block(0, WIDTH, [[Piece(words)]], 9, by_letters=each)]) for each in (True, False))
    (first,), (second,) = (list(lines_of(each)) for each in (own, sentence))
    assert place_of_letter(first, 0) > place_of_letter(first, len(words) - 1)
    assert place_of_letter(second, 0) < place_of_letter(second, len(words) - 1)


def test_first_lines_of_a_row_stand_on_one_height() -> None:
    Pages(Document("Title"))
    blocks = [Block(100.0 * at, 90, [[Piece(words)]], 9) for at, words in enumerate(("1", ARABIC, JAPANESE))]
    strip = Strip(blocks, around=3)
    feet = [placed.top + placed.line.ascent() / UNITS for placed in lines_of(strip)]
    assert feet == pytest.approx([feet[0]] * 3, abs=0.01)
    assert max(placed.bottom for placed in lines_of(strip)) <= strip.height - 3 + 0.01


def test_a_paragraph_goes_on_with_at_least_two_lines() -> None:
    document = Document("Title")
    for number in range(30):
        document.add(Paragraph(plain("\n".join(f"{number} {line}" for line in range(7)))))
    cut = [part for page in _pages(document) for part in page if part.end - part.start < part.strip.height]
    line = _strip().height
    assert cut and min(part.end - part.start for part in cut) > 1.9 * line


def test_what_keeps_together_and_is_higher_than_a_page_still_ends() -> None:
    Pages(Document("Title"))
    strips = [_strip("\n".join("x" * 40), keeps_next=True) for _number in range(3)]
    pages = paginated([*strips, _strip()], ROOM)
    assert sum(part.end - part.start for page in pages for part in page) == pytest.approx(
        sum(strip.height for strip in strips) + _strip().height
    )


def test_nothing_is_lost_between_pages() -> None:
    document = rich_document(50)
    shown = [part.strip for page in _pages(document) for part in page if part.start == 0]
    for strip in strips_of(document, Pages(document).width):
        if strip.head is not None:
            assert any(each.words() == strip.words() for each in shown)


def test_a_picture_wider_than_the_page_is_made_smaller() -> None:
    document = Document("Title")
    document.add(heat_map(40))
    (strip,) = [each for each in strips_of(document, WIDTH) if each.picture is not None]
    assert strip.picture is not None and strip.picture.width * strip.scale <= WIDTH + 0.01


def test_a_page_is_painted_at_any_scale() -> None:
    pages = Pages(rich_document(5))
    inks = []
    for scale in (1, 2):
        size = QSize(round(pages.size.width() * scale), round(pages.size.height() * scale))
        image = QImage(size, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        painter.scale(scale, scale)
        pages.paint(painter, 0)
        painter.end()
        bits = bytes(image.constBits())
        inks.append(1 - bits.count(b"\xff") / len(bits))
    assert 0.005 < inks[0] < 0.2 and inks[1] == pytest.approx(inks[0], rel=0.5)


def test_every_word_of_every_script_is_on_the_pages() -> None:
    pages = Pages(rich_document(20))
    for words in (JAPANESE, RUSSIAN, ARABIC, "No commitment is open.", "withdrawn"):
        assert words in pages.plain_text()
    assert pages.is_wide and pages.size.width() > pages.size.height()
    assert not Pages(rich_document(20, is_wide=False)).is_wide


def test_the_first_page_has_the_room_of_the_running_head_it_lacks() -> None:
    strips = [_strip() for _number in range(200)]
    fewer, more = paginated(strips, ROOM), paginated(strips, ROOM, ROOM + 3 * strips[0].height)
    assert len(more[0]) == len(fewer[0]) + 3 and len(more[1]) == len(fewer[1])


def test_an_empty_document_is_one_page() -> None:
    assert Pages(Document("Nothing")).count == 1
    assert to_pdf(Document("Nothing")).count(b"/Type /Page\n") == 1


def _objects(pdf: bytes) -> dict[int, bytes]:
    """The objects of a file, each found where the last index that names it says."""
    found: dict[int, bytes] = {}
    starts = [int(each) for each in re.findall(rb"startxref\s+(\d+)", pdf)]
    for start in starts:
        assert pdf[start : start + 4] == b"xref"
        index = pdf[start : pdf.index(b"trailer", start)]
        for part in re.finditer(rb"(?<=\n)(\d+) (\d+)\s*\n((?:\d{10} \d{5} [nf]\s*)+)", index):
            places = re.findall(rb"(\d{10}) \d{5} ([nf])", part[3])
            assert len(places) == int(part[2])
            for number, (place, kind) in enumerate(places, int(part[1])):
                if kind == b"n":
                    assert pdf[int(place) :].startswith(b"%d 0 obj" % number)
                    found[number] = pdf[int(place) : pdf.index(b"endobj", int(place))]
    return found


def test_the_file_says_its_title_language_and_no_day() -> None:
    pdf = to_pdf(rich_document(5))
    objects = _objects(pdf)
    (catalogue,) = [each for each in objects.values() if b"/Type /Catalog" in each]
    assert b"/Lang (en)" in catalogue and b"/DisplayDocTitle true" in catalogue
    (metadata,) = [each for each in objects.values() if b"/Type /Metadata" in each]
    assert "<dc:language><rdf:Bag><rdf:li>en<" in metadata.decode("utf-8")
    assert "Turkmenistan and Japan: bilateral chronology" in metadata.decode("utf-8")
    assert re.findall(rb"Date \((.*?)\)", pdf) == [b"D:20000101000000Z"] * 2


def test_an_index_follows_dates_of_another_length() -> None:
    pdf = to_pdf(Document("Title"))
    zone = with_fixed_dates(pdf.replace(b"(D:20000101000000Z)", b"(D:20261231235959+14'00')"))
    assert zone[: pdf.index(b"xref")] == pdf[: pdf.index(b"xref")]


def test_a_language_is_added_at_the_end() -> None:
    pdf = to_pdf(Document("Title"))
    other = updated(pdf, "ja")
    assert other.startswith(pdf)
    assert b"/Lang (ja)" in other[len(pdf) :]


def test_the_outline_has_headings_and_groups_where_they_stand() -> None:
    document = rich_document(24)
    pages = Pages(document)
    pdf = to_pdf(document)
    lines = [each for each in _objects(pdf).values() if b"/Title <" in each]
    told = [bytes.fromhex(re.findall(rb"/Title <([0-9A-F]+)>", each)[0].decode()).decode("utf-16") for each in lines]
    assert told[:4] == ["What is known", "Timeline", "Chronology", "2019"] and told[-1] == "Sources"
    marks = pages.marks()
    assert [mark.words for mark in marks] == told and marks == sorted(marks, key=lambda mark: (mark.page, -mark.height))
    objects = _objects(pdf)
    kids = re.findall(rb"(\d+) 0 R", re.findall(rb"/Kids\s*\[([^]]*)\]", pdf)[0])
    for line, mark in zip(lines, marks, strict=True):
        assert re.findall(rb"/Dest \[(\d+) 0 R", line) == [kids[mark.page]]
    (root,) = [each for each in objects.values() if b"/Type /Outlines" in each]
    assert b"/First" in root and b"/Count 2 " in root  # “What is known” and the sources


def test_every_object_stands_where_the_last_index_says() -> None:
    pdf = to_pdf(rich_document(24))
    index = pdf[int(re.findall(rb"startxref\n(\d+)", pdf)[-1]) :]
    assert index.startswith(b"xref\n")
    first, count = (int(each) for each in re.findall(rb"\n(\d+) (\d+)\n", index)[1])
    places = [int(each) for each in re.findall(rb"(\d{10}) 00000 n", index)][1:]
    assert len(places) == count
    for number, place in enumerate(places, start=first):
        assert pdf[place:].startswith(b"%d 0 obj\n" % number)
    assert b"/Size %d\n" % (first + count) in index


def test_numbers_lead_to_notes_and_addresses_to_pages() -> None:
    pdf = to_pdf(rich_document(20))
    names = {b"(\xfe\xff" + f"note-{number}".encode("utf-16-be") + b")" for number in range(1, 8)}
    assert {each for each in names if b"/Dest " + each in pdf} == names
    (places,) = [each for each in _objects(pdf).values() if b"/Names [" in each]
    assert all(each in places for each in names)
    assert b"/URI (https://www.example.org/news/1/consultations-of-the-foreign-ministries?lang=en&page=1)" in pdf
    assert b"record:" not in pdf


def test_letters_can_be_found_and_copied() -> None:
    """The tables from glyphs to letters hold those of every script, and no ligature stands for two letters."""
    pdf = to_pdf(rich_document(20))
    tables = b"".join(re.findall(rb"beginbfrange(.*?)endbfrange", pdf, re.DOTALL))
    letters = {bytes.fromhex(each.decode()).decode("utf-16-be") for each in re.findall(rb"<([0-9A-Fa-f]{4})>", tables)}
    assert set(JAPANESE + RUSSIAN + ARABIC + "Consultations") <= letters | {" "}
    assert not {"ﬀ", "ﬁ", "ﬂ"} & letters


def test_a_long_report_tells_how_far_it_is() -> None:
    seen: list[tuple[int, int]] = []
    document = Document("Title")
    document.add(chronology(40))
    document.notes = notes()

    def progress(done: int, total: int) -> bool:
        seen.append((done, total))
        return True

    to_pdf(document, progress)
    assert (0, 40) in seen and (40, 40) in seen
    pages = seen[-1][1]
    assert pages > 1 and seen[-1] == (pages, pages)


def test_a_file_that_cannot_be_marked_is_written_without_marks(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    document = rich_document(3)
    assert b"/StructTreeRoot" in to_pdf(document)

    def fails(_pdf: bytes, _units: object) -> bytes:
        raise ValueError("another way of writing")

    monkeypatch.setattr("legation.documents.to_pdf.tagged", fails)
    written = to_pdf(document)
    assert written.startswith(b"%PDF-") and written.rstrip().endswith(b"%%EOF") and b"/StructTreeRoot" not in written
    assert "another way of writing" in caplog.text
