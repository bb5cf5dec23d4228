"""Subcommands on records that may be one: listing likely duplicates, and making one of two."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from legation.cli.parsing import take_file
from legation.errors import UserError
from legation.i18n import _, ngettext

if TYPE_CHECKING:
    from legation.quality.merge_plan import Plan
    from legation.storage.reading import Reader

MERGED = {"officials": "person", "organisations": "organisation", "posts": "post", "countries": "country"}
SEARCHED = ("officials", "organisations")


def declare_duplicates(parser: argparse.ArgumentParser) -> None:
    """Declare what `duplicates` takes."""
    take_file(parser)
    kinds = _("what is looked through: {kinds}").format(kinds=", ".join(SEARCHED))
    parser.add_argument("--type", choices=SEARCHED, default=SEARCHED[0], metavar=_("TYPE"), help=kinds)
    parser.add_argument("--limit", type=int, default=200, help=_("how many pairs, the surest first"))
    told = _("remember that two are not the same")
    parser.add_argument("--not-same", nargs=2, metavar=(_("ONE"), _("OTHER")), help=told)


def duplicates(given: argparse.Namespace) -> int:
    """List the pairs that may be one, or remember that two are not."""
    from itertools import islice

    from legation.quality.duplicates import duplicates as look
    from legation.quality.merging import tell_apart
    from legation.records.catalogue import record_type
    from legation.storage.database import open_workspace
    from legation.storage.labels import labels

    record = MERGED[given.type]
    with closing(open_workspace(given.file)) as database:
        if given.not_same:
            with closing(database.reader()) as reader:
                first, second = (_number(reader, record, each) for each in given.not_same)
            done = tell_apart(database, record, first, second)
            print(_("Remembered (step {step}).").format(step=done.step) if done.step else _("It is known already."))
            return 0
        with closing(database.reader()) as reader:
            found = list(islice((each for each in look(reader, record) if each is not None), max(0, given.limit)))
            names = labels(reader, record_type(record), {id for each in found for id in (each.first, each.second)})
            for each in found:
                one, other = names[each.first], names[each.second]
                print(f"{each.first:>6}  {one}\n{each.second:>6}  {other}\n        {each.reason}")
            count = ngettext("{count} pair may be one.", "{count} pairs may be one.", len(found))
            print(count.format(count=f"{len(found):,}"))
    return 0


def declare_merge(parser: argparse.ArgumentParser) -> None:
    """Declare what `merge` takes."""
    take_file(parser)
    kinds = _("what the two are: {kinds}").format(kinds=", ".join(MERGED))
    parser.add_argument("type", choices=list(MERGED), metavar=_("TYPE"), help=kinds)
    parser.add_argument("keep", metavar=_("KEEP"), help=_("the record that stays: its number, or a country's code"))
    parser.add_argument("other", metavar=_("OTHER"), help=_("the record that becomes one with it"))
    parser.add_argument("--take", default="", help=_("fields of which the other's value stays, separated by commas"))
    parser.add_argument("--dry-run", action="store_true", help=_("only say what would move"))


def merge(given: argparse.Namespace) -> int:
    """Make one record of two, or say what that would do; 1 when something stands in the way."""
    from legation.quality.merge_words import obstacles
    from legation.quality.merging import merge as make_one, plan_of
    from legation.storage.database import open_workspace

    record = MERGED[given.type]
    with closing(open_workspace(given.file)) as database:
        with closing(database.reader()) as reader:
            kept, gone = (_number(reader, record, each) for each in (given.keep, given.other))
            plan = plan_of(reader, record, kept, gone)
            if given.take:
                plan = plan_of(reader, record, kept, gone, _taken(plan, given.take))
            _tell(reader, plan, is_whole=given.dry_run)
            problems = obstacles(reader, plan)
        for problem in problems:
            print(problem)
        if problems:
            return 1
        if not given.dry_run:
            print(_("Merged (step {step}).").format(step=make_one(database, plan).step))
    return 0


def _number(reader: Reader, record: str, said: str) -> int:
    """The id of a record that is told by its number, or a country by its code. Raises `UserError`."""
    if record == "country" and not said.isdecimal():
        found = reader.sql("SELECT id FROM country WHERE code = ?", (said.upper(),))
        if found:
            return int(found[0][0])
    if not (said.isascii() and said.isdecimal()):
        raise UserError(_("“{id}” is no number of a record.").format(id=said), _("Find it with: legation list."))
    return int(said)


def _taken(plan: Plan, said: str) -> dict[str, bool]:
    """The fields of which the other's value stays. Raises `UserError` for one in which the two do not differ."""
    names = [each.strip() for each in said.split(",") if each.strip()]
    known = [each.name for each in plan.fields]
    for name in names:
        if name not in known:
            raise UserError(
                _("The two do not differ in “{name}”.").format(name=name),
                _("They differ in: {known}.").format(known=", ".join(known)),
            )
    return dict.fromkeys(names, True)


def _tell(reader: Reader, plan: Plan, *, is_whole: bool) -> None:
    """Print which values stay and what moves."""
    from legation.quality.merge_words import field_lines, lines, summary

    for each in field_lines(reader, plan):
        told = _("{field}: {stays} (and not: {goes})") if each.goes else _("{field}: {stays} (the other has none)")
        if not each.goes and each.takes_other:
            told = _("{field}: {stays} (from the other)")
        print(told.format(field=each.label, stays=each.stays, goes=each.goes))
    print(summary(plan))
    if is_whole:
        for line in lines(reader, plan):
            print(f"  {line.what}: {line.which}: {line.then}")
