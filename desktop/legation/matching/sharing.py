"""New records that are named more than once in one entry, such as the ministry of two new delegates, are made once.

Works on drafts alone: what is known already is not looked up here.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from legation.fields.draft import Draft
from legation.fields.folding import fold
from legation.fields.names import match_key, organisation_key

SHARED = ("organisation", "post", "person", "appointment", "source")
"""Record types whose new records are shared, each after those that it points at."""


def share_new(drafts: Iterable[Draft], *, persons: bool = False) -> None:
    """Let all links to new records of one name point at the first of them.

    Two new persons of one name are one only when `persons` says so: in one event they are namesakes.
    """
    owners = list(drafts)
    for record in SHARED:
        if record == "person" and not persons:
            continue
        first: dict[Hashable, Draft] = {}
        for owner in owners:
            for holder in list(owner.walk()):
                for name, value in holder.values.items():
                    if isinstance(value, Draft) and value.id is None and value.record.name == record:
                        holder.values[name] = first.setdefault(_identity(value), value)


def _identity(draft: Draft) -> Hashable:
    """What makes two new records the same one."""
    name = draft.record.name
    if name == "organisation":
        return organisation_key(str(draft["name"] or "")), draft["country"], _place(draft["parent_id"])
    if name == "post":
        return _place(draft["organisation_id"]), fold(str(draft["title"] or ""))
    if name == "person":
        return match_key(str(draft["name"] or "")), draft["country"]
    if name == "appointment":
        return _place(draft["person_id"]), _place(draft["post_id"]), draft["period"]
    return draft["url"], draft["title"], _place(draft["publisher_id"])


def _place(value: Any) -> Hashable:
    """An id as it is, a draft by its serial."""
    return ("new", value.serial) if isinstance(value, Draft) else value
