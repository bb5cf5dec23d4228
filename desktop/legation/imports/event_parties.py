"""A party of an event while its row is looked at."""

from __future__ import annotations

from dataclasses import dataclass, field

from legation.fields.folding import fold
from legation.imports.resolving import Body, Somebody


@dataclass
class Party:
    """A side of an event in a row: its state, its body, its persons."""

    role: str
    state: str | None = None
    body: Body | None = None
    persons: list[Somebody] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What names the party among those of its event."""
        body = self.body
        if body is None:
            return self.state or ""
        return self.state or self.whole_key

    @property
    def whole_key(self) -> str:
        """State and body of the party."""
        body = self.body
        if body is None:
            return self.state or ""
        named = f"#{body.id}" if body.id is not None else fold(str(body.draft and body.draft["name"]))
        return f"{self.state}{named}" if self.state else named
