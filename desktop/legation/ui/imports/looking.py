"""Looking at a file in the background: its tables, what their columns may give, and what importing one would do.

Nothing is written here. The newest wish stops the older; long ones tell how far they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from legation.errors import UserError
from legation.imports.column_profiles import cell_text
from legation.imports.files.opening import open_tables, read_pasted
from legation.imports.mapping import Mapping
from legation.imports.planning import Cancelled, Plan, make_plan, propose_mapping
from legation.imports.reading_choices import FIND_OUT, ReadingChoices
from legation.imports.source_tables import SourceTable
from legation.storage.reading import Interrupted, Reader
from legation.ui.newest_wish import NewestWish
from legation.ui.workspace import Workspace

SAMPLE_ROWS = 60  # looked through for examples of what a column holds
EXAMPLES = 3


@dataclass(frozen=True)
class TableWish:
    """What was said of one table: what its rows are, its mapping, answers to its questions, that it is left out.

    Without a mapping one is proposed, for rows of a type where one is named.
    """

    type: str = ""
    mapping: Mapping | None = None
    decisions: dict[str, str] = field(default_factory=dict)
    is_left_out: bool = False


@dataclass(frozen=True)
class Wish:
    """What is to be looked at: a file or pasted text, how to read it, which of its tables is shown.

    `said` is what was said of each table by its place. All tables that are not left out are imported together.
    """

    path: Path | None = None
    pasted: str = ""
    choices: ReadingChoices = FIND_OUT
    table: int = 0
    said: dict[int, TableWish] = field(default_factory=dict)

    @property
    def own(self) -> TableWish:
        """What was said of the table that is shown."""
        return self.of(self.table)

    def of(self, table: int) -> TableWish:
        """What was said of a table."""
        return self.said.get(table, TableWish())

    def saying(self, **what: Any) -> Wish:
        """The wish with something else said of the table that is shown."""
        return replace(self, said={**self.said, self.table: replace(self.own, **what)})

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look at."""
        return self.path is None and not self.pasted


@dataclass(frozen=True)
class Looked:
    """What was found: the tables, examples of each column of the chosen one, and its plan; or the problem.

    `plans` are those of all tables that are imported, by their places.
    """

    wish: Wish
    tables: tuple[SourceTable, ...] = ()
    examples: dict[str, str] = field(default_factory=dict)
    plan: Plan | None = None
    plans: dict[int, Plan] = field(default_factory=dict)
    problem: UserError | None = None
    number: int = 0


class Looking(NewestWish):
    """Looks at files. `looked` carries `Looked`."""

    looked = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.imports)

    def ask(self, wish: Wish) -> None:
        """Look at what is wished, instead of what is being looked at."""
        progress, number = self.begin(), self.number

        def work(reader: Reader) -> Looked:
            try:
                return replace(_look(reader, wish, progress), number=number)
            except UserError as problem:
                return Looked(wish, problem=problem, number=number)
            except Cancelled:
                raise Interrupted from None

        self.lane.ask(work, self._take)

    def _take(self, looked: Looked) -> None:
        if looked.number == self.number:
            self.end()
            self.looked.emit(looked)


def _look(reader: Reader, wish: Wish, progress: Callable[[int, int], bool]) -> Looked:
    """The tables and the plan. Raises `UserError` for what is no table, `Cancelled` when it is stopped."""
    tables = open_tables(wish.path, wish.choices) if wish.path else read_pasted(wish.pasted, wish.choices)
    shown = min(wish.table, len(tables) - 1)
    plans: dict[int, Plan] = {}
    plan = None
    for at, table in enumerate(tables):
        said = wish.of(at)
        if said.is_left_out and at != shown:
            continue
        after = next(reversed(plans.values()), None) if not said.is_left_out else None
        mapping = said.mapping or propose_mapping(reader, table, said.type, after)
        made = make_plan(reader, table, mapping, said.decisions, progress, after)
        if not said.is_left_out:
            plans[at] = made
        if at == shown:
            plan = made
    return Looked(replace(wish, table=shown), tuple(tables), examples_of(tables[shown]), plan, plans)


def examples_of(table: SourceTable) -> dict[str, str]:
    """For each heading the first few different things that its column holds."""
    found: dict[str, list[str]] = {heading: [] for heading in table.headings}
    for row in islice(table.rows(), SAMPLE_ROWS):
        for heading, cell in zip(table.headings, row.cells, strict=False):
            words = " ".join(cell_text(cell).split())
            if words and len(found[heading]) < EXAMPLES and words not in found[heading]:
                found[heading].append(words)
    return {heading: " · ".join(examples) for heading, examples in found.items()}
