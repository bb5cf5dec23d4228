"""Text as runs and paragraphs of WordprocessingML (ISO/IEC 29500-1, 17.3); what is read from the right is marked so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from legation.documents.letters import LEFTWARDS, kept_apart, printable

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def element(xml: str) -> Any:
    """XML as an element of python-docx."""
    from docx.oxml import parse_xml

    return parse_xml(xml)


def run(
    words: str, style: str = "", *, is_strong: bool = False, is_gone: bool = False, is_leftwards: bool = False
) -> str:
    """Text of one character style as runs; line breaks and tabs are kept.

    `is_leftwards` says that the paragraph is read from the right, where no mark need keep what it quotes apart.
    """
    look = (f'<w:rStyle w:val="{style}"/>' if style else "") + ("<w:b/><w:bCs/>" if is_strong else "")
    look += "<w:strike/>" if is_gone else ""
    parts = []
    told = printable(words)
    for part, is_from_right in _by_direction(told if is_leftwards else kept_apart(told, is_isolated=False)):
        properties = look + ("<w:rtl/>" if is_from_right else "")
        shown = f"<w:rPr>{properties}</w:rPr>" if properties else ""
        lines = "<w:br/>".join(_with_tabs(line) for line in part.split("\n"))
        parts.append(f"<w:r>{shown}{lines}</w:r>")
    return "".join(parts)


def _with_tabs(line: str) -> str:
    return "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in line.split("\t"))


def _by_direction(words: str) -> Iterator[tuple[str, bool]]:
    """Stretches of text, each with whether it is read from the right."""
    if words.isascii():
        yield words, False
        return
    end = 0
    for found in LEFTWARDS.finditer(words):
        if found.start() > end:
            yield words[end : found.start()], False
        yield found[0], True
        end = found.end()
    if end < len(words) or not words:
        yield words[end:], False


def paragraph(
    runs: str, style: str = "", properties: str = "", *, is_right: bool = False, is_leftwards: bool = False
) -> str:
    """A paragraph with its runs, set to the left or the right; `is_leftwards` has it read from the right.

    In a paragraph that is read from the right, "right" is the side where lines end (17.3.1.13).
    """
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    direction = "<w:bidi/>" if is_leftwards else ""
    side = '<w:jc w:val="right"/>' if is_right is not is_leftwards else ""
    inner = f"{styled}{direction}{properties}{side}"
    shown = f"<w:pPr>{inner}</w:pPr>" if inner else ""
    return f"<w:p>{shown}{runs}</w:p>"
