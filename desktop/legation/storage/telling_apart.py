"""What is said beside the name of a record so that namesakes are told apart, many records at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from legation.fields.fuzzy_dates import print_date
from legation.i18n import _
from legation.records.catalogue import record_type, table_named
from legation.records.vocabulary import ORGANISATION_KINDS
from legation.storage.labels import labels
from legation.storage.reading import Reader

HELD = """SELECT a.person_id, p.id FROM appointment a JOIN post p ON p.id = a.post_id
    WHERE a.person_id IN (SELECT value FROM json_each(?)) ORDER BY a.period_to, a.period_from, p.rank DESC"""
STATES = "SELECT id, country FROM person WHERE id IN (SELECT value FROM json_each(?))"


def told_apart(reader: Reader, record: str, keys: Sequence[Any]) -> dict[Any, str]:
    """By key, an official's post, a body's country, an event's parties, a source's day or a topic's group."""
    ask = {"person": _persons, "organisation": _organisations, "event": _events, "source": _sources, "topic": _topics}
    return ask[record](reader, keys) if record in ask and keys else {}


def _persons(reader: Reader, ids: Sequence[Any]) -> dict[Any, str]:
    """The best of the posts held last, else the country."""
    wanted = (json.dumps(list(ids)),)
    rows = reader.sql(HELD, wanted)
    best: dict[Any, Any] = dict(rows)  # the last row of each: held last, highest rank
    posts = labels(reader, record_type("post"), list(best.values()))
    states: dict[Any, Any] = dict(reader.sql(STATES, wanted))
    countries = labels(reader, record_type("country"), list(states.values()))
    return {id: posts.get(best.get(id), "") or countries.get(states.get(id), "") for id in ids}


def _organisations(reader: Reader, ids: Sequence[Any]) -> dict[Any, str]:
    """The country, else the kind."""
    body = table_named("organisation")
    rows = reader.rows(select(body.c.id, body.c.country, body.c.kind).where(body.c.id.in_(list(ids))))
    countries = labels(reader, record_type("country"), [row[1] for row in rows])
    return {id: countries.get(country, "") or _(ORGANISATION_KINDS.get(kind, "")) for id, country, kind in rows}


def _events(reader: Reader, ids: Sequence[Any]) -> dict[Any, str]:
    row = table_named("event_row")
    rows = reader.rows(select(row.c.event_id, row.c.parties).where(row.c.event_id.in_(list(ids))))
    return {id: parties or "" for id, parties in rows}


def _sources(reader: Reader, ids: Sequence[Any]) -> dict[Any, str]:
    source = table_named("source")
    rows = reader.rows(select(source.c.id, source.c.issued).where(source.c.id.in_(list(ids))))
    return {id: print_date(issued) if issued else "" for id, issued in rows}


def _topics(reader: Reader, codes: Sequence[Any]) -> dict[Any, str]:
    topic = table_named("topic")
    rows = reader.rows(select(topic.c.code, topic.c.parent).where(topic.c.code.in_(list(codes))))
    groups = labels(reader, record_type("topic"), [row[1] for row in rows])
    return {code: groups.get(parent, "") for code, parent in rows}
