"""JSON as tables: a list of objects, an object that holds one, a line an object, the answers of SPARQL.

The names of the values are the headings, in the order in which they are met; what lies deeper has the way to it in its
heading ("place / city"), and lists are one cell, also those of persons with their posts and countries. Row 1 are the
headings, so the first record is row 2.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from legation.errors import UserError
from legation.i18n import _
from legation.imports.files.file_source import FileSource
from legation.imports.files.layout import LaidRow
from legation.imports.files.sheet_tables import Sheet, table_of_records, tables_of_sheet
from legation.imports.files.text_encoding import Encoding, find_encoding
from legation.imports.reading_choices import ReadingChoices
from legation.imports.source_tables import SourceCell, SourceTable

LARGEST = 200 << 20  # bytes
DEEPEST = 4  # objects within objects that still are columns
MOST_COLUMNS = 2000
LONGEST_NUMBER = 300  # figures
_NAMES = (("first", "last"), ("firstName", "lastName"), ("first_name", "last_name"), ("given", "family"),
          ("givenName", "familyName"), ("given_name", "family_name"))  # fmt: skip
_NAMED = ("name", "full_name", "fullname", "full name", "person")
_POSTS = ("title", "post", "position", "role", "function", "office", "job_title", "jobtitle", "designation")
_WHENCE = ("country", "country_name", "nationality", "state", "organisation", "organization", "affiliation")


def json_tables(source: FileSource, choices: ReadingChoices, encoding: Encoding | None = None) -> list[SourceTable]:
    """The tables of a JSON file. Raises `UserError` when it is broken or holds no list of records."""
    if source.size > LARGEST:
        raise UserError(
            _("{name} is too large to be read as JSON.").format(name=source.name), _("Save its table as CSV.")
        )
    encoding = encoding or find_encoding(source, choices.encoding)
    with source.guarded(), encoding.open(source) as file:
        whole = _parsed(source.name, file.read().removeprefix("\ufeff"))
    lists = _lists_of(whole)
    found: list[SourceTable] = []
    told = (*encoding.how, _("Each record is a row; the names of its values are the headings."))
    chosen = replace(choices, header_rows=choices.header_rows or 1, first_row=choices.first_row or 1)
    for name, records in lists.items():
        rows = [LaidRow(number, cells) for number, cells in enumerate(_rows(records), 1)]
        sheet = Sheet(source.name, name if len(lists) > 1 else "", rows.__iter__, told)
        if len(rows) > 1 and rows[0].cells:
            # every object is a row, also one that says as little as a note below a table
            tables = tables_of_sheet(sheet, chosen) if _are_lists(records) else [table_of_records(sheet)]
            found += [replace(table, used=replace(table.used, encoding=encoding.codec)) for table in tables]
    if not found:
        raise UserError(
            _("{name} is JSON without a list of records.").format(name=source.name),
            _("Choose a file that holds a list of objects, or a table as CSV."),
        )
    return found


def _parsed(name: str, text: str) -> Any:
    """What JSON says: one value, or a list of the values that stand in a line each."""
    try:
        try:
            return _loaded(text)
        except json.JSONDecodeError as whole:
            lines = [line for line in text.split("\n") if line.strip()]
            with suppress(json.JSONDecodeError):
                if len(lines) > 1:
                    return [_loaded(line) for line in lines]
            told = _("{name} is no whole JSON file: something is wrong in line {line}.")
            raise UserError(
                told.format(name=name, line=whole.lineno), _("Ask for the file again, or save its table as CSV.")
            ) from None
    except RecursionError:
        raise UserError(
            _("{name} is JSON that is nested too deeply for a table.").format(name=name), _("Save its table as CSV.")
        ) from None


def _loaded(text: str) -> Any:
    """What JSON says; NaN and its like, which are none, say nothing."""
    return json.loads(text, parse_int=_number, parse_constant=lambda _word: None)


def _number(figures: str) -> int | str:
    """A whole number; one of very many figures stays text."""
    return int(figures) if len(figures) <= LONGEST_NUMBER else figures


def _lists_of(whole: Any) -> dict[str, list[Any]]:
    """The lists of records by name: those that stand highest."""
    if isinstance(whole, list):
        return {"": whole}
    if not isinstance(whole, dict):
        return {}
    if isinstance(answers := whole.get("results"), dict) and isinstance(answers.get("bindings"), list):
        return {"": [_answer(each) for each in answers["bindings"]]}
    lists = {str(name): each for name, each in whole.items() if _is_list_of_records(each)}
    if lists:
        return lists
    inner = [each for each in whole.values() if isinstance(each, dict)]
    if len(inner) > 1 and len(inner) == len(whole) and set.intersection(*map(set, inner)):  # by a key of its own each
        return {"": [{"key": name, **each} for name, each in whole.items()]}
    for each in inner:
        if found := _lists_of(each):
            return found
    return {}


def _is_list_of_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict | list) for each in value)


def _are_lists(records: list[Any]) -> bool:
    return all(isinstance(each, list) for each in records)


def _answer(binding: Any) -> Any:
    """A row of answers of SPARQL without what tells of each value what it is."""
    if not isinstance(binding, dict):
        return binding
    return {name: each.get("value") if isinstance(each, dict) else each for name, each in binding.items()}


def _rows(records: Iterable[Any]) -> list[list[SourceCell]]:
    """The headings and a row for each record; lists of lists have their own headings."""
    records = list(records)
    if records and _are_lists(records):
        return [[_cell(value) for value in each] for each in records]
    flat: list[dict[str, SourceCell]] = []
    headings: dict[str, None] = {}
    for each in records:
        values: dict[str, SourceCell] = {}
        _flatten(each if isinstance(each, dict) else {"value": each}, "", values, 0)
        flat.append(values)
        headings.update(dict.fromkeys(values))
    names = list(headings)[:MOST_COLUMNS]
    return [list(names), *([values.get(name) for name in names] for values in flat)]


def _flatten(record: Mapping[str, Any], before: str, values: dict[str, SourceCell], depth: int) -> None:
    for name, value in record.items():
        heading = f"{before} / {name}" if before else str(name)
        if isinstance(value, dict) and depth < DEEPEST:
            _flatten(value, heading, values, depth + 1)
        else:
            values[heading] = _cell(value)


def _cell(value: Any) -> SourceCell:
    """A value as one cell; lists are joined, objects in them tell who or what they are."""
    if isinstance(value, list):
        return "; ".join(str(cell) for each in value if (cell := _cell(each)) not in (None, ""))
    if isinstance(value, dict):
        return _of_object(value)
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _of_object(value: Mapping[str, Any]) -> SourceCell:
    """An object in a list as a cell writes it: "Ahmet Gurbanov, Deputy Minister (Turkmenistan)".

    One without a name gives its title or label, else all that it says, apart by commas.
    """
    said = {str(name).casefold(): each for name, each in value.items()}
    parts = next((pair for pair in _NAMES if all(value.get(part) for part in pair)), None)
    name = _cell(" ".join(str(value[part]) for part in parts)) if parts else _first_text(said, _NAMED)
    if name:
        post, whence = _first_text(said, _POSTS), _first_text(said, _WHENCE)
        with_post = f"{name}, {post}" if post and post != name else name
        return f"{with_post} ({whence})" if whence and whence != name else with_post
    named = next((value[each] for each in ("title", "label", "value") if each in value), None)
    if named is not None:
        return _cell(named)
    return ", ".join(str(cell) for each in value.values() if (cell := _cell(each)) not in (None, ""))


def _first_text(said: Mapping[str, Any], names: Iterable[str]) -> str:
    """The first of some values that is text."""
    found = (each.strip() for name in names if isinstance(each := said.get(name), str))
    return next(filter(None, found), "")
