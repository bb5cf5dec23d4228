"""Names: which spellings fall on one key and which do not, honorifics, family and given name, order."""

from __future__ import annotations

import pytest

from legation.fields.names import (
    NameParts,
    Style,
    display,
    groups_by_key,
    match_key,
    organisation_key,
    sort_name,
    spellings_of,
    split_name,
    strip_honorifics,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ahmet Gurbanov", "Akhmet Gurbanov"),
        ("Ahmet Gurbanov", "Ahmet Gurbanow"),
        ("Ahmet Gurbanov", "GURBANOV Ahmet"),
        ("Ahmet Gurbanov", "H.E. Mr. Ahmet Gurbanov"),
        ("Ahmet Gurbanov", "Гурбанов Ахмет"),
        ("Ishikawa Masaki", "Masaki Ishikawa"),
        ("Ishikawa Masaki", "ISHIKAWA Masaki"),
        ("Ōta Hiroshi", "Ohta Hiroshi"),
        ("Satō Eisaku", "Satoh Eisaku"),
        ("Muhammetdurdyýew", "Muhammetdurdyyev"),
        ("Serdar MUHAMMETDURDYYEV", "Serdar Muhammetdurdyýew"),
        ("Gurbanguly Berdimuhamedov", "Gurbanguly Berdymukhamedov"),
        ("Volodymyr Zelenskyy", "Volodymyr Zelensky"),
        ("Volodymyr Zelenskyj", "Volodymyr Zelenskiy"),
        ("Zhomart Tokayev", "Jomart Tokayev"),
        ("Dzhorobaev", "Jorobaev"),
        ("Shcherbakov", "Scherbakov"),
        ("Baghdad Amreyev", "Bagdad Amreyev"),
        ("Alexei Volkov", "Aleksei Volkov"),
        ("Tsoi Andrei", "Andrey Coi"),
        ("Muammar Qaddafi", "Muammar Kadafi"),
        ("O'Brien Robert", "Robert O’Brien"),
        ("藤井比早之", "藤井 比早之"),
        ("Rt Hon James Cleverly", "James Cleverly"),
        ("Gurbanov, Mr Ahmet", "Ahmet Gurbanov"),
    ],
)
def test_spellings_of_one_name_fall_on_one_key(one: str, other: str) -> None:
    assert match_key(one) == match_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ikegami Masaki", "Ishikawa Masaki"),
        ("Serdar Berdimuhamedov", "Gurbanguly Berdimuhamedov"),
        ("Ahmet Gurbanov", "Akmet Gurbanov"),
        ("Ahmet Gurbanov", "A. Gurbanov"),
        ("Fujii Hisayuki", "Tsubai Hiroyuki"),
        ("田中一", "中田一"),
        ("He Lifeng", "Lifeng"),
        ("HE Lifeng", "Lifeng"),
        ("Gen Nakatani", "Nakatani"),
    ],
)
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert match_key(one) != match_key(other)


def test_the_key_of_the_dispatch_is_readable() -> None:
    assert match_key("H.E. Mr. Akhmet GURBANOW") == "amet gurbanov"


def test_spellings_are_found_among_those_known() -> None:
    known = ["Ahmet Gurbanov", "Akhmet Gurbanov", "Gurbanow Ahmet", "Akmet Gurbanov", "Serdar Berdimuhamedov"]
    assert spellings_of("Ahmet Gurbanov", known) == ["Akhmet Gurbanov", "Gurbanow Ahmet"]
    assert spellings_of("...", ["?", "!"]) == []
    assert groups_by_key(known)["amet gurbanov"] == known[:3]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Itochu Corporation", "ITOCHU"),
        ("Itochu Corporation", "Itochu Corp."),
        ("Sumitomo Co., Ltd.", "Sumitomo"),
        ("Eni S.p.A.", "Eni"),
        ("JSC Turkmengaz", "Turkmengaz"),
        ("Foreign Ministry of Turkmenistan", "Ministry of Foreign Affairs of Turkmenistan"),
        ("the Foreign Ministry of the Republic of Uzbekistan", "Ministry of Foreign Affairs of Uzbekistan"),
        ("MFA of Japan", "Ministry of Foreign Affairs of Japan"),
        ("Japan's Foreign Ministry", "Ministry of Foreign Affairs of Japan"),
        (
            "Protocol Department, Foreign Ministry of Japan",
            "Protocol Department, MFA of Japan",
        ),
        ("The United Nations", "United Nations"),
        ("Republic of Korea", "Korea"),
    ],
)
def test_names_of_one_body_fall_on_one_key(one: str, other: str) -> None:
    assert organisation_key(one) == organisation_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Turkmen-Japanese Economic Cooperation Committee", "Japanese-Turkmen Economic Cooperation Committee"),
        ("Ministry of Foreign Affairs of Turkmenistan", "Ministry of Foreign Affairs of Japan"),
        ("State Oil Company of Azerbaijan", "State Oil of Azerbaijan"),
        ("Group of Seven", "Seven"),
        ("Democratic Republic of the Congo", "Republic of the Congo"),
        ("Visegrad Group", "Visegrad"),
    ],
)
def test_other_bodies_have_other_keys(one: str, other: str) -> None:
    assert organisation_key(one) != organisation_key(other)


@pytest.mark.parametrize(
    ("printed", "bare"),
    [
        ("H.E. Mr. Ahmet Gurbanov", "Ahmet Gurbanov"),
        ("HE Ahmet Gurbanov", "Ahmet Gurbanov"),
        ("His Excellency Dr. Ahmet Gurbanov", "Ahmet Gurbanov"),
        ("The Rt. Hon. James Cleverly", "James Cleverly"),
        ("Prof. Dr Ahmet  Gurbanov", "Ahmet Gurbanov"),
        ("Gen. Nakatani", "Nakatani"),
        ("Gen Nakatani", "Gen Nakatani"),
        ("HE Lifeng", "HE Lifeng"),
        ("He Jiping", "He Jiping"),
        ("Hermann Miller", "Hermann Miller"),
        ("Drago Mislav", "Drago Mislav"),
        ("Gurbanov, Mr.", "Gurbanov"),
        ("Mr.", "Mr."),
        ("", ""),
    ],
)
def test_honorifics_are_no_names(printed: str, bare: str) -> None:
    assert strip_honorifics(printed) == bare


@pytest.mark.parametrize(
    ("printed", "country", "family", "given", "patronymic", "shown"),
    [
        ("Ahmet Gurbanov", "TKM", "Gurbanov", "Ahmet", None, "Ahmet Gurbanov"),
        ("Ishikawa Masaki", "JPN", "Ishikawa", "Masaki", None, "Ishikawa Masaki"),
        ("Hisayuki FUJII", "JPN", "Fujii", "Hisayuki", None, "Fujii Hisayuki"),
        ("FUJII Hisayuki", "JPN", "Fujii", "Hisayuki", None, "Fujii Hisayuki"),
        ("Serdar MUHAMMETDURDYYEV", "TKM", "Muhammetdurdyyev", "Serdar", None, "Serdar Muhammetdurdyyev"),
        ("MUHAMMETDURDYYEV Serdar", None, "Muhammetdurdyyev", "Serdar", None, "Muhammetdurdyyev Serdar"),
        ("Ursula VON DER LEYEN", "DEU", "von der Leyen", "Ursula", None, "Ursula von der Leyen"),
        ("Robert O'BRIEN", "USA", "O'Brien", "Robert", None, "Robert O'Brien"),
        ("Gurbanov, Ahmet", "TKM", "Gurbanov", "Ahmet", None, "Ahmet Gurbanov"),
        ("XI Jinping", "CHN", "Xi", "Jinping", None, "Xi Jinping"),
        ("Wang Yi", "CHN", "Wang", "Yi", None, "Wang Yi"),
        ("Ban Ki-moon", "KOR", "Ban", "Ki-moon", None, "Ban Ki-moon"),
        ("Ki-moon Ban", "KOR", "Ban", "Ki-moon", None, "Ban Ki-moon"),
        ("Kim Jong Un", "PRK", "Kim", "Jong Un", None, "Kim Jong Un"),
        ("Nguyen Xuan Phuc", "VNM", "Nguyen", "Xuan Phuc", None, "Nguyen Xuan Phuc"),
        ("Orbán Viktor", "HUN", "Orbán", "Viktor", None, "Orbán Viktor"),
        ("Ursula von der Leyen", "DEU", "von der Leyen", "Ursula", None, "Ursula von der Leyen"),
        ("Sergey Viktorovich Lavrov", "RUS", "Lavrov", "Sergey", "Viktorovich", "Sergey Viktorovich Lavrov"),
        ("Lavrov Sergey Viktorovich", "RUS", "Lavrov", "Sergey", "Viktorovich", "Lavrov Sergey Viktorovich"),
        ("Roman Arkadyevich Abramovich", "RUS", "Abramovich", "Roman", "Arkadyevich", "Roman Arkadyevich Abramovich"),
        ("Askar Abishuly Mamin", "KAZ", "Mamin", "Askar", "Abishuly", "Askar Abishuly Mamin"),
        ("A. Gurbanov", None, "Gurbanov", "A.", None, "A. Gurbanov"),
        ("Gurbanov A.", "TKM", "Gurbanov", "A.", None, "Gurbanov A."),
        ("George W. Bush", "USA", "Bush", "George W.", None, "George W. Bush"),
        ("LE Minh", "VNM", "Le", "Minh", None, "Le Minh"),
        (
            "Berdimuhamedow Gurbanguly Mälikgulyýewiç", "TKM",
            "Berdimuhamedow", "Gurbanguly", "Mälikgulyýewiç", "Berdimuhamedow Gurbanguly Mälikgulyýewiç",
        ),
        ("Ilham Heydar oglu Aliyev", "AZE", "Aliyev", "Ilham", "Heydar oglu", "Ilham Heydar oglu Aliyev"),
        ("Pelé", "BRA", None, None, None, "Pelé"),
        ("King Charles III", "GBR", None, None, None, "King Charles III"),
        ("Mohammed bin Salman Al Saud", "SAU", None, None, None, "Mohammed bin Salman Al Saud"),
        ("H.E. Mr. Ahmet Gurbanov", "TKM", "Gurbanov", "Ahmet", None, "Ahmet Gurbanov"),
    ],
)  # fmt: skip
def test_a_printed_name_is_taken_apart(
    printed: str, country: str | None, family: str | None, given: str | None, patronymic: str | None, shown: str
) -> None:
    assert split_name(printed, country) == NameParts(family, given, patronymic, False, shown)


@pytest.mark.parametrize(
    ("printed", "country"),
    [
        ("Ahmet Gurbanov", None),
        ("Jorge Mario Bergoglio", "ARG"),
        ("Hans Dietrich Genscher", "DEU"),
        ("Maria Elena Boschi Conti", "ITA"),
        ("Kono Taro Ichiro", "JPN"),
    ],
)
def test_a_person_is_asked_only_where_nothing_tells(printed: str, country: str | None) -> None:
    parts = split_name(printed, country)
    assert parts.undecided
    assert parts.display == printed


@pytest.mark.parametrize(
    ("printed", "country", "style", "shown"),
    [
        ("Fujii Hisayuki", "JPN", "official", "Fujii Hisayuki"),
        ("Fujii Hisayuki", "JPN", "given_first", "Hisayuki Fujii"),
        ("Fujii Hisayuki", "JPN", "family_comma", "FUJII, Hisayuki"),
        ("Ahmet Gurbanov", "TKM", "family_comma", "GURBANOV, Ahmet"),
        ("Sergey Viktorovich Lavrov", "RUS", "family_comma", "LAVROV, Sergey Viktorovich"),
        ("Pelé", "BRA", "family_comma", "Pelé"),
    ],
)
def test_order_is_a_choice_of_presentation(printed: str, country: str, style: Style, shown: str) -> None:
    assert display(split_name(printed, country), style) == shown


def test_people_sort_by_family_name() -> None:
    assert sort_name("Ahmet Gurbanov", "Gurbanov", "Ahmet") == "gurbanov ahmet"
    assert sort_name("Pelé") == "pele"
    assert sort_name("—") == "—"
