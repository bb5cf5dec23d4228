"""The foot of the Import page: what would be done, how far the work is, and the buttons that do it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from legation.i18n import _


class Foot(QWidget):
    """`detail` says in full what the line with the keyboard cuts short, `sum` what importing would do."""

    def __init__(self) -> None:
        super().__init__()
        self.detail = QLabel()
        self.detail.setWordWrap(True)
        self.detail.setProperty("quiet", True)
        self.detail.hide()
        self.sum = QLabel()
        self.sum.setWordWrap(True)
        self.progress, self.cancel = QProgressBar(), QPushButton(_("Ca&ncel"))
        self.progress.setMaximumWidth(220)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(_("How far the work is"))
        self.rejects, self.do = QPushButton(_("Write re&jected rows…")), QPushButton(_("I&mport"))
        self.do.setDefault(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        for each in (self.progress, self.cancel):
            each.hide()
            row.addWidget(each)
        row.addStretch(1)
        for each in (self.rejects, self.do):
            each.setEnabled(False)
            row.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.detail)
        column.addWidget(self.sum)
        column.addLayout(row)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the work is; -1 and -1 when there is none."""
        is_on = done >= 0
        self.progress.setVisible(is_on)
        self.cancel.setVisible(is_on)
        if is_on:
            self.progress.setRange(0, total)
            self.progress.setValue(min(done, total))
