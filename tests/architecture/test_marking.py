"""Every text that people see is marked for translation: in the source, in the window, and on the command line.

The window and the command line are run in the pseudo-language, which puts what is translated into brackets.
"""

from __future__ import annotations

import ast
import csv
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from architecture.source_tree import SourceFile, package_files
from legation import cli, errors
from legation.cli.commands import parser_of_all
from legation.i18n import set_language
from legation.ui.commands.catalogue import COMMANDS
from legation.ui.forms.lines_section import LineRow
from legation.ui.imports.source_pane import ENCODINGS
from legation.ui.main_window import MainWindow
from legation.ui.pages.catalogue import PAGES
from legation.ui.pages.record_page import RecordPage
from ui.shown_texts import Data, texts_of

SHOWERS = {
    "setText", "setWindowTitle", "setPlaceholderText", "setToolTip", "setStatusTip", "setWhatsThis", "setTitle",
    "setAccessibleName", "setAccessibleDescription", "setLabelText", "setInformativeText", "setTabText", "setPrefix",
    "setSuffix", "setSpecialValueText", "addAction", "addMenu", "addTab", "addItem", "addItems", "addButton",
    "setHeaderLabels", "setHorizontalHeaderLabels", "showMessage", "tell", "say", "QLabel", "QPushButton",
    "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QMenu", "QListWidgetItem", "QProgressDialog",
    "about", "warning", "critical", "question", "information", "getOpenFileName", "getSaveFileName", "print",
    "Problem", "ValueProblem", "DateProblem",
}  # fmt: skip
PROBLEMS = {name for name, each in inspect.getmembers(errors, inspect.isclass) if issubclass(each, errors.UserError)}
PLACES_FIRST = {"Problem"}  # its first argument names a field
KEPT = {"Legation", "Legation - ", "legation ", "Ctrl+"}


@pytest.fixture
def _pseudo() -> Iterator[None]:
    set_language("xx")
    yield
    set_language("en")


# the source


def test_no_words_are_shown_that_are_not_marked() -> None:
    assert [found for file in package_files() for found in _unmarked_words(file)] == []


def test_words_that_are_not_marked_are_found(tmp_path: Path) -> None:
    path = tmp_path / "sample.py"
    path.write_text(
        'box.setText("Words")\nQLabel(_("Words"))\nUserError(f"{n} words")\nbox.setToolTip("Press" + f" {key}")\n'
        'raise RecordProblem(_("Words"), "more" + _("words"), field="name")\nbox.setText(f"· {number}")\n',
        encoding="utf-8",
    )
    assert [line for _place, line, _words in _unmarked_words(SourceFile(path))] == [1, 3, 4, 5]


def _unmarked_words(file: SourceFile) -> Iterator[tuple[str, int, str]]:
    """Literals with letters that are handed to something that shows them, but for names that nobody translates."""
    place = file.path.name if not file.layer else file.place
    for call in ast.walk(file.tree):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name not in SHOWERS | PROBLEMS:
            continue
        given = call.args[1:] if name in PLACES_FIRST else call.args
        for argument in (*given, *(each.value for each in call.keywords if each.arg in ("what_to_do", "text"))):
            for words in _literals(argument):
                if any(letter.isalpha() for letter in words) and words not in KEPT:
                    yield place, call.lineno, words


def _literals(node: ast.expr) -> Iterator[str]:
    """The literal words of an expression that are shown as they stand; what a call makes of others is not."""
    match node:
        case ast.Constant(value=str(words)):
            yield words
        case ast.JoinedStr(values=parts):
            yield from (each for part in parts for each in _literals(part))
        case ast.BinOp(left=left, right=right):
            yield from (*_literals(left), *_literals(right))
        case ast.IfExp(body=body, orelse=other):
            yield from (*_literals(body), *_literals(other))
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(words)), attr="format")):
            yield words.replace("{", "").replace("}", "")
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            yield from (each for part in parts for each in _literals(part))


# the window


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What the boxes say that would wait for an answer; they answer at once."""
    found: list[tuple[str, str]] = []

    def box(name: str, answer: object) -> object:
        def tell(*given: object) -> object:
            found.extend((name, each) for each in given[1:] if isinstance(each, str))
            return answer

        return staticmethod(tell)

    for name in ("about", "warning", "critical", "information"):
        monkeypatch.setattr(QMessageBox, name, box(name, None))
    monkeypatch.setattr(QMessageBox, "question", box("question", QMessageBox.StandardButton.No))
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, box(name, ("", "")))
    return found


@pytest.fixture
def window(qtbot: QtBot, sample: Path, _pseudo: None, said: list[tuple[str, str]]) -> MainWindow:
    """The window in the pseudo-language, open on the sample."""
    shown = MainWindow()
    qtbot.addWidget(shown, before_close_func=lambda each: each.close_workspace())
    shown.statusBar().messageChanged.connect(lambda text: said.append(("status line", text)))
    shown.show()
    said.extend(texts_of(shown))  # the welcome page
    shown.open(sample)
    _fill(qtbot, shown)
    return shown


@pytest.fixture
def data(sample: Path) -> Data:
    """What nobody translates: the values of the sample, its file, the folder it is suggested in, and the user."""
    import getpass

    suggested = {str(Path.home()), ".legation", ".csv", "(*.csv)", "(*)", "(*.legation)"}
    suggested |= set(ENCODINGS)  # names that the whole world writes alike
    return Data(sample, {sample.name, str(sample), str(sample.parent), getpass.getuser(), *suggested})


def _fill(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until the page on screen shows its rows and the first of them."""

    def is_filled() -> bool:
        page = window.record_page()
        if (imports := window.import_page()) is not None:
            return bool(imports.message.text())
        if (reports := window.reports_page()) is not None:
            return reports.made is not None or bool(reports.message.text())
        if page is None:
            history, pairs = window.history_page(), window.duplicates_page()
            if pairs is not None:
                return pairs.is_done
            return history is not None and bool(history.details.toPlainText())
        return page.model.rowCount() > 0 and bool(page.details.dossier.toPlainText())

    qtbot.waitUntil(is_filled, timeout=20000)


def _unmarked(texts: list[tuple[str, str]], data: Data) -> list[tuple[str, str]]:
    return sorted({(where, piece) for where, text in set(texts) for piece in data.unmarked(text)})


@pytest.mark.parametrize(
    ("shown", "unmarked"),
    [
        ("[Éñtéréd]: Turkmenistan", []),
        ("Entered: Turkmenistan", ["Entered"]),
        ("<b>Country</b> · [Jápáñ]", ["Country"]),
        ("[Sávé] (Ctrl+S)", []),
        ("&Save", ["Save"]),
        ("[Ñéw: [évéñt]]", []),
        ("Tokyo, Japan 27", []),
        ("Tokyo, meeting place", ["Tokyo, meeting place"]),
    ],
)
def test_what_is_not_marked_is_told_from_data(data: Data, shown: str, unmarked: list[str]) -> None:
    assert data.unmarked(shown) == unmarked


@pytest.mark.parametrize("name", [page.name for page in PAGES])
def test_every_page_shows_marked_words(
    qtbot: QtBot, window: MainWindow, said: list[tuple[str, str]], data: Data, name: str
) -> None:
    window.show_page(name)
    _fill(qtbot, window)
    said.extend(texts_of(window))
    page = window.record_page()
    if page is not None:
        page.words.setText("no such words at all")
        qtbot.waitUntil(page.empty.isVisible, timeout=20000)
        said.extend(texts_of(page))
    assert len(said) > 100
    assert _unmarked(said, data) == []


@pytest.mark.parametrize("name", [page.name for page in PAGES if page.record])
@pytest.mark.parametrize("is_new", [False, True], ids=["form", "new"])
def test_every_form_shows_marked_words(
    qtbot: QtBot, window: MainWindow, said: list[tuple[str, str]], data: Data, name: str, is_new: bool
) -> None:
    window.show_page(name)
    _fill(qtbot, window)
    page = window.record_page()
    assert isinstance(page, RecordPage)
    page.create() if is_new else page.edit()
    qtbot.waitUntil(lambda: page.details.form is not None, timeout=20000)
    form = page.details.form
    assert form is not None
    form.more.setChecked(True)
    if is_new:
        form.save()  # says at each field what is missing
    else:
        for row in form.findChildren(LineRow):
            row.turn()
    said.extend(texts_of(form))
    page.details.close_form()
    assert _unmarked(said, data) == []


def test_every_command_says_marked_words(
    qtbot: QtBot, window: MainWindow, said: list[tuple[str, str]], data: Data
) -> None:
    for command in COMMANDS:
        if command.id in ("quit", "close"):  # what they leave shows nothing new
            continue
        window.show_page("events")
        _fill(qtbot, window)
        before = set(_dialogs())
        window.run(command)
        _settle(qtbot, window)
        for dialog in set(_dialogs()) - before:
            said.extend(texts_of(dialog))
            dialog.close()
    assert {"about", "getSaveFileName", "status line"} <= {where for where, _text in said}
    assert _unmarked(said, data) == []


def _settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until what a command asked to be written is written and told."""
    qtbot.wait(10)
    done: list[bool] = []
    assert window.workspace is not None
    window.workspace.write(lambda _database: None, lambda _change: done.append(True))
    qtbot.waitUntil(lambda: bool(done), timeout=20000)


def _dialogs() -> list[QWidget]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]


# the command line


@pytest.mark.usefixtures("_pseudo")
def test_the_command_line_says_marked_words(
    sample: Path, data: Data, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "500")
    file = str(sample)
    lines = [["check", file], ["history", file, "--changes"], ["backup", file]]
    lines += [["list", file, name, "--format", "csv", "--no-bom"] for name in cli.TYPES]
    lines += [["list", file, "sources"], ["list", file, "events", "--where", "country:TKM", "--text", "energy"]]
    lines += [["show", file, name, str(data.first[cli.TYPES[name][0]])] for name in cli.TYPES]
    lines += [["undo", file]]  # of the sample itself
    mistakes = [["lsit"], ["list", file, "nothing"], ["info", str(sample.parent / "nowhere.legation")]]
    mistakes += [["list", file, "events", "--where", "(x"], ["list", file, "events", "--where", "when:2024"]]
    mistakes += [["list", file, "events", "--sort", "nothing"], ["show", file, "events", "x"]]
    mistakes += [["show", file, "events", "9999"], ["undo", file, "9999"], ["new", file], ["check", "."]]
    said: list[tuple[str, str]] = []
    for line, code in [(each, 0) for each in lines] + [(each, 2) for each in mistakes]:
        assert cli.run(line) == code, line
        captured = capsys.readouterr()
        shown = (captured.out + captured.err).replace(file, "").splitlines()
        cells = [cell for row in csv.reader(shown) for cell in row] if "csv" in line else shown
        said += [(" ".join(line).replace(file, "FILE"), each) for each in cells]
    assert _unmarked(said, data) == []


@pytest.mark.usefixtures("_pseudo")
def test_the_help_of_each_command_is_marked(data: Data, capsys: pytest.CaptureFixture[str]) -> None:
    """But for what the parser's own library says."""
    parser = parser_of_all()
    (commands,) = (each for each in parser._actions if each.dest == "command")
    below = commands.choices
    assert isinstance(below, dict) and set(below) == set(cli.COMMANDS)
    said = [("description", str(each.description)) for each in (parser, *below.values())]
    for each in below.values():
        said += [(each.prog, str(action.help)) for action in each._actions if action.dest not in ("help", "version")]
    given = {("legation list", ", ".join(cli.TYPES)), ("legation show", ", ".join(cli.TYPES))}  # words to type
    assert _unmarked([each for each in said if each not in given and each[1] != "None"], data) == []
