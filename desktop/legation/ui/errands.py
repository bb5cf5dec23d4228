"""Work on a file that is not open: done in the background behind a small window that says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressDialog, QWidget

from legation.i18n import _
from legation.ui.background import Errand

PATIENCE_MILLISECONDS = 300  # shorter work shows nothing


def run_errand(
    parent: QWidget,
    words: str,
    work: Callable[[], Any],
    then: Callable[[Any], None],
    failed: Callable[[BaseException], None],
) -> None:
    """Do `work` away from the window, which takes no input meanwhile; then call `then` or `failed` on its thread."""
    waiting = QProgressDialog(words, "", 0, 0, parent)
    waiting.setWindowTitle("Legation")
    waiting.setCancelButton(None)  # type: ignore[arg-type]
    waiting.setWindowModality(Qt.WindowModality.WindowModal)
    waiting.setMinimumDuration(PATIENCE_MILLISECONDS)
    waiting.setAccessibleName(_("Please wait"))
    waiting.setValue(0)

    def finish(tell: Callable[[Any], None], outcome: Any) -> None:
        waiting.reset()
        waiting.deleteLater()
        worker.end()
        tell(outcome)

    worker = Errand("errand", lambda error: finish(failed, error))
    worker.put(lambda _nothing: work(), lambda outcome: finish(then, outcome))
