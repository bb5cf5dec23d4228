"""What an issue that was handed out before was made of, read from its file or from the file beside it."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from legation.documents.document import About
from legation.documents.to_json import FORMAT
from legation.errors import UserError
from legation.i18n import _

SIDE_ENDING = ".about.json"
MOST_BYTES = 200 * 1024 * 1024
_IN_PAGE = re.compile(rb'<script type="application/json" id="about">(.*?)</script>', re.DOTALL)
_DESCRIPTION = "{http://purl.org/dc/elements/1.1/}description"


def side_file(path: Path) -> Path:
    """The file beside a report that tells what it was made of."""
    return path.with_name(path.name + SIDE_ENDING)


def earlier_issue(path: Path) -> About:
    """What the report in a file was made of: a JSON, HTML or Excel file tells it itself, others have a file beside.

    Raises `UserError` when neither does, or a newer program wrote it.
    """
    for place in (side_file(path), path):
        try:
            if place.exists() and (told := _told(place)) is not None:
                return about_from(told)
        except (OSError, ValueError, KeyError, zipfile.BadZipFile, ElementTree.ParseError):
            continue
    if not path.exists():
        raise UserError(_("There is no file {name}.").format(name=path), _("Check the name and the folder."))
    raise UserError(
        _("{name} does not tell what report it is.").format(name=path.name),
        _("Choose a report that Legation wrote, and keep the file {side} beside it.").format(side=side_file(path).name),
    )


def _told(path: Path) -> Any:
    """The plain data in a file; None when it has none."""
    if path.stat().st_size > MOST_BYTES:
        return None
    with path.open("rb") as file:
        start = file.read(4)
        if start == b"PK\x03\x04":
            return _in_archive(path)
        held = start + file.read()
    if (found := _IN_PAGE.search(held)) is not None:
        return json.loads(found[1])
    if held.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{"):
        return json.loads(held.decode("utf-8-sig"))
    return None


def _in_archive(path: Path) -> Any:
    """What a spreadsheet says in its description."""
    with zipfile.ZipFile(path) as archive:
        properties = ElementTree.fromstring(archive.read("docProps/core.xml"))
    description = properties.findtext(_DESCRIPTION)
    return json.loads(description) if description else None


def about_from(told: Any) -> About:
    """What `to_json.about_of` wrote, as it was. Raises `UserError` when a newer program wrote it, else `ValueError`."""
    if not isinstance(told, dict) or not isinstance(told.get("legation_report"), int):
        raise ValueError("no report")
    if told["legation_report"] > FORMAT:
        raise UserError(_("The report was written by a newer Legation."), _("Update Legation."))
    if not isinstance(told["options"], dict) or not isinstance(told["revision"], int):
        raise ValueError("a damaged report")
    return About(
        report=str(told["report"]),
        options=told["options"],
        filters=str(told["filters"]),
        day=str(told["as_of"]),
        revision=told["revision"],
        at=str(told["revision_at"]),
        workspace=str(told["workspace"]),
        uuid=str(told["workspace_uuid"]),
        rows=int(told["rows"]),
        digest=str(told["sha256"]),
        since=told.get("since_revision"),
    )
