"""What the desk shows while a run pauses, when a choice changes, and when a file has changed."""

from pathlib import Path
from typing import Any

import numpy as np
from pytestqt.qtbot import QtBot

from aedesk.training.trained_model import apply_in_chunks
from aedesk.ui.desk import Desk
from tests import small
from tests.ui.desks import LONG_RUN, assert_looks_like, begin, stop, train
from tests.ui.driving import LONG, quiet


def test_what_is_chosen_while_a_run_pauses_is_shown(desk, qtbot):
    begin(qtbot, desk, small.recipe("image", "training.epochs=100000"))
    desk.pause()
    qtbot.wait(100)
    with qtbot.waitSignal(desk.looked, timeout=LONG):
        desk.show_part("train")
    assert len(desk.snapshot.points) == len(desk.dataset.train)
    assert desk.state == "paused"


def test_the_worst_samples_are_the_worst_in_order(desk, qtbot):
    desk.watched.choice = "worst"
    train(qtbot, desk, small.recipe("image"))
    x = desk.dataset.inputs[desk.dataset.validation]
    errors = np.square(apply_in_chunks(desk.model().autoencoder, x) - x.numpy()).mean((1, 2, 3))
    worst = desk.dataset.validation.numpy()[np.argsort(-errors)][: desk.watched.count]
    assert desk.snapshot.rows.tolist() == worst.tolist()


def test_another_part_has_its_own_worst_samples(desk, qtbot):
    train(qtbot, desk, small.recipe("image"))
    desk.show_choice("worst")
    quiet(qtbot)
    desk.show_part("test")
    quiet(qtbot)
    assert set(desk.snapshot.rows) <= set(desk.dataset.test.tolist())
    assert len(desk.snapshot.rows) == desk.watched.count


def test_a_model_saved_during_a_run_knows_its_epochs(desk, qtbot):
    begin(qtbot, desk, small.recipe("image", "training.epochs=100000"))
    qtbot.waitUntil(lambda: desk.model().history.epochs >= 2, timeout=LONG)
    model = desk.model()
    assert len(model.history.train["mse"]) == model.history.epochs


def test_a_file_that_changed_is_read_again(desk, qtbot, tmp_path: Path):
    file = tmp_path / "signal.csv"
    wave = np.sin(np.arange(400) / 9)

    def write(scale: float) -> None:
        file.write_text("value\n" + "\n".join(f"{value:.6f}" for value in wave * scale))

    write(1)
    recipe = small.recipe("signal", f'data.source={{kind="signal", file="{file.as_posix()}", window=16}}')
    train(qtbot, desk, recipe)
    before = desk.dataset
    train(qtbot, desk, recipe)
    assert desk.dataset is before
    write(100)
    train(qtbot, desk, recipe)
    assert desk.dataset.recording.values.max() > 50


def test_only_the_pca_is_made_anew_for_another_code_width(desk, qtbot):
    train(qtbot, desk, small.recipe("image"))
    before = desk.dataset
    train(qtbot, desk, small.recipe("image", "model.code_size=2"))
    assert desk.dataset is before
    assert desk.loaded.plane.shape == (len(before.inputs), 2)


def test_another_network_in_the_builder_does_not_decide_how_to_go_on(desk, qtbot):
    train(qtbot, desk, small.recipe("image"))
    with qtbot.waitSignal(desk.measured, timeout=LONG):
        desk.train_further(small.recipe("image", "model.code_size=3", "training.epochs=7"))
    quiet(qtbot)
    assert desk.model().history.epochs == 4


def look(qtbot: QtBot, desk: Desk, ask: Any, *given: Any, **more: Any) -> None:
    with qtbot.waitSignal(desk.looked, timeout=LONG):
        ask(*given, **more)
    quiet(qtbot)


def test_what_is_looked_at_can_be_chosen(desk, qtbot):
    model = train(qtbot, desk, small.recipe("image"))
    validation, test = desk.dataset.validation.tolist(), desk.dataset.test.tolist()
    assert desk.snapshot.points.tolist() == validation
    assert desk.snapshot.rows.tolist() == validation[:10]
    look(qtbot, desk, desk.show_part, "test")
    assert desk.snapshot.points.tolist() == test
    look(qtbot, desk, desk.show_count, 4)
    assert desk.snapshot.rows.tolist() == test[:4]
    look(qtbot, desk, desk.show_choice, "random")
    drawn = desk.snapshot.rows.tolist()
    assert len(drawn) == 4 and set(drawn) <= set(test) and drawn != test[:4]
    look(qtbot, desk, desk.show_choice, "random", draw_again=True)
    assert desk.snapshot.rows.tolist() != drawn
    look(qtbot, desk, desk.show_choice, "worst")
    scores = model.score(model.scaler.unscaled(desk.dataset.inputs[desk.dataset.test].numpy()))
    assert desk.snapshot.rows.tolist() == [test[place] for place in np.argsort(-scores)[:4]]
    look(qtbot, desk, desk.show_row, test[7])
    look(qtbot, desk, desk.show_row, test[9])
    assert desk.snapshot.rows.tolist()[:2] == [test[9], test[7]]
    assert_looks_like(desk, model)
    look(qtbot, desk, desk.show_part, "all")
    assert len(desk.snapshot.points) == 300


def test_a_run_is_told_what_to_show(desk, qtbot):
    begin(qtbot, desk, small.recipe("image", LONG_RUN))
    test = desk.dataset.test.tolist()
    desk.show_part("test")
    desk.show_count(5)
    qtbot.waitUntil(lambda: desk.snapshot.rows.tolist() == test[:5], timeout=LONG)
    desk.show_row(test[8])
    qtbot.waitUntil(lambda: desk.snapshot.rows.tolist()[:1] == [test[8]], timeout=LONG)
    first = desk.snapshot.rows.tolist()
    desk.show_choice("worst")
    qtbot.waitUntil(lambda: desk.snapshot.rows.tolist() != first, timeout=LONG)
    stop(qtbot, desk)


def test_without_data_there_is_nothing_to_look_at(desk, qtbot):
    with qtbot.assertNotEmitted(desk.looked):
        desk.show_part("test")
        desk.show_choice("worst")
        desk.show_row(3)
        desk.pause()
        desk.go_on()
        desk.stop()
        quiet(qtbot)
    assert desk.state == "idle" and desk.model() is None and desk.stop_and_wait() is None


def test_stopping_at_once_gives_the_model_that_was_learned(desk, qtbot):
    begin(qtbot, desk, small.recipe("image", LONG_RUN))
    desk.pause()
    model = desk.stop_and_wait()
    assert model.history.epochs and model.optimiser
    quiet(qtbot)
    assert desk.state == "idle" and small.same_weights(desk.model(), model)


def test_the_largest_recipe_stops_soon(desk, qtbot):
    """A model of millions of weights, stopped in the middle of an epoch."""
    recipe = small.recipe("image", LONG_RUN, "model.encoder.layers.0.width=2000", "training.batch_size=300")
    begin(qtbot, desk, recipe)
    desk.stop()
    qtbot.waitUntil(lambda: desk.state == "idle", timeout=LONG)
    assert desk.model().history.epochs < 100_000
