"""The desk without a window: what it loads, trains, opens and looks at, and in what order."""

from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import QThreadPool

from aedesk.recipe import Recipe
from aedesk.training.events import EpochEnded, Finished, Started
from aedesk.training.trained_model import TrainedModel
from tests import small
from tests.ui.desks import LONG_RUN, assert_looks_like, begin, epochs_in, stop, train
from tests.ui.driving import LONG, quiet, wait_until_still

# -- training ---------------------------------------------------------------------------------


def test_a_run_from_its_data_to_its_figures(desk, said, qtbot):
    states: list[str] = []
    heard: list[Any] = []
    desk.state_changed.connect(states.append)
    desk.happened.connect(heard.append)
    with qtbot.waitSignal(desk.measured, timeout=LONG) as measured:
        desk.train(small.recipe("image"))
    assert states == ["loading", "running", "idle"]
    assert isinstance(heard[0], Started) and isinstance(heard[-1], Finished)
    assert [event.epoch for event in heard if isinstance(event, EpochEnded)] == [1, 2]
    assert desk.unsaved and desk.model().history.epochs == 2
    figures = measured.args[0]
    assert figures["epochs"] == 2 and figures["recipe"] == "small-image"
    assert 0 < figures["test_mse"] < 1 and 0 < figures["pca_mse"] < 1
    assert desk.model().metrics == figures and desk.model().optimiser
    quiet(qtbot)
    assert_looks_like(desk, desk.model())
    assert not said


def test_the_same_numbers_as_without_a_window(desk, qtbot):
    recipe = small.recipe("table", "training.epochs=4")
    assert small.same_weights(train(qtbot, desk, recipe), small.trained("table", "training.epochs=4"))


def test_data_that_are_loaded_are_not_loaded_again(desk, qtbot):
    train(qtbot, desk, small.recipe("image"))
    dataset, twin = desk.dataset, desk.twin
    with qtbot.assertNotEmitted(desk.dataset_changed):
        train(qtbot, desk, small.recipe("image", "training.epochs=1"))
    assert desk.dataset is dataset and desk.twin is twin
    train(qtbot, desk, small.recipe("image", "model.code_size=3"))
    assert len(desk.twin.components) == 3
    train(qtbot, desk, small.recipe("table"))
    assert desk.dataset.form == "table"


def test_a_pause_stands_still_until_it_is_over(desk, qtbot):
    heard: list[Any] = []
    desk.happened.connect(heard.append)
    begin(qtbot, desk, small.recipe("image", LONG_RUN))
    desk.go_on()  # which has no effect yet
    desk.pause()
    assert desk.state == "paused"
    wait_until_still(qtbot, lambda: len(heard))  # what was under way when it was asked for may take its time on a busy machine
    epochs, count = epochs_in(heard), len(heard)
    qtbot.wait(200)
    assert (epochs_in(heard), len(heard)) == (epochs, count)
    desk.pause()
    desk.go_on()
    assert desk.state == "running"
    qtbot.waitUntil(lambda: epochs_in(heard) > epochs, timeout=LONG)
    stop(qtbot, desk)
    assert desk.model().history.epochs > epochs


@pytest.mark.parametrize("paused", [False, True])
def test_stopping_keeps_what_was_learned(desk, qtbot, paused):
    heard: list[Any] = []
    desk.happened.connect(heard.append)
    begin(qtbot, desk, small.recipe("image", LONG_RUN))
    qtbot.waitUntil(lambda: epochs_in(heard) > 2, timeout=LONG)
    if paused:
        desk.pause()
    with qtbot.waitSignal(desk.measured, timeout=LONG):
        desk.stop()
        assert desk.state == "stopping"
        desk.stop()
    quiet(qtbot)
    [finished] = [event for event in heard if isinstance(event, Finished)]
    assert finished.reason == "stopped" and desk.unsaved
    assert small.same_weights(desk.model(), finished.model)
    assert desk.model().history.epochs >= 2
    assert_looks_like(desk, finished.model)


def test_loading_can_be_given_up(desk, qtbot):
    train(qtbot, desk, small.recipe("table"))
    model, dataset = desk.model(), desk.dataset
    desk.train(small.recipe("image"))
    assert desk.state == "loading"
    desk.stop()
    assert desk.state == "idle"
    quiet(qtbot)
    assert desk.state == "idle" and desk.dataset is dataset and desk.model() is model


def test_a_second_run_waits_until_it_is_asked_for_again(desk, qtbot):
    begin(qtbot, desk, small.recipe("image", LONG_RUN))
    desk.train(small.recipe("table"))
    desk.train_further(small.recipe("image"))
    assert desk.state == "running" and desk.dataset.form == "image"
    stop(qtbot, desk)


def test_training_further_goes_on_where_it_ended(desk, qtbot):
    desk.train_further(small.recipe("image"))
    assert desk.state == "idle", "there is nothing to go on with"
    train(qtbot, desk, small.recipe("image"))
    with qtbot.waitSignal(desk.measured, timeout=LONG):
        desk.train_further(small.recipe("image", "training.epochs=3"))
    assert desk.model().history.epochs == 5
    assert small.same_weights(desk.model(), small.trained("image", "training.epochs=5"))
    with qtbot.waitSignal(desk.measured, timeout=LONG):
        # It is the open model that learns, whatever the builder shows by now.
        desk.train_further(small.recipe("table", "training.epochs=9"))
    assert desk.model().history.epochs == 8
    assert small.same_weights(desk.model(), small.trained("image", "training.epochs=8"))


def test_the_newest_weights_answer_while_it_learns(desk, qtbot):
    begin(qtbot, desk, small.recipe("image", LONG_RUN))
    early = desk.model()
    with qtbot.waitSignals([desk.looked, desk.looked], timeout=LONG):
        pass
    late = desk.model()
    assert late is not early and not small.same_weights(early, late)
    assert late is desk.model(), "made once for each snapshot"
    assert_looks_like(desk, late)
    stop(qtbot, desk)


# -- what goes wrong --------------------------------------------------------------------------


def test_a_run_without_end_says_why_and_keeps_good_weights(desk, said, qtbot):
    wild = ("training.optimiser=sgd", "training.learning_rate=100", "training.epochs=500",
            "model.output_activation=linear", "model.encoder.layers.0.activation=linear")  # fmt: skip
    heard: list[Any] = []
    desk.happened.connect(heard.append)
    train(qtbot, desk, small.recipe("image", *wild))
    assert heard[-1].reason == "failed"
    assert said == [heard[-1].message] and "learning rate 100" in said[0]
    assert all(torch.isfinite(weight).all() for weight in desk.model().weights.values())
    assert_looks_like(desk, desk.model())
    assert np.isfinite(desk.snapshot.codes).all(), "the views show the weights that are kept"


def test_data_that_cannot_be_read_leave_all_as_it_was(desk, said, qtbot, tmp_path):
    model = train(qtbot, desk, small.recipe("table"))
    dataset = desk.dataset
    missing = small.recipe("signal", "data.source.kind=signal", f"data.source.file={tmp_path / 'no.csv'}")
    with qtbot.waitSignal(desk.problem, timeout=LONG):
        desk.train(missing)
    assert "no.csv" in said[0]
    assert (desk.state, desk.dataset, desk.model()) == ("idle", dataset, model)


def test_a_run_that_cannot_begin_is_not_measured(desk, said, qtbot, monkeypatch):
    """The data are new and the model is still the old one, which they do not fit."""
    from aedesk.errors import TrainingError

    old = train(qtbot, desk, small.recipe("table"))

    def refuse(*_: Any) -> Any:
        raise TrainingError("There is no room on the device.")

    monkeypatch.setattr("aedesk.training.run.Learner", refuse)
    with qtbot.assertNotEmitted(desk.measured), qtbot.waitSignal(desk.problem, timeout=LONG):
        desk.train(small.recipe("image"))
        qtbot.waitUntil(lambda: desk.state == "idle" and bool(said), timeout=LONG)
        quiet(qtbot)
    assert said == ["There is no room on the device."]
    desk.show_part("test")
    desk.show_choice("worst")
    quiet(qtbot)
    assert desk.model() is old and desk.state == "idle"


def test_a_bug_in_a_run_is_a_bug_and_the_desk_goes_on(desk, said, qtbot, monkeypatch):
    monkeypatch.setattr("aedesk.training.learner.Learner.learn", lambda *_: 1 / 0)
    with qtbot.capture_exceptions() as bugs:
        desk.train(small.recipe("table"))
        qtbot.waitUntil(lambda: bool(bugs), timeout=LONG)
    assert [bug[0] for bug in bugs] == [ZeroDivisionError]
    assert desk.state == "idle" and not said
    monkeypatch.undo()
    assert train(qtbot, desk, small.recipe("table")).history.epochs == 2


def test_a_bug_while_loading_is_a_bug_and_the_desk_goes_on(desk, said, qtbot, monkeypatch):
    monkeypatch.setattr("aedesk.analysis.pca.fit_twin", lambda *_: 1 / 0)
    with qtbot.capture_exceptions() as bugs:
        desk.train(small.recipe("table"))
        qtbot.waitUntil(lambda: bool(bugs), timeout=LONG)
    assert [bug[0] for bug in bugs] == [ZeroDivisionError]
    assert desk.state == "idle" and len(said) == 1
    monkeypatch.undo()
    assert train(qtbot, desk, small.recipe("table")).history.epochs == 2


# -- models from files ------------------------------------------------------------------------


def test_an_opened_model_finds_its_data(desk, said, qtbot):
    model = small.trained("image").with_metrics({"test_mse": 0.5})
    with qtbot.waitSignal(desk.measured) as measured:
        desk.open_model(model)
    assert measured.args == [{"test_mse": 0.5}]
    quiet(qtbot)
    assert desk.state == "idle" and desk.model() is model and not desk.unsaved and not said
    assert desk.dataset.form == "image"
    assert_looks_like(desk, model)


def test_a_model_without_its_data_is_open_all_the_same(desk, said, qtbot, tmp_path):
    train(qtbot, desk, small.recipe("image"))
    model = small.trained("signal")
    gone = small.document("signal", "data.source.kind=signal", f"data.source.file={tmp_path / 'no.csv'}",
                          "data.source.window=16")  # fmt: skip
    desk.open_model(TrainedModel(Recipe.from_document(gone), model.shape, "signal", model.scaler, model.weights))
    quiet(qtbot)
    assert desk.state == "idle" and desk.model().form == "signal"
    assert desk.dataset is None and desk.twin is None
    assert len(said) == 1 and said[0].startswith("The model is open, but") and "no.csv" in said[0]
    desk.show_part("test")
    desk.show_choice("worst")
    quiet(qtbot)
    assert len(said) == 1


def test_data_that_have_another_shape_now_are_not_shown(desk, said, qtbot):
    model = small.trained("signal")
    other = Recipe.from_document(small.document("signal", "data.source.window=24"))
    desk.open_model(TrainedModel(other, model.shape, "signal", model.scaler, model.weights))
    quiet(qtbot)
    assert desk.dataset is None and "shape" in said[0]


def test_no_view_sees_new_weights_with_old_data(desk, said, qtbot):
    """While the new model's data are read, a person goes on choosing what to see."""
    train(qtbot, desk, small.recipe("image"))
    desk.open_model(small.trained("table"))
    desk.show_part("test")
    desk.show_choice("worst")
    quiet(qtbot)
    assert desk.dataset.form == "table" and not said
    assert_looks_like(desk, desk.model())


def test_giving_up_the_data_of_a_model_leaves_it_without(desk, said, qtbot):
    train(qtbot, desk, small.recipe("image"))
    desk.open_model(small.trained("table"))
    desk.stop()
    assert desk.state == "idle"
    desk.show_part("all")
    quiet(qtbot)
    assert desk.dataset is None and desk.model() is small.trained("table") and not said


def test_what_was_asked_of_the_last_model_is_not_told_of_the_next(desk, qtbot):
    """A model is opened while the figures and a look of a run that has just ended are being made."""
    pool = QThreadPool.globalInstance()
    places = pool.maxThreadCount()
    with qtbot.waitSignal(desk.state_changed, check_params_cb=lambda state: state == "running", timeout=LONG):
        desk.train(small.recipe("image"))
    pool.setMaxThreadCount(0)  # work begins later, all of it
    try:
        qtbot.waitUntil(lambda: desk.state == "idle", timeout=LONG)
        desk.show_count(3)
        opened = small.trained("image", "training.seed=5")
        desk.open_model(opened)
    finally:
        pool.setMaxThreadCount(places)
    pool.start(lambda: None)
    quiet(qtbot)
    assert desk.state == "idle"
    assert small.same_weights(desk.model(), opened)
    assert desk.model().metrics == {}, "those are another model's figures"
    assert_looks_like(desk, opened)


def test_saved_is_said(desk, qtbot):
    train(qtbot, desk, small.recipe("table"))
    assert desk.unsaved
    with qtbot.waitSignal(desk.model_changed):
        desk.saved()
    assert not desk.unsaved
