"""Where things are on pages: words in any script and across lines, links, and the notes they lead to."""

from __future__ import annotations

from documents.rich_document import ARABIC, JAPANESE, RUSSIAN, rich_document
from legation.documents.document import Cell, Column, Document, Group, Paragraph, Row, Table, plain
from legation.documents.paper.pages import MARGIN, Pages
from legation.documents.paper.places import (
    are_anywhere,
    first_mention,
    has_words,
    link_at,
    links_on,
    place_of,
    words_on,
)


def test_words_are_found_in_every_script_where_they_stand() -> None:
    document = Document("Scripts")
    document.add(*(Paragraph(plain(f"😀 before {words} after")) for words in (JAPANESE, RUSSIAN, ARABIC)))
    pages = Pages(document)
    for words in (JAPANESE, RUSSIAN.upper(), ARABIC):
        (place,) = words_on(pages, 0, words)
        (before,) = (each for each in words_on(pages, 0, "before") if abs(each.rect.y() - place.rect.y()) < 1)
        assert place.rect.left() >= before.rect.right() and 10 < place.rect.width() < 200
    assert has_words(pages, 0, "AFTER") and not has_words(pages, 0, "nowhere") and words_on(pages, 0, "nowhere") == []
    assert are_anywhere(pages, RUSSIAN.upper()) and are_anywhere(pages, "AFTER") and not are_anywhere(pages, "nowhere")


def test_words_are_found_across_marks_that_nobody_sees() -> None:
    document = Document("Note")
    document.add(Paragraph(plain(f"{ARABIC}, “{ARABIC} Meeting,” 2025")))
    pages = Pages(document)
    for words in (f", “{ARABIC}", "Meeting,” 2025"):
        assert has_words(pages, 0, words) and are_anywhere(pages, words) and len(words_on(pages, 0, words)) == 1


def test_signs_of_patterns_are_only_themselves() -> None:
    document = Document("Signs")
    document.add(Paragraph(plain("E.power (a+b) [x]")))
    pages = Pages(document)
    assert [len(words_on(pages, 0, each)) for each in ("(a+b)", "[x]", "E.power", "E:power", ".*")] == [1, 1, 1, 0, 0]


def test_words_across_lines_have_a_place_on_each() -> None:
    document = Document("Long")
    document.add(Paragraph(plain("so " * 300)))
    places = words_on(Pages(document), 0, ("so " * 100).strip())
    assert len(places) > 3 and all(each.rect.left() >= MARGIN for each in places)
    assert sorted(each.rect.y() for each in places) == [each.rect.y() for each in places]


def test_numbers_notes_and_rows_are_linked_with_each_other() -> None:
    pages = Pages(rich_document(24))
    links = [each for page in range(pages.count) for each in links_on(pages, page)]
    rows = [each for each in links if each.link.startswith("record:")]
    notes = [each for each in links if each.link.startswith("#note-")]
    assert len(rows) == 24 and len(notes) > 24
    inside = next(each for each in notes if each.page == rows[0].page)
    assert link_at(links_on(pages, inside.page), inside.rect.center()) == inside
    place = place_of(pages, inside.link.removeprefix("#"))
    assert place is not None and place.page == pages.count - 1
    number = pages.note_at(place.page, place.rect.center())
    assert inside.link == f"#note-{number}" and number is not None
    mention = first_mention(pages, number)
    assert mention is not None and mention.link == inside.link
    assert place_of(pages, "note-999") is None and first_mention(pages, 999) is None


def test_the_key_of_a_row_tells_its_record() -> None:
    keys = {
        "event:12": ("event", 12), "event:12/citation:3": ("event", 12), "visit:7:31": ("event", 7),
        "outcome:5": ("outcome", 5), "JPN-TKM": ("dyad", "JPN-TKM"), "JPN": None, "total": None,
        "holiday:JPN:2025": None, "3|9": None, "person:4|person:5": ("person", 4), "party:JPN:|person:5": ("person", 5),
        "person:6|party:JPN:7": ("person", 6), "party:JPN:|party:TKM:": ("dyad", "JPN-TKM"),
        "party:JPN:7|party:TKM:": None, "person:4:nil": None,
    }  # fmt: skip
    assert {key: Row(key, ()).record for key in keys} == keys


def test_a_part_of_a_strip_has_the_links_that_are_on_its_page() -> None:
    document = Document("Tall")
    columns = (Column("one", "One"), Column("sources", "Sources"))
    cells = (Cell("\n".join(f"line {number}" for number in range(150))), Cell(notes=(1,)))
    document.add(Table("t", "", columns, (Group("", (Row("event:1", cells),)),)))
    pages = Pages(document)
    assert pages.count > 1
    assert [len(words_on(pages, page, "line 149")) for page in range(pages.count)] == [0] * (pages.count - 1) + [1]
    assert [each.link for each in links_on(pages, pages.count - 1)] == ["record:event:1"]
