"""THE list of formats that a document can have, each with its writer, which is loaded when it is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from legation.documents.document import Document
from legation.documents.progress import Progress
from legation.i18n import N_


class Writer(Protocol):
    """Makes the bytes of a file; tells `progress` how far it is, and raises `Cancelled` when that gives False."""

    def __call__(self, document: Document, progress: Progress | None = None, /) -> bytes: ...


@dataclass(frozen=True)
class Format:
    """A format: its name on the command line, its words, the ending of its files, and whether it holds what it was
    made of; where it does not, a file beside it does. `write` gives the bytes of a file."""

    name: str
    label: str
    write: Writer
    tells_itself: bool = False

    @property
    def ending(self) -> str:
        """The ending of a file's name, with its dot."""
        return "." + ("txt" if self.name == "text" else self.name)


def _text(document: Document, _progress: Progress | None = None) -> bytes:
    from legation.documents.to_text import to_text

    return to_text(document).encode("utf-8")


def _csv(document: Document, progress: Progress | None = None) -> bytes:
    from legation.documents.to_csv import document_csv

    return document_csv(document, progress)


def _xlsx(document: Document, progress: Progress | None = None) -> bytes:
    from legation.documents.to_xlsx import to_xlsx

    return to_xlsx(document, progress)


def _html(document: Document, progress: Progress | None = None) -> bytes:
    from legation.documents.to_html import to_html

    return to_html(document, progress)


def _pdf(document: Document, progress: Progress | None = None) -> bytes:
    from legation.documents.to_pdf import to_pdf

    return to_pdf(document, progress)


def _docx(document: Document, progress: Progress | None = None) -> bytes:
    from legation.documents.to_docx import to_docx

    return to_docx(document, progress)


def _ics(document: Document, _progress: Progress | None = None) -> bytes:
    from legation.documents.to_ics import to_ics

    return to_ics(document)


def _json(document: Document, progress: Progress | None = None) -> bytes:
    from legation.documents.to_json import to_json

    return to_json(document, progress)


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("pdf", N_("PDF"), _pdf),
        Format("docx", N_("Word"), _docx),
        Format("xlsx", N_("Excel"), _xlsx, tells_itself=True),
        Format("html", N_("Web page"), _html, tells_itself=True),
        Format("csv", N_("CSV"), _csv),
        Format("ics", N_("Calendar"), _ics),
        Format("json", N_("JSON"), _json, tells_itself=True),
        Format("text", N_("Plain text"), _text),
    )
}
