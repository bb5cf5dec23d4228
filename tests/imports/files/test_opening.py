"""Files that are no tables: each ends in one sentence that says what the file seems to be."""

from __future__ import annotations

import io
import os
import random
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from faults.children import as_nobody, needs_fork
from legation.errors import UserError
from legation.imports.files.opening import open_tables, read_pasted


def _zip(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return made.getvalue()


STRANGE = {
    "JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + random.Random(1).randbytes(4000), "a picture"),
    "PNG": (b"\x89PNG\r\n\x1a\n" + random.Random(2).randbytes(4000), "a picture"),
    "PDF": (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", "a PDF document"),
    "DOCX": (_zip(word__document_xml="<w:document/>"), "a Word document"),
    "PPTX": (_zip(ppt__presentation_xml="<p/>"), "a presentation"),
    "ZIP": (_zip(visits="a,b\n1,2\n"), "unpack it first"),
    "GZIP": (b"\x1f\x8b\x08" + random.Random(3).randbytes(400), "unpack it first"),
    "random bytes": (random.Random(4).randbytes(5000), "no text and no table"),
    "few random bytes": (random.Random(5).randbytes(300), "no text and no table"),
    "zeros": (bytes(5000), "no text and no table"),
    "program": (b"\x7fELF\x02\x01\x01" + bytes(300), "a program"),
    "XML": (b"<?xml version='1.0'?>\n<visits><visit/></visits>", "an XML file"),
    "broken JSON": (b'[{"date": "2024-01-02", "country": "JPN"},\n{"date": ', "something is wrong in line"),
    "JSON without records": (b'{"date": "2024-01-02", "country": "JPN"}', "without a list of records"),
    "RTF": (b"{\\rtf1\\ansi Visits}", "rich text"),
    "Word of old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), "cannot be read as a workbook"),
    "half a ZIP": (_zip(xl__workbook_xml="<workbook/>" * 500)[:150], "damaged"),
    "empty": (b"", "is empty"),
    "blanks": (b" \r\n\r\n \t\n", "only words or empty lines"),
    "headings": (b"date,country\r\n", "no row below"),
    "one long line": (b"x" * (65 << 20), "more than 64 megabytes"),
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_is_no_table_says_what_it_is(tmp_path: Path, name: str) -> None:
    content, told = STRANGE[name]
    path = tmp_path / "strange.csv"
    path.write_bytes(content)
    with pytest.raises(UserError) as caught:
        open_tables(path)
    assert told in caught.value.what_happened
    assert caught.value.what_happened.startswith("strange.csv ")
    assert caught.value.what_to_do


def test_a_database_is_none(tmp_path: Path) -> None:
    path = tmp_path / "desk.csv"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE event (id INTEGER)")
    with pytest.raises(UserError, match="an SQLite database"):
        open_tables(path)


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder"):
        open_tables(tmp_path)
    with pytest.raises(UserError, match="There is no file"):
        open_tables(tmp_path / "nowhere.csv")
    with pytest.raises(UserError, match="cannot be read"):
        open_tables(tmp_path / "a\0b.csv")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(UserError, match="no ordinary file"):
        open_tables(tmp_path / "pipe.csv")


@needs_fork
def test_a_file_of_somebody_else(tmp_path: Path) -> None:
    path = tmp_path / "secret.csv"
    path.write_text("a,b\n1,2\n")
    path.chmod(0)
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(0o755)

    def told() -> str:
        try:
            open_tables(path)
        except UserError as error:
            return error.what_happened
        return ""

    assert as_nobody(told) == "You have no right to read secret.csv."


def test_what_merely_begins_strangely_is_a_table() -> None:
    for first in ("MZ", "ID3", "[id]", "{x}", "BM", "PK"):
        (table,) = read_pasted(f"{first},b\n1,2\n")
        assert table.headings == (first, "b")


def test_any_beginning_of_a_file_ends_in_a_table_or_a_sentence() -> None:
    letters = random.Random(7)
    pieces = [
        b",",
        b";",
        b"\n",
        b"\r",
        b'"',
        b"'",
        b"\t",
        b"\0",
        b"\\",
        b"a",
        b"1",
        b"\xe9",
        "é王".encode(),
        b"=",
        b"\x07",
        b" ",
    ]
    for _trial in range(600):
        content = b"".join(letters.choices(pieces, k=letters.randint(1, 60)))
        try:
            for table in open_tables(content, name="x"):
                assert len(table.headings) == len(set(table.headings)) and all(table.headings)
                for row in table.rows():
                    assert len(row.cells) == len(table.headings)
        except UserError as error:
            assert error.what_happened
