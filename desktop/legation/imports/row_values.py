"""One row of a table as the mapping reads it: texts by role, dates read as their columns are written, key, digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from legation.fields.folding import fold
from legation.i18n import _
from legation.imports.column_dates import NOTHING as NO_DATE, DateColumn, ReadDate, read_cell, study
from legation.imports.column_profiles import cell_text
from legation.imports.mapping import Mapping, is_month_only, order_of
from legation.imports.roles import KEY, ROLES
from legation.imports.source_tables import SourceRow, SourceTable

MOST_SHOWN = 80  # characters of a cell
ATTENDED = "event.attended"
TICKS = {"x", "✓", "✔", "☑", "✅", "●", "•", "1", "+", "*", "y", "yes", "true", "ja", "oui", "si", "sí", "да",
         "attended", "present", "participated"}  # fmt: skip
NO_TICKS = {"0", "n", "no", "non", "nein", "false", "нет", "absent", "✗", "✘", "○"}
_IDENTITY = {  # what tells a row from others where no column numbers them
    "event": ("event.date", "event.start", "guest.country", "guest.persons", "host.country", "first.persons",
              "second.persons", "second.party", "event.parties", "event.persons", "event.title"),
    "person": ("person.name", "person.family_name", "person.given_name", "person.country", "post.title",
               "post.organisation", "appointment.start", "appointment.period"),
    "organisation": ("organisation.name", "organisation.country", "organisation.parent"),
    "country": ("country.code", "country.name"),
    "source": ("source.url", "source.title", "source.publisher"),
}  # fmt: skip


@dataclass(frozen=True)
class RowValues:
    """A row: its number in the file, its texts by role, its dates by role, its cells as they stand.

    `beyond` are cells after the last heading, `notes` what the reading of the file found odd.
    """

    number: int
    texts: dict[str, list[str]]
    dates: dict[str, ReadDate]
    key: str
    digest: str
    cells: tuple[str, ...]
    beyond: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """In sentences, what was odd in the row, and what stands beyond the headings, which no column gives."""
        said = list(self.notes)
        if self.beyond:
            cells = ", ".join(_("“{cell}”").format(cell=each[:MOST_SHOWN]) for each in self.beyond)
            said.append(_("Not taken, since it stands beyond the headings: {cells}.").format(cells=cells))
        return " ".join(said)

    def text(self, role: str, join: str = " ") -> str:
        """The text of a role, that of several columns joined; "" for nothing."""
        return join.join(self.texts.get(role, ()))

    def date(self, role: str) -> ReadDate:
        """What the row says of a date."""
        return self.dates.get(role, NO_DATE)

    @property
    def is_empty(self) -> bool:
        """Whether no mapped column says anything."""
        return not self.texts


class RowReader:
    """Reads the rows of a table by a mapping."""

    def __init__(self, table: SourceTable, mapping: Mapping) -> None:
        self.table = table
        self.mapping = mapping
        places = {heading: at for at, heading in enumerate(table.headings)}
        self._columns = [
            (places[heading], roles) for heading, roles in mapping.columns.items() if heading in places and roles
        ]
        dated = [heading for heading, roles in mapping.columns.items() if any(ROLES[role].is_date for role in roles)]
        self.dates = self._studied({heading: places[heading] for heading in dated if heading in places})
        self._filled = [places[heading] for heading in mapping.fill_down if heading in places]
        self._seen: dict[str, int] = {}

    def _studied(self, places: dict[str, int]) -> dict[str, DateColumn]:
        """How each column of dates is written; one that nothing decides follows those that are sure."""
        cells: dict[str, list[str]] = {heading: [] for heading in places}
        if places:
            for row in self.table.rows():
                for heading, at in places.items():
                    cells[heading].append(cell_text(row.cells[at]) if at < len(row.cells) else "")
        title = f"{self.table.title} {self.table.name} {self.table.file}"
        found = {heading: study(texts, title) for heading, texts in cells.items()}
        sure = {each.order for each in found.values() if each.is_sure and each.order in ("day first", "month first")}
        for heading, column in found.items():
            how = self.mapping.dates.get(heading, "")
            if how:
                found[heading] = column.with_order(order_of(how), "month" if is_month_only(how) else "")
            elif not column.is_sure and len(sure) == 1:
                found[heading] = column.like(next(iter(sure)))
        return found

    def rows(self) -> Iterator[RowValues]:
        """Each row, as the mapping reads it; blank lines are left out."""
        self._seen.clear()
        above: dict[int, str] = {}
        for row in self.table.rows():
            cells = tuple(cell_text(cell) for cell in row.cells)
            if self._filled and any(cells):
                above |= {at: cells[at] for at in self._filled if cells[at]}
                cells = tuple(cell or above.get(at, "") for at, cell in enumerate(cells))
            if any(cells) or row.beyond or any(cell not in (None, "") for cell in row.cells):
                yield self._read(row, cells)

    def _read(self, row: SourceRow, cells: tuple[str, ...]) -> RowValues:
        texts: dict[str, list[str]] = {}
        dates: dict[str, ReadDate] = {}
        for at, roles in self._columns:
            text = cells[at] if at < len(cells) else ""
            for role in roles if text else ():
                if role == ATTENDED:
                    self._attended(self.table.headings[at], text, texts)
                    continue
                texts.setdefault(role, []).append(text)
                if ROLES[role].is_date:
                    dates[role] = read_cell(_joined(texts[role]), self.dates[self.table.headings[at]])
        digest = hashlib.sha256(
            "\x1f".join(f"{role}={'|'.join(said)}" for role, said in sorted(texts.items())).encode()
        )
        beyond = tuple(text for cell in row.beyond if (text := cell_text(cell)))
        key = self._key(texts, cells)
        return RowValues(row.number, texts, dates, key, digest.hexdigest()[:32], cells, beyond, row.notes)

    def _attended(self, heading: str, text: str, texts: dict[str, list[str]]) -> None:
        """Note who takes part by a cell below the name of a country or body: a tick, or the names of persons."""
        named = heading.rsplit(" / ", 1)[-1]
        if text.casefold() in TICKS:
            texts.setdefault("event.parties", []).append(named)
        elif text.casefold() not in NO_TICKS:
            texts.setdefault("event.persons", []).append(f"{named}: {text}")

    def _key(self, texts: dict[str, list[str]], cells: Sequence[str]) -> str:
        """What names the row in its file: its number or code, else the words that tell it from others."""
        if KEY in texts:
            key = " ".join(texts[KEY])
        else:
            said = [fold(" ".join(texts.get(role, ()))) for role in _IDENTITY[self.mapping.record]]
            if "organisation.name" not in texts and "organisation.members" in texts:  # the members of one body
                said.append(fold(" ".join(texts["organisation.members"])))
            said += [fold(" ".join(texts[role])) for role in ("post.accredited_to",) if role in texts]
            key = "|".join(said) if any(said) else fold(" ".join(cells))
        count = self._seen[key] = self._seen.get(key, 0) + 1
        return key if count == 1 else f"{key}#{count}"


def _joined(parts: Sequence[str]) -> str:
    """A date whose year, month and day stand in columns of their own."""
    if len(parts) > 1 and all(part.isdecimal() for part in parts):
        return "-".join(parts)
    return " ".join(parts)
