"""The founding dispatch as it is entered: people as printed, and what is compared with the sample, row by row."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from legation.storage.database import Database

GURBANOV = "Deputy Minister of Foreign Affairs of Turkmenistan Ahmet Gurbanov"
ISHIKAWA = (
    "Special Representative of the Ministry of Foreign Affairs of Japan for Central Asian and Caucasus Affairs "
    "Ishikawa Masaki"
)
FUJII = "State Minister of Foreign Affairs of Japan Hisayuki Fujii"
TSUBAI = (
    "Member of the Board of Directors, Executive Vice President of Itochu Corporation, President of Machinery and "
    "Equipment, Chairman of the Japanese-Turkmen Committee for Economic Cooperation Hiroyuki Tsubai"
)
SOURCE = "Turkmenistan and Japan Discuss Strengthening Cooperation"
SAME = {  # what is compared with the sample, row by row
    "events": "SELECT kind, status, date, country, city, mode, ordinal, level FROM event ORDER BY kind, title",
    "within": "SELECT e.kind, p.kind FROM event e JOIN event p ON p.id = e.parent_id ORDER BY e.kind, e.title",
    "parties": "SELECT e.kind, d.country, d.role, d.attendance FROM delegation d JOIN event e ON e.id = d.event_id "
    "ORDER BY e.kind, e.date, d.country, e.title",
    "topics": "SELECT e.kind, i.topic, i.act FROM agenda_item i JOIN event e ON e.id = i.event_id "
    "ORDER BY e.kind, i.topic, i.act",
    "outcomes": "SELECT e.kind, o.kind, o.topic, o.status FROM outcome o JOIN event e ON e.id = o.event_id",
    "levels": "SELECT e.kind, r.level FROM event e JOIN event_row r ON r.event_id = e.id ORDER BY e.kind, r.level",
    "posts": "SELECT e.kind, t.title, t.rank FROM capacity c JOIN delegate g ON g.id = c.delegate_id "
    "JOIN event e ON e.id = g.event_id JOIN appointment a ON a.id = c.appointment_id JOIN post t ON t.id = a.post_id "
    "ORDER BY e.kind, t.title",
    "cited": "SELECT e.kind, min(c.locator), s.title FROM citation c JOIN source s ON s.id = c.source_id "
    "JOIN event e ON e.id = c.event_id GROUP BY e.id ORDER BY e.kind, min(c.locator)",
    "chain": "SELECT s.title IS NOT NULL, p.name, d.id IS NOT NULL FROM source s "
    "JOIN organisation p ON p.id = s.publisher_id LEFT JOIN source d ON d.id = s.derived_from_id ORDER BY p.name",
}


def assert_equals_the_sample(entered: Path, sample: Path) -> None:
    """What was entered is what the sample holds, question by question."""
    with (
        closing(Database(entered)) as made,
        closing(Database(sample)) as known,
        closing(made.reader()) as ours,
        closing(known.reader()) as theirs,
    ):
        for what, question in SAME.items():
            assert ours.sql(question) == theirs.sql(question), what
        assert ours.sql("SELECT count(*) FROM person") == theirs.sql("SELECT count(*) FROM person")
