"""THE table of commands: id, label, keys, menu and function. Menus, the key sheet and the tests read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from legation.i18n import N_, _
from legation.ui.commands import entry, files, importing, in_preview, looks, merging, moving, records, reports, tables

if TYPE_CHECKING:
    from legation.ui.main_window import MainWindow


@dataclass(frozen=True)
class Command:
    """A command: `needs` is "" or "workspace"; `where` is the place its keys belong to, one of `PLACES`.

    The function's docstring is its help. `is_on` makes it a choice with a tick in the menu.
    """

    id: str
    label: str
    keys: tuple[str, ...]
    menu: str
    run: Callable[[MainWindow], None]
    needs: str = "workspace"
    where: str = "window"
    is_on: Callable[[MainWindow], bool] | None = None

    @property
    def name(self) -> str:
        """The label as running text: without the mark of its letter and without dots."""
        return _(self.label).replace("&", "").rstrip("…")


PLACES = {
    "window": "",
    "table": N_("In the table."),
    "pairs": N_("On the page of likely duplicates."),
    "preview": N_("In the preview."),
}
MENUS = (N_("&File"), N_("&Edit"), N_("&Record"), N_("F&ind"), N_("Repor&t"), N_("&View"), N_("&Help"))
FILE, EDIT, RECORD, FIND, REPORT, VIEW, HELP = MENUS

COMMANDS = (
    Command("new", N_("&New workspace…"), (), FILE, files.new_workspace, ""),
    Command("open", N_("&Open…"), ("Ctrl+O",), FILE, files.open_workspace, ""),
    Command("sample", N_("Explore the &sample…"), (), FILE, files.open_sample, ""),
    Command("import", N_("&Import…"), ("Ctrl+Shift+I",), FILE, importing.open_import),
    Command("export", N_("&Export what I see…"), ("Ctrl+E",), FILE, files.export),
    Command("backup", N_("Make a &backup now"), (), FILE, files.back_up),
    Command("restore", N_("&Restore a backup…"), (), FILE, files.restore_backup, ""),
    Command("close", N_("&Close the workspace"), ("Ctrl+W",), FILE, files.close_workspace),
    Command("quit", N_("&Quit"), ("Ctrl+Q",), FILE, files.leave, ""),
    Command("undo", N_("&Undo"), ("Ctrl+Z",), EDIT, records.undo),
    Command("redo", N_("&Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), EDIT, records.redo),
    Command("copy", N_("&Copy rows"), ("Ctrl+C",), EDIT, tables.copy_rows, where="table"),
    Command("paste", N_("&Paste rows…"), ("Ctrl+V",), EDIT, tables.paste_rows, where="table"),
    Command("cell", N_("Edit the &cell"), ("F2",), EDIT, tables.edit_cell, where="table"),
    Command(
        "rows", N_("Edit the selected &rows…"), ("Shift+F2", "Ctrl+Shift+D"), EDIT, tables.edit_rows, where="table"
    ),
    Command("revert", N_("Re&vert the chosen step"), (), EDIT, records.revert),
    Command("merge-pair", N_("&Merge the pair…"), ("M",), EDIT, merging.merge_pair, where="pairs"),
    Command("not-same", N_("The pair are &not the same"), ("N",), EDIT, merging.not_the_same, where="pairs"),
    Command("pair-last", N_("Put the pair &last"), ("S",), EDIT, merging.pair_last, where="pairs"),
    Command(
        "open-first", N_("Open the &first of the pair"), ("Return", "Enter"), EDIT, merging.open_first, where="pairs"
    ),
    Command(
        "open-other",
        N_("Open the &other of the pair"),
        ("Shift+Return", "Shift+Enter"),
        EDIT,
        merging.open_other,
        where="pairs",
    ),
    Command("new-record", N_("&New record"), ("Ctrl+N",), RECORD, entry.new_record),
    Command("new-event", N_("New &event"), ("Ctrl+I",), RECORD, entry.new_event),
    Command("one-line", N_("One-&line entry…"), ("Ctrl+L",), RECORD, entry.one_line),
    Command("duplicate", N_("D&uplicate"), ("Ctrl+D",), RECORD, entry.duplicate),
    Command("form", N_("&Open the form"), ("Return", "Enter"), RECORD, entry.open_form, where="table"),
    Command("save", N_("&Save"), ("Ctrl+S",), RECORD, entry.save),
    Command("save-new", N_("Save and ne&xt"), ("Ctrl+Return", "Ctrl+Enter"), RECORD, entry.save_and_new),
    Command("resume", N_("&Go on with the unsaved form"), ("Ctrl+Shift+R",), RECORD, entry.resume),
    Command("discard", N_("Discar&d what is not saved"), ("Ctrl+Shift+Backspace",), RECORD, entry.discard),
    Command("today", N_("&Today’s date here"), ("Ctrl+;", "Ctrl+Shift+T"), RECORD, entry.today),
    Command("above", N_("&Copy from the record above"), ("Ctrl+'", "Ctrl+Shift+A"), RECORD, entry.copy_from_above),
    Command("open-known", N_("Open what is &there already"), ("Ctrl+Shift+O",), RECORD, entry.open_known),
    Command("use-known", N_("&Use what is there already"), ("Ctrl+Shift+U",), RECORD, entry.use_known),
    Command("turn-name", N_("Tur&n the name round"), ("Ctrl+Shift+N",), RECORD, entry.turn_name_round),
    Command("delete", N_("De&lete"), ("Del",), RECORD, records.delete, where="table"),
    Command("merge", N_("&Merge with…"), ("Ctrl+M",), RECORD, merging.merge_with),
    Command("duplicates", N_("Li&kely duplicates"), (), RECORD, merging.duplicates),
    Command("posts", N_("&Posts"), (), RECORD, entry.posts),
    Command("appointments", N_("&Appointments"), (), RECORD, entry.appointments),
    Command("topics", N_("&Topics"), (), RECORD, entry.topics),
    Command("palette", N_("Go an&ywhere…"), ("Ctrl+K",), FIND, moving.go_anywhere, ""),
    Command("filter", N_("&Filter"), ("Ctrl+F", "/"), FIND, moving.filter_words),
    Command("save-view", N_("&Save this view…"), ("Ctrl+Shift+S",), FIND, tables.save_view),
    Command("forget-view", N_("For&get the view"), (), FIND, tables.forget_view),
    Command("back", N_("&Back"), ("Alt+Left",), FIND, moving.back),
    Command("forward", N_("F&orward"), ("Alt+Right",), FIND, moving.forward),
    Command("reports", N_("&Reports…"), ("Ctrl+R",), REPORT, reports.open_reports),
    Command("save-report", N_("&Save the report as…"), ("Ctrl+Shift+E",), REPORT, reports.save_report),
    Command("print-report", N_("&Print the report…"), ("Ctrl+P",), REPORT, reports.print_report),
    Command("copy-report", N_("&Copy the report"), ("Ctrl+Shift+C",), REPORT, reports.copy_report),
    Command("keep-set", N_("Save in a report s&et…"), ("Ctrl+Shift+K",), REPORT, reports.keep_set),
    Command("write-set", N_("&Write the report set…"), ("Ctrl+Shift+W",), REPORT, reports.write_set),
    Command("forget-set", N_("&Forget the report set"), (), REPORT, reports.forget_set),
    Command("larger-pages", N_("&Larger pages"), ("+", "="), REPORT, reports.larger_pages, where="preview"),
    Command("smaller-pages", N_("S&maller pages"), ("-",), REPORT, reports.smaller_pages, where="preview"),
    Command("fit-width", N_("Pages as wide as the &view"), ("W",), REPORT, reports.fit_width, where="preview"),
    Command("fit-page", N_("Whole p&ages"), ("P",), REPORT, reports.fit_page, where="preview"),
    Command("find-next", N_("Find the &next place"), ("F3",), REPORT, in_preview.find_next, where="preview"),
    Command(
        "find-before", N_("Find the place &before"), ("Shift+F3",), REPORT, in_preview.find_before, where="preview"
    ),
    Command("next-link", N_("Next l&ink"), ("L",), REPORT, in_preview.next_link, where="preview"),
    Command("link-before", N_("Link bef&ore"), ("Shift+L",), REPORT, in_preview.link_before, where="preview"),
    Command("back-from-note", N_("Bac&k from a note"), ("B",), REPORT, in_preview.back_from_note, where="preview"),
    Command("preview", N_("Show the details &large"), ("Space",), VIEW, looks.preview, where="table"),
    Command("columns", N_("Choose &columns…"), (), VIEW, tables.choose_columns),
    Command("group-year", N_("Group by &year"), (), VIEW, tables.group_by_year, is_on=tables.is_by_year),
    Command("group-month", N_("Group by mont&h"), (), VIEW, tables.group_by_month, is_on=tables.is_by_month),
    Command("no-groups", N_("Without gro&ups"), (), VIEW, tables.ungroup, is_on=tables.is_ungrouped),
    Command("next-group", N_("N&ext group"), ("Alt+Down",), VIEW, tables.next_group, where="table"),
    Command("previous-group", N_("P&revious group"), ("Alt+Up",), VIEW, tables.previous_group, where="table"),
    Command("next-pane", N_("&Next pane"), ("F6",), VIEW, moving.next_pane),
    Command("previous-pane", N_("&Previous pane"), ("Shift+F6",), VIEW, moving.previous_pane),
    Command("pages-pane", N_("List of p&ages"), ("Ctrl+B",), VIEW, looks.pages_pane, "", is_on=looks.has_pages),
    Command("details-pane", N_("&Details"), ("Ctrl+Shift+B",), VIEW, looks.details_pane, "", is_on=looks.has_details),
    Command("facets-pane", N_("C&ounts"), ("Ctrl+Shift+F",), VIEW, looks.facets_pane, "", is_on=looks.has_facets),
    Command("look-system", N_("Colours as the &system"), (), VIEW, looks.look_as_system, "", is_on=looks.is_system),
    Command("look-light", N_("L&ight colours"), (), VIEW, looks.look_light, "", is_on=looks.is_light),
    Command("look-dark", N_("Dar&k colours"), (), VIEW, looks.look_dark, "", is_on=looks.is_dark),
    Command("larger", N_("Lar&ger text"), ("Ctrl++", "Ctrl+="), VIEW, looks.larger_text, ""),
    Command("smaller", N_("S&maller text"), ("Ctrl+-",), VIEW, looks.smaller_text, ""),
    Command("keys", N_("&Keys"), ("F1",), HELP, moving.show_keys, ""),
    Command("about", N_("&About Legation"), (), HELP, moving.about, ""),
)
