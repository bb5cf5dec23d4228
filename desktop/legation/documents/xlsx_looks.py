"""The looks of cells in a spreadsheet, each made when it is first needed."""

from __future__ import annotations

from typing import Any

from legation.documents.pictures import INKS

_WORDS = {"text_wrap": True, "valign": "top", "align": "left"}
_HEAD = {**_WORDS, "bold": True, "bottom": 1, "bottom_color": INKS["quiet"][0], "font_color": INKS["quiet"][0]}
_NUMBER = {"num_format": "#,##0", "valign": "top", "align": "right", "indent": 1}
_DATE = {"num_format": "d mmmm yyyy", "align": "left", "valign": "top"}
_GONE = {"font_strikeout": True, "font_color": INKS["quiet"][0]}
_LOOKS: dict[str, dict[str, Any]] = {
    "words": _WORDS,
    "head": _HEAD,
    "number head": {**_HEAD, "align": "right", "indent": 1},
    "number": _NUMBER,
    "gone number": {**_NUMBER, **_GONE},
    "date": _DATE,
    "gone date": {**_DATE, **_GONE},
    "change": {**_WORDS, "bold": True, "font_color": INKS["accent"][0]},
    "remark": {"valign": "top", "font_color": INKS["quiet"][0]},
    "label": {**_WORDS, "font_color": INKS["quiet"][0]},
    "title": {"bold": True, "font_size": 14},
}


class Looks:
    """The looks of a book by name; those of text by what is special in them."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._named: dict[str, Any] = {}
        self._texts: dict[tuple[bool, bool, int], Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._named:
            self._named[name] = self._book.add_format(_LOOKS[name])
        return self._named[name]

    def text(self, *, is_gone: bool = False, is_strong: bool = False, level: int = 0) -> Any:
        """The look of text: struck out, bold, or moved in by `level`."""
        key = is_gone, is_strong, level
        if key not in self._texts:
            special: dict[str, Any] = {**_WORDS, **(_GONE if is_gone else {})}
            special |= {"bold": True} if is_strong else {}
            special |= {"indent": min(level, 15)} if level else {}
            self._texts[key] = self._book.add_format(special)
        return self._texts[key]
