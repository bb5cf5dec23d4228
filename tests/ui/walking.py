"""Walking what is on screen as somebody without eyes or without a mouse does: names, Tab, and where the keyboard is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

MOST_TABS = 600  # more than the sample's longest dossier has links
FEWEST_PIXELS = 40  # that change with the keyboard; a cursor alone has fewer
AROUND = 3


def taking_keys(window: QWidget, policy: Qt.FocusPolicy) -> list[QWidget]:
    """The widgets on screen that take the keyboard in a way, those that stand for others left aside."""
    return [
        each
        for each in window.findChildren(QWidget)
        if each.focusPolicy().value & policy.value == policy.value
        and each.focusProxy() is None
        and each.isVisibleTo(window)
        and each.isEnabled()
        and each.window() is window.window()
    ]


def without_a_name(window: QWidget) -> list[str]:
    """Which of them a screen reader could not call by a name: an own one, its words, or those of its label."""
    return [_told(each) for each in taking_keys(window, Qt.FocusPolicy.ClickFocus) if not _name(each)]


def _name(widget: QWidget) -> str:
    """The name of a widget; what a drop-down says now is none, though Qt on Linux gives it as one."""
    if isinstance(widget, QComboBox):
        return widget.accessibleName().strip()
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()


def missed_by_tab(window: QWidget, start: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> list[str]:
    """Which widgets Tab does not reach on its way from one widget round to the same; fails where it is trapped."""
    start.setFocus(Qt.FocusReason.TabFocusReason)
    reached: list[QWidget] = []
    for _count in range(MOST_TABS):
        focus = QApplication.focusWidget()
        assert focus is not None, f"the keyboard is lost after {reached[-1] if reached else start}"
        if focus is start and reached:
            break
        reached.append(focus)
        QTest.keyClick(focus, key)
    else:
        pytest.fail(f"{key.name} is trapped in {_told(reached[-1])}")
    wanted = taking_keys(window, Qt.FocusPolicy.TabFocus)
    assert start in wanted
    return [_told(each) for each in wanted if each not in reached]


def looks_alike_with_keyboard(window: QWidget) -> list[str]:
    """Which widgets look the same with the keyboard as without it, so that nobody sees where it is."""
    wanted = taking_keys(window, Qt.FocusPolicy.TabFocus)
    alike = []
    for at, each in enumerate(wanted):
        other = wanted[at - 1]
        if other is each:
            continue
        seen = []
        for focus in (each, other):
            focus.setFocus(Qt.FocusReason.TabFocusReason)
            QApplication.processEvents()
            seen.append(_picture(each))
        if _differing(*seen) < FEWEST_PIXELS:
            alike.append(_told(each))
    return alike


def _picture(widget: QWidget) -> QImage:
    """What a widget looks like in its window, with the edge of what surrounds it."""
    window = widget.window()
    place = QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())
    return window.grab(place.adjusted(-AROUND, -AROUND, AROUND, AROUND)).toImage()


def _differing(one: QImage, other: QImage) -> int:
    """How many pixels differ, counted up to what is enough."""
    if one.size() != other.size():
        return FEWEST_PIXELS
    count = 0
    for y in range(one.height()):
        for x in range(one.width()):
            count += one.pixel(x, y) != other.pixel(x, y)
            if count >= FEWEST_PIXELS:
                return count
    return count


def _told(widget: QWidget) -> str:
    name = _name(widget)
    told = f"{type(widget).__name__} in {type(widget.parent()).__name__}"
    return f"{told} ({name})" if name else told
