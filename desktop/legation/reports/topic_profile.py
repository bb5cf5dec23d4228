"""Report: what two countries, or the rounds of a framework, deal with: how often, since when, and what fell silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from legation.documents.document import Cell, Column, Document, Paragraph, Row, Run, Table
from legation.fields.fuzzy_dates import print_date
from legation.fields.kinds import link
from legation.fields.record_type import field as option
from legation.i18n import N_, _, ngettext
from legation.records.catalogue import record_type, table_named
from legation.records.vocabulary import AGENDA_ACTS
from legation.reports.choosing import chosen_events
from legation.reports.layout import count, day, grouped, one_group, sources_column, text
from legation.reports.report import COUNTRY, OTHER, WHEN, WHERE, Basis, Report, options
from legation.reports.sources import Cited, citations_of
from legation.reports.together import Dated, dated_by_id, latest
from legation.storage.filters.conditions import Condition, Filter
from legation.storage.labels import labels
from legation.storage.reading import listed

HELD = Filter("status", "held")
SILENT_MONTHS = 12
MOST_YEARS = 6  # columns of years; the newest are shown


@dataclass(slots=True)
class _Topic:
    """A topic with what was said on it: the events in the order of time, the acts, and the items by id.

    `speakers` counts the items by who said them: the code of a country, the id of a body, or None for both sides.
    """

    code: str
    name: str
    basket: str
    place: tuple[int, int]
    items: list[int] = field(default_factory=list)
    events: dict[int, Dated] = field(default_factory=dict)
    acts: Counter[str] = field(default_factory=Counter)
    speakers: Counter[str | int | None] = field(default_factory=Counter)

    @property
    def order(self) -> tuple[int, int, int, int]:
        """By basket, then those dealt with most first."""
        return self.place[0], -len(self.items), -len(self.events), self.place[1]

    @property
    def first(self) -> Dated:
        return next(iter(self.events.values()))

    @property
    def last(self) -> Dated:
        return latest(self.events.values())


def build(basis: Basis) -> Document:
    """The topics that were dealt with, and those that were not for a year."""
    topics = sorted(_topics(basis), key=lambda each: each.order)
    cited = _Cited(basis, topics)
    document = Document(_title(basis))
    silent = [each for each in topics if _months_silent(each, basis.day) >= SILENT_MONTHS]
    if topics:
        document.add(_summary(basis, topics, silent))
    document.add(_profile(basis, topics, cited))
    if silent:
        document.add(_silent(basis, silent, cited))
    return document


def outline(basis: Basis) -> Document:
    """The same document without its blocks."""
    found, item = _chosen(basis), table_named("agenda_item")
    dealt = select(item.c.event_id).where(item.c.event_id.in_(listed(found))).distinct()
    with_items = {id for (id,) in basis.reader.rows(dealt)}
    basis.events |= dict.fromkeys(id for id in found if id in with_items)
    basis.is_in_time = True
    return Document(_title(basis))


def _title(basis: Basis) -> str:
    framework, one, other = basis["framework"], basis["country"], basis["other"]
    bodies = labels(basis.reader, record_type("organisation"), [framework])
    names = labels(basis.reader, record_type("country"), [one, other])
    if framework in bodies:
        return _("{framework}: topics").format(framework=bodies[framework])
    if one in names and other in names:
        return _("{one} and {other}: topics").format(one=names[one], other=names[other])
    if one in names or other in names:
        return _("{country}: topics").format(country=names.get(one) or names[other])
    return _("Topics")


def _chosen(basis: Basis) -> list[int]:
    """The held events that the options ask for."""
    asked: list[Condition] = [HELD]
    if basis["framework"] is not None:
        asked.append(Filter("framework", str(basis["framework"])))
    return chosen_events(basis, *asked, countries=(basis["country"], basis["other"]))


def _topics(basis: Basis) -> list[_Topic]:
    """The topics of the held events that the options ask for."""
    events = dated_by_id(basis.reader, _chosen(basis))
    item = table_named("agenda_item")
    party = table_named("delegation")
    rows = basis.reader.rows(
        select(item.c.event_id, item.c.id, item.c.topic, item.c.act, party.c.country, party.c.organisation_id)
        .select_from(item.outerjoin(party, party.c.id == item.c.speaker_id))
        .where(item.c.event_id.in_(listed(list(events))))
    )
    place = {id: at for at, id in enumerate(events)}
    known = _known(basis)
    for event, id, code, act, country, body in sorted(rows, key=lambda row: (place[row[0]], row[1])):
        topic = known[code]
        topic.speakers[country or body] += 1
        topic.items.append(id)
        topic.events[event] = events[event]
        topic.acts[act] += 1
        basis.events[event] = None
    return [each for each in known.values() if each.items]


def _known(basis: Basis) -> dict[str, _Topic]:
    """All topics of the workspace by code, each with its basket; a basket itself stands first in it."""
    topic = table_named("topic")
    rows = basis.reader.rows(select(topic.c.code, topic.c.name, topic.c.parent).order_by(topic.c.id))
    names = {code: name for code, name, _parent in rows}
    baskets = [code for code, _name, parent in rows if parent is None]
    found = {}
    for at, (code, name, parent) in enumerate(rows):
        basket = parent if parent in names else code
        told = name if parent else _("{basket}, in general").format(basket=name)
        place = baskets.index(basket) if basket in baskets else len(baskets)
        found[code] = _Topic(code, told, names[basket], (place, at))
    return found


def _months_silent(topic: _Topic, today: date) -> int:
    """Whole months since the topic was dealt with last; 0 or less for one that is to come."""
    last = date.fromisoformat(topic.last.date_to)
    return (today.year - last.year) * 12 + today.month - last.month - (today.day < last.day)


class _Cited:
    """The sources of a topic: those of each item, else those of its event, which cover it."""

    def __init__(self, basis: Basis, topics: Sequence[_Topic]) -> None:
        self._of_items = citations_of(basis.reader, "agenda_item", [id for each in topics for id in each.items])
        self._of_events = citations_of(basis.reader, "event", sorted({id for each in topics for id in each.events}))

    def of(self, topic: _Topic) -> list[Cited]:
        """The citations behind all that was said on a topic."""
        own = [note for id in topic.items for note in self._of_items.get(id, ())]
        return own + [note for id in topic.events for note in self._of_events.get(id, ())]

    def of_last(self, topic: _Topic) -> list[Cited]:
        """The citations of the event where the topic was dealt with last."""
        return self._of_events.get(topic.last.id, [])


def _summary(basis: Basis, topics: Sequence[_Topic], silent: Sequence[_Topic]) -> Paragraph:
    """How much there is, what is new this year, and how much fell silent."""
    events = len({id for each in topics for id in each.events})
    runs = [
        Run(
            _("{topics} at {events}.").format(
                topics=ngettext("{count} topic", "{count} topics", len(topics)).format(count=len(topics)),
                events=ngettext("{count} event", "{count} events", events).format(count=f"{events:,}"),
            )
        )
    ]
    year = str(basis.day.year)
    new = [each.name for each in topics if each.first.date_from[:4] == year]
    if new and len(new) < len(topics) and basis["period"] is None:
        runs.append(Run(" " + _("New in {year}: {topics}.").format(year=year, topics="; ".join(new))))
    if silent:
        words = ngettext(
            "{count} was not dealt with for twelve months.",
            "{count} were not dealt with for twelve months.",
            len(silent),
        )
        runs.append(Run(" " + words.format(count=len(silent))))
    return Paragraph(runs)


def _profile(basis: Basis, topics: Sequence[_Topic], cited: _Cited) -> Table:
    years, names = _years(topics), _speakers(basis, topics)
    rows = []
    for each in topics:
        by_year = Counter(_year(event) for event in each.events.values())
        acts = "; ".join(
            _("{act} {count}").format(act=_(AGENDA_ACTS[act]), count=number)
            for act, number in sorted(each.acts.items(), key=lambda pair: (-pair[1], [*AGENDA_ACTS].index(pair[0])))
        )
        raised = (text(_raised_by(each, names)),) if names else ()
        cells = (
            text(each.name), count(len(each.items)), count(len(each.events)), _short(each.first), _short(each.last),
            text(acts), *raised, *(count(by_year[year] or None) for year in years), basis.notes.cell(cited.of(each)),
        )  # fmt: skip
        rows.append((each.basket, Row(f"topic:{each.code}", cells)))
    columns = (
        Column("topic", _("Topic"), width=28),
        Column("items", _("Items"), "number", 9),
        Column("events", _("Events"), "number", 9),
        Column("first", _("First"), "date", 17),
        Column("last", _("Last"), "date", 17),
        Column("acts", _("How"), width=30),
        *((Column("speakers", _("Raised by"), width=18),) if names else ()),
        *(Column(f"year-{year}", year, "number", 8) for year in years),
        sources_column(),
    )
    title = _("Topics by basket")
    return Table("topics", title, columns, grouped(rows), _("Basket"), when_empty=_("No topic is recorded."))


def _speakers(basis: Basis, topics: Sequence[_Topic]) -> dict[str | int, str]:
    """What those are called who raised a topic alone; nothing where no source tells who spoke."""
    keys = {key for each in topics for key in each.speakers if key is not None}
    countries = labels(basis.reader, record_type("country"), [key for key in keys if isinstance(key, str)])
    bodies = labels(basis.reader, record_type("organisation"), [key for key in keys if isinstance(key, int)])
    return {**countries, **bodies}


def _raised_by(topic: _Topic, names: Mapping[str | int, str]) -> str:
    """Who raised a topic how often; what the sides said together is what remains."""
    named = [(names.get(key, ""), number) for key, number in topic.speakers.most_common() if key is not None]
    return "; ".join(_("{speaker} {count}").format(speaker=name, count=number) for name, number in sorted(named))


def _short(event: Dated) -> Cell:
    return day(event.date, print_date(event.date))


def _year(event: Dated) -> str:
    return event.date_from[:4]


def _years(topics: Sequence[_Topic]) -> list[str]:
    """The years of the events, the newest that fit a page; all years between the first and the last."""
    found = {int(_year(event)) for each in topics for event in each.events.values()} - {1}
    if not found:
        return []
    return [str(year) for year in range(max(min(found), max(found) - MOST_YEARS + 1), max(found) + 1)]


def _silent(basis: Basis, topics: Sequence[_Topic], cited: _Cited) -> Table:
    """The topics that nobody raised for a year, those that are silent longest first."""
    rows = []
    for each in sorted(topics, key=lambda topic: (topic.last.date_to, topic.place)):
        months = _months_silent(each, basis.day)
        cells = (
            text(each.basket), text(each.name), _short(each.last), text(each.last.title), count(months),
            count(len(each.items)), basis.notes.cell(cited.of_last(each)),
        )  # fmt: skip
        rows.append(Row(f"silent:{each.code}", cells))
    columns = (
        Column("basket", _("Basket"), width=18),
        Column("topic", _("Topic"), width=30),
        Column("last", _("Last"), "date", 16),
        Column("last_event", _("At"), width=32),
        Column("months", _("Months since"), "number", 10),
        Column("items", _("Items"), "number", 7),
        sources_column(),
    )
    return Table("silent", _("Not dealt with for twelve months"), columns, one_group(rows))


REPORT = Report(
    name="topic-profile",
    label=N_("Topic profile"),
    about=N_("What two countries or a framework deal with: how often, since when, and what fell silent."),
    options=options(
        "topic-profile",
        COUNTRY,
        OTHER,
        option("framework", N_("Framework"), link("organisation"), help=N_("Only what was held within it.")),
        WHEN,
        WHERE,
    ),
    build=build,
    outline=outline,
)
