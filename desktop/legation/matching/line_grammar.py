"""The keys of a one-line entry, `key:value`: what each fills in, and what is said about it. The one list."""

from __future__ import annotations

from legation.i18n import N_

KEYS = {  # key: (the event's field it fills in, what it is)
    "status": ("status", N_("proposed, scheduled, held, postponed or cancelled")),
    "in": ("parent_id", N_("the visit, conference or exposition it is part of; again: what that is part of")),
    "framework": ("framework_id", N_("the dialogue or commission it is held in")),
    "round": ("ordinal", N_("the number of the session in its framework")),
    "country": ("country", N_("where it takes place, when the place does not tell")),
    "venue": ("venue", N_("the building")),
    "time": ("start_time", N_("when it began: 17:05")),
    "minutes": ("minutes", N_("how long it lasted")),
    "mode": ("mode", N_("in person, phone, video, hybrid or written")),
    "level": ("level", N_("the level, where a source states it")),
    "type": ("visit_type", N_("the type of a visit, where a source states it")),
    "stated": ("date_text", N_("the date in the source's words")),
    "note": ("summary", N_("the readout in your words")),
}
LINE_KEYS = {  # key: (the lines of which it fills in the last, the field, what it is)
    "act": ("agenda", "act", N_("after a topic: discussed, noted, reaffirmed or another")),
    "said": ("agenda", "text", N_("after a topic: what was said, in your words")),
    "by": ("agenda", "speaker_id", N_("after a topic: the party that said it")),
    "about": ("agenda", "about_event_id", N_("after a topic: the event, body or outcome it concerned")),
    "as": ("outcomes", "kind", N_("after an outcome: what it is, such as treaty or joint statement")),
    "owner": ("outcomes", "owner_id", N_("after an outcome: the party that must act")),
    "on": ("outcomes", "topic", N_("after an outcome: its topic")),
    "due": ("outcomes", "due", N_("after an outcome: when it is due")),
    "state": ("outcomes", "status", N_("after an outcome: agreed, signed, in force or another")),
    "text": ("outcomes", "text", N_("after an outcome: what it says")),
    "ref": ("outcomes", "reference", N_("after an outcome: its number")),
    "closed": ("outcomes", "closed", N_("after an outcome: when it was done with")),
    "replaces": ("outcomes", "replaces_id", N_("after an outcome: the earlier one that it replaces")),
}
CITED_KEYS = {  # key: (the field of the citation before it, what it is)
    "para": ("locator", N_("after a source: where in it")),
    "quote": ("quote", N_("after a source: its words")),
    "states": ("states", N_("after a source: the value as it gives it, if different")),
}
SOURCE_KEYS = {  # key: (the field of the new source before it, what it is)
    "publisher": ("publisher_id", N_("after a new source: who published it")),
    "issued": ("issued", N_("after a new source: when it was published")),
    "medium": ("kind", N_("after a new source: newspaper article, web page or another")),
    "citing": ("derived_from_id", N_("after a new source: what it cites; again: what that cites")),
}
OTHER_KEYS = {
    "src": N_("a source of the whole: an address, a site, a title or a publisher"),
    "cite": N_("a source of what stands before: a topic, an outcome, a person or a party"),
    "outcome": N_("something agreed that outlives the event: its title"),
    "aka": N_("another name of the event"),
}
FIRST_WANTED = {  # the lines that a key needs before it: what is said when there are none
    "agenda": N_("Name the topic first: #…"),
    "outcomes": N_("Name the outcome first: outcome:…"),
}
NEW = "*"
"""Stands before a name: make such a record where none is known."""


def all_keys() -> dict[str, str]:
    """Every key that may stand before a colon, with what it means."""
    found = {"src": OTHER_KEYS["src"]}
    for table in (CITED_KEYS, KEYS, SOURCE_KEYS):
        found |= {key: words for key, (_field, words) in table.items()}
    return found | {key: words for key, (_lines, _field, words) in LINE_KEYS.items()} | OTHER_KEYS
