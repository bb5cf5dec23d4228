"""Rejected rows as a file: the cells as they were, the row and the reason beside them, ready to correct and import."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from legation.documents.to_csv import csv_columns
from legation.documents.writing import whole_file, write_csv
from legation.i18n import N_, _
from legation.imports.planning import Plan

REASON, ROW = N_("Why it was rejected"), N_("Row of the file")


def write_rejects(path: Path, plan: Plan) -> int:
    """Write the rejected rows as CSV; how many. Raises `UserError` when the file cannot be written."""
    own = {_(REASON), _(ROW)}
    kept = [at for at, heading in enumerate(plan.table.headings) if heading not in own]
    width = len(plan.table.headings)
    more = max([len(cells) - width for _number, cells, _reason in plan.rejects], default=0)  # beyond the headings
    kept += range(width, width + more)
    headings = [*plan.table.headings, *(_("Column {number}").format(number=width + at + 1) for at in range(more))]
    rows = [
        [*(cells[at] if at < len(cells) else "" for at in kept), number, reason]
        for number, cells, reason in plan.rejects
    ]
    lines = csv_columns(list(zip(*rows, strict=True)))
    with whole_file(path) as file:
        named = [headings[at] for at in kept]
        return write_csv(file, [*named, _(ROW), _(REASON)], [(len(rows), len(rows), lines)])


def write_all_rejects(path: Path, plans: Sequence[Plan]) -> list[tuple[Path, int]]:
    """Write the rejected rows of each table that has some; those of further tables into files numbered after the first.

    Gives the files, each with its number of rows.
    """
    rejected = [each for each in plans if each.rejects]
    paths = [numbered(path, number) for number in range(1, len(rejected) + 1)]
    return [(own, write_rejects(own, plan)) for own, plan in zip(paths, rejected, strict=True)]


def numbered(path: Path, number: int) -> Path:
    """The path of the file with a number beside a first one: rejects.csv, rejects-2.csv."""
    return path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
