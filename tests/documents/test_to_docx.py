"""Text documents: headings and styles of their own, heads that repeat, linked notes, pictures that stay sharp."""

from __future__ import annotations

import io
import zipfile
from struct import unpack_from
from typing import Any
from xml.etree import ElementTree

import docx
import pytest
from docx.oxml.ns import qn

from documents.rich_document import ARABIC, JAPANESE, chronology, heat_map, rich_document, timeline
from legation.documents.document import Cell, Column, Document, Group, Note, Row, Table, plain
from legation.documents.pictures import Box, Dot, Stroke, Words
from legation.documents.reading_order import in_reading_order
from legation.documents.to_docx import to_docx
from legation.documents.to_emf import to_emf


@pytest.fixture(scope="module")
def written() -> bytes:
    return to_docx(rich_document(24))


@pytest.fixture(scope="module")
def made(written: bytes) -> Any:
    return docx.Document(io.BytesIO(written))


def test_headings_are_headings(made: Any) -> None:
    styled = [(each.style.name, each.text) for each in made.paragraphs]
    assert [each for each in styled if each[0].startswith(("Heading", "Title"))] == [
        ("Title", "Turkmenistan and Japan: bilateral chronology, 2019 to 2025"), ("Heading 1", "What is known"),
        ("Heading 2", "Timeline"), ("Heading 2", "Chronology"), ("Heading 2", "Who meets whom"),
        ("Heading 2", "Counts"), ("Heading 2", "Open commitments"), ("Heading 2", "Sources"),
    ]  # fmt: skip


def test_only_cells_are_read_from_the_right() -> None:
    words = f"{ARABIC}: contact history"
    document = Document(words)
    document.add(Table("t", words, (Column("a", words),), (Group(words, (Row("1", (Cell(words),)),)),)))
    document.notes = [Note(1, plain(words))]
    made = docx.Document(io.BytesIO(to_docx(document)))
    inner = [each for row in made.tables[0].rows for each in row.cells[0].paragraphs]
    assert [each.text for each in (*made.paragraphs, *inner)].count(words) == 6
    turned = [each.style.name for each in (*made.paragraphs, *inner) if each._p.pPr.find(qn("w:bidi")) is not None]
    assert turned == ["Table Text"]


def test_what_is_bold_is_so_in_every_script(made: Any) -> None:
    for name in ("Title", "Heading 1", "Heading 2", "Table Head", "Table Group", "Change"):
        font = made.styles[name].font
        assert font.bold and font.cs_bold


def test_text_of_tables_has_styles_of_its_own(made: Any) -> None:
    table = made.tables[1]
    styles = {each.style.name for row in table.rows for cell in row.cells for each in cell.paragraphs}
    assert styles == {"Table Head", "Table Group", "Table Text"}
    sizes = [made.styles[name].font.size for name in ("Normal", "Table Text", "Title")]
    assert [size.pt for size in sizes] == [10, 8.5, 20]


def test_heads_repeat_and_no_row_is_cut(made: Any) -> None:
    for table in made.tables[1:]:
        first, *others = table._tbl.tr_lst
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert all(each.trPr.find(qn("w:tblHeader")) is None for each in others)
        assert all(each.trPr.find(qn("w:cantSplit")) is not None for each in (first, *others))


def test_titles_of_groups_keep_to_their_rows(made: Any) -> None:
    assert made.styles["Table Group"].paragraph_format.keep_with_next
    assert made.styles["Heading 2"].paragraph_format.keep_with_next


def test_a_table_is_as_wide_as_the_page(made: Any) -> None:
    section = made.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for table in made.tables:
        assert sum(each.w for each in table._tbl.tblGrid.gridCol_lst) == pytest.approx(room, rel=0.01)
    assert section.page_width > section.page_height


def _endnotes(written: bytes) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        return ElementTree.fromstring(archive.read("word/endnotes.xml"))


def test_notes_are_endnotes_numbered_as_the_rows_say(written: bytes, made: Any) -> None:
    marks = [int(each.get(qn("w:id"))) for each in made.element.body.iter(qn("w:endnoteReference"))]
    assert marks == [1, 2, 3, 4, 5, 6, 7]  # in the order in which Word counts them
    notes = {int(each.get(qn("w:id"), "")): each for each in _endnotes(written)}
    assert list(notes) == [-1, 0, *marks]
    assert [notes[id].get(qn("w:type")) for id in (-1, 0)] == ["separator", "continuationSeparator"]
    assert all(notes[id].find(f".//{qn('w:endnoteRef')}") is not None for id in marks)
    kept = in_reading_order(rich_document(24)).notes
    told = {id: "".join(part.text or "" for part in notes[id].iter(qn("w:t"))) for id in marks}
    assert told == {note.number: note.words for note in kept if note.number in marks}
    assert [each.text for each in made.paragraphs[-2:]] == [note.words for note in kept if note.number not in marks]


def test_a_note_mentioned_again_is_a_field_that_leads_to_its_mark(made: Any) -> None:
    body = made.element.body
    names = {each.get(qn("w:name")): each for each in body.iter(qn("w:bookmarkStart"))}
    assert all(each.getnext().find(qn("w:endnoteReference")) is not None for each in names.values())
    fields = [each for each in body.iter(qn("w:fldSimple")) if "NOTEREF" in each.get(qn("w:instr"))]
    assert len(fields) > 20
    for each in fields:
        _noteref, name, _leads = each.get(qn("w:instr")).split()
        assert name in names and name == f"_Ref{''.join(part.text for part in each.iter(qn('w:t')))}"


def test_the_parts_of_endnotes_are_known_to_each_other(written: bytes, made: Any) -> None:
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        types = ElementTree.fromstring(archive.read("[Content_Types].xml"))
        links = ElementTree.fromstring(archive.read("word/_rels/endnotes.xml.rels"))
    assert {each.get("ContentType") for each in types if each.get("PartName") == "/word/endnotes.xml"} == {
        "application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml"
    }
    assert len([each for each in links if each.get("TargetMode") == "External"]) == 7
    settings = [each.tag for each in made.settings.element]
    assert settings.index(qn("w:endnotePr")) == settings.index(qn("w:compat")) - 1  # the order of the schema
    section = [each.tag for each in made.sections[0]._sectPr]
    assert section.index(qn("w:endnotePr")) == section.index(qn("w:pgSz")) - 1
    for name in ("EndnoteText", "EndnoteReference"):
        assert name in {each.style_id for each in made.styles}


def test_a_document_without_notes_has_no_endnotes() -> None:
    document = Document("Nothing")
    with zipfile.ZipFile(io.BytesIO(to_docx(document))) as archive:
        assert "word/endnotes.xml" not in archive.namelist()


def test_pages_are_numbered_below_and_titled_above_but_for_the_first(made: Any) -> None:
    section = made.sections[0]
    for footer in (section.footer, section.first_page_footer):
        fields = [each.get(qn("w:instr")) for each in footer._element.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]
    assert section.header.paragraphs[0].text.startswith("Turkmenistan and Japan")
    assert section.first_page_header.paragraphs[0].text == ""


def test_changes_are_told_in_words(made: Any) -> None:
    told = [row.cells[0].text.split("\n")[-1] for row in made.tables[1].rows]
    assert [told.count(each) for each in ("added", "corrected", "withdrawn")] == [3, 3, 3]
    gone = [row for row, last in zip(made.tables[1].rows, told, strict=True) if last == "withdrawn"]
    assert all(run.font.strike for row in gone for each in row.cells[2].paragraphs for run in each.runs)


def test_what_is_read_from_the_right_is_marked_so() -> None:
    document = Document("Names")
    rows = tuple(Row(each, (Cell(each), Cell(f"a {each} b"))) for each in (ARABIC, JAPANESE))
    document.add(Table("names", "", (Column("one", "One"), Column("two", "Two")), (Group("", rows),)))
    (table,) = docx.Document(io.BytesIO(to_docx(document))).tables
    arabic, japanese = table.rows[1].cells, table.rows[2].cells
    marks = [
        [each._p.pPr.find(qn("w:bidi")) is not None for cell in cells for each in cell.paragraphs]
        for cells in (arabic, japanese)
    ]
    assert marks == [[True, False], [False, False]]
    runs = arabic[1].paragraphs[0].runs
    assert [each.text for each in runs] == ["a ", ARABIC, " b"]
    assert [each.font.rtl for each in runs] == [None, True, None]


def test_properties_say_what_and_when(made: Any) -> None:
    properties = made.core_properties
    assert properties.title.startswith("Turkmenistan and Japan") and properties.author == "Legation"
    assert properties.created == properties.modified and properties.created.year == 2000
    assert '"revision": 42' in properties.comments


def test_pictures_are_drawings_with_words_for_who_cannot_see_them(written: bytes, made: Any) -> None:
    told = [(each.get("id"), each.get("name"), each.get("descr")) for each in made.element.body.iter(qn("wp:docPr"))]
    assert told == [("1", "Timeline", "30 events by date and level"), ("2", "Who meets whom", "8 countries")]
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert archive.read("word/media/picture1.emf") == to_emf(timeline())
        types = ElementTree.fromstring(archive.read("[Content_Types].xml"))
    assert "image/x-emf" in {each.get("ContentType") for each in types}


def _records(metafile: bytes) -> list[tuple[int, bytes]]:
    found, at = [], 0
    while at < len(metafile):
        kind, size = unpack_from("<II", metafile, at)
        assert size >= 8 and size % 4 == 0
        found.append((kind, metafile[at + 8 : at + size]))
        at += size
    assert at == len(metafile)
    return found


@pytest.mark.parametrize("picture", [timeline(), heat_map()])
def test_a_metafile_is_as_its_header_says(picture: Any) -> None:
    metafile = to_emf(picture)
    records = _records(metafile)
    header = records[0][1]
    right, bottom = unpack_from("<2i", header, 8)
    frame = unpack_from("<4i", header, 16)
    signature, _version, size, count = unpack_from("<4sIII", header, 32)
    assert (right, bottom) == (round(picture.width * 20), round(picture.height * 20))
    assert frame[2] / 100 == pytest.approx(picture.width * 25.4 / 72, abs=0.01)
    assert (signature, size, count) == (b" EMF", len(metafile), len(records))
    assert records[0][0] == 1 and records[-1][0] == 14


def test_a_metafile_has_each_shape_and_each_word() -> None:
    for picture in (timeline(), heat_map()):
        records = _records(to_emf(picture))
        drawn = [kind for kind, _inner in records if kind in (42, 43, 54, 84)]
        kinds = {Dot: 42, Box: 43, Stroke: 54, Words: 84}
        assert drawn == [kinds[type(shape)] for shape in picture.shapes]
        texts = [inner for kind, inner in records if kind == 84]
        said = [inner[68 : 68 + 2 * unpack_from("<I", inner, 36)[0]].decode("utf-16-le") for inner in texts]
        assert said == [shape.text for shape in picture.shapes if isinstance(shape, Words)]
        turned = [unpack_from("<i", inner, 12)[0] for kind, inner in records if kind == 82]
        assert turned == [900 * shape.turned for shape in picture.shapes if isinstance(shape, Words)]


def test_objects_of_a_metafile_are_forgotten_as_they_are_made() -> None:
    kinds = [kind for kind, _inner in _records(to_emf(heat_map()))]
    assert kinds.count(40) == sum(kinds.count(each) for each in (38, 39, 82))


def test_a_table_of_many_columns_fits_the_page() -> None:
    columns = tuple(Column(f"c{number}", f"Column {number}", "text", 8) for number in range(30))
    row = Row("1", tuple(Cell(f"word {number}") for number in range(30)))
    document = Document("Many")
    document.add(Table("many", "Many", columns, (Group("", (row,)),)), chronology(3))
    table = docx.Document(io.BytesIO(to_docx(document))).tables[0]
    assert sum(each.w for each in table._tbl.tblGrid.gridCol_lst) / 36000 == pytest.approx(267, abs=1)
