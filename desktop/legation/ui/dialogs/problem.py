"""Telling what went wrong: what happened, what to do about it, and one thing the program can do itself."""

from __future__ import annotations

from collections.abc import Callable
from traceback import format_exception

from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from legation import log
from legation.errors import UserError
from legation.i18n import _


def show_problem(
    parent: QWidget, error: BaseException, offered: str = "", offer: Callable[[], None] | None = None
) -> None:
    """Show an error and wait until it was read. A bug is logged too, and its details can be copied.

    `offered` is the text of a button that does `offer`.
    """
    box = QMessageBox(parent)
    box.setWindowTitle("Legation")
    close = box.addButton(_("Close"), QMessageBox.ButtonRole.RejectRole)
    copy = None
    if isinstance(error, UserError):
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(error.what_happened)
        box.setInformativeText(error.what_to_do)
    else:
        log.record(error)
        box.setIcon(QMessageBox.Icon.Critical)
        box.setText(_("Something went wrong that should not have."))
        told = _("Nothing saved is lost. The details are in {path}.")
        box.setInformativeText(told.format(path=log.log_path()))
        copy = box.addButton(_("Copy the details"), QMessageBox.ButtonRole.ActionRole)
    doing = box.addButton(offered, QMessageBox.ButtonRole.AcceptRole) if offered else None
    box.setDefaultButton(doing or close)
    box.setEscapeButton(close)
    box.exec()
    pressed = box.clickedButton()
    if copy is not None and pressed is copy:
        QApplication.clipboard().setText("".join(format_exception(error)))
    if doing is not None and pressed is doing and offer is not None:
        offer()
