"""Encodings of files: found by marks, by validity and by letters, wherever in the file the first letter stands."""

from __future__ import annotations

import pytest

from legation.errors import UserError
from legation.imports.files.delimited import text_tables
from legation.imports.files.file_source import FileSource
from legation.imports.files.text_encoding import Encoding, find_encoding
from legation.imports.reading_choices import FIND_OUT, ReadingChoices

TEXTS = {
    "French": "Date,Pays,Titre\n2024-01-02,Côte d'Ivoire,Entretien avec le Président\n,Sénégal,Visite d'État à Dakar\n",
    "one accent": "id,name\n1,é\n",
    "French name": "nom,pays\nRené,France\n",
    "German": "Datum;Land;Gast\n1.2.2024;Österreich;Außenminister Müller\n",
    "Polish": "data;kraj;gość\n2024;Łotwa;Minister Sikorski złożył wizytę w Rydze\n2025;Włochy;spotkanie z ministrem\n",
    "Czech": "datum;země;host\n2024;Německo;Ministr zahraničí Lipavský jednal v Berlíně\n2023;Řecko;příjezd\n",
    "Hungarian": "dátum;ország\n2024;Magyarország;miniszterelnök látogatása Bécsben, őszi ülés\n",
    "Turkish": "tarih;ülke\n2024;Türkiye;Dışişleri Bakanı görüştü, Cumhurbaşkanı geldi\n",
    "Russian": "дата;страна;гость\n2024;Россия;Министр иностранных дел прибыл в Ашхабад\n",
    "Russian name": "id,name\n1,Лавров\n",
    "Ukrainian": "дата;країна\n2024;Україна;Міністр закордонних справ\n",
    "Greek": "ημερομηνία;χώρα\n2024;Ελλάδα;Υπουργός Εξωτερικών\n",
    "Hebrew": "תאריך,מדינה\n2024,ישראל,שר החוץ\n",
    "Arabic": "التاريخ,الدولة\n2024,المملكة العربية السعودية,وزير الخارجية\n",
    "Thai": "วันที่,ประเทศ\n2024,ประเทศไทย,รัฐมนตรีว่าการกระทรวงการต่างประเทศ\n",
    "Taiwan": "日期,國家,標題\n2024-01-02,日本,外交部長與日本代表會談\n2024-01-03,帛琉,總統訪問\n",
    "China": "日期,国家,标题\n2024-01-02,日本,外交部长同日本外相举行会谈\n",
    "two characters": "name,id\n王毅,1\n",
    "Japan": "日付,国,件名\n2024-01-02,トルクメニスタン,外務大臣との会談が東京で行われた\n",
    "Japanese names": "name,id\n石川,1\n岸田文雄,2\n",
    "Turkish names": "id,name\n1,Erdoğan\n2,Dışişleri Şahin\n",
    "Icelandic": "id,name\n1,Þórður Jónsson\n2,Ísland\n3,Guðni\n",
    "Greek name": "id,name\n1,Κύπρος\n",
    "capitals": "id,name\n1,CÔTE D'IVOIRE\n2,ÖSTERREICH\n",
    "signs": "id,name\n1,O’Neill\n2,“peace” – talks… 5 °C\n",
    "Korea": "날짜,국가,제목\n2024-01-02,일본,외교부 장관이 일본 외무상과 회담하였다\n",
}
WRITTEN = {
    "French": "cp1252 mac_roman cp850 utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be",
    "one accent": "cp1252 utf-8",
    "French name": "cp1252 mac_roman utf-8 utf-16-le",
    "German": "cp1252 cp850 utf-16-be",
    "Polish": "cp1250 iso8859-2",
    "Czech": "cp1250 iso8859-2",
    "Hungarian": "cp1250",
    "Turkish": "cp1254",
    "Russian": "cp1251 koi8-r cp866 iso8859-5 utf-16-le",
    "Russian name": "cp1251 koi8-r",
    "Ukrainian": "cp1251",
    "Greek": "cp1253",
    "Hebrew": "cp1255",
    "Arabic": "cp1256 utf-8",
    "Thai": "cp874",
    "Taiwan": "big5 utf-8 utf-16 utf-16-le",
    "China": "gb18030 utf-16-be",
    "two characters": "big5 gbk utf-8",
    "Japan": "cp932 euc_jp iso2022_jp utf-8",
    "Japanese names": "cp932 utf-16-le",
    "Turkish names": "cp1254",
    "Icelandic": "cp1252",
    "Greek name": "cp1253",
    "capitals": "cp1252 cp850",
    "signs": "cp1252",
    "Korea": "cp949 utf-8",
}


def _found(content: bytes, chosen: str | None = None) -> Encoding:
    return find_encoding(FileSource(content, "a.csv"), chosen)


@pytest.mark.parametrize(("name", "codec"), [(name, codec) for name, all in WRITTEN.items() for codec in all.split()])
def test_a_short_file_is_read_as_it_was_written(name: str, codec: str) -> None:
    content = TEXTS[name].encode(codec)
    found = _found(content)
    assert content.decode(found.codec) == TEXTS[name], found.how
    assert found.lines == TEXTS[name].count("\n")
    assert found.how and any(found.sample)


@pytest.mark.parametrize("codec", ["utf-8", "cp1252", "cp1251", "big5"])
def test_the_first_letter_may_stand_after_a_megabyte(codec: str) -> None:
    name = {"cp1251": "Russian", "big5": "Taiwan"}.get(codec, "French")
    plain = "2024-01-02,Chad,Visit\n" * 60_000
    content = (plain + TEXTS[name]).encode(codec)
    found = _found(content)
    assert content.decode(found.codec).endswith(TEXTS[name])
    assert "60001" in found.how[0] if name != "French" else "6000" in found.how[0]
    assert any(not line.isascii() for line in found.sample)  # the sample shows what matters


def test_a_letter_may_stand_across_two_portions() -> None:
    content = b"x" * ((1 << 20) - 1) + "é\ny,é".encode()
    found = _found(content)
    assert (found.codec, found.lines) == ("utf-8", 2)
    assert len(found.how) == 1  # nothing is called bad


def test_bad_bytes_are_told_by_row_and_readable_cells_stay() -> None:
    content = "name,place\nRené,Genève\n".encode() + "René,Zürich\n".encode("cp1252") + "Zoë,Bern\n".encode()
    (table,) = text_tables(FileSource(content, "a.csv"), FIND_OUT)
    rows = list(table.rows())
    assert [row.cells for row in rows] == [("René", "Genève"), ("Ren�", "Z�rich"), ("Zoë", "Bern")]
    assert [len(row.notes) for row in rows] == [0, 2, 0]
    assert "“name”" in rows[1].notes[0] and "E9" in rows[1].notes[0] and "“é”" in rows[1].notes[0]
    assert any("2 bytes are no UTF-8" in each for each in table.how)


def test_what_the_person_chose_is_used_and_told() -> None:
    content = TEXTS["Russian"].encode("cp1251")
    assert _found(content, "koi8-r").codec == "koi8-r"
    assert "koi8-r" in _found(content, "koi8-r").how[0]
    assert _found("\ufeffa,b\n".encode(), "utf-8").codec == "utf-8-sig"  # the mark is no letter of the first heading


@pytest.mark.parametrize("name", ["klingon", "zip", "hex", ""])
def test_an_encoding_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(UserError, match="No encoding is called"):
        _found(b"a,b\n1,2\n", name)


@pytest.mark.parametrize(
    ("ends", "lines", "told"),
    [
        (("\r", "\r"), 2, "CR, as on an old"),
        (("\n", "\n"), 2, ""),
        (("\r\n", "\r\n"), 2, ""),
        (("\r\n", "\n"), 2, "different"),
    ],
)
def test_line_ends_are_counted_and_told_when_they_are_unusual(ends: tuple[str, str], lines: int, told: str) -> None:
    found = _found(f"a,b{ends[0]}1,2{ends[1]}".encode())
    assert found.lines == lines
    assert [told in each for each in found.how[1:]] == ([True] if told else [])


def test_a_line_end_across_two_portions_is_one() -> None:
    content = b"x" * ((1 << 20) - 1) + b"\r\n" + b"y\r\n"
    assert _found(content).lines == 2
    assert len(_found(content).how) == 1


def test_the_choice_is_given_back() -> None:
    content = TEXTS["Taiwan"].encode("big5")
    (table,) = text_tables(FileSource(content, "a.csv"), FIND_OUT)
    again = text_tables(FileSource(content, "a.csv"), ReadingChoices(encoding=table.used.encoding))
    assert [row.cells for row in again[0].rows()] == [row.cells for row in table.rows()]
    assert table.headings == ("日期", "國家", "標題")
