"""An analyst enters the whole founding dispatch into an empty workspace, by keys only; it equals the sample."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from journeys.dispatch import FUJII, GURBANOV, ISHIKAWA, SOURCE, TSUBAI, assert_equals_the_sample
from keyboard import Keyboard, page_of
from legation import cli
from legation.ui.forms.suggestion_list import SuggestionList
from legation.ui.main_window import MainWindow

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
LETTERS = {"parties": Qt.Key.Key_P, "agenda": Qt.Key.Key_A, "outcomes": Qt.Key.Key_O, "sources": Qt.Key.Key_S}
PARTY_BOX = "Add a party: a country or a body"
MOST_TABS = 40
SHORTEST_PRINTED = 25  # a delegate as printed is longer, a country shorter


@pytest.fixture
def desk(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LEGATION_TODAY", "2025-02-03")
    return workspace


@pytest.fixture
def events() -> int:
    return 0


class Analyst:
    """Enters events by keys."""

    def __init__(self, window: MainWindow, keyboard: Keyboard) -> None:
        self.window, self.keyboard = window, keyboard

    def begin(self, **values: str) -> None:
        """Open the form of a new event and fill in its main fields."""
        self.keyboard.press(Qt.Key.Key_I, CONTROL)
        self._fill("date", values)

    def source(self, **values: str) -> None:
        """Open the form of a new source, fill it in and save it."""
        self.keyboard.press(Qt.Key.Key_8, CONTROL)
        self.keyboard.until(lambda: page_of(self.window).page.name == "sources")
        self.keyboard.press(Qt.Key.Key_N, CONTROL)
        self._fill("title", values)
        self.save()

    def _fill(self, first: str, values: dict[str, str]) -> None:
        """Fill in fields Tab by Tab; a value with a star before it is created, its kind said behind a bar."""
        self.keyboard.until(lambda: page_of(self.window).details.form is not None)
        self.keyboard.until(lambda: self._place() == first)
        for name, text in values.items():
            self._go_on_to(lambda name=name: self._place() == name)
            what, _bar, kind = text.partition("|")
            self.keyboard.type(what)
            if kind:
                self.keyboard.until(self._is_listed)
                self.keyboard.press(TAB)
                self._go_on_to(lambda: self.keyboard.focus().accessibleName() == "Kind")
                self.keyboard.type(kind)

    def _go_on_to(self, is_there: Callable[[], bool]) -> None:
        """Press Tab until the keyboard is where it should be."""
        for _tab in range(MOST_TABS):
            if is_there():
                return
            self.keyboard.press(TAB)
        raise AssertionError("Tab does not lead there")

    def _place(self) -> str | None:
        form = page_of(self.window).details.form
        return form.place_of_keyboard() if form is not None else None

    def _is_listed(self) -> bool:
        return any(each.isVisible() for each in self.window.findChildren(SuggestionList))

    def add(self, section: str, *texts: str) -> None:
        """Go to a section by its letter and add lines to it."""
        boxes = {"parties": PARTY_BOX, "agenda": "Add a topic", "outcomes": "Add an outcome: its title"}
        for text in texts:
            self.keyboard.press(LETTERS[section], ALT)
            self.keyboard.wait_for_box(boxes[section])
            follows = "Add a delegate" if section == "parties" and len(text) < SHORTEST_PRINTED else boxes[section]
            self.keyboard.enter_line(text, follows)

    def say_in_line(self, *steps: tuple[int, str]) -> None:
        """Open the line entered last and fill in fields of it, each so many Tabs after the one before; close it."""
        self.keyboard.press(Qt.Key.Key_Up)
        self.keyboard.press(ENTER)
        for tabs, text in steps:
            for _tab in range(tabs):
                self.keyboard.press(TAB)
            self.keyboard.type(text)
        self.keyboard.press(Qt.Key.Key_Escape)

    def topics(self, *items: tuple[str, str]) -> None:
        """Add topics, each with its act."""
        for topic, act in items:
            self.add("agenda", topic)
            if act:
                self.say_in_line((1, act))

    def cite(self, locator: str) -> None:
        """Cite the dispatch, with the paragraph."""
        self.keyboard.press(LETTERS["sources"], ALT)
        self.keyboard.wait_for_box("Add a source")
        self.keyboard.enter_line("turk", "Add a source")
        self.say_in_line((1, locator))

    def more(self, **values: str) -> None:
        """Unfold the fields that few events need, and say the round and the level."""
        self.keyboard.press(TAB)
        self.keyboard.press(TAB)
        self.keyboard.press(Qt.Key.Key_Space)
        for name, text in values.items():
            self._go_on_to(lambda name=name: self._place() == name)
            self.keyboard.type(text)

    def save(self) -> None:
        """Save, and wait until it is."""
        self.keyboard.press(Qt.Key.Key_S, CONTROL)
        self.keyboard.until(lambda: page_of(self.window).details.form is None)


def _enter_sources(analyst: Analyst) -> None:
    analyst.source(publisher_id="Ministry of Foreign Affairs of Turkmenistan|min", kind="web")
    analyst.source(publisher_id="AKIpress|med", derived_from_id="minis")
    analyst.source(title=SOURCE, publisher_id="The Caspian Post|med", issued="2025", derived_from_id="aki")


def _enter_the_visit(analyst: Analyst) -> None:
    analyst.begin(date="about 27 jan", kind="visit", title="Visit of the Turkmen delegation to Japan", city="tok")
    analyst.add("parties", "tkm", "jpn")
    analyst.cite("para 12")
    analyst.save()
    analyst.begin(date="27 jan", kind="cons", title="Turkmen-Japanese political consultations", city="tok",
        parent_id="visit")  # fmt: skip
    analyst.add("parties", GURBANOV, ISHIKAWA)
    analyst.topics(("P.bilateral", "not"), ("P.regional", ""), ("P.world", ""), ("P.multilateral", "rea"),
        ("E.projects", ""), ("E.oil", "not"), ("E.chemicals", "not"), ("E.power", "not"), ("E.transport", "not"),
        ("E.expo", ""), ("E.expo", ""), ("C", "not"),
        ("C.education", "not"), ("C.science", "not"), ("C.culture", "not"),
        ("C.language", "not"), ("E.digital", "emp"))  # fmt: skip
    analyst.cite("para 1")
    analyst.save()
    analyst.begin(date="27 jan", kind="meeting", title="Gurbanov - Fujii meeting", country="jap", parent_id="visit")
    analyst.add("parties", GURBANOV, FUJII)
    analyst.topics(("P", "exc"), ("E", "exc"), ("C", "exc"), ("P.bilateral", "rea"), ("P.visits", "emp"))
    analyst.cite("para 9")
    analyst.save()
    analyst.begin(date="about 27 jan", kind="meeting", title="Turkmen delegation - Tsubai (Itochu) meeting",
        country="jap", parent_id="visit")  # fmt: skip
    analyst.add("parties", "tkm", "jpn")
    analyst.keyboard.enter_line(TSUBAI, "Add a delegate")
    analyst.topics(("E.councils", "rev"))
    analyst.cite("para 12")
    analyst.save()


def _enter_the_rest(analyst: Analyst) -> None:
    analyst.begin(date="16-17 dec 2024", kind="committee s", title="Meeting of the two Economic Cooperation Committees")
    analyst.add("parties", "tkm", "jpn")
    analyst.add("outcomes", "Agreements reached at the meeting of 16-17 December 2024")
    analyst.say_in_line((2, "in p"), (2, "E.councils"), (1, ""))
    analyst.cite("para 13")
    analyst.save()
    analyst.begin(
        kind="summit", title='First "Central Asia + Japan" summit', status="prop", framework_id="central asia + j"
    )
    analyst.more(ordinal="1", level="highest")
    analyst.add("parties", "jpn", "tkm")
    analyst.cite("para 4")
    analyst.save()
    analyst.begin(date="2025", kind="expos", title="World Expo 2025", city="Osaka", country="jap", status="sch")
    analyst.add("parties", "jpn", "tkm")
    analyst.cite("para 7")
    analyst.save()
    analyst.begin(
        date="14 apr 2025",
        kind="expo n",
        title="National Day of Turkmenistan at Expo 2025",
        city="osa",
        status="sch",
        parent_id="world",
    )
    analyst.add("parties", "tkm", "jpn")
    analyst.cite("para 7")
    analyst.save()


def test_the_whole_dispatch_is_entered_by_keys(
    window: MainWindow, keyboard: Keyboard, desk: Path, sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    analyst = Analyst(window, keyboard)
    _enter_sources(analyst)
    _enter_the_visit(analyst)
    _enter_the_rest(analyst)
    assert_equals_the_sample(desk, sample)
    assert cli.run(["check", str(desk)]) == 0
    with capsys.disabled():
        print(
            f"\nthe whole dispatch, eight events with all that was said, took {keyboard.count} keys, letters included"
        )
