"""Saved views: a page with a filter, columns and an order under a name. Kept in the workspace; read from and written to
a file of JSON, so that colleagues can share them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlmodel import Session

from legation.errors import UserError
from legation.i18n import _
from legation.records.catalogue import record_type, table_named
from legation.storage.filters.asking import clauses_of
from legation.storage.filters.language import parse_filters
from legation.storage.reading import Reader

FORMAT = 1
MOST_LETTERS = 80  # of a name


@dataclass(frozen=True)
class View:
    """What a view shows: `page` by its name, `filter` as it is typed, columns and order as names of fields."""

    name: str
    page: str
    record: str
    filter: str = ""
    columns: tuple[str, ...] = ()
    order: tuple[str, ...] = ()

    def as_json(self) -> str:
        """The view as the text of a file."""
        return json.dumps({"legation_view": FORMAT, **asdict(self)}, ensure_ascii=False, indent=2) + "\n"


def view_from(text: str) -> View:
    """The view that the text of a file holds. Raises `UserError` when it holds none, or one that cannot be shown."""
    try:
        held: Any = json.loads(text)
        if held.pop("legation_view") != FORMAT:
            raise UserError(_("The view was written by a newer Legation."))
        values: dict[str, Any] = {n: tuple(each) if isinstance(each, list) else each for n, each in held.items()}
        view = View(**values)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise UserError(_("This file holds no view.")) from None
    require_showable(view)
    return view


def require_showable(view: View) -> None:
    """Raise `UserError` when a view has no name, or asks what cannot be asked."""
    words = (view.name, view.page, view.record, view.filter, *view.columns, *view.order)
    if not all(isinstance(each, str) for each in words):
        raise UserError(_("This file holds no view."))
    if not view.name.strip() or len(view.name) > MOST_LETTERS:
        raise UserError(_("Give the view a name of at most {most} letters.").format(most=MOST_LETTERS))
    try:
        fields = record_type(view.record).by_name
    except KeyError:
        raise UserError(_("The view shows records that are not known: {record}.").format(record=view.record)) from None
    unknown = [each for each in (*view.columns, *(name.lstrip("-") for name in view.order)) if each not in fields]
    if unknown:
        raise UserError(_("The view has a column that is not known: {name}.").format(name=unknown[0]))
    for each in parse_filters(view.filter):
        clauses_of(each, view.record)


def views(reader: Reader) -> list[View]:
    """The views of a workspace, by name; one that can no longer be shown is left out."""
    table = table_named("saved_view")
    found = []
    for name, definition in reader.rows(select(table.c.name, table.c.definition).order_by(table.c.name)):
        try:
            found.append(view_from(json.dumps({**json.loads(definition), "name": name})))
        except UserError:
            continue
    return found


def view_named(reader: Reader, name: str) -> View:
    """The view of a name. Raises `UserError` when there is none."""
    every = views(reader)
    for each in every:
        if each.name.casefold() == name.strip().casefold():
            return each
    known = ", ".join(each.name for each in every) or _("none yet")
    raise UserError(_("There is no view “{name}”.").format(name=name), _("The views are: {known}.").format(known=known))


def keep_view(session: Session, view: View) -> None:
    """Write a view inside a step; it takes the place of one with the same name. Raises `UserError`."""
    require_showable(view)
    table, values = table_named("saved_view"), {"record": view.record, "definition": view.as_json()}
    name = view.name.strip()
    if session.execute(select(table.c.id).where(table.c.name == name)).first() is None:
        session.execute(insert(table).values(name=name, **values))
    else:
        session.execute(update(table).where(table.c.name == name).values(**values))


def forget_view(session: Session, name: str) -> None:
    """Delete a view inside a step."""
    table = table_named("saved_view")
    session.execute(delete(table).where(table.c.name == name))
