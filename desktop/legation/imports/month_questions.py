"""Columns whose days are all the 1st of a month: whether only the month is known is asked, never taken for granted."""

from __future__ import annotations

from collections.abc import Mapping as Mapped
from dataclasses import replace

from legation.i18n import _
from legation.imports.column_dates import DateColumn
from legation.imports.mapping import MONTH_ONLY, Mapping, is_month_only, order_of
from legation.imports.outcomes import Choice, Question


def key_of(heading: str) -> str:
    """What names the question of a column in the decisions."""
    return f"dates|{heading}"


def with_decided_months(mapping: Mapping, decisions: Mapped[str, str]) -> Mapping:
    """The mapping with what was decided of columns of dates: the month alone, or the days as they stand."""
    dates = dict(mapping.dates)
    for heading in mapping.columns:
        answer = decisions.get(key_of(heading), "")
        order = order_of(dates.get(heading, ""))
        if answer == MONTH_ONLY:
            dates[heading] = f"{order}, {MONTH_ONLY}" if order else MONTH_ONLY
        elif answer and is_month_only(dates.get(heading, "")):
            dates[heading] = order
    return replace(mapping, dates={heading: how for heading, how in dates.items() if how})


def month_questions(dates: Mapped[str, DateColumn], mapping: Mapping, decisions: Mapped[str, str]) -> list[Question]:
    """The questions of columns that may know no more than months, with the evidence; none of one that is mapped so."""
    found = []
    for heading, column in dates.items():
        key = key_of(heading)
        if not column.padded or (is_month_only(mapping.dates.get(heading, "")) and key not in decisions):
            continue
        reason = _("All {count} days are the 1st of a month.").format(count=f"{column.padded:,}")
        choice = Choice(MONTH_ONLY, _("Only the month is known"), reason)
        found.append(Question(key, "", heading, (choice,), [], decisions.get(key, "")))
    return found
