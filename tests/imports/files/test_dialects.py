"""How the separator and the quoting of a text are found."""

from __future__ import annotations

import io

import pytest

from legation.imports.files.dialects import FoundDialect, find_dialect
from legation.imports.files.records import Dialect
from legation.imports.reading_choices import FIND_OUT, ReadingChoices


def _found(text: str, choices: ReadingChoices = FIND_OUT) -> FoundDialect:
    return find_dialect(list(io.StringIO(text, newline="")), choices)


@pytest.mark.parametrize(
    ("text", "dialect", "width"),
    [
        ("a,b,c\n1,2,3\n", Dialect(","), 3),
        ("Name;Value;Date\nA;1,5;2\nB;2,5;3\n", Dialect(";"), 3),
        ("a\tb\n1,5\t2\n2,5\t3\n", Dialect("\t"), 2),
        ("a|b|c\n1|x, y|2\n2|z, w|3\n", Dialect("|"), 3),
        ("Title, of the table, and more\n\na;b;c\n1;2;3\n2;3;4\n", Dialect(";"), 3),
        ('id,text\n1,"a; b; c"\n2,"d; e; f"\n', Dialect(","), 2),
        ("sep=;\na;b\n1;2\n", Dialect(";"), 2),
        ("'a','b, c'\n'1','2, x'\n", Dialect(",", "'"), 2),
        ('id,text\n1,"He said \\"no, never\\" twice"\n2,"plain, text"\n', Dialect(",", backslash=True), 2),
        ('id,text\n1,"He said ""no"", x"\n2,C:\\temp\\\n', Dialect(","), 2),
        ('a, b, c\n1, "x, y", 2\n3, "z, w", 4\n', Dialect(",", skip_blank=True), 3),
        ("Name\nMeredov\nGurbanov\n", Dialect(","), 1),
        ("only;headings;here\n", Dialect(";"), 3),
    ],
)
def test_what_most_rows_agree_on(text: str, dialect: Dialect, width: int) -> None:
    found = _found(text)
    assert (found.dialect, found.width) == (dialect, width)
    assert found.how(FIND_OUT)


def test_the_evidence_is_told() -> None:
    assert _found("a;b\n1;2\n3;4\nx\n").how(FIND_OUT)[0] == (
        "Cells are separated by “;”: 3 of the first 4 rows then have 2 cells."
    )


def test_the_person_s_choice_comes_first() -> None:
    chosen = ReadingChoices(delimiter=",", quote="")
    found = _found('a;b,"c\n1;2,3"\n', chosen)
    assert found.dialect == Dialect(",", "")
    assert found.how(chosen) == ("Cells are separated by “,”, as you chose.", "Quotation marks are text as any other.")
