"""Letters that no page can show: control characters become the signs that stand for them, so that none is lost."""

from __future__ import annotations

import re
import unicodedata

REPLACEMENT = "\ufffd"
_NO_CHARACTERS = "".join(chr(plane * 0x10000 + end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
_UNPRINTABLE = re.compile(f"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NO_CHARACTERS}]")
_PICTURES, _DELETE = 0x2400, 0x2421  # the block of signs for control characters
_LEFTWARDS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_MARK, _BEGIN, _END = "\u200e", "\u2068", "\u2069"  # from the left; what is within has a direction of its own
LEFTWARDS = re.compile(f"[{_LEFTWARDS}](?:[^A-Za-z0-9{_MARK}]*[{_LEFTWARDS}])*")  # a stretch read from the right
UNSEEN = f"[{_MARK}{_BEGIN}{_END}]"  # a pattern of these marks
_QUOTED = re.compile(f"“([^“”]*[{_LEFTWARDS}][^“”]*)”")


def printable(text: str) -> str:
    """The text with line ends as LF, and a sign for each character that XML, HTML or paper cannot hold."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub(_sign, text)


def _sign(found: re.Match[str]) -> str:
    number = ord(found[0])
    return chr(_PICTURES + number) if number < 0x20 else chr(_DELETE) if number == 0x7F else REPLACEMENT


def begins_from_right(text: str) -> bool:
    """Whether a line is read from the right: by its first letter that has a direction (Unicode Annex 9, rule P2)."""
    if text.isascii():
        return False
    for each in text:
        direction = unicodedata.bidirectional(each)
        if direction == "L":
            return False
        if direction in ("R", "AL"):
            return True
    return False


def kept_apart(text: str, *, is_isolated: bool = True) -> str:
    """A line that is read from the left, with invisible marks around what it quotes from a script read from the right.

    Else that would run together with such a name before it or a number behind it. `is_isolated` lets the quotation have
    a direction of its own within its marks (Unicode Annex 9, 2.4), which not all programs know.
    """
    if text.isascii() or "“" not in text:
        return text
    begin, end = (_BEGIN, _END) if is_isolated else ("", "")
    return _QUOTED.sub(rf"{_MARK}“{begin}\1{end}”{_MARK}", text)
