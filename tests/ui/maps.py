"""Maps for tests: data sets and codes made up, a mouse, and a look at the pixels."""

from typing import Any

import numpy as np
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aedesk.data.dataset import Dataset
from aedesk.data.scaling import Scaler
from aedesk.training.events import Snapshot
from aedesk.ui.views.latent_map import LatentMap
from aedesk.ui.views.latent_plot import PointPlot

LEFT, MIDDLE, RIGHT = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.MiddleButton,
    Qt.MouseButton.RightButton,
)
CORNERS = np.array([[-4.0, -4.0], [4.0, -4.0], [4.0, 4.0], [-4.0, 4.0]], np.float32)


def dataset(count: int = 4, form: str = "image", labels: Any = None, **more: Any) -> Dataset:
    """So many samples, of which sample 3 is all 0.3 and the like."""
    shape = {"image": (1, 4, 4), "signal": (16,), "table": (3,)}[form]
    inputs = (torch.arange(count) % 10 / 10).reshape(-1, *[1] * len(shape)).expand(count, *shape)
    rows = torch.arange(count)
    values: dict[str, Any] = {
        "name": "made up",
        "form": form,
        "inputs": inputs,
        "train": rows,
        "validation": rows,
        "test": rows,
        "scaler": Scaler(np.zeros((), np.float32), np.full((), 2, np.float32)),
        "spread": 1.0,
        "held_out": True,
        "labels": None if labels is None else np.asarray(labels),
    }
    return Dataset(**(values | more))


def snapshot(codes: Any, points: Any = None) -> Snapshot:
    """A snapshot of these codes, of the first rows where no others are given."""
    codes = np.asarray(codes, np.float32)
    points = np.arange(len(codes)) if points is None else np.asarray(points)
    nothing = np.empty(0)
    return Snapshot(1.0, {}, points, codes, nothing, nothing, nothing)


def shown(
    qtbot: QtBot, codes: Any = CORNERS, data: Dataset | None = None, size: tuple[int, int] = (480, 400)
) -> LatentMap:
    """A visible map of these codes."""
    view = LatentMap()
    qtbot.addWidget(view)
    view.resize(*size)
    with qtbot.waitExposed(view):
        view.show()
    view.show_dataset(dataset(len(codes), labels=range(len(codes))) if data is None else data)
    view.show_snapshot(snapshot(codes))
    settle(qtbot)
    return view


def settle(qtbot: QtBot) -> None:
    """Let everything that was asked for be laid out and painted."""
    qtbot.wait(30)


def spot(plot: PointPlot, x: float, y: float) -> QPoint:
    """Where a place of the map is on its viewport, which mouse events go to."""
    return plot.plot.viewport().mapFrom(plot, plot.position((x, y)))


def move(qtbot: QtBot, plot: PointPlot, x: float, y: float) -> None:
    """Move the mouse to a place of the map, from beside it."""
    QTest.mouseMove(plot.plot.viewport(), spot(plot, x, y) + QPoint(2, 0))
    QTest.mouseMove(plot.plot.viewport(), spot(plot, x, y))
    settle(qtbot)


def drag(
    plot: PointPlot,
    begin: tuple[float, float],
    *way: tuple[float, float],
    button: Qt.MouseButton = LEFT,
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    release: bool = True,
) -> None:
    """Press a button on a place of the map, and move along others."""
    viewport = plot.plot.viewport()
    spots = [spot(plot, *place) for place in (begin, *way)]
    QTest.mousePress(viewport, button, keys, spots[0])
    for place in spots[1:]:
        QTest.mouseMove(viewport, place)
    if release:
        QTest.mouseRelease(viewport, button, keys, spots[-1])


def picture(plot: PointPlot) -> np.ndarray:
    """The plot as it is on the screen: uint8 ``[height, width, 3]`` in the device's pixels."""
    image = plot.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return lines[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def near(pixels: np.ndarray, colour: str, tolerance: int = 40) -> np.ndarray:
    """Which pixels ``[..., 3]`` have about a colour."""
    wanted = np.array(QColor(colour).getRgb()[:3])
    return (np.abs(pixels.astype(int) - wanted) <= tolerance).all(-1)


def around(plot: PointPlot, x: float, y: float, reach: int = 6) -> np.ndarray:
    """The pixels around a place of the map."""
    pixels = picture(plot)
    scale = pixels.shape[1] / plot.width()
    place = plot.position((x, y)) * scale
    top, left = max(0, place.y() - reach), max(0, place.x() - reach)
    return pixels[top : place.y() + reach + 1, left : place.x() + reach + 1]


def columns_of_labels(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Codes and labels: each label in an upright column of its own, ``label`` to the right."""
    random = np.random.default_rng(0)
    labels = random.integers(0, 10, count)
    codes = np.stack([labels + random.uniform(-0.3, 0.3, count), random.uniform(0, 1, count)], 1)
    return codes.astype(np.float32), labels
