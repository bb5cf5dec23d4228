"""Zip archives whose bytes do not depend on the day: spreadsheets and text documents are such archives."""

from __future__ import annotations

import io
import zipfile

NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip archive can say


def with_fixed_times(archive: bytes) -> bytes:
    """The same archive with every time set to the first of 1980 and its members in the same order."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.infolist():
            entry = zipfile.ZipInfo(each.filename, NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(each.filename))
    return made.getvalue()
