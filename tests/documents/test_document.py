"""A document and its simple writers: text for a terminal, HTML for the details pane."""

from __future__ import annotations

from legation.documents.document import Document, Facts, Paragraph, Run, plain
from legation.documents.to_rich_text import to_rich_text
from legation.documents.to_text import to_text

COLOURS = {"text": "#000000", "quiet": "#666666", "link": "#0000aa", "line": "#dddddd"}


def _document() -> Document:
    document = Document("A & B <talks>", above="27 January 2025")
    document.add(Facts([("Place", plain("Tokyo"))]))
    document.section("Parties", [Paragraph((Run("Japan", ("country", 5)), Run(" · host", quiet=True)), level=1)])
    document.section("Sources", [])
    return document


def test_a_section_without_content_is_left_out() -> None:
    assert "Sources" not in to_text(_document())


def test_text_holds_everything_in_order() -> None:
    text = to_text(_document())
    places = [text.index(word) for word in ("27 January 2025", "A & B <talks>", "Place", "Tokyo", "Parties", "Japan")]
    assert places == sorted(places)
    assert text.endswith("\n")


def test_html_shows_what_was_written_and_names_are_links() -> None:
    html = to_rich_text(_document(), COLOURS)
    assert "A &amp; B &lt;talks&gt;" in html and "<talks>" not in html
    assert 'href="record:country:5"' in html and ">Japan</a>" in html
