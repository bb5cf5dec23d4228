"""What every table of a workspace is declared from."""

from __future__ import annotations

from sqlmodel import SQLModel


class Row(SQLModel):
    """A row, whose values are checked by drafts and by the database's own constraints.

    The checks that the library could make are not built: that would take a fifth of the time of declaring the tables.
    """

    model_config = {"defer_build": True}
