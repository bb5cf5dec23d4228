"""The level that an event being entered would have, by the rule by which the saved ones get theirs."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from legation.fields.draft import Draft
from legation.records.catalogue import table_named
from legation.records.vocabulary import LEVELS
from legation.storage.derived import LEVEL_OF_SIDES
from legation.storage.reading import Reader

BUSINESS = ("company", "business_association")
_Side = tuple[int | None, int, int]


def level_of(reader: Reader, event: Draft) -> str | None:
    """The code of the level of an event's draft: the stated one, else derived from its sides; None when unknown."""
    if event["level"] is not None:
        return str(event["level"])
    sides = [_side(reader, party) for party in event.lines.get("delegations", [])]
    if not sides:
        return None
    rows = " UNION ALL ".join("SELECT ? AS rank, ? AS is_business, ? AS is_parliament" for _side_of in sides)
    values = [value for side in sides for value in side]
    number = reader.sql(f"SELECT {LEVEL_OF_SIDES} FROM ({rows}) s", values)[0][0]
    return None if number is None else list(LEVELS)[number - 1]


def _side(reader: Reader, party: Draft) -> _Side:
    """The best rank of a party, and whether it speaks for a company or a parliament."""
    held = [
        capacity["appointment_id"]
        for delegate in party.lines.get("delegates", [])
        for capacity in delegate.lines.get("capacities", [])
    ]
    posts = [_post(reader, each) for each in held if each is not None]
    ranks = sorted((rank, kind) for rank, kind in posts if rank is not None)
    kind = _kind_of(reader, party["organisation_id"])
    best = ranks[0] if ranks else (None, "")
    return best[0], int(kind in BUSINESS), int("parliament" in ((kind,) if kind else (best[1],)))


def _post(reader: Reader, appointment: int | Draft) -> tuple[int | None, str]:
    """The rank of an appointment's post and the kind of its body; either may still be a draft."""
    post: int | Draft | None
    if isinstance(appointment, Draft):
        post = appointment["post_id"]
    else:
        table = table_named("appointment")
        post = reader.value(select(table.c.post_id).where(table.c.id == appointment))
    if isinstance(post, Draft):
        return post["rank"], _kind_of(reader, post["organisation_id"])
    table, body = table_named("post"), table_named("organisation")
    joined = select(table.c.rank, body.c.kind).join(body, body.c.id == table.c.organisation_id)
    rows = reader.rows(joined.where(table.c.id == post))
    return (rows[0][0], rows[0][1]) if rows else (None, "")


def _kind_of(reader: Reader, organisation: int | Draft | None) -> str:
    if isinstance(organisation, Draft):
        return str(organisation["kind"] or "")
    table = table_named("organisation")
    return str(reader.value(select(table.c.kind).where(table.c.id == organisation)) or "")


def countries_of(parties: Sequence[Draft]) -> list[str]:
    """The codes of the countries of parties, each once, in order."""
    return list(dict.fromkeys(each["country"] for each in parties if isinstance(each["country"], str)))
