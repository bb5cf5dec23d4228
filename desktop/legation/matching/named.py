"""What a name on a line stands for: a party, a record, a source. Only what the name surely fits is taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from legation.errors import UserError
from legation.fields.draft import Draft, new_draft
from legation.fields.folding import fold
from legation.i18n import _
from legation.matching.line_grammar import NEW
from legation.matching.printed_persons import kind_of_body
from legation.records.catalogue import record_type, table_named
from legation.records.organisation import STATELESS_KINDS
from legation.records.vocabulary import CONTAINER_KINDS
from legation.storage.already import source_at
from legation.storage.labels import label, labels
from legation.storage.reading import Reader
from legation.storage.suggesting import Suggestion, suggest

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_SITE = re.compile(r"(?:www\.)?((?:[\w-]+\.)+[a-z]{2,})(/.*)?", re.IGNORECASE)
Names = dict[tuple[str, Any], str]


def named_record(reader: Reader, record: str, name: str, within: Mapping[str, Any] | None = None) -> Suggestion | None:
    """The record that a name begins, by its name, code or another name; None where only the spelling is near."""
    return next(_named(reader, record, name, within), None)


def only_record(reader: Reader, record: str, name: str) -> Suggestion:
    """The one record that a name means: by its number, its code, its whole name, or as the only one that it begins.

    Raises `UserError` when there is none, or several, which are then listed.
    """
    kind = record_type(record)
    if name.isascii() and name.isdecimal() and kind.key == "id":
        told = labels(reader, kind, [int(name)])
        if told:
            return Suggestion(record, int(name), int(name), told[int(name)])
    found = list(_named(reader, record, name, None))
    wanted = fold(name)
    whole = [each for each in found if wanted in (fold(each.label), fold(each.matched), fold(str(each.key)))]
    chosen = whole if len(whole) == 1 else found
    if len(chosen) == 1:
        return chosen[0]
    what = _(kind.label)
    if not found:
        raise UserError(_("{kind}: “{name}” is not known.").format(kind=what, name=name))
    listed = "; ".join(_("{number} {label}").format(number=each.key, label=each.label) for each in found)
    raise UserError(
        _("{kind}: “{name}” may be several: {listed}.").format(kind=what, name=name, listed=listed),
        _("Give the number or the code of one."),
    )


def named_container(reader: Reader, name: str) -> Suggestion | None:
    """The event that a name begins: a visit, conference or exposition before other events, which rarely hold any."""
    found = list(_named(reader, "event", name, None))
    event = table_named("event")
    holding = select(event.c.id).where(event.c.id.in_([each.id for each in found]), event.c.kind.in_(CONTAINER_KINDS))
    containers = {row[0] for row in reader.rows(holding)}
    return next((each for each in found if each.id in containers), next(iter(found), None))


def _named(reader: Reader, record: str, name: str, within: Mapping[str, Any] | None) -> Iterator[Suggestion]:
    wanted = fold(name).split()
    for each in suggest(reader, record, name, limit=12, within=within):
        said = fold(f"{each.label} {each.matched} {each.key}").split()
        if wanted and all(any(part.startswith(word) for part in said) for word in wanted):
            yield each


def without_star(name: str) -> tuple[str, bool]:
    """A name without the star that asks to make it when it is not known, and whether it had one."""
    return name.removeprefix(NEW), name.startswith(NEW)


def new_body(name: str, otherwise: str, country: str | None = None) -> Draft:
    """A draft of a body: its kind by the words of its name, else `otherwise`."""
    kind = kind_of_body(name)
    made = new_draft(record_type("organisation"), name=name, kind=otherwise if kind == "other" else kind)
    if country is not None and made["kind"] not in STATELESS_KINDS:
        made["country"] = country
    return made


def named_party(reader: Reader, name: str, countries: Mapping[str, str]) -> tuple[dict[str, Any], str, Names] | None:
    """The values of a delegation, its label and names: JPN, Japan, JPN:Itochu or UN; None when it is not known.

    `JPN:*Itochu` is a new body where none is known.
    """
    state, colon, body = name.partition(":")
    wanted, is_new = without_star(body if colon else state)
    code = countries.get(fold(state))
    if not colon and code is not None:
        told = label(reader, record_type("country"), code)
        return {"country": code}, told, {("country", code): told}
    if colon and code is None:
        return None
    found = named_record(reader, "organisation", wanted, {"country": code} if code else None)
    if found is None and code is not None:
        found = named_record(reader, "organisation", wanted)
    if found is not None and not colon and fold(wanted) not in (fold(found.label), fold(found.matched)):
        found = None  # a bare word is a party only by its whole name or acronym
    if found is None:
        return _new_party(reader, wanted, code) if is_new and wanted else None
    names: Names = {("organisation", found.key): found.label}
    values: dict[str, Any] = {"organisation_id": found.key}
    own = _state_of(reader, found.key)
    if code or own:
        values["country"] = code or own
        names[("country", values["country"])] = label(reader, record_type("country"), values["country"])
    return values, found.label, names


def _new_party(reader: Reader, name: str, code: str | None) -> tuple[dict[str, Any], str, Names]:
    """A body that is not known yet as a party, on the side of a state where one is said."""
    values: dict[str, Any] = {"organisation_id": new_body(name, "company" if code else "other", code)}
    told = _("{name}, which is new").format(name=name)
    if code is None:
        return values, told, {}
    return values | {"country": code}, told, {("country", code): label(reader, record_type("country"), code)}


def _state_of(reader: Reader, organisation: int) -> str | None:
    table = table_named("organisation")
    found = reader.value(select(table.c.country).where(table.c.id == organisation))
    return None if found is None else str(found)


def named_source(reader: Reader, name: str) -> tuple[int | Draft, str]:
    """The known source with an address, of a site, or that a name begins, the newest first; else a draft of one."""
    if _ADDRESS.match(name):
        id = source_at(reader, name)
        if id is not None:
            return id, label(reader, record_type("source"), id)
        return new_draft(record_type("source"), url=name, title=name.split("//", 1)[1].rstrip("/")), name
    if (site := _SITE.fullmatch(name)) is not None:
        id = _of_site(reader, site[1])
        if id is not None:
            return id, label(reader, record_type("source"), id)
    found = named_record(reader, "source", name)
    if found is not None:
        return int(found.key), found.label
    return new_draft(record_type("source"), title=name), name


def named_original(reader: Reader, name: str) -> tuple[int | Draft, str, bool]:
    """What a source cites: a known source, else a new one of that address or publisher; its label, whether it is new.

    A publisher who is not known is new too.
    """
    source, told = named_source(reader, name)
    if isinstance(source, int):
        return source, told, False
    if source["url"] is None:
        publisher = named_record(reader, "organisation", name)
        made = publisher.key if publisher is not None else new_body(name, "media")
        source = new_draft(record_type("source"), publisher_id=made)
        if publisher is not None:
            told = publisher.label
    return source, told, True


def _of_site(reader: Reader, host: str) -> int | None:
    """The newest source whose address lies on a site, or whose publisher is called as the site is."""
    source, body = table_named("source"), table_named("organisation")
    for start in (f"https://{host}/", f"https://www.{host}/", f"http://{host}/", f"http://www.{host}/"):
        near = source.c.url.between(start, start + "\U0010ffff")
        id = reader.value(select(source.c.id).where(near).order_by(source.c.id.desc()).limit(1))
        if id is not None:
            return int(id)
    called = fold(host.split(".")[0]).replace(" ", "")
    publishers = select(body.c.id, body.c.name).join(source, source.c.publisher_id == body.c.id).distinct()
    for publisher, name in reader.rows(publishers):
        if fold(name).replace(" ", "").removeprefix("the") == called.removeprefix("the"):
            of_it = select(source.c.id).where(source.c.publisher_id == publisher).order_by(source.c.id.desc())
            return int(reader.value(of_it.limit(1)))
    return None
