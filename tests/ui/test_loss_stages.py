"""The loss view of a run whose layers learn alone first."""

from dataclasses import replace

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import Qt

from aedesk.training.events import Event, Progress, StageLearned, Started
from aedesk.training.history import History, Stage
from aedesk.ui import theme
from aedesk.ui.elided_label import ElidedLabel
from aedesk.ui.views.loss_bands import StageBands
from aedesk.ui.views.loss_curves import bands_of
from aedesk.ui.views.loss_names import ALONE, WITHOUT
from aedesk.ui.views.loss_run import LossRun
from aedesk.ui.views.loss_view import LossView
from tests.small import events_of, recipe
from tests.ui.losses import feed, hover, key, line, lines, plot_of, shown_view

SOLID, DASHED = Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine
DIM = theme.LIGHT.disabled
OWN = theme.LIGHT.curve_colours[0]

OPTIONS = (
    "model.encoder.layers=[{width=16, activation='tanh'}]", "training.epochs=5", "training.pretraining.epochs=3",
    "training.pretraining.learning_rate=0.01", "training.pretraining.compare=true",
)  # fmt: skip


@pytest.fixture(scope="module")
def events() -> list[Event]:
    """A comparison of five epochs, two layers of three each, and five epochs of all."""
    return events_of(recipe("image", *OPTIONS))


@pytest.fixture(scope="module")
def told(events: list[Event]) -> list[Event]:
    """Without readings within epochs, of which a quick machine has fewer."""
    return [event for event in events if not isinstance(event, Progress)]


@pytest.fixture
def view(qtbot) -> LossView:
    return shown_view(qtbot)


def until(events: list[Event], stage: int, epoch: int) -> list[Event]:
    """The events up to an epoch of a stage."""
    for place, event in enumerate(events):
        if isinstance(event, StageLearned) and (event.stage, event.epoch) == (stage, epoch):
            return events[: place + 1]
    raise AssertionError("there is no such epoch")


def bands(view: LossView) -> list[tuple[float, float]]:
    items = [item for item in plot_of(view).scene().items() if isinstance(item, pg.LinearRegionItem)]
    return sorted(item.getRegion() for item in items if item.isVisible())


def words(view: LossView) -> list[str]:
    return plot_of(view).findChild(StageBands).words()


def place(view: LossView) -> str:
    return view.findChild(ElidedLabel).text()


def alone(view: LossView, style: Qt.PenStyle) -> pg.PlotCurveItem:
    return line(view, style, theme.LIGHT.curve_colours[5])


def test_each_layer_has_a_band_left_of_the_first_epoch(view, told):
    feed(view, told)
    assert bands(view) == [(-6, -3), (-3, 0)]
    assert words(view) == ["Layer 1", "Layer 2, own scale"]
    left, right = plot_of(view).getViewBox().viewRange()[0]
    assert left == -6 and 5 <= right < 6
    axis = plot_of(view).getAxis("bottom")
    assert axis.tickStrings([-5, 0, 5], 1, 5) == ["", "0", "5"]


def test_each_layer_has_a_curve_of_its_own_in_its_band(view, told):
    """What an inner layer gives back is measured otherwise, so it is drawn from where the first began."""
    feed(view, told)
    history = told[-1].model.history
    for style, part in ((SOLID, "train"), (DASHED, "validation")):
        drawn = alone(view, style)
        np.testing.assert_array_equal(drawn.xData, [-5, -4, -3, np.nan, -2, -1, 0, np.nan])
        first, second = (np.array(getattr(stage, part)) for stage in history.stages[1:])
        second *= history.stages[1].train[0] / history.stages[2].train[0]
        np.testing.assert_allclose(10**drawn.yData, [*first, np.nan, *second, np.nan])


def test_what_pretraining_bought_is_seen_over_the_same_epochs(view, told):
    feed(view, told)
    history = told[-1].model.history
    without = line(view, DASHED, DIM)
    assert without.xData.tolist() == line(view, DASHED, OWN).xData.tolist() == [1, 2, 3, 4, 5]
    np.testing.assert_allclose(10**without.yData, history.stages[0].validation)
    np.testing.assert_allclose(10 ** line(view, SOLID, DIM).yData, history.stages[0].train)
    bought = f"{history.stages[0].train[-1]:.4g} {history.stages[0].validation[-1]:.4g}"
    assert f"Without pretraining {bought}" in key(view).splitlines()
    assert "Total" not in key(view)
    assert plot_of(view).getAxis("left").labelText == "Mean squared error"


def test_stages_are_followed_as_they_go(view, told, qtbot):
    feed(view, until(told, 0, 2))
    qtbot.waitUntil(lambda: bool(lines(view)))
    assert line(view, DASHED, DIM).xData.tolist() == [1, 2] and bands(view) == []
    assert key(view).startswith("Without pretraining ")
    assert place(view) == "Without pretraining, epoch 2 of 5"
    feed(view, until(told, 1, 2)[len(until(told, 0, 2)) :])
    qtbot.waitUntil(lambda: bands(view) == [(-6, -3)])
    assert alone(view, SOLID).xData[:2].tolist() == [-5, -4]
    assert plot_of(view).getViewBox().viewRange()[0][0] == -6
    assert place(view) == "Layer 1 of 2, epoch 2 of 3"
    newest = told[len(until(told, 1, 2)) - 1].history.stages[-1]
    assert f"Layer 1 alone {newest.train[-1]:.4g} {newest.validation[-1]:.4g}" in key(view).splitlines()
    feed(view, told[len(until(told, 1, 2)) :])
    assert bands(view) == [(-6, -3), (-3, 0)]
    assert place(view) == "Epoch 5 of 5"


def test_the_pointer_reads_a_band(view, told, qtbot):
    feed(view, told)
    lines_before = len(key(view).splitlines())
    hover(view, qtbot, -4.1)
    layer = told[-1].model.history.stages[1]
    assert place(view) == "Layer 1 (64–16), epoch 2"
    said = key(view).splitlines()
    assert f"Layer 1 alone {layer.train[1]:.4g} {layer.validation[1]:.4g}" in said
    assert "Layer 2 alone, own scale – –" in said
    assert "Mean squared error – –" in said
    assert len(said) == lines_before, "the plot below does not jump"
    qtbot.wait(20)  # pyqtgraph listens to the pointer at most 100 times a second
    hover(view, qtbot, 3.0)
    assert place(view).startswith("Epoch ")
    assert "Mean squared error –" not in key(view)


def test_every_layer_is_in_the_key_with_its_true_losses(view, told):
    feed(view, told)
    first, second = told[-1].model.history.stages[1:]
    said = key(view).splitlines()
    assert f"Layer 1 alone {first.train[-1]:.4g} {first.validation[-1]:.4g}" in said
    assert f"Layer 2 alone, own scale {second.train[-1]:.4g} {second.validation[-1]:.4g}" in said


def test_a_reopened_model_shows_the_same(view, told):
    feed(view, told)
    drawn = [(item.opts["pen"].color().name(), item.yData) for item in lines(view)]
    said, places = key(view), bands(view)
    view.clear()
    assert bands(view) == []
    view.show_history(told[-1].model.history)
    again = [(item.opts["pen"].color().name(), item.yData) for item in lines(view)]
    assert sorted(colour for colour, _ in drawn) == sorted(colour for colour, _ in again)
    assert (key(view), bands(view)) == (said, places)


def test_a_run_stopped_in_a_stage_ends_where_it_is(view, told):
    feed(view, until(told, 2, 1))
    history = told[len(until(told, 2, 1)) - 1].history
    view.show_finished(replace(told[-1], model=replace(told[-1].model, history=history), reason="stopped"))
    assert bands(view) == [(-4, -1), (-1, 0)]
    assert "Layer 2 alone" in key(view)
    assert np.isfinite(plot_of(view).getViewBox().viewRange()).all()


def test_training_further_keeps_the_bands_and_the_comparison(view, told):
    feed(view, told)
    feed(view, events_of(recipe("image", *OPTIONS, "training.epochs=2"), start=told[-1].model))
    assert bands(view) == [(-6, -3), (-3, 0)]
    assert line(view, DASHED, OWN).xData.tolist() == [1, 2, 3, 4, 5, 6, 7]
    assert line(view, DASHED, DIM).xData.tolist() == [1, 2, 3, 4, 5]


def test_the_next_run_has_no_bands(view, told):
    feed(view, told)
    feed(view, events_of(recipe("image")))
    assert bands(view) == [] and words(view) == []
    assert plot_of(view).getViewBox().viewRange()[0][0] == 0
    assert len(lines(view)) == 2
    assert {item.opts["pen"].color().name() for item in lines(view, earlier=True)} != {DIM}


def test_narrow_bands_have_shorter_names(view, told):
    many = [Stage(layer, [1.0, 0.5], [], f"{layer}–1") for layer in range(1, 21)]
    view.show_started(next(event for event in told if isinstance(event, Started)))
    view.show_stage(StageLearned(20, 20, 2, 2, History(stages=many)))
    view.show_finished(replace(told[-1], model=replace(told[-1].model, history=History(stages=many))))
    assert words(view)[:3] == ["1", "2", "3"]
    plot_of(view).setRange(xRange=(-40, -30), padding=0)
    assert words(view)[:3] == ["Layer 1", "Layer 2", "Layer 3"]
    plot_of(view).setRange(xRange=(-4000, 4000), padding=0)
    assert words(view)[:3] == ["", "", ""]


def test_bands_take_the_theme(view, told, both_looks):
    feed(view, told)
    both_looks("dark")
    region = next(item for item in plot_of(view).scene().items() if isinstance(item, pg.LinearRegionItem))
    dark = {theme.DARK.hover, theme.DARK.pressed}
    assert region.brush.color().name() in dark
    assert line(view, DASHED, theme.DARK.disabled).xData.tolist() == [1, 2, 3, 4, 5]


def test_bands_end_at_the_first_epoch_or_will() -> None:
    stages = [Stage(1, [3.0, 2.0], []), Stage(2, [1.0], [])]
    assert [(band.start, band.end) for band in bands_of(stages)] == [(-3, -1), (-1, 0)]
    planned = bands_of(stages, layers=3, epochs=2)
    assert [(band.start, band.end) for band in planned] == [(-6, -4), (-4, -2)]
    assert planned[1].points("train")[1].tolist() == [3.0] and bands_of([Stage(1, [0.0], []), Stage(2, [0.0], [])])
    assert planned[1].nearest("train", -2) == (-3, 1.0) and planned[1].nearest("validation", -3) is None
    assert bands_of([]) == []


def test_a_comparison_that_failed_has_no_curve() -> None:
    run = LossRun(1, 5)
    run.add_stages([Stage(1, [1.0], [1.0])])
    assert run.names == [ALONE] and run.start == -1
    run.add_stages([Stage(0, [2.0], []), Stage(1, [1.0], [1.0])])
    assert run.names == [ALONE, WITHOUT] and (WITHOUT, "validation") not in run.curves
