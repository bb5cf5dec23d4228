"""What a PDF file says of its pages: elements in the order of reading, regular tables, words of signs that join."""

from __future__ import annotations

import re
import zlib

import pytest

from documents.rich_document import rich_document
from legation.documents import to_pdf as writer
from legation.documents.document import Cell, Column, Document, Group, Row, Table
from legation.documents.pdf_tags import FAR, Unit, tagged
from legation.documents.to_pdf import to_pdf

HINDI, THAI, ARABIC = "नरेन्द्र मोदी", "ครั้งที่สิบห้า", "عبد الله"


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return to_pdf(rich_document(24))


def _elements(pdf: bytes) -> dict[int, tuple[str, list[int], bytes]]:
    """The elements by number: their type, the elements within, and all that is said of them."""
    found = re.findall(rb"\n(\d+) 0 obj\n(<< /S /(\w+) .*?>>)\nendobj", pdf)
    return {
        int(number): (
            name.decode(),
            [int(each) for each in re.findall(rb"(?<!/Pg )\b(\d+) 0 R", said[said.index(b"/P ") :])][1:],
            said,
        )
        for number, said, name in found
    }


def _types(pdf: bytes) -> list[str]:
    """The types of what stands in the document itself, in order."""
    elements = _elements(pdf)
    ((_name, within, _said),) = [each for each in elements.values() if each[0] == "Document"]
    return [elements[each][0] for each in within]


def test_the_elements_stand_as_they_are_read(pdf: bytes) -> None:
    assert b"/MarkInfo << /Marked true >>" in pdf
    assert _types(pdf) == [
        "P", "H1", "P", "P", "P", "P", "H2", "P", "P", "H3", "Figure", "H3", "Table", "H3", "Figure", "H3", "Table",
        "H3", "P", "H2", "L",
    ]  # fmt: skip


def test_every_row_of_a_table_has_all_its_cells(pdf: bytes) -> None:
    elements = _elements(pdf)
    for _name, rows, _said in [each for each in elements.values() if each[0] == "Table"]:
        counts = set()
        for row in rows:
            cells = [elements[each] for each in elements[row][1]]
            spans = [re.findall(rb"/ColSpan (\d+)", said) for _cell, _within, said in cells]
            counts.add(sum(int(each[0]) if each else 1 for each in spans))
        assert len(counts) == 1
        assert {elements[each][0] for each in elements[rows[0]][1]} == {"TH"}


def test_pictures_are_told_in_words(pdf: bytes) -> None:
    told = [
        re.findall(rb"/Alt <([0-9A-F]+)>", said)[0]
        for name, _within, said in _elements(pdf).values()
        if name == "Figure"
    ]
    assert [bytes.fromhex(each.decode()).decode("utf-16") for each in told] == [
        "30 events by date and level",
        "8 countries",
    ]


def _painted(pdf: bytes) -> list[bytes]:
    """What is painted on each page."""
    streams = re.findall(rb"/Length \d+\n/Filter /FlateDecode\n>>\nstream\n(.*?)\nendstream", pdf, re.DOTALL)
    return [zlib.decompress(each) for each in streams]


def test_all_that_is_painted_is_marked(pdf: bytes) -> None:
    pages = _painted(pdf)
    assert len(pages) == pdf.count(b"/StructParents ") > 2
    for inner in pages:
        assert b"%d " % FAR not in inner
        numbers = [int(each) for each in re.findall(rb"/Span << /MCID (\d+)", inner)]
        assert numbers == list(range(len(numbers)))
        outside = re.sub(rb"(?:BDC|BMC)\n.*?EMC\n", b"", inner, flags=re.DOTALL)
        assert not re.search(rb"\n(?:S|f\*?|ET)\n| Do\n", outside)


def test_each_mark_belongs_to_an_element(pdf: bytes) -> None:
    (places,) = re.findall(rb"<< /Nums \[(.*?)\] >>\nendobj", pdf, re.DOTALL)
    rows = re.findall(rb"(\d+) \[([^]]*)\]", places)
    elements = _elements(pdf)
    for page, inner in enumerate(_painted(pdf)):
        number, owners = rows[page]
        assert int(number) == page and owners.count(b" R") == inner.count(b"/MCID")
        assert {int(each) for each in re.findall(rb"(\d+) 0 R", owners)} <= set(elements)


def test_words_whose_signs_join_are_told_but_not_those_that_readers_turn_round() -> None:
    document = Document("Title")
    rows = tuple(Row(words, (Cell(words),)) for words in (HINDI, THAI, ARABIC, "Meeting"))
    document.add(Table("t", "T", (Column("a", "A"),), (Group("", rows),)))
    told = re.findall(rb"/ActualText <([0-9A-F]+)>", b"".join(_painted(to_pdf(document))))
    assert [bytes.fromhex(each.decode()).decode("utf-16") for each in told] == [HINDI, THAI]


def test_a_file_too_long_to_be_read_aloud_is_not_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "MOST_TAGGED", 1)
    pdf = to_pdf(rich_document(24))
    assert b"/StructTreeRoot" not in pdf and b"/Marked" not in pdf


def test_marks_that_are_not_those_of_the_units_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[bytes] = []

    def kept(pdf: bytes, _units: list[Unit]) -> bytes:
        written.append(pdf)
        return pdf

    monkeypatch.setattr(writer, "tagged", kept)
    to_pdf(Document("Title"))
    with pytest.raises(ValueError, match="not marked"):
        tagged(written[0], [])
