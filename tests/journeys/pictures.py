"""Pictures of every page, form and dialog on the sample, to be looked at: light and dark, at one or two times the size.

    .venv/bin/python tests/journeys/pictures.py FOLDER [--scale 2]

Needs no screen. Each picture is named by what it shows and by the look, such as `form-event-dark.png`.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from legation.ui.main_window import MainWindow
    from legation.ui.pages.record_page import RecordPage

SIZE = (1280, 800)
PATIENCE_SECONDS = 20
LOOKS = ("light", "dark")
DIALOGS = ("keys", "export", "restore", "columns", "palette", "save-view")
PASTED = (
    "Name\tCountry\tPost\tOrganisation\tSince\n"
    "Akhmet Gurbanov\t\tMinister of Water\tMinistry of Water\t3 May 2024\n"
    "Aylar Orazova\tTurkmenistan\tDirector\tMinistry of Water\tJune 2023\n"
    "\tTurkmenistan\tDirector\tMinistry of Water\tsome day\n"
)
EVENT = 2  # the consultations of 27 January 2025 in the sample


def main(arguments: list[str]) -> int:
    """Write the pictures; 0 when all were written."""
    parser = argparse.ArgumentParser(description="Save pictures of every page, form and dialog.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scale", type=int, default=1)
    given = parser.parse_args(arguments)
    given.folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = str(given.scale)
    sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "desktop"), str(Path(__file__).resolve().parents[1])]
    with tempfile.TemporaryDirectory() as home:
        os.environ["LEGATION_HOME"] = home
        for name in _taken(Path(home), given.folder):
            print(name)
    return 0


def _taken(home: Path, folder: Path) -> Iterator[str]:
    """Take every picture in every look; the names of the files."""
    from PySide6.QtWidgets import QApplication

    from journeys.entry_pictures import entry_pictures
    from journeys.report_pictures import report_pictures
    from legation.storage.backup import make_backup
    from legation.storage.reference import new_workspace
    from legation.ui.look import theme
    from legation.ui.main_window import MainWindow

    path = home / "Tokyo.legation"
    new_workspace(path, sample=True).close()
    _enter_twice(path)
    make_backup(path)
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application)
    for look in LOOKS:
        theme.choose(application, look, 0)
        window = MainWindow()
        window.resize(*SIZE)
        window.show()
        window.activateWindow()
        camera = Camera(application, window, folder, look)
        yield camera.take("welcome")
        window.open(path)
        yield from camera.pages()
        yield from camera.forms()
        yield from camera.dialogs()
        yield from entry_pictures(camera)
        yield from camera.merging()
        yield from camera.importing()
        yield from report_pictures(camera)
        window.close()


def _enter_twice(path: Path) -> None:
    """Enter an official of the sample again in another spelling, for the page of likely duplicates."""
    from contextlib import closing

    from legation.fields.draft import new_draft
    from legation.records.catalogue import record_type
    from legation.storage.database import Database
    from legation.storage.saving import save

    draft = new_draft(record_type("person"), name="Akhmet Gurbanow", country="TKM", birth_date="1978")
    draft.add_line("appointments", new_draft(record_type("appointment"), post_id=1, period="2023/.."))
    with closing(Database(path)) as database:
        database.write("Add “{name}”", lambda session: save(session, draft), name=draft["name"])


class Camera:
    """Brings a window to what is wanted, waits until it is there and saves what is seen."""

    def __init__(self, application: QApplication, window: MainWindow, folder: Path, look: str) -> None:
        self._application, self.window, self._folder, self._look = application, window, folder, look

    def take(self, name: str, shown: QWidget | None = None) -> str:
        """Save what a widget, else the window, looks like; the file's name."""
        self.settle()
        file = f"{name}-{self._look}.png"
        (shown or self.window).grab().save(str(self._folder / file))
        return file

    def pages(self) -> Iterator[str]:
        """Every page with its first record chosen; the dossier of two countries; a record shown large."""
        from legation.ui.pages.catalogue import PAGES

        for each in PAGES:
            self.show(each.name)
            yield self.take(f"page-{each.name}")
        self.window.go_to("dyad", "TKM-JPN")
        yield self.take("page-dyad")
        self.show("events")
        page = self.page()
        page.go_to(EVENT)
        yield self.take("page-consultations")
        page.show_large(True)
        yield self.take("page-large")
        page.show_large(False)
        page.words.setText("no such words")
        yield self.take("page-empty")
        page.filter.set_text("country:JPN since:2025 -kind:visit itochu")
        self.window.panes.has_facets = True
        self.window.show_panes()
        yield self.take("page-filtered")
        self.window.panes.has_facets = False
        self.window.show_panes()
        page.filter.set_text("")
        for by in ("year", "month"):
            page.group_by(by)
            yield self.take(f"page-by-{by}")
        page.group_by("")

    def forms(self) -> Iterator[str]:
        """The form of a record of each type, a new event, and one with problems."""
        from legation.ui.pages.catalogue import PAGES

        for page in PAGES:
            if page.record and page.name not in ("meetings", "planned"):
                self.show(page.name)
                shown = self.page()
                shown.edit() if page.record != "event" else shown.details.edit(EVENT)
                self.wait(lambda: self.page().details.form is not None)
                yield self.take(f"form-{page.record}")
                shown.details.discard()
        self.show("events")
        details = self.page().details
        details.create()
        self.wait(lambda: details.form is not None)
        if details.form is not None:
            details.form.save()
        yield self.take("form-problems")
        details.discard()

    def dialogs(self) -> Iterator[str]:
        """Every dialog that a command opens."""
        from PySide6.QtWidgets import QDialog

        from legation.ui.commands.catalogue import COMMANDS

        self.show("events")
        for id in DIALOGS:
            before = set(self.window.findChildren(QDialog))
            self.window.run(next(each for each in COMMANDS if each.id == id))
            (dialog,) = set(self.window.findChildren(QDialog)) - before
            yield self.take(f"dialog-{id}", dialog)
            dialog.reject()

    def run(self, id: str) -> None:
        """Run a command of the window."""
        from legation.ui.commands.catalogue import COMMANDS

        self.window.run(next(each for each in COMMANDS if each.id == id))

    def merging(self) -> Iterator[str]:
        """Merging: with a record that is yet to be found, and a pair of likely duplicates."""
        from legation.ui.commands import merging
        from legation.ui.dialogs.merge import MergeDialog

        for name, page, command in (
            ("merge-with", "officials", merging.merge_with), ("merge-pair", "duplicates", merging.merge_pair)
        ):  # fmt: skip
            self.show(page)
            command(self.window)
            (dialog,) = (each for each in self.window.findChildren(MergeDialog) if each.isVisible())
            yield self.take(f"dialog-{name}", dialog)
            dialog.reject()

    def show(self, name: str) -> None:
        """Show a page, filled."""
        self.window.show_page(name)
        page, pairs = self.window.record_page(), self.window.duplicates_page()
        if pairs is not None:
            self.wait(lambda: pairs.pair() is not None and bool(pairs.facts.toPlainText()))
        if page is not None:
            self.wait(lambda: page.model.rowCount() > 0 and bool(page.details.dossier.toPlainText()))

    def importing(self) -> Iterator[str]:
        """The Import page before and after a table was pasted: its columns, names to decide and rows."""
        self.window.show_page("import")
        page = self.window.import_page()
        assert page is not None
        yield self.take("page-import-empty")
        page.open_pasted(PASTED)
        self.wait(lambda: page.plan is not None)
        for at, name in enumerate(("columns", "decide", "rows")):
            page.tabs.setCurrentIndex(at)
            yield self.take(f"page-import-{name}")

    def page(self) -> RecordPage:
        """The page of records on screen."""
        page = self.window.record_page()
        assert page is not None
        return page

    def wait(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            if time.monotonic() > end:
                raise TimeoutError("what was to be pictured did not come")
            self._application.processEvents()
            time.sleep(0.005)

    def settle(self, seconds: float = 0.4) -> None:
        """Let what was asked in the background arrive."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._application.processEvents()
            time.sleep(0.005)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
