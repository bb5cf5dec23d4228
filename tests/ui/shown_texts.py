"""What a window shows: every text of every widget, menu and heading; and which of it no translation has passed.

In the pseudo-language a translated text stands in brackets. What stands outside must be data, the program's name, the
name of a key or of a file. Texts that Qt brings along with its own parts (a dialog's buttons) are Qt's to translate.
"""

from __future__ import annotations

import html
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDialogButtonBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QTreeWidget,
    QWidget,
)

_NAMED = r"F\d+|Esc|Del|Return|Enter|Backspace|Left|Right|Space"
KEY_NAMES = re.compile(rf"\b(?:(?:Ctrl|Shift|Alt|Meta)\+)+(?:{_NAMED}|Up|Down|\S)|\b(?:{_NAMED})\b|^[A-Z]$")
ALWAYS_KEPT = {"Legation", "CSV"}
MARKS = " .,:;·()“”\"'–—-\t"  # what stands between values
BETWEEN = re.compile(r"[\n\0]|   +| · |: |; ")
CUT = 100  # a longer value may be shown cut off
NOT_DATA = {"step", "change", "open_step", "search", "sqlite_sequence", "alembic_version"}


def texts_of(window: QWidget) -> Iterator[tuple[str, str]]:
    """Each text of a window and of what is in it, with where it stands."""
    for action in window.findChildren(QAction):
        # Qt puts actions of its own into text boxes
        if isinstance(action.parent(), QLineEdit) or action.objectName().startswith(("qt_", "_q_")):
            continue
        for text in (action.text(), action.toolTip(), action.statusTip()):
            yield "QAction", text
    for widget in [window, *window.findChildren(QWidget)]:
        of_qt = widget.objectName().startswith("qt_") or isinstance(widget.parent(), QDialogButtonBox | QTabBar)
        if not of_qt:
            for text in (*_of_any(widget), *_of_kind(widget)):
                yield f"{type(widget).__name__} in {type(widget.parent()).__name__}", text


def _of_any(widget: QWidget) -> Iterable[str]:
    yield from (widget.toolTip(), widget.statusTip(), widget.whatsThis(), widget.accessibleName())
    yield from (widget.accessibleDescription(), widget.windowTitle())


def _of_kind(widget: QWidget) -> Iterable[str]:
    """What a kind of widget shows besides; what a person typed into a box is left aside."""
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QTextEdit | QPlainTextEdit):
        yield widget.placeholderText()
        if widget.isReadOnly():
            yield widget.toPlainText()
    elif isinstance(widget, QGroupBox | QMenu):
        yield widget.title()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(row) for row in range(widget.count()))
    elif isinstance(widget, QListWidget):
        yield from (widget.item(row).text() for row in range(widget.count()))
        yield from (widget.item(row).toolTip() for row in range(widget.count()))
    elif isinstance(widget, QTreeWidget):
        items = [widget.topLevelItem(row) for row in range(widget.topLevelItemCount())]
        yield from (item.text(column) for item in items for column in range(widget.columnCount()) if item)
    elif isinstance(widget, QHeaderView) and widget.orientation() == Qt.Orientation.Horizontal:
        yield from _headings(widget)


def _headings(header: QHeaderView) -> Iterable[str]:
    table = header.parent()
    if isinstance(table, QAbstractItemView) and (model := table.model()) is not None:
        for section in range(model.columnCount()):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                yield str(model.headerData(section, Qt.Orientation.Horizontal, role) or "")


class Data:
    """The values of a workspace, which nobody translates. `first` holds the least id of each table."""

    def __init__(self, path: Path, kept: Iterable[str] = ()) -> None:
        with closing(sqlite3.connect(path)) as connection:
            tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            values = {
                " ".join(str(value).split())
                for table in tables
                if table not in NOT_DATA and not table.startswith(("search_", "sqlite_"))
                for row in connection.execute(f'SELECT * FROM "{table}"')
                for value in row
                if value is not None
            }
            wanted = ("event", "person", "country", "organisation", "post", "appointment", "outcome", "source")
            self.first = {each: connection.execute(f"SELECT min(id) FROM {each}").fetchone()[0] for each in wanted}
        self.kept = {*ALWAYS_KEPT, *kept}
        self._values = {value.replace("&", "") for value in values}
        self._all = "\n".join(sorted(self._values))

    def unmarked(self, text: str) -> list[str]:
        """The pieces of a text that stand outside brackets and are no data."""
        plain = html.unescape(re.sub(r"<[^>\n]*>", "", text)) if "<" in text else text
        plain = plain.replace("&", "")
        for word in sorted(self.kept, key=len, reverse=True):
            plain = plain.replace(word, "")
        outside = KEY_NAMES.sub("", _outside_brackets(plain))
        pieces = (" ".join(piece.split()) for piece in re.split(BETWEEN, outside))
        return [piece for piece in pieces if any(each.isalpha() for each in piece) and not self._holds(piece)]

    def _holds(self, piece: str) -> bool:
        """Whether a piece is made of whole values, several words of one, and numbers, one after another."""
        words = piece.split(" ")
        at = 0
        while at < len(words):
            ends = range(len(words), at, -1)
            at = next((end for end in ends if self._has(" ".join(words[at:end]))), 0)
            if at == 0:
                return False
        return True

    def _has(self, words: str) -> bool:
        if words in self._values:
            return True
        words = words.strip(MARKS)
        if words in self._values or not any(each.isalpha() for each in words):
            return True
        end = "" if len(words) > CUT or words.endswith("…") else r"(?!\w)"
        return " " in words and re.search(rf"(?<!\w){re.escape(words.rstrip('…'))}{end}", self._all) is not None


def _outside_brackets(text: str) -> str:
    """The text without what stands in brackets, however deep; a NUL marks where something was."""
    found, depth = [], 0
    for letter in text:
        depth += letter == "["
        if depth == 0:
            found.append(letter)
        elif letter == "]":
            depth -= 1
            found.append("\0" if depth == 0 else "")
    return "".join(found)
