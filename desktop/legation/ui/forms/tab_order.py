"""Tab goes through a form as it is read, also through lines that were opened or added later.

Qt's own order is that in which widgets were made, and moving single ones in it fails where editors stand for what is
inside them (`QWidget.setTabOrder` and focus proxies).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QLayout, QMainWindow, QScrollArea, QSplitter, QWidget


class ReadingOrder(QWidget):
    """A widget in which Tab passes through what its layouts hold, in their order, and then leaves it."""

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Give the keyboard to what is read next, or to what was read before."""
        stops = self._own_stops()
        focus = QApplication.focusWidget()
        at = next((at for at, each in enumerate(stops) if each is focus), None)
        if at is None:
            return super().focusNextPrevChild(is_next)
        to = at + (1 if is_next else -1)
        _give(stops[to] if 0 <= to < len(stops) else self._outside(is_next), is_next)
        return True

    def entered(self, is_next: bool) -> None:
        """Tab or Shift+Tab came in from outside: begin at the beginning, or at the end."""
        _give(self._own_stops()[0 if is_next else -1], is_next)

    def _own_stops(self) -> list[QWidget]:
        return [each for each in _stops(self) if takes_tab(each)]

    def _outside(self, is_next: bool) -> QWidget:
        """What stands next in the window after all that is in here, or before it; from the left to the right.

        `QWidget.nextInFocusChain` would tell Qt's own order, but the widget that it returns dies in Python with the
        one that was asked.
        """
        window = self.window()
        around = [each for each in window.findChildren(QWidget) if takes_tab(each) and not self.isAncestorOf(each)]
        here = self._place(self)
        stops = sorted((each for each in around if each.window() is window), key=self._place)
        before = [each for each in stops if self._place(each) < here]
        after = stops[len(before) :]
        ring = [*after, *before] if is_next else [*reversed(before), *reversed(after)]
        return ring[0] if ring else self

    def _place(self, widget: QWidget) -> tuple[int, int]:
        corner = widget.mapTo(self.window(), QPoint(0, 0))
        return corner.x(), corner.y()


def pass_tab(window: QMainWindow, tab: Callable[[bool], bool], is_next: bool) -> bool:
    """Let Tab pass in a window by its own `tab`; where it comes into a form, go to that form's first or last field."""
    before = QApplication.focusWidget()
    is_passed = tab(is_next)
    now = QApplication.focusWidget()
    for form in window.findChildren(ReadingOrder) if now is not None else ():
        if form.isAncestorOf(now) and not (before is not None and form.isAncestorOf(before)):
            form.entered(is_next)
    return is_passed


def _give(widget: QWidget, is_next: bool) -> None:
    widget.setFocus(Qt.FocusReason.TabFocusReason if is_next else Qt.FocusReason.BacktabFocusReason)


def takes_tab(widget: QWidget) -> bool:
    """Whether Tab stops at a widget by itself; one that stands for another does not."""
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
    return takes and widget.isVisible() and widget.isEnabled()


def _stops(widget: QWidget) -> Iterator[QWidget]:
    """A widget and what its layouts hold, in their order; also what it splits or scrolls."""
    yield widget
    if isinstance(widget, QSplitter):
        for at in range(widget.count()):
            yield from _stops(widget.widget(at))
    elif isinstance(widget, QScrollArea) and widget.widget() is not None:
        yield from _stops(widget.widget())
    layout = widget.layout()
    if layout is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    order = list(range(layout.count()))
    if isinstance(layout, QGridLayout):  # counts in the order of adding
        order.sort(key=layout.getItemPosition)
    for at in order:
        item = layout.itemAt(at)
        inside, below = (None, None) if item is None else (item.widget(), item.layout())
        if inside is not None:
            yield from _stops(inside)
        elif below is not None:
            yield from _in_layout(below)
