"""The loss view, fed with what real runs say."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QToolButton

from aedesk.training.events import EpochEnded, Event, Finished, Started
from aedesk.training.history import History
from aedesk.ui import theme
from aedesk.ui.elided_label import ElidedLabel
from aedesk.ui.views.loss_key import LossKey
from aedesk.ui.views.loss_view import LossView
from tests.small import events_of, recipe, trained
from tests.ui.losses import feed, hover, key, line, lines, plot_of, progress, shown_view

EPOCHS = 5


@pytest.fixture(scope="module")
def events() -> list[Event]:
    return events_of(recipe("table", f"training.epochs={EPOCHS}"))


@pytest.fixture
def view(qtbot) -> LossView:
    return shown_view(qtbot)


def box(view: LossView, text: str) -> QCheckBox:
    [found] = [one for one in view.findChildren(QCheckBox) if one.text() == text]
    return found


def fit_button(view: LossView) -> QToolButton:
    return view.findChild(QToolButton)


def test_before_the_first_run_it_says_what_to_do(view, events):
    [hint] = view.findChildren(QLabel)
    assert hint.isVisible()
    assert "Train" in hint.text()
    view.show_started(events[0])
    assert not hint.isVisible()
    assert plot_of(view).isVisible()
    view.clear()
    assert hint.isVisible()


def test_a_run_has_a_solid_and_a_dashed_line_in_one_colour(view, events):
    feed(view, events)
    training, validation = line(view, Qt.PenStyle.SolidLine), line(view, Qt.PenStyle.DashLine)
    assert training.opts["pen"].color() == validation.opts["pen"].color() == theme.LIGHT.curve_colours[0]
    history = events[-1].model.history
    assert validation.xData.tolist() == [1, 2, 3, 4, 5]
    np.testing.assert_allclose(10**validation.yData, history.validation["mse"])
    markers = [item for item in plot_of(view).getPlotItem().items if isinstance(item, pg.ScatterPlotItem)]
    assert max(len(item.data) for item in markers) == EPOCHS
    assert plot_of(view).getAxis("left").labelText == "Mean squared error"


def test_training_is_drawn_within_the_epochs(view, events, qtbot):
    view.show_started(replace(events[0], last_epoch=2))
    for part, loss in ((0.25, 0.9), (0.5, 0.6), (0.75, 0.5), (1.0, 0.4)):
        view.show_progress(progress(1, part, mse=loss))
    view.show_epoch(EpochEnded(1, {"mse": 0.6}, {"mse": 0.45}, 1e-3))
    qtbot.waitUntil(lambda: len(lines(view)) == 2)
    training = line(view, Qt.PenStyle.SolidLine)
    assert training.xData.tolist() == [0.25, 0.5, 0.75, 1.0]
    np.testing.assert_allclose(10**training.yData, [0.9, 0.6, 0.5, 0.4])


def test_an_epoch_with_hardly_a_reading_shows_its_mean(view, events):
    view.show_started(events[0])
    view.show_progress(progress(1, 0.5, mse=0.9))
    view.show_progress(progress(1, 0.8))
    view.show_epoch(EpochEnded(1, {"mse": 0.5}, {}, 1e-3))
    view.show_epoch(EpochEnded(2, {"mse": 0.25}, {}, 1e-3))
    view.show_finished(events[-1])
    [training] = lines(view)
    assert training.xData.tolist() == [1, 2]
    np.testing.assert_allclose(10**training.yData, [0.5, 0.25])
    assert "Validation" not in key(view)


def test_events_only_collect_points_and_a_timer_draws(view, events, qtbot):
    view.show_started(replace(events[0], last_epoch=20))
    for part in np.linspace(0.01, 1, 90):
        view.show_progress(progress(1, part, mse=part))
    assert not lines(view)
    qtbot.waitUntil(lambda: bool(lines(view)), timeout=1000)
    assert len(lines(view)[0].xData) > 80


def test_a_hidden_view_draws_when_it_is_seen(view, events, qtbot):
    view.show_started(events[0])
    view.hide()
    view.show_progress(progress(1, 0.5, mse=0.5))
    qtbot.wait(150)
    assert not lines(view)
    view.show()
    assert len(lines(view)) == 1


def test_the_scale_can_be_linear(view, events):
    feed(view, events)
    assert view.log_scale()
    box(view, "Log scale").click()
    assert not view.log_scale()
    values = events[-1].model.history.validation["mse"]
    np.testing.assert_allclose(line(view, Qt.PenStyle.DashLine).yData, values)
    low, high = plot_of(view).getViewBox().viewRange()[1]
    assert low < min(values) < max(values) < high


def test_what_has_no_logarithm_is_a_gap(view, events):
    view.show_started(events[0])
    for epoch, loss in enumerate((1.0, 0.0, float("nan"), float("inf"), -1.0, 0.01), 1):
        view.show_epoch(EpochEnded(epoch, {"mse": loss}, {}, 1e-3))
    view.show_finished(events[-1])
    [training] = lines(view)
    np.testing.assert_array_equal(training.yData, [0, np.nan, np.nan, np.nan, np.nan, -2])
    assert np.isfinite(plot_of(view).getViewBox().viewRange()).all()
    view.set_log_scale(False)
    np.testing.assert_array_equal(training.yData, [1, 0, np.nan, np.nan, -1, 0.01])
    view.grab()


def test_a_run_of_nothing_but_zeros_is_shown_empty(view, events):
    view.show_started(events[0])
    view.show_epoch(EpochEnded(1, {"mse": 0.0}, {"mse": 0.0}, 1e-3))
    view.show_finished(events[-1])
    assert np.isfinite(plot_of(view).getViewBox().viewRange()).all()
    assert "Training 0" in key(view)
    view.grab()


def test_the_pointer_reads_every_curve(view, events, qtbot):
    feed(view, events)
    history = events[-1].model.history
    assert f"Validation {history.validation['mse'][-1]:.4g}" in key(view)
    hover(view, qtbot, 2.1)
    assert f"Validation {history.validation['mse'][1]:.4g}" in key(view)
    assert "Training" in key(view)
    assert view.findChild(ElidedLabel).text().startswith("Epoch 2")
    cross = [item for item in plot_of(view).getPlotItem().items if isinstance(item, pg.InfiniteLine)]
    assert all(item.isVisible() for item in cross)
    qtbot.wait(20)  # pyqtgraph listens to the pointer at most 100 times a second
    qtbot.mouseMove(plot_of(view).viewport(), QPoint(2, 2))
    assert not any(item.isVisible() for item in cross)
    assert f"Validation {history.validation['mse'][-1]:.4g}" in key(view)
    assert view.findChild(ElidedLabel).text() == f"Epoch {EPOCHS} of {EPOCHS}"


def test_earlier_runs_stay_faint_and_can_be_switched_off(view, events, qtbot):
    feed(view, events)
    assert not box(view, "Earlier runs").isVisible()
    assert not lines(view, earlier=True)
    other = events_of(recipe("table", "training.epochs=3", "training.seed=1"))
    feed(view, other[:-1])
    qtbot.waitUntil(lambda: len(lines(view, earlier=True)) == 2)
    faint, present = lines(view, earlier=True)[0], lines(view)[0]
    assert faint.opts["pen"].color() != present.opts["pen"].color()
    assert faint.opts["pen"].widthF() < present.opts["pen"].widthF()
    hover(view, qtbot, 1)
    assert "run 1" in key(view)
    box(view, "Earlier runs").click()
    assert not lines(view, earlier=True)
    assert "run 1" not in key(view)
    box(view, "Earlier runs").click()
    assert len(lines(view, earlier=True)) == 2
    feed(view, events)
    validation = lines(view, earlier=True)[1]
    assert np.isnan(validation.yData).sum() == 2, "a gap after each of the two runs"


def test_training_further_goes_on_with_the_same_curves(view, events):
    feed(view, events)
    model = events[-1].model
    further = events_of(recipe("table", "training.epochs=2"), start=model)
    feed(view, further)
    assert not box(view, "Earlier runs").isVisible()
    assert line(view, Qt.PenStyle.DashLine).xData.tolist() == [1, 2, 3, 4, 5, 6, 7]
    x = line(view, Qt.PenStyle.SolidLine).xData
    assert all(before <= after for before, after in pairwise(x))
    assert x[-1] == 7


def test_going_on_forgets_the_part_of_an_epoch_that_was_stopped(view, events):
    history = History({"mse": [0.5]}, {"mse": [0.6]}, 1.0, 100)
    started = replace(events[0], last_epoch=3)
    view.show_started(started)
    view.show_progress(progress(1, 1.0, mse=0.5))
    view.show_epoch(EpochEnded(1, {"mse": 0.5}, {"mse": 0.6}, 1e-3))
    view.show_progress(progress(2, 0.7, mse=0.4))
    stopped = replace(events[-1].model, history=history)
    view.show_finished(Finished(stopped, "stopped"))
    assert line(view, Qt.PenStyle.SolidLine).xData.tolist() == [1, 1.7]
    view.show_started(replace(started, model=stopped, first_epoch=2))
    assert line(view, Qt.PenStyle.SolidLine).xData.tolist() == [1]


def test_a_reopened_model_brings_its_history(view):
    history = trained("image").history
    view.show_history(history)
    assert line(view, Qt.PenStyle.DashLine).xData.tolist() == [1, 2]
    further = events_of(recipe("image", "training.epochs=1"), start=trained("image"))
    feed(view, further)
    assert line(view, Qt.PenStyle.DashLine).xData.tolist() == [1, 2, 3]
    assert not lines(view, earlier=True)


def test_a_model_that_goes_on_elsewhere_draws_its_history_too(view):
    model = trained("image")
    feed(view, events_of(recipe("image", "training.epochs=1"), start=model))
    assert line(view, Qt.PenStyle.DashLine).xData.tolist() == [1, 2, 3]


def test_the_range_follows_until_a_person_zooms(view, events, qtbot):
    view.show_started(replace(events[0], last_epoch=20))
    view.show_epoch(EpochEnded(1, {"mse": 1.0}, {}, 1e-3))
    qtbot.waitUntil(lambda: bool(lines(view)))
    assert not fit_button(view).isVisible()
    plot = plot_of(view)
    place = QPointF(plot.viewport().rect().center())
    turn = QWheelEvent(
        place, plot.viewport().mapToGlobal(place), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(plot.viewport(), turn)
    assert fit_button(view).isVisible()
    seen = plot.getViewBox().viewRange()
    view.show_epoch(EpochEnded(15, {"mse": 0.01}, {}, 1e-3))
    qtbot.waitUntil(lambda: len(lines(view)[0].xData) == 2)
    assert plot.getViewBox().viewRange() == seen
    fit_button(view).click()
    assert not fit_button(view).isVisible()
    (left, right), (low, high) = plot.getViewBox().viewRange()
    assert left == 0
    assert right > 15
    assert low < -2 < 0 < high


def test_another_theme_dresses_the_curves_anew(view, events):
    feed(view, events)
    theme.apply(QApplication.instance(), "dark")
    assert line(view, Qt.PenStyle.SolidLine).opts["pen"].color() == theme.DARK.curve_colours[0]
    theme.apply(QApplication.instance(), "light")
    assert line(view, Qt.PenStyle.SolidLine).opts["pen"].color() == theme.LIGHT.curve_colours[0]


def test_events_after_clearing_bring_nothing_back(view, events):
    feed(view, events[:-1])
    view.clear()
    feed(view, [event for event in events if not isinstance(event, Started)])
    assert not lines(view)
    assert not plot_of(view).isVisible()
    assert key(view) == "" or not view.findChild(LossKey).isVisible()


def test_every_control_says_what_it_does(view):
    for control in (*view.findChildren(QCheckBox), fit_button(view)):
        assert control.toolTip().endswith(".")
