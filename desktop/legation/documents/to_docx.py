"""A document as a text document (Office Open XML): real headings and styles, repeated table heads, vector pictures.

The notes are endnotes, and the numbers in the rows lead to them. The bytes depend on the
document alone.
"""

from __future__ import annotations

import io
import json
from typing import Any
from xml.sax.saxutils import quoteattr

from legation.documents.column_widths import GUTTER, LETTER, shares
from legation.documents.document import (
    Block,
    Cell,
    Document,
    Facts,
    Heading,
    Note,
    Paragraph,
    Row,
    Table,
    Text,
)
from legation.documents.docx_notes import Marks, put_notes
from legation.documents.docx_pictures import picture_run
from legation.documents.docx_runs import SPACES, element, paragraph, run
from legation.documents.docx_styles import FIXED, NOTE, room_of, set_up
from legation.documents.fixed_zip import with_fixed_times
from legation.documents.letters import begins_from_right, printable
from legation.documents.pictures import INKS, Picture
from legation.documents.progress import Progress, told
from legation.documents.reading_order import in_reading_order
from legation.i18n import _

TWIPS_A_MILLIMETRE = 56.7
INDENT = 227  # twips a level
GAP = 200  # twips between two columns
CELL_TWIPS = 8.5 * 20  # the size of the text of a cell
LINE = INKS["line"][0].removeprefix("#").upper()
QUIET = INKS["quiet"][0].removeprefix("#").upper()


def to_docx(document: Document, progress: Progress | None = None) -> bytes:
    """The document as the bytes of a .docx file. Raises `Cancelled` when `progress` gives False."""
    import docx

    made = docx.Document()
    set_up(made, document)
    _set_properties(made.core_properties, document)
    document = in_reading_order(document)  # as the reader's program numbers them
    body = _Body(made, document, progress)
    body.heading(document.title, 0)
    if document.above:
        body.add(paragraph(run(document.above), "Subtitle"))
    if document.below:
        body.text(document.below, "Subtitle")
    for block in document.blocks:
        body.write(block)
    body.notes(document.notes)
    file = io.BytesIO()
    made.save(file)
    return with_fixed_times(file.getvalue())


def _set_properties(properties: Any, document: Document) -> None:
    properties.title = printable(document.title)[:255]  # as much as python-docx takes
    properties.author = properties.last_modified_by = "Legation"
    properties.created = properties.modified = FIXED
    properties.revision, properties.comments = 1, ""
    if document.about is not None:
        properties.comments = json.dumps({"revision": document.about.revision, "sha256": document.about.digest})


class _Body:
    """The body of a text document as it grows."""

    def __init__(self, made: Any, document: Document, progress: Progress | None) -> None:
        self._made, self._progress = made, progress
        self._room = room_of(is_wide=document.is_wide)  # the width of the text in millimetres
        self._marks = Marks([note.number for note in document.notes])
        self._pictures = 0

    def add(self, xml: str) -> None:
        """Append elements at the end of the body, before its section."""
        for child in element(f"<w:body {SPACES}>{xml}</w:body>"):
            self._made.element.body.insert_element_before(child, "w:sectPr")

    def heading(self, words: str, level: int) -> None:
        """Append a heading; level 0 is the title."""
        self.add(paragraph(run(words), f"Heading{level}" if level else "Title"))

    def text(self, text: Text, style: str = "", properties: str = "") -> None:
        """Append a paragraph of runs."""
        self.add(paragraph(self._runs(text), style, properties))

    def write(self, block: Block) -> None:
        """Append a block."""
        if isinstance(block, Heading):
            self.heading(block.text, min(block.level, 2))
        elif isinstance(block, Paragraph):
            self.text(block.text, properties=_indent(block.level))
        elif isinstance(block, Facts):
            self._facts(block)
        elif isinstance(block, Picture):
            self.heading(block.title, 2)
            self._pictures += 1
            picture = picture_run(self._made, block, self._room, self._pictures)
            self.add(paragraph(picture, properties="<w:keepLines/>"))
        else:
            self._table(block)

    def notes(self, notes: list[Note]) -> None:
        """Append the heading above the endnotes; a source that no row points at stands below it as text."""
        if not notes:
            return
        self.heading(_("Sources"), 2)
        for note in notes:
            if note.number not in self._marks.made:
                self.text(note.text, NOTE)
        put_notes(self._made, [note for note in notes if note.number in self._marks.made], self._runs)

    def _facts(self, facts: Facts) -> None:
        widths = [2400, int(self._room * TWIPS_A_MILLIMETRE) - 2400]
        rows = []
        for label, value in facts.rows:
            cells = (
                _cell_of(widths[0], paragraph(run(label, "Quiet"), "TableText")),
                _cell_of(widths[1], paragraph(self._runs(value), "TableText")),
            )
            rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>")
        if rows:
            self.add(_table_of("", "".join(rows), widths, has_rules=False))

    def _table(self, table: Table) -> None:
        if table.title:
            self.heading(table.title, 2)
        if not table.count:
            self.add(paragraph(run(table.when_empty, "Quiet")))
            return
        room = self._room * TWIPS_A_MILLIMETRE
        widths = [int(room * share) for share in shares(table, room / (CELL_TWIPS * LETTER) - GUTTER)]
        heads = "".join(
            _cell_of(width, paragraph(run(each.label), "TableHead", is_right=each.kind == "number"))
            for width, each in zip(widths, table.columns, strict=True)
        )
        rule = (
            f'<w:tblPrEx><w:tblBorders><w:bottom w:val="single" w:sz="6" w:color="{QUIET}"/></w:tblBorders></w:tblPrEx>'
        )
        rows = [f"<w:tr>{rule}<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heads}</w:tr>"]
        left = told(table.rows(), table.count, self._progress)
        for group in table.groups:
            if group.title:
                words = paragraph(run(group.title), "TableGroup")
                properties = f'<w:tcPr><w:gridSpan w:val="{len(widths)}"/></w:tcPr>'
                rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>{properties}{words}</w:tc></w:tr>")
            rows += [_row(table, next(left), widths, self._marks) for _row_of_group in group.rows]
        next(left, None)  # says that all is done
        self.add(_table_of(table.title, "".join(rows), widths))

    def _runs(self, text: Text, part: Any = None) -> str:
        """Runs as XML; addresses of pages are links of the body, or of another part of the document."""
        from docx.opc.constants import RELATIONSHIP_TYPE

        parts = []
        for each in text:
            if each.link is not None and each.link[0] == "url":
                address = printable(str(each.link[1]))
                key = (part or self._made.part).relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
                words = run(each.text, "PageLink", is_strong=each.strong)
                parts.append(f"<w:hyperlink r:id={quoteattr(key)}>{words}</w:hyperlink>")
            else:
                parts.append(run(each.text, "Quiet" if each.quiet else "", is_strong=each.strong))
        return "".join(parts)


def _indent(level: int) -> str:
    return f'<w:ind w:left="{level * INDENT}"/>' if level else ""


def _row(table: Table, row: Row, widths: list[int], marks: Marks) -> str:
    cells = []
    for at, (column, cell, width) in enumerate(zip(table.columns, row.cells, widths, strict=True)):
        level = row.level if column.name == table.indented else 0
        lines = _cell(
            cell, _indent(level), marks, is_gone=row.change == "withdrawn" and at > 0, is_right=column.kind == "number"
        )
        if not at and (words := table.mark(row)):
            lines += paragraph(run(words, "Change"), "TableText")
        cells.append(_cell_of(width, lines))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _cell(cell: Cell, properties: str, marks: Marks, *, is_gone: bool, is_right: bool) -> str:
    """The paragraphs of a cell: one for each line, the numbers of its notes before the first."""
    before = run(", ").join(marks.mark(number) for number in cell.notes)
    if before and cell.text:
        before += run("; ")
    parts = []
    for number, line in enumerate(printable(cell.text).split("\n")):
        is_leftwards = begins_from_right(line)
        words = run(line, is_strong=cell.is_strong, is_gone=is_gone, is_leftwards=is_leftwards) if line else ""
        inner = words if number else before + words
        parts.append(paragraph(inner, "TableText", properties, is_right=is_right, is_leftwards=is_leftwards))
    return "".join(parts)


def _cell_of(width: int, paragraphs: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraphs}</w:tc>'


def _table_of(title: str, rows: str, widths: list[int], *, has_rules: bool = True) -> str:
    """A table and the small paragraph that keeps it from the next one."""
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>' for side in ("bottom", "insideH")
    )
    borders = f"<w:tblBorders>{lines}</w:tblBorders>" if has_rules else ""
    margins = f'<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="{GAP}" w:type="dxa"/></w:tblCellMar>'
    caption = f"<w:tblCaption w:val={quoteattr(printable(title))}/>" if title else ""
    properties = (
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>{borders}<w:tblLayout w:type="fixed"/>{margins}'
        f'<w:tblLook w:val="0020" w:firstRow="1" w:noHBand="1" w:noVBand="1"/>{caption}'
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    table = f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    return table + paragraph("", "AfterTable")
