"""A document as a PDF file: pages whose text can be searched and copied, with links, an outline, title and language.

Loads Qt, so that it is imported when a page is asked for.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
import zlib
from xml.sax.saxutils import escape

from PySide6.QtCore import QBuffer, QByteArray, QHashSeed, QIODevice, QUuid
from PySide6.QtGui import QPdfWriter

from legation.documents.document import Document
from legation.documents.letters import printable
from legation.documents.paper.marking import Marking
from legation.documents.paper.pages import Pages
from legation.documents.pdf_tags import tagged
from legation.documents.pdf_update import found_in, updated
from legation.documents.progress import Progress
from legation.i18n import language
from legation.log import logger

_START = re.compile(rb"startxref\s+(\d+)")
FINE = 1200  # dots an inch
MOST_TAGGED = 200  # pages that say what they hold; a longer file would grow by half, and is not read from end to end
FIXED_DATE = b"20000101000000Z)"
_DATES = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}[^)]*\)")
_TABLE = re.compile(rb"\[(?:<[0-9A-Fa-f]{4}> ?)+\]")
_FORM = re.compile(rb"<((?:2[EF]|F[9ABCD]|FE)[0-9A-Fa-f]{2})>")  # radicals, and forms of letters
_PLACES = re.compile(rb"(\d{10})( \d{5} n)")


def to_pdf(document: Document, progress: Progress | None = None) -> bytes:
    """The document as the bytes of a PDF file whose dates are fixed. Raises `Cancelled` when `progress` gives False."""
    pages = Pages(document, progress)
    QHashSeed.setDeterministicGlobalSeed()  # else Qt writes the fonts in an order of its own each time
    try:
        written = _written(document, pages, progress)
    finally:
        QHashSeed.resetRandomGlobalSeed()
    return updated(with_fixed_dates(with_plain_letters(written)), language().replace("_", "-"), pages.marks())


def _written(document: Document, pages: Pages, progress: Progress | None) -> bytes:
    """The file as Qt writes it, with the day in it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(FINE)
    writer.setTitle(printable(document.title))
    writer.setDocumentXmpMetadata(QByteArray(_metadata(document)))
    writer.setCreator("Legation")
    if document.about is not None:
        writer.setDocumentId(QUuid(str(uuid.uuid5(uuid.NAMESPACE_OID, document.about.digest))))
    writer.setPageLayout(pages.page_layout())
    marking = Marking() if pages.count <= MOST_TAGGED else None
    pages.paint_all(writer, progress, marking)
    del writer
    written = bytes(buffer.data().data())
    if marking is None:
        return written
    try:
        return tagged(written, marking.units)
    except (ValueError, LookupError, zlib.error):  # another version of Qt may write its files otherwise
        logger.exception("A PDF file does not say what it holds")
        return written


def with_plain_letters(pdf: bytes) -> bytes:
    """The same file, in which letters are found as people type them; no byte moves.

    Qt says of a sign that stands for several letters that it is any of them: of 比 that it is the radical ⽐, of an
    Arabic letter that it is its form in the middle of a word. The tables from signs to letters are changed to the plain
    letter (Unicode Annex 15, form KC).
    """

    def plain(found: re.Match[bytes]) -> bytes:
        letter = unicodedata.normalize("NFKC", chr(int(found[1], 16)))
        return b"<%04X>" % ord(letter) if len(letter) == 1 and ord(letter) < 0x10000 else found[0]

    def table(found: re.Match[bytes]) -> bytes:
        return _FORM.sub(plain, found[0])

    return _TABLE.sub(table, pdf)


def with_fixed_dates(pdf: bytes) -> bytes:
    """The same file with its dates set to the first of 2000, and its index as the bytes have moved.

    How long a date is depends on the time zone.
    """
    start = int(found_in(_START, pdf[pdf.rindex(b"trailer") :]))
    moved: list[tuple[int, int]] = []

    def fixed(found: re.Match[bytes]) -> bytes:
        new = found[1] + FIXED_DATE
        moved.append((found.end(), len(new) - len(found[0])))
        return new

    body = _DATES.sub(fixed, pdf[:start])

    def shifted(at: int) -> int:
        return at + sum(by for end, by in moved if at >= end)

    index = _PLACES.sub(lambda found: b"%010d%s" % (shifted(int(found[1])), found[2]), pdf[start:])
    return body + _START.sub(b"startxref\n%d" % shifted(start), index)


def _metadata(document: Document) -> bytes:
    """The title and language of a document in XMP (ISO 16684-1), with fixed dates."""
    title, code = escape(printable(document.title)), language().replace("_", "-")
    moment = "2000-01-01T00:00:00Z"
    spaces = (
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
    )
    said = (
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
        f"<dc:language><rdf:Bag><rdf:li>{code}</rdf:li></rdf:Bag></dc:language>"
        f"<xmp:CreatorTool>Legation</xmp:CreatorTool><xmp:CreateDate>{moment}</xmp:CreateDate>"
        f"<xmp:ModifyDate>{moment}</xmp:ModifyDate>"
    )
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF {spaces}><rdf:Description rdf:about="">{said}</rdf:Description></rdf:RDF></x:xmpmeta>'
        '<?xpacket end="w"?>'
    )
    return packet.encode("utf-8")
