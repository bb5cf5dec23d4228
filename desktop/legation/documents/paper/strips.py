"""Strips of a page: a paragraph, a row of a table or a picture, measured, drawn, and cut where a page ends.

Lengths are in points. Text is laid out in finer units, so that letters stand where their design has them at any scale.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from legation.documents.letters import begins_from_right, printable
from legation.documents.pdf_tags import Kind
from legation.documents.pictures import INKS, Picture

if TYPE_CHECKING:
    from legation.documents.paper.marking import Marking

UNITS = 16  # to a point, in which text is laid out
FACES = ["Noto Sans", "Segoe UI", "Helvetica Neue", "Noto Sans Arabic", "Noto Sans Hebrew", "DejaVu Sans", "Arial"]
SAFE = 0.95  # of the size of the text: no letter of ASCII is wider
FEWEST = 2  # lines of a paragraph left alone on a page


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one look; `link` is an address, or "#note-3" for a place in the document that another piece `name`s."""

    text: str
    ink: str = "text"
    is_strong: bool = False
    is_gone: bool = False
    link: str = ""
    name: str = ""


def piece(text: str, ink: str = "text", is_strong: bool = False, is_gone: bool = False, link: str = "") -> Piece:
    """Text of one look as one line, with signs for what paper cannot hold."""
    return Piece(printable(text).replace("\n", " "), ink, is_strong, is_gone, link)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text one below the other, in a column from `x` on, `width` wide.

    Lines are read from the left; with `by_letters`, each as its first letter with a direction says. `column` is its
    place in a table, or beside others.
    """

    x: float
    width: float
    lines: Sequence[Sequence[Piece]]
    size: float
    is_right: bool = False
    by_letters: bool = False
    column: int = 0


@dataclass(slots=True)
class Strip:
    """What stands beside each other from edge to edge, with the first lines on one height.

    `above` is kept free unless the strip begins a page, `around` above and below the text. `rule` names the ink of a
    line below. A strip that `keeps_next` is never the last of a page; one with a `head` has it repeated above it where
    it begins a page; one that `is_split` may be cut between lines. `link` is what the whole strip leads to. A heading
    has a `rank`, from 1. Its `kind` is told to programs that read aloud.
    """

    blocks: Sequence[Block] = ()
    above: float = 0.0
    around: float = 0.0
    rule: str = ""
    keeps_next: bool = False
    is_split: bool = False
    link: str = ""
    rank: int = 0
    kind: Kind = "text"
    head: Strip | None = None
    picture: Picture | None = None
    scale: float = 1.0
    height: float = field(init=False)

    def __post_init__(self) -> None:
        if self.picture is not None:
            self.height = self.picture.height * self.scale
        else:
            sizes = [_size(each) for each in self.blocks]
            first = max((up for up, _high in sizes), default=0.0)
            self.height = 2 * self.around + max((first - up + high for up, high in sizes), default=0.0)

    def pieces(self) -> Iterator[Piece]:
        """All its pieces of text."""
        return (piece for block in self.blocks for line in block.lines for piece in line)

    def names(self) -> Iterator[str]:
        """The names by which links lead to it."""
        return (each.name for each in self.pieces() if each.name)

    def words(self) -> str:
        """All its text."""
        return "\n".join("".join(piece.text for piece in line) for block in self.blocks for line in block.lines)


def font_of(size: float, *, is_strong: bool = False) -> QFont:
    """The face of a page: the first that the machine has; Qt takes others where it lacks a letter."""
    font = QFont()
    font.setFamilies(FACES)
    font.setPixelSize(round(size * UNITS))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFeature(QFont.Tag("liga"), 0)  # a reader of the file would find “ﬀ” where “ff” is looked for
    font.setBold(is_strong)
    return font


def width_of(text: str, size: float, *, is_strong: bool = False) -> float:
    """How wide a line of text is, in points."""
    return QFontMetricsF(font_of(size, is_strong=is_strong)).horizontalAdvance(text) / UNITS


class Faces:
    """The fonts of a page by size, made once; and how high a line of plain letters is, above its foot and in all."""

    def __init__(self) -> None:
        self._fonts: dict[float, tuple[QFont, float, float]] = {}

    def font(self, size: float) -> QFont:
        """The font of a size."""
        return self._of(size)[0]

    def line(self, size: float) -> tuple[float, float]:
        """How far a line of Latin letters goes above its foot, and its height, in points."""
        return self._of(size)[1:]

    def _of(self, size: float) -> tuple[QFont, float, float]:
        if size not in self._fonts:
            font = font_of(size)
            layout, high = _layout(Block(0, 1000.0, (), size), [Piece("x")], font)
            self._fonts[size] = font, _above_foot(layout), high / UNITS
        return self._fonts[size]


FONTS = Faces()


def _size(block: Block) -> tuple[float, float]:
    """How far the first line of a block goes above its foot, and how high the block is.

    A short line of plain letters need not be laid out to know.
    """
    first, high = 0.0, 0.0
    for number, line in enumerate(block.lines):
        text = line[0].text if len(line) == 1 else "".join(piece.text for piece in line)
        if text.isascii() and len(text) * block.size * SAFE <= block.width:
            up, more = FONTS.line(block.size)
        else:
            layout, units_high = _layout(block, line, FONTS.font(block.size))
            up, more = _above_foot(layout), units_high / UNITS
        first = first if number else up
        high += more
    return first, high


def _above_foot(layout: QTextLayout) -> float:
    """How far the first of its lines goes above the foot of its letters, in points."""
    return layout.lineAt(0).ascent() / UNITS if layout.lineCount() else 0.0


def _layout(block: Block, line: Sequence[Piece], font: QFont) -> tuple[QTextLayout, float]:
    """A line of a block laid out in as many as it takes, and their height; in units."""
    text = "".join(piece.text for piece in line)
    layout = QTextLayout(text, font)
    side = Qt.AlignmentFlag.AlignRight if block.is_right else Qt.AlignmentFlag.AlignLeft
    option = QTextOption(side | Qt.AlignmentFlag.AlignAbsolute)
    is_leftwards = block.by_letters and begins_from_right(text)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if is_leftwards else Qt.LayoutDirection.LeftToRight)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(_formats(line))
    layout.beginLayout()
    y = 0.0
    while (made := layout.createLine()).isValid():
        made.setLineWidth(block.width * UNITS)
        made.setPosition(QPointF(0, y))
        y += made.height()
    layout.endLayout()
    return layout, y


def _formats(line: Sequence[Piece]) -> list[QTextLayout.FormatRange]:
    found, start = [], 0
    for piece in line:
        form = QTextLayout.FormatRange()
        form.start, form.length = start, units(piece.text)
        form.format = _look(piece)
        found.append(form)
        start += form.length
    return found


def units(text: str) -> int:
    """How long Qt takes a text to be: in units of UTF-16."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _look(piece: Piece) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setForeground(QColor(INKS[piece.ink][0]))
    if piece.is_strong:
        look.setFontWeight(QFont.Weight.Bold)
    if piece.is_gone:
        look.setFontStrikeOut(True)
    if piece.link:
        look.setAnchor(True)
        look.setAnchorHref(piece.link)
    if piece.name:
        look.setAnchorNames([piece.name])
    return look


@dataclass(slots=True)
class Placed:
    """A line of text in a strip, from `top` to `bottom` in points below the upper edge of the strip."""

    layout: QTextLayout
    line: QTextLine
    x: float
    y: float
    top: float
    bottom: float
    column: int = 0

    @property
    def words(self) -> str:
        """Its text."""
        start, end = self.line.textStart(), self.line.textStart() + self.line.textLength()
        text = self.layout.text()
        if text.isascii():
            return text[start:end]
        return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le", "replace")


def lines_of(strip: Strip) -> Iterator[Placed]:
    """The lines of a strip with their places."""
    made = [(block, [_layout(block, words, FONTS.font(block.size)) for words in block.lines]) for block in strip.blocks]
    ups = [_above_foot(layouts[0][0]) if layouts else 0.0 for _block, layouts in made]
    for (block, layouts), up in zip(made, ups, strict=True):
        y = strip.around + max(ups) - up
        for layout, high in layouts:
            for number in range(layout.lineCount()):
                line = layout.lineAt(number)
                top = y + line.y() / UNITS
                yield Placed(layout, line, block.x, y, top, top + line.height() / UNITS, block.column)
            y += high / UNITS


def cut_of(strip: Strip, start: float, room: float) -> float | None:
    """Where to cut a strip, of which what is below `start` is left, so that its upper part is no higher than `room`.

    None when too few lines would be left on either side.
    """
    edges = sorted({line.bottom for line in lines_of(strip) if line.top >= start - 0.01})
    fitting = [edge for edge in edges if edge - start <= room]
    if len(fitting) < FEWEST:
        return None
    if len(edges) - len(fitting) < FEWEST:
        fitting = fitting[: len(edges) - FEWEST]
    return fitting[-1] if len(fitting) >= FEWEST else None


def draw_strip(
    painter: QPainter, strip: Strip, width: float, start: float, end: float, marking: Marking | None = None
) -> None:
    """Draw the lines of a strip between `start` and `end`, with its left edge and `start` at the origin."""
    for placed in lines_of(strip):
        if start <= (placed.top + placed.bottom) / 2 < end:
            is_marked = marking is not None and marking.begin(painter, strip, placed)
            painter.save()
            painter.translate(placed.x, placed.y - start)
            painter.scale(1 / UNITS, 1 / UNITS)
            placed.line.draw(painter, QPointF(0, 0))
            painter.restore()
            if marking is not None and is_marked:
                marking.end(painter)
    if strip.rule and end >= strip.height:
        painter.setPen(QPen(QColor(INKS[strip.rule][0]), 0.8 if strip.rule == "quiet" else 0.4))
        painter.drawLine(QPointF(0, strip.height - start), QPointF(width, strip.height - start))
