"""Checkouts to launch from, and the launcher's modules."""

import importlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging_.checkout import LAUNCHER, Checkout, Launcher


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout launched once, for tests that leave it as they found it."""
    checkout = Checkout(tmp_path_factory.mktemp("launch") / "a checkout")
    result = checkout.launch()
    assert result.returncode == 7, result.stderr
    return checkout


@pytest.fixture
def moved(installed: Checkout, tmp_path: Path) -> Checkout:
    """A copy of the installed checkout in another folder: its .venv still leads to the old one."""
    shutil.copytree(installed.root, tmp_path / "moved", ignore=shutil.ignore_patterns(".venv", "__pycache__"))
    # Links are enough: whoever changes a file in .venv puts another in its place.
    shutil.copytree(installed.root / ".venv", tmp_path / "moved" / ".venv", symlinks=True, copy_function=os.link)
    return Checkout(tmp_path / "moved")


@pytest.fixture
def fresh(tmp_path: Path) -> Checkout:
    """A checkout without .venv."""
    return Checkout(tmp_path / "fresh")


@pytest.fixture
def launcher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Launcher]:
    """Imports a module of the launcher by its name."""
    monkeypatch.syspath_prepend(str(LAUNCHER))
    yield importlib.import_module
    for name in ("launch", "advice", "environment", "libraries"):
        sys.modules.pop(name, None)
