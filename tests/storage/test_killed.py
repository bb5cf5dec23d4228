"""A process that is killed while it writes loses no committed step; two that write at once both finish."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from legation.storage.checking import check_workspace
from legation.storage.database import LEFTOVER_SECONDS, Database, create_workspace

WRITER = """
import sys
from pathlib import Path
from legation.fields.draft import new_draft
from legation.records.catalogue import record_type
from legation.storage.database import LEFTOVER_SECONDS, Database, create_workspace
from legation.storage.saving import save

database, name, most = Database(Path(sys.argv[1])), sys.argv[2], int(sys.argv[3])
for number in range(most):
    event = new_draft(record_type("event"), title=f"{name} {number}", status="proposed")
    for code in ("TKM", "JPN"):
        event.add_line("delegations", new_draft(record_type("delegation"), country=code))
    done = database.write("Add event", lambda session: save(session, event))
    print(done.step, flush=True)
database.close()
"""


def _start(path: Path, name: str, most: int) -> subprocess.Popen[str]:
    package = Path(__file__).resolve().parents[2] / "desktop"
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), name, str(most)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(package)},
    )


def _steps(path: Path) -> set[int]:
    with closing(Database(path).reader()) as reader:
        return {row[0] for row in reader.sql("SELECT id FROM step")}


def test_a_killed_process_loses_no_committed_step(workspace: Path) -> None:
    chance, told = random.Random(27), set()
    while len(told) < 200:
        process = _start(workspace, f"Round {len(told)}", 500)
        assert process.stdout is not None
        told.add(int(process.stdout.readline()))
        time.sleep(chance.uniform(0.2, 0.6))
        process.send_signal(signal.SIGKILL)
        rest = process.communicate()[0].split("\n")
        told |= {int(line) for line in rest[:-1]}  # a last line without its end may be half written
        assert told <= _steps(workspace)
    assert check_workspace(workspace) == []


def test_two_processes_write_at_once(workspace: Path) -> None:
    processes = [_start(workspace, name, 40) for name in ("One", "Two")]
    told = [int(line) for process in processes for line in process.communicate()[0].split()]
    assert [process.returncode for process in processes] == [0, 0]
    assert len(set(told)) == 80 and set(told) <= _steps(workspace)
    assert check_workspace(workspace) == []


def test_what_a_killed_process_left_half_made_is_removed_later(tmp_path: Path) -> None:
    old, young = tmp_path / ".desk.legation.00000000.new", tmp_path / ".desk.legation.11111111.new-journal"
    for each in (old, young):
        each.write_bytes(b"half")
    os.utime(old, (time.time() - 2 * LEFTOVER_SECONDS,) * 2)
    create_workspace(tmp_path / "desk.legation").close()
    assert not old.exists() and young.exists()
