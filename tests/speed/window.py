"""A window under work, watched by a heartbeat: how soon it answers, how long it stands still, how much memory it takes.

    python tests/speed/window.py (legation | bare) FILE

Prints an object of JSON: for each piece of work the milliseconds until it was on screen (`until`) and the longest time
between two beats of the GUI thread beyond the interval of the beat (`stall`), of which the thread itself worked so long
(`busy`: the rest it waited, on a machine that has other work); and the megabytes then (`memory`). `bare` is an empty
table of PySide6 in a process that has SQLModel imported: what nobody can do without.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from legation.ui.main_window import MainWindow
    from legation.ui.pages.record_page import RecordPage

Piece = tuple[str, Callable[[], Any], Callable[[], bool]]
"""What it is called, the work, and whether it is on screen."""
BEAT_MILLISECONDS = 2
PATIENCE_SECONDS = 180
REST_SECONDS = 0.3
SECONDS_OF_NOTHING = 2
SOME_DAYS = "since:2025-01-20"  # a report of a million events is not what a page is watched for


def memory() -> float:
    """The megabytes that this process holds now; where the system does not tell, the most it has held."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text(encoding="ascii").splitlines() if ":" in line)
        return int(lines["VmRSS"].split()[0]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)


class Watch:
    """Runs the event loop until something holds, and listens to the beat meanwhile."""

    def __init__(self) -> None:
        from PySide6.QtCore import QElapsedTimer, QTimer

        self._longest, self._busiest, self._clock = 0.0, 0.0, QElapsedTimer()
        self._worked = time.thread_time()
        self._timer = QTimer()
        self._timer.setInterval(BEAT_MILLISECONDS)
        self._timer.timeout.connect(self._beat)
        self._clock.start()
        self._timer.start()
        self.found: dict[str, dict[str, float]] = {}

    def _beat(self) -> None:
        self._longest = max(self._longest, self._clock.nsecsElapsed() / 1e6 - BEAT_MILLISECONDS)
        self._clock.restart()
        worked = time.thread_time()
        self._busiest = max(self._busiest, (worked - self._worked) * 1000)
        self._worked = worked

    def run(self, name: str, work: Callable[[], Any], holds: Callable[[], bool]) -> None:
        """Do a piece of work and wait until it is on screen, and for what comes after it. Raises `TimeoutError`."""
        self._clock.restart()
        self._worked = time.thread_time()
        self._longest = self._busiest = 0.0
        begin = time.perf_counter()
        work()
        self._wait(holds, PATIENCE_SECONDS)
        until = (time.perf_counter() - begin) * 1000
        self._wait(lambda: time.perf_counter() - begin > until / 1000 + REST_SECONDS, PATIENCE_SECONDS)
        self.found[name] = {
            "until": round(until, 1),
            "stall": round(self._longest, 1),
            "busy": round(self._busiest, 1),
            "memory": round(memory(), 1),
        }

    def _wait(self, holds: Callable[[], bool], seconds: float) -> None:
        from PySide6.QtCore import QEventLoop
        from PySide6.QtWidgets import QApplication

        end = time.perf_counter() + seconds
        while not holds():
            if time.perf_counter() > end:
                raise TimeoutError("what was waited for did not come")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)


def watch_legation(path: Path) -> dict[str, dict[str, float]]:
    """Open a workspace and go through what a person does with a table."""
    from legation.documents.memory import without_collecting

    with without_collecting():  # as the command does
        from PySide6.QtWidgets import QApplication

        from legation.ui.look import theme
        from legation.ui.main_window import MainWindow

    application = QApplication([])
    theme.apply(application)
    watch, window = Watch(), MainWindow()
    window.resize(1280, 800)
    window.show()
    watch.run("open, all counted", lambda: window.open(path), lambda: bool(window.status.count.text()))
    for name, work, holds in _pieces(window):
        watch.run(name, work, holds)
    found = watch.found
    window.close()
    return found


def _pieces(window: MainWindow) -> Iterator[Piece]:
    page = window.record_page()
    assert page is not None
    model, table = page.model, page.table

    def answers(text: str) -> Callable[[], bool]:
        """Whether the first rows that answer a filter are on screen."""
        from legation.storage.filters.language import parse_filters

        wanted = parse_filters(text)
        return lambda: model.query.filters == wanted and model.query == page.query

    for typed in ("t", "th", "the", "energy"):
        yield f"type “{typed}”", lambda typed=typed: page.filter.set_text(typed), answers(typed)  # type: ignore[misc]
    links = "country:TKM+JPN topic:E.power since:2020"
    yield links, lambda: page.filter.set_text(links), answers(links)
    yield "no filter, all counted", lambda: page.filter.set_text(""), _is_whole(window)
    for column in ("title", "country", "date"):
        yield f"sort by {column}", lambda column=column: table.sort_by((column,)), _is_whole(window, (column,))  # type: ignore[misc]
        yield f"last row, by {column}", table.scrollToBottom, lambda: _is_filled(window, model.rowCount() - 1)
    yield "country:JPN, all counted", lambda: page.filter.set_text("country:JPN"), _is_whole(window)
    yield "last row, of country:JPN", table.scrollToBottom, lambda: _is_filled(window, model.rowCount() - 1)
    yield "no filter again, all counted", lambda: page.filter.set_text(""), _is_whole(window)
    yield "group by year", lambda: page.group_by("year"), lambda: any(each.count for each in model.heads.values())
    yield "counts beside the table", lambda: page.facets.setVisible(True), lambda: True
    yield "another page", lambda: window.show_page("sources"), lambda: window.record_page() is not page
    yield "back", lambda: window.show_page("events"), lambda: window.record_page() is page
    yield from _forms(window, page)
    yield from _other_pages(window)


def _forms(window: MainWindow, page: RecordPage) -> Iterator[Piece]:
    """Entering, correcting and going somewhere by its name, each for the first time."""
    from PySide6.QtWidgets import QDialog

    from legation.ui.commands import entry, moving

    def dialogs() -> list[QDialog]:
        return [each for each in window.findChildren(QDialog) if each.isVisible()]

    def is_open() -> bool:
        return bool(dialogs())

    def closed() -> None:
        dialogs()[0].close()

    def is_filled() -> bool:
        return page.details.form is not None and page.details.form.isVisible()

    yield "form of a new event", lambda: entry.new_record(window), is_filled
    yield "another form", lambda: entry.new_record(window), is_filled
    yield "leave the form", page.details.close_form, lambda: page.details.form is None
    yield "form of an event", page.edit, is_filled
    yield "leave that form", page.details.close_form, lambda: page.details.form is None
    yield "go anywhere", lambda: moving.go_anywhere(window), is_open
    yield "go nowhere", closed, lambda: not is_open()
    yield "key sheet", lambda: moving.show_keys(window), is_open
    yield "no key sheet", closed, lambda: not is_open()


def _other_pages(window: MainWindow) -> Iterator[Piece]:
    """The pages that are no tables of records, each for the first time."""

    def is_made(name: str) -> Callable[[], bool]:
        def holds() -> bool:
            page = window.reports_page()
            return (
                page is not None and page.made is not None and page.is_current and page.made.request.report.name == name
            )

        return holds

    def on_screen(name: str) -> Callable[[], bool]:
        return lambda: window.name_of_page(window.stack.currentWidget()) == name

    yield "reports", lambda: window.show_page("reports"), on_screen("reports")
    yield (
        "a matrix of countries",
        lambda: window.show_report("country-matrix", where=SOME_DAYS),
        is_made("country-matrix"),
    )
    register = "visits-register"
    yield (
        "a register of visits",
        lambda: window.show_report(register, country="TKM", where=SOME_DAYS),
        is_made(register),
    )
    yield "import", lambda: window.show_page("import"), on_screen("import")
    yield "history", lambda: window.show_page("history"), lambda: bool(window.status.count.text())


def _is_whole(window: MainWindow, order: tuple[str, ...] | None = None) -> Callable[[], bool]:
    """Whether all records are listed, in an order."""
    page = window.record_page()
    assert page is not None
    counts: list[int] = []
    page.model.counted.connect(counts.append)
    return lambda: bool(counts) and (order is None or page.model.query.order == order)


def _is_filled(window: MainWindow, row: int) -> bool:
    page = window.record_page()
    assert page is not None
    return bool(page.model.data(page.model.index(row, 0)) != "…")


def watch_bare(_path: Path) -> dict[str, dict[str, float]]:
    """Show an empty table, and nothing else."""
    import sqlmodel
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget

    _application = QApplication([])
    assert sqlmodel.SQLModel.metadata is not None
    watch, window = Watch(), QMainWindow()
    window.setCentralWidget(QTableWidget(1, 3))
    window.resize(1280, 800)
    watch.run("show", window.show, window.isVisible)
    begin = time.perf_counter()
    watch.run("nothing, for two seconds", lambda: None, lambda: time.perf_counter() - begin > SECONDS_OF_NOTHING)
    return watch.found


def main() -> int:
    """Watch the window that the command line names, and print what was found."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    found = {"legation": watch_legation, "bare": watch_bare}[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps(found, ensure_ascii=False), flush=True)
    os._exit(0)  # whatever is still being counted is not wanted


if __name__ == "__main__":
    sys.exit(main())
