"""The notes of a text document as endnotes of Word: a part of their own, numbered by the reader's program.

Word has no second mark for a note that was mentioned before. Later mentions are fields that repeat the number of the
first mark and lead to it (ISO/IEC 29500-1, 17.11 and 17.16.5.39), as a cross-reference made in Word is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from legation.documents.document import Note, Text
from legation.documents.docx_runs import SPACES, element, paragraph, run
from legation.documents.docx_styles import MARK, NOTE

PLACE = "/word/endnotes.xml"
DECIMAL = '<w:numFmt w:val="decimal"/>'


class Marks:
    """The marks of notes in the text, as they come; `known` are the numbers that notes have."""

    def __init__(self, known: Sequence[int]) -> None:
        self._known = set(known)
        self.made: set[int] = set()

    def mark(self, number: int) -> str:
        """The runs of one mention of a note; the first is its mark."""
        if number not in self._known:
            return run(str(number), MARK)
        name = f"_Ref{number}"
        if number in self.made:
            return f'<w:fldSimple w:instr=" NOTEREF {name} \\h ">{run(str(number), MARK)}</w:fldSimple>'
        self.made.add(number)
        mark = f'<w:r><w:rPr><w:rStyle w:val="{MARK}"/></w:rPr><w:endnoteReference w:id="{number}"/></w:r>'
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{mark}<w:bookmarkEnd w:id="{number}"/>'


def put_notes(made: Any, notes: Sequence[Note], runs: Callable[[Text, Any], str]) -> None:
    """Put the notes into the document `made`; `runs` makes XML of text and its links, which belong to a part."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import XmlPart

    lines = "".join(
        f'<w:endnote w:type="{kind}" w:id="{id}">{paragraph("", "AfterTable")}</w:endnote>'  # a heading is above
        for kind, id in (("separator", -1), ("continuationSeparator", 0))
    )
    part = XmlPart(
        PackURI(PLACE),
        CONTENT_TYPE.WML_ENDNOTES,
        element(f"<w:endnotes {SPACES}>{lines}</w:endnotes>"),
        made.part.package,
    )
    mark = f'<w:r><w:rPr><w:rStyle w:val="{MARK}"/></w:rPr><w:endnoteRef/></w:r><w:r><w:tab/></w:r>'
    for note in notes:
        words = paragraph(mark + runs(note.text, part), NOTE)
        part.element.append(element(f'<w:endnote {SPACES} w:id="{note.number}">{words}</w:endnote>'))
    made.part.relate_to(part, RELATIONSHIP_TYPE.ENDNOTES)
    _say_how(made)


def _say_how(made: Any) -> None:
    """Say where notes stand and that their numbers are Arabic: in the settings, which name the lines above them too."""
    from docx.oxml.ns import qn

    inner = f'<w:pos w:val="docEnd"/>{DECIMAL}<w:endnote w:id="-1"/><w:endnote w:id="0"/>'
    settings = made.settings.element
    settings.find(qn("w:compat")).addprevious(element(f"<w:endnotePr {SPACES}>{inner}</w:endnotePr>"))
    for section in made.sections:
        before = section._sectPr.find(qn("w:pgSz"))
        before.addprevious(element(f"<w:endnotePr {SPACES}>{DECIMAL}</w:endnotePr>"))
