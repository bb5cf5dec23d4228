"""Who belongs to a body, from when to when, as a row of organisations says it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from legation.fields.draft import Draft, new_draft
from legation.fields.folding import fold
from legation.fields.fuzzy_dates import DateProblem, bounds, could_overlap, parse_edtf
from legation.i18n import _
from legation.imports.filling import Updates
from legation.imports.outcomes import Rejected
from legation.imports.resolving import Resolver
from legation.imports.row_values import RowValues
from legation.records.catalogue import record_type
from legation.records.vocabulary import MEMBERSHIP_STATUSES

_LIST = re.compile(r"\s*[;|/\n]\s*|\s*,\s+")


@dataclass(frozen=True)
class Members:
    """The codes of countries, the period of their membership as EDTF or None, their status."""

    countries: tuple[str, ...]
    period: str | None
    status: str


class MembershipRows:
    """Reads memberships and makes them; a period is filled in where none is known."""

    def __init__(self, resolver: Resolver, updates: Updates) -> None:
        self.resolver, self.updates = resolver, updates
        self._known = updates.memberships()

    def read(self, row: RowValues) -> Members:
        """The members that a row names, with their days; nothing is made. Raises `Rejected`."""
        named = [each for each in _LIST.split(row.text("organisation.members")) if each]
        countries = tuple(dict.fromkeys(self.resolver.country(each, None) for each in named))
        start, end = row.date("membership.start"), row.date("membership.end")
        for each in (start, end):
            if each.words:
                raise Rejected(_("“{text}” is no date.").format(text=each.words))
        said = fold(row.text("membership.status") or self.resolver.mapping.values.get("membership.status", ""))
        status = next((each for each in MEMBERSHIP_STATUSES if each != "member" and each in said), "member")
        first = start.edtf.partition("/")[0] if start.edtf else ""
        last = ".." if end.is_open else (end.edtf or "").rpartition("/")[2]
        if not first and not last:
            return Members(countries, None, status)
        try:
            return Members(countries, parse_edtf(f"{first}/{last}").edtf, status)
        except DateProblem as problem:
            raise Rejected(str(problem)) from None

    def join(self, body: int, members: Members) -> bool:
        """Make countries members of a body; whether anything was not known before."""
        made = [self._join(body, country, members) for country in members.countries]
        return any(made)

    def _join(self, body: int, country: str, members: Members) -> bool:
        known = self._known.setdefault((body, country), [])
        period = members.period
        if known and (period is None or any(_is_one(period, each) for _id, each in known)):
            return False
        for at, (which, each) in enumerate(known):
            if each is None:
                if isinstance(which, Draft):
                    which["period"] = period
                else:
                    self.updates.fill("membership", which, {"period": period})
                known[at] = (which, period)
                return True
        values = {"organisation_id": body, "country": country, "status": members.status}
        draft = new_draft(record_type("membership"), **values, **({"period": period} if period else {}))
        self.resolver.bulk.reserve(draft)  # a later row may tell its days
        known.append((draft, period))
        return True


def _is_one(said: str, known: str | None) -> bool:
    """Whether two periods are of one membership; one that is not known is not told apart from nothing."""
    return known is not None and (said == known or could_overlap(bounds(said), bounds(known)))
