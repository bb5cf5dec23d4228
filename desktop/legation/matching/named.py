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
from legation.records.catalogue import record_type, table_named
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


def named_party(reader: Reader, name: str, countries: Mapping[str, str]) -> tuple[dict[str, Any], str, Names] | None:
    """The values of a delegation, its label and names: JPN, Japan, JPN:Itochu or UN; None when it is not known."""
    state, colon, body = name.partition(":")
    code = countries.get(fold(state))
    if not colon and code is not None:
        told = label(reader, record_type("country"), code)
        return {"country": code}, told, {("country", code): told}
    if colon and code is None:
        return None
    found = named_record(reader, "organisation", body or state, {"country": code} if code else None)
    if found is None and code is not None:
        found = named_record(reader, "organisation", body)
    if found is None or (not colon and fold(state) not in (fold(found.label), fold(found.matched))):
        return None  # a bare word is a party only by its whole name or acronym
    names: Names = {("organisation", found.key): found.label}
    values: dict[str, Any] = {"organisation_id": found.key}
    own = _state_of(reader, found.key)
    if code or own:
        values["country"] = code or own
        names[("country", values["country"])] = label(reader, record_type("country"), values["country"])
    return values, found.label, names


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
