"""A document for the clipboard: HTML that Word and e-mail take as tables, and lines with tabs for spreadsheets."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from legation.documents.document import Block, Document, Facts, Paragraph, Run, Text
from legation.documents.pictures import INKS, Picture
from legation.documents.sheets import flat_columns, note_words, notes_of, portions
from legation.documents.to_csv import guard
from legation.documents.to_rich_text import to_rich_text

_COLOURS = {"text": INKS["text"][0], "quiet": INKS["quiet"][0], "link": INKS["accent"][0], "line": INKS["line"][0]}


def pasted_html(document: Document) -> str:
    """The document as simple HTML without its pictures; only addresses of pages stay links."""
    blocks = [_without_records(block) for block in document.blocks if not isinstance(block, Picture)]
    below = _plain_links(document.below)
    return to_rich_text(replace(document, blocks=blocks, below=below), _COLOURS)


def pasted_text(document: Document) -> str:
    """The tables with their headings, cells parted by tabs, tables by an empty line; what proves a row written out.

    A cell that a spreadsheet would run as a formula is guarded as in CSV.
    """
    notes = notes_of(document)
    made = io.StringIO()
    writer = csv.writer(made, delimiter="\t", lineterminator="\n")
    for number, table in enumerate(document.tables):
        if number:
            made.write("\n")
        writer.writerow(column.label for column in flat_columns(table))
        for portion in portions(table):
            for cells in zip(*portion.columns, strict=True):
                parts = ((note_words(cell.notes, notes), cell.text) for cell in cells)
                writer.writerow([guard(" ".join(" ".join(each).split())) for each in parts])
    return made.getvalue()


def _without_records(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=_plain_links(block.text))
    if isinstance(block, Facts):
        return replace(block, rows=[(label, _plain_links(value)) for label, value in block.rows])
    return block


def _plain_links(text: Text) -> Text:
    """The same text in which nothing points at a record of this workspace."""
    return [run if run.link is None or run.link[0] == "url" else Run(run.text, None, run.strong, run.quiet)
            for run in text]  # fmt: skip
