"""A document as one HTML page that stands alone: no script, nothing fetched, to be read, printed and handed on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from itertools import chain

from legation.documents.column_widths import shares
from legation.documents.document import (
    WIDE,
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
from legation.documents.letters import begins_from_right, kept_apart, printable
from legation.documents.page_style import style_of
from legation.documents.pictures import Picture, to_svg
from legation.documents.progress import Progress, told
from legation.documents.to_json import about_of
from legation.i18n import _, language

INDENT = 20  # pixels a level
LETTER = 7.8  # pixels
LETTERS = {False: 105, True: 144}  # across a sheet that stands upright; across one on its side, and a screen


def shown(words: str) -> str:
    """Words as they stand in HTML."""
    return escape(printable(words))


def to_html(document: Document, progress: Progress | None = None) -> bytes:
    """The document as an HTML page in UTF-8. Raises `Cancelled` when `progress` gives False."""
    parts = [
        f'<!DOCTYPE html>\n<html lang="{shown(language())}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{shown(document.title)}</title>",
        _about(document),
        f"<style>{style_of(printable(document.title), is_wide=document.is_wide)}</style></head>\n<body>",
        f'<p class="quiet">{shown(document.above)}</p>' if document.above else "",
        f"<h1>{shown(document.title)}</h1>",
        f"<p>{_text(document.below)}</p>" if document.below else "",
    ]
    # titles of tables stand below those of the parts, where there are parts
    rank = 3 if any(isinstance(block, Heading) and block.level == 1 for block in document.blocks) else 2
    parts += chain.from_iterable(_block(block, rank, progress) for block in document.blocks)
    parts += _notes(document.notes, rank)
    return "\n".join([*(part for part in parts if part), "</body></html>\n"]).encode("utf-8")


def _about(document: Document) -> str:
    """What the page was made of, for who makes it again; a < inside would end the element."""
    if document.about is None:
        return ""
    said = json.dumps(about_of(document.about), ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/json" id="about">{said}</script>'


def _block(block: Block, rank: int, progress: Progress | None) -> list[str]:
    if isinstance(block, Heading):
        own = 2 if block.level == 1 else rank
        return [f"<h{own}>{shown(block.text)}</h{own}>"]
    if isinstance(block, Paragraph):
        indent = f' style="margin-left:{block.level * INDENT}px"' if block.level else ""
        return [f"<p{indent}>{_text(block.text)}</p>"]
    if isinstance(block, Facts):
        rows = "".join(f"<dt>{shown(label)}</dt><dd>{_text(value)}</dd>" for label, value in block.rows)
        return [f"<dl>{rows}</dl>"]
    if isinstance(block, Picture):
        return [f"<figure><figcaption>{shown(block.title)}</figcaption>{to_svg(block)}</figure>"]
    return _table(block, rank, progress)


def _table(table: Table, rank: int, progress: Progress | None) -> list[str]:
    head = f"<h{rank}>{shown(table.title)}</h{rank}>" if table.title else ""
    if not table.count:
        return [head, f'<p class="quiet">{shown(table.when_empty)}</p>']
    names = "".join(f'<th scope="col" class="{each.kind}">{shown(each.label)}</th>' for each in table.columns)
    room = LETTERS[table.width > WIDE]
    widths = "".join(f'<col style="width:{100 * each:.1f}%">' for each in shares(table, room))
    look = f' style="min-width:{min(table.width, room) * LETTER:.0f}px"'
    start = f'<div class="wide"><table{look}><colgroup>{widths}</colgroup><thead><tr>{names}</tr></thead>'
    parts = [head, start]
    rows = told(table.rows(), table.count, progress)
    for group in table.groups:
        parts += _group(table, group, rows)
    next(rows, None)  # says that all is done
    return [*parts, "</table></div>"]


def _group(table: Table, group: Group, rows: Iterator[Row]) -> list[str]:
    title = (
        f'<tr class="group"><th scope="rowgroup" colspan="{len(table.columns)}">{shown(group.title)}</th></tr>'
        if group.title
        else ""
    )
    return [f"<tbody>{title}", *(_row(table, next(rows)) for _row_of_group in group.rows), "</tbody>"]


def _row(table: Table, row: Row) -> str:
    cells = []
    for at, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
        indent = f' style="padding-left:{row.level * INDENT}px"' if row.level and column.name == table.indented else ""
        mark = "" if at else table.mark(row)
        change = f'<span class="change">{shown(mark)}</span>' if mark else ""
        is_gone = row.change == "withdrawn" and at > 0
        cells.append(f'<td class="{column.kind}"{indent}>{_cell(cell, is_gone=is_gone)}{change}</td>')
    kind = f' class="{row.change}"' if row.change else ""
    return f"<tr{kind}>{''.join(cells)}</tr>"


def _cell(cell: Cell, *, is_gone: bool) -> str:
    lines = [shown(each if begins_from_right(each) else kept_apart(each)) for each in printable(cell.text).split("\n")]
    words = lines[0] if len(lines) == 1 else "".join(f'<bdi class="line">{line}</bdi>' for line in lines)
    if cell.is_strong:
        words = f"<b>{words}</b>"
    if is_gone and words:
        words = f"<s>{words}</s>"
    if not cell.notes:
        return words
    links = ", ".join(f'<a href="#note-{number}">{number}</a>' for number in cell.notes)
    return f"{links}; {words}" if words else links


def _notes(notes: list[Note], rank: int) -> list[str]:
    if not notes:
        return []
    rows = [f'<li id="note-{note.number}" value="{note.number}">{_text(note.text)}</li>' for note in notes]
    return [f"<h{rank}>{shown(_('Sources'))}</h{rank}>", '<ol class="notes">', *rows, "</ol>"]


def _text(text: Text) -> str:
    parts = []
    for run in text:
        words = shown(kept_apart(run.text)).replace("\n", "<br>")
        if run.strong:
            words = f"<b>{words}</b>"
        if run.link is not None and run.link[0] == "url":
            words = f'<a href="{shown(str(run.link[1]))}">{words}</a>'
        elif run.quiet:
            words = f'<span class="quiet">{words}</span>'
        parts.append(words)
    return "".join(parts)
