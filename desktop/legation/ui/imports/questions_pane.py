"""Names that may be those of known records: decided one by one with a key, or left to the rule."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from legation.i18n import _, ngettext
from legation.imports.outcomes import Question
from legation.records.catalogue import record_type

NEW = "new"
PRINTED, MAYBE, REASON, ROWS, DECIDED = range(5)


class QuestionsPane(QTreeWidget):
    """A line a name or column. S takes what is offered, N makes a new record, U leaves it to the rule again.

    `decided` carries all answers by the keys of the questions; more than one record that may be meant are taken in
    turn by S. `pointed` carries what the line with the keyboard says, uncut.
    """

    decided = Signal(object)
    pointed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderLabels([_("In the file"), _("May be"), _("Why"), _("Rows"), _("Becomes")])
        self.setAccessibleName(_("Names to decide"))
        self.setRootIsDecorated(False)
        self.setProperty("sheet", True)
        self.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        for column in (PRINTED, MAYBE, REASON):
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.currentItemChanged.connect(lambda _item, _before: self.pointed.emit(self.told()))
        self._questions: list[Question] = []
        self._answers: dict[str, str] = {}
        self._rule = ""

    def show_questions(self, questions: Sequence[Question], answers: dict[str, str], rule: str) -> None:
        """Show the questions with what was decided; the line with the keyboard keeps it."""
        here = self.indexOfTopLevelItem(self.currentItem()) if self.currentItem() is not None else 0
        self._questions, self._answers, self._rule = list(questions), dict(answers), rule
        self.clear()
        for each in self._questions:
            item = QTreeWidgetItem(self._words(each, rule))
            for column in (PRINTED, MAYBE, REASON):
                item.setToolTip(column, item.text(column))
            self.addTopLevelItem(item)
        for column in (ROWS, DECIDED):
            self.resizeColumnToContents(column)
        if self._questions:
            self.setCurrentItem(self.topLevelItem(min(max(here, 0), len(self._questions) - 1)))

    def told(self) -> str:
        """All that the line with the keyboard says, uncut."""
        item = self.currentItem()
        if item is None:
            return ""
        told = _("{printed}: {maybe}? {reason}")
        return told.format(printed=item.text(PRINTED), maybe=item.text(MAYBE), reason=item.text(REASON))

    def _words(self, question: Question, rule: str) -> list[str]:
        printed = question.printed
        if question.record not in ("person", ""):
            kind = _(record_type(question.record).label)
            printed = _("{name} ({kind})").format(name=printed, kind=kind.lower())
        labels = " / ".join(each.label for each in question.choices)
        reasons = " / ".join(dict.fromkeys(each.reason for each in question.choices))
        rows = ngettext("{count} row", "{count} rows", len(question.rows)).format(count=f"{len(question.rows):,}")
        if not question.record:
            printed, rows = _("{column} (dates)").format(column=printed), _("All rows")
        return [printed, labels, reasons, rows, self._becomes(question, rule)]

    def _becomes(self, question: Question, rule: str) -> str:
        answer = self._answers.get(question.key, "")
        if not question.record and answer in (NEW, ""):
            return _("The days as they stand")
        if answer == NEW:
            return _("A new record")
        for each in question.choices:
            if each.answer == answer:
                return each.label
        return {
            "new": _("By the rule: a new record"),
            "same": _("By the rule: the known one"),
            "reject": _("By the rule: rejected"),
        }.get(rule, rule)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """S, N and U decide the chosen lines."""
        letter = event.text().casefold()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if plain and letter in ("s", "n", "u") and self.selectedItems():
            self.decide(letter)
        else:
            super().keyPressEvent(event)

    def decide(self, letter: str) -> None:
        """Answer the questions of the chosen lines, and go to the next line."""
        places = sorted(self.indexOfTopLevelItem(item) for item in self.selectedItems())
        for place in places:
            question = self._questions[place]
            if letter == "u":
                self._answers.pop(question.key, None)
            elif letter == "n":
                self._answers[question.key] = NEW
            else:
                self._answers[question.key] = self._next_choice(question)
            if (item := self.topLevelItem(place)) is not None:  # at once: counting all anew may take its time
                item.setText(DECIDED, self._becomes(question, self._rule))
        following = self.topLevelItem(places[-1] + 1)
        has_others = letter == "s" and len(self._questions[places[0]].choices) > 1  # S again takes the next of them
        if len(places) == 1 and following is not None and not has_others:
            self.setCurrentItem(following)
        self.decided.emit(dict(self._answers))

    def _next_choice(self, question: Question) -> str:
        """The answer after the one given: records that may be meant are taken in turn."""
        answers = [each.answer for each in question.choices]
        given = self._answers.get(question.key, "")
        return answers[(answers.index(given) + 1) % len(answers)] if given in answers else answers[0]
