"""What the database says when it refuses something, in words that a person can act on."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

from legation.errors import (
    DiskFull,
    RecordProblem,
    UserError,
    WorkspaceDamaged,
    WorkspaceError,
    WorkspaceForeign,
    WorkspaceLocked,
    WorkspaceMissing,
    WorkspaceReadOnly,
)
from legation.i18n import N_, _
from legation.storage.change_log import OUTSIDE_A_STEP

LEAST_ROOM = 256 * 1024  # bytes; with less, a refused write is for want of room, whatever SQLite calls it

# constraint: (field, sentence)
SENTENCES: dict[str, tuple[str, str]] = {
    "delegate.delegation_id": ("role", N_("A delegation has one head only. Give the other person another role.")),
    "delegate.event_id, delegate.person_id": (
        "person_id",
        N_("This person already takes part in the event. Nobody sits on two sides."),
    ),
    "ux_delegation_party": ("country", N_("This party already takes part in the event.")),
    "ck_delegation_somebody": ("country", N_("Give the country or the organisation that takes part.")),
    "ck_event_held_has_date": ("date", N_("A held event needs a date.")),
    "ck_event_scheduled_has_date": ("date", N_("A scheduled event needs a date.")),
    "ck_event_visit_type_of_visit": ("visit_type", N_("Only a visit has a visit type.")),
    "ck_event_parent": ("parent_id", N_("An event cannot be part of itself.")),
    "ck_agenda_item_about_event": ("about_event_id", N_("An item cannot be about the event it was dealt with at.")),
    "ck_citation_target": ("source_id", N_("A citation belongs to exactly one record.")),
    "ck_alias_target": ("name", N_("Another name belongs to exactly one record.")),
    "ux_alias_name": ("name", N_("The record already has this other name.")),
    "ck_organisation_stateless_kind": (
        "country",
        N_("An international organisation or dialogue format has no home country."),
    ),
    "ck_organisation_parent": ("parent_id", N_("A body cannot be part of itself.")),
    "ux_organisation_name": ("name", N_("There is already an organisation with this name, country and parent.")),
    "ux_membership": ("country", N_("This country is already listed for that period.")),
    "ux_post_title": ("title", N_("The organisation already has a post with this title.")),
    "appointment.person_id, appointment.post_id, appointment.period_from": (
        "period",
        N_("This person is already listed in the post from the same day."),
    ),
    "source.url": ("url", N_("There is already a source with this web address.")),
    "ck_source_named": ("title", N_("Give the title or the publisher.")),
    "ck_source_derived_from": ("derived_from_id", N_("A source cannot be derived from itself.")),
    "country.code": ("code", N_("There is already a country with this code.")),
    "country.iso2": ("iso2", N_("There is already a country with this two-letter code.")),
    "country.m49": ("m49", N_("There is already a country with this M49 code.")),
    "topic.code": ("code", N_("There is already a topic with this code.")),
    "topic.name": ("name", N_("There is already a topic with this name.")),
    "person.wikidata": ("wikidata", N_("Another person has this Wikidata item.")),
    "organisation.wikidata": ("wikidata", N_("Another organisation has this Wikidata item.")),
    "ck_outcome_replaces": ("replaces_id", N_("An outcome cannot replace itself.")),
}
_FAILED = re.compile(r"(?:CHECK|UNIQUE|NOT NULL) constraint failed: (?:index ')?([^']+?)'?$")


def refused_value(error: sqlite3.Error) -> RecordProblem:
    """The problem behind an `IntegrityError`: its field where it is known, and a sentence."""
    message = str(error)
    if "FOREIGN KEY" in message:
        return RecordProblem(_("A record that this one points at is not there, or one that is still in use would go."))
    found = _FAILED.search(message)
    name = found.group(1) if found else message
    if name in SENTENCES:
        field, sentence = SENTENCES[name]
        return RecordProblem(_(sentence), field=field)
    if name.endswith("_no_nul"):
        return RecordProblem(_("A text holds a character that cannot be stored (NUL)."))
    field = name.rpartition(".")[2]
    return RecordProblem(_("The workspace refuses this value ({rule}).").format(rule=name), field=field)


def words_for(error: BaseException, path: Path) -> UserError | None:
    """The error as a `UserError`, or None when it is a bug and not something a person can act on."""
    original = getattr(error, "orig", None) or error
    if isinstance(original, UserError):
        return original
    if isinstance(original, sqlite3.IntegrityError):
        if OUTSIDE_A_STEP in str(original):
            return None
        return refused_value(original)
    if isinstance(original, sqlite3.Error):
        return _database_error(original, path)
    if isinstance(original, OSError):
        return _system_error(original, path)
    return None


def _database_error(error: sqlite3.Error, path: Path) -> UserError | None:
    """What a result code of SQLite means for the person; by number, for a message may hold any name."""
    if str(error).startswith("Could not decode to UTF-8"):  # raised by Python, without a code
        return damaged(path)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_CANTOPEN:
        return _cannot_be_opened(path)
    if code == sqlite3.SQLITE_IOERR:
        return disk_full(path) if _has_no_room(path) else _disk_failed(path)
    told = _BY_CODE.get(code)
    return told(path) if told else None


def _system_error(error: OSError, path: Path) -> UserError | None:
    told = _BY_ERRNO.get(error.errno or 0)
    return told(path) if told else None


def locked(path: Path) -> WorkspaceLocked:
    """Somebody else is writing, and did not finish in time."""
    return WorkspaceLocked(
        _("Another program is writing to {name}.").format(name=path.name),
        _("Wait until it has finished, then try again. Nothing was changed."),
    )


def disk_full(path: Path) -> DiskFull:
    """There is no room for what is to be written."""
    return DiskFull(
        _("There is no room left on the disk that holds {name}.").format(name=path.name),
        _("Free some room and save again. Nothing that was saved is lost."),
    )


def read_only(path: Path) -> WorkspaceReadOnly:
    """The file or its folder may be read but not written."""
    if not path.exists():
        return WorkspaceReadOnly(
            _("The folder of {name} cannot be written.").format(name=path.name),
            _("Choose another folder, or ask for the right to write there."),
        )
    return WorkspaceReadOnly(
        _("{name} or its folder cannot be written.").format(name=path.name),
        _("You can read it. To change it, ask for the right to write there, or save a copy elsewhere."),
    )


def foreign(path: Path) -> WorkspaceForeign:
    """The file is something else."""
    return WorkspaceForeign(
        _("{name} is not a Legation workspace.").format(name=path.name), _("Choose a file that Legation made.")
    )


def damaged(path: Path) -> WorkspaceDamaged:
    """The file was a workspace and is no longer whole."""
    return WorkspaceDamaged(
        _("{name} is damaged or only half there.").format(name=path.name),
        _("Restore the latest backup: legation restore, or File, Restore a backup."),
    )


def missing(path: Path) -> WorkspaceMissing:
    """There is no file."""
    return WorkspaceMissing(_("There is no file {name}.").format(name=path), _("Check the name and the folder."))


def _disk_failed(path: Path) -> WorkspaceError:
    return WorkspaceError(
        _("The disk did not take or give the data of {name}.").format(name=path.name),
        _("Check that the disk is there and works. What was saved before is kept."),
    )


def _cannot_be_opened(path: Path) -> WorkspaceError:
    """Which of its many reasons SQLite had for not opening a file."""
    if path.parent.is_dir() and not os.access(path.parent, os.W_OK):
        if os.access(path, os.R_OK) or not path.exists():
            return read_only(path)
    elif not path.exists():
        return missing(path)
    return WorkspaceError(
        _("{name} cannot be opened.").format(name=path.name),
        _("Check that the folder is there and that you may read and write it."),
    )


def _has_no_room(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < LEAST_ROOM
    except OSError:
        return False


_BY_CODE: dict[int, Callable[[Path], WorkspaceError]] = {
    sqlite3.SQLITE_BUSY: locked,
    sqlite3.SQLITE_LOCKED: locked,
    sqlite3.SQLITE_FULL: disk_full,
    sqlite3.SQLITE_READONLY: read_only,
    sqlite3.SQLITE_PERM: read_only,
    sqlite3.SQLITE_NOTADB: foreign,
    sqlite3.SQLITE_CORRUPT: damaged,
}
_BY_ERRNO: dict[int, Callable[[Path], WorkspaceError]] = {
    errno.ENOSPC: disk_full,
    errno.EDQUOT: disk_full,
    errno.EROFS: read_only,
    errno.EACCES: read_only,
    errno.EPERM: read_only,
    errno.EIO: _disk_failed,
}
