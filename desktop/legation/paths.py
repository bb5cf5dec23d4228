"""Where things are: the resources that come with the program, and the user's own folders.

`LEGATION_HOME`, when set, holds all of the user's folders; tests use it. Knows nobody above it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path


@cache
def resources() -> Path:
    """The folder of reference data, sample, help and translations: inside the installed package, or in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent.parent / "resources"


def _user_folder(kind: str) -> Path:
    home = os.environ.get("LEGATION_HOME")
    if home:
        folder = Path(home) / kind
    else:
        import platformdirs

        finders: dict[str, Callable[..., Path]] = {
            "settings": platformdirs.user_config_path,
            "state": platformdirs.user_state_path,
            "logs": platformdirs.user_log_path,
        }
        folder = finders[kind]("legation", appauthor=False)
    with suppress(OSError):  # whoever writes there says so; reading finds nothing
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def settings_folder() -> Path:
    """Where the user's settings are kept; made when missing and possible."""
    return _user_folder("settings")


def state_folder() -> Path:
    """Where drafts, window state, columns and recent workspaces are kept; made when missing and possible."""
    return _user_folder("state")


def logs_folder() -> Path:
    """Where the log file is kept; made when missing and possible."""
    return _user_folder("logs")
