"""Two rows of one record type that become one: which value stays where they differ, and which names are kept.

By rule the kept row's own value stays, and what it lacks is taken from the other; a person may decide otherwise for
each field. Knows values only, no workspace.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from legation.fields.draft import Draft
from legation.fields.folding import fold
from legation.fields.record_type import Problem, RecordType
from legation.records.alias import ALIAS_TARGETS
from legation.records.catalogue import record_type
from legation.records.vocabulary import DELEGATE_ROLES
from legation.storage.saving import derived_values

NAME_FIELDS = {"country": "name", "person": "name", "organisation": "name", "post": "title"}
NAME_PARTS = ("family_name", "given_name", "patronymic")  # of a person; they go with the name


@dataclass(frozen=True)
class FieldPair:
    """A field in which two records differ, and whether the other's value is taken."""

    name: str
    kept: Any
    gone: Any
    takes_other: bool

    @property
    def value(self) -> Any:
        """The value that stays."""
        return self.gone if self.takes_other else self.kept


@dataclass(frozen=True)
class OtherName:
    """A name that a record keeps beside its preferred one."""

    name: str
    kind: str
    lang: str | None = None


def pairs_of(
    record: RecordType, kept: Mapping[str, Any], gone: Mapping[str, Any], take: Mapping[str, bool] | None = None
) -> tuple[list[FieldPair], list[Problem]]:
    """The fields in which two rows differ, decided by `take` or else by rule, and what is wrong with the result.

    A value that the rule would take and that does not go with the others is not taken.
    """
    said = take or {}
    found = [
        FieldPair(each.name, kept[each.name], gone[each.name], False)
        for each in record.stored
        if kept[each.name] != gone[each.name] and each.name != "code"
    ]
    named = said.get("name", False)
    decided = [replace(each, takes_other=said.get(each.name, _by_rule(record, each, kept, named))) for each in found]
    problems = _problems(record, kept, decided)
    wrong = {problem.field for problem in problems} - set(said)
    if wrong:
        decided = [replace(each, takes_other=each.takes_other and each.name not in wrong) for each in decided]
        problems = _problems(record, kept, decided)
    return decided, problems


def _by_rule(record: RecordType, pair: FieldPair, kept: Mapping[str, Any], takes_name: bool) -> bool:
    if record.name == "person" and pair.name in NAME_PARTS:
        if takes_name:
            return True
        said = fold(kept["name"]).split()
        return pair.kept is None and all(word in said for word in fold(pair.gone).split())
    if record.name == "delegate" and pair.name == "role":
        roles = list(DELEGATE_ROLES)
        return roles.index(pair.gone) < roles.index(pair.kept)
    return pair.kept is None


def _problems(record: RecordType, kept: Mapping[str, Any], decided: list[FieldPair]) -> list[Problem]:
    values = {each.name: kept[each.name] for each in record.stored} | {each.name: each.value for each in decided}
    draft = Draft(record, kept.get("id"), values)
    return [problem for check in record.checks for problem in check(draft) if problem.blocking]


def written(record: RecordType, kept: Mapping[str, Any], decided: list[FieldPair]) -> dict[str, Any]:
    """The columns of the kept row that change, those that follow from others included."""
    taken = {each.name: each.value for each in decided if each.takes_other}
    whole = {**kept, **taken}
    derived = derived_values(record, {each.name: whole[each.name] for each in record.stored})
    return taken | {name: value for name, value in derived.items() if taken and value != kept[name]}


def other_names(
    record: RecordType, kept: Mapping[str, Any], gone: Mapping[str, Any], taken: Mapping[str, Any]
) -> list[OtherName]:
    """The names that stay as other names: of both rows those that the kept one is not called any more."""
    if record.name not in NAME_FIELDS:
        return []
    field = NAME_FIELDS[record.name]
    called = taken.get(field, kept[field])
    return list(dict.fromkeys(_other_names(record, called, (kept, gone), taken)))


def _other_names(
    record: RecordType, called: str, rows: tuple[Mapping[str, Any], ...], taken: Mapping[str, Any]
) -> Iterator[OtherName]:
    field = NAME_FIELDS[record.name]
    for row in rows:
        if row[field] != called:
            yield OtherName(row[field], _kind(record, called, row[field]))
        if record.name == "organisation" and row["acronym"] and row["acronym"] != _final(rows, taken, "acronym"):
            yield OtherName(row["acronym"], "acronym")
        if record.name == "country" and row is not rows[0]:
            yield OtherName(row["code"], "former")


def _final(rows: tuple[Mapping[str, Any], ...], taken: Mapping[str, Any], name: str) -> Any:
    return taken.get(name, rows[0][name])


def _kind(record: RecordType, called: str, name: str) -> str:
    """The kind of another name, as far as the letters tell it."""
    if record.name == "country":
        return "former"
    if not _is_latin(name):
        return "native_script"
    if record.name == "person":
        return "order" if sorted(fold(name).split()) == sorted(fold(called).split()) else "transliteration"
    return "short" if set(fold(name).split()) < set(fold(called).split()) else "translation"


def _is_latin(name: str) -> bool:
    letters = [each for each in name if each.isalpha()]
    return not letters or all("LATIN" in unicodedata.name(each, "") for each in letters)


def alias_row(record: RecordType, kept: Mapping[str, Any], name: OtherName) -> dict[str, Any]:
    """The row of another name of a record, as the table keeps it."""
    column = "country" if record.name == "country" else f"{record.name}_id"
    row: dict[str, Any] = dict.fromkeys(ALIAS_TARGETS)
    row[column] = kept["code"] if record.name == "country" else kept["id"]
    row |= {"name": name.name, "kind": name.kind, "lang": name.lang}
    return row | derived_values(record_type("alias"), row)
