"""The log: what went wrong, for whoever mends it. One file that turns over, in the user's log folder.

Bugs end here, with their traces; errors that a person can act on do not (`legation.errors`). No Qt: the window sends
its own messages to the same logger.
"""

from __future__ import annotations

import logging
import platform
import sys
import threading
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from legation import __version__
from legation.paths import logs_folder

FILE_NAME = "legation.log"
BYTES_KEPT = 1_000_000
FILES_KEPT = 3

logger = logging.getLogger("legation")


class _LogFile(RotatingFileHandler):
    """The log's file. That it cannot be written is no reason to stop, nor to trouble anybody."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing."""


def log_path() -> Path:
    """Where the log is written."""
    return logs_folder() / FILE_NAME


def start(teller: Callable[[BaseException], None] | None = None) -> None:
    """Write the log to its file, and send there every exception that nobody caught, from any thread.

    `teller` is called with each of them afterwards, in the thread where it happened. Without a folder to write to, the
    program runs without a log. Starting again changes the teller only.
    """
    if not any(isinstance(handler, _LogFile) for handler in logger.handlers):
        _open_file()

    def catch(kind: type[BaseException], problem: BaseException | None, trace: TracebackType | None) -> None:
        if problem is None or issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, problem or kind(), trace)
            return
        record(problem)
        if teller is not None:
            teller(problem)

    sys.excepthook = catch
    threading.excepthook = lambda given: catch(given.exc_type, given.exc_value, given.exc_traceback)


def record(problem: BaseException) -> None:
    """Write a bug to the log with its trace."""
    logger.error("not expected: %s", problem, exc_info=(type(problem), problem, problem.__traceback__))


def _open_file() -> None:
    handler = _LogFile(log_path(), maxBytes=BYTES_KEPT, backupCount=FILES_KEPT, encoding="utf-8", delay=True)
    where = f"legation {__version__} python {platform.python_version()} {sys.platform}"
    handler.setFormatter(logging.Formatter(f"%(asctime)s %(levelname)s {where} %(threadName)s: %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
