"""What was dealt with at an event and what came of it, in a row: topics as agenda, results as outcomes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from legation.fields.draft import Draft, new_draft
from legation.fields.folding import fold
from legation.i18n import _
from legation.imports.event_values import OUTCOME_WORDS
from legation.imports.row_values import RowValues
from legation.records.catalogue import record_type


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


def add_topics_and_outcomes(row: RowValues, draft: Draft, topics: Topics) -> None:
    """Give an event the agenda and the outcomes that its row names; unknown topics are kept in the summary."""
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
    for text in re.split(r"\s*[;|\n]\s*", row.text("event.outcomes", join="; ")):
        if text:
            kind = next((kind for word, kind in OUTCOME_WORDS.items() if word in fold(text).split()), "agreements")
            draft.add_line("outcomes", new_draft(record_type("outcome"), title=text, kind=kind, status="agreed"))
