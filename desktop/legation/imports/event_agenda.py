"""What was dealt with at an event and what came of it, in a row: topics as agenda, results as outcomes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from legation.clock import today
from legation.fields.draft import Draft, new_draft
from legation.fields.folding import fold
from legation.fields.fuzzy_dates import bounds, print_date
from legation.i18n import _
from legation.imports.event_values import OUTCOME_WORDS
from legation.imports.row_values import RowValues
from legation.records.catalogue import record_type

_YES, _NO = {"yes", "y", "true", "in force", "ja", "oui", "да"}, {"no", "not in force", "not yet", "pending", "false"}


class Topics:
    """The topics of the workspace, by code, name and words; `rows` are (code, name)."""

    def __init__(self, rows: Sequence[tuple[object, ...]]) -> None:
        self._codes = {fold(str(text)): str(code) for code, name in rows for text in (code, name)}

    def find(self, text: str) -> str | None:
        """The code of a topic that a text names, also by a word that only one topic has."""
        folded = fold(text)
        if folded in self._codes:
            return self._codes[folded]
        near = [code for name, code in self._codes.items() if len(folded) > 3 and folded in name.split()]
        return near[0] if len(near) == 1 else None


def add_topics_and_outcomes(row: RowValues, draft: Draft, topics: Topics, is_of_treaties: bool = False) -> None:
    """Give an event the agenda and the outcomes that its row names; unknown topics are kept in the summary.

    Where a table says when things entered into force (`is_of_treaties`), what was signed is an outcome itself.
    """
    unknown = []
    for text in re.split(r"\s*[;|,/\n·]\s*", row.text("event.topics", join="; ")):
        code = topics.find(text) if text else None
        if code is not None:
            draft.add_line("agenda", new_draft(record_type("agenda_item"), topic=code, act="discussed", text=text))
        elif text:
            unknown.append(text)
    if unknown:
        told = _("Topics: {topics}.").format(topics=", ".join(unknown))
        draft["summary"] = "\n".join(filter(None, (draft["summary"], told)))
    texts = [each for each in re.split(r"\s*[;|\n]\s*", row.text("event.outcomes", join="; ")) if each]
    is_treaty = is_of_treaties and not texts and bool(draft["title"])
    for text in [str(draft["title"])] if is_treaty else texts:
        default = "treaty" if is_treaty else "agreements"
        kind = next((kind for word, kind in OUTCOME_WORDS.items() if word in fold(text).split()), default)
        values = _fate(row) if is_of_treaties else {"status": "agreed"}
        draft.add_line("outcomes", new_draft(record_type("outcome"), title=text, kind=kind, **values))


def _fate(row: RowValues) -> dict[str, str]:
    """What a row says of the life of what was signed: when it entered into force, its number."""
    read = row.date("outcome.in_force")
    found = {"status": "signed"}
    if read.edtf is not None:
        found = {"status": "in_force", "closed": read.edtf}
        if bounds(read.edtf)[0] > today().isoformat():
            found = {"status": "signed", "text": _("Enters into force: {date}.").format(date=print_date(read.edtf))}
    elif read.is_open or fold(read.words) in _YES:
        found = {"status": "in_force"}
    elif read.words and fold(read.words) not in _NO:
        found["text"] = _("Entry into force: {words}").format(words=read.words)
    if number := row.text("outcome.reference"):
        found["reference"] = number
    return found
