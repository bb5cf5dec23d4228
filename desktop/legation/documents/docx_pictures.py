"""A picture in a text document: a metafile as a part of it, and the place where it is shown, with its words."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import quoteattr

from legation.documents.docx_runs import SPACES
from legation.documents.letters import printable
from legation.documents.pictures import Picture
from legation.documents.to_emf import to_emf

EMU_A_POINT = 12700
POINTS_A_MILLIMETRE = 72 / 25.4
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
DRAWING = (
    f"{SPACES} "
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="{PICTURE}"'
)


def picture_run(made: Any, picture: Picture, room: float, number: int) -> str:
    """Put the picture into the document `made`; the run that shows it, at most `room` millimetres wide.

    `number` tells the picture from all others of the document.
    """
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    place = PackURI(f"/word/media/picture{number}.emf")
    part = Part(place, "image/x-emf", to_emf(picture), made.part.package)
    key = made.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    scale = min(1.0, room * POINTS_A_MILLIMETRE / picture.width) * EMU_A_POINT
    wide, high = round(picture.width * scale), round(picture.height * scale)
    about = (
        f'id="{number}" name={quoteattr(printable(picture.title))} descr={quoteattr(printable(picture.description))}'
    )
    size = f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
    shown = (
        f"<pic:pic><pic:nvPicPr><pic:cNvPr {about}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr>{size}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
    return (
        f'<w:r {DRAWING}><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{wide}" cy="{high}"/><wp:docPr {about}/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{PICTURE}">{shown}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
