"""What the database says when it refuses something, in words that a person can act on."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from legation.errors import (
    DiskFull,
    RecordProblem,
    UserError,
    WorkspaceDamaged,
    WorkspaceError,
    WorkspaceForeign,
    WorkspaceLocked,
    WorkspaceReadOnly,
)
from legation.i18n import N_, _
from legation.storage.change_log import OUTSIDE_A_STEP

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
    if isinstance(original, sqlite3.DatabaseError | OSError):
        return _file_error(str(original), path)
    return None


def _file_error(message: str, path: Path) -> UserError | None:
    name = path.name
    if "locked" in message or "busy" in message:
        return WorkspaceLocked(
            _("Another program is writing to {name}.").format(name=name),
            _("Wait until it has finished, then try again. Nothing was changed."),
        )
    if "full" in message or "No space left" in message:
        return DiskFull(
            _("There is no room left on the disk that holds {name}.").format(name=name),
            _("Free some room and save again. Nothing that was saved is lost."),
        )
    if "readonly" in message or "read-only" in message or "Permission denied" in message:
        return WorkspaceReadOnly(
            _("{name} or its folder cannot be written.").format(name=name),
            _("Ask for the right to write there, or save a copy elsewhere."),
        )
    if "disk I/O error" in message:
        return WorkspaceError(
            _("The disk did not take or give the data of {name}.").format(name=name),
            _("Check that the disk is there and has room. What was saved before is kept."),
        )
    if "not a database" in message:
        return WorkspaceForeign(
            _("{name} is not a Legation workspace.").format(name=name), _("Choose a file that Legation made.")
        )
    if "malformed" in message or "corrupt" in message:
        return WorkspaceDamaged(
            _("{name} is damaged.").format(name=name),
            _("Restore the latest backup: legation restore, or File, Restore a backup."),
        )
    if "unable to open" in message:
        return WorkspaceError(
            _("{name} cannot be opened.").format(name=name),
            _("Check that the folder is there and that you may read and write it."),
        )
    return None
