"""What a field is for and how to type into it, shown beside it by F1."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWhatsThis, QWidget

from legation.fields.kinds import Choice
from legation.fields.record_type import Field
from legation.i18n import N_, _
from legation.ui.forms.editor import Editor

HOW = {  # name of a field's kind: how to type into it
    "text": N_("One line of text."),
    "long_text": N_("Text of any length. Tab goes on."),
    "number": N_("A whole number."),
    "place": N_("Type the first letters and take a known place with Tab, or write a new one."),
    "link": N_("Type a few letters of the name, a code or another name. Tab takes the first, arrows choose another."),
    "choice": N_("Type the first letters, or choose with the arrows."),
    "day": N_("One day, such as 27 jan 2025. Ctrl+; is today."),
    "fuzzy_date": N_("As precise as the source: 27 jan 2025, 16-17 dec 2024, late may 2026, q3 2026. Ctrl+; is today."),
    "url": N_("The whole address, with https://."),
}


def help_of(field: Field) -> str:
    """What a field is for, how it is typed and what may stand in it, in sentences."""
    needed = _("It is needed.") if field.required else ""
    told = [_(field.help) if field.help else "", _(HOW.get(field.kind.name, HOW["text"])), needed]
    if isinstance(field.kind, Choice) and field.kind.terms:
        told.append(_("One of: {words}.").format(words=", ".join(_(each) for each in field.kind.terms.values())))
    return "\n".join(each for each in (_(field.label), *told) if each)


def show_field_help() -> bool:
    """Explain the field that is being typed in; False where none is. The next key takes the words away."""
    focus = QApplication.focusWidget()
    at: QWidget | None = focus
    while at is not None and not isinstance(at, Editor):
        at = at.parentWidget()
    if at is None or focus is None:
        return False
    QWhatsThis.showText(focus.mapToGlobal(QPoint(0, focus.height())), help_of(at.field), focus)
    return True
