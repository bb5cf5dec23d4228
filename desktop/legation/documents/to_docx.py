"""A document as a text document (Office Open XML): real headings and styles, repeated table heads, vector pictures.

The notes stand at the end as a numbered list, and the numbers in the rows lead to them. The bytes depend on the
document alone.
"""

from __future__ import annotations

import io
import json
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from legation.documents.document import Block, Cell, Document, Facts, Heading, Note, Paragraph, Row, Table, Text
from legation.documents.docx_pictures import drawing
from legation.documents.fixed_zip import with_fixed_times
from legation.documents.pictures import Picture
from legation.documents.progress import Progress, told
from legation.i18n import _

FIXED = datetime(2000, 1, 1)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TWIPS_A_MILLIMETRE = 56.7
MARGIN, SHORT, LONG = 15, 210, 297  # millimetres of A4
INDENT = 227  # twips a level
QUIET = "57606A"


def to_docx(document: Document, progress: Progress | None = None) -> bytes:
    """The document as the bytes of a .docx file."""
    import docx

    made = docx.Document()
    _set_up(made, document)
    made.add_heading(document.title, 0)
    for words in (document.above, "".join(run.text for run in document.below)):
        if words:
            made.add_paragraph(words, style="Subtitle")
    for block in document.blocks:
        _write(made, block, progress, is_wide=document.is_wide)
    _write_notes(made, document.notes)
    file = io.BytesIO()
    made.save(file)
    return with_fixed_times(file.getvalue())


def _set_up(made: Any, document: Document) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt, RGBColor

    section = made.sections[0]
    wide, high = (LONG, SHORT) if document.is_wide else (SHORT, LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if document.is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(wide), Mm(high)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
    made.styles["Normal"].font.size = Pt(10)
    made.styles["Normal"].paragraph_format.space_after = Pt(4)
    for name, size in (("Title", 20), ("Heading 1", 15), ("Heading 2", 13), ("Heading 3", 11)):
        made.styles[name].font.size = Pt(size)
        made.styles[name].font.color.rgb = RGBColor(0x1F, 0x23, 0x28)
    subtitle = made.styles["Subtitle"].font
    subtitle.size, subtitle.italic, subtitle.color.rgb = Pt(10), False, RGBColor.from_string(QUIET)
    section.header.paragraphs[0].text = document.title
    section.header.paragraphs[0].style = made.styles["Header"]
    _write_page_numbers(section.footer.paragraphs[0])
    properties = made.core_properties
    properties.title, properties.author, properties.last_modified_by = document.title, "Legation", "Legation"
    properties.created = properties.modified = FIXED
    properties.revision, properties.comments = 1, ""
    if document.about is not None:
        properties.comments = json.dumps({"revision": document.about.revision, "sha256": document.about.digest})


def _write_page_numbers(paragraph: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    before, between, after = _("Page {page} of {pages}").replace("{pages}", "{page}").split("{page}")
    for words, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        if words:
            paragraph.add_run(words)
        if field:
            paragraph._p.append(_element(f'<w:fldSimple {W} w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))


def _element(xml: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(xml)


def _write(made: Any, block: Block, progress: Progress | None, *, is_wide: bool) -> None:
    if isinstance(block, Heading):
        made.add_heading(block.text, block.level)
    elif isinstance(block, Paragraph):
        _add(made, f"{_indent(block.level)}", _runs(block.text, made))
    elif isinstance(block, Facts):
        rows = [
            f"<w:tr>{_cell(3000, _runs((), made) + _run(label, quiet=True))}{_cell(7000, _runs(value, made))}</w:tr>"
            for label, value in block.rows
        ]
        _append_table(made, "", "".join(rows), [3000, 7000])
    elif isinstance(block, Picture):
        made.add_heading(block.title, 2)
        room = (LONG if is_wide else SHORT) - 2 * MARGIN
        made.add_paragraph()._p.append(_element(drawing(block, room)))
    else:
        _write_table(made, block, progress, is_wide=is_wide)


def _write_table(made: Any, table: Table, progress: Progress | None, *, is_wide: bool) -> None:
    if table.title:
        made.add_heading(table.title, 2)
    if not table.count:
        made.add_paragraph(table.when_empty)
        return
    room = ((LONG if is_wide else SHORT) - 2 * MARGIN) * TWIPS_A_MILLIMETRE
    widths = [int(room * column.width / table.width) for column in table.columns]
    heads = "".join(
        _cell(width, _run(column.label, strong=True), is_right=column.kind == "number")
        for width, column in zip(widths, table.columns, strict=True)
    )
    rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heads}</w:tr>"]
    for group in told(table.groups, len(table.groups), progress):
        if group.title:
            properties = f'<w:tcPr><w:gridSpan w:val="{len(widths)}"/></w:tcPr>'
            title = f"<w:pPr><w:keepNext/></w:pPr>{_run(group.title, strong=True)}"
            rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>{properties}<w:p>{title}</w:p></w:tc></w:tr>")
        rows += [_row(table, row, widths) for row in group.rows]
    _append_table(made, "w:tblHeader", "".join(rows), widths)


def _row(table: Table, row: Row, widths: list[int]) -> str:
    cells = []
    for column, cell, width in zip(table.columns, row.cells, widths, strict=True):
        level = row.level if column.name == table.indented else 0
        is_gone = row.change == "withdrawn" and column is not table.columns[0]
        cells.append(_cell(width, _cell_runs(cell, is_gone), is_right=column.kind == "number", level=level))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _cell(width: int, runs: str, *, is_right: bool = False, level: int = 0) -> str:
    aligned = '<w:jc w:val="right"/>' if is_right else ""
    properties = f'<w:pPr><w:spacing w:before="20" w:after="20"/>{_indent(level)}{aligned}</w:pPr>'
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p>{properties}{runs}</w:p></w:tc>'


def _indent(level: int) -> str:
    return f'<w:ind w:left="{level * INDENT}"/>' if level else ""


def _cell_runs(cell: Cell, is_gone: bool) -> str:
    links = [
        f'<w:hyperlink w:anchor="note{number}" w:history="1">{_run(str(number), small=True)}</w:hyperlink>'
        for number in cell.notes
    ]
    parts = _run(", ", small=True).join(links)
    words = f"; {cell.text}" if parts and cell.text else cell.text
    return parts + (_run(words, strong=cell.is_strong, small=True, gone=is_gone) if words else "")


def _run(
    words: str,
    *,
    strong: bool = False,
    quiet: bool = False,
    small: bool = False,
    gone: bool = False,
    link: bool = False,
) -> str:
    """A run of text as XML; line breaks are kept."""
    looks = ("<w:b/>" if strong else "") + ("<w:strike/>" if gone else "")
    colour = QUIET if quiet else "1F5FA8" if link else ""
    looks += f'<w:color w:val="{colour}"/>' if colour else ""
    looks += '<w:sz w:val="17"/><w:szCs w:val="17"/>' if small else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in words.split("\n"))
    return f"<w:r><w:rPr>{looks}</w:rPr>{lines}</w:r>"


def _runs(text: Text, made: Any) -> str:
    """Runs as XML; web addresses are links."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    parts = []
    for run in text:
        if run.link is not None and run.link[0] == "url":
            key = made.part.relate_to(str(run.link[1]), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            space = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
            parts.append(f"<w:hyperlink {space} r:id={quoteattr(key)}>{_run(run.text, link=True)}</w:hyperlink>")
        else:
            parts.append(_run(run.text, strong=run.strong, quiet=run.quiet))
    return "".join(parts)


def _add(made: Any, properties: str, runs: str, before: str = "") -> None:
    """Append a paragraph at the end of the body, before its section."""
    made.element.body.insert_element_before(
        _element(f"<w:p {W}><w:pPr>{properties}</w:pPr>{before}{runs}</w:p>"), "w:sectPr"
    )


def _append_table(made: Any, look: str, rows: str, widths: list[int]) -> None:
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="C8CCD0"/>' for side in ("top", "bottom", "insideH")
    )
    margins = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>'
    borders = f"<w:tblBorders>{lines}</w:tblBorders>" if look else ""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    properties = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>{borders}<w:tblLayout w:type="fixed"/>{margins}'
    table = f"<w:tbl {W}><w:tblPr>{properties}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    made.element.body.insert_element_before(_element(table), "w:sectPr")
    made.add_paragraph()


def _write_notes(made: Any, notes: list[Note]) -> None:
    if not notes:
        return
    made.add_heading(_("Sources"), 2)
    style = made.styles["List Number"].style_id
    for note in notes:
        mark = (
            f'<w:bookmarkStart w:id="{note.number}" w:name="note{note.number}"/><w:bookmarkEnd w:id="{note.number}"/>'
        )
        _add(made, f'<w:pStyle w:val="{style}"/>', _runs(note.text, made), mark)
