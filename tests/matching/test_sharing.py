"""New records named more than once in one entry are made once."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from legation.fields.draft import Draft, new_draft
from legation.matching.one_line import add_line
from legation.matching.sharing import share_new
from legation.records.catalogue import record_type
from legation.storage.checking import check_workspace
from legation.storage.database import Database

MINISTRY = "Ministry of Foreign Affairs of Kenya"
LINE = (
    "27 jan 2025 meeting KEN+JPN Foreign Minister of Kenya John Otieno; "
    "Deputy Minister of Foreign Affairs of Kenya Mary Wanjiru"
)


def test_two_new_officials_of_one_new_ministry_are_entered_by_a_line(sample: Path) -> None:
    with closing(Database(sample)) as database:
        line, change = add_line(database, LINE)
        assert change is not None, line.told()
        with closing(database.reader()) as reader:
            held = "SELECT p.name, t.title FROM appointment a JOIN person p ON p.id = a.person_id JOIN post t "
            held += "ON t.id = a.post_id JOIN organisation o ON o.id = t.organisation_id WHERE o.name = ? ORDER BY p.id"
            assert reader.sql(held, (MINISTRY,)) == [
                ("John Otieno", "Minister of Foreign Affairs"),
                ("Mary Wanjiru", "Deputy Minister of Foreign Affairs"),
            ]
            assert reader.sql("SELECT count(*) FROM organisation WHERE name = ?", (MINISTRY,)) == [(1,)]
    assert check_workspace(sample) == []


def test_new_persons_of_one_name_are_namesakes_unless_said_otherwise() -> None:
    def official() -> tuple[Draft, Draft]:
        ministry = new_draft(record_type("organisation"), name=MINISTRY, kind="ministry", country="KEN")
        post = new_draft(record_type("post"), title="Minister", organisation_id=ministry)
        person = new_draft(record_type("person"), name="John Otieno", country="KEN")
        return person, new_draft(record_type("appointment"), person_id=person, post_id=post)

    (one, held), (other, also_held) = official(), official()
    share_new([held, also_held])
    assert held["post_id"] is also_held["post_id"]
    assert (held["person_id"], also_held["person_id"]) == (one, other)
    share_new([held, also_held], persons=True)
    assert also_held["person_id"] is one


def test_bodies_of_one_name_in_two_states_stay_two() -> None:
    record = record_type("organisation")
    parties = [
        new_draft(record_type("delegation"), organisation_id=new_draft(record, name="Ministry of Trade", country=code))
        for code in ("KEN", "JPN")
    ]
    share_new(parties)
    assert parties[0]["organisation_id"] is not parties[1]["organisation_id"]
