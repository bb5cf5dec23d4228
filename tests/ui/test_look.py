"""How the window looks: enough contrast in both palettes, a glyph for every value, colours and text changed live."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from keyboard import page_of
from legation.records.vocabulary import EVENT_KINDS, EVENT_STATUSES, OUTCOME_STATUSES
from legation.settings import read_settings
from legation.ui.commands import looks
from legation.ui.look import theme
from legation.ui.look.glyphs import OF_VALUES, icon
from legation.ui.main_window import MainWindow
from legation.ui.sidebar import SIDEBAR

LEAST_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3
LEAST_CONTRAST_OF_SHAPES = 3.0  # WCAG 2.2, success criterion 1.4.11
PAIRS = [
    ("text", "window"), ("text", "base"), ("text", "alternate"), ("text", "button"),
    ("quiet", "window"), ("quiet", "base"), ("quiet", "alternate"), ("link", "window"), ("link", "base"),
    ("link", "alternate"), ("problem", "window"), ("problem", "base"), ("problem", "alternate"),
    ("on_accent", "accent"),
]  # fmt: skip


def _luminance(colour: str) -> float:
    """The relative luminance of a CSS colour (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_words_stand_out_from_what_is_behind_them(colours: dict[str, str], front: str, back: str) -> None:
    assert _contrast(colours[front], colours[back]) >= LEAST_CONTRAST


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("front", ["edge", "link"])
def test_boxes_and_the_one_with_the_keyboard_stand_out(colours: dict[str, str], front: str) -> None:
    assert all(_contrast(colours[front], colours[back]) >= LEAST_CONTRAST_OF_SHAPES for back in ("base", "window"))


def test_contrast_is_measured_as_the_standard_says() -> None:
    assert round(_contrast("#000000", "#ffffff"), 2) == 21
    assert round(_contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize(
    ("place", "codes"),
    [
        (("event", "status"), EVENT_STATUSES),
        (("outcome", "status"), OUTCOME_STATUSES),
        (("event", "kind"), EVENT_KINDS),
    ],
)
def test_every_status_and_kind_has_a_glyph(qtbot: QtBot, place: tuple[str, str], codes: dict[str, object]) -> None:
    assert set(OF_VALUES[place]) == set(codes)
    assert not any(icon(name).isNull() for name in OF_VALUES[place].values())
    if place[1] == "status":
        assert len(set(OF_VALUES[place].values())) == len(codes)


@pytest.fixture
def _look_as_before(qtbot: QtBot) -> Iterator[None]:
    yield
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.choose(application, "system", 0)


@pytest.mark.usefixtures("_look_as_before")
def test_colours_change_at_once_and_are_kept(qtbot: QtBot, window: MainWindow) -> None:
    dossier = page_of(window).details.dossier
    qtbot.waitUntil(lambda: bool(dossier.toPlainText()), timeout=20000)
    for command, colours, look in ((looks.look_dark, theme.DARK, "dark"), (looks.look_light, theme.LIGHT, "light")):
        command(window)
        assert window.palette().color(QPalette.ColorRole.Window).name() == colours["window"]
        qtbot.waitUntil(lambda of=colours: of["quiet"] in dossier.toHtml(), timeout=20000)
        assert read_settings().look == look
        assert window.actions_by_id[f"look-{look}"].isChecked()


@pytest.mark.usefixtures("_look_as_before")
def test_text_grows_and_shrinks_within_bounds(qtbot: QtBot, window: MainWindow) -> None:
    before = QApplication.font().pointSizeF()
    looks.larger_text(window)
    assert QApplication.font().pointSizeF() == before + 1
    for _count in range(30):
        looks.smaller_text(window)
    assert read_settings().text_size == looks.LEAST


def test_statuses_are_shown_by_glyph_and_word(qtbot: QtBot, window: MainWindow) -> None:
    model = page_of(window).model
    at = next(column for column, field in enumerate(model.columns) if field.name == "status")
    index = model.index(0, at)
    assert index.data() == "Scheduled"
    assert not index.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert all(not window.sidebar.item(row).icon().isNull() for row in range(len(SIDEBAR)))
