"""Work in a process of its own: one that may be killed, that is somebody else, or that holds the file meanwhile.

The process is a copy of this one, so that nothing is imported again. No workspace may be open here when it is made:
SQLite would take this process's locks for its own.
"""

from __future__ import annotations

import os
import pickle
import signal
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

NOBODY = 65534
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system starts no copy of a process")


def fork() -> int:
    """Fork, without the warning that later Pythons give when any thread runs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def in_child(work: Callable[[], Any]) -> Any:
    """What a function gives in a process of its own; what it raises is raised here."""
    with tempfile.TemporaryFile() as answer:
        child = fork()
        if child == 0:
            try:
                outcome: tuple[bool, Any] = (True, work())
            except BaseException as error:
                outcome = (False, error)
            os.pwrite(answer.fileno(), pickle.dumps(outcome), 0)
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
        answer.seek(0)
        done, value = pickle.load(answer)
    if not done:
        raise value
    return value


def as_nobody(work: Callable[[], Any]) -> Any:
    """As `in_child`, as a user without rights: the rights of a file do not bind root. Others run as they are."""

    def dropped() -> Any:
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        return work()

    return in_child(dropped)


def die(*_arguments: object, **_more: object) -> None:
    """End this process at once, as `kill -9` does: nothing is closed, nothing is tidied."""
    os.kill(os.getpid(), signal.SIGKILL)


def killed(work: Callable[[], Any]) -> bool:
    """Whether a process of its own was killed while it did the work, rather than coming to its end."""
    child = fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(status := os.waitpid(child, 0)[1]) and os.WTERMSIG(status) == signal.SIGKILL


@contextmanager
def beside(work: Callable[[Callable[[], None]], None]) -> Iterator[None]:
    """Have a child do something up to where it calls what it was given, and go on when the block ends."""
    ready_out, ready_in = os.pipe()
    end_out, end_in = os.pipe()
    child = fork()
    if child == 0:
        code = 1
        try:
            os.close(end_in)

            def wait() -> None:
                os.write(ready_in, b".")
                os.read(end_out, 1)

            work(wait)
            code = 0
        finally:
            os._exit(code)
    os.close(ready_in)
    os.close(end_out)
    try:
        assert os.read(ready_out, 1) == b"."
        yield
    finally:
        os.close(end_in)
        os.close(ready_out)
        assert os.waitpid(child, 0)[1] == 0


def bytes_beside(path: Path) -> dict[str, bytes]:
    """Every file of a folder with what it holds."""
    return {each.name: each.read_bytes() for each in sorted(path.iterdir()) if each.is_file()}
