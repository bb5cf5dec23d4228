"""Binary workbooks (XLSB) are read, and those that are damaged or speak of too much are refused with a sentence."""

from __future__ import annotations

import io
import random
import struct
import zipfile

import pytest

from legation.errors import UserError
from legation.imports.files.binary_parts import BinaryPart
from legation.imports.files.opening import open_tables
from legation.imports.files.packed_sheets import MOST_COLUMNS, MOST_ROWS

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROWS: list[list[str | float]] = [
    ["Date", "Country A", "Country B", "Minutes"],
    ["2020-01-05", "Japan", "Chile", 50.0],
    ["2020-01-06", "Japan", "Türkiye", 45.5],
]


def record(number: int, payload: bytes = b"") -> bytes:
    """A record with its number and length."""
    head = bytes([number]) if number < 128 else bytes([number & 127 | 128, number >> 7])
    size, length = len(payload), b""
    while True:
        size, low = size >> 7, size & 127
        length += bytes([low | 128 if size else low])
        if not size:
            return head + length + payload


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _cell(column: int, value: str | float) -> bytes:
    head = struct.pack("<II", column, 0)
    return record(6, head + _wide(value)) if isinstance(value, str) else record(5, head + struct.pack("<d", value))


def _row(number: int, values: list[str | float], first: int = 0) -> bytes:
    cells = b"".join(_cell(first + at, value) for at, value in enumerate(values))
    return record(0, struct.pack("<I", number) + bytes(13)) + cells


def _sheet(rows: bytes) -> bytes:
    size = record(148, struct.pack("<4I", 0, len(ROWS) - 1, 0, 3))
    return record(129) + size + record(145) + rows + record(146) + record(130)


def _links(kind: str, target: str) -> str:
    link = f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'<?xml version="1.0"?><Relationships xmlns="{_LINKS}">{link}</Relationships>'


def _book(sheet: bytes, **more: bytes) -> bytes:
    named = record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Talks"))
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<?xml version="1.0"?><Types xmlns="{_TYPES}"/>')
        archive.writestr("_rels/.rels", _links("officeDocument", "xl/workbook.bin"))
        archive.writestr("xl/workbook.bin", record(131) + record(143) + named + record(144) + record(132))
        archive.writestr("xl/_rels/workbook.bin.rels", _links("worksheet", "worksheets/sheet1.bin"))
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
        for name, content in more.items():
            archive.writestr(f"xl/{name}.bin", content)
    return kept.getvalue()


def _whole() -> bytes:
    return _sheet(b"".join(_row(at, row) for at, row in enumerate(ROWS)))


def test_a_binary_workbook_is_read() -> None:
    (table,) = open_tables(_book(_whole()), name="talks.xlsb")
    assert (table.name, table.headings) == ("Talks", ("Date", "Country A", "Country B", "Minutes"))
    assert [row.cells for row in table.rows()] == [
        ("2020-01-05", "Japan", "Chile", 50), ("2020-01-06", "Japan", "Türkiye", 45.5)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [_row(0, ROWS[0]) + _row(1_048_575, ["far"], 16_383), _row(0xFFFFFFF0, ["far"]) + _row(1, ["x"], 0xFFFFFFF0)],
    ids=["corners", "beyond"],
)
def test_cells_that_stand_too_far_apart_are_refused(rows: bytes) -> None:
    with pytest.raises(UserError, match="too many to be held in memory"):
        open_tables(_book(_sheet(rows)), name="far.xlsb")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("sharedStrings", record(159, struct.pack("<II", 1, 0x7FFFFFFF)) + record(160)),
        ("styles", record(278) + record(617, struct.pack("<I", 0x7FFFFFFF)) + record(618)),
        ("sharedStrings", record(159, struct.pack("<II", 1, 1)) + bytes([19, 255, 255, 255, 127]) + b"short"),
    ],
    ids=["texts", "formats", "length"],
)
def test_what_declares_more_than_it_holds_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(UserError, match="damaged"):
        open_tables(_book(_whole(), **{name: content}), name="odd.xlsb")


def test_the_portions_of_a_part_do_not_matter() -> None:
    content = _whole()
    for size in (1, 2, 7, 64, len(content)):
        part = BinaryPart()
        for at in range(0, len(content), size):
            part.feed(content[at : at + size])
        part.close()
        assert (part.rows, part.columns) == (3, 4)
    part = BinaryPart()
    part.feed(content[:-3] + record(7, b"x" * 20)[:-1])
    with pytest.raises(ValueError, match="behind the end"):
        part.close()


def _is_high(content: bytes) -> bool:
    """Whether the rows or columns of a sheet are so many that reading them takes its time."""
    part = BinaryPart()
    part.feed(content)
    return 2000 < part.rows <= MOST_ROWS or 2000 < part.columns <= MOST_COLUMNS


def test_any_damage_ends_in_tables_or_a_sentence() -> None:
    choose, content = random.Random(5), _whole()
    looked_at = 0
    while looked_at < 60:
        changed = bytearray(content)
        for _byte in range(choose.choice((1, 2, 8))):
            changed[choose.randrange(len(changed))] = choose.randrange(256)
        try:
            if _is_high(bytes(changed)):
                continue
        except (ValueError, IndexError):
            pass  # refused all the same
        looked_at += 1
        try:
            for table in open_tables(_book(bytes(changed)), name="x.xlsb"):
                assert all(len(row.cells) == len(table.headings) for row in table.rows())
        except UserError as error:
            assert error.what_happened
