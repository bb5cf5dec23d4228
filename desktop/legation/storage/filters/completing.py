"""How a filter may go on: keys that begin as typed, and values of a key with how many records each would leave."""

from __future__ import annotations

import re
from collections.abc import Iterator

from legation.errors import UserError
from legation.fields.completion import Completion
from legation.fields.folding import fold
from legation.fields.kinds import Choice
from legation.i18n import _, ngettext
from legation.records.catalogue import RECORD_TYPES, table_named
from legation.records.vocabulary import OUTCOME_KINDS, OUTCOME_STATUSES
from legation.storage.facets import MOST_COUNTED, count_up_to
from legation.storage.filters.conditions import Filter, quoted
from legation.storage.filters.keys import FLAGS, KEYS, Key
from legation.storage.filters.language import parse_filters
from legation.storage.places import places
from legation.storage.queries import Query
from legation.storage.reading import Reader
from legation.storage.suggesting import suggest

MOST = 8
_WORD = re.compile(r'-?(?:(?P<key>[A-Za-z_]+)(?P<operator><=|>=|<|>|:))?(?P<value>(?:"[^"]*"?|[^\s()"])*)')
_VALUE = re.compile(r'(?:.*[+,])?(?P<last>"[^"]*|[^+,]*)$')


def completions(reader: Reader, query: Query, typed: str, at: int) -> list[Completion]:
    """What may stand for the word that ends at a place, in a filter of the records of a question.

    `query` is the page's own question; the counts are of what it finds with the rest of the filter.
    """
    match = _word_before(typed, at)
    name = (match["key"] or "").lower()
    start = match.start("value")
    if not match["key"]:
        return keys_offered(query.record, match["value"], start, at)
    if name not in KEYS or not _applies(query.record, name):
        return []
    last = _VALUE.search(match["value"])
    begun = last["last"] if last is not None else ""
    start = at - len(begun)
    rest = f"{typed[: match.start()]} {typed[at:]}"
    found = list(_values(reader, query.record, name, KEYS[name], begun.lstrip('"')))[:MOST]
    return [Completion(start, at, text, label, _how_many(reader, query, rest, name, text)) for text, label in found]


def _word_before(typed: str, at: int) -> re.Match[str]:
    """The word that ends at a place; an empty one after a blank. Words are told apart from the beginning on."""
    start, match = 0, _WORD.match(typed, 0, at)
    while match is not None and match.end() < at:
        start = max(match.end(), start + 1)
        match = _WORD.match(typed, start, at)
    assert match is not None  # the pattern matches an empty word
    return match


def _applies(record: str, name: str) -> bool:
    try:
        return KEYS[name].meaning(record, _sample(name), ":") is not None
    except UserError:
        return True


def _sample(name: str) -> list[str]:
    (condition,) = parse_filters(KEYS[name].example)
    assert isinstance(condition, Filter)
    return list(condition.parts()[0])


def keys_offered(record: str, typed: str = "", start: int = 0, at: int = 0) -> list[Completion]:
    """The keys that apply to a record type and begin so, for a place in what is typed."""
    wanted = typed.lower()
    found = []
    for name, key in KEYS.items():
        if name.startswith(wanted) and name != wanted and _applies(record, name):
            text = name if name in FLAGS else f"{name}<=" if key.is_ordered else f"{name}:"
            found.append(Completion(start, at, text, text, _(key.help)))
    return found if not wanted else found[:MOST]


def _values(reader: Reader, record: str, name: str, key: Key, typed: str) -> Iterator[tuple[str, str]]:
    """The values that begin so, as they are typed and as people read them."""
    wanted = fold(typed)
    field = RECORD_TYPES[record].by_name.get(key.sought)
    if name == "outcome":
        words = {"open": _("Open"), "closed": _("Closed")}
        words |= {code: _(label) for code, label in (OUTCOME_KINDS | OUTCOME_STATUSES).items()}
        yield from ((code, label) for code, label in words.items() if fold(label).startswith(wanted))
    elif name == "region":
        table = table_named("country")
        for (region,) in reader.sql(f"SELECT DISTINCT region FROM {table.name} WHERE region IS NOT NULL ORDER BY 1"):
            words_of_it = region.split(" ", 1)[-1]
            if wanted in fold(words_of_it):
                yield _written(words_of_it), words_of_it
    elif name == "city":
        yield from ((_written(each.name), each.name) for each in places(reader, typed))
    elif field is not None and isinstance(field.kind, Choice):
        codes = ((str(code), field.kind.format(code)) for code in field.kind.terms or ())
        yield from ((code, label) for code, label in codes if fold(label).startswith(wanted))
    elif key.sought in RECORD_TYPES:
        for each in suggest(reader, key.sought, typed, limit=MOST):
            if key.sought in ("country", "topic"):
                yield str(each.key), each.label
            elif key.sought == "event":  # found by its title, which has no date before it
                ((title,),) = reader.sql("SELECT title FROM event WHERE id = ?", (each.id,))
                yield _written(title), each.label
            else:
                yield _written(each.label), each.label


def _written(text: str) -> str:
    return text if re.fullmatch(r"[\w.\-]+", text) else quoted(text)


def _how_many(reader: Reader, query: Query, rest: str, name: str, text: str) -> str:
    """How many records a value would leave, in words; nothing where the rest of the filter is not lawful yet."""
    try:
        narrowed = query.filtered(*parse_filters(rest), Filter(name, text))
        number = count_up_to(reader, narrowed)
    except UserError:
        return ""
    shown = f"{number:,}"
    if number >= MOST_COUNTED:
        return _("{count} or more").format(count=shown)
    return ngettext("{count} record", "{count} records", number).format(count=shown)
