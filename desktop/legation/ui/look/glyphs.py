"""Glyphs: one family of small drawings at one weight, in the colours of the moment, and what each stands for.

The drawings are SVG files in resources/icons/glyphs, on a square of 16 units, in "currentColor". A glyph never stands
alone: its word is always beside it.
"""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from legation.paths import resources
from legation.records.vocabulary import EVENT_KINDS

SIZE = 16
SCALES = (1, 2, 3)
_EVENT_STATUS = {
    "proposed": "dashed", "scheduled": "clock", "held": "check", "postponed": "pause", "cancelled": "cross",
}  # fmt: skip
_OUTCOME_STATUS = {
    "proposed": "dashed", "agreed": "contact", "signed": "pen", "in_force": "disc", "in_progress": "half",
    "fulfilled": "check", "lapsed": "pause", "superseded": "arrow", "withdrawn": "cross",
}  # fmt: skip
_CLASS = {"C": "contact", "B": "container", "O": "occasion"}
OF_VALUES: dict[tuple[str, str], dict[str, str]] = {  # (record type, field): value: glyph
    ("event", "status"): _EVENT_STATUS,
    ("outcome", "status"): _OUTCOME_STATUS,
    ("event", "kind"): {code: _CLASS[event_class] for code, (event_class, _words) in EVENT_KINDS.items()},
}


def icon(name: str) -> QIcon:
    """A glyph in the colours of now. Ask again when the palette changes. Raises `FileNotFoundError` for no glyph."""
    return _drawn(name, *_colours(QGuiApplication.palette().cacheKey()))


def has_glyphs(record: str, field: str) -> bool:
    """Whether the values of a field have glyphs."""
    return (record, field) in OF_VALUES


def icon_of_value(record: str, field: str, value: object) -> QIcon | None:
    """The glyph of a value in a table; None where the field has none."""
    name = OF_VALUES.get((record, field), {}).get(str(value))
    return icon(name) if name else None


@lru_cache(maxsize=4)
def _colours(_palette: int) -> tuple[str, str, str]:
    """The names of the colours of plain, chosen and quiet text in the palette of now, which has this number."""
    palette = QGuiApplication.palette()
    normal, chosen = (
        palette.color(role).name() for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText)
    )
    return normal, chosen, palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text).name()


@cache
def _drawn(name: str, normal: str, chosen: str, quiet: str) -> QIcon:
    made = QIcon()
    for mode, colour in (
        (QIcon.Mode.Normal, normal), (QIcon.Mode.Active, normal), (QIcon.Mode.Selected, chosen),
        (QIcon.Mode.Disabled, quiet),
    ):  # fmt: skip
        for scale in SCALES:
            made.addPixmap(_pixmap(name, colour, scale), mode)
    return made


def _pixmap(name: str, colour: str, scale: int) -> QPixmap:
    source = _source(name).replace("currentColor", colour)
    pixmap = QPixmap(SIZE * scale, SIZE * scale)
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, SIZE, SIZE))
    painter.end()
    return pixmap


@cache
def _source(name: str) -> str:
    return (resources() / "icons" / "glyphs" / f"{name}.svg").read_text(encoding="utf-8")
