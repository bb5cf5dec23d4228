"""Whether two titles are of one post: keys under which the spellings of a title meet, and titles that drift.

Works on plain values, and within one body: the same title in two bodies is two posts. "Defence Minister" and "Minister
of Defense" have one key; "Special Representative for Central Asia" and "for Central Asian and Caucasus Affairs" are
likely one post, which a person decides.
"""

from __future__ import annotations

import re
from functools import lru_cache

from legation.fields.folding import fold
from legation.i18n import _

_SMALL = {"the", "a", "an", "and", "her", "his", "its", "honourable"}
_OF = {"of", "for", "to", "on", "in", "at"}
_SPELLINGS = {
    "defense": "defence", "labor": "labour", "organization": "organisation", "center": "centre",
    "program": "programme", "pm": "prime minister", "chairperson": "chairman", "chairwoman": "chairman",
    "chair": "chairman", "premier": "prime minister", "dg": "director general", "cooperation": "co operation",
}  # fmt: skip
_HEADS = {"minister", "secretary", "ministers"}
_BEFORE_HEADS = {"deputy", "vice", "first", "second", "state", "prime", "senior", "junior", "under", "assistant",
                 "cabinet", "permanent", "parliamentary", "acting", "former", "shadow", "special", "private",
                 "general"}  # fmt: skip
_AFFAIRS = {"affairs", "matters", "issues"}
STEM = 5  # letters that Asia and Asian, Caucasus and Caucasian share at most


@lru_cache(maxsize=20000)
def post_key(title: str) -> str:
    """The key of a title: small words and spellings folded, "Finance Minister" as "minister of finance"."""
    words = [word for word in fold(title.replace("-", " ")).split() if word not in _SMALL]
    words = " ".join(_SPELLINGS.get(word, word) for word in words).split()
    words = ["of" if word in _OF else word for word in words]
    words = [word for at, word in enumerate(words) if word != "of" or (at and words[at - 1] != "of")]
    if len(words) > 1 and words[-1] in _HEADS and "of" not in words:
        before = [word for word in words[:-1] if word in _BEFORE_HEADS]
        field = [word for word in words[:-1] if word not in _BEFORE_HEADS]
        if field and words[: len(before)] == before:
            field += ["affairs"] if field == ["foreign"] else []
            words = [*before, words[-1], "of", *field]
    return " ".join(words)


def likely_one_post(one: str, other: str) -> str:
    """Why two titles of one body may be one post whose title drifts; "" where nothing speaks for it.

    The office before "of" must be the same; what it is for may be said more or less fully.
    """
    (office, field), (other_office, other_field) = (_apart(post_key(each)) for each in (one, other))
    if office != other_office or not office:
        return ""
    mine, theirs = (_stems(each) for each in (field, other_field))
    if not mine or not theirs:
        return _("The same office, said once without what it is for.") if len(office.split()) > 1 else ""
    if mine <= theirs or theirs <= mine:
        return _("The same office, and what it is for is said more fully in one title.")
    return ""


def _apart(key: str) -> tuple[str, str]:
    """The office, and what it is for: a minister of state is no minister."""
    office, _of, field = key.partition(" of ")
    if field == "state" or field.startswith("state of "):
        office, field = f"{office} of state", field.removeprefix("state").removeprefix(" of ")
    return office, field


def _stems(field: str) -> frozenset[str]:
    """The beginnings of the words that say what an office is for."""
    words = re.split(r"\s+", field)
    return frozenset(word[:STEM].rstrip("n") for word in words if word not in _AFFAIRS | {"of", ""})
