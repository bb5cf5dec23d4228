"""The look of a text document: its page, running head, page numbers, and the styles that all its text has."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from legation.documents.document import Document
from legation.documents.docx_runs import SPACES, element, run
from legation.documents.letters import printable
from legation.documents.pictures import INKS
from legation.i18n import _, language

FIXED = datetime(2000, 1, 1)
MARGIN, HEAD, TOP = 15, 9, 20  # millimetres: at the sides, above the running head, above the text
SHORT, LONG = 210, 297  # millimetres of A4
FACES = 'w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Yu Gothic" w:cs="Arial"'
MARK, NOTE = "EndnoteReference", "EndnoteText"  # the ids that Word gives the styles of endnotes
NOTE_INDENT = 8  # millimetres that the text of a note stands in from its number
LANGUAGES = {"en": "en-GB"}


def room_of(*, is_wide: bool) -> int:
    """The width of the text in millimetres."""
    return (LONG if is_wide else SHORT) - 2 * MARGIN


def set_up(made: Any, document: Document) -> None:
    """Give a new text document its page, its styles, its running head and the numbers of its pages."""
    _set_page(made.sections[0], document)
    _set_built_in_styles(made.styles)
    _add_styles(made.styles)
    _set_language(made.styles)


def _set_page(section: Any, document: Document) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    wide, high = (LONG, SHORT) if document.is_wide else (SHORT, LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if document.is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(wide), Mm(high)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin = section.bottom_margin = Mm(TOP)
    section.header_distance = section.footer_distance = Mm(HEAD)
    section.different_first_page_header_footer = True  # the first page begins with the title
    section.header.paragraphs[0].text = printable(document.title)
    for footer in (section.footer, section.first_page_footer):
        footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _write_page_numbers(footer.paragraphs[0])


def _write_page_numbers(paragraph: Any) -> None:
    """“Page 2 of 9” as fields that the reader's program fills in."""
    first, rest = _("Page {page} of {pages}").split("{page}", 1)
    middle, last = rest.split("{pages}", 1)
    parts = [run(first), _field("PAGE"), run(middle), _field("NUMPAGES"), run(last)]
    for child in element(f"<w:p {SPACES}>{''.join(parts)}</w:p>"):
        paragraph._p.append(child)


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _set_built_in_styles(styles: Any) -> None:
    from docx.shared import Pt

    # size, space above and below, whether it is quiet
    looks = {
        "Normal": (10, 0, 4, False),
        "Title": (20, 0, 2, False),
        "Subtitle": (10, 0, 4, True),
        "Heading 1": (15, 18, 4, False),
        "Heading 2": (12, 14, 4, False),
        "Header": (8.5, 0, 0, True),
        "Footer": (8.5, 0, 0, True),
    }
    for name, (size, above, below, is_quiet) in looks.items():
        style = styles[name]
        _plain(style)
        _set_size(style, size)
        style.font.italic = False
        style.font.color.rgb = _colour("quiet" if is_quiet else "text")
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
    _set_bold(styles["Title"])
    styles["Normal"].paragraph_format.line_spacing = 1.1


def _plain(style: Any) -> None:
    """Take the template's own faces, borders and spaced letters away."""
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_rPr()
    for name in ("w:rFonts", "w:spacing", "w:kern"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    properties.insert(0, element(f"<w:rFonts {SPACES} {FACES}/>"))
    for old in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        style.element.pPr.remove(old)


def _set_size(style: Any, points: float) -> None:
    """The size of text, also of scripts that have a size of their own there: those read from the right, and Indic."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.size = Pt(points)
    size = style.element.rPr.find(qn("w:sz"))
    for old in style.element.rPr.findall(qn("w:szCs")):
        style.element.rPr.remove(old)
    size.addnext(element(f'<w:szCs {SPACES} w:val="{round(2 * points)}"/>'))


def _set_bold(style: Any) -> None:
    """Bold, also in those scripts."""
    style.font.bold = style.font.cs_bold = True


def _add_styles(styles: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    text = styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH)
    text.base_style = styles["Normal"]
    _set_size(text, 8.5)
    text.paragraph_format.space_before = text.paragraph_format.space_after = Pt(1.5)
    text.paragraph_format.line_spacing = 1.0
    for name, ink in (("Table Head", "quiet"), ("Table Group", "text")):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.color.rgb = text, _colour(ink)
        _set_bold(style)
        style.paragraph_format.keep_with_next = True
    styles["Table Group"].paragraph_format.space_before = Pt(6)
    gap = styles.add_style("After Table", WD_STYLE_TYPE.PARAGRAPH)
    gap.base_style = styles["Normal"]
    _set_size(gap, 2)
    gap.paragraph_format.space_after = Pt(0)
    for name, ink, is_strong in (
        ("Quiet", "quiet", False),
        ("Page Link", "accent", False),
        ("Change", "accent", True),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style.font.color.rgb = _colour(ink)
        if is_strong:
            _set_bold(style)
    _add_note_styles(styles)


def _add_note_styles(styles: Any) -> None:
    """The styles that Word knows for endnotes; numbers stand on the line, for they are all that a cell holds."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Mm, Pt

    note = styles.add_style("endnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    note.element.styleId = NOTE
    note.base_style = styles["Normal"]
    _set_size(note, 9)
    look = note.paragraph_format
    look.space_before, look.space_after = Pt(0), Pt(3)
    look.left_indent, look.first_line_indent = Mm(NOTE_INDENT), -Mm(NOTE_INDENT)
    look.tab_stops.add_tab_stop(Mm(NOTE_INDENT))
    mark = styles.add_style("endnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.element.styleId = MARK
    mark.font.color.rgb = _colour("accent")
    mark.element.get_or_add_rPr().append(element(f'<w:vertAlign {SPACES} w:val="baseline"/>'))  # LibreOffice raises it


def _set_language(styles: Any) -> None:
    from docx.oxml.ns import qn

    code = LANGUAGES.get(language(), language()).replace("_", "-")
    for each in styles.element.iter(qn("w:lang")):
        each.set(qn("w:val"), code)


def _colour(ink: str) -> Any:
    from docx.shared import RGBColor

    return RGBColor.from_string(INKS[ink][0].removeprefix("#").upper())
