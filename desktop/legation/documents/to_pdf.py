"""A document as a PDF file: pages whose text can be searched and copied, with links, a title and a language.

Loads Qt, so that it is imported when a page is asked for.
"""

from __future__ import annotations

import re
import uuid

from PySide6.QtCore import QBuffer, QIODevice, QUuid
from PySide6.QtGui import QPdfWriter

from legation.documents.document import Document
from legation.documents.paper.pages import Pages
from legation.documents.progress import Progress

FINE = 1200  # dots an inch
FIXED_DATE = b"20000101000000"
_DATES = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}")
_XMP_DATES = re.compile(rb"(xmp:(?:CreateDate|ModifyDate|MetadataDate)(?:=\"|>))[0-9T:+.-]+Z?")


def to_pdf(document: Document, progress: Progress | None = None) -> bytes:
    """The document as the bytes of a PDF file whose dates are fixed. Raises `Cancelled` when `progress` gives False."""
    pages = Pages(document, progress)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(FINE)
    writer.setTitle(document.title)
    writer.setCreator("Legation")
    if document.about is not None:
        writer.setDocumentId(QUuid(str(uuid.uuid5(uuid.NAMESPACE_OID, document.about.digest))))
    writer.setPageLayout(pages.page_layout())
    pages.paint_all(writer, progress)
    del writer
    return with_fixed_dates(bytes(buffer.data().data()))


def with_fixed_dates(pdf: bytes) -> bytes:
    """The same file with its dates set to the first of 2000; no byte moves, so that its index holds."""

    def moment(found: re.Match[bytes]) -> bytes:
        long = len(found[0]) - len(found[1])
        return found[1] + b"2000-01-01T00:00:00.000+00:00"[:long].ljust(long, b"0")

    return _XMP_DATES.sub(moment, _DATES.sub(rb"\g<1>" + FIXED_DATE, pdf))
