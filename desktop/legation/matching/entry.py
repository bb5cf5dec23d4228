"""What an entry is understood as while it is typed: a title, a level, and what the workspace has already of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from legation.fields.draft import Draft
from legation.fields.fuzzy_dates import bounds
from legation.fields.names import split_name
from legation.matching.in_office import Flag, posts_not_held
from legation.matching.name_order import name_orders
from legation.matching.titles import Side, propose_title
from legation.records.catalogue import record_type, table_named
from legation.storage.already import same_events, source_at
from legation.storage.labels import label, labels
from legation.storage.levels import countries_of, level_of
from legation.storage.reading import Reader


@dataclass(frozen=True)
class Known:
    """A record that is there already, with its label; `address` is the web address by which a source was found."""

    record: str
    id: int
    label: str
    address: str = ""


@dataclass(frozen=True)
class EntryFacts:
    """A title ("" for none), the code of the level (None when unknown), what is there already, flags."""

    title: str = ""
    level: str | None = None
    known: tuple[Known, ...] = ()
    flags: tuple[Flag, ...] = ()


def look_at(reader: Reader, draft: Draft) -> EntryFacts:
    """What is known of a draft of an event or a source; other records have no facts of this kind."""
    known = list(_known_sources(reader, draft))
    if draft.record.name != "event":
        return EntryFacts(known=tuple(known))
    parties = draft.lines.get("delegations", [])
    first, last = bounds(draft["date"])
    framework = draft["framework_id"] if isinstance(draft["framework_id"], int) else None
    found: list[int] = []
    if draft.id is None:  # a saved event beside its like was told when it was entered
        codes = countries_of(parties)
        found = same_events(reader, codes, first, last, framework=framework, ordinal=draft["ordinal"])
        found = _same_kind_first(reader, found, draft["kind"])
    names = labels(reader, record_type("event"), found)
    known = [*(Known("event", id, names[id]) for id in found), *known]
    title = propose_title(str(draft["kind"] or ""), [_side(reader, each) for each in parties])
    return EntryFacts(
        title, level_of(reader, draft), tuple(known), (*posts_not_held(reader, draft), *name_orders(draft))
    )


def _same_kind_first(reader: Reader, found: list[int], kind: Any) -> list[int]:
    event = table_named("event")
    kinds: dict[int, str] = dict(reader.rows(select(event.c.id, event.c.kind).where(event.c.id.in_(found))))  # type: ignore[arg-type]
    return sorted(found, key=lambda id: kinds.get(id) != kind)


def _known_sources(reader: Reader, draft: Draft) -> Iterator[Known]:
    """Sources with the address of one that is being entered: the draft itself, or one cited in it."""
    for each in draft.walk():
        if each.record.name == "source" and each["url"] and "url" in each.touched:
            id = source_at(reader, str(each["url"]), but=each.id)
            if id is not None:
                yield Known("source", id, label(reader, record_type("source"), id), str(each["url"]))


def _side(reader: Reader, party: Draft) -> Side:
    body, state = party["organisation_id"], party["country"]
    heads = [each["person_id"] for each in party.lines.get("delegates", []) if each["role"] == "head"]
    families = tuple(name for each in heads if (name := _family_name(reader, each, state)))
    is_host = party["role"] == "host"
    if body is not None:
        return Side(_body_name(reader, body), heads=families, is_host=is_host)
    country = table_named("country")
    rows = reader.rows(select(country.c.name, country.c.demonym).where(country.c.code == state))
    name, demonym = rows[0] if rows else (str(state or ""), None)
    return Side(name, demonym or "", families, is_host)


def _body_name(reader: Reader, body: Any) -> str:
    if isinstance(body, Draft):
        return str(body["acronym"] or body["name"] or "")
    table = table_named("organisation")
    rows = reader.rows(select(table.c.acronym, table.c.name).where(table.c.id == body))
    return str(rows[0][0] or rows[0][1]) if rows else ""


def _family_name(reader: Reader, person: Any, state: Any) -> str:
    if isinstance(person, Draft):
        name, family = str(person["name"] or ""), person["family_name"]
    else:
        table = table_named("person")
        rows = reader.rows(select(table.c.name, table.c.family_name).where(table.c.id == person))
        name, family = rows[0] if rows else ("", None)
    return str(family or split_name(name, state if isinstance(state, str) else None).family or name)
