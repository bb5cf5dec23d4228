"""Print how the program compares with raw SQLite, both measured in one run: `python tests/speed/figures.py`.

Runs the tests of this folder with their benchmarks on, in a workspace of 100,000 events (or --events N), and prints the
median of each figure and how many times the raw one it is: plain SQLite on the same tables, a bare window of the same
parts, the bare command. Nothing passes or fails by these numbers.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


def measure(events: int, file: Path | None = None, only: str = "") -> list[dict[str, Any]]:
    """The benchmarks of one run, as pytest-benchmark writes them. Raises `SystemExit` when the run fails."""
    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "figures.json"
        command = [sys.executable, "-m", "pytest", str(HERE), "-q", "-p", "no:cacheprovider"]
        command += ["--benchmark-enable", "--benchmark-disable-gc", "--benchmark-quiet", f"--benchmark-json={answers}"]
        command += ["-k", only] if only else []
        made = {"LEGATION_SPEED_FILE": str(file.resolve())} if file is not None else {}
        place = {"cwd": HERE.parents[1], "env": {**os.environ, "LEGATION_SPEED_EVENTS": str(events), **made}}
        run = subprocess.run(command, **place, capture_output=True, text=True, check=False)
        if run.returncode != 0:
            raise SystemExit(run.stdout + run.stderr)
        found: list[dict[str, Any]] = json.loads(answers.read_text(encoding="utf-8"))["benchmarks"]
        return found


def table(figures: list[dict[str, Any]]) -> str:
    """The figures as lines: what was done, by what, the median in milliseconds, and the ratio to the raw one."""
    raw = {each["group"]: each["stats"]["median"] for each in figures if _is_raw(each)}
    lines = [f"{'what':32} {'by':22} {'median':>12} {'times raw':>10}"]
    for each in figures:
        median = each["stats"]["median"]
        times = f"{median / raw[each['group']]:.1f}" if each["group"] in raw else "–"  # what is raw was not asked for
        lines.append(f"{each['group']:32} {_by(each):22} {median * 1000:>9.2f} ms {times:>10}")
    return "\n".join(lines)


def noted(figures: list[dict[str, Any]]) -> str:
    """What figures note beside their time, as lines: memory, and pieces of work that were watched; "" for nothing."""
    lines = []
    for each in figures:
        for what, values in each["extra_info"].get("noted", {}).items():
            said = ", ".join(f"{name} {value:,.1f}" for name, value in values.items())
            lines.append(f"{_by(each):14} {what:44} {said}")
    return "\n".join(lines)


def _is_raw(figure: dict[str, Any]) -> bool:
    return str(figure["name"]).startswith("test_raw") or bool(figure["extra_info"].get("is_raw"))


def _by(figure: dict[str, Any]) -> str:
    """In words, what was measured: as the test says, or by its name without its parameters."""
    if "by" in figure["extra_info"]:
        return str(figure["extra_info"]["by"])
    words = str(figure["name"]).partition("[")[0].removeprefix("test_").replace("_", " ")
    if _is_raw(figure):
        return "raw SQLite"
    return words if words.startswith("step") else "Legation"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--events", type=int, default=100_000, metavar="N")
    parser.add_argument(
        "--file", type=Path, metavar="FILE", help="a workspace of make_workspace.py, instead of a new one"
    )
    parser.add_argument("--only", default="", metavar="WORDS", help="the tests to run, as -k of pytest takes them")
    given = parser.parse_args()
    figures = sorted(
        measure(given.events, given.file, given.only), key=lambda each: (each["group"], _is_raw(each), each["name"])
    )
    print(given.file.name if given.file is not None else f"{given.events:,} events")
    print(table(figures))
    print(noted(figures))


if __name__ == "__main__":
    main()
