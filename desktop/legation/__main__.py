"""The command `legation`: a subcommand, which never loads Qt, or else the window.

Knows `cli` and `ui` by one function each and loads only the one that is asked for.
"""

from __future__ import annotations

import sys
from pathlib import Path

from legation import log
from legation.documents.memory import without_collecting
from legation.errors import UserError
from legation.i18n import _, set_language
from legation.screen import require_screen
from legation.settings import read_settings


def main(arguments: list[str] | None = None) -> int:
    """Run the command with its arguments (those of the process by default) and give the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    log.start(teller=_tell)
    set_language(read_settings().language)
    try:
        return _open_window(given) if _asks_for_window(given) else _run_command(given)
    except UserError as problem:
        print(problem, file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    except Exception as problem:  # a bug: the log has the trace, the person a sentence
        log.record(problem)
        _tell(problem)
    return 2


def _asks_for_window(given: list[str]) -> bool:
    """Whether the arguments are none, or one that can only be a workspace."""
    if len(given) != 1:
        return not given
    word = given[0]
    is_path = word.endswith(".legation") or Path(word).name != word or Path(word).exists()
    return is_path and not word.startswith("-") and (word.endswith(".legation") or word not in _commands())


def _run_command(given: list[str]) -> int:
    from legation import cli

    return cli.run(given)


def _open_window(given: list[str]) -> int:
    require_screen(lambda: ", ".join(_commands()))
    with without_collecting():  # nothing imported is garbage, and looking through it takes a tenth of the start
        from legation.ui import app

    code: int = app.run(given)
    return code


def _commands() -> list[str]:
    """The subcommands; their modules are loaded only where they are asked for."""
    from legation.cli import COMMANDS

    return list(COMMANDS)


def _tell(problem: BaseException) -> None:
    print(
        _("Something went wrong that should not have ({problem}); the details are in {path}.").format(
            problem=type(problem).__name__, path=log.log_path()
        ),
        file=sys.stderr,
    )


if __name__ == "__main__":
    sys.exit(main())
