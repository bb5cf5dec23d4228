"""The subcommand that imports tables: says how a file was read and what it would do, and does it as one step."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from legation.cli.parsing import take_file
from legation.cli.reading import OddRows, declare_reading, reading_choices
from legation.errors import UserError
from legation.i18n import _, ngettext

if TYPE_CHECKING:
    from legation.imports.mapping import Mapping
    from legation.imports.planning import Plan
    from legation.imports.source_tables import SourceTable
    from legation.storage.database import Database
    from legation.storage.reading import Reader

MOST = 20  # questions and rejected rows that are listed; the rest is counted


def declare_import(parser: argparse.ArgumentParser) -> None:
    """Declare what `import` takes."""
    from legation.imports.roles import LIKELY, TYPES

    take_file(parser)
    parser.add_argument("source", nargs="+", type=Path, metavar=_("SOURCE"), help=_("a file with tables"))
    parser.add_argument("--as", dest="as_type", choices=list(TYPES), metavar=_("TYPE"),
                        help=_("what a row is: {types}").format(types=", ".join(TYPES)))  # fmt: skip
    parser.add_argument(
        "--mapping", metavar="M.toml", help=_("what the columns give: a file, or the name of a kept one")
    )
    parser.add_argument("--write-mapping", type=Path, metavar="M.toml", help=_("write the mapping used, to be edited"))
    parser.add_argument("--keep-mapping", metavar=_("NAME"), help=_("keep the mapping in the workspace by name"))
    parser.add_argument("--likely", choices=LIKELY, help=_("what may be a known record is new, the same, or rejected"))
    parser.add_argument("--month-only", action="append", default=[], metavar=_("HEADING"),
                        help=_("a column of dates of which only the months are known; may be given again"))  # fmt: skip
    parser.add_argument("--value", action="append", default=[], metavar=_("ROLE=TEXT"),
                        help=_("what is the same in all rows, as guest.country=USA; may be given again"))  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help=_("only say what would be done"))
    declare_reading(parser)
    parser.add_argument("--rejects", type=Path, metavar="OUT.csv", help=_("write the rejected rows with the reasons"))


def import_tables(given: argparse.Namespace) -> int:
    """Import the tables of all files as one step; 1 when rows were rejected."""
    from legation.imports.planning import Cancelled
    from legation.storage.database import open_workspace

    with closing(open_workspace(given.file)) as database:
        try:
            with closing(database.reader()) as reader:
                plans = _plans(reader, given)
            if given.write_mapping is not None:
                _write_mappings(given.write_mapping, plans)
            if not given.dry_run:
                _write(database, plans, given.keep_mapping)
        except (KeyboardInterrupt, Cancelled):
            raise UserError(_("Stopped. Nothing was written.")) from None
    rejected = [each for each in plans if each.rejects]
    if given.rejects is not None:
        _write_rejects(given.rejects, rejected)
    return 1 if rejected else 0


def _plans(reader: Reader, given: argparse.Namespace) -> list[Plan]:
    """The plans of all tables, told one by one; each knows what those before it make."""
    from legation.imports.files.opening import open_tables
    from legation.imports.mapping import MONTH_ONLY
    from legation.imports.month_questions import key_of
    from legation.imports.planning import make_plan

    choices = reading_choices(given)
    plans: list[Plan] = []
    for source in given.source:
        for table in open_tables(source, choices):
            odd = OddRows(table)
            after = plans[-1] if plans else None
            mapping = _mapping(reader, odd.table, given, after)
            told = _progress(_("{done:,} rows read"))
            decided = {key_of(heading): MONTH_ONLY for heading in given.month_only}
            plans.append(make_plan(reader, odd.table, mapping, decided, told, after))
            _tell(plans[-1], odd)
    for heading in given.month_only:
        if not any(heading in plan.dates for plan in plans):
            raise UserError(
                _("“{heading}” is no column of dates.").format(heading=heading),
                _("Its heading is one that is printed with dates above."),
            )
    return plans


def _write(database: Database, plans: list[Plan], name: str | None) -> None:
    """Keep the mappings under a name if one is given, then write all plans as one step."""
    from legation.imports.applying import apply
    from legation.imports.kept_mappings import keep_mapping

    for plan in plans if name else ():
        kept = keep_mapping(database, plan.mapping, " ".join([str(name), *_which(plan, plans)]))
        if kept.step == plan.bulk.as_of + 1:  # the only step since the plans were made
            plan.bulk.as_of = kept.step
    change = apply(database, plans, _progress(_("{done:,} of {total:,} rows written")))
    if change.step:
        print(_("Written as step {step}.").format(step=change.step))
    else:
        print(_("Nothing to write."))


def _which(plan: Plan, plans: list[Plan]) -> list[str]:
    """The number of a plan, where it is not the first."""
    number = plans.index(plan) + 1
    return [str(number)] if number > 1 else []


def _mapping(reader: Reader, table: SourceTable, given: argparse.Namespace, after: Plan | None) -> Mapping:
    """The mapping asked for, else one kept for the shape of the table, else a guess."""
    from legation.imports.kept_mappings import kept_mappings, mapping_in
    from legation.imports.planning import propose_mapping

    if given.mapping is None:
        mapping = propose_mapping(reader, table, given.as_type or "", after)
    else:
        kept = {each.name: each for each in kept_mappings(reader)}
        if given.mapping in kept and not Path(given.mapping).exists():
            mapping = kept[given.mapping]
        else:
            mapping = mapping_in(Path(given.mapping))
    if given.value:
        said = dict(_role_and_text(each, mapping) for each in given.value)
        columns = {heading: roles for heading, roles in mapping.columns.items() if not set(roles) & set(said)}
        mapping = replace(mapping, columns=columns, values={**mapping.values, **said})
    return replace(mapping, likely=given.likely) if given.likely else mapping


def _role_and_text(given: str, mapping: Mapping) -> tuple[str, str]:
    """What `--value` says. Raises `UserError` for a role that rows of the type have not."""
    from legation.imports.roles import roles_of

    role, _equals, text = given.partition("=")
    if role.strip() not in roles_of(mapping.type) or not text.strip():
        raise UserError(
            _(
                "“{given}” says nothing of the rows: {type} have no “{role}”, or nothing follows the equals sign."
            ).format(given=given, type=mapping.type, role=role.strip()),
            _("Write it as in --value guest.country=USA; the manual lists the roles under Importing."),
        )
    return role.strip(), text.strip()


def _write_mappings(path: Path, plans: list[Plan]) -> None:
    """Write the mapping of each table; those of further tables into files numbered after the first."""
    from legation.documents.writing import whole_file
    from legation.imports.mapping import to_toml
    from legation.imports.rejects import numbered

    for number, plan in enumerate(plans, 1):
        with whole_file(numbered(path, number)) as file:
            file.write(to_toml(plan.mapping).encode("utf-8"))


def _write_rejects(path: Path, plans: list[Plan]) -> None:
    """Write the rejected rows; those of further tables into files numbered after the first."""
    from legation.imports.rejects import write_all_rejects

    for own, count in write_all_rejects(path, plans):
        told = ngettext("{count} rejected row is in {name}.", "{count} rejected rows are in {name}.", count)
        print(told.format(count=count, name=own))


def _progress(words: str) -> Callable[[int, int], bool]:
    """A function that shows progress on a terminal's line of errors; elsewhere nothing is shown."""
    shown = sys.stderr.isatty()

    def tell(done: int, total: int) -> bool:
        if shown:
            print("\r" + words.format(done=done, total=total), end="", file=sys.stderr, flush=True)
        return True

    return tell


def _tell(plan: Plan, odd: OddRows) -> None:
    """Print how the table was read, what its columns give, and what would be done."""
    from legation.imports.outcomes import Outcome
    from legation.imports.roles import ROLES, TYPES
    from legation.records.catalogue import record_type

    mapping = plan.mapping
    table = odd.table
    print(table.file + (f" – {table.name}" if table.name else ""))
    for sentence in table.how:
        print(f"  {sentence}")
    odd.tell()
    reason = mapping.reasons.get("type", "")
    print(f"  {_('A row is taken for: {type}.').format(type=_(TYPES[mapping.type][2]))} {reason}")
    for heading, roles in mapping.columns.items():
        gives = ", ".join(_(ROLES[role].label) for role in roles)
        print(f"    {heading}: {gives}.  {mapping.reasons.get(heading, '')}")
        for evidence in plan.dates[heading].evidence if heading in plan.dates else ():
            print(f"      {evidence}")
    if left := [each for each in table.headings if not mapping.columns.get(each)]:
        print("    " + _("Not taken: {columns}.").format(columns=", ".join(left)))
    for role, value in mapping.values.items():
        told = _("{role}: {value} in every row.").format(role=_(ROLES[role].label), value=value)
        print(f"    {told}  {mapping.reasons.get(role, '')}".rstrip())
    counts = plan.counts
    told = ngettext(
        "{rows:,} row: {added:,} added, {changed:,} changed, {unchanged:,} unchanged, {rejected:,} rejected.",
        "{rows:,} rows: {added:,} added, {changed:,} changed, {unchanged:,} unchanged, {rejected:,} rejected.",
        len(plan.rows),
    )
    words = {each.value: counts[each] for each in Outcome}
    print("  " + told.format(rows=len(plan.rows), **words))
    records = [f"{_(record_type(name).plural)} {count:,}" for name, count in plan.records.items()]
    if records:
        print("  " + _("New records: {records}.").format(records=" · ".join(records)))
    _tell_questions(plan)
    _tell_rows(plan)


def _tell_questions(plan: Plan) -> None:
    for each in plan.questions:
        if not each.record and not each.answer:
            told = _('{heading}: {reason} Perhaps only the month is known: --month-only "{heading}" takes it so.')
            print("  " + told.format(heading=each.printed, reason=each.choices[0].reason))
    questions = [each for each in plan.questions if each.record]
    if not questions:
        return
    count = len(questions)
    told = ngettext(
        "{count} name may be that of a known record (--likely says what becomes of it; now: {rule}):",
        "{count} names may be those of known records (--likely says what becomes of them; now: {rule}):",
        count,
    )
    print("  " + told.format(count=count, rule=plan.mapping.likely))
    for question in questions[:MOST]:
        choices = "; ".join(f"{each.label} ({each.reason})" for each in question.choices)
        print(f"    {question.printed}: {choices}")
    if count > MOST:
        print("    " + _("and {count} more").format(count=count - MOST))


def _tell_rows(plan: Plan) -> None:
    """Print what stands in the way of rows, and what the file has no longer."""
    from legation.imports.roles import ROLES

    for number, _cells, reason in plan.rejects[:MOST]:
        print("  " + _("Row {number} is rejected: {reason}").format(number=number, reason=reason))
    if len(plan.rejects) > MOST:
        print("    " + _("and {count} more").format(count=len(plan.rejects) - MOST))
    if plan.wanted:
        told = _("{count:,} of them lack “{label}”. If it is the same in every row, say it: --value {role}=…")
        print("  " + told.format(count=plan.lacking[plan.wanted], label=_(ROLES[plan.wanted].label), role=plan.wanted))
    if plan.again and plan.gone:
        told = ngettext(
            "{count} row of the earlier import is not in this file; its records stay: {keys}",
            "{count} rows of the earlier import are not in this file; their records stay: {keys}",
            len(plan.gone),
        )
        print("  " + told.format(count=len(plan.gone), keys=", ".join(plan.gone[:5])))
