"""None and bool survive the way into Qt and back: a binding that drops references aborts after some 20,000 of them."""

from __future__ import annotations

import os
import subprocess
import sys

TIMES = 20_000
PROGRAM = f"""
import sys
from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QIdentityProxyModel, QModelIndex, QObject, Qt, Signal

class Sender(QObject):
    anything = Signal(object)
    switched = Signal(bool)

class Rows(QAbstractTableModel):
    def rowCount(self, parent=QModelIndex()): return 2
    def columnCount(self, parent=QModelIndex()): return 1
    def data(self, index, role=Qt.ItemDataRole.DisplayRole): return None if index.row() else True

application = QCoreApplication([])
sender, rows, got = Sender(), Rows(), []
proxy = QIdentityProxyModel()
proxy.setSourceModel(rows)
sender.anything.connect(got.append)
sender.switched.connect(got.append)
for number in range({TIMES}):
    even = number % 2 == 0
    sender.anything.emit(None)
    sender.switched.emit(even)
    assert got == [None, even], got
    got.clear()
    sender.setProperty("value", None if even else False)
    sender.property("value")
    sender.setObjectName("name")
    assert sender.signalsBlocked() is False
    assert proxy.data(proxy.index(0, 0)) is True
    assert proxy.data(proxy.index(1, 0)) is None
    application.processEvents()
print("counted", number + 1)
"""


def test_none_and_bool_cross_the_binding_many_times() -> None:
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert answer.returncode == 0, answer.stderr[-2000:]
    assert answer.stdout.strip() == f"counted {TIMES}"
