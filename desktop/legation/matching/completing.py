"""How a one-line entry may go on: what fits the word that is being typed."""

from __future__ import annotations

from legation.fields.completion import Completion
from legation.fields.folding import fold
from legation.fields.kinds import Choice
from legation.i18n import _
from legation.matching.delegates import country_words
from legation.matching.line_grammar import KEYS, LINE_KEYS, SOURCE_KEYS, all_keys
from legation.matching.line_words import Word, names_in, words_of
from legation.matching.named import named_party
from legation.records.catalogue import record_type
from legation.records.vocabulary import EVENT_KIND_WORDS
from legation.storage.places import places
from legation.storage.reading import Reader
from legation.storage.suggesting import suggest

MOST = 6
FEWEST_LETTERS = 2
LISTED = {"agenda": "agenda_item", "outcomes": "outcome"}
SOUGHT = {
    "#": "topic",
    "src": "source",
    "cite": "source",
    "citing": "source",
    "in": "event",
    "about": "event",
    "framework": "organisation",
    "publisher": "organisation",
    "country": "country",
    "on": "topic",
    "replaces": "outcome",
}
"""The record that a mark or key names."""
CHOSEN = (
    {key: ("event", name) for key, (name, _words) in KEYS.items()}
    | {key: (LISTED[lines], name) for key, (lines, name, _words) in LINE_KEYS.items()}
    | {key: ("source", name) for key, (name, _words) in SOURCE_KEYS.items()}
)
"""The record and field that a key fills in, for those that take one of a few values."""


def completions(reader: Reader, line: str, at: int) -> list[Completion]:
    """What may complete the word that ends at a place of a line; nothing for a word that is closed or too short."""
    words, _unclosed = words_of(line[:at])
    if not words or words[-1].end != at or words[-1].is_quoted:
        return []
    word = words[-1]
    if word.mark == "@":
        found = places(reader, word.text)[:MOST]
        return [_made(word, f"@{_quoted(each.name)}", each.name, each.country_name) for each in found]
    if word.mark in SOUGHT:
        return _records(reader, word, SOUGHT[word.mark])
    if word.mark in ("by", "owner"):
        return _parties(reader, line, words, word)
    if word.mark in CHOSEN:
        return _values(word, *CHOSEN[word.mark])
    if word.mark or len(word.text) < FEWEST_LETTERS:
        return []
    bare = [each for each in words if not each.mark and not each.is_quoted]
    return [
        *_keys(word),
        *(_kinds(word) if len(bare) <= 4 else []),
        *_named(reader, word, has_parties=any({*each.text} & {*">+"} for each in bare[:-1])),
    ][:MOST]


def _made(word: Word, text: str, label: str, also: str = "") -> Completion:
    return Completion(word.start, word.end, text, label, also)


def _quoted(text: str) -> str:
    return f'"{text}"' if " " in text else text


def _records(reader: Reader, word: Word, record: str) -> list[Completion]:
    mark = word.mark if word.mark == "#" else f"{word.mark}:"
    found = suggest(reader, record, word.text, limit=MOST)
    made = []
    for each in found:
        is_coded = record in ("topic", "country")
        text = str(each.key) if is_coded else _quoted(each.label.replace('"', ""))
        also = " · ".join(part for part in (str(each.key) if is_coded else "", each.also) if part)
        made.append(_made(word, mark + text, each.label, also))
    return made


def _keys(word: Word) -> list[Completion]:
    return [
        _made(word, f"{key}:", f"{key}:", _(words)) for key, words in all_keys().items() if key.startswith(word.text)
    ]


def _values(word: Word, record: str, name: str) -> list[Completion]:
    """The values of a field that takes one of a few, as far as they begin as typed."""
    kind = record_type(record)[name].kind
    if not isinstance(kind, Choice):
        return []
    words = [_(label) for label in (kind.terms or {}).values()]
    wanted = fold(word.text)
    return [
        _made(word, f"{word.mark}:{_quoted(label.lower())}", label)
        for label in words
        if fold(label).startswith(wanted) and fold(label) != wanted
    ][:MOST]


def _parties(reader: Reader, line: str, words: list[Word], word: Word) -> list[Completion]:
    """The parties that the line names, as far as they begin as typed."""
    wanted, countries = fold(word.text), country_words(reader)
    given = next((each for each in words if not each.mark and not each.is_quoted and {*each.text} & {*">+"}), None)
    found = []
    for name, _before in names_in(line, given) if given is not None else ():
        party = named_party(reader, name.text, countries)
        if party is not None and (fold(name.text).startswith(wanted) or fold(party[1]).startswith(wanted)):
            found.append(_made(word, f"{word.mark}:{_quoted(name.text)}", party[1], _("party")))
    return [each for each in found if each.text != line[word.start : word.end]]


def _kinds(word: Word) -> list[Completion]:
    wanted = fold(word.text)
    words = {code: _(label) for code, label in EVENT_KIND_WORDS.items()}
    return [
        _made(word, label.lower(), label, _("kind"))
        for label in words.values()
        if fold(label).startswith(wanted) and fold(label) != wanted
    ]


def _named(reader: Reader, word: Word, *, has_parties: bool) -> list[Completion]:
    """Countries for the word after a mark of parties, persons elsewhere."""
    at = max(word.text.rfind(">"), word.text.rfind("+")) + 1
    head, tail = word.text[:at], word.text[at:]
    if len(tail) < FEWEST_LETTERS:
        return []
    countries = [] if has_parties and not head else suggest(reader, "country", tail, limit=2, recent=False)
    found = [_made(word, head + str(each.key), each.label, _("party")) for each in countries if each.key != tail]
    if not head:
        persons = suggest(reader, "person", tail, limit=4)
        found += [_made(word, each.label, each.label, each.also) for each in persons]
    return found
