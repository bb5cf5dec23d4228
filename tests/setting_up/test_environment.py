"""The set-up beside the package: when it installs, what it asks of the system, and that a second start is quick.

Nothing is installed here: commands are taken down instead of run.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import environment
from architecture.source_tree import ROOT

SET_UP_FILES = ["desktop/run.py", "desktop/environment.py", "tests/run.py"]


class Commands:
    """Takes down the commands that would run, and answers with an exit code."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.answer: Callable[[str], int] = lambda _line: 0

    def __call__(self, command: list[str], cwd: str | None = None, quiet: bool = False) -> int:
        """Note a command; making an environment leaves a Python behind as venv does."""
        line = " ".join(command)
        self.lines.append(line)
        code = self.answer(line)
        if code == 0 and "-m venv" in line:
            inside = Path(environment.python_inside())
            inside.parent.mkdir(parents=True)
            inside.touch()
        return code

    def with_word(self, word: str) -> list[str]:
        """The commands that hold a word."""
        return [line for line in self.lines if word in line]


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """A project folder, with a space in its name, where commands are taken down, on a system that has all libraries."""
    root = tmp_path / "a checkout"
    root.mkdir()
    (root / "pyproject.toml").write_text("[project]\n")
    monkeypatch.setattr(environment, "ROOT", str(root))
    monkeypatch.setattr(environment, "ENVIRONMENT", str(root / ".venv"))
    monkeypatch.setattr(environment, "UNFINISHED", str(root / ".venv" / "unfinished"))
    monkeypatch.setattr(environment, "missing_packages", list)
    taken = Commands()
    monkeypatch.setattr(environment, "call", taken)
    return taken


def test_the_first_start_makes_the_environment_and_installs_the_project(commands: Commands) -> None:
    assert environment.prepare() == environment.python_inside()
    assert [line.split(" -m ")[1].split()[0] for line in commands.lines] == ["venv", "pip"]
    assert commands.lines[-1].endswith("--editable " + environment.ROOT)


def test_the_second_start_runs_nothing(commands: Commands) -> None:
    environment.prepare()
    commands.lines.clear()
    assert environment.prepare() == environment.python_inside()
    assert commands.lines == []


def test_tests_ask_for_more_than_the_program(commands: Commands) -> None:
    environment.prepare()
    environment.prepare("test")
    assert commands.lines[-1].endswith("[test]")
    assert len(commands.with_word("venv ")) == 1
    commands.lines.clear()
    environment.prepare()
    environment.prepare("test")
    assert commands.lines == []


def test_tests_first_serves_the_program_too(commands: Commands) -> None:
    environment.prepare("test")
    commands.lines.clear()
    environment.prepare()
    assert commands.lines == []


def test_a_change_of_the_project_s_settings_installs_again_in_the_same_environment(commands: Commands) -> None:
    environment.prepare()
    Path(environment.ROOT, "pyproject.toml").write_text("[project]\nname = 'other'\n")
    commands.lines.clear()
    environment.prepare()
    assert commands.with_word("-m venv") == []
    assert len(commands.with_word("pip install")) == 1


@pytest.mark.parametrize("how", ["fails", "is killed"])
def test_an_interrupted_install_begins_anew(commands: Commands, how: str) -> None:
    def answer(line: str) -> int:
        if "pip install" not in line:
            return 0
        if how == "fails":
            return 1
        raise KeyboardInterrupt

    commands.answer = answer
    with pytest.raises((environment.SetUpProblem, KeyboardInterrupt)):
        environment.prepare()
    assert not environment.is_complete("")
    commands.answer = lambda _line: 0
    commands.lines.clear()
    environment.prepare()
    assert len(commands.with_word("-m venv")) == 1
    assert environment.is_complete("")


def test_an_environment_of_another_python_is_made_anew(commands: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    environment.prepare()
    monkeypatch.setattr(environment, "fingerprint", lambda extra: "of another Python" + extra)
    commands.answer = lambda line: 1 if "import pip, sys" in line else 0
    commands.lines.clear()
    environment.prepare()
    assert len(commands.with_word("-m venv")) == 1


def test_a_debian_python_without_venv_gets_its_package(commands: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([1, 0])
    commands.answer = lambda line: next(answers) if "-m venv" in line else 0
    installed: list[str] = []
    monkeypatch.setattr(environment, "has_module", lambda _name: False)
    monkeypatch.setattr(environment, "install_packages", lambda packages: not installed.extend(packages))
    environment.prepare()
    assert installed == ["python{}.{}-venv".format(*sys.version_info)]


def test_where_it_may_not_install_it_says_the_line(commands: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    commands.answer = lambda line: 1 if "-m venv" in line else 0
    monkeypatch.setattr(environment, "has_module", lambda _name: False)
    monkeypatch.setattr(environment, "install_packages", lambda _packages: False)
    with pytest.raises(environment.SetUpProblem, match=r"type: sudo apt-get install python3\.\d+-venv$"):
        environment.prepare()


@pytest.mark.skipif(sys.platform == "win32", reason="apt is Debian's")
@pytest.mark.parametrize(
    ("user", "sudo_asks", "prefix"), [(0, False, "env "), (1000, False, "sudo -n env "), (1000, True, None)]
)
def test_packages_are_installed_as_root_or_with_a_quiet_sudo(
    commands: Commands, monkeypatch: pytest.MonkeyPatch, user: int, sudo_asks: bool, prefix: str | None
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/" + name)
    commands.answer = lambda line: 1 if line == "sudo -n true" and sudo_asks else 0
    assert environment.install_packages(["libegl1"]) == (prefix is not None)
    installs = commands.with_word("apt-get")
    assert installs == [] if prefix is None else installs[0].startswith(prefix) and installs[0].endswith(" libegl1")


@pytest.mark.skipif(sys.platform == "win32", reason="apt is Debian's")
def test_the_lists_of_packages_are_fetched_where_there_are_none(
    commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/" + name)
    commands.answer = lambda line: 0 if line.endswith("update") or commands.with_word("update") else 100
    assert environment.install_packages(["libegl1"])
    assert [line.split(" -y ")[1].split()[0] for line in commands.lines] == ["install", "update", "install"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux lacks libraries")
def test_missing_libraries_are_named_and_stop_nothing(
    commands: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "missing_packages", lambda: ["libegl1", "libgl1"])
    monkeypatch.setattr(environment, "install_packages", lambda _packages: False)
    monkeypatch.setattr("shutil.which", lambda _name: "/usr/bin/apt-get")
    environment.prepare()
    assert "Type: sudo apt-get install libegl1 libgl1\n" in capsys.readouterr().err
    assert environment.is_complete("")


def test_a_folder_that_cannot_be_written_is_a_sentence(commands: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_extra: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(environment, "install", refuse)
    with pytest.raises(environment.SetUpProblem, match=r"could not be set up in .*Permission denied"):
        environment.prepare()


@pytest.mark.parametrize(("version", "is_old"), [((3, 10, 13), True), ((3, 11, 0), False), ((4, 0, 0), False)])
def test_an_old_python_is_told_so(version: tuple[int, int, int], is_old: bool) -> None:
    if is_old:
        with pytest.raises(environment.SetUpProblem, match=r"needs Python 3\.11 or later, and this is 3\.10\."):
            environment.require_python(version)
    else:
        environment.require_python(version)


@pytest.mark.parametrize("place", SET_UP_FILES)
def test_old_pythons_can_read_the_set_up(place: str) -> None:
    ast.parse((ROOT / place).read_text(encoding="utf-8"), feature_version=(3, 4))


@pytest.mark.parametrize("place", SET_UP_FILES)
def test_the_set_up_imports_the_standard_library_only(place: str) -> None:
    """One more may be named: `legation.screen`, whose table of libraries is read, and which keeps to the same rule."""
    tree = ast.parse((ROOT / place).read_text(encoding="utf-8"))
    roots = {name.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    roots |= {str(node.module).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert roots - sys.stdlib_module_names <= {"environment", "legation"}


def test_the_table_of_libraries_is_read_without_anything_installed() -> None:
    question = "import environment, json; print(json.dumps(environment.missing_packages()))"
    bare = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT / 'desktop')!r}); {question}"]
    answer = subprocess.run(bare, capture_output=True, text=True, check=False, timeout=60)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.startswith("[")


def test_the_second_start_imports_little() -> None:
    """A start adds well under 0.3 s as long as nothing heavy is imported for it: the speed tests print the figure."""
    question = "import environment, sys; environment.is_complete(''); print(sorted(set(sys.modules)))"
    bare = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT / 'desktop')!r}); {question}"]
    loaded = ast.literal_eval(subprocess.run(bare, capture_output=True, text=True, check=True, timeout=60).stdout)
    assert {"subprocess", "ctypes", "shutil", "tempfile", "legation"} & set(loaded) == set()
