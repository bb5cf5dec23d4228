"""What is in a part of a binary workbook (XLSB): how far its cells reach, and whether it holds what it declares.

A part is a run of records: a number of one or two bytes, a length of one to four bytes, and that many bytes. Only the
records of rows and cells are looked at, and those that declare how many others follow (MS-XLSB, 2.1.4 and 2.4).
"""

from __future__ import annotations

import struct

_ROW, _FIRST_CELL, _LAST_CELL = 0, 1, 11
_COUNTS = {159: 4, 615: 0, 617: 0}  # records that declare how many follow (shared texts, formats), and where in them
_LONGEST_HEAD = 6  # bytes of a number and a length
_FEWEST = 4  # bytes of a record that is counted


class BinaryPart:
    """Takes the bytes of a part as they come; `rows` and `columns` are what its cells reach over.

    Raises `ValueError` for records that cannot be, and when it is closed before its last record ends.
    """

    def __init__(self) -> None:
        self.rows = 0
        self.columns = 0
        self._rest = b""
        self._skipped = 0
        self._size = 0
        self._declared = 0

    def feed(self, portion: bytes) -> None:
        """Take the next bytes."""
        self._size += len(portion)
        data = self._rest + portion
        at = self._skipped
        while at + _LONGEST_HEAD + 8 <= len(data):
            at = self._take(data, at)
        self._skipped = max(0, at - len(data))
        self._rest = data[at:]

    def close(self) -> None:
        """The part has ended."""
        data, at = self._rest, self._skipped
        whole = data + bytes(_LONGEST_HEAD + 8)
        while at < len(data):
            at = self._take(whole, at)
        if at > len(data):
            raise ValueError("a record goes on behind the end")
        if self._declared * _FEWEST > self._size:
            raise ValueError("more records are declared than there can be")

    def _take(self, data: bytes, at: int) -> int:
        """Look at the record at a place; where the next one begins."""
        number, at = data[at], at + 1
        if number & 128:
            number, at = number & 127 | data[at] << 7, at + 1
        length = 0
        for shift in (0, 7, 14, 21):
            part, at = data[at], at + 1
            length |= (part & 127) << shift
            if not part & 128:
                break
        else:
            raise ValueError("a length has no end")
        if number == _ROW and length >= 4:
            (row,) = struct.unpack_from("<I", data, at)
            self.rows = max(self.rows, row + 1)
        elif _FIRST_CELL <= number <= _LAST_CELL and length >= 4:
            (column,) = struct.unpack_from("<I", data, at)
            self.columns = max(self.columns, column + 1)
        elif number in _COUNTS and length >= _COUNTS[number] + 4:
            (declared,) = struct.unpack_from("<I", data, at + _COUNTS[number])
            self._declared = max(self._declared, declared)
        return at + length
