"""Pages for a browser: one file, valid, light and dark, to be printed, with nothing to fetch and nothing that runs."""

from __future__ import annotations

import json
import re
from xml.etree.ElementTree import Element

import html5lib
import pytest

from documents.rich_document import rich_document
from legation.documents.document import Document, Table
from legation.documents.to_html import to_html
from legation.documents.to_json import about_of


def _page(document: Document) -> Element:
    text = to_html(document).decode("utf-8")
    page: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    return page


@pytest.fixture(scope="module")
def page() -> Element:
    return _page(rich_document(24))


def test_the_page_has_a_title_a_language_and_headings_in_order(page: Element) -> None:
    assert page.get("lang") == "en"
    assert page.findtext("head/title") == "Turkmenistan and Japan: bilateral chronology, 2019 to 2025"
    ranks = [int(each.tag[1]) for each in page.iter() if isinstance(each.tag, str) and re.fullmatch(r"h\d", each.tag)]
    assert ranks[:2] == [1, 2] and set(ranks[2:]) == {3}


def test_tables_without_parts_stand_right_below_the_title() -> None:
    document = Document("Title")
    document.add(*(block for block in rich_document(3).blocks if isinstance(block, Table)))
    tags = {each.tag for each in _page(document).iter() if isinstance(each.tag, str)}
    assert {tag for tag in tags if re.fullmatch(r"h\d", tag)} == {"h1", "h2"}


def test_nothing_is_fetched_and_nothing_runs(page: Element) -> None:
    assert [each for each in page.iter("script") if each.get("type") != "application/json"] == []
    assert [each.tag for each in page.iter() if each.get("src") is not None] == []
    assert [each for each in page.iter("link")] == []  # noqa: C416
    style = page.findtext("head/style") or ""
    assert "@import" not in style and "url(" not in style


def test_the_page_says_what_it_was_made_of() -> None:
    document = rich_document(3)
    (script,) = list(_page(document).iter("script"))
    assert document.about is not None and script.get("id") == "about"
    assert json.loads(script.text or "") == about_of(document.about)


def test_numbers_lead_to_notes(page: Element) -> None:
    wanted = {str(each.get("href")) for each in page.iter("a") if str(each.get("href")).startswith("#")}
    places = {f"#{each.get('id')}" for each in page.iter("li")}
    assert wanted and wanted <= places
    assert [each.get("value") for each in page.iter("li")] == [str(number) for number in range(1, 10)]


def test_heads_are_heads_and_rows_say_what_changed(page: Element) -> None:
    table = next(page.iter("table"))
    assert [each.get("scope") for each in table.findall("thead/tr/th")] == ["col"] * 7
    assert len(table.findall("colgroup/col")) == 7
    told = [each.text for each in table.iter("span") if each.get("class") == "change"]
    assert [told.count(each) for each in ("added", "corrected", "withdrawn")] == [3, 3, 3]
    gone = [row for row in table.iter("tr") if row.get("class") == "withdrawn"]
    assert len(gone) == 3 and all(row.findall("td")[1].find("s") is not None for row in gone)


def test_the_style_knows_light_dark_and_paper(page: Element) -> None:
    style = page.findtext("head/style") or ""
    assert "prefers-color-scheme:dark" in style and "@media print" in style
    assert "size:A4 landscape" in style and "counter(page)" in style and "table-header-group" in style
    assert "size:A4 portrait" in to_html(rich_document(3, is_wide=False)).decode("utf-8")


def test_a_title_cannot_leave_the_style() -> None:
    style = _page(Document('"}</style><b>\\')).findtext("head/style") or ""
    assert 'content:"\\22 }\\3c /style\\3e \\3c b\\3e \\5c "' in style


def test_pictures_are_vectors_with_words(page: Element) -> None:
    pictures = [each for each in page.iter() if str(each.tag).endswith("svg")]
    assert [each.get("aria-label") for each in pictures] == ["30 events by date and level", "8 countries"]
    shapes = {str(each.tag).rpartition("}")[2] for picture in pictures for each in picture.iter()}
    assert {"circle", "rect", "line", "text"} <= shapes
