"""The options of the chosen report, as a form made from its fields; rare ones are folded away."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from legation.errors import UserError
from legation.fields.draft import Draft, new_draft
from legation.fields.kinds import DAY, FILE, Link, choice
from legation.fields.record_type import Field, RecordType, field as option
from legation.i18n import N_, _
from legation.reports.grains import GRAINS
from legation.reports.report import Report
from legation.reports.running import Request, new_options
from legation.storage.filters.language import parse_filters
from legation.storage.loading import link_labels
from legation.ui.forms.context import FormContext, Names
from legation.ui.forms.fields_grid import FieldsGrid
from legation.ui.forms.mnemonics import MENU_LETTERS, with_mnemonics
from legation.ui.workspace import Workspace

LABEL_WIDTH = 80
LETTERS = MENU_LETTERS | frozenset("spcn")  # of the buttons beside the form
CHOOSE = {
    "country": N_("Choose a country."),
    "person": N_("Choose an official."),
    "organisation": N_("Choose a body."),
    "event": N_("Choose an event."),
    "topic": N_("Choose a topic."),
    "post": N_("Choose a post."),
}
BESIDE = RecordType(
    table="report_beside",
    label="report_beside",
    plural="report_beside",
    one_line="",
    fields=(
        option("as_of", N_("As of"), DAY, help=N_("What was known at the end of that day. Empty for now.")),
        option("since", N_("Since"), FILE, help=N_("An earlier issue: what changed since then is marked.")),
        option(
            "grain",
            N_("Plain table"),
            choice(GRAINS),
            rare=True,
            help=N_("The events of the report as one plain table, to count in."),
        ),
    ),
)


@dataclass
class Wish:
    """What is asked for on the page: a report, its options, and what every report can be asked beside them.

    `taken_from` is the earlier issue whose options were taken over.
    """

    report: Report
    options: Draft
    beside: Draft = field(default_factory=lambda: new_draft(BESIDE))
    taken_from: str = ""

    @property
    def since(self) -> str:
        """The file of the earlier issue; "" for none."""
        return self.beside["since"] or ""

    def request(self) -> Request:
        """The request as it stands, with a copy of the options. Nothing counts as given before an issue is read."""
        options = new_options(self.report, **self.options.values)
        given = {
            each.name
            for each in self.report.options.stored
            if options[each.name] is not None and options[each.name] != each.default
        }
        as_of = date.fromisoformat(self.beside["as_of"]) if self.beside["as_of"] else None
        kept = given if self.taken_from == self.since else set()
        return Request(self.report, options, as_of, None, self.beside["grain"] or "", frozenset(kept))

    def problems(self) -> dict[str, str]:
        """What is in the way, a sentence by the name of each field."""
        said: dict[str, str] = {}
        for draft in (self.options, self.beside):
            for problem in draft.problems():
                said.setdefault(problem.field, _asked_for(draft, problem.field) or problem.sentence)
        order = [each.name for record in (self.options.record, BESIDE) for each in record.stored]
        found = {name: said.pop(name) for name in order if name in said} | said
        if self.options["where"]:
            try:
                parse_filters(self.options["where"])
            except UserError as error:
                found.setdefault("where", str(error))
        return found


def _asked_for(draft: Draft, name: str) -> str:
    """What to choose where a link that is needed is missing; "" for everything else."""
    each = draft.record.by_name.get(name)
    if each is None or not each.required or draft[name] is not None or name in draft.rejected:
        return ""
    return _(CHOOSE[each.kind.target]) if isinstance(each.kind, Link) and each.kind.target in CHOOSE else ""


class OptionsPane(QScrollArea):
    """The form of a wish. `changed` tells that something else is asked for now."""

    changed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.wish: Wish | None = None
        self.grids: list[FieldsGrid] = []
        self._rare: QWidget | None = None
        self.more: QToolButton | None = None
        self._told = ("", "")
        self._shows_missing = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Options"))
        self.setWidget(QWidget())

    def show_wish(self, wish: Wish, names: Names) -> None:
        """Show the form of a wish; `names` are those of the records that its options point at."""
        self.wish, self._told, self._shows_missing = wish, ("", ""), False
        context = FormContext(self._workspace.details, lambda: wish.options, dict(names), creates=False)
        own, beside = wish.options.record.stored, BESIDE.stored
        every = [*((wish.options, each) for each in own), *((wish.beside, each) for each in beside)]
        plain = [(draft, each) for draft, each in every if not each.rare]
        rare = [(draft, each) for draft, each in every if each.rare]
        texts = with_mnemonics([_(each.label) for _draft, each in [*plain, *rare]], LETTERS)
        labels = {each.name: text for (_draft, each), text in zip([*plain, *rare], texts, strict=True)}
        content = QWidget()
        self.setWidget(content)
        content.setAutoFillBackground(True)
        content.setBackgroundRole(self.palette().ColorRole.Base)
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        title, about = QLabel(_(wish.report.label)), QLabel(_(wish.report.about))
        title.setProperty("heading", True)
        about.setProperty("quiet", True)
        for each in (title, about):
            each.setWordWrap(True)
            column.addWidget(each)
        column.addSpacing(8)
        self.grids = []
        self._add_grids(column, plain, context, labels)
        self.more, self._rare = self._make_fold(), QWidget()
        column.addWidget(self.more)
        inside = QVBoxLayout(self._rare)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        self._add_grids(inside, rare, context, labels)
        column.addWidget(self._rare)
        column.addStretch(1)
        self.more.setChecked(any(draft[each.name] not in (None, each.default) for draft, each in rare))
        self._fold(self.more.isChecked())
        self.show_problems()

    def _add_grids(
        self, column: QVBoxLayout, fields: list[tuple[Draft, Field]], context: FormContext, labels: dict[str, str]
    ) -> None:
        """A grid for the fields of each draft."""
        for draft in dict.fromkeys(each for each, _field in fields):
            grid = FieldsGrid(
                draft,
                [one for each, one in fields if each is draft],
                context,
                label_width=LABEL_WIDTH,
                labels=labels,
                parent=self.widget(),
            )
            grid.touched.connect(self._touched)
            self.grids.append(grid)
            column.addWidget(grid)

    def _make_fold(self) -> QToolButton:
        made = QToolButton()
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setAutoRaise(True)
        made.setProperty("fold", True)
        made.setText(_("More options"))
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setCheckable(True)
        made.toggled.connect(self._fold)
        return made

    def _fold(self, is_open: bool) -> None:
        if self._rare is not None and self.more is not None:
            self._rare.setVisible(is_open)
            self.more.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)

    def refill(self, values: dict[str, Any]) -> None:
        """Show other values of the options, as an earlier issue had them."""
        wish = self.wish
        if wish is None:
            return
        for each in wish.options.record.stored:
            wish.options[each.name] = values.get(each.name, each.default)
        self._workspace.details.ask_too(
            lambda reader: link_labels(reader, wish.options),
            lambda names: self.show_wish(wish, names) if self.wish is wish else None,
            lasts=True,
            owner=self,
        )

    def _touched(self, _draft: Draft, name: str) -> None:
        if self._told[0] in (name, "since"):
            self._told = ("", "")
        self.show_problems()
        self.changed.emit()

    # problems

    def tell(self, name: str, sentence: str) -> None:
        """Say a sentence at a field until the field changes."""
        self._told = (name, sentence)
        self.show_problems()

    def show_problems(self, *, all: bool = False) -> dict[str, str]:
        """Show what is wrong at its field; what is merely missing only with `all`, and from then on. All of it."""
        if self.wish is None:
            return {}
        self._shows_missing = self._shows_missing or all
        found = self.wish.problems()
        shown = {name: text for name, text in found.items() if self._shows_missing or not self._is_missing(name)}
        if self._told[0]:
            shown.setdefault(*self._told)
        for grid in self.grids:
            grid.show_problems(shown)
        return found

    def _is_missing(self, name: str) -> bool:
        wish = self.wish
        assert wish is not None
        draft = wish.beside if name in BESIDE.by_name else wish.options
        return draft[name] is None and name not in draft.rejected

    def give_keyboard(self) -> None:
        """Let the first option be typed in that lacks something, else the first one."""
        found = self.show_problems(all=True)
        for name in (*found, ""):
            for grid in self.grids:
                if (not name or name in grid.editors) and grid.give_keyboard(name):
                    if not grid.isVisible() and self.more is not None:
                        self.more.setChecked(True)
                        grid.give_keyboard(name)
                    return
