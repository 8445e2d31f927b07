"""The wheel holds everything AEDesk ships with, and finds it where it was installed."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import platformdirs
import pytest

from aedesk import __version__, paths

CHECKOUT = Path(__file__).resolve().parents[1]

# Prints where an installed AEDesk is and finds its resources, and their check sums.
LOOK = """
import hashlib, json, pathlib, aedesk.paths
folder = aedesk.paths.resources()
files = {str(path.relative_to(folder).as_posix()): hashlib.sha256(path.read_bytes()).hexdigest()
         for path in folder.rglob("*") if path.is_file()}
print(json.dumps({"module": aedesk.__file__, "folder": str(folder), "files": files}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder], cwd=CHECKOUT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with nothing in it but the wheel."""
    folder = tmp_path_factory.mktemp("environment")
    run([sys.executable, "-m", "venv", "--without-pip", folder])
    pip = [sys.executable, "-m", "pip", "--python", python_of(folder), "install", "--no-deps", "--no-index"]
    run([*pip, "--disable-pip-version-check", "--no-compile", wheel])
    return folder


def test_every_resource_is_found_in_an_empty_environment(environment: Path, tmp_path: Path) -> None:
    # paths.py needs this one package to find the user's own folders.
    shutil.copytree(Path(platformdirs.__file__).parent, tmp_path / "platformdirs")
    said = run([python_of(environment), "-c", LOOK], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(tmp_path)})
    found = json.loads(said)
    assert environment in Path(found["module"]).parents
    assert environment in Path(found["folder"]).parents
    shipped = {
        path.relative_to(paths.resources()).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in paths.resources().rglob("*")
        if path.is_file()
    }
    assert {"icons/aedesk.svg", "NOTICES.md", "mnist/train-images-idx3-ubyte.gz"} <= set(shipped)
    assert found["files"] == shipped


def test_the_commands_are_installed(environment: Path) -> None:
    commands = {path.stem for path in python_of(environment).parent.iterdir()}
    assert {"aedesk", "aedesk-window"} <= commands


def test_the_wheel_holds_the_program_and_nothing_beside_it(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    about = f"aedesk-{__version__}.dist-info"
    assert {name.split("/")[0] for name in names} == {"aedesk", about}
    assert f"{about}/licenses/LICENSE" in names
    modules = {path.relative_to(CHECKOUT).as_posix() for path in (CHECKOUT / "aedesk").rglob("*.py")}
    assert {name for name in names if name.endswith(".py")} == modules


def python_of(environment: Path) -> Path:
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def run(command: list[str | Path], **options: object) -> str:
    result = subprocess.run(command, capture_output=True, text=True, timeout=120, **options)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout
