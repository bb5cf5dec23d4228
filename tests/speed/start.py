"""Start a window, say when it has painted its first rows, and end: the process that the figures of the start measure.

    python tests/speed/start.py (legation | bare) FILE

`legation` runs the program as its command does. `bare` is the least that the same parts can do: PySide6, SQLModel and
a table with one row, read by a plain SQLite select. What is imported stands in the functions, since it is measured.
"""

from __future__ import annotations

import os
import sys


def start_legation(path: str) -> int:
    """Run the command on a workspace; the exit code."""
    from legation.__main__ import main

    application, watch = _watched_application()
    application.installEventFilter(watch)
    return main([path])


def start_bare(path: str) -> int:
    """Show one row of a workspace; the exit code."""
    import sqlite3

    import sqlmodel
    from PySide6.QtWidgets import QMainWindow, QTableWidget, QTableWidgetItem

    application, watch = _watched_application()
    assert sqlmodel.SQLModel.metadata is not None
    window, connection = QMainWindow(), sqlite3.connect(path)
    (row,) = connection.execute("SELECT date, kind, title FROM event ORDER BY date_from DESC LIMIT 1").fetchall()
    connection.close()
    table = QTableWidget(1, len(row))
    for column, value in enumerate(row):
        table.setItem(0, column, QTableWidgetItem(str(value)))
    window.setCentralWidget(table)
    window.resize(1280, 800)
    application.installEventFilter(watch)
    window.show()
    return int(application.exec())


def _watched_application():  # type: ignore[no-untyped-def]  # Qt's names are not known before its import
    """The application, and a filter for its events that says `painted` and ends the process."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QTableView

    class Watch(QObject):
        """Waits for the first paint of a table that has rows."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                table = watched.parent()
                if isinstance(table, QTableView) and table.model().rowCount():
                    QTimer.singleShot(0, self.tell)  # after this paint
            return False

        def tell(self) -> None:
            """Say it, and leave without closing anything: only the start is measured."""
            print("painted", flush=True)
            os._exit(0)

    application = QApplication(["legation"])
    return application, Watch(application)


if __name__ == "__main__":
    sys.exit({"legation": start_legation, "bare": start_bare}[sys.argv[1]](sys.argv[2]))
