"""Errors that a person can act on. Everything else is a bug and is logged as one.

Each says in one sentence what happened and in another what to do. Knows nobody above it.
"""

from __future__ import annotations


class UserError(Exception):
    """Something expected went wrong: `what_happened`, and `what_to_do` about it."""

    def __init__(self, what_happened: str, what_to_do: str = "") -> None:
        super().__init__(what_happened, what_to_do)
        self.what_happened = what_happened
        self.what_to_do = what_to_do

    def __str__(self) -> str:
        return f"{self.what_happened} {self.what_to_do}".strip()


class WorkspaceError(UserError):
    """The workspace file cannot be used as it is."""


class WorkspaceMissing(WorkspaceError):
    """There is no file at the path."""


class WorkspaceLocked(WorkspaceError):
    """Another program is writing and did not finish in time."""


class WorkspaceReadOnly(WorkspaceError):
    """The file or its folder cannot be written."""


class WorkspaceNewer(WorkspaceError):
    """The file was written by a newer Legation."""


class WorkspaceForeign(WorkspaceError):
    """The file is not a Legation workspace."""


class WorkspaceDamaged(WorkspaceError):
    """The file is damaged or only half there."""


class DiskFull(WorkspaceError):
    """There is no room left where the workspace lies."""


class PlaceProblem(UserError):
    """A file that was to be written has no place: its folder is gone, or something is in the way."""


class RecordProblem(UserError):
    """A value that the workspace refuses; `field` names it where it is known."""

    def __init__(self, what_happened: str, what_to_do: str = "", field: str = "") -> None:
        super().__init__(what_happened, what_to_do)
        self.field = field


class ScreenMissing(UserError):
    """There is nothing to show a window on, or the system lacks what a window needs."""


class StepConflict(UserError):
    """A step cannot be undone or reverted, because later changes stand on it."""
