"""Pictures of the Reports page: with a report, large, without what it needs; and of its dialogs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journeys.pictures import Camera

DIALOGS = ("save-report", "keep-set", "write-set")


def report_pictures(camera: Camera) -> Iterator[str]:
    """Take them, in the look of the camera; a report set is kept first."""
    from PySide6.QtWidgets import QDialog

    from legation.storage.report_sets import KeptReport, ReportSet, keep_report_set

    window = camera.window
    assert window.workspace is not None
    chosen = KeptReport("bilateral-chronology", {"country": "TKM", "other": "JPN"}, ("pdf", "docx"))
    kept = ReportSet("Monday handout", (chosen, KeptReport("upcoming", {}, ("pdf", "ics"))))
    window.workspace.write(lambda database: database.write("Set", lambda session: keep_report_set(session, kept)))
    window.activateWindow()
    window.show_report("bilateral-chronology", country="TKM", other="JPN")
    page = window.reports_page()
    assert page is not None
    camera.wait(lambda: page.is_current and bool(page.sets.count()))
    assert page.options.more is not None
    page.options.more.setChecked(True)
    yield camera.take("page-reports-chronology")
    for id in DIALOGS:
        page.sets.setCurrentRow(0)
        camera.wait(lambda: page.is_current)
        before = set(window.findChildren(QDialog))
        camera.run(id)
        (dialog,) = set(window.findChildren(QDialog)) - before
        yield camera.take(f"dialog-{id}", dialog)
        dialog.reject()
    window.activateWindow()
    page.show_large(True)
    yield camera.take("page-reports-large")
    page.show_large(False)
    page.show_report("official-history")
    camera.settle(0.1)
    page.options.give_keyboard()
    yield camera.take("page-reports-needs")
