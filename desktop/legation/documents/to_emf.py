"""A picture as an enhanced metafile (the format of MS-EMF): shapes that Word and its like keep sharp at any size.

A word processor that shows such a file turns and places its text itself; the text boxes of a drawing are not turned by
all of them.
"""

from __future__ import annotations

from struct import pack

from legation.documents.letters import begins_from_right, printable
from legation.documents.pictures import INKS, Box, Dot, Picture, Shape, Stroke, Words

FINE = 20  # units to a point, so that a unit is a twip
HUNDREDTHS = 2540 / 72  # of a millimetre to a point
FACE = "Calibri"
DEVICE = (14400, 14400), (254, 254)  # a device whose dot is a twip: its size in dots and in millimetres
PLAIN_PEN, PLAIN_BRUSH = 0x80000008, 0x80000005  # stock objects: no line, no filling
ALIGNED = {"start": 24, "end": 24 | 2, "middle": 24 | 6}  # by the base line, and left, right or centre
FROM_RIGHT = 128  # text that is read from the right
HEADER, END = 1, 14
SET_BACKGROUND, SET_ALIGNMENT, SET_TEXT_COLOUR = 18, 22, 24
MOVE, LINE, ELLIPSE, RECTANGLE, TEXT = 27, 54, 42, 43, 84
SELECT, PEN, BRUSH, DELETE, FONT = 37, 38, 39, 40, 82
OBJECT = 1  # the only one that lives at a time
REGULAR = 400


def to_emf(picture: Picture) -> bytes:
    """The picture as the bytes of an .emf file, one unit of its surface a point."""
    records = [_record(SET_BACKGROUND, pack("<I", 1))]  # nothing is painted behind text
    for shape in picture.shapes:
        records += _shape(shape)
    records.append(_record(END, pack("<III", 0, 16, 20)))
    return _header(picture, records) + b"".join(records)


def _header(picture: Picture, records: list[bytes]) -> bytes:
    words = "Legation\0\0".encode("utf-16-le")
    size = 88 + len(words)
    wide, high = round(picture.width * FINE), round(picture.height * FINE)
    frame = round(picture.width * HUNDREDTHS), round(picture.height * HUNDREDTHS)
    inner = pack("<4i4i", 0, 0, wide, high, 0, 0, *frame)
    inner += pack("<4sII", b" EMF", 0x10000, size + sum(map(len, records)))
    inner += pack("<IHHIIIiiii", len(records) + 1, OBJECT + 1, 0, len(words) // 2, 88, 0, *DEVICE[0], *DEVICE[1])
    return _record(HEADER, inner + words)


def _record(kind: int, inner: bytes) -> bytes:
    inner += bytes(-len(inner) % 4)
    return pack("<II", kind, len(inner) + 8) + inner


def _units(*points: float) -> list[int]:
    return [round(each * FINE) for each in points]


def _colour(ink: str) -> int:
    """A colour as 0x00BBGGRR."""
    red, green, blue = bytes.fromhex(INKS[ink][0].removeprefix("#"))
    return blue << 16 | green << 8 | red


def _with(kind: int, inner: bytes, other: int, *drawn: bytes) -> list[bytes]:
    """Records drawn with an object that is made before and forgotten after; `other` is one that is always there."""
    made = [_record(kind, pack("<I", OBJECT) + inner), _record(SELECT, pack("<I", OBJECT))]
    stock = [_record(SELECT, pack("<I", other))] if other else []
    free = PLAIN_PEN if kind == PEN else PLAIN_BRUSH if kind == BRUSH else 0x8000000D  # the font of the system
    return [*made, *stock, *drawn, _record(SELECT, pack("<I", free)), _record(DELETE, pack("<I", OBJECT))]


def _shape(shape: Shape) -> list[bytes]:
    if isinstance(shape, Words):
        return _words(shape)
    if isinstance(shape, Stroke):
        ends = [_record(MOVE, pack("<2i", *_units(shape.x1, shape.y1)))]
        ends.append(_record(LINE, pack("<2i", *_units(shape.x2, shape.y2))))
        return _with(PEN, pack("<IiiI", 0, round(0.6 * FINE), 0, _colour(shape.ink)), 0, *ends)
    if isinstance(shape, Dot):
        around = (shape.x - shape.radius, shape.y - shape.radius, shape.x + shape.radius, shape.y + shape.radius)
        drawn = _record(ELLIPSE, pack("<4i", *_units(*around)))
    else:
        drawn = _record(RECTANGLE, pack("<4i", *_units(*_edges(shape))))
    return _with(BRUSH, pack("<III", 0, _colour(shape.ink), 0), PLAIN_PEN, drawn)


def _edges(box: Box) -> tuple[float, float, float, float]:
    return box.x, box.y, box.x + box.width, box.y + box.height


def _words(shape: Words) -> list[bytes]:
    text = printable(shape.text).encode("utf-16-le")
    turned = 900 if shape.turned else 0  # tenths of a degree, against the clock
    face = FACE.encode("utf-16-le").ljust(64, b"\0")
    font = pack("<5i8B", -round(shape.size * FINE), 0, turned, turned, REGULAR, 0, 0, 0, 1, 0, 0, 0, 0) + face
    x, y = _units(shape.x, shape.y)
    box = pack("<4i", 0, 0, -1, -1)
    way = FROM_RIGHT if begins_from_right(shape.text) else 0
    said = box + pack("<Iff", 1, 1.0, 1.0) + pack("<iiIII", x, y, len(text) // 2, 76, way) + box + bytes(4) + text
    drawn = (
        _record(SET_ALIGNMENT, pack("<I", ALIGNED[shape.anchor])),
        _record(SET_TEXT_COLOUR, pack("<I", _colour(shape.ink))),
        _record(TEXT, said),
    )
    return _with(FONT, font.ljust(320, b"\0"), 0, *drawn)
