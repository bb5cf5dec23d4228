"""Kept counts: what stale records counted for is taken off, what they count for now is added.

So a step costs what its records cost, however much is counted in all. Knows no table: the callers name them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Counts:
    """A table of counts: its key, and SQL that counts its rows among some events, as columns of the key and `events`.

    The SQL tells these events by `{these}`, a condition on the column `event_id`.
    """

    table: str
    key: tuple[str, ...]
    counted: str

    def counted_among(self, these: str) -> str:
        """The SQL for the events that a condition tells."""
        return self.counted.format(these=these)

    def taken_off(self, these: str) -> str:
        """The statement that takes off what some events counted for."""
        same = self._same("gone")
        return (
            f"UPDATE {self.table} SET events = {self.table}.events - gone.events "
            f"FROM ({self.counted_among(these)}) AS gone WHERE {same}"
        )

    def added(self, these: str) -> str:
        """The statement that adds what they count for."""
        return (
            f"INSERT INTO {self.table} SELECT * FROM ({self.counted_among(these)}) WHERE true "
            f"ON CONFLICT ({', '.join(self.key)}) DO UPDATE SET events = {self.table}.events + excluded.events"
        )

    def trigger(self) -> str:
        """The statement that creates the trigger by which a count that falls to nothing goes."""
        return (
            f"CREATE TRIGGER {self.table}_nothing AFTER UPDATE OF events ON {self.table} WHEN NEW.events = 0 "
            f"BEGIN DELETE FROM {self.table} WHERE {self._same('NEW')}; END"
        )

    def _same(self, row: str) -> str:
        return " AND ".join(f"{self.table}.{each} = {row}.{each}" for each in self.key)
