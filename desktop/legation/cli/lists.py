"""Subcommands that list and show records."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from legation.cli.parsing import take_file
from legation.errors import UserError
from legation.i18n import _, ngettext

if TYPE_CHECKING:
    from legation.fields.record_type import Field
    from legation.storage.queries import Query
    from legation.storage.reading import Reader

# word on the command line: (record type, conditions of the page)
TYPES: dict[str, tuple[str, str]] = {
    "events": ("event", ""),
    "meetings": ("event", "contacts"),
    "planned": ("event", "planned"),
    "officials": ("person", ""),
    "countries": ("country", ""),
    "organisations": ("organisation", ""),
    "posts": ("post", ""),
    "appointments": ("appointment", ""),
    "outcomes": ("outcome", ""),
    "sources": ("source", ""),
}


FORMATS = ("table", "csv", "json", "xlsx")


def declare_list(parser: argparse.ArgumentParser) -> None:
    """Declare what `list` takes."""
    take_file(parser)
    parser.add_argument("type", nargs="?", choices=list(TYPES), metavar=_("TYPE"), help=", ".join(TYPES))
    parser.add_argument("--view", default="", help=_("a saved view by its name, instead of a type"))
    parser.add_argument("--where", default="", help=_("conditions, such as: country:TKM since:2024"))
    parser.add_argument("--text", default="", help=_("words that all occur"))
    parser.add_argument("--sort", default="", help=_("a column; a minus before it turns the order"))
    parser.add_argument("--columns", default="", help=_("columns by name, separated by commas"))
    parser.add_argument("--format", choices=FORMATS, help=_("by default from the ending of the output"))
    parser.add_argument("--no-bom", action="store_true", help=_("CSV without the byte-order mark"))
    parser.add_argument("-o", "--output", type=Path, help=_("write to this file"))


def question(type_name: str, where: str = "", words: str = "", sort: str = "") -> Query:
    """The question that `list` asks: a page of the window with more conditions, words and an order.

    Raises `UserError` for a condition or column that is not known.
    """
    from legation.storage.filters.conditions import CONTACTS_HELD, STILL_PLANNED
    from legation.storage.filters.language import parse_filters
    from legation.storage.queries import Query

    record, page = TYPES[type_name]
    fixed = {"contacts": CONTACTS_HELD, "planned": STILL_PLANNED}.get(page, ())
    query = Query(record, (*fixed, *parse_filters(where)), " ".join(words.split()))
    if sort:
        names = tuple(part.strip() for part in sort.split(",") if part.strip())
        _fields(query, [name.lstrip("-") for name in names])
        query = query.sorted_by(*names)
    return query


def _fields(query: Query, names: Sequence[str]) -> list[Field]:
    from legation.storage.pages import columns_of

    try:
        return columns_of(query.record_type, names)
    except KeyError as missing:
        known = ", ".join(query.record_type.by_name)
        raise UserError(
            _("There is no column “{name}”.").format(name=missing.args[0]),
            _("Use some of: {known}.").format(known=known),
        ) from None


def list_records(given: argparse.Namespace) -> int:
    """List records as a table, CSV or JSON."""
    from legation.storage.database import open_workspace
    from legation.storage.filters.asking import require_lawful

    with closing(open_workspace(given.file).reader()) as reader:
        _take_view(given, reader)
        query = question(given.type, given.where, given.text, given.sort)
        columns = _fields(query, [part.strip() for part in given.columns.split(",") if part.strip()])
        require_lawful(reader, given.where, query.record)
        given.format = given.format or _format_of(given.output)
        if given.output is not None:
            from legation.documents.writing import whole_file

            with whole_file(given.output) as file:
                _write_list(given, reader, query, columns, file)
        elif given.format == "xlsx":
            raise UserError(_("A spreadsheet is written to a file."), _("Name the file: -o events.xlsx"))
        elif given.format == "csv":
            _write_list(given, reader, query, columns, sys.stdout.buffer)
        else:
            _write_list(given, reader, query, columns, _Text())
    return 0


def _format_of(output: Path | None) -> str:
    """The format that the ending of a file says; a table for the screen and for text. Raises `UserError` for others."""
    ending = output.suffix.lower().removeprefix(".") if output is not None else ""
    if ending in ("", "txt"):
        return "table"
    if ending not in FORMATS:
        raise UserError(
            _("The ending of {name} tells no format.").format(name=output.name if output is not None else ""),
            _("Use --format with one of: {known}.").format(known=", ".join(FORMATS)),
        )
    return ending


def _take_view(given: argparse.Namespace, reader: Reader) -> None:
    """Put what a saved view shows in the place of what was not said. Raises `UserError`."""
    from legation.storage.views import view_named

    if given.view:
        view = view_named(reader, given.view)
        given.type = given.type or view.page
        given.where = f"{view.filter} {given.where}".strip()
        given.columns = given.columns or ",".join(view.columns)
        given.sort = given.sort or ",".join(view.order)
    if given.type not in TYPES:
        raise UserError(_("Say what to list: {known}.").format(known=", ".join(TYPES)))


class _Text:
    """Takes bytes of UTF-8 text and prints them, whatever stdout is."""

    def write(self, data: bytes) -> int:
        """Print the text."""
        return sys.stdout.write(data.decode("utf-8"))


def _write_list(given: argparse.Namespace, reader: Reader, query: Query, columns: list[Field], file: Any) -> None:
    if given.format != "table":
        from legation.documents.lists import List, write_list

        write_list(file, given.format, List(reader, query, columns), bom=not given.no_bom)
    else:
        file.write(_table(reader, query, columns).encode("utf-8"))


def _table(reader: Reader, query: Query, columns: list[Field]) -> str:
    from legation.storage.filters.sentences import names_in
    from legation.storage.pages import page
    from legation.storage.queries import ids

    rows = page(reader, query.record_type, columns, ids(reader, query))
    titles = [_("Id"), *(_(column.label) for column in columns)]
    lines = [[str(row.id), *(text.replace("\n", " ") for text in row.texts)] for row in rows]
    widths = [min(max(len(line[at]) for line in [titles, *lines]), 48) for at in range(len(titles))]
    shown = [titles, ["-" * width for width in widths], *lines]
    body = "\n".join(
        "  ".join(_fit(cell, width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in shown
    )
    count = ngettext("{count} row", "{count} rows", len(rows)).format(count=len(rows))
    return f"{body}\n{count}: {query.sentence(names_in(reader, query.filters))}\n"


def _fit(cell: str, width: int) -> str:
    return f"{cell:<{width}}" if len(cell) <= width else cell[: width - 1] + "…"


def declare_show(parser: argparse.ArgumentParser) -> None:
    """Declare what `show` takes."""
    take_file(parser)
    parser.add_argument("type", choices=list(TYPES), metavar=_("TYPE"), help=", ".join(TYPES))
    parser.add_argument("id", metavar=_("ID"), help=_("its number in a list, its code or its name"))


def show(given: argparse.Namespace) -> int:
    """Show one record with all that belongs to it."""
    from legation.documents.to_text import to_text
    from legation.matching.named import only_record
    from legation.records.catalogue import record_type
    from legation.reports.dossier import build
    from legation.storage.database import open_workspace

    record = record_type(TYPES[given.type][0])
    with closing(open_workspace(given.file).reader()) as reader:
        id = given.id
        if record.key == "code" and not id.isdecimal():
            found = reader.sql(f'SELECT id FROM "{record.name}" WHERE code = ?', (id.upper(),))
            id = str(found[0][0]) if found else id
        if not id.isdecimal():
            id = str(only_record(reader, record.name, id).id)
        sys.stdout.write(to_text(build(reader, record, int(id))))
    return 0
