"""Tables of many kinds, as other desks and public sources make them: what each column is taken for."""

from __future__ import annotations

import pytest

from imports.text_tables import asked, counted, imported, planned, table
from legation.imports.month_words import in_english
from legation.storage.database import Database


def _roles(database: Database, text: str, file: str = "table.csv", title: str = "") -> dict[str, str]:
    mapping = planned(database, table(text, file, title)).mapping
    return {heading: roles[0] for heading, roles in mapping.columns.items()} | mapping.values | {"": mapping.type}


def test_answers_of_yes_and_no_name_no_country(database: Database) -> None:
    text = "Date,Subject,All day,Place\n2024-03-01,Council,no,Brussels\n2024-03-02,Summit,yes,Paris\n"
    assert "All day" not in _roles(database, text)
    assert _roles(database, "Date,Country\n2024-03-01,NO\n2024-03-02,SE\n")["Country"] == "event.parties"


def test_numbers_of_another_list_name_no_country(database: Database) -> None:
    found = _roles(database, "year,ccode1,stateabb1,ccode2,stateabb2\n2005,2,USA,20,CAN\n2005,740,JPN,701,TKM\n")
    assert (found["stateabb1"], found["stateabb2"]) == ("first.country", "second.country")
    assert not {"ccode1", "ccode2"} & set(found)


def test_the_host_is_at_home(database: Database) -> None:
    text = """Dates,Host country,Host leader,Location
"November 15-17, 1975",France,Valéry Giscard d'Estaing,Rambouillet
"June 13-15, 2024",Italy,Giorgia Meloni,Fasano
"""
    assert _roles(database, text)["Host leader"] == "host.persons"
    text = 'Date,Country,City or cities,Host\n"17-19 February 1961",Nepal,Kathmandu,King Mahendra\n'
    assert counted(imported(database, table(text, "state_visits.csv"))) == (1, 0, 0, 0)
    assert asked(database, "SELECT country, role FROM delegation") == [("NPL", "host")]


def test_travels_say_whose_they_are(database: Database) -> None:
    text = """LeaderFullName,LeaderCountryISO,TripStartDate,TripEndDate,TripDuration,CountryVisited,CityVisited
Serdar Berdimuhamedow,TKM,15jan2023,16jan2023,2,China,Beijing
Shavkat Mirziyoyev,UZB,2023-05-02,2023-05-03,2,Germany,Berlin
"""
    found = _roles(database, text)
    assert found["LeaderCountryISO"] == "guest.country" and found["CountryVisited"] == "host.country"
    assert found["CityVisited"] == "event.city" and "TripDuration" not in found
    text = "Sending State,Receiving State,Name,Arrival\nTurkmenistan,Japan,Ana Lima,2013-05-02\n"
    assert _roles(database, text)["Sending State"] == "guest.country"
    mine = 'Visitor,Dates\n"Ana Lima, President of the Republic of Tajikistan",1 May 2022\n'
    assert "host.country" not in _roles(database, mine)


def test_codes_are_told_by_their_looks(database: Database) -> None:
    text = """Global Code;Global Name;Country or Area;M49 Code;ISO-alpha2 Code;ISO-alpha3 Code
001;World;Algeria;012;DZ;DZA
001;World;Namibia;516;NA;NAM
"""
    mapping = planned(database, table(text, delimiter=";")).mapping
    assert {heading: roles[0] for heading, roles in mapping.columns.items()} == {
        "Country or Area": "country.name", "M49 Code": "country.m49", "ISO-alpha2 Code": "country.iso2",
        "ISO-alpha3 Code": "country.code",
    }  # fmt: skip


def test_terms_of_office_without_a_column_of_posts(database: Database) -> None:
    text = "No.,Name,Took office,Left office\n98,Ana Lima,26 May 2012,16 June 2020\n99,Bo Ek,16 June 2020,\n"
    found = _roles(database, text, title="List of Prime Ministers of Japan (source: Cabinet Office)")
    assert (found[""], found["post.title"], found["person.country"]) == ("officials", "Prime Minister", "JPN")


def test_items_of_wikidata(database: Database) -> None:
    text = """item,itemLabel,positionLabel,countryLabel,start
http://www.wikidata.org/entity/Q567,Angela Merkel,Federal Chancellor of Germany,Germany,2005-11-22T00:00:00Z
https://www.wikidata.org/wiki/Q61053,Olaf Scholz,Federal Chancellor of Germany,Germany,2021-12-08T00:00:00Z
"""
    assert counted(imported(database, table(text))) == (2, 0, 0, 0)
    assert asked(database, "SELECT name, wikidata FROM person ORDER BY name") == [
        ("Angela Merkel", "Q567"), ("Olaf Scholz", "Q61053"),
    ]  # fmt: skip


def test_days_of_birth_and_of_the_table_are_none_of_the_rows(database: Database) -> None:
    found = _roles(database, "name,birth_date,countries,last_seen\nIvan Petrov,1960-05-04,Russia,2024-01-01\n")
    assert (found[""], found["birth_date"]) == ("officials", "person.birth_date")
    text = 'Country,Position,Name,Date updated\nJAPAN,Prime Minister,"ISHIBA Shigeru",1/11/2024\n'
    assert "Date updated" not in _roles(database, text)


def test_headings_of_treaties_and_of_other_languages(database: Database) -> None:
    text = """Treaty;Parties;Signed;Place of signature;Depositary
Treaty on Friendship;Kazakhstan, Turkmenistan;19.05.1993;Ashgabat;
Convention on the Sea;Azerbaijan, Iran, Kazakhstan;12.08.2018;Aktau;Kazakhstan
"""
    mapping = planned(database, table(text, delimiter=";")).mapping
    assert mapping.columns["Treaty"] == ("event.title",) and mapping.columns["Place of signature"] == ("event.city",)
    assert "Depositary" not in mapping.columns
    text = (
        "日付,行事,場所,相手国,出席者\n令和7年1月27日,外務省間協議,東京,トルクメニスタン,藤井比早之\n"
        "2025年2月3日,外相会談,東京,ウズベキスタン,岩屋毅\n"
    )
    found = _roles(database, text)
    assert (found["行事"], found["相手国"]) == ("event.title", "second.country")
    assert counted(imported(database, table(text))) == (2, 0, 0, 0)
    assert asked(database, "SELECT date FROM event ORDER BY date") == [("2025-01-27",), ("2025-02-03",)]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("令和7年1月27日", "2025-01-27"),
        ("令和元年5月1日(水)", "2019-05-01"),
        ("平成31年4月30日", "2019-04-30"),
        ("昭和64年1月", "1989-01"),
        ("R7.1.27", "2025.1.27"),
        ("民國114年3月4日", "2025-03-04"),
        ("2025年2月3日（月）", "2025-02-03"),
    ],
)
def test_years_of_eras(written: str, day: str) -> None:
    assert in_english(written) == day


def test_days_from_and_to(database: Database) -> None:
    text = 'Visitor,Country,Dates\nKing Felipe,Spain,"from 5 to 7 November 2022"\n'
    imported(database, table(text, "visits.csv"))
    assert asked(database, "SELECT date FROM event") == [("2022-11-05/2022-11-07",)]


def test_a_body_may_stand_among_the_countries(database: Database) -> None:
    text = (
        "Country,Name,Position\nJapan,Takeshi Iwaya,Minister for Foreign Affairs\nEU,Kaja Kallas,High Representative\n"
    )
    assert counted(imported(database, table(text))) == (2, 0, 0, 0)
    held = (
        "SELECT p.name, o.name FROM appointment a JOIN person p ON p.id = a.person_id JOIN post x ON x.id = a.post_id "
        "JOIN organisation o ON o.id = x.organisation_id WHERE p.name = 'Kaja Kallas'"
    )
    assert asked(database, held) == [("Kaja Kallas", "European Union")]


def test_whoever_was_there_is_of_any_side(database: Database) -> None:
    text = """Date,Engagement,Where,With
2025-01-13,Bilateral meeting,Ministry,"H.E. Ms Kaja Kallas, High Representative (EU)"
2025-02-04,Informal meeting of ministers,Warsaw,27 ministers
"""
    found = planned(database, table(text))
    assert found.mapping.columns["With"] == ("event.persons",) and counted(found) == (2, 0, 0, 0)


def test_answers_and_counts_are_no_persons(database: Database) -> None:
    text = "Date,Country,Minister present,Participants\n2024-03-01,Germany,no,12\n2024-03-02,France,yes,30\n"
    assert not {"Minister present", "Participants"} & set(_roles(database, text))
    imported(database, table(text))
    assert asked(database, "SELECT country FROM delegation ORDER BY id") == [("DEU",), ("FRA",)]


def test_who_spoke_on_a_day_holds_no_post(database: Database) -> None:
    text = "Date,Speaker,Country\n2024-03-01,Ana Lima,Portugal\n2024-03-02,Bo Ek,Sweden\n"
    found = _roles(database, text)
    assert (found[""], found["Speaker"]) == ("events", "guest.persons")
    assert "post.title" not in _roles(database, "Item,Speaker,Country\nQ5,Ana Lima,Portugal\nQ6,Bo Ek,Sweden\n")
    terms = "Speaker,Country,Start,End\nAna Lima,Portugal,2005-01-02,2009-01-01\nBo Ek,Sweden,2001-01-02,2005-01-01\n"
    assert (_roles(database, terms)[""], _roles(database, terms)["post.title"]) == ("officials", "Speaker")


def test_a_mission_is_a_body_or_what_somebody_travels_for(database: Database) -> None:
    travels = (
        "Date,Visitor,Country,Mission\n2024-03-01,Ana Lima,Portugal,Trade mission\n2024-03-02,Bo Ek,Sweden,Talks\n"
    )
    assert "Mission" not in _roles(database, travels)
    text = "Mission,Country,Head of mission,Left\nEmbassy in Rome,Portugal,Ana Lima,2014-01-02\n"
    found = _roles(database, text)
    assert (found["Mission"], found["post.title"]) == ("post.organisation", "Head of Mission")
    imported(database, table(text))
    asks = "SELECT x.title, o.name FROM post x JOIN organisation o ON o.id = x.organisation_id"
    assert asked(database, asks) == [("Head", "Embassy in Rome")]
