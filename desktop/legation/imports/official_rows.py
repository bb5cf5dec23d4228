"""Rows of officials as records: the person, the post with its body, the appointment with its days."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from legation.clock import today
from legation.fields.draft import new_draft
from legation.fields.english_dates import read_date
from legation.fields.folding import fold
from legation.fields.fuzzy_dates import DateProblem, bounds, could_overlap, parse_edtf, print_date
from legation.fields.kinds import ValueProblem
from legation.i18n import _
from legation.imports.column_dates import DateColumn, ReadDate, read_cell
from legation.imports.filling import Updates
from legation.imports.month_words import in_english
from legation.imports.named_terms import NamedTerms
from legation.imports.outcomes import Outcome, Rejected, RowOutcome
from legation.imports.provenance import Provenance
from legation.imports.resolving import Chair, Resolver, Somebody
from legation.imports.row_values import RowValues
from legation.matching.known_bodies import Held
from legation.matching.state_offices import mission
from legation.records.catalogue import record_type
from legation.records.columns import EARLIEST, LATEST
from legation.storage.saving import open_problems

PERSON = record_type("person")
APPOINTMENT = record_type("appointment")
_APART = re.compile(r"\s*(?:[;/|\n]|,|\band\b|&)\s*")
_GENDERS = {"m": "male", "man": "male", "homme": "male", "hombre": "male", "м": "male", "f": "female", "w": "female",
            "woman": "female", "femme": "female", "mujer": "female", "ж": "female"}  # fmt: skip


@dataclass(frozen=True)
class _Term:
    """The days of one row, as they are read before any row is taken."""

    number: int
    start: ReadDate
    end: ReadDate


class OfficialRows:
    """Looks at rows of officials, and makes their records."""

    def __init__(self, resolver: Resolver, provenance: Provenance, updates: Updates) -> None:
        self.resolver = resolver
        self.provenance = provenance
        self.updates = updates
        self._terms: dict[tuple[str, str], list[_Term]] = {}
        self._named = NamedTerms(updates.reader)

    def look(self, row: RowValues) -> None:
        """Remember the days of a row, for a row that says in words what this one says in days."""
        term = _Term(row.number, row.date("appointment.start"), row.date("appointment.end"))
        self._terms.setdefault(self._whose(row), []).append(term)
        self._named.look(row, _day(term.start, 0), _day(term.end, 1))

    def _whose(self, row: RowValues) -> tuple[str, str]:
        return fold(self._printed_name(row)), fold(row.text("post.title") + row.text("post.organisation"))

    def _printed_name(self, row: RowValues) -> str:
        whole = row.text("person.name")
        given, family = row.text("person.given_name"), row.text("person.family_name")
        return whole or f"{given} {family}".strip()

    def take(self, row: RowValues) -> RowOutcome:
        """What becomes of a row; its records are collected. Raises `Rejected`."""
        printed = self._printed_name(row)
        if not printed:
            raise Rejected(_("No name is given."))
        period, words, other = self._period(row)
        period, told = self._bounded(row, period, words)
        year = int(bounds(period)[0][:4]) if period and bounds(period)[0] > "0001-12-31" else None
        given = self.resolver.mapping.values
        country = row.text("person.country") or given.get("person.country", "")
        state, served = self._served(country, year or today().year)
        people = [each for each in self.resolver.splitter.persons(printed) if each.name]
        if not people:
            raise Rejected(_("“{cell}” names nobody.").format(cell=printed))
        values = self._values(row) if len(people) == 1 else {}
        hosts = self._accredited(row, year or today().year)
        found: list[tuple[Somebody, list[Chair | None]]] = []
        for each in people:
            title = row.text("post.title", join=", ") or each.title or given.get("post.title", "")
            chair, home = self._chair(row, title, state, served)
            chairs: list[Chair | None] = [chair]
            if hosts and state:
                chairs = [self._mission(row, title or _("Ambassador"), state, host) for host in hosts]
            somebody = self.resolver.somebody(
                each.name, state or home, title, chairs[0], year=year, row=row.number, values=values
            )
            found.append((somebody, chairs))
        outcomes = [
            self._make(row, replace(each, chair=chair) if chair is not each.chair else each, period, words, year, other)
            for each, chairs in found
            for chair in chairs
        ]
        least = min(outcomes, key=lambda each: list(Outcome).index(each.outcome))
        return least.saying(told) if told else least

    def _values(self, row: RowValues) -> dict[str, Any]:
        """The plain values of a person."""
        found: dict[str, Any] = {}
        for name in ("family_name", "given_name", "patronymic", "gender", "wikidata", "note"):
            text = row.text(f"person.{name}", join="\n" if name == "note" else " ")
            if name == "gender":
                text = _GENDERS.get(text.casefold(), text)
            if text:
                try:
                    found[name] = PERSON[name].kind.parse(text)
                except ValueProblem as problem:
                    raise Rejected(f"{_(PERSON[name].label)}: {problem}") from None
        born = row.date("person.birth_date")
        if born.words:
            raise Rejected(_("“{text}” is no date.").format(text=born.words))
        if born.edtf:
            found["birth_date"] = born.edtf
        return found

    def _served(self, printed: str, year: int) -> tuple[str | None, str]:
        """The state that a cell of countries names; now and then a body stands there, such as the EU: then its name."""
        if not printed:
            return None, ""
        if self.resolver.countries.in_any_language(printed, year) is None:
            known = self.resolver.bodies.find(printed)
            if known is not None:
                return None, printed
        return self.resolver.country(printed, year), ""

    def _chair(self, row: RowValues, title: str, state: str | None, served: str) -> tuple[Chair | None, str | None]:
        """The post of a row, and the state that its title names."""
        given = self.resolver.mapping.values.get("post.organisation", "")
        body_name = row.text("post.organisation") or given or served
        if not title and not body_name:
            return None, None
        if not title:
            title = _("Member")
        office = self.resolver.office(title, state)
        home = office.post.country if office is not None else None
        if body_name:
            body = self.resolver.body(body_name, state or home, row=row.number)
            office = office or self.resolver.bare_office(title, state)
            return self.resolver.chair(office, body, row.number), home
        if office is None:
            told = _("Nothing tells of which body “{title}” is a post. Say the country or the organisation.")
            raise Rejected(told.format(title=title), wants="person.country")
        return self.resolver.chair(office, None, row.number), home

    def _accredited(self, row: RowValues, year: int) -> list[str]:
        """The codes of the countries where somebody represents their own. Raises `Rejected` for an unknown name."""
        cell = row.text("post.accredited_to", join="; ")
        if not cell:
            return []
        whole = self.resolver.countries.in_any_language(cell, year)
        names = [cell] if whole else [each for each in _APART.split(cell) if each]
        return list(dict.fromkeys(self.resolver.country(each, year) for each in names))

    def _mission(self, row: RowValues, title: str, state: str, host: str) -> Chair:
        """The post of somebody who represents a state in another."""
        resolver, name = self.resolver, self.resolver.countries.name
        plain = resolver.office(title, state)
        post = plain.post.title if plain is not None and plain.post.accredited_to is None else title
        office = mission(post, (state, name(state)), (host, name(host)), plain.status if plain else "full")
        printed = row.text("post.organisation")
        body = resolver.body(printed, state, row=row.number) if printed else None
        return resolver.chair(office, body, row.number)

    # --- the days in office -------------------------------------------------------------------------------------------

    def _period(self, row: RowValues) -> tuple[str | None, str, int]:
        """The period as EDTF, the words of days that are no dates, and the row that tells the same term, 0 for none."""
        whole = row.text("appointment.period")
        if whole:
            return (*_whole_period(whole), 0)
        start, end = row.date("appointment.start"), row.date("appointment.end")
        words = " – ".join(each for each in (start.words, end.words) if each)
        other = 0
        if end.words and (rest := self._rest(row, begins=True)) is not None:
            end = rest.end
        elif start.words and (rest := self._rest(row, begins=False)) is not None:
            start, other = rest.start, rest.number
        first = start.edtf.partition("/")[0] if start.edtf else ""
        last = ".." if end.is_open else (end.edtf or "").rpartition("/")[2]
        if not first and not last:
            return None, words, 0
        try:
            return parse_edtf(f"{first}/{last}").edtf, words, other
        except DateProblem as problem:
            raise Rejected(str(problem)) from None

    def _bounded(self, row: RowValues, period: str | None, words: str) -> tuple[str | None, str]:
        """The period with the bounds of a term that its words name ("Reagan admin"), and what tells them."""
        start, end = row.date("appointment.start"), row.date("appointment.end")
        known = bounds(period)
        is_open = (bool(start.words) and known[0] == EARLIEST, bool(end.words) and known[1] == LATEST)
        if not words or True not in is_open or row.text("appointment.period"):
            return period, ""
        country = row.text("person.country") or self.resolver.mapping.values.get("person.country", "")
        state = self.resolver.countries.in_any_language(country) if country else None
        found = {each: self._named.find(each, state, known) for each in (start.words, end.words) if each}
        begin = found.get(start.words) if is_open[0] else None
        finish = found.get(end.words) if is_open[1] else None
        first = f"{begin.first[:4]}?" if begin and begin.first else (period or "").partition("/")[0]
        last = f"{finish.last[:4]}?" if finish and finish.last else (period or "").partition("/")[2]
        try:
            made = parse_edtf(f"{first}/{last}").edtf if first or last else None
        except DateProblem:
            return period, ""
        if made == period or made is None:
            return period, ""
        reason = next(each.reason for each in (begin, finish) if each)
        return made, _("“{words}” is bounded by {reason}.").format(words=words, reason=reason)

    def _rest(self, row: RowValues, *, begins: bool) -> _Term | None:
        """The one other row of the same person and post that says in days what this one says in words."""
        own = row.date("appointment.start").edtf or row.date("appointment.end").edtf or ""
        fitting = [
            each
            for each in self._terms.get(self._whose(row), ())
            if each.number != row.number
            and (
                (begins and each.start.words and each.end.edtf and each.end.edtf >= own)
                or (not begins and each.end.words and each.start.edtf and each.start.edtf <= own)
            )
        ]
        return fitting[0] if len(fitting) == 1 else None

    # --- making -------------------------------------------------------------------------------------------------------

    def _make(
        self, row: RowValues, person: Somebody, period: str | None, words: str, year: int | None, other: int
    ) -> RowOutcome:
        provenance, resolver = self.provenance, self.resolver
        if person.chair is not None:
            provenance.made_chair(row, resolver, person.chair)
        people = resolver.bulk.first["person"]
        is_new = person.id is None
        id = provenance.made_person(row, resolver, person, year)
        label = resolver.persons[id].name
        filled = self.updates.fill("person", id, person.values) if id < people else resolver.fill_new(id, person.values)
        alias = row.text("person.alias")
        if alias and resolver.persons.also_called(id, alias):
            resolver.alias(id, alias)
        if person.chair is None:
            if is_new:
                return RowOutcome(row.number, Outcome.ADDED, _("Added: {what}").format(what=label), label, "person", id)
            return self._known(row, id, label, filled)
        post = resolver.make_chair(person.chair)
        status = self._status(row, person.chair)
        start = bounds(period)[0]
        for held in sorted(resolver.posts.held(id, post), key=lambda each: bounds(each.period)[0] != start):
            if _is_one_term(held.period, period):
                return self._same_term(row, id, post, held, period, words, label, filled, other)
        draft = new_draft(APPOINTMENT, person_id=id, post_id=post, status=status)
        if period is not None:
            draft["period"] = period
        problem = next((each for _holder, each in open_problems(draft) if each.blocking), None)
        if problem is not None:
            raise Rejected(problem.sentence)
        held_id = resolver.bulk.reserve(draft)
        self.updates.made[held_id] = draft
        resolver.posts.appoint(id, post, Held(held_id, period, status))
        provenance.cite(row, resolver, "appointment", held_id, words)
        told = _("Added: {person}, {post}, {period}")
        title = person.chair.office.post.title
        sentence = told.format(person=label, post=title, period=print_date(period) if period else _("days not known"))
        return RowOutcome(row.number, Outcome.ADDED, sentence, label, "appointment", held_id)

    def _status(self, row: RowValues, chair: Chair) -> str:
        said = fold(row.text("appointment.status"))
        return next((each for each in ("acting", "designate") if each in said), chair.office.status)

    def _known(self, row: RowValues, id: int, label: str, filled: list[str]) -> RowOutcome:
        self.provenance.note(row, "person", id)
        if filled:
            told = _("Changed: {what}: {fields}").format(what=label, fields=", ".join(filled))
            return RowOutcome(row.number, Outcome.CHANGED, told, label, "person", id)
        return RowOutcome(row.number, Outcome.UNCHANGED, _("Already there: {what}").format(what=label), label,
                          "person", id)  # fmt: skip

    def _same_term(
        self, row: RowValues, person: int, post: int, held: Held, period: str | None, words: str, label: str,
        filled: list[str], other: int,
    ) -> RowOutcome:  # fmt: skip
        """A term that is known: what the row says more of it is filled in, what it says otherwise is cited."""
        better = _more_said(held.period, period)
        if (
            better is None
            and period is not None
            and held.period is not None
            and self.updates.may_replace(row, "appointment", held.id, "period")
        ):
            better = period if period != held.period else None
        if better is not None:
            self.updates.set_period(person, post, held, better)
            self.resolver.posts.appoint(person, post, Held(held.id, better, held.status))
            self.provenance.note(row, "appointment", held.id)
            told = _("Changed: {person} is now in the post {period}").format(person=label, period=print_date(better))
            return RowOutcome(row.number, Outcome.CHANGED, told, label, "appointment", held.id)
        self.provenance.note(row, "appointment", held.id)
        differs = not other and period is not None and held.period is not None and period != held.period
        if differs:
            self.provenance.cite_difference(row, self.resolver, "appointment", held.id, print_date(period))
        if filled:
            return self._known(row, person, label, filled)
        if other:
            told = _("The same term as in row {row}: {person}").format(row=other, person=label)
        elif differs:
            told = _("Already there: {person}, {known}; the row says {said}, which is kept as what the source states.")
            told = told.format(person=label, known=print_date(held.period), said=print_date(period))
        else:
            told = _("Already there: {what}").format(what=label)
        return RowOutcome(row.number, Outcome.UNCHANGED, told, label, "appointment", held.id)


def _day(read: ReadDate, which: int) -> str | None:
    """The earliest (0) or latest (1) day of a date that a cell states."""
    return bounds(read.edtf)[which] if read.edtf else None


def _whole_period(text: str) -> tuple[str | None, str]:
    """A period in one cell: 2010-2015, since 2019, 3 May 2010 to date."""
    read = read_cell(text, DateColumn())
    if read.is_open:
        return None, text
    try:
        made = read_date(in_english(text), today(), period=True).edtf
    except DateProblem:
        return None, text
    return made, ""


def _is_one_term(known: str | None, said: str | None) -> bool:
    """Whether two periods of one person in one post are one term: they may overlap, or one is not known."""
    if known is None or said is None or known == said:
        return True
    one, other = bounds(known), bounds(said)
    return one[0] == other[0] or (could_overlap(one, other) and one[0] != other[1] and one[1] != other[0])


def _more_said(known: str | None, said: str | None) -> str | None:
    """The period that knows more than the known one without contradicting it; None where the row adds nothing."""
    if said is None or known == said:
        return None
    if known is None:
        return said
    (known_from, known_to), (said_from, said_to) = bounds(known), bounds(said)
    if known_from == said_from and known_to == LATEST and said_to != LATEST:
        return said
    if known.endswith("?") and not said.endswith("?") and known_from <= said_from and said_to <= known_to:
        return said  # only the latest end was known
    return None
