"""The same document gives the same bytes: twice, in another process, at another moment."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from datetime import date

import pytest

from architecture.source_tree import ROOT
from documents.rich_document import rich_document
from legation.documents.formats import FORMATS

PRINT = """
import datetime, hashlib, os, sys
sys.path[:0] = ["desktop", "tests"]
from documents.rich_document import rich_document
from legation.documents.formats import FORMATS
document = rich_document(20)
for format in FORMATS.values():
    print(format.name, hashlib.sha256(format.write(document)).hexdigest())
"""


@pytest.fixture(scope="module")
def elsewhere() -> dict[str, str]:
    """The digests of the same document as another process writes it, with other hashes and in another time zone."""
    changed = {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "QT_QPA_PLATFORM": "offscreen"}
    command, environment = [sys.executable, "-c", PRINT], {**os.environ, **changed}
    answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return dict(line.split(" ") for line in answer.stdout.splitlines())


@pytest.mark.parametrize("name", FORMATS)
def test_a_document_gives_the_same_bytes(name: str, elsewhere: dict[str, str]) -> None:
    first, second = (FORMATS[name].write(rich_document(20)) for _time in range(2))
    assert first == second
    assert hashlib.sha256(first).hexdigest() == elsewhere[name]


@pytest.mark.parametrize("name", ["xlsx", "docx", "pdf", "html", "json"])
def test_no_file_holds_the_day_it_was_written(name: str) -> None:
    written = FORMATS[name].write(rich_document(5))
    if written.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(written)) as archive:
            assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            written = b"".join(
                archive.read(each) for each in archive.infolist() if each.filename.startswith("docProps")
            )
            assert b"2000-01-01T00:00:00Z" in written
    assert not re.search(date.today().strftime("%Y-?%m-?%d").encode(), written)


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "ics"])
def test_another_document_gives_other_bytes(name: str) -> None:
    assert FORMATS[name].write(rich_document(5)) != FORMATS[name].write(rich_document(6))
