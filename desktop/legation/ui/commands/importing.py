"""Commands of the Import page: going there, choosing a file, pasting a table, mappings, rejected rows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from legation.errors import UserError
from legation.i18n import _, ngettext
from legation.settings import read_state, write_state
from legation.storage.reading import Reader

if TYPE_CHECKING:
    from legation.imports.mapping import Mapping
    from legation.ui.imports.page import ImportPage
    from legation.ui.main_window import MainWindow

STATE = "import"


def open_import(window: MainWindow) -> None:
    """Take over a file or a table that others have: see what it would do, then write it as one step."""
    window.show_page("import")
    page = window.import_page()
    if page is not None:
        page.source.choose.setFocus()


def do_as_asked(window: MainWindow, page: ImportPage, asked: str) -> None:
    """Do what a button of the page asks for."""
    work = {"file": choose_file, "paste": paste, "keep": keep, "mapping": use_another, "rejects": save_rejects}[asked]
    window.guarded(lambda: work(window, page))


def choose_file(window: MainWindow, page: ImportPage) -> None:
    """Choose a file and look at it."""
    kinds = _("Tables and calendars (*.csv *.tsv *.txt *.xlsx *.xlsb *.xls *.ods *.ics *.html);;All files (*)")
    chosen, _kind = QFileDialog.getOpenFileName(window, _("Choose a file to import"), str(_folder()), kinds)
    if chosen:
        write_state(STATE, {"folder": str(Path(chosen).parent)})
        page.open_file(Path(chosen))


def _folder() -> Path:
    folder = read_state(STATE).get("folder")
    return Path(folder) if isinstance(folder, str) and Path(folder).is_dir() else Path.home()


def paste(_window: MainWindow, page: ImportPage) -> None:
    """Look at the table on the clipboard. Raises `UserError` when there is none."""
    clipboard = QApplication.clipboard().mimeData()
    text = clipboard.html() if clipboard.hasHtml() and "<t" in clipboard.html() else clipboard.text()
    if not text.strip():
        raise UserError(_("There is no table on the clipboard."), _("Copy one in a spreadsheet or a web page first."))
    page.open_pasted(text)


def keep(window: MainWindow, page: ImportPage) -> None:
    """Keep the mapping in the workspace under a name."""
    from legation.imports.kept_mappings import keep_mapping
    from legation.ui.dialogs.ask_name import AskNameDialog, Kept

    workspace, plan = page.workspace, page.plan
    if plan is None:
        return
    mapping = plan.mapping
    told = Kept(
        _("Keep the mapping"),
        _("Keep what the columns give"),
        _("It is proposed again for files of this shape, also when columns were added or moved."),
        _("Name, such as Visits of the State Department"),
        _("Takes the place of the mapping of that name."),
    )

    def ask(taken: list[str]) -> None:
        dialog = AskNameDialog(window, told, taken, mapping.name)
        dialog.accepted.connect(lambda: write(dialog.name))
        dialog.open()

    def write(name: str) -> None:
        workspace.write(lambda database: keep_mapping(database, mapping, name), lambda _change: kept(name))

    def kept(name: str) -> None:
        window.tell(_("Kept the mapping “{name}”.").format(name=name))

    workspace.details.ask_too(_names, ask, lasts=True, owner=page)


def _names(reader: Reader) -> list[str]:
    from legation.imports.kept_mappings import kept_mappings

    return [each.name for each in kept_mappings(reader)]


def use_another(window: MainWindow, page: ImportPage) -> None:
    """Use a mapping that is kept or one in a file, or write the present one as a file, from a menu."""
    from legation.imports.kept_mappings import kept_mappings

    def show(kept: list[Mapping]) -> None:
        menu = QMenu(page)
        for mapping in kept:
            action = menu.addAction(mapping.name.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, mapping=mapping: page.use_mapping(mapping))
        if kept:
            menu.addSeparator()
        menu.addAction(_("From a &file…")).triggered.connect(lambda: window.guarded(lambda: _from_file(window, page)))
        menu.addAction(_("&Write as a file…")).triggered.connect(lambda: window.guarded(lambda: _to_file(window, page)))
        button = page.source.other_mapping
        menu.setActiveAction(menu.actions()[0])
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    page.workspace.details.ask_too(kept_mappings, show, lasts=True, owner=page)


def _from_file(window: MainWindow, page: ImportPage) -> None:
    from legation.imports.kept_mappings import mapping_in

    kinds = _("Mappings (*.toml);;All files (*)")
    chosen, _kind = QFileDialog.getOpenFileName(window, _("Choose a mapping"), str(_folder()), kinds)
    if chosen:
        page.use_mapping(mapping_in(Path(chosen)))


def _to_file(window: MainWindow, page: ImportPage) -> None:
    from legation.documents.writing import whole_file
    from legation.imports.mapping import to_toml

    plan = page.plan
    if plan is None:
        return
    start = str(_folder() / f"{plan.mapping.name or plan.mapping.type}.toml")
    chosen, _kind = QFileDialog.getSaveFileName(window, _("Write the mapping"), start, _("Mappings (*.toml)"))
    if chosen:
        path = Path(chosen)
        with whole_file(path if path.suffix else path.with_suffix(".toml")) as file:
            file.write(to_toml(plan.mapping).encode("utf-8"))
        window.tell(_("Wrote {name}.").format(name=path.name))


def save_rejects(window: MainWindow, page: ImportPage) -> None:
    """Write the rejected rows with the reasons as CSV, to be corrected and imported."""
    from legation.imports.rejects import write_all_rejects

    plans = page.plans
    if not any(each.rejects for each in plans):
        return
    start = str(_folder() / _("{name} rejected.csv").format(name=Path(plans[0].table.file).stem))
    chosen, _kind = QFileDialog.getSaveFileName(window, _("Write the rejected rows"), start, _("CSV (*.csv)"))
    if chosen:
        count = sum(count for _path, count in write_all_rejects(Path(chosen), plans))
        words = ngettext("Wrote {count} rejected row.", "Wrote {count} rejected rows.", count)
        window.tell(words.format(count=f"{count:,}"))
