"""Report: how often each two countries met, as a matrix with a heat map, and as a list of pairs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from legation.documents.document import Block, Cell, Column, Document, Paragraph, Row, Run, Table
from legation.fields.fuzzy_dates import print_date
from legation.fields.kinds import choice, link
from legation.fields.record_type import field as option
from legation.i18n import N_, _, ngettext
from legation.records.catalogue import table_named
from legation.records.vocabulary import LEVELS
from legation.reports.charts import UNKNOWN, heat_map, level_words
from legation.reports.choosing import chosen_events
from legation.reports.layout import count, day, one_group, sources_column, text
from legation.reports.report import WHEN, WHERE, Basis, Report, options
from legation.reports.sources import Cited, Notes, citations_of_events
from legation.reports.together import Dated, dated_by_id, latest
from legation.storage.filters.conditions import CONTACTS_HELD, Filter
from legation.storage.reading import listed

VARIANTS = {"all": N_("All contacts"), "level": N_("By level"), "visits": N_("Visits out")}
VISITS_HELD = (Filter("kind", "visit"), Filter("status", "held"))
MOST_IN_MATRIX = 18  # countries a side that fit a page on its side; the list of pairs has them all


FEWEST_IN_PICTURE = 3  # countries a side; fewer are read as quickly in the table


@dataclass(frozen=True, slots=True)
class _Country:
    """A country in the order of the matrix: by region, then by name."""

    code: str
    name: str
    region: str

    @property
    def order(self) -> tuple[str, str]:
        return self.region, self.name


@dataclass
class _Counted:
    """The events of each pair in the order of time; `directed` pairs are visitor and visited."""

    directed: bool
    countries: dict[str, _Country]
    events: dict[int, Dated]
    cited: dict[int, list[Cited]]
    pairs: dict[tuple[str, str], list[Dated]] = field(default_factory=lambda: defaultdict(list))

    def level(self, wanted: str) -> _Counted:
        """The same of the events at one level."""
        found = _Counted(self.directed, self.countries, self.events, self.cited)
        for pair, events in self.pairs.items():
            kept = [each for each in events if (each.level or UNKNOWN) == wanted]
            if kept:
                found.pairs[pair] = kept
        return found

    def cells(self) -> dict[tuple[str, str], int]:
        """The number of each cell: of pairs without a direction on both sides of the diagonal."""
        found = {pair: len(events) for pair, events in self.pairs.items()}
        return found if self.directed else found | {(b, a): number for (a, b), number in found.items()}

    def distinct(self) -> int:
        """How many events there are, each once."""
        return len({each.id for events in self.pairs.values() for each in events})


def build(basis: Basis) -> Document:
    """The matrix, its heat map, and the pairs."""
    document, counted = _begun(basis)
    if counted.pairs:
        counted.cited |= citations_of_events(basis.reader, list(basis.events))
        document.add(_summary(counted))
        document.add(*_matrices(basis, counted))
    document.add(_pairs_table(basis, counted))
    return document


def outline(basis: Basis) -> Document:
    """The same document without its blocks."""
    return _begun(basis)[0]


def _begun(basis: Basis) -> tuple[Document, _Counted]:
    """The document before it has blocks, and what is counted for it."""
    counted = _visits(basis) if basis["variant"] == "visits" else _contacts(basis)
    basis.events |= dict.fromkeys(sorted({each.id for events in counted.pairs.values() for each in events}))
    return Document(_("Who visits whom") if counted.directed else _("Which countries met")), counted


def _contacts(basis: Basis) -> _Counted:
    """The pairs of countries that both had a delegation at a contact."""
    counted = _start(basis, chosen_events(basis, *CONTACTS_HELD), directed=False)
    for id, sides in _sides(basis, counted).items():
        codes = sorted({code for code, _role in sides}, key=lambda code: counted.countries[code].order)
        for at, one in enumerate(codes):
            for other in codes[at + 1 :]:
                counted.pairs[one, other].append(counted.events[id])
    return counted


def _visits(basis: Basis) -> _Counted:
    """The pairs of a visitor and the country visited."""
    counted = _start(basis, chosen_events(basis, *VISITS_HELD), directed=True)
    for id, sides in _sides(basis, counted).items():
        event = counted.events[id]
        hosts = [event.country] if event.country else [code for code, role in sides if role == "host"]
        guests = [code for code, role in sides if role == "guest"] or [code for code, role in sides if role != "host"]
        for host in dict.fromkeys(hosts):
            for guest in dict.fromkeys(guests):
                if guest != host and host in counted.countries:
                    counted.pairs[guest, host].append(event)
    return counted


def _start(basis: Basis, ids: list[int], *, directed: bool) -> _Counted:
    country, membership = table_named("country"), table_named("membership")
    statement = select(country.c.code, country.c.name, country.c.region)
    if basis["members"] is not None:
        members = select(membership.c.country).where(membership.c.organisation_id == basis["members"])
        statement = statement.where(country.c.code.in_(members))
    countries = {code: _Country(code, name, region or "") for code, name, region in basis.reader.rows(statement)}
    return _Counted(directed, countries, dated_by_id(basis.reader, ids), {})


def _sides(basis: Basis, counted: _Counted) -> dict[int, list[tuple[str, str]]]:
    """By event, in the order of time, the countries that were there with the role of each party."""
    party = table_named("delegation")
    statement = select(party.c.event_id, party.c.country, party.c.role).where(
        party.c.event_id.in_(listed(list(counted.events))), party.c.country.is_not(None), party.c.attendance != "absent"
    )
    found: dict[int, list[tuple[str, str]]] = {id: [] for id in counted.events}
    for id, code, role in basis.reader.rows(statement):
        if code in counted.countries:
            found[id].append((code, role))
    return found


def _summary(counted: _Counted) -> Paragraph:
    countries = len({code for pair in counted.pairs for code in pair})
    events, pairs = counted.distinct(), len(counted.pairs)
    words = ngettext("{count} event", "{count} events", events).format(count=f"{events:,}")
    if counted.directed:
        words = ngettext("{count} visit", "{count} visits", events).format(count=f"{events:,}")
    told = ngettext("{count} pair", "{count} pairs", pairs).format(count=f"{pairs:,}")
    of = ngettext("{count} country", "{count} countries", countries).format(count=countries)
    said = _("{events}, {countries}, {pairs}. Each number is how many events the two have in common.")
    if counted.directed:
        said = _("{events}, {countries}, {pairs}. The row visits the column.")
    return Paragraph((Run(said.format(events=words, countries=of, pairs=told)),))


def _matrices(basis: Basis, counted: _Counted) -> list[Block]:
    """The matrix and its picture; by level one matrix for each level that occurs, the best first."""
    if basis["variant"] != "level":
        return _matrix(basis.notes, "matrix", _("Matrix"), counted)
    blocks: list[Block] = []
    for level in (*LEVELS, UNKNOWN):
        part = counted.level(level)
        if part.pairs:
            blocks += _matrix(basis.notes, f"matrix-{level}", level_words(level), part)
    return blocks


def _matrix(notes: Notes, name: str, title: str, counted: _Counted) -> list[Block]:
    shown, left_out = _shown(counted)
    cells = {pair: number for pair, number in counted.cells().items() if {*pair} <= {each.code for each in shown}}
    blocks: list[Block] = []
    if left_out:
        words = ngettext(
            "The matrix has the {shown} countries that come up most; {count} more is in the list of pairs.",
            "The matrix has the {shown} countries that come up most; {count} more are in the list of pairs.",
            left_out,
        )
        blocks.append(Paragraph((Run(words.format(shown=len(shown), count=left_out), quiet=True),)))
    down, across = shown, shown
    if counted.directed:
        down = [each for each in shown if any(each.code == one for one, _other in cells)]
        across = [each for each in shown if any(each.code == other for _one, other in cells)]
    if min(len(down), len(across)) >= FEWEST_IN_PICTURE:
        places = {each.code: at for at, each in enumerate(shown)}
        heat = {(places[one], places[other]): number for (one, other), number in cells.items()}
        picture = heat_map(_("{matrix}: heat map").format(matrix=title), [each.name for each in shown], heat)
        blocks += [picture] if picture is not None else []
    return [*blocks, _matrix_table(notes, name, title, counted, down, across, cells)]


def _shown(counted: _Counted) -> tuple[list[_Country], int]:
    """The countries of the matrix in its order, those that come up most, and how many are left out."""
    totals: Counter[str] = Counter()
    for (one, other), events in counted.pairs.items():
        totals[one] += len(events)
        totals[other] += len(events)
    most = sorted(totals, key=lambda code: (-totals[code], counted.countries[code].name))[:MOST_IN_MATRIX]
    return sorted((counted.countries[code] for code in most), key=lambda each: each.order), len(totals) - len(most)


def _matrix_table(
    notes: Notes,
    name: str,
    title: str,
    counted: _Counted,
    down: Sequence[_Country],
    across: Sequence[_Country],
    cells: Mapping[tuple[str, str], int],
) -> Table:
    codes = {each.code for each in (*down, *across)}
    inside = {pair: found for pair, found in counted.pairs.items() if {*pair} <= codes}
    own = _events_of(inside)
    from_all = notes.cell(cited for each in _in_order(inside) for cited in counted.cited.get(each, ()))
    rows = []
    for each in down:
        numbers = [Cell("–") if other is each else _number(cells.get((each.code, other.code))) for other in across]
        total = sum(cells.get((each.code, other.code), 0) for other in across)
        ends = (count(total),) if counted.directed else (count(total), count(len(own.get(each.code, ()))))
        cited = notes.cell(source for id in own.get(each.code, ()) for source in counted.cited.get(id, ()))
        rows.append(Row(each.code, (text(each.name), *numbers, *ends, cited)))
    sums = [sum(cells.get((each.code, other.code), 0) for each in down) for other in across]
    distinct = len({each.id for found in inside.values() for each in found})
    label = Cell(_("Visits received") if counted.directed else _("Total"), is_strong=True)
    ends = (count(sum(sums)),) if counted.directed else (count(sum(sums)), count(distinct))
    rows.append(Row("total", (label, *(count(each) for each in sums), *ends, from_all)))
    columns = (
        Column("country", _("Visitor") if counted.directed else _("Country"), width=17),
        *(Column(each.code, each.code, "number", 7) for each in across),
        Column("total", _("Visits made") if counted.directed else _("Total"), "number", 7),
        *(() if counted.directed else (Column("events", _("Events"), "number", 9),)),
        sources_column(),
    )
    return Table(name, title, columns, one_group(rows))


def _number(number: int | None) -> Cell:
    """The cell of a pair; nothing where the two never met."""
    return count(number or None)


def _events_of(pairs: Mapping[tuple[str, str], list[Dated]]) -> dict[str, dict[int, None]]:
    """The different events in which each country met another; one with many others is there once."""
    found: dict[str, dict[int, None]] = defaultdict(dict)
    for pair, events in pairs.items():
        for code in pair:
            found[code].update(dict.fromkeys(each.id for each in events))
    return found


def _in_order(pairs: Mapping[tuple[str, str], list[Dated]]) -> list[int]:
    """The ids of the events of all pairs, each once, in the order of time."""
    every = {each.id: each for events in pairs.values() for each in events}
    return [each.id for each in sorted(every.values(), key=lambda each: (each.date_from, each.date_to, each.id))]


def _pairs_table(basis: Basis, counted: _Counted) -> Table:
    """A row for each pair, those who met most first."""
    by_level = basis["variant"] == "level"
    present = {each.level or UNKNOWN for found in counted.pairs.values() for each in found}
    levels = [each for each in (*LEVELS, UNKNOWN) if each in present] if by_level else []
    names = {code: each.name for code, each in counted.countries.items()}
    ordered = sorted(counted.pairs.items(), key=lambda pair: (-len(pair[1]), *(names[code] for code in pair[0])))
    rows = [_pair_row(basis, pair, found, names, levels, counted.cited) for pair, found in ordered]
    columns = (
        Column("one", _("Visitor") if counted.directed else _("Country"), width=26),
        Column("other", _("Visited") if counted.directed else _("With"), width=26),
        *(Column(level, level_words(level), "number", 11) for level in levels),
        Column("events", _("Visits") if counted.directed else _("Events"), "number", 8),
        Column("first", _("First"), "date", 16),
        Column("last", _("Last"), "date", 16),
        sources_column(),
    )
    nothing = _("No visit is recorded.") if counted.directed else _("No two countries are recorded to have met.")
    return Table("pairs", _("Pairs"), columns, one_group(rows), when_empty=nothing)


def _pair_row(
    basis: Basis,
    pair: tuple[str, str],
    events: list[Dated],
    names: Mapping[str, str],
    levels: Sequence[str],
    cited: Mapping[int, list[Cited]],
) -> Row:
    at_level = Counter(each.level or UNKNOWN for each in events)
    first, last = events[0], latest(events)
    cells = (
        text(names[pair[0]]), text(names[pair[1]]), *(_number(at_level[level]) for level in levels),
        count(len(events)), day(first.date, print_date(first.date)), day(last.date, print_date(last.date)),
        basis.notes.cell(note for each in events for note in cited.get(each.id, ())),
    )  # fmt: skip
    return Row("-".join(pair), cells)


REPORT = Report(
    name="country-matrix",
    label=N_("Country matrix"),
    about=N_("How often each two countries met or visited each other, as a matrix, a heat map and a list."),
    options=options(
        "country-matrix",
        option("variant", N_("Count"), choice(VARIANTS), required=True, default="all"),
        WHEN,
        option("members", N_("Members of"), link("organisation"), help=N_("Only the members of a group or format.")),
        WHERE,
    ),
    build=build,
    outline=outline,
)
