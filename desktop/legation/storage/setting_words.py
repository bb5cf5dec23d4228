"""Settings of the workspace as the history tells them: which one it is, and what it holds, in words."""

from __future__ import annotations

import json
from typing import Any

from legation.i18n import N_, _, ngettext

NAMES = {
    "name": N_("Name of the workspace"),
    "uuid": N_("Identity of the workspace"),
    "fold": N_("Version of the search index"),
    "reference_values": N_("What the reference data brought"),
    "reference_release": N_("Release of the reference data"),
}
KEPT_BY_NAME = {"report_set": N_("Report set “{name}”"), "mapping": N_("Mapping of columns “{name}”")}
MOST_SHOWN = 60  # letters of a value told as it is


def setting_words(name: str) -> str:
    """What a setting is called."""
    kind, colon, own = name.partition(":")
    if colon and kind in KEPT_BY_NAME:
        return _(KEPT_BY_NAME[kind]).format(name=own)
    return _(NAMES[name]) if name in NAMES else _("Setting “{name}”").format(name=name)


def value_words(name: str, value: str | None) -> str:
    """What a setting holds: of a report set its reports with their formats; of a long text how long it is."""
    if value is None:
        return ""
    if name.startswith("report_set:"):
        return _reports(value)
    if len(value) <= MOST_SHOWN and "\n" not in value:
        return value
    return ngettext("{count} letter", "{count} letters", len(value)).format(count=f"{len(value):,}")


def _reports(value: str) -> str:
    """The reports of a set by name; "" for a text that is no set."""
    try:
        reports: list[dict[str, Any]] = json.loads(value)["reports"]
        return "; ".join(f"{each['report']} ({', '.join(each['formats'])})" for each in reports)
    except (ValueError, TypeError, KeyError):
        return ""
