"""Rows of organisations, countries and sources as records."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select

from legation.fields.draft import new_draft
from legation.fields.folding import fold
from legation.fields.kinds import ValueProblem
from legation.fields.record_type import RecordType
from legation.i18n import _
from legation.imports.filling import Updates
from legation.imports.membership_rows import MembershipRows
from legation.imports.outcomes import Outcome, Rejected, RowOutcome
from legation.imports.provenance import Provenance, web_address
from legation.imports.resolving import Body, Resolver
from legation.imports.row_values import RowValues
from legation.matching.organisations import OrganisationFacts
from legation.matching.printed_persons import kind_of_body
from legation.records.catalogue import record_type, table_named
from legation.records.organisation import STATELESS_KINDS
from legation.storage.reading import Reader
from legation.storage.saving import open_problems

ORGANISATION, COUNTRY, SOURCE = record_type("organisation"), record_type("country"), record_type("source")
_LIST = re.compile(r"\s*[;|/\n]\s*|\s*,\s+")


def plain_values(row: RowValues, record: RecordType, names: tuple[str, ...]) -> dict[str, Any]:
    """The values of fields that a row gives in words. Raises `Rejected` for what a field cannot hold."""
    found = {}
    for name in names:
        text = row.text(f"{record.name}.{name}", join="\n" if name == "note" else " ")
        if not text:
            continue
        try:
            found[name] = record[name].kind.parse(web_address(text) or text if name == "url" else text)
        except ValueProblem as problem:
            raise Rejected(f"{_(record[name].label)}: {problem}") from None
    return found


class OrganisationRows:
    """Looks at rows of organisations, and makes their records."""

    def __init__(self, resolver: Resolver, provenance: Provenance, updates: Updates) -> None:
        self.resolver, self.provenance, self.updates = resolver, provenance, updates
        self._memberships = MembershipRows(resolver, updates)

    def take(self, row: RowValues) -> RowOutcome:
        """What becomes of a row; its records are collected. Raises `Rejected`."""
        resolver = self.resolver
        name = row.text("organisation.name") or resolver.mapping.values.get("organisation.name", "")
        if not name:
            raise Rejected(_("No name is given."), wants="organisation.name")
        values = plain_values(row, ORGANISATION, ("acronym", "url", "wikidata", "note"))
        country = row.text("organisation.country") or resolver.mapping.values.get("organisation.country", "")
        state = resolver.country(country, None) if country else None
        kind = self._kind(row.text("organisation.kind"), name, state)
        home = None if kind in STATELESS_KINDS else state
        body = resolver.body(name, home, kind, row.number)
        if body.id is None and values.get("wikidata") in resolver.bodies.by_wikidata:
            body = Body(resolver.bodies.by_wikidata[values["wikidata"]])
        if body.id is None and home is None and values.get("acronym"):
            known = resolver.bodies.find(values["acronym"])
            if known is not None and resolver.bodies[known].kind == kind:
                body = Body(known)  # one acronym of one kind of international body
        if body.id is not None:
            return self._known(row, body.id, values)
        assert body.draft is not None
        body.draft.values.update(values)
        parent = row.text("organisation.parent")
        if parent:
            body.draft["parent_id"] = self.provenance.made_body(
                row, resolver, resolver.body(parent, home, row=row.number)
            )
        problem = next((each for _holder, each in open_problems(body.draft) if each.blocking), None)
        if problem is not None:
            raise Rejected(f"{_(ORGANISATION[problem.field].label)}: {problem.sentence}")
        members = self._memberships.read(row)
        id = self.provenance.made_body(row, resolver, body)
        if values.get("wikidata"):
            resolver.bodies.by_wikidata[values["wikidata"]] = id
        self._memberships.join(id, members)
        self._other_names(row, id, name)
        return RowOutcome(row.number, Outcome.ADDED, _("Added: {what}").format(what=name), name, "organisation", id)

    def _kind(self, text: str, name: str, state: str | None) -> str:
        """The kind of a body: as the row says, else by the words of its name."""
        if text:
            try:
                return str(ORGANISATION["kind"].kind.parse(text))
            except ValueProblem:
                told = kind_of_body(text)
                if told != "other":
                    return told
        kind = kind_of_body(name)
        return "agency" if state is not None and kind in STATELESS_KINDS else kind

    def _other_names(self, row: RowValues, id: int, name: str) -> None:
        facts = self.resolver.bodies[id]
        for other in dict.fromkeys(each.strip() for each in _LIST.split(row.text("organisation.alias"))):
            if other and other not in (name, facts.name, *facts.other_names):
                self.resolver.bulk.add(
                    new_draft(record_type("alias"), name=other, kind="translation", organisation_id=id)
                )
                self.resolver.bodies.add(
                    OrganisationFacts(facts.name, facts.country, facts.parent, facts.kind, facts.acronym,
                                      (*facts.other_names, other), id)
                )  # fmt: skip
                facts = self.resolver.bodies[id]

    def _known(self, row: RowValues, id: int, values: dict[str, Any]) -> RowOutcome:
        label = self.resolver.bodies[id].name
        members = self._memberships.read(row)
        if id >= self.resolver.bulk.first["organisation"]:
            filled: list[str] = []  # made by an earlier row of this file
        else:
            filled = self.updates.fill("organisation", id, values)
        aliases = self.resolver.bulk.count("alias")
        self._other_names(row, id, label)
        if self.resolver.bulk.count("alias") > aliases:
            filled.append(_("Other names"))
        if self._memberships.join(id, members):
            filled.append(_("Members"))
        self.provenance.note(row, "organisation", id)
        return known_outcome(row, "organisation", id, label, filled)


def known_outcome(row: RowValues, record: str, id: int, label: str, filled: list[str]) -> RowOutcome:
    """The outcome of a row whose record is there already."""
    if filled:
        told = _("Changed: {what}: {fields}").format(what=label, fields=", ".join(filled))
        return RowOutcome(row.number, Outcome.CHANGED, told, label, record, id)
    return RowOutcome(row.number, Outcome.UNCHANGED, _("Already there: {what}").format(what=label), label, record, id)


class CountryRows:
    """Looks at rows of countries: known ones are matched, what they leave open is filled in."""

    def __init__(self, reader: Reader, resolver: Resolver, provenance: Provenance, updates: Updates) -> None:
        self.resolver, self.provenance, self.updates = resolver, provenance, updates
        table = table_named("country")
        self._ids = {code: int(id) for code, id in reader.rows(select(table.c.code, table.c.id))}

    def take(self, row: RowValues) -> RowOutcome:
        """What becomes of a row; its records are collected. Raises `Rejected`."""
        said = [row.text(f"country.{name}") for name in ("code", "iso2", "m49", "name", "official_name")]
        codes = [self.resolver.countries.code_of(each) for each in said if each]
        known = [code for code in codes if code is not None]
        if not any(said):
            raise Rejected(_("Neither a code nor a name is given."))
        if not known:
            return self._add(row)
        code = known[0]
        if code in self.resolver.added_countries:
            raise Rejected(_("An earlier row adds a country with the code {code}.").format(code=code))
        label = self.resolver.countries.name(code)
        strong = [
            each for each, text in zip(codes, [each for each in said if each], strict=True) if each and len(text) < 4
        ]
        if len(set(strong)) > 1:
            names = ", ".join(self.resolver.countries.name(each) for each in dict.fromkeys(strong))
            raise Rejected(_("The codes of the row belong to several countries: {names}.").format(names=names))
        values = plain_values(row, COUNTRY, ("official_name", "capital", "demonym"))
        filled = self.updates.fill("country", self._ids[code], values)
        self.provenance.note(row, "country", self._ids[code])
        return known_outcome(row, "country", self._ids[code], label, filled)

    def _add(self, row: RowValues) -> RowOutcome:
        values = plain_values(row, COUNTRY, ("code", "iso2", "m49", "name", "official_name", "capital", "demonym"))
        draft = new_draft(COUNTRY, **values)
        problem = next((each for _holder, each in open_problems(draft) if each.blocking), None)
        if problem is not None:
            told = _("No country is called “{name}”, and it cannot be added: {problem}")
            raise Rejected(told.format(name=values.get("name") or values.get("code"), problem=problem.sentence))
        self.resolver.added_countries.add(values["code"])
        self.resolver.countries.add(values["code"], values["name"], values.get("official_name"), values.get("demonym"))
        id = self.resolver.bulk.add(draft)
        self.provenance.note(row, "country", id)
        return RowOutcome(
            row.number, Outcome.ADDED, _("Added: {what}").format(what=values["name"]), values["name"], "country", id
        )


class SourceRows:
    """Looks at rows of sources, and makes their records."""

    def __init__(self, resolver: Resolver, provenance: Provenance) -> None:
        self.resolver, self.provenance = resolver, provenance

    def take(self, row: RowValues) -> RowOutcome:
        """What becomes of a row; its records are collected. Raises `Rejected`."""
        values = plain_values(row, SOURCE, ("title", "author", "language"))
        kind = row.text("source.kind")
        values["kind"] = self._kind(kind) if kind else "article-newspaper"
        address = web_address(row.text("source.url"))
        if address:
            values["url"] = address
        issued = row.date("source.issued")
        if issued.words:
            raise Rejected(_("“{text}” is no date.").format(text=issued.words))
        if issued.edtf:
            values["issued"] = issued.edtf
        publisher = row.text("source.publisher")
        title = values.get("title") or publisher
        if not title and not address:
            raise Rejected(_("Give the title, the publisher or the web address."))
        known = self.provenance.sources.find(address or None, values.get("title"))
        if known is not None:
            self.provenance.note(row, "source", known)
            return known_outcome(row, "source", known, str(title or address), [])
        values.setdefault("title", title or address)
        draft = new_draft(SOURCE, **values)
        problem = next((each for _holder, each in open_problems(draft) if each.blocking), None)
        if problem is not None:
            raise Rejected(f"{_(SOURCE[problem.field].label)}: {problem.sentence}")
        id = self.resolver.bulk.reserve(draft)
        self.provenance.sources.add(id, address or None, values["title"])
        if publisher:  # which the source itself is cited for
            body = self.resolver.body(publisher, None, "media", row.number)
            draft["publisher_id"] = self.provenance.made_body(row, self.resolver, body)
        self.provenance.note(row, "source", id)
        return RowOutcome(row.number, Outcome.ADDED, _("Added: {what}").format(what=title), str(title), "source", id)

    def _kind(self, text: str) -> str:
        try:
            return str(SOURCE["kind"].kind.parse(text))
        except ValueProblem:
            words = {"news": "article-newspaper", "article": "article-newspaper", "page": "webpage", "web": "webpage",
                     "blog": "post-weblog", "press": "webpage", "interview": "interview", "speech": "speech",
                     "report": "report", "treaty": "treaty"}  # fmt: skip
            return next((kind for word, kind in words.items() if word in fold(text)), "webpage")
