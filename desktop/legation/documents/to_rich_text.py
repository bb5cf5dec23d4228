"""A document as the simple HTML that a text view of Qt shows; names are links of the form `record:<type>:<id>`."""

from __future__ import annotations

from base64 import b64encode
from html import escape

from legation.documents.document import (
    Block,
    Cell,
    Document,
    Facts,
    Group,
    Heading,
    Note,
    Paragraph,
    Row,
    Table,
    Text,
)
from legation.documents.pictures import Picture, inks_of, to_svg
from legation.i18n import _

PIXELS_A_POINT = 96 / 72
INDENT = 16  # pixels a level


def to_rich_text(document: Document, colours: dict[str, str]) -> str:
    """The document as one HTML page. `colours` gives "text", "quiet", "link" and "line" as CSS colours."""
    quiet = colours["quiet"]
    parts = [f'<html><body style="color:{colours["text"]}">']
    if document.above:
        parts.append(f'<p style="color:{quiet};margin-bottom:0">{escape(document.above)}</p>')
    parts.append(f'<h2 style="margin-top:0;margin-bottom:4px">{escape(document.title)}</h2>')
    if document.below:
        parts.append(f'<p style="margin-top:0">{_text(document.below, colours)}</p>')
    for block in document.blocks:
        parts.append(_block(block, colours))
    parts += _notes(document.notes, colours)
    parts.append("</body></html>")
    return "".join(parts)


def _block(block: Block, colours: dict[str, str]) -> str:
    if isinstance(block, Heading):
        return _heading(block.text, colours, is_part=block.level == 1)
    if isinstance(block, Paragraph):
        indent = f"margin-left:{block.level * INDENT}px"
        return f'<p style="margin-top:2px;margin-bottom:2px;{indent}">{_text(block.text, colours)}</p>'
    if isinstance(block, Facts):
        return _facts(block, colours)
    if isinstance(block, Picture):
        return f"{_heading(block.title, colours)}{_picture(block, colours)}"
    return _table(block, colours)


def _picture(picture: Picture, colours: dict[str, str]) -> str:
    """The picture as an image within the page, in inks that go with the colour of its text."""
    svg = to_svg(picture, style=inks_of(is_dark=_is_light(colours["text"])))
    size = f'width="{picture.width * PIXELS_A_POINT:.0f}" height="{picture.height * PIXELS_A_POINT:.0f}"'
    held = b64encode(svg.encode("utf-8")).decode("ascii")
    return f'<p><img {size} alt="{escape(picture.description)}" src="data:image/svg+xml;base64,{held}"></p>'


def _is_light(colour: str) -> bool:
    """Whether a colour as #rrggbb is a light one."""
    return sum(bytes.fromhex(colour.removeprefix("#")[:6])) > 3 * 128


def _heading(words: str, colours: dict[str, str], *, is_part: bool = False) -> str:
    if is_part:
        return f'<h3 style="margin-top:20px;margin-bottom:4px">{escape(words)}</h3>'
    return (
        f'<p style="margin-top:16px;margin-bottom:4px;color:{colours["quiet"]}"><b>{escape(words)}</b></p>'
        f'<hr style="color:{colours["line"]};background-color:{colours["line"]};height:1px;border:none">'
    )


def _table(table: Table, colours: dict[str, str]) -> str:
    title = f'<h4 style="margin-top:16px;margin-bottom:4px">{escape(table.title)}</h4>' if table.title else ""
    if not table.count:
        return f'{title}<p style="color:{colours["quiet"]}">{escape(table.when_empty)}</p>'
    heads = "".join(
        f'<th width="{column.width * 100 / table.width:.1f}%" align="{_side(column.kind)}" '
        f'style="border-bottom:1px solid {colours["quiet"]};color:{colours["quiet"]}">{escape(column.label)}</th>'
        for column in table.columns
    )
    look = 'width="100%" cellspacing="0" cellpadding="3" style="border-collapse:collapse"'
    rows = "".join(_group(table, group, colours) for group in table.groups)
    return f"{title}<table {look}><thead><tr>{heads}</tr></thead>{rows}</table>"


def _side(kind: str) -> str:
    return "right" if kind == "number" else "left"


def _group(table: Table, group: Group, colours: dict[str, str]) -> str:
    line = f"border-bottom:1px solid {colours['line']}"
    title = (
        f'<tr><td colspan="{len(table.columns)}" style="{line};padding-top:8px"><b>{escape(group.title)}</b></td></tr>'
        if group.title
        else ""
    )
    return title + "".join(_row(table, row, line, colours) for row in group.rows)


def _row(table: Table, row: Row, line: str, colours: dict[str, str]) -> str:
    cells = []
    for at, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
        level = row.level if column.name == table.indented else 0
        words = _cell(cell, colours)
        if row.change == "withdrawn" and at:
            words = f"<s>{words}</s>"
        if not at and (mark := table.mark(row)):
            words += f'<br><b style="color:{colours["link"]}">{escape(mark)}</b>'
        indent = f";padding-left:{level * INDENT}px" if level else ""
        cells.append(f'<td valign="top" align="{_side(column.kind)}" style="{line}{indent}">{words}</td>')
    return f"<tr>{''.join(cells)}</tr>"


def _cell(cell: Cell, colours: dict[str, str]) -> str:
    words = escape(cell.text).replace("\n", "<br>")
    if cell.is_strong:
        words = f"<b>{words}</b>"
    links = ", ".join(
        f'<a href="#note-{each}" style="color:{colours["link"]};text-decoration:none">{each}</a>' for each in cell.notes
    )
    return f"{links}; {words}" if links and words else links or words


def _notes(notes: list[Note], colours: dict[str, str]) -> list[str]:
    if not notes:
        return []
    rows = [
        f'<tr><td align="right"><a name="note-{note.number}"></a>{note.number}.</td>'
        f"<td>{_text(note.text, colours)}</td></tr>"
        for note in notes
    ]
    return [_heading(_("Sources"), colours), '<table cellspacing="0" cellpadding="2">', *rows, "</table>"]


def _facts(facts: Facts, colours: dict[str, str]) -> str:
    rows = "".join(
        f'<tr><td style="color:{colours["quiet"]};padding-right:16px" valign="top">{escape(label)}</td>'
        f"<td>{_text(value, colours)}</td></tr>"
        for label, value in facts.rows
    )
    return f'<table cellspacing="0" cellpadding="2" style="margin-top:4px">{rows}</table>'


def _text(text: Text, colours: dict[str, str]) -> str:
    parts = []
    for run in text:
        words = escape(run.text).replace("\n", "<br>")
        if run.strong:
            words = f"<b>{words}</b>"
        if run.link is not None:
            record, id = run.link
            address = str(id) if record == "url" else f"record:{record}:{id}"
            words = f'<a href="{escape(address)}" style="color:{colours["link"]};text-decoration:none">{words}</a>'
        elif run.quiet:
            words = f'<span style="color:{colours["quiet"]}">{words}</span>'
        parts.append(words)
    return "".join(parts)
