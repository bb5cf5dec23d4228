"""The reference data and the sample are whole: codes, names, links and counts, read as plain files."""

from __future__ import annotations

import csv
import datetime
import json
import os
import re
import unicodedata
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from legation.fields.fuzzy_dates import parse_edtf
from legation.records.vocabulary import (
    AGENDA_ACTS,
    ALIAS_KINDS,
    ATTENDANCES,
    DELEGATION_ROLES,
    EVENT_KINDS,
    EVENT_STATUSES,
    MEMBERSHIP_STATUSES,
    ORGANISATION_KINDS,
    POST_RANKS,
    SOURCE_KINDS,
)

RESOURCES = Path(__file__).parents[2] / "resources"
REFERENCE = RESOURCES / "reference"
SAMPLE = RESOURCES / "sample" / "tokyo-january-2025.json"
REGIONS = {
    "015": "Northern Africa", "202": "Sub-Saharan Africa", "419": "Latin America and the Caribbean",
    "021": "Northern America", "143": "Central Asia", "030": "Eastern Asia", "035": "South-eastern Asia",
    "034": "Southern Asia", "145": "Western Asia", "151": "Eastern Europe", "154": "Northern Europe",
    "039": "Southern Europe", "155": "Western Europe", "053": "Australia and New Zealand", "054": "Melanesia",
    "057": "Micronesia", "061": "Polynesia", "010": "Antarctica",
}  # fmt: skip
USER_ASSIGNED = re.compile(r"AA[A-Z]|Q[M-Z][A-Z]|X[A-Z]{2}|ZZ[A-Z]")
ISO_3166_3 = {"SUN", "YUG", "SCG", "CSK", "DDR", "VDR", "YMD", "ANT", "SKM", "PCI", "PCZ"}
FILES = sorted(path.name for path in REFERENCE.glob("*.csv"))
MEMBERS = {
    "united-nations": 193, "european-union": 27, "nato": 32, "cis": 9, "sco": 10, "eaeu": 5, "csto": 6, "ots": 5,
    "eco": 10, "asean": 11, "g7": 7, "g20": 19, "council-of-europe": 46, "osce": 57, "c5-plus-1": 6,
    "central-asia-japan": 6, "african-union": 55, "arab-league": 22, "gcc": 6, "oic": 57, "commonwealth": 56,
    "apec": 21, "oecd": 38, "mercosur": 5, "caucasus": 3, "central-asia": 5,
}  # fmt: skip


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a reference file."""
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


COUNTRIES = rows("countries.csv")
BY_CODE = {row["code"]: row for row in COUNTRIES}
ALIASES = rows("country_aliases.csv")
ORGANISATIONS = rows("organisations.csv")


def repeated(values: list[Any]) -> list[Any]:
    """The values that occur more than once."""
    return [value for value, times in Counter(values).items() if times > 1]


@pytest.mark.parametrize("name", FILES)
def test_files_are_clean_text(name: str) -> None:
    data = (REFERENCE / name).read_bytes()
    text = data.decode("utf-8")
    assert not data.startswith(b"\xef\xbb\xbf") and b"\r" not in data and data.endswith(b"\n")
    assert unicodedata.is_normalized("NFC", text)
    assert not [character for character in text if unicodedata.category(character) == "Cc" and character != "\n"]
    for row in rows(name):
        assert None not in row and None not in row.values(), row
        assert all(value == " ".join(value.split()) for value in row.values()), row


def test_there_is_one_release_with_a_day() -> None:
    release = json.loads((REFERENCE / "release.json").read_text(encoding="utf-8"))
    assert isinstance(release["release"], int) and release["release"] >= 1
    assert datetime.date.fromisoformat(release["date"])


def test_the_current_countries_are_iso_and_kosovo() -> None:
    current = {row["code"] for row in COUNTRIES if not row["valid_to"]}
    assert len(current) == 250 and "XKX" in current
    assert not [code for code in current - {"XKX"} if USER_ASSIGNED.fullmatch(code) or code in ISO_3166_3]
    assert {"TKM", "JPN", "KAZ", "NAM", "TWN", "ATA", "ESH"} <= current


@pytest.mark.parametrize(("column", "shape"), [("code", "[A-Z]{3}"), ("iso2", "[A-Z]{2}"), ("m49", r"\d{3}")])
def test_codes_are_unique_and_well_formed(column: str, shape: str) -> None:
    given = [row[column] for row in COUNTRIES if row[column]]
    assert [code for code in given if not re.fullmatch(shape, code)] == []
    assert repeated(given) == []


def test_every_iso_country_has_both_other_codes_and_a_name() -> None:
    for row in COUNTRIES:
        if not row["valid_to"] and row["code"] != "XKX":
            assert row["iso2"] and row["m49"], row
    assert repeated([row["name"] for row in COUNTRIES]) == []
    assert all(row["name"] for row in COUNTRIES)
    assert BY_CODE["NAM"]["iso2"] == "NA"


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("TKM", ("TM", "795", "Turkmenistan", "Turkmen", "143 Central Asia", "Ashgabat", "09-27")),
        ("JPN", ("JP", "392", "Japan", "Japanese", "030 Eastern Asia", "Tokyo", "02-23")),
        ("AZE", ("AZ", "031", "Azerbaijan", "Azerbaijani", "145 Western Asia", "Baku", "05-28")),
        ("KAZ", ("KZ", "398", "Kazakhstan", "Kazakh", "143 Central Asia", "Astana", "10-25")),
    ],
)
def test_known_countries(code: str, values: tuple[str, ...]) -> None:
    columns = ("iso2", "m49", "name", "demonym", "region", "capital", "national_day")
    assert tuple(BY_CODE[code][column] for column in columns) == values


def test_regions_are_those_of_m49() -> None:
    for row in COUNTRIES:
        code, _blank, name = row["region"].partition(" ")
        assert REGIONS.get(code) == name, row


def test_states_that_ended_have_years_a_code_to_itself_and_a_successor_that_exists() -> None:
    ended = [row for row in COUNTRIES if row["valid_to"]]
    assert {"SUN", "YUG", "CSK", "DDR", "SCG", "VDR", "YMD", "XHI"} <= {row["code"] for row in ended}
    for row in ended:
        assert row["code"] in ISO_3166_3 or USER_ASSIGNED.fullmatch(row["code"]), row
        assert re.fullmatch(r"\d{4}", row["valid_from"]) and re.fullmatch(r"\d{4}", row["valid_to"]), row
        assert row["valid_from"] <= row["valid_to"], row
    for row in COUNTRIES:
        assert not row["successor"] or (row["successor"] in BY_CODE and row["successor"] != row["code"]), row
    assert BY_CODE["SUN"]["successor"] == "RUS"
    for row in ended:
        seen: list[str] = []
        while row["successor"]:
            seen.append(row["code"])
            row = BY_CODE[row["successor"]]
            assert row["code"] not in seen
        assert not seen or not row["valid_to"], f"{seen} lead to no present state"


def test_national_days_are_days() -> None:
    given = [row["national_day"] for row in COUNTRIES if row["national_day"]]
    for day in given:
        assert re.fullmatch(r"\d\d-\d\d", day) and datetime.date.fromisoformat(f"2024-{day}")
    assert len(given) > 180


def test_country_aliases_are_unique_and_clash_with_no_name() -> None:
    names = {row["name"]: row["code"] for row in COUNTRIES}
    assert repeated([(row["country"], row["name"]) for row in ALIASES]) == []
    for row in ALIASES:
        assert row["country"] in BY_CODE and row["kind"] in ALIAS_KINDS and row["name"], row
        assert re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", row["lang"]), row
        assert row["name"] not in names, row


def test_a_name_of_two_states_is_told_apart_by_years() -> None:
    owners = defaultdict(set)
    for row in ALIASES:
        owners[row["name"]].add(row["country"])
    for name, codes in owners.items():
        ended = [BY_CODE[code] for code in codes if BY_CODE[code]["valid_to"]]
        spans = sorted((row["valid_from"], row["valid_to"]) for row in ended)
        assert len(codes) - len(spans) <= 1, f"{name}: two present states"
        assert all(first[1] <= second[0] for first, second in pairwise(spans)), name
    assert owners["Vietnam"] == {"VNM", "XVS"}


def countries_called(name: str, year: int) -> set[str]:
    """The countries that a printed name can mean in a year: a state that ended has a shared name in its own years."""
    found = {row["code"] for row in COUNTRIES if name in (row["name"], row["official_name"])}
    found |= {row["country"] for row in ALIASES if row["name"] == name}
    ended = {code for code in found if BY_CODE[code]["valid_to"]}
    then = {code for code in ended if int(BY_CODE[code]["valid_from"]) <= year <= int(BY_CODE[code]["valid_to"])}
    return then or found - ended or ended


@pytest.mark.parametrize(
    ("name", "year", "code"),
    [
        ("Burma", 1960, "MMR"), ("Siam", 1931, "THA"), ("Turkey", 2019, "TUR"), ("Swaziland", 2014, "SWZ"),
        ("Korea, South", 2017, "KOR"), ("Korea", 1900, "XKE"), ("U.S.S.R.", 1959, "SUN"), ("Russia", 1995, "RUS"),
        ("Vietnam", 1957, "XVS"), ("Vietnam", 2013, "VNM"), ("China, Republic of", 1945, "XRC"),
        ("China, Republic of", 1967, "TWN"), ("Germany, Federal Republic of", 1953, "DEU"), ("Hawaii", 1874, "XHI"),
        ("Czech Republic", 2016, "CZE"), ("Czechoslovakia", 1990, "CSK"), ("Ivory Coast", 1962, "CIV"),
        ("日本", 2025, "JPN"), ("Türkmenistan", 2025, "TKM"), ("Россия", 2025, "RUS"), ("Казахстан", 2025, "KAZ"),
        ("USA", 2025, "USA"), ("UK", 2025, "GBR"), ("Vatican City", 2015, "VAT"), ("Zaire", 1980, "COD"),
    ],
)  # fmt: skip
def test_old_and_other_names_are_found(name: str, year: int, code: str) -> None:
    assert countries_called(name, year) == {code}


def test_every_country_of_the_visits_is_found() -> None:
    folder = os.environ.get("LEGATION_REAL_DATA")
    if not folder:
        pytest.skip("LEGATION_REAL_DATA does not name the folder of real data")
    path = Path(folder) / "visits" / "us-visits-of-foreign-leaders.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        printed = {(row["country"], int(row["start_date"][:4])) for row in csv.DictReader(file)}
    assert len(printed) > 1000
    assert {each for each in printed if len(countries_called(*each)) != 1} == set()


def test_topics_are_five_baskets_and_forty_leaves() -> None:
    topics = rows("topics.csv")
    assert [row["code"] for row in topics[:5]] == list("PSECN")
    assert all(not row["parent"] for row in topics[:5]) and len(topics) == 45
    assert repeated([row["name"] for row in topics]) == [] == repeated([row["code"] for row in topics])
    for row in topics[5:]:
        assert row["parent"] == row["code"][0] and re.fullmatch(r"[PSECN]\.[a-z-]+", row["code"]), row
    assert Counter(row["parent"] for row in topics[5:]) == {"P": 10, "S": 7, "E": 13, "C": 7, "N": 3}


def test_event_kinds_are_those_of_the_program() -> None:
    assert {row["code"]: row["class"] for row in rows("event_kinds.csv")} == {
        code: event_class for code, (event_class, _words) in EVENT_KINDS.items()
    }


def test_organisations_fit_their_table() -> None:
    seen: set[str] = set()
    for row in ORGANISATIONS:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["key"]), row
        assert row["kind"] in ORGANISATION_KINDS and row["name"], row
        assert not row["country"] or row["kind"] not in ("igo", "dialogue_format"), row
        assert not row["parent"] or row["parent"] in seen, f"{row['key']}: its parent must stand before it"
        assert not row["wikidata"] or re.fullmatch(r"Q[1-9]\d*", row["wikidata"]), row
        assert not row["url"] or re.fullmatch(r"https://\S+", row["url"]), row
        seen.add(row["key"])
    assert repeated([row["key"] for row in ORGANISATIONS]) == []
    assert repeated([row["name"] for row in ORGANISATIONS]) == []
    assert repeated([row["wikidata"] for row in ORGANISATIONS if row["wikidata"]]) == []
    assert {"united-nations", "central-asia-japan", "caucasus"} <= seen


def test_organisation_aliases_are_unique_and_clash_with_no_name() -> None:
    keys = {row["key"] for row in ORGANISATIONS}
    names = {row["name"] for row in ORGANISATIONS}
    aliases = rows("organisation_aliases.csv")
    assert repeated([row["name"] for row in aliases]) == []
    for row in aliases:
        assert row["organisation"] in keys and row["kind"] in ALIAS_KINDS and row["name"] not in names, row


def test_memberships_refer_to_known_rows() -> None:
    keys = {row["key"] for row in ORGANISATIONS}
    memberships = rows("memberships.csv")
    assert repeated([(row["organisation"], row["country"]) for row in memberships]) == []
    for row in memberships:
        assert row["organisation"] in keys and row["status"] in MEMBERSHIP_STATUSES, row
        assert row["country"] in BY_CODE and not BY_CODE[row["country"]]["valid_to"], row
        if row["period"]:
            assert row["period"].endswith("/..") and parse_edtf(row["period"]).edtf == row["period"], row


@pytest.mark.parametrize(("key", "number"), MEMBERS.items())
def test_the_main_bodies_have_all_their_members(key: str, number: int) -> None:
    members = [row for row in rows("memberships.csv") if row["organisation"] == key and row["status"] == "member"]
    assert len(members) == number


def test_the_united_nations_name_every_admission_and_two_observers() -> None:
    here = [row for row in rows("memberships.csv") if row["organisation"] == "united-nations"]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d/\.\.", row["period"]) for row in here if row["status"] == "member")
    assert {row["country"] for row in here if row["status"] == "observer"} == {"VAT", "PSE"}
    assert {row["country"]: row["period"] for row in here}["TKM"] == "1992-03-02/.."


def sample() -> dict[str, list[dict[str, Any]]]:
    """The tables of the sample."""
    tables: dict[str, list[dict[str, Any]]] = json.loads(SAMPLE.read_text(encoding="utf-8"))["tables"]
    return tables


def test_the_sample_has_every_row() -> None:
    assert {table: len(found) for table, found in sample().items()} == {
        "organisation": 10, "person": 4, "post": 7, "appointment": 7, "event": 8, "delegation": 16, "delegate": 5,
        "capacity": 8, "outcome": 1, "agenda_item": 23, "source": 3, "citation": 17, "alias": 5,
    }  # fmt: skip


def test_the_sample_points_at_rows_that_stand_before() -> None:
    codes = {"country": set(BY_CODE), "topic": {row["code"] for row in rows("topics.csv")}}
    reference = {row["key"] for row in ORGANISATIONS}
    used: set[str] = set()
    seen: dict[str, str] = {}
    for table, found in sample().items():
        for row in found:
            for column, value in row.items():
                if isinstance(value, dict) and "ref" in value:
                    target = {"parent_id": table, "derived_from_id": "source"}.get(column)
                    assert value["ref"] in seen, (table, row)
                    assert target is None or seen[value["ref"]] == target, (table, row)
                elif isinstance(value, dict):
                    assert value["reference"] in reference, row
                    used.add(value["reference"])
                elif column in codes:
                    assert value in codes[column], row
            if "key" in row:
                assert row["key"] not in seen, row
                seen[row["key"]] = table
    assert used == {"united-nations", "central-asia-japan"}


def test_the_sample_keeps_to_the_vocabularies_and_dates() -> None:
    tables = sample()
    terms: dict[tuple[str, str], Any] = {
        ("organisation", "kind"): ORGANISATION_KINDS, ("post", "rank"): POST_RANKS, ("event", "kind"): EVENT_KINDS,
        ("event", "status"): EVENT_STATUSES, ("delegation", "role"): DELEGATION_ROLES, ("source", "kind"): SOURCE_KINDS,
        ("delegation", "attendance"): ATTENDANCES, ("agenda_item", "act"): AGENDA_ACTS, ("alias", "kind"): ALIAS_KINDS,
    }  # fmt: skip
    for (table, column), lawful in terms.items():
        assert {row[column] for row in tables[table]} <= set(lawful), (table, column)
    for row in tables["event"]:
        assert row["status"] == "proposed" or parse_edtf(row["date"]).edtf == row["date"], row
    text = SAMPLE.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text) and "\\u" not in text


def test_the_sample_acts_only_in_own_appointments_and_delegations() -> None:
    tables = sample()
    appointments = {row["key"]: row["person_id"] for row in tables["appointment"]}
    delegates = {row["key"]: row["person_id"] for row in tables["delegate"]}
    events = {row["key"]: row["event_id"] for row in tables["delegation"]}
    for row in tables["capacity"]:
        assert row["person_id"] == appointments[row["appointment_id"]["ref"]] == delegates[row["delegate_id"]["ref"]]
    for row in tables["delegate"]:
        assert events[row["delegation_id"]["ref"]] == row["event_id"]
    assert len({row["appointment_id"]["ref"] for row in tables["capacity"]}) == 7


def test_the_sample_cites_one_chain_of_three_sources() -> None:
    tables = sample()
    chain = {row["key"]: row.get("derived_from_id", {}).get("ref") for row in tables["source"]}
    assert chain == {"S1": "S2", "S2": "S3", "S3": None}
    for row in tables["citation"]:
        targets = [column for column in row if column in ("event_id", "outcome_id", "appointment_id")]
        assert row["source_id"] == {"ref": "S1"} and len(targets) == 1 and row["locator"].startswith("para "), row
    cited = [row["appointment_id"]["ref"] for row in tables["citation"] if "appointment_id" in row]
    assert sorted(cited) == [row["key"] for row in tables["appointment"]]
