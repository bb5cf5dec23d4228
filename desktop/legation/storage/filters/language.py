"""The filter language as it is typed: `country:TKM+JPN topic:E.power since:2020 -status:cancelled "oil and gas" tokyo`.

Conditions side by side all hold. `or` joins the two beside it, a minus turns one round, parentheses hold several
together. Words without a key are searched for; in quotation marks they occur exactly so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from legation.errors import UserError
from legation.i18n import _
from legation.storage.filters.conditions import Condition, Either, Filter, Group, Words
from legation.storage.filters.keys import FLAGS, KEYS, Key

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<open>-?\() | (?P<close>\)) |
    (?P<minus>-)?(?P<key>[A-Za-z_]+)(?P<operator><=|>=|<|>|:)(?P<value>(?:"(?:[^"]|"")*"|[^\s()"])*) |
    (?P<exact>-?"(?:[^"]|"")*") |
    (?P<unclosed>-?") |
    (?P<word>[^\s()"]+)
    )""",
    re.VERBOSE,
)
DEEPEST = 20  # parentheses inside parentheses


class FilterProblem(UserError):
    """Something typed is no lawful condition; it stands from `start` up to `end`."""

    def __init__(self, what_happened: str, what_to_do: str, start: int, end: int) -> None:
        super().__init__(what_happened, what_to_do)
        self.start, self.end = start, end


@dataclass(frozen=True)
class Typed:
    """One condition with a key, and where it stands in what was typed."""

    condition: Filter
    start: int
    end: int


def parse_filters(typed: str) -> tuple[Condition, ...]:
    """The conditions that all hold. Raises `FilterProblem` where something is not lawful, saying where it stands."""
    return _Parser(typed).whole()


def keyed(typed: str) -> list[Typed]:
    """The conditions with a key, in order, each with its place. Raises `FilterProblem` as `parse_filters` does."""
    parser = _Parser(typed)
    parser.whole()
    return parser.keyed


class _Parser:
    def __init__(self, typed: str) -> None:
        self.typed = typed
        self.at = 0
        self.keyed: list[Typed] = []

    def whole(self) -> tuple[Condition, ...]:
        found = self._conditions(0)
        if (more := self._next()) is not None:
            raise self._problem(_("This parenthesis was never opened."), "", more)
        return found

    def _conditions(self, depth: int) -> tuple[Condition, ...]:
        """Conditions up to the end or to a closing parenthesis."""
        found: list[Condition] = []
        joins: re.Match[str] | None = None
        while (token := self._next()) is not None and not token["close"]:
            self.at = token.end()
            if token["word"] in ("or", "OR"):
                if not found or joins is not None:
                    raise self._problem(_("“or” stands between two conditions."), _("Write one before it."), token)
                joins = token
                continue
            condition = self._group(token, depth) if token["open"] else self._one(token)
            if joins is not None:
                before = found.pop()
                options = before.options if isinstance(before, Either) else (before,)
                condition, joins = Either((*options, condition)), None
            found.append(condition)
        if joins is not None:
            raise self._problem(_("“or” stands between two conditions."), _("Write one after it."), joins)
        return tuple(found)

    def _group(self, opened: re.Match[str], depth: int) -> Condition:
        if depth >= DEEPEST:
            raise self._problem(_("There are too many parentheses inside each other."), "", opened)
        inside = self._conditions(depth + 1)
        closed = self._next()
        if closed is None:
            raise self._problem(_("A parenthesis is not closed."), _("Write ) where it ends."), opened)
        self.at = closed.end()
        if not inside:
            raise self._problem(_("There is nothing between these parentheses."), "", opened)
        return Group(inside, is_not=opened["open"].startswith("-"))

    def _one(self, token: re.Match[str]) -> Condition:
        if token["unclosed"]:
            raise self._unclosed(token)
        if token["exact"]:
            is_not = token["exact"].startswith("-")
            text = token["exact"].removeprefix("-")[1:-1].replace('""', '"')
            return Words(text, is_exact=True, is_not=is_not)
        if token["key"]:
            return self._filter(token)
        word = token["word"]
        is_not = len(word) > 1 and word.startswith("-")
        word = word[1:] if is_not else word
        if word.lower() in FLAGS:
            return self._keep(Filter(word.lower(), is_not=is_not), token)
        return Words(word, is_not=is_not)

    def _filter(self, token: re.Match[str]) -> Condition:
        name, operator, value = token["key"].lower(), token["operator"], token["value"]
        key = KEYS.get(name)
        if key is None:
            raise self._problem(
                _("There is no condition “{key}”.").format(key=token["key"]),
                _("Use one of: {known}. Words to search for stand in quotation marks.").format(known=", ".join(KEYS)),
                token,
            )
        if self.typed[token.end() : token.end() + 1] == '"':
            raise self._unclosed(token)
        if not value.strip('"'):
            raise self._problem(
                _("“{word}” is not a condition.").format(word=token[0].strip()),
                _("Write what it should be, such as {example}.").format(example=key.example),
                token,
            )
        self._require_operator(key, operator, token)
        return self._keep(Filter(name, value, operator, is_not=bool(token["minus"])), token)

    def _require_operator(self, key: Key, operator: str, token: re.Match[str]) -> None:
        if operator != ":" and not key.is_ordered:
            raise self._problem(
                _("“{operator}” cannot be used with “{key}”.").format(operator=operator, key=token["key"]),
                _("Write a colon, such as {example}.").format(example=key.example),
                token,
            )

    def _keep(self, condition: Filter, token: re.Match[str]) -> Filter:
        self.keyed.append(Typed(condition, *_place(token)))
        return condition

    def _next(self) -> re.Match[str] | None:
        """The token that comes next; None at the end."""
        return _TOKEN.match(self.typed, self.at)

    def _unclosed(self, token: re.Match[str]) -> FilterProblem:
        happened = _("A quotation mark is not closed in: {typed}").format(typed=self.typed)
        return self._problem(happened, _("Write another where the words end."), token)

    def _problem(self, happened: str, to_do: str, token: re.Match[str]) -> FilterProblem:
        return FilterProblem(happened, to_do, *_place(token))


def _place(token: re.Match[str]) -> tuple[int, int]:
    return token.start() + len(token[0]) - len(token[0].lstrip()), token.end()
