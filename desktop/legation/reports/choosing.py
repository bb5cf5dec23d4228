"""Which events a report is about: from its options, by the same filters as the pages have."""

from __future__ import annotations

from collections.abc import Sequence

from legation.fields.draft import Draft
from legation.fields.kinds import Link
from legation.i18n import _
from legation.records.catalogue import record_type
from legation.records.columns import EARLIEST, LATEST
from legation.reports.report import Basis
from legation.storage.filters.asking import require_lawful
from legation.storage.filters.conditions import ALL_OF, Condition, Filter, with_undated
from legation.storage.filters.language import parse_filters
from legation.storage.filters.sentences import names_in, sentence_of
from legation.storage.labels import labels
from legation.storage.queries import Query, ids
from legation.storage.reading import Reader


def chosen_events(
    basis: Basis, *more: Condition, countries: Sequence[str | None] = (), undated: bool = False
) -> list[int]:
    """The ids of the events that the options ask for, oldest first; `more` narrows them, countries are all parties.

    What has no date is in no period, unless `undated` lets it in. Raises `UserError` for a filter that is not
    understood.
    """
    in_time = tuple(window(basis))
    asked: list[Condition] = [*more, *(with_undated(in_time) if undated else in_time)]
    codes = [code for code in countries if code]
    if codes:
        asked.append(Filter("country", ALL_OF.join(codes)))
    require_understood(basis.reader, basis.options)
    asked += parse_filters(basis["where"] or "")
    return ids(basis.reader, Query("event", tuple(asked), order=("date",)))


def require_understood(reader: Reader, options: Draft) -> None:
    """Raise `UserError` for a filter among the options that is not understood."""
    require_lawful(reader, options["where"] or "", "event")


def window(basis: Basis) -> list[Condition]:
    """The period of the options as conditions: what could have been in it."""
    if basis.window is None:
        return []
    first, last = basis.window
    asked: list[Condition] = []
    if first != EARLIEST:
        asked.append(Filter("since", first))
    if last != LATEST:
        asked.append(Filter("until", last))
    return asked


def in_words(reader: Reader, options: Draft) -> str:
    """The options as a line of text: what was asked for, as people call it; defaults of looks are left out."""
    parts = []
    for field in options.record.stored:
        value = options[field.name]
        if value is None or field.rare:
            continue
        if field.name == "where":
            filters = parse_filters(value)
            names = names_in(reader, filters)
            parts += [sentence_of(each, "event", names) for each in filters]
            continue
        if isinstance(field.kind, Link):
            said = labels(reader, record_type(field.kind.target), [value]).get(value, str(value))
        else:
            said = field.kind.format(value)
        parts.append(_("{option}: {value}").format(option=_(field.label), value=said))
    return "; ".join(parts) or _("Everything")
