"""What importing would do, in sentences."""

from __future__ import annotations

from legation.i18n import _, ngettext
from legation.imports.outcomes import Outcome
from legation.imports.planning import Plan
from legation.imports.roles import ROLES
from legation.imports.source_tables import SourceTable
from legation.records.catalogue import record_type
from legation.ui.imports.looking import Looked


def name_of_table(table: SourceTable, at: int) -> str:
    """What a table among several is called: its sheet, else its title, else its number."""
    if table.name and table.place > 1:
        return _("{sheet}, table {number}").format(sheet=table.name, number=table.place)
    name = "" if table.name == str(at + 1) else table.name  # further tables of a text have their number as a name
    return name or table.title or _("Table {number}").format(number=at + 1)


def words_of_tables(looked: Looked) -> str:
    """What becomes of each table where there are several; "" for one alone."""
    if len(looked.tables) < 2:
        return ""
    told = []
    for at, table in enumerate(looked.tables):
        name = name_of_table(table, at)
        plan = looked.plans.get(at)
        if plan is None:
            told.append(_("{table}: left out").format(table=name))
            continue
        counts = plan.counts
        said = _("{table}: {added} added, {rejected} rejected").format(
            table=name, added=f"{counts[Outcome.ADDED]:,}", rejected=f"{counts[Outcome.REJECTED]:,}"
        )
        told.append(said)
    return _("Imported together: {tables}.").format(tables=" · ".join(told))


def words_of(plan: Plan) -> str:
    """What a plan does, in sentences."""
    counts = plan.counts
    rows = ngettext("{count} row", "{count} rows", len(plan.rows)).format(count=f"{len(plan.rows):,}")
    found = [
        _("{rows}: {added} added, {changed} changed, {unchanged} unchanged, {rejected} rejected.").format(
            rows=rows, **{outcome.value: f"{counts[outcome]:,}" for outcome in Outcome}
        )
    ]
    records = [f"{_(record_type(name).plural)} {count:,}" for name, count in plan.records.items()]
    if records:
        found.append(_("New records: {records}.").format(records=" · ".join(records)))
    if plan.wanted:
        lacking = _(
            "{count} of the rejected rows lack “{label}”: if it is the same in every row, say it under Columns."
        )
        found.append(lacking.format(count=f"{plan.lacking[plan.wanted]:,}", label=_(ROLES[plan.wanted].label)))
    if plan.again and plan.gone:
        words = ngettext(
            "{count} row of the earlier import is not in this file; its records stay.",
            "{count} rows of the earlier import are not in this file; their records stay.",
            len(plan.gone),
        )
        found.append(words.format(count=f"{len(plan.gone):,}"))
    return " ".join(found)
