"""The dossier of one record: its facts, what belongs to it, where it is met, its sources and its history.

The same document is the details pane of the window and `legation show`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from legation.documents.document import Block, Document, Facts, Paragraph, Run, Text
from legation.fields.draft import Draft
from legation.fields.fuzzy_dates import print_date, print_moment
from legation.fields.kinds import Link
from legation.fields.record_type import Lines, RecordType
from legation.i18n import _, ngettext
from legation.records.catalogue import record_type, table_named
from legation.reports.meets import office_holders, people_met, still_open
from legation.storage.filters.conditions import Filter
from legation.storage.history import steps_of
from legation.storage.labels import label, labels, post_alone
from legation.storage.loading import link_labels, load_draft
from legation.storage.pages import columns_of, page
from legation.storage.pairs import counterparts
from legation.storage.queries import Query, count, ids
from legation.storage.reading import Reader
from legation.storage.snippets import snippets

MOST_EVENTS = 50
MOST_COUNTERPARTS = 12
SHOWN_IN_HEADING = {"name", "title", "date", "date_text", "summary"}


class _Names:
    """Labels and links of the records that a draft and its lines point at, fetched once."""

    def __init__(self, reader: Reader, draft: Draft) -> None:
        self._labels = link_labels(reader, draft)
        wanted: dict[str, set[Any]] = {}
        for target, key in self._labels:
            wanted.setdefault(target, set()).add(key)
        self._ids = {name: _ids_by_key(reader, record_type(name), keys) for name, keys in wanted.items()}

    def run(self, target: str, key: Any) -> Run:
        """The label of a record as a link to it."""
        id = self._ids.get(target, {}).get(key)
        return Run(self._labels.get((target, key), str(key)), None if id is None else (target, id))


def _found_in(reader: Reader, record: RecordType, id: int, words: Sequence[str]) -> Iterator[Paragraph]:
    for each in snippets(reader, record.name, id, words):
        yield Paragraph([Run(text, strong=is_hit, quiet=not is_hit) for text, is_hit in each])


def _ids_by_key(reader: Reader, record: RecordType, keys: set[Any]) -> dict[Any, int]:
    if record.key != "code":
        return {key: int(key) for key in keys}
    table = table_named(record.name)
    return {row[0]: row[1] for row in reader.rows(select(table.c.code, table.c.id).where(table.c.code.in_(keys)))}


def build(reader: Reader, record: RecordType, id: int, words: Sequence[str] = ()) -> Document:
    """The dossier of a record, and where words looked for stand in it. Raises `UserError` when it is not there."""
    draft = load_draft(reader, record, id)
    names = _Names(reader, draft)
    title = str(draft["title"] or draft["name"] or label(reader, record, id if record.key == "id" else draft["code"]))
    document = Document(title=title, above=_above(record, draft))
    if draft["summary"]:
        document.add(Paragraph((Run(str(draft["summary"])),)))
    facts = list(_facts(draft, names, skip=SHOWN_IN_HEADING))
    if facts:
        document.add(Facts(facts))
    document.section(_("Found in"), list(_found_in(reader, record, id, words)))
    for lines in record.lines:
        if draft.lines.get(lines.name):
            blocks = [block for line in draft.lines[lines.name] for block in _line(lines, line, names, 0)]
            document.section(_(lines.label), blocks)
    if record.name == "country":
        document.section(_("Meets most"), list(_counterparts(reader, str(draft["code"]))))
        document.section(_("In office"), list(office_holders(reader, str(draft["code"]))))
        document.section(_("Open outcomes"), list(still_open(reader, str(draft["code"]))))
    if record.name == "person":
        document.section(_("Met"), list(people_met(reader, id)))
    document.section(_("Events"), list(_events(reader, record, draft)))
    document.section(_("History"), list(_history(reader, record, id)))
    return document


def _above(record: RecordType, draft: Draft) -> str:
    if record.name == "event":
        return print_date(draft["date"], draft["date_text"])
    return _(record.label)


def _facts(draft: Draft, names: _Names, skip: set[str] | frozenset[str]) -> Iterator[tuple[str, Text]]:
    for field in draft.record.stored:
        value = draft[field.name]
        if value is None or field.name in skip:
            continue
        if isinstance(field.kind, Link):
            yield _(field.label), (names.run(field.kind.target, value),)
        else:
            yield _(field.label), (Run(field.kind.format(value, draft[field.kind.also] if field.kind.also else None)),)


def _line(lines: Lines, line: Draft, names: _Names, level: int) -> Iterator[Block]:
    """One line with the lines below it, as paragraphs."""
    hidden = {lines.via, "event_id", "person_id" if lines.via != "event_id" else "", "seq"} - {""}
    if lines.record == "delegate":
        hidden.discard("person_id")
    yield Paragraph(tuple(_separated(line, names, hidden)), level)
    for below in line.record.lines:
        for each in line.lines.get(below.name, []):
            yield from _line(below, each, names, level + 1)


def _separated(line: Draft, names: _Names, hidden: set[str]) -> Iterator[Run]:
    first = True
    for field in line.record.stored:
        value = line[field.name]
        if value is None or field.name in hidden:
            continue
        if not first:
            yield Run(" · ", quiet=True)
        if isinstance(field.kind, Link):
            run = names.run(field.kind.target, value)
            if line.record.name == "capacity":  # the person is the line above
                yield Run(post_alone(run.text), run.link)
                continue
            yield Run(run.text, run.link, strong=first)
        else:
            yield Run(field.kind.format(value), strong=first and field.required, quiet=not first)
        first = False


def _counterparts(reader: Reader, code: str) -> Iterator[Block]:
    """The countries met most often at events, each a link to the dossier of the two."""
    found = counterparts(reader, code, MOST_COUNTERPARTS)
    known = labels(reader, record_type("country"), [row[0] for row in found])
    for other, times in found:
        often = ngettext("at {count} event", "at {count} events", times).format(count=times)
        yield Paragraph((Run(known.get(other, str(other)), ("dyad", f"{code}-{other}")), Run(f"  {often}", quiet=True)))


def _events(reader: Reader, record: RecordType, draft: Draft) -> Iterator[Block]:
    """The newest events that a record is met in; for a visit or conference, the events that are part of it."""
    if record.name == "country":
        query = Query("event", (Filter("country", str(draft["code"])),))
        found = ids(reader, query, MOST_EVENTS)
        more = count(reader, query) - len(found) if len(found) == MOST_EVENTS else 0
    else:
        every = _event_ids(reader, record, draft)
        found, more = every[:MOST_EVENTS], len(every) - MOST_EVENTS
    event = record_type("event")
    columns = columns_of(event, ("date", "title", "parties"))
    for row in page(reader, event, columns, found):
        date, title, parties = row.texts
        yield Paragraph((Run(f"{date}  ", quiet=True), Run(title, ("event", row.id)), Run(f"  {parties}", quiet=True)))
    if more > 0:
        yield Paragraph((Run(_("and {count} more").format(count=more), quiet=True),))


def _event_ids(reader: Reader, record: RecordType, draft: Draft) -> list[int]:
    event = table_named("event")
    tables = {
        "event": select(event.c.id).where(event.c.parent_id == draft.id),
        "person": select(table_named("delegate").c.event_id).where(table_named("delegate").c.person_id == draft.id),
        "organisation": select(event.c.id).where(
            event.c.framework_id.is_(draft.id)
            | event.c.id.in_(
                select(table_named("delegation").c.event_id).where(
                    table_named("delegation").c.organisation_id == draft.id
                )
            )
        ),
        "source": select(table_named("citation").c.event_id).where(
            table_named("citation").c.source_id == draft.id, table_named("citation").c.event_id.is_not(None)
        ),
    }
    if record.name not in tables:
        return []
    wanted = select(event.c.id).where(event.c.id.in_(tables[record.name]))
    newest = wanted.order_by(event.c.date.is_(None), event.c.date_from.desc(), event.c.id.desc())
    return [row[0] for row in reader.rows(newest)]


def _history(reader: Reader, record: RecordType, id: int) -> Iterator[Block]:
    for step in steps_of(reader, record.name, id, limit=10):
        yield Paragraph((Run(step.words), Run(f" · {print_moment(step.at)} · {step.who}", quiet=True)))
