"""The source as the architecture's tests read it: parsed files, where they belong, and what stands in them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "desktop" / "legation"

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class SourceFile:
    """One Python file of the project."""

    path: Path

    @property
    def place(self) -> str:
        """Its path from the project's folder, with slashes."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def layer(self) -> str:
        """The part of the package it belongs to: "storage", "cli" ...; empty outside the package."""
        if PACKAGE not in self.path.parents:
            return ""
        return self.path.relative_to(PACKAGE).parts[0].removesuffix(".py")

    @cached_property
    def text(self) -> str:
        """What stands in it."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.text, filename=str(self.path))

    def imported_names(self) -> set[str]:
        """Everything it imports anywhere, by full name: `a.b` for `import a.b` and `from a import b`."""
        names: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                names.update(each.name for each in node.names)
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names.update(f"{node.module}.{each.name}" for each in node.names)
        return names

    def imports(self, module: str) -> bool:
        """Whether it imports a module, a part of it, or a name from it."""
        return any(name == module or name.startswith(module + ".") for name in self.imported_names())

    def functions(self) -> Iterator[FunctionNode]:
        """All its functions and methods, inner ones too."""
        for node in ast.walk(self.tree):
            if isinstance(node, FunctionNode):
                yield node

    def public_functions(self) -> Iterator[tuple[str, FunctionNode]]:
        """Functions of the module and methods of its public classes whose names have no leading underscore."""
        for node in self.tree.body:
            if isinstance(node, FunctionNode) and not node.name.startswith("_"):
                yield node.name, node
            elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                for inner in node.body:
                    if isinstance(inner, FunctionNode) and not inner.name.startswith("_"):
                        yield f"{node.name}.{inner.name}", inner


def package_files() -> list[SourceFile]:
    """The files of the package, in order."""
    return [SourceFile(path) for path in sorted(PACKAGE.rglob("*.py"))]


def python_files() -> list[SourceFile]:
    """Every Python file of the project: the package, what stands beside it, and the tests."""
    folders = (ROOT / "desktop", ROOT / "tests")
    return [SourceFile(path) for folder in folders for path in sorted(folder.rglob("*.py"))]


def text_files() -> list[Path]:
    """Every file of the project that people read as text, reference data left aside."""
    kinds = {".py", ".md", ".toml", ".cfg", ".ini", ".txt", ".xml", ".desktop", ".svg", ".po", ".pot", ".html", ".sh"}
    folders = (ROOT / "desktop", ROOT / "tests", ROOT / "resources", ROOT / ".ci")
    found = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    found += [path for path in sorted(ROOT.iterdir()) if path.is_file()]
    made_by_git = {".git"}  # in a working tree beside the first, a file that says where the first one is
    found = [path for path in found if path.name not in made_by_git]
    return [path for path in found if path.suffix in kinds or path.parent.name == ".ci" or path.name.startswith(".git")]
