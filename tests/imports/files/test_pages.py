"""Tables of web pages, saved or pasted."""

from __future__ import annotations

import pytest

from legation.errors import UserError
from legation.imports.files.opening import open_tables, read_pasted

VISITS = (
    "<table><caption>Visits of 2024</caption>"
    "<thead><tr><th colspan=2>Visit<th rowspan=2>Guest<tr><th>from<th>to</thead>"
    "<tr><td>2024-01-02<td>2024-01-03<td rowspan=2>Meredov<br>Minister"
    "<tr><td>2024-02-02<td>2024-02-03<tr><td>2024-03-02<td><td>D&eacute;by</table>"
)


def test_a_table_with_spans() -> None:
    (table,) = read_pasted(VISITS)
    assert table.headings == ("Visit / from", "Visit / to", "Guest")
    assert table.title == "Visits of 2024"
    assert [row.cells for row in table.rows()] == [
        ("2024-01-02", "2024-01-03", "Meredov\nMinister"),
        ("2024-02-02", "2024-02-03", "Meredov\nMinister"),
        ("2024-03-02", None, "Déby"),
    ]


def test_a_page_with_several_tables_and_one_for_its_looks() -> None:
    page = (
        "<!DOCTYPE html><html><head><script>var x = '<table><tr><td>no';</script></head><body><table><tr><td>"
        "<table><tr><th>day<th>guest<tr><td>2024-01-02<td>A</table></td></tr><tr><td>menu</table>"
        "<table><tr><td>name<td>born<tr><td>A<td>1960<tr><td>B<td>1961</table></body></html>"
    )
    first, second = open_tables(page.encode(), name="page.html")
    assert (first.headings, second.headings) == (("day", "guest"), ("name", "born"))
    assert [row.cells for row in second.rows()] == [("A", "1960"), ("B", "1961")]


def test_a_page_that_is_called_a_workbook_in_the_encoding_it_names() -> None:
    page = '<html><meta charset="windows-1251"><table><tr><td>дата<td>гость<tr><td>2024<td>Лавров</table></html>'
    (table,) = open_tables(page.encode("cp1251"), name="export.xls")
    assert table.headings == ("дата", "гость")
    assert "Read as windows-1251: the page says so." in table.how


def test_a_wide_table_that_was_pasted() -> None:
    heads = "".join(f"<th>Column {at}" for at in range(300))
    cells = "".join(f"<td>{at}" for at in range(300))
    (table,) = read_pasted(f"<meta charset='utf-8'><table><tr>{heads}<tr>{cells}</table>")
    assert len(table.headings) == 300
    assert next(iter(table.rows())).cells[-1] == "299"


def test_rows_of_a_spreadsheet_that_were_pasted() -> None:
    (table,) = read_pasted('date\tguest\tnote\r\n2024-01-02\tMeredov\t"two\nlines"\r\n')
    assert [row.cells for row in table.rows()] == [("2024-01-02", "Meredov", "two\nlines")]
    assert "Cells are separated by tabs: 2 of the first 2 rows then have 3 cells." in table.how


@pytest.mark.parametrize(
    "page", ["<html><body>No table</body></html>", "<table></table>", "<table><tr><td>", "<table" * 50 + ">"]
)
def test_a_page_without_a_table_says_so(page: str) -> None:
    with pytest.raises(UserError, match=r"page without a table|only words or empty lines|headings and no row"):
        open_tables(page.encode(), name="page.html")


def test_spans_without_bounds_have_some() -> None:
    (table,) = read_pasted("<table><tr><td colspan=99999999>a<td>b<tr><td colspan=5000>1<td>2</table>")
    assert len(table.headings) <= 1001
