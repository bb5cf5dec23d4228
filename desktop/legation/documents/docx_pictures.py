"""A picture as shapes of a text document (DrawingML), so that it stays sharp at any size and can be taken apart."""

from __future__ import annotations

from itertools import count
from xml.sax.saxutils import escape, quoteattr

from legation.documents.pictures import INKS, Dot, Picture, Shape, Stroke, Words

EMU_A_POINT = 12700
POINTS_A_MILLIMETRE = 72 / 25.4
LETTER = 0.62  # of the size of the text: how wide a letter is at most, on average
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
GROUP = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"


def drawing(picture: Picture, room: float) -> str:
    """The picture as a run of WordprocessingML, at most `room` millimetres wide."""
    scale = min(1.0, room * POINTS_A_MILLIMETRE / picture.width)
    width, height = _emu(picture.width * scale), _emu(picture.height * scale)
    numbers = count(2)
    shapes = "".join(_shape(each, next(numbers)) for each in picture.shapes)
    frame = (
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/><a:chOff x="0" y="0"/>'
        f'<a:chExt cx="{_emu(picture.width)}" cy="{_emu(picture.height)}"/></a:xfrm>'
    )
    group = f"<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr>{frame}</wpg:grpSpPr>{shapes}</wpg:wgp>"
    about = f'id="1" name={quoteattr(picture.title)} descr={quoteattr(picture.description)}'
    return (
        f'<w:r {SPACES}><mc:AlternateContent><mc:Choice Requires="wpg"><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f"<wp:docPr {about}/><wp:cNvGraphicFramePr/>"
        f'<a:graphic><a:graphicData uri="{GROUP}">{group}</a:graphicData></a:graphic>'
        f"</wp:inline></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )


def _emu(points: float) -> int:
    return round(points * EMU_A_POINT)


def _shape(shape: Shape, number: int) -> str:
    if isinstance(shape, Words):
        return _words(shape, number)
    if isinstance(shape, Stroke):
        left, right = sorted((shape.x1, shape.x2))
        top, bottom = sorted((shape.y1, shape.y2))
        falls = (shape.x2 - shape.x1) * (shape.y2 - shape.y1) >= 0
        frame = _frame(left, top, right - left, bottom - top, "" if falls else ' flipV="1"')
        look = f'<a:ln w="6350"><a:solidFill>{_colour(shape.ink)}</a:solidFill></a:ln>'
        return _wsp(number, "", frame, "line", look)
    fill = f"<a:solidFill>{_colour(shape.ink)}</a:solidFill><a:ln><a:noFill/></a:ln>"
    if isinstance(shape, Dot):
        side = 2 * shape.radius
        frame = _frame(shape.x - shape.radius, shape.y - shape.radius, side, side)
        return _wsp(number, shape.words, frame, "ellipse", fill)
    return _wsp(number, shape.words, _frame(shape.x, shape.y, shape.width, shape.height), "rect", fill)


def _frame(x: float, y: float, width: float, height: float, turned: str = "") -> str:
    place = f'<a:off x="{_emu(x)}" y="{_emu(y)}"/><a:ext cx="{_emu(width)}" cy="{_emu(height)}"/>'
    return f"<a:xfrm{turned}>{place}</a:xfrm>"


def _colour(ink: str) -> str:
    return f'<a:srgbClr val="{INKS[ink][0].removeprefix("#").upper()}"/>'


def _wsp(number: int, words: str, frame: str, form: str, look: str, text: str = "", body: str = "<wps:bodyPr/>") -> str:
    named = f'<wps:cNvPr id="{number}" name="{number}" descr={quoteattr(words)}/>'
    geometry = f'<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom>'
    kind = '<wps:cNvSpPr txBox="1"/>' if text else "<wps:cNvSpPr/>"
    return f"<wps:wsp>{named}{kind}<wps:spPr>{frame}{geometry}{look}</wps:spPr>{text}{body}</wps:wsp>"


def _words(shape: Words, number: int) -> str:
    """A text box without margins about the place where the words stand."""
    long, high = max(len(shape.text), 2) * shape.size * LETTER + 4, shape.size * 1.5
    shift = {"start": 0.0, "middle": long / 2, "end": long}[shape.anchor]
    if shape.turned:  # turned about its middle, so that it reads upwards and its base line is at x
        middle_x, middle_y = shape.x - shape.size * 0.35, shape.y - long / 2 + shift
        frame = _frame(middle_x - long / 2, middle_y - high / 2, long, high, ' rot="16200000"')
    else:
        frame = _frame(shape.x - shift, shape.y - shape.size * 1.1, long, high)
    aligned = {"start": "left", "middle": "center", "end": "right"}[shape.anchor]
    half_points = round(shape.size * 2)
    looks = (
        f'<w:rPr><w:color w:val="{INKS[shape.ink][0].removeprefix("#").upper()}"/>'
        f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>'
    )
    spacing = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    paragraph = (
        f'<w:p><w:pPr>{spacing}<w:jc w:val="{aligned}"/></w:pPr>'
        f'<w:r>{looks}<w:t xml:space="preserve">{escape(shape.text)}</w:t></w:r></w:p>'
    )
    text = f"<wps:txbx><w:txbxContent>{paragraph}</w:txbxContent></wps:txbx>"
    body = '<wps:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></wps:bodyPr>'
    return _wsp(number, "", frame, "rect", "<a:noFill/><a:ln><a:noFill/></a:ln>", text, body)
