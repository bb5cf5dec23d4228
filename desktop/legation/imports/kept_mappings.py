"""Mappings that are kept in the workspace by name, so that a file of the same shape finds its own again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from legation.errors import UserError
from legation.i18n import N_, _
from legation.imports.mapping import Mapping, from_toml, to_toml
from legation.storage.database import Database
from legation.storage.reading import Reader
from legation.storage.settings_rows import remove_setting, set_setting
from legation.storage.steps import ChangeSet

PREFIX = "mapping:"


def kept_mappings(reader: Reader) -> list[Mapping]:
    """The mappings of the workspace by name; one that a later program wrote and this one cannot read is left out."""
    found = []
    start = (f"{PREFIX}", f"{PREFIX}\U0010ffff")
    for name, text in reader.sql("SELECT name, value FROM setting WHERE name BETWEEN ? AND ? ORDER BY name", start):
        try:
            found.append(replace(from_toml(text or "", where=name), name=name.removeprefix(PREFIX)))
        except UserError:
            continue
    return found


def keep_mapping(database: Database, mapping: Mapping, name: str) -> ChangeSet:
    """Keep a mapping under a name, in place of one that has it. Raises `UserError` for a name of blanks."""
    name = " ".join(name.split())
    if not name:
        raise UserError(_("A mapping needs a name."))
    text = to_toml(replace(mapping, name=name))

    def work(session: Any) -> None:
        set_setting(session, PREFIX + name, text)

    return database.write(N_("Keep the mapping “{name}”"), work, name=name)


def forget_mapping(database: Database, name: str) -> ChangeSet:
    """Forget the mapping of a name."""
    return database.write(
        N_("Forget the mapping “{name}”"), lambda session: remove_setting(session, PREFIX + name), name=name
    )


def mapping_in(path: Path) -> Mapping:
    """The mapping in a file. Raises `UserError` when it cannot be read or holds none."""
    try:
        return from_toml(path.read_text(encoding="utf-8-sig"), where=path.name)
    except (OSError, UnicodeDecodeError) as error:
        told = _("The mapping {name} cannot be read: {reason}.")
        raise UserError(told.format(name=path, reason=getattr(error, "strerror", None) or error)) from None
