"""Commands that enter and correct: new records, the form of the chosen one, saving, unsaved forms, other tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legation.i18n import _
from legation.ui.commands.reports import save_report

if TYPE_CHECKING:
    from legation.ui.forms.record_form import RecordForm
    from legation.ui.main_window import MainWindow


def new_record(window: MainWindow) -> None:
    """Enter a new record of the kind on screen."""
    page = window.record_page()
    if page is None:
        window.tell(_("This page has no records to add. Ctrl+I enters an event from anywhere."))
        return
    page.create()


def new_event(window: MainWindow) -> None:
    """Enter a new event, from anywhere."""
    page = window.record_page()
    if page is None or page.page.record != "event":
        window.show_page("events")
        page = window.record_page()
    if page is not None:
        page.create()


def one_line(window: MainWindow) -> None:
    """Enter events as lines of text, understood while you type."""
    from legation.ui.dialogs.one_line import OneLineDialog

    OneLineDialog(window).open()


def duplicate(window: MainWindow) -> None:
    """Enter a new record like the chosen one: the same values and lines, saved when you say so."""
    page = window.record_page()
    if page is not None:
        page.create_like()


def today(window: MainWindow) -> None:
    """Put today's date into the field being typed in."""
    page = window.record_page()
    form = page.details.form if page is not None else None
    if form is None or not form.type_today():
        window.tell(_("Go to a date in a form first."))


def copy_from_above(window: MainWindow) -> None:
    """Put the value that the record above has here into the field being typed in."""
    page = window.record_page()
    if page is None or page.details.form is None:
        window.tell(_("Go to a field of a form first."))
    else:
        page.copy_from_above()


def open_form(window: MainWindow) -> None:
    """Open the form of the chosen record in place of its details."""
    page = window.record_page()
    if page is not None:
        page.edit()


def save(window: MainWindow) -> None:
    """Save the open form as one step; on the Reports page, the report as a file."""
    page = window.record_page()
    if window.reports_page() is not None:
        save_report(window)
        return
    if page is not None and page.details.form is None and not page.details.notice.isHidden():
        from legation.ui.commands.chosen_keys import shown_key

        words = _("No form is open. {key} goes on with the one that is not saved.")
        window.tell(words.format(key=shown_key(window, "resume")))
    elif page is None or page.details.form is None:
        window.tell(_("Everything is saved."))
    else:
        page.details.form.save()


def save_and_new(window: MainWindow) -> None:
    """Save the open form and begin the next record."""
    page = window.record_page()
    if page is None or page.details.form is None:
        new_record(window)
    else:
        page.details.form.save(then_new=True)


def resume(window: MainWindow) -> None:
    """Go on with the form that was left unsaved."""
    if (page := window.record_page()) is not None:
        page.details.resume()


def discard(window: MainWindow) -> None:
    """Throw away what was typed into a form and not saved."""
    if (page := window.record_page()) is not None:
        page.details.discard()


def open_known(window: MainWindow) -> None:
    """Go to the event or source that is there already; what was typed is kept."""
    form = _form_of(window)
    if form is None or not form.open_known():
        window.tell(_("Nothing that you are entering is there already."))


def use_known(window: MainWindow) -> None:
    """Add the sources of this form to the event that is there already, or cite the source that is."""
    form = _form_of(window)
    if form is None or not form.use_known():
        window.tell(_("Nothing that you are entering is there already."))


def turn_name_round(window: MainWindow) -> None:
    """Let the other word be the family name of a new official: Hisayuki Fujii becomes Fujii Hisayuki."""
    from legation.ui.forms.turning_names import turn_name

    form = _form_of(window)
    person = turn_name(form) if form is not None else None
    if person is None:
        window.tell(_("There is no new official here whose name could be the other way round."))
    else:
        window.tell(_("{name}: the family name is {family}.").format(name=person["name"], family=person["family_name"]))


def _form_of(window: MainWindow) -> RecordForm | None:
    page = window.record_page()
    return page.details.form if page is not None else None


def posts(window: MainWindow) -> None:
    """Show the posts of all bodies."""
    window.show_page("posts")


def appointments(window: MainWindow) -> None:
    """Show who held which post when."""
    window.show_page("appointments")


def topics(window: MainWindow) -> None:
    """Show the topic tree."""
    window.show_page("topics")
