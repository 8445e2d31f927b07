"""A small project that the real launcher can install in seconds and without a network."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

Launcher = Callable[[str], ModuleType]
"""Imports a module of the launcher by its name."""

LAUNCHER = Path(__file__).resolve().parents[2] / "packaging"

PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "aedesk"
version = "0"
dependencies = []

[project.optional-dependencies]
test = []
"""

# An editable wheel is a .pth file that names the checkout. Each build leaves a line behind.
BACKEND = """
import os, tomllib, zipfile

with open("pyproject.toml", "rb") as file:
    NEEDED = tomllib.load(file)["project"]["dependencies"]
DIST_INFO = {
    "WHEEL": ["Wheel-Version: 1.0", "Generator: x", "Root-Is-Purelib: true", "Tag: py3-none-any"],
    "METADATA": ["Metadata-Version: 2.1", "Name: aedesk", "Version: 0", "Provides-Extra: test"]
    + ["Requires-Dist: " + name for name in NEEDED],
    "RECORD": [],
}

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    with open("builds.txt", "a") as builds:
        builds.write("built\\n")
    name = "aedesk-0-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(wheel_directory, name), "w") as wheel:
        wheel.writestr("aedesk-checkout.pth", os.getcwd())
        for file, lines in DIST_INFO.items():
            wheel.writestr("aedesk-0.dist-info/" + file, "".join(line + "\\n" for line in lines))
    return name
"""

# Stand-ins for `aedesk` and for pytest: they print what they were given and end with status 7.
PROGRAM = """
import json, os, sys
print(json.dumps({"program": %r, "arguments": sys.argv[1:], "prefix": sys.prefix, "folder": os.getcwd()}))
sys.exit(7)
"""

# Runs the launcher as `python packaging/launch.py` does, without asking for room for PyTorch.
START = """
import runpy, sys
sys.argv = sys.argv[1:]
sys.path[0] = sys.argv[0].rpartition("/")[0]
import environment
environment.ROOM_GB = 0
runpy.run_path(sys.argv[0], run_name="__main__")
"""


class Checkout:
    """A checkout with the real launcher and a stand-in for everything it installs."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "packaging").mkdir(parents=True, exist_ok=True)
        for file in LAUNCHER.glob("*.py"):
            shutil.copy(file, root / "packaging")
        self.pyproject = root / "pyproject.toml"
        self.pyproject.write_text(PYPROJECT)
        (root / "backend.py").write_text(BACKEND)
        (root / "aedesk").mkdir(exist_ok=True)
        (root / "aedesk" / "__init__.py").touch()
        (root / "aedesk" / "__main__.py").write_text(PROGRAM % "aedesk")
        (root / "pytest.py").write_text(PROGRAM % "pytest")

    @property
    def builds(self) -> int:
        """How often the project has been installed."""
        log = self.root / "builds.txt"
        return len(log.read_text().splitlines()) if log.exists() else 0

    @property
    def stamp(self) -> dict[str, Any]:
        return json.loads((self.root / ".venv" / "aedesk.json").read_text())

    def start(self, *arguments: str, folder: Path | None = None, **variables: str) -> subprocess.Popen[str]:
        """Start the launcher in `folder`, with hardly any environment variables but these.

        It leads a process group of its own.
        """
        return subprocess.Popen(
            [sys.executable, "-c", START, str(self.root / "packaging" / "launch.py"), *arguments],
            cwd=folder or self.root,
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.root), "PIP_NO_INDEX": "1"} | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def launch(
        self, *arguments: str, folder: Path | None = None, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Start the launcher and wait for its end."""
        with self.start(*arguments, folder=folder, **variables) as process:
            output, errors = process.communicate(timeout=120)
        return subprocess.CompletedProcess(process.args, process.returncode, output, errors)
