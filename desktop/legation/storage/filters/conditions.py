"""Conditions of a question, as values: one key with its value, words, one or another, several together.

Each prints as the text that it is typed as. What a key means stands in keys.py; the grammar in language.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from legation.records.vocabulary import CONTACT_KINDS, PLANNED_STATUSES

ALL_OF, ANY_OF = "+", ","
_NEEDS_QUOTES = frozenset(" \t()")


@dataclass(frozen=True)
class Filter:
    """A key of `KEYS` with its value as typed: `TKM+JPN` is both, `TKM,JPN` either, and marks hold blanks together.

    A key that takes no value, such as `overdue`, has an empty one.
    """

    key: str
    value: str = ""
    operator: str = ":"
    is_not: bool = False

    def __str__(self) -> str:
        if not self.value:
            return f"{_minus(self.is_not)}{self.key}"
        bare = not _NEEDS_QUOTES & {*self.value} or '"' in self.value
        value = self.value if bare else quoted(self.value)
        return f"{_minus(self.is_not)}{self.key}{self.operator}{value}"

    def parts(self) -> tuple[tuple[str, ...], ...]:
        """The value taken apart: all of the outer ones, any of the inner ones."""
        return tuple(tuple(_unquoted(each) for each in _split(part, ANY_OF)) for part in _split(self.value, ALL_OF))


@dataclass(frozen=True)
class Words:
    """Words that all occur in a record, each the beginning of a word; or one after the other, exactly so.

    With `in_name` they all occur in its name or title, or in another name of it. That is not typed: it says which of
    the records that hold the words come first.
    """

    text: str
    is_exact: bool = False
    is_not: bool = False
    in_name: bool = False

    def __str__(self) -> str:
        shown = quoted(self.text) if self.is_exact else self.text
        return f"{_minus(self.is_not)}{shown}"


@dataclass(frozen=True)
class Either:
    """At least one of several conditions."""

    options: tuple[Condition, ...]

    def __str__(self) -> str:
        return " or ".join(str(each) for each in self.options)


@dataclass(frozen=True)
class Group:
    """Several conditions that all hold, in parentheses."""

    conditions: tuple[Condition, ...]
    is_not: bool = False

    def __str__(self) -> str:
        return f"{_minus(self.is_not)}({' '.join(str(each) for each in self.conditions)})"


Condition = Filter | Words | Either | Group
WINDOW_KEYS = frozenset({"since", "until", "date", "certain"})


def is_window(condition: Condition) -> bool:
    """Whether a condition asks for a time, which what has no date never answers."""
    return isinstance(condition, Filter) and condition.key in WINDOW_KEYS and not condition.is_not


def with_undated(conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """The same conditions, but what has no date answers those that ask for a time."""
    windows = tuple(each for each in conditions if is_window(each))
    others = tuple(each for each in conditions if not is_window(each))
    whole: Condition = windows[0] if len(windows) == 1 else Group(windows)
    return (*others, Either((whole, Filter("undated")))) if windows else others


def words_in(conditions: tuple[Condition, ...]) -> list[str]:
    """The words that are searched for, phrases in quotation marks; not those that must be missing."""
    found = []
    for each in conditions:
        if isinstance(each, Words) and not each.is_not:
            found.append(quoted(each.text) if each.is_exact else each.text)
        elif isinstance(each, Either | Group) and not (isinstance(each, Group) and each.is_not):
            found += words_in(each.options if isinstance(each, Either) else each.conditions)
    return found


CONTACTS_HELD = (Filter("kind", ",".join(CONTACT_KINDS)), Filter("status", "held"))
STILL_PLANNED = (Filter("status", ",".join(PLANNED_STATUSES)),)


def quoted(text: str) -> str:
    """A text in quotation marks; a mark inside it is written twice."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _minus(is_not: bool) -> str:
    return "-" if is_not else ""


def _split(text: str, mark: str) -> list[str]:
    """A value taken apart at a mark that stands outside quotation marks; empty parts are left out."""
    parts, part, inside = [], "", False
    for letter in text:
        inside ^= letter == '"'
        if letter == mark and not inside:
            parts.append(part)
            part = ""
        else:
            part += letter
    return [each for each in (*parts, part) if each] or [text]


def _unquoted(text: str) -> str:
    """A part of a value without its quotation marks; two inside them are one."""
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return text[1:-1].replace('""', '"')
    return text.replace('"', "")
