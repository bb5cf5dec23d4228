"""Report: how often each two countries met, as a matrix with a heat map, and as a list of pairs.

The workspace counts (see storage/encounters.py): no event is looked at here, however many there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import select

from legation.documents.document import Block, Cell, Column, Document, Paragraph, Row, Run, Table
from legation.fields.fuzzy_dates import print_date
from legation.fields.kinds import choice, link
from legation.fields.record_type import field as option
from legation.i18n import N_, _, ngettext
from legation.records.catalogue import table_named
from legation.records.columns import EARLIEST, LATEST
from legation.records.vocabulary import LEVELS
from legation.reports.charts import UNKNOWN, heat_map, level_words
from legation.reports.choosing import chosen_events
from legation.reports.layout import count, day, one_group, sources_column, text
from legation.reports.report import WHEN, WHERE, Basis, Report, options
from legation.reports.row_sources import OPTION as SOURCES_NAMED, RowSources, row_sources, said
from legation.storage.encounters import EVERY, Encounters, Ends, Key
from legation.storage.filters.conditions import CONTACTS_HELD, Filter
from legation.storage.reading import listed

VARIANTS = {"all": N_("All contacts"), "level": N_("By level"), "visits": N_("Visits out")}
VISITS_HELD = (Filter("kind", "visit"), Filter("status", "held"))
MOST_IN_MATRIX = 18  # countries a side; the list of pairs has them all
ROOM, GAP = 108, 3  # letters of a line on a page on its side that the numbers of a matrix may take, and between two
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


class _Pair(NamedTuple):
    """Two countries with the number of their events; of contacts in the order of the matrix, else visitor and visited.

    `key` names them where sources and days are asked for.
    """

    one: str
    other: str
    key: Key
    events: int
    at_level: Mapping[str, int]


@dataclass(frozen=True)
class _Matrix:
    """A matrix before it has cells: its countries in order, how many are left out, and the numbers of all pairs."""

    name: str
    title: str
    shown: Sequence[_Country]
    left_out: int
    cells: Mapping[tuple[str, str], int]


class _Proofs(NamedTuple):
    """What the rows of tables rest on: their events and sources."""

    rows: RowSources
    pairs: RowSources
    events: Mapping[Key, int]
    days: Mapping[Key, tuple[Cell, Cell]]


def build(basis: Basis) -> Document:
    """The matrix, its heat map, and the pairs. The events are noted by `outline` alone."""
    met = _encounters(basis)
    countries = _countries(basis)
    pairs = _pairs(basis, met, countries)
    document = _begun(met)
    proofs = _Proofs(RowSources(), RowSources(), {}, {})
    if pairs:
        matrices = _matrices(basis, met, pairs, countries)
        proofs = _proofs(basis, met, matrices)
        document.add(_summary(pairs, met, met.event_count(basis.reader)))
        is_any_cut = bool(proofs.rows.more or proofs.pairs.more)
        document.add(*said(basis["sources"], is_any_cut=is_any_cut))
        for matrix in matrices:
            document.add(*_matrix(basis, met, matrix, proofs))
    document.add(_pairs_table(basis, met, pairs, countries, proofs))
    return document


def outline(basis: Basis) -> Document:
    """The same document without its blocks: nothing is counted for it."""
    met = _encounters(basis)
    basis.events |= dict.fromkeys(met.events(basis.reader))
    basis.is_in_time = True
    return _begun(met)


def _begun(met: Encounters) -> Document:
    return Document(_("Who visits whom") if met.of_visits else _("Which countries met"))


def _encounters(basis: Basis) -> Encounters:
    """What is asked about; events are chosen one by one only where a filter asks for it."""
    of_visits, members = basis["variant"] == "visits", basis["members"]
    if basis["where"]:
        held = VISITS_HELD if of_visits else CONTACTS_HELD
        return Encounters(of_visits, members=members, among=chosen_events(basis, *held))
    first, last = basis.window or (EARLIEST, LATEST)
    return Encounters(of_visits, first, last, members)


def _countries(basis: Basis) -> dict[str, _Country]:
    country = table_named("country")
    rows = basis.reader.rows(select(country.c.code, country.c.name, country.c.region))
    return {code: _Country(code, name, region or "") for code, name, region in rows}


def _pairs(basis: Basis, met: Encounters, countries: Mapping[str, _Country]) -> list[_Pair]:
    """The pairs, those who met most first."""
    found: dict[Key, Counter[str]] = {}
    for each in met.counts(basis.reader, by_level=basis["variant"] == "level"):
        found.setdefault((each.one, each.other), Counter())[each.level or UNKNOWN] += each.events
    pairs = []
    for key, at_level in found.items():
        one, other = key if met.of_visits else sorted(key, key=lambda code: countries[code].order)
        pairs.append(_Pair(one, other, key, at_level.total(), at_level))
    return sorted(pairs, key=lambda pair: (-pair.events, countries[pair.one].name, countries[pair.other].name))


def _matrices(
    basis: Basis, met: Encounters, pairs: Sequence[_Pair], countries: Mapping[str, _Country]
) -> list[_Matrix]:
    """The matrix; by level one for each level that occurs, the best first."""
    if basis["variant"] != "level":
        numbers = {(pair.one, pair.other): pair.events for pair in pairs}
        return [_matrix_of("matrix", _("Matrix"), numbers, met, countries)]
    found = []
    for level in _levels(pairs):
        numbers = {(pair.one, pair.other): pair.at_level[level] for pair in pairs if level in pair.at_level}
        found.append(_matrix_of(f"matrix-{level}", level_words(level), numbers, met, countries))
    return found


def _levels(pairs: Sequence[_Pair]) -> list[str]:
    """The levels that occur, the best first."""
    present = {level for pair in pairs for level in pair.at_level}
    return [each for each in (*LEVELS, UNKNOWN) if each in present]


def _matrix_of(
    name: str, title: str, numbers: Mapping[tuple[str, str], int], met: Encounters, countries: Mapping[str, _Country]
) -> _Matrix:
    """The matrix of the countries that come up most, as many as fit a page with numbers of their length; of contacts
    each number stands on both sides of the diagonal."""
    totals: Counter[str] = Counter()
    for (one, other), number in numbers.items():
        totals[one] += number
        totals[other] += number
    fitting = min(MOST_IN_MATRIX, ROOM // (len(f"{max(numbers.values()):,}") + GAP))
    most = sorted(totals, key=lambda code: (-totals[code], countries[code].name))[:fitting]
    shown = sorted((countries[code] for code in most), key=lambda each: each.order)
    inside = {pair: number for pair, number in numbers.items() if {*pair} <= {*most}}
    cells = inside if met.of_visits else inside | {(other, one): number for (one, other), number in inside.items()}
    return _Matrix(name, title, shown, len(totals) - len(most), cells)


def _proofs(basis: Basis, met: Encounters, matrices: Sequence[_Matrix]) -> _Proofs:
    """What the rows of the matrices and the pairs rest on."""
    reader, named = basis.reader, basis["sources"]
    by_level = basis["variant"] == "level"
    shown = {matrix.name.removeprefix("matrix-"): [each.code for each in matrix.shown] for matrix in matrices}
    rows, pairs = met.within(shown, by_level=by_level), met.pairs()
    ends = pairs.ends(reader)
    return _Proofs(
        row_sources(reader, rows, rows.ends(reader), named),
        row_sources(reader, pairs, ends, named),
        {} if met.of_visits else rows.event_counts(reader),
        _days(basis, ends),
    )


def _days(basis: Basis, ends: Mapping[Key, Ends]) -> dict[Key, tuple[Cell, Cell]]:
    """The dates of the first and the last event of each pair, as cells."""
    event = table_named("event")
    ids = sorted({id for each in ends.values() for id in each})
    rows = basis.reader.rows(select(event.c.id, event.c.date).where(event.c.id.in_(listed(ids))))
    cells = {date: day(date, print_date(date)) for date in {date for _id, date in rows}}
    days = {id: cells[date] for id, date in rows}
    return {key: (days[each.first], days[each.last]) for key, each in ends.items()}


def _summary(pairs: Sequence[_Pair], met: Encounters, events: int) -> Paragraph:
    countries = len({code for pair in pairs for code in (pair.one, pair.other)})
    words = ngettext("{count} event", "{count} events", events).format(count=f"{events:,}")
    if met.of_visits:
        words = ngettext("{count} visit", "{count} visits", events).format(count=f"{events:,}")
    told = ngettext("{count} pair", "{count} pairs", len(pairs)).format(count=f"{len(pairs):,}")
    of = ngettext("{count} country", "{count} countries", countries).format(count=countries)
    told_of = _("{events}, {countries}, {pairs}. Each number is how many events the two have in common.")
    if met.of_visits:
        told_of = _("{events}, {countries}, {pairs}. The row visits the column.")
    return Paragraph((Run(told_of.format(events=words, countries=of, pairs=told)),))


def _matrix(basis: Basis, met: Encounters, matrix: _Matrix, proofs: _Proofs) -> list[Block]:
    """The picture of the matrix, the matrix as a table, and what it leaves out."""
    blocks: list[Block] = []
    shown = down = across = matrix.shown
    if met.of_visits:
        down = [each for each in shown if any(each.code == one for one, _other in matrix.cells)]
        across = [each for each in shown if any(each.code == other for _one, other in matrix.cells)]
    if min(len(down), len(across)) >= FEWEST_IN_PICTURE:
        places = {each.code: at for at, each in enumerate(shown)}
        heat = {(places[one], places[other]): number for (one, other), number in matrix.cells.items()}
        picture = heat_map(_("{matrix}: heat map").format(matrix=matrix.title), [each.name for each in shown], heat)
        blocks += [picture] if picture is not None else []
    blocks.append(_matrix_table(basis, met, matrix, down, across, proofs))
    if matrix.left_out:
        words = ngettext(
            "The matrix has the {shown} countries that come up most; {count} more is in the list of pairs.",
            "The matrix has the {shown} countries that come up most; {count} more are in the list of pairs.",
            matrix.left_out,
        )
        blocks.append(Paragraph((Run(words.format(shown=len(shown), count=matrix.left_out), quiet=True),)))
    return blocks


def _matrix_table(
    basis: Basis,
    met: Encounters,
    matrix: _Matrix,
    down: Sequence[_Country],
    across: Sequence[_Country],
    proofs: _Proofs,
) -> Table:
    cells, name = matrix.cells, matrix.name.removeprefix("matrix-")
    from_all = proofs.rows.cell(basis.notes, (name, EVERY))
    rows = []
    for each in down:
        numbers = [Cell("–") if other is each else _number(cells.get((each.code, other.code))) for other in across]
        total = sum(cells.get((each.code, other.code), 0) for other in across)
        ends = (count(total),) if met.of_visits else (count(total), count(proofs.events.get((name, each.code), 0)))
        cited = proofs.rows.cell(basis.notes, (name, each.code))
        rows.append(Row(each.code, (text(each.name), *numbers, *ends, cited)))
    sums = [sum(cells.get((each.code, other.code), 0) for each in down) for other in across]
    label = Cell(_("Visits received") if met.of_visits else _("Total"), is_strong=True)
    ends = (count(sum(sums)),) if met.of_visits else (count(sum(sums)), count(proofs.events.get((name, EVERY), 0)))
    rows.append(Row("total", (label, *(count(each) for each in sums), *ends, from_all)))
    columns = (
        Column("country", _("Visitor") if met.of_visits else _("Country"), width=17),
        *(Column(each.code, each.code, "number", 7) for each in across),
        Column("total", _("Visits made") if met.of_visits else _("Total"), "number", 7),
        *(() if met.of_visits else (Column("events", _("Events"), "number", 9),)),
        replace(sources_column(), width=17),
    )
    return Table(matrix.name, matrix.title, columns, one_group(rows))


def _number(number: int | None) -> Cell:
    """The cell of a pair; nothing where the two never met."""
    return count(number or None)


def _pairs_table(
    basis: Basis, met: Encounters, pairs: Sequence[_Pair], countries: Mapping[str, _Country], proofs: _Proofs
) -> Table:
    """A row for each pair, those who met most first."""
    levels = _levels(pairs) if basis["variant"] == "level" else []
    names = {code: text(each.name) for code, each in countries.items()}
    rows = [_pair_row(basis, pair, names, levels, proofs) for pair in pairs]
    columns = (
        Column("one", _("Visitor") if met.of_visits else _("Country"), width=26),
        Column("other", _("Visited") if met.of_visits else _("With"), width=26),
        *(Column(level, level_words(level), "number", 11) for level in levels),
        Column("events", _("Visits") if met.of_visits else _("Events"), "number", 8),
        Column("first", _("First"), "date", 16),
        Column("last", _("Last"), "date", 16),
        sources_column(),
    )
    nothing = _("No visit is recorded.") if met.of_visits else _("No two countries are recorded to have met.")
    return Table("pairs", _("Pairs"), columns, one_group(rows), when_empty=nothing)


def _pair_row(basis: Basis, pair: _Pair, names: Mapping[str, Cell], levels: Sequence[str], proofs: _Proofs) -> Row:
    cells = (
        names[pair.one], names[pair.other], *(_number(pair.at_level.get(level)) for level in levels),
        count(pair.events), *proofs.days[pair.key], proofs.pairs.cell(basis.notes, pair.key),
    )  # fmt: skip
    return Row(f"{pair.one}-{pair.other}", cells)


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
        SOURCES_NAMED,
    ),
    build=build,
    outline=outline,
)
