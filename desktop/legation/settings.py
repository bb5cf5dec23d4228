"""What the user likes, and what the program should still know next time.

`Settings` are wishes and live in the settings folder. State is what a window remembers by itself (its size, columns,
recent workspaces, drafts) and lives in the state folder, one JSON file a name. Every file is written beside its place
and moved into it, and a file that cannot be read is set aside, never overwritten. Knows no workspace and no window.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from legation.errors import UserError
from legation.i18n import _
from legation.paths import settings_folder, state_folder

RECENT_LIMIT = 12
_SETTINGS_FILE = "settings.json"
_RECENT = "recent"


@dataclass
class Settings:
    """What the user can choose. A value that no longer fits its type is read as the default."""

    language: str = ""
    """A language code such as "en"; empty follows the system."""
    look: Literal["system", "light", "dark"] = "system"
    text_size: int = 0
    """Points added to the system's text size."""
    who: str = ""
    """The name that steps carry; empty takes the account's name."""
    opens_last_workspace: bool = True
    csv_with_byte_order_mark: bool = True
    """Whether a CSV file begins with the mark by which spreadsheets know UTF-8."""
    keys: dict[str, str] = field(default_factory=dict)
    """The user's own keys: command id to key sequence."""


def read_settings() -> Settings:
    """The user's settings; defaults where nothing was chosen or where a value does not fit."""
    chosen = _read(settings_folder() / _SETTINGS_FILE)
    hints = get_type_hints(Settings)
    known = {each.name for each in fields(Settings)}
    return Settings(**{name: value for name, value in chosen.items() if name in known and _fits(value, hints[name])})


def write_settings(settings: Settings) -> None:
    """Keep the settings. Raises UserError when they cannot be written."""
    _write(settings_folder() / _SETTINGS_FILE, asdict(settings))


def read_state(name: str) -> dict[str, Any]:
    """What was kept under a name: JSON values by key; empty when nothing was kept or it cannot be read."""
    return _read(_state_path(name))


def write_state(name: str, values: dict[str, Any]) -> None:
    """Keep JSON values under a name, in place of what was there. Raises UserError when they cannot be written."""
    _write(_state_path(name), values)


def forget_state(name: str) -> None:
    """Drop what was kept under a name, if anything."""
    _state_path(name).unlink(missing_ok=True)


def states(beginning: str) -> list[str]:
    """The names that begin so and under which something is kept, in order."""
    return sorted(path.stem for path in state_folder().glob(f"{beginning}*.json") if ".damaged-" not in path.name)


def workspace_key(uuid: str, path: Path) -> str:
    """The name under which a workspace's own state is kept: a copy made outside the program has a name of its own."""
    place = hashlib.sha256(str(Path(path).resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return f"{uuid}-{place}"


def recent_workspaces() -> list[Path]:
    """The workspaces opened last, newest first; those that are gone are still listed, for the page to say so."""
    paths = read_state(_RECENT).get("paths", [])
    return [Path(each) for each in paths if isinstance(each, str)] if isinstance(paths, list) else []


def remember_workspace(path: Path) -> None:
    """Put a workspace first among the recent ones."""
    resolved = Path(path).resolve()
    others = [each for each in recent_workspaces() if each != resolved]
    write_state(_RECENT, {"paths": [str(each) for each in [resolved, *others][:RECENT_LIMIT]]})


def forget_workspace(path: Path) -> None:
    """Take a workspace off the list of recent ones."""
    resolved = Path(path).resolve()
    write_state(_RECENT, {"paths": [str(each) for each in recent_workspaces() if each not in (path, resolved)]})


def _state_path(name: str) -> Path:
    if not name or any(not (letter.isalnum() or letter in "-_") for letter in name):
        raise ValueError(f"not a name for state: {name!r}")
    return state_folder() / f"{name}.json"


def _fits(value: object, hint: Any) -> bool:
    """Whether a JSON value is of a setting's type."""
    if get_origin(hint) is Literal:
        return value in get_args(hint)
    if get_origin(hint) is dict:
        return isinstance(value, dict) and all(isinstance(each, str) for pair in value.items() for each in pair)
    return type(value) is hint


def _read(path: Path) -> dict[str, Any]:
    """The object in a JSON file; empty when there is none. What cannot be read is set aside under another name."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (ValueError, RecursionError):
        values = None
    except OSError:
        return {}
    if isinstance(values, dict):
        return values
    _set_aside(path)
    return {}


def _set_aside(path: Path) -> None:
    number = 1
    while (place := path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")).exists():
        number += 1
    with suppress(OSError):
        path.rename(place)


def _write(path: Path, values: dict[str, Any]) -> None:
    text = json.dumps(values, ensure_ascii=False, indent=1) + "\n"
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=path.stem + "-", suffix=".part", delete=False
        ) as file:
            temporary = Path(file.name)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as problem:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise UserError(
            _("{path} could not be written: {reason}.").format(path=path, reason=problem.strerror),
            _("Make room, or allow writing there; what you chose holds until the program ends."),
        ) from problem
