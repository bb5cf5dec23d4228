"""The colours of pictures and pages: text can be read on what it stands on, in the light and in the dark."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter, QTextDocument
from PySide6.QtWidgets import QApplication

from documents.rich_document import heat_map, rich_document
from legation.documents.pictures import INKS, inks_of, to_svg
from legation.documents.to_rich_text import to_rich_text

READABLE, VISIBLE = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
LEVELS = [f"level{number}" for number in range(1, 9)]
PAIRS = [
    *((ink, "paper", READABLE) for ink in ("text", "quiet", "accent")),
    *(("text", f"heat{heat}", READABLE) for heat in (1, 2, 3)),
    *(("on-dark", f"heat{heat}", READABLE) for heat in (4, 5)),
    *((ink, "paper", VISIBLE) for ink in LEVELS),
]


def _luminance(colour: str) -> float:
    parts = [each / 255 for each in bytes.fromhex(colour.removeprefix("#"))]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("is_dark", [False, True])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_inks_stand_out_from_what_they_stand_on(ink: str, ground: str, least: float, is_dark: bool) -> None:
    assert contrast(INKS[ink][is_dark], INKS[ground][is_dark]) >= least


@pytest.mark.parametrize("is_dark", [False, True])
def test_the_text_view_shows_pictures_in_its_own_colours(is_dark: bool, qapp: QApplication) -> None:
    colours = {name: INKS[name][is_dark] for name in ("text", "quiet", "line")} | {"link": INKS["accent"][is_dark]}
    shown = QTextDocument()
    shown.setTextWidth(1000)
    shown.setHtml(to_rich_text(rich_document(3), colours))
    image = QImage(QSize(1000, 600), QImage.Format.Format_RGB32)
    image.fill(QColor(INKS["paper"][is_dark]))
    painter = QPainter(image)
    shown.drawContents(painter)
    painter.end()
    painted = {image.pixelColor(x, y).name() for x in range(0, 1000) for y in range(0, 600, 2)}
    assert {INKS[ink][is_dark] for ink in ("level1", "level3", "level8")} <= painted


def test_a_picture_alone_gives_its_own_colours() -> None:
    assert "<style>.ink-text{fill:#1f2328}" in to_svg(heat_map(), style=inks_of(is_dark=False))
    assert "<style>" not in to_svg(heat_map())
