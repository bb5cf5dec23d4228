"""Derived tables: `event_row` and the list of stale records, refreshed by a trigger when a step closes.

Triggers on the tables only note which records are stale (one row each, however often they change). Removing the row of
`open_step` at the end of a step refreshes them, set by set, inside the same transaction. So a bulk step derives each
record once, and inside a step `event_row` still shows the state before it. Level rules: domain model, vocabulary 2.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from legation.records.vocabulary import LEVELS
from legation.storage.derived_facets import FACET_COUNT, FACET_COUNT_SOURCE
from legation.storage.derived_pairs import COUNTS as PAIR_COUNTS, EVENT_PAIR_SOURCE, refresh_pairs

STALE = """CREATE TABLE stale (
    record TEXT NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (record, id)
) STRICT, WITHOUT ROWID"""

PARTY = "coalesce(d.country || coalesce(' (' || coalesce(o.acronym, o.name) || ')', ''), o.acronym, o.name)"
PARTY_NAME = "coalesce(c.name || coalesce(' (' || o.name || ')', ''), o.name)"

# best rank of each delegation, and whether it speaks for a company or a parliament
EVENT_SIDE = """CREATE VIEW event_side AS
SELECT d.event_id AS event_id, d.id AS delegation_id,
    (SELECT min(p.rank) FROM delegate g JOIN capacity x ON x.delegate_id = g.id
        JOIN appointment a ON a.id = x.appointment_id JOIN post p ON p.id = a.post_id
        WHERE g.delegation_id = d.id) AS rank,
    coalesce((SELECT o.kind IN ('company', 'business_association') FROM organisation o
        WHERE o.id = d.organisation_id), 0) AS is_business,
    coalesce((SELECT o.kind = 'parliament' FROM organisation o WHERE o.id = d.organisation_id),
        (SELECT o.kind = 'parliament' FROM delegate g JOIN capacity x ON x.delegate_id = g.id
            JOIN appointment a ON a.id = x.appointment_id JOIN post p ON p.id = a.post_id
            JOIN organisation o ON o.id = p.organisation_id
            WHERE g.delegation_id = d.id ORDER BY p.rank, p.id LIMIT 1), 0) AS is_parliament
FROM delegation d"""

NUMBER_OF = "CASE {column} " + " ".join(f"WHEN '{code}' THEN {n}" for n, code in enumerate(LEVELS, 1)) + " END"
CODE_OF = "CASE {column} " + " ".join(f"WHEN {n} THEN '{code}'" for n, code in enumerate(LEVELS, 1)) + " END"

# the level as a number, of rows of sides `s` with rank, is_business and is_parliament
LEVEL_OF_SIDES = """CASE
        WHEN max(s.is_business) = 1 OR max(s.rank) >= 200 THEN 7
        WHEN count(*) >= 2 AND min(s.is_parliament) = 1 THEN 6
        WHEN count(s.rank) < 2 THEN NULL
        WHEN max(s.rank) <= 25 THEN 1
        WHEN max(s.rank) <= 49 THEN 2
        WHEN max(s.rank) <= 65 THEN 3
        WHEN max(s.rank) <= 90 THEN 4
        ELSE 5 END"""

# the limit, which nothing reaches, keeps SQLite from finding the rank anew for each time that it is named
EVENT_LEVEL = f"""CREATE VIEW event_level AS
SELECT e.id AS event_id, coalesce({NUMBER_OF.format(column="e.level")}, (
    SELECT {LEVEL_OF_SIDES}
    FROM (SELECT rank, is_business, is_parliament FROM event_side WHERE event_id = e.id LIMIT 1000000) s)
) AS level_order
FROM event e"""

EVENT_ROW_SOURCE = f"""CREATE VIEW event_row_source AS
SELECT e.id AS event_id,
    (SELECT group_concat(label, ' · ') FROM (SELECT {PARTY} AS label FROM delegation d
        LEFT JOIN organisation o ON o.id = d.organisation_id WHERE d.event_id = e.id ORDER BY d.id)) AS parties,
    (SELECT group_concat(label, ' · ') FROM (SELECT {PARTY_NAME} AS label FROM delegation d
        LEFT JOIN organisation o ON o.id = d.organisation_id LEFT JOIN country c ON c.code = d.country
        WHERE d.event_id = e.id ORDER BY d.id)) AS party_names,
    (SELECT group_concat(name, ' · ') FROM (SELECT p.name AS name FROM delegate g JOIN person p ON p.id = g.person_id
        WHERE g.event_id = e.id AND g.role = 'head' ORDER BY g.delegation_id)) AS heads,
    (SELECT group_concat(id, ' · ') FROM (SELECT g.person_id AS id FROM delegate g
        WHERE g.event_id = e.id AND g.role = 'head' ORDER BY g.delegation_id)) AS head_ids,
    (SELECT replace(group_concat(DISTINCT country), ',', ' · ') FROM (SELECT d.country AS country FROM delegation d
        WHERE d.event_id = e.id ORDER BY d.id)) AS country_codes,
    (SELECT group_concat(name, ' · ') FROM (SELECT t.name AS name FROM agenda_item i JOIN topic t ON t.code = i.topic
        WHERE i.event_id = e.id GROUP BY t.code ORDER BY min(i.seq), t.code)) AS topics,
    (SELECT group_concat(code, ' · ') FROM (SELECT i.topic AS code FROM agenda_item i
        WHERE i.event_id = e.id GROUP BY i.topic ORDER BY min(i.seq), i.topic)) AS topic_codes,
    NULL AS level, -- its code follows from the order, which takes long to find: it is asked for once
    l.level_order AS level_order,
    (SELECT count(*) FROM delegation d WHERE d.event_id = e.id) AS delegations,
    (SELECT count(*) FROM delegate g WHERE g.event_id = e.id) AS delegates,
    (SELECT count(*) FROM agenda_item i WHERE i.event_id = e.id) AS items,
    (SELECT count(*) FROM outcome u WHERE u.event_id = e.id) AS outcomes,
    (SELECT count(DISTINCT source_id) FROM (
        SELECT source_id FROM citation WHERE event_id = e.id
        UNION ALL SELECT k.source_id FROM delegation d JOIN citation k ON k.delegation_id = d.id WHERE d.event_id = e.id
        UNION ALL SELECT k.source_id FROM delegate g JOIN citation k ON k.delegate_id = g.id WHERE g.event_id = e.id
        UNION ALL SELECT k.source_id FROM agenda_item i JOIN citation k ON k.agenda_item_id = i.id
            WHERE i.event_id = e.id
        UNION ALL SELECT k.source_id FROM outcome u JOIN citation k ON k.outcome_id = u.id WHERE u.event_id = e.id
    )) AS sources
FROM event e JOIN event_level l ON l.event_id = e.id"""

VIEWS = (EVENT_SIDE, EVENT_LEVEL, EVENT_ROW_SOURCE, FACET_COUNT_SOURCE, EVENT_PAIR_SOURCE)
NESTED_VISITS = 4  # how deep visits inside visits pass their level up

BEST_OF_CHILDREN = f"""UPDATE event_row SET level_order = b.best, level = {CODE_OF.format(column="b.best")}
    FROM (SELECT v.id AS id, min(r.level_order) AS best FROM event v
        JOIN event k ON k.parent_id = v.id JOIN event_row r ON r.event_id = k.id
        WHERE v.kind = 'visit' AND v.level IS NULL AND {{which}} GROUP BY v.id) AS b
    WHERE event_row.event_id = b.id AND b.best IS NOT NULL"""


def refresh_event_rows(which: str) -> Iterator[str]:
    """Statements that make the rows of `event_row` anew; `which` is SQL that tells the events, as column `{id}`."""
    yield f"DELETE FROM event_row WHERE {which.format(id='event_id')}"
    yield f"INSERT INTO event_row SELECT * FROM event_row_source WHERE {which.format(id='event_id')}"
    code = CODE_OF.format(column="level_order")
    yield f"UPDATE event_row SET level = {code} WHERE level_order IS NOT NULL AND {which.format(id='event_id')}"
    for _depth in range(NESTED_VISITS):
        yield BEST_OF_CHILDREN.format(which=which.format(id="v.id"))


STALE_EVENTS = "{id} IN (SELECT id FROM stale WHERE record = 'event')"


def _mark(table: str, event: str, number: int, select: str, when: str = "") -> str:
    of = f" {when}" if when else ""
    return (
        f'CREATE TRIGGER "stale_{table}_{event.split()[0].lower()}_{number}" AFTER {event} ON "{table}"{of} '
        f"BEGIN INSERT OR IGNORE INTO stale(record, id) {select}; END"
    )


@dataclass(frozen=True)
class Mark:
    """A record that a row makes stale: the row's own column holds its id, or a row of `table` whose `key` it names."""

    record: str
    id: str
    table: str = ""
    key: str = ""
    named: str = ""
    may_be_null: bool = False

    def of_row(self, row: str) -> str:
        """SQL that selects the record that one row, NEW or OLD, makes stale."""
        if self.table:
            return f"SELECT '{self.record}', {self.id} FROM {self.table} WHERE {self.key} = {row}.{self.named}"
        where = f" WHERE {row}.{self.id} IS NOT NULL" if self.may_be_null else ""
        return f"SELECT '{self.record}', {row}.{self.id}{where}"

    def of_rows(self, table: str, which: str) -> str:
        """SQL that selects the records that the rows of a table make stale for which `which` holds."""
        if self.table:
            named = f"SELECT {self.named} FROM {table} WHERE {which}"
            return f"SELECT '{self.record}', {self.id} FROM {self.table} WHERE {self.key} IN ({named})"
        return f"SELECT DISTINCT '{self.record}', {self.id} FROM {table} WHERE {which} AND {self.id} IS NOT NULL"


# table: what a row makes stale. Nothing here reads a row that a cascade may have removed without another trigger that
# marks the same record.
MARKS: dict[str, tuple[Mark, ...]] = {
    "event": (Mark("event", "id"), Mark("event", "parent_id", may_be_null=True)),
    "delegation": (Mark("event", "event_id"),),
    "delegate": (Mark("event", "event_id"),),
    "capacity": (Mark("event", "event_id", "delegate", "id", "delegate_id"),),
    "agenda_item": (Mark("event", "event_id"),),
    "outcome": (Mark("event", "event_id"), Mark("outcome", "id")),
    "citation": (
        Mark("event", "event_id", may_be_null=True),
        Mark("event", "event_id", "delegation", "id", "delegation_id"),
        Mark("event", "event_id", "delegate", "id", "delegate_id"),
        Mark("event", "event_id", "agenda_item", "id", "agenda_item_id"),
        Mark("event", "event_id", "outcome", "id", "outcome_id"),
    ),
    "alias": (
        Mark("country", "id", "country", "code", "country"),
        Mark("person", "person_id", may_be_null=True),
        Mark("event", "event_id", "delegate", "person_id", "person_id"),
        Mark("organisation", "organisation_id", may_be_null=True),
        Mark("post", "post_id", may_be_null=True),
        Mark("event", "event_id", may_be_null=True),
    ),
    "country": (Mark("country", "id"),),
    "organisation": (Mark("organisation", "id"),),
    "person": (Mark("person", "id"),),
    "post": (Mark("post", "id"),),
    "appointment": (Mark("appointment", "id"), Mark("person", "person_id")),
    "topic": (Mark("topic", "id"),),
    "source": (Mark("source", "id"),),
}

# table: (columns, what else an update of these columns makes stale)
SPREADS: dict[str, tuple[str, tuple[str, ...]]] = {
    "person": (
        "name",
        (
            "SELECT 'event', event_id FROM delegate WHERE person_id = NEW.id",
            "SELECT 'appointment', id FROM appointment WHERE person_id = NEW.id",
        ),
    ),
    "organisation": (
        "name, acronym, kind",
        (
            "SELECT 'event', event_id FROM delegation WHERE organisation_id = NEW.id",
            "SELECT 'event', id FROM event WHERE framework_id = NEW.id",
            "SELECT 'post', id FROM post WHERE organisation_id = NEW.id",
            "SELECT 'person', a.person_id FROM post p JOIN appointment a ON a.post_id = p.id"
            " WHERE p.organisation_id = NEW.id",
            "SELECT 'appointment', a.id FROM post p JOIN appointment a ON a.post_id = p.id"
            " WHERE p.organisation_id = NEW.id",
            "SELECT 'event', g.event_id FROM post p JOIN appointment a ON a.post_id = p.id"
            " JOIN capacity x ON x.appointment_id = a.id JOIN delegate g ON g.id = x.delegate_id"
            " WHERE p.organisation_id = NEW.id",
            "SELECT 'source', id FROM source WHERE publisher_id = NEW.id",
        ),
    ),
    "post": (
        "title, rank, organisation_id",
        (
            "SELECT 'person', person_id FROM appointment WHERE post_id = NEW.id",
            "SELECT 'appointment', id FROM appointment WHERE post_id = NEW.id",
            "SELECT 'event', g.event_id FROM appointment a JOIN capacity x ON x.appointment_id = a.id"
            " JOIN delegate g ON g.id = x.delegate_id WHERE a.post_id = NEW.id",
        ),
    ),
    "appointment": (
        "post_id",
        (
            "SELECT 'event', g.event_id FROM capacity x JOIN delegate g ON g.id = x.delegate_id"
            " WHERE x.appointment_id = NEW.id",
        ),
    ),
    "topic": ("name", ("SELECT 'event', event_id FROM agenda_item WHERE topic = NEW.code",)),
    "event_kind": ("class", ("SELECT 'event', id FROM event WHERE kind = NEW.code",)),
    "country": (
        "code, name",
        (
            "SELECT 'event', event_id FROM delegation WHERE country = NEW.code",
            "SELECT 'event', id FROM event WHERE country = NEW.code",
            "SELECT 'person', id FROM person WHERE country = NEW.code",
            "SELECT 'organisation', id FROM organisation WHERE country = NEW.code",
        ),
    ),
}


def triggers(refresh_search: Iterator[str]) -> Iterator[str]:
    """The statements that create the triggers which note stale records, and the one that refreshes them."""
    for table, marks in MARKS.items():
        for number, mark in enumerate(marks):
            yield _mark(table, "INSERT", number, mark.of_row("NEW"))
            yield _mark(table, "DELETE", number, mark.of_row("OLD"))
            yield _mark(table, "UPDATE", number, f"{mark.of_row('OLD')} UNION {mark.of_row('NEW')}")
    for table, (columns, selects) in SPREADS.items():
        for number, select in enumerate(selects, len(MARKS.get(table, ()))):
            yield _mark(table, f"UPDATE OF {columns}", number, select)
    yield (
        "CREATE TRIGGER stale_parent AFTER INSERT ON stale WHEN NEW.record = 'event' BEGIN "
        "INSERT OR IGNORE INTO stale(record, id) "
        "SELECT 'event', parent_id FROM event WHERE id = NEW.id AND parent_id IS NOT NULL; END"
    )
    yield from (each.trigger() for each in (FACET_COUNT, *PAIR_COUNTS))
    these = STALE_EVENTS.format(id="event_id")
    rows = (FACET_COUNT.taken_off(these), *refresh_event_rows(STALE_EVENTS), FACET_COUNT.added(these))
    body = "; ".join((*rows, *refresh_pairs(STALE_EVENTS), *refresh_search, "DELETE FROM stale"))
    yield f"CREATE TRIGGER refresh_when_step_closes AFTER DELETE ON open_step BEGIN {body}; END"
