"""Saving drafts: the difference between what was read and what is wanted, written in an order the database accepts.

Deletes first, then demotions (a head that becomes a member), then lines step aside whose party, person or name another
line takes over, then every line in its turn; so an exchange of heads, sides or names never trips over itself. Derived
columns are written here and nowhere else. Runs inside an open step.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, delete, insert, select, update
from sqlmodel import Session

from legation.errors import RecordProblem, UserError
from legation.fields.draft import Draft, unsaved_links
from legation.fields.fuzzy_dates import bounds
from legation.fields.kinds import FuzzyDateKind, Link
from legation.fields.names import match_key, organisation_key, sort_name
from legation.fields.record_type import Lines, Problem, RecordType
from legation.i18n import _
from legation.records.catalogue import record_type, table_named


class Stale(UserError):
    """Fields changed here were changed elsewhere since they were read.

    `conflicts` holds each draft with such fields, by name as (mine, theirs).
    """

    def __init__(self, conflicts: Sequence[tuple[Draft, dict[str, tuple[Any, Any]]]]) -> None:
        names = ", ".join(dict.fromkeys(_(draft.record[name].label) for draft, fields in conflicts for name in fields))
        super().__init__(
            _("This record was changed elsewhere meanwhile: {fields}.").format(fields=names),
            _("Look at both values and save again."),
        )
        self.conflicts = conflicts


def save(session: Session, draft: Draft) -> int:
    """Write a draft with its lines; the id of its row, also set on the draft.

    What was changed elsewhere meanwhile in fields that the draft leaves alone is taken over into it. Raises
    `RecordProblem` for a blocking problem, `Stale` when a touched field was changed elsewhere, and what the database
    refuses when the step closes.
    """
    _merge_changes(session, draft)
    refuse_problems(draft)
    _remove_lines(session, draft)
    _demote_heads(session, draft)
    _step_aside(session, draft)
    _step_periods_aside(session, draft)
    later: list[tuple[Draft, str, Draft]] = []
    _write(session, draft, {}, later)
    for holder, name, target in later:
        _set(session, holder, {name: key_of(target)})
    return int(draft.id or 0)


def refuse_problems(draft: Draft) -> None:
    """Raise `RecordProblem` for the first blocking problem of the draft or of a line."""
    for holder, problem in open_problems(draft):
        if problem.blocking:
            where = "" if holder is draft else _("{what}: ").format(what=_(holder.record.label))
            raise RecordProblem(where + problem.sentence, field=problem.field)


def open_problems(draft: Draft) -> list[tuple[Draft, Problem]]:
    """What is wrong with a draft and its lines, each with its draft; what an owner fills in is not missing."""
    given = given_fields(draft)
    return [
        (holder, problem)
        for holder, problem in draft.all_problems()
        if holder.values.get(problem.field) is not None or problem.field not in given.get(holder.serial, frozenset())
    ]


def given_fields(root: Draft) -> dict[int, frozenset[str]]:
    """For each line below a draft, by its serial number, the fields that its owners fill in."""
    found: dict[int, frozenset[str]] = {}
    for owner in root.walk():
        for lines in owner.record.lines:
            for line in owner.lines.get(lines.name, []):
                carried = {"event_id", "person_id"} & set(line.record.by_name) & _known_names(owner, found)
                found[line.serial] = frozenset({lines.via, *carried})
    return found


def _known_names(owner: Draft, given: Mapping[int, frozenset[str]]) -> set[str]:
    own = {"event_id"} if owner.record.name == "event" else {"person_id"} if owner.record.name == "person" else set()
    return (
        own | {name for name, value in owner.values.items() if value is not None} | given.get(owner.serial, frozenset())
    )


def derived_values(record: RecordType, values: Mapping[str, Any]) -> dict[str, Any]:
    """The derived columns of a row: bounds of fuzzy dates, sort name, match key."""
    table = table_named(record.name)
    found: dict[str, Any] = {}
    for each in record.stored:
        if isinstance(each.kind, FuzzyDateKind) and each.name in values and f"{each.name}_from" in table.c:
            found[f"{each.name}_from"], found[f"{each.name}_to"] = bounds(values[each.name])
    if record.name == "person" and "name" in values:
        found["sort_name"] = sort_name(values["name"], values.get("family_name"), values.get("given_name"))
    if record.name == "alias" and "name" in values:
        key = match_key if values.get("person_id") is not None else organisation_key
        found["key"] = key(values["name"]) or values["name"].casefold()
    return found


def _write(session: Session, draft: Draft, given: dict[str, Any], later: list[tuple[Draft, str, Draft]]) -> None:
    """Write one draft: unsaved drafts it points at, its own row, then its lines."""
    for name, target in unsaved_links(draft):
        if target.id is None and target.record.name in ("delegation",):
            later.append((draft, name, target))  # a line of the same event, written in its own turn
        elif target.id is None:
            refuse_problems(target)
            _write(session, target, {}, later)
    values = {name: key_of(value) if isinstance(value, Draft) else value for name, value in draft.values.items()}
    values |= given
    if draft.record.name == "capacity":
        _write_capacity(session, draft, values)
    elif draft.id is None:
        draft.id = _insert(session, draft.record, values)
    else:
        changed = {name: value for name, value in values.items() if value != draft.original.get(name)}
        _set(session, draft, changed, values)
    for lines in draft.record.lines:
        for position, line in enumerate(draft.lines.get(lines.name, [])):
            _write(session, line, given_by_owner(draft, values, lines, line, position), later)


def given_by_owner(owner: Draft, values: Mapping[str, Any], lines: Lines, line: Draft, position: int) -> dict[str, Any]:
    """What an owner fills into a line: the link to itself, the event and person they share, the order."""
    found: dict[str, Any] = {lines.via: values["code"] if owner.record.key == "code" else owner.id}
    for name in ("event_id", "person_id"):
        if name in line.record.by_name and name != lines.via and name not in TARGET_FIELDS.get(line.record.name, ()):
            shared = owner.id if name == f"{owner.record.name}_id" else values.get(name)
            if shared is not None:
                found[name] = shared
    if line.record.name == "agenda_item" and not line["seq"]:
        found["seq"] = (position + 1) * 10
    return found


# fields of which exactly one is set: an owner sets its own and no other
TARGET_FIELDS = {"citation": ("event_id", "person_id"), "alias": ("event_id", "person_id")}


def key_of(draft: Draft) -> Any:
    """What other rows point at it by: its code or its id."""
    return draft.values.get("code") if draft.record.key == "code" else draft.id


def _insert(session: Session, record: RecordType, values: Mapping[str, Any]) -> int:
    table = table_named(record.name)
    row = {name: value for name, value in values.items() if name in table.c and not isinstance(value, Draft)}
    full = {each.name: row.get(each.name) for each in record.stored}
    row |= derived_values(record, full)
    if "uid" in table.c and not row.get("uid"):
        row["uid"] = str(uuid.uuid4())
    result: Any = session.execute(insert(table).values(**row))
    return int(result.inserted_primary_key[0])


def _set(session: Session, draft: Draft, changed: dict[str, Any], values: Mapping[str, Any] | None = None) -> None:
    table = table_named(draft.record.name)
    row = {name: value for name, value in changed.items() if name in table.c}
    if not row:
        return
    whole = {**draft.values, **(values or {}), **row}
    full = {each.name: whole.get(each.name) for each in draft.record.stored}
    row |= {name: value for name, value in derived_values(draft.record, full).items() if _follows(name, changed)}
    session.execute(update(table).where(table.c.id == draft.id).values(**row))


def _follows(derived: str, changed: Mapping[str, Any]) -> bool:
    """Whether a derived column depends on one of the changed fields."""
    if derived == "sort_name":
        return bool({"name", "family_name", "given_name"} & set(changed))
    if derived == "key":
        return "name" in changed
    return derived.rpartition("_")[0] in changed


def _write_capacity(session: Session, draft: Draft, values: Mapping[str, Any]) -> None:
    table = table_named("capacity")
    row = {name: values[name] for name in ("delegate_id", "appointment_id", "person_id")}
    if draft.original:
        same = all(draft.original.get(name) == value for name, value in row.items())
        if same:
            return
        old = draft.original
        _remove_capacity(session, table, old["delegate_id"], old["appointment_id"])
    session.execute(insert(table).values(**row))


def _remove_capacity(session: Session, table: Table, delegate: int, appointment: int) -> None:
    session.execute(delete(table).where(table.c.delegate_id == delegate, table.c.appointment_id == appointment))


def _remove_lines(session: Session, draft: Draft) -> None:
    """Delete the lines that were read and are not wanted any more, in this draft and in the lines that stay."""
    from legation.storage.deleting import delete_record

    for lines in reversed(draft.record.lines):
        kept = {line.line_key for line in draft.lines.get(lines.name, [])}
        for key in draft.original_lines.get(lines.name, ()):
            if key in kept:
                continue
            if lines.record == "capacity":
                _remove_capacity(session, table_named("capacity"), int(draft.id or 0), int(key))
            else:
                delete_record(session, record_type(lines.record), int(key))
        for line in draft.lines.get(lines.name, []):
            if line.id is not None:
                _remove_lines(session, line)
                _remove_changed_persons_capacities(session, line)


def _remove_changed_persons_capacities(session: Session, line: Draft) -> None:
    """Take the capacities of a delegate away whose person changes; they belonged to the other person's posts."""
    if line.record.name == "delegate" and "person_id" in line.touched:
        table = table_named("capacity")
        session.execute(delete(table).where(table.c.delegate_id == line.id))
        for capacity in line.lines.get("capacities", []):
            capacity.original = {}


def _demote_heads(session: Session, draft: Draft) -> None:
    """Make heads that will be something else members first, so that the new head finds the place free."""
    table = table_named("delegate")
    for each in draft.walk():
        if each.record.name == "delegate" and each.id is not None and each.original.get("role") == "head":
            if each["role"] != "head":
                session.execute(update(table).where(table.c.id == each.id).values(role=each["role"]))


# fields that no two lines of one form may share
UNIQUE_AMONG_LINES = {"delegation": ("country", "organisation_id"), "delegate": ("person_id",), "alias": ("name",)}


def _step_aside(session: Session, draft: Draft) -> None:
    """Give lines whose unique values another line takes over a value of nobody's, until their own turn comes."""
    for name, fields in UNIQUE_AMONG_LINES.items():
        lines = [each for each in draft.walk() if each.record.name == name]
        for line in lines:
            changed = [field for field in fields if field in line.touched]
            left = [line.original.get(field) for field in fields]
            if line.id is None or not changed:
                continue
            if any(other is not line and [other[field] for field in fields] == left for other in lines):
                table = table_named(name)
                free = _free_value(session, line, changed[0])
                if free is not None:
                    session.execute(update(table).where(table.c.id == line.id).values({changed[0]: free}))


# records of which no two may have the same two links and begin on the same day
UNIQUE_PERIODS = {"appointment": ("person_id", "post_id"), "membership": ("organisation_id", "country")}


def _step_periods_aside(session: Session, draft: Draft) -> None:
    """Give appointments and memberships whose place another line takes over a day of nobody's until their own turn."""
    for name, links in UNIQUE_PERIODS.items():
        lines = [each for each in draft.walk() if each.record.name == name]
        for number, line in enumerate(lines, start=1):
            if line.id is None or not line.touched & {"period", *links}:
                continue
            if any(other is not line and _takes_place(other, line, links) for other in lines):
                aside = {"period": f"0001-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"}
                values = {**aside, **derived_values(record_type(name), aside)}
                session.execute(update(table_named(name)).where(table_named(name).c.id == line.id).values(**values))
                line.original = {**line.original, **aside}


def _takes_place(other: Draft, line: Draft, links: tuple[str, ...]) -> bool:
    """Whether a line will stand where another stood before; a link that its owner gives is not looked at."""
    same_links = all(other[link] in (None, line.original.get(link)) for link in links)
    return same_links and bounds(other["period"])[0] == bounds(line.original.get("period"))[0]


def _free_value(session: Session, line: Draft, field: str) -> Any:
    """A value of a line's field that no line of its event has; None when there is none left."""
    kind, table = line.record[field].kind, table_named(line.record.name)
    if not isinstance(kind, Link):
        return f"{line.original.get(field)} {uuid.uuid4()}"
    target = record_type(kind.target)
    key = table_named(target.name).c[target.key]
    taken = select(table.c[field]).where(table.c.event_id == line.original["event_id"], table.c[field].is_not(None))
    return session.execute(select(key).where(key.not_in(taken)).limit(1)).scalar_one_or_none()


def _merge_changes(session: Session, draft: Draft) -> None:
    """Take over what somebody else changed since this draft was read; `Stale` for the fields that both changed."""
    conflicts = []
    for each in draft.walk():
        if each.id is None or not each.touched or each.record.name == "capacity":
            continue
        theirs = _stored_now(session, each)
        changed = {name: value for name, value in theirs.items() if value != each.original.get(name)}
        both = {name: (each[name], value) for name, value in changed.items() if name in each.touched}
        both = {name: pair for name, pair in both.items() if pair[0] != pair[1]}
        if both:
            conflicts.append((each, both))
        for name, value in changed.items():
            if name not in each.touched:
                each.values[name] = each.original[name] = value
    if conflicts:
        raise Stale(conflicts)


def _stored_now(session: Session, draft: Draft) -> dict[str, Any]:
    """The values that a saved record has in the file by now. Raises `UserError` when it is not there any more."""
    table = table_named(draft.record.name)
    names = [each.name for each in draft.record.stored if each.name in table.c]
    row = session.execute(select(*(table.c[name] for name in names)).where(table.c.id == draft.id)).one_or_none()
    if row is None:
        raise UserError(
            _("{what} was deleted elsewhere meanwhile.").format(what=_(draft.record.label)),
            _("Undo the deletion, then save again."),
        )
    return dict(zip(names, row, strict=True))
