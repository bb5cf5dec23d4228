"""Changes of records that are there already: empty fields are filled in, what a person wrote is left alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from legation.fields.draft import Draft
from legation.i18n import _
from legation.imports.again import Earlier
from legation.imports.row_values import RowValues
from legation.matching.known_bodies import Held
from legation.records.catalogue import record_type, table_named
from legation.storage.reading import Reader

Memberships = dict[tuple[int, str], list[tuple[int | Draft, str | None]]]


class Updates:
    """The changed drafts of one import, each record once; `made` are new drafts of this import by id."""

    def __init__(self, reader: Reader, earlier: Earlier, before: Updates | None = None) -> None:
        """`before` are those of the tables before this one, whose changes go on here."""
        self.reader = reader
        self.earlier = earlier
        self.drafts: dict[tuple[str, int], Draft] = before.drafts if before is not None else {}
        self.made: dict[int, Draft] = before.made if before is not None else {}
        self._memberships: Memberships | None = before._memberships if before is not None else None
        self._told = {id(each) for each in before.changed()} if before is not None else set()

    def draft(self, record: str, id: int) -> Draft:
        """The draft of a record's own values, without its lines."""
        if (record, id) not in self.drafts:
            table, kind = table_named(record), record_type(record)
            names = [each.name for each in kind.stored]
            row = self.reader.rows(select(*(table.c[name] for name in names)).where(table.c.id == id))[0]
            values = {name: value for name, value in zip(names, row, strict=True) if value is not None}
            self.drafts[record, id] = Draft(kind, id, dict(values), values)
        return self.drafts[record, id]

    def fill(self, record: str, id: int, values: Mapping[str, Any]) -> list[str]:
        """Fill in what a record leaves open; the labels of the fields."""
        wanted = {name: value for name, value in values.items() if value is not None}
        if not wanted:
            return []
        draft = self.draft(record, id)
        found = [name for name, value in wanted.items() if draft[name] is None]
        for name in found:
            draft[name] = wanted[name]
        return [_(draft.record[name].label) for name in found]

    def may_replace(self, row: RowValues, record: str, id: int, field: str) -> bool:
        """Whether a row that was imported before may change a field: it made the record, and nobody has changed it."""
        before = self.earlier.rows.get(row.key)
        return (
            before is not None
            and before.digest != row.digest
            and (record, id) in before.records
            and field not in self.earlier.changed_by_hand(record, id)
        )

    def set_period(self, person: int, post: int, held: Held, period: str) -> None:
        """Give an appointment another period."""
        if held.id in self.made:
            self.made[held.id]["period"] = period
            return
        self.draft("appointment", held.id)["period"] = period

    def memberships(self) -> Memberships:
        """Each membership with its period, by body and country: its id, or its draft where this import makes it."""
        if self._memberships is None:
            self._memberships = {}
            asked = "SELECT organisation_id, country, id, period FROM membership ORDER BY id"
            for body, country, id, period in self.reader.sql(asked):
                known = self._memberships.setdefault((int(body), str(country)), [])  # type: ignore[call-overload]
                known.append((int(id), period))  # type: ignore[call-overload]
        return self._memberships

    def changed(self) -> list[Draft]:
        """The drafts that would change something, also those of the tables before this one."""
        return [each for each in self.drafts.values() if each.is_changed()]

    def changed_here(self) -> list[Draft]:
        """The drafts that only this table would change."""
        return [each for each in self.changed() if id(each) not in self._told]
