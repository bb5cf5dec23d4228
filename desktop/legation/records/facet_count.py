"""The derived table `facet_count`: at how many events a country had a delegation, or a topic was dealt with.

Kept by a trigger when a step closes, never logged, rebuilt at will, verified by `check`. See storage/derived_facets.py.
"""

from __future__ import annotations

from typing import Any

from legation.records.columns import required_number, required_text
from legation.records.row import Row


class FacetCount(Row, table=True):
    """How many events have a value of a facet. Facets of which an event has at most one value are not kept."""

    __tablename__ = "facet_count"
    __table_args__: Any = ({"sqlite_strict": True, "sqlite_with_rowid": False},)
    facet: str = required_text(primary_key=True)
    value: str = required_text(primary_key=True)
    events: int = required_number()
