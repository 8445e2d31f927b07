"""The house stands as its plan says: floors, no Qt below the window, nothing unsafe, short files."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
PACKAGE = CHECKOUT / "aedesk"

# From the ground up; a module imports only from its own floor and those below it.
FLOORS = (
    {"aedesk", "aedesk.errors", "aedesk.paths", "aedesk.options"},
    {"aedesk.data"},
    {"aedesk.models"},
    {"aedesk.recipe", "aedesk.recipe_checks", "aedesk.recipe_problems", "aedesk.training_options"},
    {"aedesk.training"},
    {"aedesk.analysis"},
    {"aedesk.files"},
    {"aedesk.commands"},
    {"aedesk.cli", "aedesk.desktop", "aedesk.__main__"},
    {"aedesk.ui"},
)

# The one door upstairs: the command opens the window, and imports it only then.
DOOR = ("aedesk.cli", "aedesk.ui.app")

QT = {"PySide6", "pyqtgraph", "shiboken6", "PyQt6", "PyQt5", "qtpy", "superqt"}
UNSAFE_MODULES = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
UNSAFE_CALLS = {"eval", "exec", "compile", "__import__"}
LONGEST = 350


@dataclass(frozen=True)
class Import:
    """One import: who imports what, in which line, and whether it happens late, inside a function."""

    module: str
    imported: str
    line: int
    late: bool

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.imported}"


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(CHECKOUT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def imports() -> Iterator[Import]:
    for module, path in MODULES.items():
        tree = tree_of(path)
        late = {
            inner
            for outer in ast.walk(tree)
            if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            for inner in ast.walk(outer)
        }
        for node in ast.walk(tree):
            for imported in imported_by(node, module, path.name == "__init__.py"):
                yield Import(module, imported, node.lineno, node in late)


def imported_by(node: ast.AST, module: str, is_package: bool) -> list[str]:
    """The full names a statement imports; of ``from a import b`` it is ``a.b`` where that is a module."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = node.module or ""
    if node.level:
        parts = module.split(".")
        home = parts[: len(parts) - node.level + is_package]
        base = ".".join([*home, *([base] if base else [])])
    inner = [f"{base}.{alias.name}" for alias in node.names]
    return [name if name in MODULES else base for name in inner]


def floor_of(module: str) -> int:
    for number, names in enumerate(FLOORS):
        if module in names:
            return number
    for number, names in enumerate(FLOORS):
        if any(module.startswith(f"{name}.") for name in names - {"aedesk"}):
            return number
    raise AssertionError(f"{module} stands on no floor; give it one")


IMPORTS = list(imports())


def test_the_imports_are_found() -> None:
    """Guards the tests below against looking at nothing."""
    pairs = {(one.module, one.imported) for one in IMPORTS}
    assert ("aedesk.training.run", "aedesk.training.learner") in pairs
    assert ("aedesk.commands.use", "aedesk.files.model_file") in pairs, "from aedesk.files import model_file"
    assert ("aedesk.data.dataset", "torch") in pairs
    assert next(one for one in IMPORTS if (one.module, one.imported) == DOOR).late


def test_every_module_stands_on_a_floor() -> None:
    for module in MODULES:
        floor_of(module)


def test_a_floor_imports_only_floors_below_it() -> None:
    upward = [
        str(one)
        for one in IMPORTS
        if one.imported.partition(".")[0] == "aedesk"
        and floor_of(one.imported) > floor_of(one.module)
        and not ((one.module, one.imported) == DOOR and one.late)
    ]
    assert not upward


def test_nothing_below_the_window_imports_qt() -> None:
    below = [one for one in IMPORTS if floor_of(one.module) < floor_of("aedesk.ui")]
    assert not [str(one) for one in below if one.imported.partition(".")[0] in QT]


def test_the_window_imports_torch_late() -> None:
    """The window shows before torch is there, so no module of it may wait for torch at its start."""
    heavy = {"torch", "torchvision", "pandas", "sklearn", "scipy", "matplotlib"}
    guarded = set(type_checking_lines())
    assert guarded, "there are such lines, so the search works"
    early = [
        str(one)
        for one in IMPORTS
        if one.module.startswith("aedesk.ui")
        and one.imported.partition(".")[0] in heavy
        and not one.late
        and (one.module, one.line) not in guarded
    ]
    assert not early


def type_checking_lines() -> Iterator[tuple[str, int]]:
    """The module and line of every import that only a type checker sees."""
    for module, path in MODULES.items():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
                yield from ((module, inner.lineno) for inner in node.body)


def test_nothing_unsafe_is_used() -> None:
    found = [str(one) for one in IMPORTS if one.imported.partition(".")[0] in UNSAFE_MODULES]
    for module, path in MODULES.items():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call):
                found += [f"{module}:{node.lineno} {problem}" for problem in unsafe(node)]
    assert not found


def unsafe(call: ast.Call) -> Iterator[str]:
    called = ast.unparse(call.func)
    if called in UNSAFE_CALLS:
        yield f"calls {called}"
    if called in ("torch.load", "torch.save"):
        yield f"calls {called}, which pickles"
    if called.endswith("read_pickle") or called.endswith("to_pickle"):
        yield f"calls {called}"
    for keyword in call.keywords:
        if keyword.arg == "allow_pickle" and ast.unparse(keyword.value) != "False":
            yield "allows pickles"
        if keyword.arg == "shell" and ast.unparse(keyword.value) != "False":
            yield "asks a shell"


def test_what_is_unsafe_is_recognised() -> None:
    def problems(source: str) -> list[str]:
        return list(unsafe(ast.parse(source, mode="eval").body))  # type: ignore[arg-type]

    assert problems("eval('1')") and problems("torch.load(path)") and problems("np.load(p, allow_pickle=True)")
    assert not problems("network.eval()") and not problems("app.exec()")


@pytest.mark.parametrize("folder", ["aedesk", "tests", "packaging"])
def test_no_file_is_too_long(folder: str) -> None:
    lengths = {
        str(path.relative_to(CHECKOUT)): len(path.read_text("utf-8").splitlines())
        for path in (CHECKOUT / folder).rglob("*.py")
    }
    assert lengths
    assert not {path: length for path, length in lengths.items() if length > LONGEST}


def run_python(code: str, *arguments: str, cwd: Path, status: int = 0) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {"PYTHONPATH": str(CHECKOUT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=300,
    )  # fmt: skip
    assert done.returncode == status, done.stderr
    return done


WITHOUT_QT = f"""
import sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {QT!r}:
            raise ImportError(f"{{name}} is not to be had here")

sys.meta_path.insert(0, NoQt())
try:
    import PySide6
except ImportError:
    pass
else:
    raise AssertionError("Qt could be imported after all")
from aedesk.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_the_command_line_works_where_qt_cannot_be_imported(tmp_path: Path) -> None:
    out = tmp_path / "model.aedesk"
    words = ["train", "digits8-quick", "--set", "training.epochs=1", "data.limit=200"]
    done = run_python(WITHOUT_QT, *words, "--device", "cpu", "--out", str(out), "--json", cwd=tmp_path)
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["recipe"] == "digits8-quick" and figures["epochs"] == 1
    assert out.is_file()


def test_a_recipe_needs_nothing_heavy(tmp_path: Path) -> None:
    """The builder's forms are made from the recipe before torch has been imported."""
    code = (
        "import sys, json, aedesk.recipe, aedesk.files.recipe_file\n"
        "aedesk.files.recipe_file.read_shipped('ecg-denoise').problems()\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    loaded = set(json.loads(run_python(code, cwd=tmp_path).stdout))
    assert "aedesk.data.sources.signal" in loaded
    assert not loaded & {"torch", "torchvision", "pandas", "sklearn", "scipy", "matplotlib", *QT}


def test_help_and_recipes_do_not_wait_for_torch(tmp_path: Path) -> None:
    code = (
        "import sys, aedesk.cli\n"
        "assert aedesk.cli.main(['recipes']) == 0\n"
        "assert not {'torch', 'pandas', 'sklearn', 'PySide6'} & set(sys.modules), 'a heavy import'"
    )
    assert "digits8-quick" in run_python(code, cwd=tmp_path).stdout
