"""The everyday jobs in the real window: train and watch, explore, draw, clean a signal, save and go on."""

import re
from collections.abc import Callable
from threading import Event
from time import perf_counter

import numpy as np
import pandas as pd
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from aedesk import paths
from aedesk.analysis import rows
from aedesk.analysis.denoising import denoise
from aedesk.files import model_file, signal_recipes
from aedesk.files.kept import kept
from aedesk.files.recipe_file import read_shipped
from aedesk.ui import signal_work
from aedesk.ui.main_window import MainWindow
from aedesk.ui.views.latent_card import SampleCard
from tests import small
from tests.ui import maps
from tests.ui.driving import LONG, button, open_file, pick, press, quiet, show_recipe, train, type_into, words
from tests.ui.pen import at, draw

LONG_RUN = "training.epochs=100000"

THREE = [(0.3, 0.25), (0.5, 0.15), (0.68, 0.3), (0.5, 0.5), (0.7, 0.7), (0.5, 0.86), (0.3, 0.75)]


def begin(qtbot: QtBot, window: MainWindow) -> None:
    """Press Train and wait until there is something to see."""
    with qtbot.waitSignal(window.desk.looked, timeout=LONG):
        press(window.panels.run_bar, "Train")


def end(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.desk.measured, timeout=LONG):
        press(window.panels.run_bar, "Stop")
    quiet(qtbot)


def epoch(window: MainWindow) -> int:
    """The epoch that the run bar speaks of, 0 where it speaks of none."""
    found = re.search(r"Epoch (\d+) of", words(window.panels.run_bar).replace("\u202f", ""))
    return int(found[1]) if found else 0


def card_words(window: MainWindow) -> list[str]:
    """What the card on the map says; nothing where there is none."""
    card = window.panels.latent_map.findChild(SampleCard)
    labels = [label.text() for label in card.findChildren(QLabel) if not label.isHidden()]
    return labels if card.isVisible() else []


def test_digits_are_learned_and_explored(window, qtbot):
    """From the gallery to a clicked sample."""
    panels, desk = window.panels, window.desk
    pick(qtbot, window, "digits-dense")
    pick(qtbot, window, "digits-map")
    type_into(window, "training.epochs", "2")
    type_into(window, "data.limit", "2000")
    assert panels.builder.recipe().training.epochs == 2
    model = train(qtbot, window)
    assert len(desk.dataset.inputs) == 2000 and model.history.epochs == 2
    assert "Trained for 2 epochs" in words(panels.run_bar)
    assert "AE 0." in words(panels.run_bar) and "PCA-2 0." in words(panels.run_bar)
    assert window.windowTitle() == f"{read_shipped('digits-map').title}* – AEDesk"
    assert [file.stem.split()[-1] for file in kept()] == ["digits-map"]
    assert small.same_weights(model_file.load(kept()[0]), model)

    view, shot = panels.latent_map, desk.snapshot
    assert f"{len(desk.dataset.validation)} samples" in [label.text() for label in view.findChildren(QLabel)]
    for place in (0, 5):
        maps.move(qtbot, view.map, *shot.codes[place])
        digit = str(desk.dataset.labels[shot.points[place]])
        assert card_words(window) == [digit, f"Sample {shot.points[place]}"]
    place = maps.spot(view.map, *shot.codes[7])
    with qtbot.waitSignal(desk.looked, timeout=LONG):
        QTest.mouseClick(view.map.plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert panels.reconstructions.choice() == "selected"
    assert desk.snapshot.rows[0] == shot.points[7] == view.selected()

    (low, high), (bottom, top) = view.map.plot.getViewBox().viewRange()
    inside = [(low + share * (high - low), bottom + share * (top - bottom)) for share in (0.1, 0.5, 0.8)]
    maps.drag(view.map, *inside, release=False)
    assert card_words(window)[0] == "Decoded"
    first = panels.latent_map.findChild(SampleCard).grab().toImage()
    QTest.mouseMove(view.map.plot.viewport(), maps.spot(view.map, *inside[0]))
    assert panels.latent_map.findChild(SampleCard).grab().toImage() != first, "it follows the mouse"
    QTest.mouseRelease(view.map.plot.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert card_words(window) == []

    view.controls.parts.setCurrentIndex(view.controls.parts.findData("test"))
    with qtbot.waitSignal(desk.looked, timeout=LONG):
        view.controls.parts.activated.emit(view.controls.parts.currentIndex())
    assert desk.snapshot.points.tolist() == desk.dataset.test.tolist()


def test_a_run_is_held_continued_and_stopped(window, qtbot):
    bar, desk = window.panels.run_bar, window.desk
    pick(qtbot, window, "digits8-quick")
    type_into(window, "training.epochs", "100000")
    begin(qtbot, window)
    for name, usable in (("Train", False), ("Pause", True), ("Stop", True), ("Train further", False)):
        assert button(bar, name).isEnabled() is usable
    qtbot.waitUntil(lambda: epoch(window) > 2, timeout=LONG)
    assert "samples/s" in words(bar)
    press(bar, "Pause")
    qtbot.wait(1600)  # the longest that what was already said may wait to be drawn
    held, curve = words(bar), window.panels.loss.grab().toImage()
    assert "Paused" in held
    qtbot.wait(250)
    assert words(bar) == held and window.panels.loss.grab().toImage() == curve
    now = epoch(window)
    press(bar, "Continue")
    qtbot.waitUntil(lambda: epoch(window) > now and "Paused" not in words(bar), timeout=LONG)
    began = perf_counter()
    with qtbot.waitSignal(desk.state_changed, check_params_cb=lambda state: state == "idle", timeout=LONG):
        press(bar, "Stop")
    assert perf_counter() - began < 2
    quiet(qtbot)
    assert desk.model().history.epochs >= 2
    assert f"Stopped after {desk.model().history.epochs} epochs" in words(bar)
    assert button(bar, "Train further").isEnabled()
    assert len(kept()) == 1, "a model is never lost"


def test_a_drawing_is_answered_also_while_it_learns(window, qtbot):
    pad, desk = window.panels.pad, window.desk
    draw(pad.drawing, *THREE)
    qtbot.wait(40)
    assert pad.results.message.isVisible(), "there is no model yet"
    show_recipe(window, read_shipped("digits8-quick"), LONG_RUN, "training.learning_rate=1e-4",
                "training.schedule=constant")  # fmt: skip
    begin(qtbot, window)
    qtbot.waitUntil(lambda: not pad.results.reconstruction.is_clear(), timeout=LONG)
    assert len(pad.results.code.cells()) == 8 and not pad.results.message.isVisible()
    early = pad.results.reconstruction.grab().toImage()
    qtbot.waitUntil(lambda: pad.results.reconstruction.grab().toImage() != early, timeout=LONG)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in pad.results.neighbours), timeout=LONG)
    assert {one.caption() for one in pad.results.neighbours} <= set("0123456789")
    before = pad.results.input.grab().toImage()
    QTest.mousePress(pad.drawing, Qt.MouseButton.LeftButton, pos=at(pad.drawing, 0.1, 0.1))
    QTest.mouseMove(pad.drawing, at(pad.drawing, 0.1, 0.9))
    qtbot.waitUntil(lambda: pad.results.input.grab().toImage() != before)  # mid-stroke
    QTest.mouseRelease(pad.drawing, Qt.MouseButton.LeftButton, pos=at(pad.drawing, 0.1, 0.9))
    end(qtbot, window)

    answers: list[np.ndarray] = []
    window.presenter.answers.answered.connect(lambda answer: answers.append(answer.code))
    with qtbot.waitSignal(pad.input_drawn) as drawn:
        pad.undo()
    image = drawn.args[0]
    assert image.shape == (8, 8)
    assert np.array_equal(answers[-1], desk.model().encode(16 * image[None, None])[0])
    pad.clear()
    qtbot.waitUntil(lambda: not pad.results.code.isVisible())
    assert len(answers) == 1


def test_the_pad_says_when_the_model_is_not_for_pictures(window, qtbot, tmp_path):
    model_file.save(small.trained("table"), tmp_path / "iris.aedesk")
    open_file(qtbot, window, tmp_path / "iris.aedesk")
    draw(window.panels.pad.drawing, *THREE)
    qtbot.wait(40)
    assert "learned from a table" in window.panels.pad.results.message.text()
    assert not window.panels.pad.results.code.isVisible()


def test_a_signal_is_cleaned_and_saved(window, qtbot, tmp_path, monkeypatch):
    desk, signal = window.desk, window.panels.signal
    model = small.trained("signal", "training.epochs=60")
    model_file.save(model, tmp_path / "ramp.aedesk")
    clean = np.linspace(0, 1, 500)
    noisy = clean + np.random.default_rng(3).normal(0, 0.1, 500)
    table = pd.DataFrame({"seconds": np.arange(500) / 100, "level": noisy, "note": ["a", "b"] * 250})
    table.to_csv(tmp_path / "level.csv", index=False)

    open_file(qtbot, window, tmp_path / "level.csv")
    assert window.docks.signal.isVisible() and not signal.visibleRegion().isEmpty()
    assert signal.file_line.column.currentText() == "level"
    assert not button(signal, "Denoise").isEnabled(), "there is no model yet"
    open_file(qtbot, window, tmp_path / "ramp.aedesk")
    window.presenter.open_signal(tmp_path / "level.csv")
    quiet(qtbot)
    press(signal, "Denoise")
    quiet(qtbot)
    assert not signal.problem()
    chosen = tmp_path / "out.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(chosen), ""))
    press(signal.actions, "Export…")
    quiet(qtbot)
    assert window.notices.text() == "Saved out.csv with “level” cleaned."
    read = pd.read_csv(chosen)
    assert list(read) == ["seconds", "level", "note", "level_clean"]
    pd.testing.assert_frame_equal(read[["seconds", "level", "note"]], table)
    assert np.allclose(read["level_clean"], denoise(desk.model(), noisy), atol=1e-6)
    assert np.mean((read["level_clean"] - clean) ** 2) < 0.5 * np.mean((noisy - clean) ** 2)

    window.docks.signal.raise_()
    with qtbot.waitSignal(desk.state_changed, check_params_cb=lambda state: state == "running", timeout=LONG):
        press(signal, "Train on it")
    assert window.panels.builder.recipe().data.source.column == "level"
    end(qtbot, window)
    assert desk.model().form == "signal"


def test_a_noisy_signal_is_learned_from_and_cleaned_by_one_click(window, qtbot, tmp_path, monkeypatch):
    desk, signal = window.desk, window.panels.signal
    monkeypatch.setattr(signal_recipes, "_PASSES_OF_SEVERAL", 80)
    monkeypatch.setattr(signal_work, "_MOST_AT_ONCE", 1000)  # as if it were long
    clean = np.sin(np.arange(4000) / 9)
    noisy = clean + np.random.default_rng(3).normal(0, 0.5, 4000)
    pd.DataFrame({"seconds": np.arange(4000) / 100, "level": noisy}).to_csv(tmp_path / "level.csv", index=False)
    open_file(qtbot, window, tmp_path / "level.csv")
    assert signal.actions.way.currentText() == "It is noisy"
    press(signal, "Train on it")
    qtbot.waitUntil(lambda: signal.actions.export.isEnabled(), timeout=LONG)
    quiet(qtbot)
    assert desk.model().recipe.blind and desk.model().recipe.data.source.column == "level"
    cleaned = signal._known.cleaned["level"].values()
    assert np.mean((cleaned - clean) ** 2) < 0.3 * np.mean((noisy - clean) ** 2)
    assert signal.numbers().endswith(" RMS. What was removed looks like noise.")
    qtbot.waitUntil(lambda: signal.chooser.list.count() == 5, timeout=LONG)
    assert signal.chooser.isVisible() or signal.views.table.isVisible(), "the one or the other, as there is room"
    noted = {answer.title: answer.note for answer in signal._known.cleaned["level"].answers}
    assert noted["Network: Noise off my signal"] == "What was removed looks like noise." and all(noted.values())
    signal.views.table.selectRow(4)
    qtbot.waitUntil(lambda: signal._known.cleaned["level"].place > 0, timeout=LONG)
    assert signal._known.cleaned["level"].values().shape == (4000,)

    signal.actions.way.setCurrentIndex(1)
    with qtbot.waitSignal(desk.state_changed, check_params_cb=lambda state: state == "running", timeout=LONG):
        press(signal, "Train on it")
    assert not window.panels.builder.recipe().blind
    end(qtbot, window)


def test_cleaning_and_fitting_can_be_given_up(window, qtbot, monkeypatch):
    signal, told, go_on = window.panels.signal, [], Event()

    def slow(*given: object, progress: Callable[[float], None] | None = None, **others: object) -> np.ndarray:
        told.append("begun")
        go_on.wait(20)
        progress(0.5)
        told.append("not ended")
        return given[1]

    open_file(qtbot, window, paths.resource("examples", "ecg_noisy.csv"))
    window.desk.open_model(small.trained("signal"))
    quiet(qtbot)
    monkeypatch.setattr(rows, "denoise", slow)
    press(signal, "Denoise")
    qtbot.waitUntil(lambda: bool(told), timeout=LONG)
    press(signal.actions, "Cancel")
    assert button(signal, "Denoise").isEnabled() and not signal.actions.cancel.isVisible()
    go_on.set()
    quiet(qtbot)
    assert told == ["begun"] and not signal._known.cleaned and not signal.problem()

    go_on.clear()
    monkeypatch.setattr(signal_work, "_fitted", lambda _: go_on.wait(20))
    press(signal, "Train on it")
    assert "Fitting" in signal.actions.note.text()
    press(signal.actions, "Cancel")
    go_on.set()
    quiet(qtbot)
    assert window.desk.state == "idle" and not signal.actions.cancel.isVisible() and not signal.problem()


def test_a_model_is_saved_opened_elsewhere_and_goes_on_learning(make_window, qtbot, tmp_path, monkeypatch):
    first = make_window()
    show_recipe(first, small.recipe("image"))
    model = train(qtbot, first)
    assert first.windowTitle().endswith("* – AEDesk")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "digits"), ""))
    first.files.save_model()
    quiet(qtbot)
    saved = tmp_path / "digits.aedesk"
    assert first.notices.text() == f"Saved as {saved}."
    assert "*" not in first.windowTitle()
    first.close()

    second = make_window()
    open_file(qtbot, second, saved)
    reopened = second.desk.model()
    assert second.windowTitle() == "small-image – AEDesk" == first.windowTitle()
    assert second.panels.builder.recipe() == model.recipe
    x = model.scaler.unscaled(second.desk.dataset.inputs[:50].numpy())
    assert np.array_equal(reopened.encode(x), model.encode(x))
    assert np.array_equal(reopened.reconstruct(x), model.reconstruct(x))
    assert np.array_equal(second.desk.snapshot.codes, first.desk.snapshot.codes)
    assert second.panels.latent_map.map.cloud.isVisible()
    assert "AE 0." in words(second.panels.run_bar)

    type_into(second, "training.epochs", "3")
    with qtbot.waitSignal(second.desk.measured, timeout=LONG):
        press(second.panels.run_bar, "Train further")
    quiet(qtbot)
    assert second.desk.model().history.epochs == 5
    assert small.same_weights(second.desk.model(), small.trained("image", "training.epochs=5"))
    assert "*" in second.windowTitle()


def test_images_of_another_size_are_brought_to_the_models(window, qtbot):
    """A model of 28 by 28 pixels after one of 8 by 8, with a drawing on the paper."""
    pad = window.panels.pad
    draw(pad.drawing, *THREE)
    show_recipe(window, small.recipe("image"))
    train(qtbot, window)
    small_code = pad.results.code.cells()
    recipe = small.recipe("image", "data.source.kind=digits", "data.limit=200", "model.code_size=6")
    show_recipe(window, recipe)
    train(qtbot, window)
    assert len(small_code) == 4 and len(pad.results.code.cells()) == 6
    assert paths.cache().joinpath("mnist").is_dir(), "unpacked into the user's cache"
