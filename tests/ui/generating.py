"""Driving the Generate panel of a real window."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aedesk.files import model_file
from aedesk.training.trained_model import TrainedModel
from aedesk.ui.panels.generate_chooser import Chooser
from aedesk.ui.panels.generate_grid import CellGrid
from aedesk.ui.panels.generate_panel import GeneratePanel
from aedesk.ui.panels.generate_request import Made
from tests import small
from tests.ui.driving import LONG, open_file, quiet, show_recipe, train

if TYPE_CHECKING:
    from aedesk.ui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


def with_model(
    qtbot: QtBot, window: "MainWindow", form: str = "image", *assignments: str
) -> "tuple[TrainedModel, GeneratePanel]":
    """Train a small model, and look at the panel."""
    show_recipe(window, small.recipe(form, *assignments))
    train(qtbot, window)
    look_at(qtbot, window)
    return window.desk.model(), window.panels.generate


def look_at(qtbot: QtBot, window: "MainWindow", mode: str = "samples") -> None:
    """Bring the panel to the front, in a mode, and wait for what it shows."""
    window.docks.generate.raise_()
    QTest.mouseClick(window.panels.generate.modes.button(mode), LEFT)
    settle(qtbot, window)


def settle(qtbot: QtBot, window: "MainWindow") -> None:
    """Wait until all that was asked for is answered."""
    qtbot.wait(20)
    quiet(qtbot)
    qtbot.waitUntil(lambda: window.presenter.generate_work._work is None, timeout=LONG)
    quiet(qtbot)


def opened(qtbot: QtBot, window: "MainWindow", model: TrainedModel, folder: Path) -> None:
    """Open a model as from a file."""
    path = folder / "model.aedesk"
    model_file.save(model, path)
    open_file(qtbot, window, path)


def made(window: "MainWindow") -> Made:
    """What the panel shows."""
    shown = window.panels.generate._made
    assert shown is not None, window.panels.generate.words()
    return shown


def choose(qtbot: QtBot, window: "MainWindow", chooser: Chooser, key: str) -> None:
    """Choose from a list with the keyboard."""
    chooser.setFocus()
    chooser.setCurrentIndex(chooser.findData(key))
    chooser.activated.emit(chooser.currentIndex())
    settle(qtbot, window)


def click_cell(grid: CellGrid, place: int) -> None:
    """Click a sample in a grid."""
    QTest.mouseClick(grid.viewport(), LEFT, pos=grid.cell_rect(place).center() + QPoint(1, 1))
