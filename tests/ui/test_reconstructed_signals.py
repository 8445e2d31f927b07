"""The reconstructions of signals: curves in two lanes, and single values."""

from itertools import pairwise

import numpy as np
import pytest
from pyqtgraph import AxisItem
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from aedesk.data.dataset import Dataset
from aedesk.data.loading import DataOptions, load
from aedesk.data.sources.ramp import Ramp
from aedesk.data.sources.signal import Signal
from aedesk.ui import theme
from aedesk.ui.views.reconstructions import ReconstructionsView
from tests.ui.reconstructed import originals, shown, snapshot


@pytest.fixture
def view(qtbot) -> ReconstructionsView:
    view = ReconstructionsView()
    qtbot.addWidget(view)
    view.resize(640, 420)
    view.show()
    return view


@pytest.fixture(scope="module")
def ecg() -> Dataset:
    return load(DataOptions(source=Signal(file="ecg.csv", window=64), limit=5000, scaling="standard"))


def points(view: ReconstructionsView, name: str) -> tuple[np.ndarray, np.ndarray]:
    x, y = view.windows.lanes.curve(name).getOriginalDataset()
    return np.empty(0) if x is None else x, np.empty(0) if y is None else y


def number_rooms(axis: AxisItem) -> list[QRectF]:
    """Where the numbers of an axis are painted, in its own pixels."""
    picture = QImage(10, 10, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    painter.setFont(axis.style["tickFont"])
    rooms = [QRectF(spec[0]) for spec in axis.generateDrawSpecs(painter)[2]]
    painter.end()
    return rooms


def test_windows_that_follow_on_are_one_signal_in_seconds_and_millivolts(view, ecg):
    view.resize(1000, 400)
    rows = 1000 + 64 * np.arange(4)
    noisy = originals(ecg, rows) + np.float32(0.5)
    shown(view, ecg, snapshot(ecg, rows, corrupted=noisy))
    x, y = points(view, "original")
    np.testing.assert_allclose(x, np.arange(1000, 1256) / 360, rtol=1e-4)
    np.testing.assert_allclose(y, ecg.recording.values[1000:1256], atol=1e-5)
    removed = points(view, "removed")[1]
    np.testing.assert_allclose(removed, 0.5 * ecg.scaler.scale, atol=1e-5)
    assert points(view, "twin")[1].size == 0
    assert view.windows.lanes.lower.getAxis("bottom").labelText == "Time (s)"


def test_windows_from_anywhere_stand_apart_each_at_its_own_time(view, ecg):
    view.resize(1000, 400)
    rows = np.array([3000, 100, 2000])
    shown(view, ecg, snapshot(ecg, rows), twin=originals(ecg, rows))
    x, y = points(view, "reconstructed")
    assert np.all(np.diff(x) > 0)
    assert np.isnan(y).sum() >= 2
    assert np.isfinite(y).sum() == 3 * 64
    axis = view.windows.lanes.lower.getAxis("bottom")
    spacing, ticks = axis.tickValues(x[0] - 0.01, x[-1], 900)[0]
    assert axis.tickStrings(ticks, 1, spacing) == ["8.33", "0.28", "5.56"]


def test_the_lanes_move_together(view, ecg, qtbot):
    shown(view, ecg, snapshot(ecg, 64 * np.arange(4)))
    lanes = view.windows.lanes
    lanes.upper.getViewBox().setXRange(0.1, 0.3)
    upper, lower = (plot.getViewBox().viewRange()[0] for plot in (lanes.upper, lanes.lower))
    assert lower == pytest.approx(upper, abs=0.01)
    assert lanes.upper.getAxis("left").width() == lanes.lower.getAxis("left").width()
    middle = lanes.upper.viewport().rect().center()
    qtbot.mouseClick(lanes.upper.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseDClick(lanes.upper.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert lanes.upper.getViewBox().viewRange()[0] == pytest.approx([0, 255 / 360], abs=0.02)


def test_the_axes_tell_true_values_after_data_of_another_size(view, ecg):
    ramp = load(DataOptions(source=Ramp(window=16), scaling="none"))
    for dataset in (ramp, ecg, ramp):
        shown(view, dataset, snapshot(dataset, np.arange(2)))
        view.grab()
        for plot in (view.windows.lanes.upper, view.windows.lanes.lower):
            for side in ("left", "bottom"):
                assert plot.getAxis(side).autoSIPrefixScale == 1
    view.show_dataset(load(DataOptions(source=Ramp(window=1), scaling="none")))
    assert [view.values.plot.getAxis(side).autoSIPrefixScale for side in ("left", "bottom")] == [1, 1]


@pytest.mark.parametrize("height", [140, 180, 210, 240, 300, 420])
def test_lanes_of_any_height_have_their_names_and_numbers_in_full(view, ecg, height):
    view.resize(447, height)
    rows = np.arange(3) * 64
    noisy = originals(ecg, rows) + np.random.default_rng(0).normal(0, 1, (3, 64)).astype(np.float32)
    shown(view, ecg, snapshot(ecg, rows, corrupted=noisy), twin=noisy)
    view.grab()
    for plot in (view.windows.lanes.upper, view.windows.lanes.lower):
        axis = plot.getAxis("left")
        name = axis.label.mapRectToParent(axis.label.boundingRect())
        assert axis.label.isVisible()
        assert -6 <= name.left()
        assert -4 <= name.top() and name.bottom() <= axis.size().height() + 4
        texts = number_rooms(axis)
        ordered = sorted(texts, key=lambda room: room.top())
        assert all(above.bottom() <= below.top() for above, below in pairwise(ordered))
        assert not any(room.intersects(name) for room in texts)
    assert {view.windows.lanes.lower.getAxis("left").labelText} == {"Removed"}


def test_the_name_of_the_time_axis_keeps_clear_of_its_numbers(view, ecg):
    for width in range(400, 700, 20):
        view.resize(width, 300)
        shown(view, ecg, snapshot(ecg, 64 * np.arange(4)))
        view.grab()
        axis = view.windows.lanes.lower.getAxis("bottom")
        texts = number_rooms(axis)
        assert len(texts) >= 2
        assert all(room.right() < axis.label.pos().x() for room in texts)


def test_a_click_on_a_name_hides_its_curve(view, ecg, qtbot):
    shown(view, ecg, snapshot(ecg, 64 * np.arange(4)), twin=originals(ecg, 64 * np.arange(4)))
    lanes = view.windows.lanes
    assert lanes.key.button("twin").isVisible()
    assert not lanes.key.button("corrupted").isVisible()
    qtbot.mouseClick(lanes.key.button("twin"), Qt.MouseButton.LeftButton)
    assert not lanes.curve("twin").isVisible()
    qtbot.mouseClick(lanes.key.button("twin"), Qt.MouseButton.LeftButton)
    assert lanes.curve("twin").isVisible()


def test_windows_of_one_value_show_value_out_against_value_in(view):
    dataset = load(DataOptions(source=Ramp(window=1), scaling="none"))
    shown(view, dataset, snapshot(dataset, np.arange(4)))
    assert view.column_count() >= 100
    rows = np.arange(0, 600, 3)
    seen = originals(dataset, rows) + np.float32(0.1)
    shown(view, dataset, snapshot(dataset, rows, corrupted=seen, reconstructed=seen * np.float32(0.5)))
    x, y = view.values._dots["reconstructed"].getData()
    np.testing.assert_allclose(x, seen[:, 0])
    np.testing.assert_allclose(y, seen[:, 0] / 2, rtol=1e-6)
    assert view.values.isVisible()


def test_the_curves_follow_the_theme(view, ecg, qapp):
    theme.apply(qapp, "light")
    shown(view, ecg, snapshot(ecg, 64 * np.arange(4)))
    theme.apply(qapp, "dark")
    pen = view.windows.lanes.curve("reconstructed").opts["pen"]
    assert pen.color() == QColor(theme.DARK.curve_colours[0])
