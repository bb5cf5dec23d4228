"""Looking at a file in the background: its tables, what their columns may give, and what importing one would do.

Nothing is written here. The newest wish stops the older; long ones tell how far they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

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
class Wish:
    """What is to be looked at: a file or pasted text, how to read it, which of its tables, by which mapping.

    Without a mapping one is proposed, for rows of a type where one is named. `decisions` answer the questions.
    """

    path: Path | None = None
    pasted: str = ""
    choices: ReadingChoices = FIND_OUT
    table: int = 0
    type: str = ""
    mapping: Mapping | None = None
    decisions: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look at."""
        return self.path is None and not self.pasted


@dataclass(frozen=True)
class Looked:
    """What was found: the tables, examples of each column of the chosen one, and the plan; or the problem."""

    wish: Wish
    tables: tuple[SourceTable, ...] = ()
    examples: dict[str, str] = field(default_factory=dict)
    plan: Plan | None = None
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
    at = min(wish.table, len(tables) - 1)
    table = tables[at]
    mapping = wish.mapping or propose_mapping(reader, table, wish.type)
    plan = make_plan(reader, table, mapping, wish.decisions, progress)
    return Looked(replace(wish, table=at), tuple(tables), examples_of(table), plan)


def examples_of(table: SourceTable) -> dict[str, str]:
    """For each heading the first few different things that its column holds."""
    found: dict[str, list[str]] = {heading: [] for heading in table.headings}
    for row in islice(table.rows(), SAMPLE_ROWS):
        for heading, cell in zip(table.headings, row.cells, strict=False):
            words = " ".join(cell_text(cell).split())
            if words and len(found[heading]) < EXAMPLES and words not in found[heading]:
                found[heading].append(words)
    return {heading: " · ".join(examples) for heading, examples in found.items()}
