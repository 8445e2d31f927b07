"""The window around the panels: starting, closing, its layout and look, its shortcuts, and what it says."""

import gc
import threading
import weakref
from pathlib import Path

import numpy as np
import pytest
import torch
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from aedesk.errors import ModelFileError
from aedesk.files import model_file
from aedesk.files.kept import kept
from aedesk.ui import theme
from aedesk.ui.main_window import LAYOUT, MainWindow
from aedesk.ui.settings import Settings
from tests import small
from tests.ui.driving import LONG, action, button, open_file, press, quiet, show_recipe, train, type_into, words
from tests.ui.pen import draw

LONG_RUN = "training.epochs=100000"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answers questions with Yes, or with what stands first in this list, and notes them."""
    questions: list[str] = []

    def answer(_parent: object, _title: str, question: str, *_: object) -> QMessageBox.StandardButton:
        questions.append(question)
        return QMessageBox.StandardButton.No if questions[0] == "No" else QMessageBox.StandardButton.Yes

    monkeypatch.setattr(QMessageBox, "question", answer)
    return questions


def begin(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.desk.looked, timeout=LONG):
        press(window.panels.run_bar, "Train")


def key(window: MainWindow, letter: Qt.Key, modifier: Qt.KeyboardModifier = CONTROL) -> None:
    """Press keys in the window, which is the active one."""
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    QTest.keyClick(window, letter, modifier)


# -- starting ---------------------------------------------------------------------------------


def test_the_window_is_there_before_torch_and_says_so(make_window, qtbot, monkeypatch):
    gate = threading.Event()
    monkeypatch.setattr("aedesk.ui.main_window._import_engine", lambda: (gate.wait(5), [("cpu", "CPU, 4 cores")])[1])
    window = make_window(ready=False)
    bar = window.panels.run_bar
    window.load_engine()
    assert "Loading PyTorch…" in words(bar)
    assert not button(bar, "Train").isEnabled() and button(bar, "Train").toolTip() == "Loading PyTorch…"
    type_into(window, "training.epochs", "7")
    assert window.panels.builder.recipe().training.epochs == 7, "the builder can be used meanwhile"
    gate.set()
    quiet(qtbot)
    assert button(bar, "Train").isEnabled() and "Ready to train." in words(bar)
    devices = bar.findChild(QComboBox)
    assert any("CPU, 4 cores" in devices.itemText(place) for place in range(devices.count()))


# -- closing ----------------------------------------------------------------------------------


def test_closing_while_it_learns_asks_once_and_loses_nothing(make_window, qtbot, asked):
    window = make_window()
    show_recipe(window, small.recipe("image"), LONG_RUN)
    begin(qtbot, window)
    assert window.close()
    assert len(asked) == 1 and "still learning" in asked[0]
    quiet(qtbot)
    learned = window.desk.model()
    assert learned.history.epochs and window.desk.state == "idle"
    assert kept()

    after = make_window()
    assert "When you closed AEDesk" in after.notices.text()
    press(after.notices, "Open that model")
    quiet(qtbot)
    assert small.same_weights(after.desk.model(), learned)
    assert after.desk.model().optimiser, "it can go on learning"
    assert after.close() and len(asked) == 1

    assert not make_window().notices.text(), "it is offered once"


def test_a_person_may_think_better_of_closing(make_window, qtbot, asked):
    asked.append("No")
    window = make_window()
    show_recipe(window, small.recipe("image"), LONG_RUN)
    begin(qtbot, window)
    assert not window.close()
    assert window.isVisible() and window.desk.state == "running" and len(asked) == 2
    with qtbot.waitSignal(window.desk.looked, timeout=LONG):
        pass
    press(window.panels.run_bar, "Stop")
    qtbot.waitUntil(lambda: window.desk.state == "idle", timeout=LONG)
    quiet(qtbot)
    assert window.close() and len(asked) == 2, "an idle window does not ask"


def test_a_window_that_cannot_keep_the_model_stays(make_window, qtbot, asked, monkeypatch):
    def full(*_: object) -> None:
        raise ModelFileError("There is no room left in the folder. Free some space.")

    window = make_window()
    show_recipe(window, small.recipe("image"), LONG_RUN)
    begin(qtbot, window)
    monkeypatch.setattr("aedesk.files.kept.keep", full)
    assert not window.close()
    assert window.isVisible() and "no room left" in window.notices.text()
    quiet(qtbot)
    assert window.desk.state == "idle" and window.desk.unsaved


def test_closing_before_the_figures_are_there_keeps_the_model(make_window, qtbot, monkeypatch):
    window = make_window()
    show_recipe(window, small.recipe("image"))
    monkeypatch.setattr(type(window.desk), "_measure", lambda _: None)
    press(window.panels.run_bar, "Train")
    qtbot.waitUntil(lambda: window.desk.unsaved and window.desk.state == "idle", timeout=LONG)
    assert window.close()
    assert len(kept()) == 1 and small.same_weights(model_file.load(kept()[0]), window.desk.model())


# -- layout and look --------------------------------------------------------------------------


def places(window: MainWindow) -> dict[str, object]:
    """Where every dock is."""
    return {
        dock.objectName(): (
            window.dockWidgetArea(dock),
            dock.isHidden(),
            dock.isFloating(),
            None if dock.isHidden() or dock.isFloating() else dock.geometry(),
        )
        for dock in window.docks.all()
        if dock not in window.tabifiedDockWidgets(window.docks.pad)
    }


def test_the_layout_is_there_again_and_can_be_reset(make_window, qtbot):
    window = make_window()
    window.resize(790, 700)  # a size that any screen has room for
    window.reset_layout()
    qtbot.wait(20)
    first = places(window)
    window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, window.docks.loss)
    window.docks.reconstructions.hide()
    window.docks.signal.setFloating(True)
    qtbot.wait(20)
    moved = places(window)
    assert moved != first
    window.close()

    after = make_window()
    qtbot.wait(20)
    assert after.size().width() == 790 and places(after) == moved
    action(after, "Reset layout").trigger()
    qtbot.wait(20)
    assert places(after) == first and not after.notices.text()
    assert after.tabifiedDockWidgets(after.docks.pad) == [after.docks.signal, after.docks.generate]
    assert not after.docks.pad.visibleRegion().isEmpty(), "the pad is in front of the signal desk"


def test_a_window_without_panels_offers_them(window, qtbot):
    for dock in window.docks.all():
        assert not window.notices.text()
        dock.close()
        qtbot.wait(5)
    assert "All panels are hidden" in window.notices.text()
    press(window.notices, "Show all panels")
    qtbot.wait(5)
    assert all(not dock.isHidden() for dock in window.docks.all()) and not window.notices.text()


def test_a_layout_of_another_version_is_left_out(make_window, own_settings):
    settings = Settings()
    settings.set_window(b"nonsense", b"\x00\x00\x00\xff\x00\x00")
    settings.sync()
    window = make_window()
    assert all(not dock.isHidden() for dock in window.docks.all())


def test_a_layout_of_other_panels_is_left_out(make_window, own_settings):
    """Panels that it does not know would stand anywhere."""
    first = make_window()
    first.docks.health.setFloating(True)
    settings = Settings()
    settings.set_window(first.saveGeometry(), first.saveState(LAYOUT - 1))
    settings.sync()
    assert not make_window().docks.health.isFloating()
    settings.set_window(first.saveGeometry(), first.saveState(LAYOUT))
    settings.sync()
    assert make_window().docks.health.isFloating()


def test_light_and_dark(make_window, qtbot):
    window = make_window()
    show_recipe(window, small.recipe("image"))
    train(qtbot, window)
    draw(window.panels.pad.drawing, (0.2, 0.2), (0.8, 0.8))
    open_file(qtbot, window, model_path := kept()[0])
    action(window, "Light").trigger()
    light = window.grab().toImage()
    action(window, "Dark").trigger()
    qtbot.wait(20)
    dark = window.grab().toImage()
    assert theme.current() is theme.DARK and action(window, "Dark").isChecked()
    assert not action(window, "Light").isChecked()
    assert _mean(dark) < 100 < 200 < _mean(light)
    for dock in window.docks.all():
        dock.raise_()
        qtbot.wait(5)
        assert _mean(dock.widget().grab().toImage()) < 100, f"{dock.objectName()} is not dark"
    window.close()
    assert Settings().theme() == "dark"
    action(window, "Light").trigger()
    assert model_path.exists()


def _mean(image) -> float:
    """How bright a picture is, 0 to 255."""
    grey = image.convertToFormat(image.Format.Format_Grayscale8)
    return float(np.frombuffer(grey.constBits(), np.uint8).mean())


def test_a_dock_that_was_hidden_shows_the_latest(window, qtbot):
    docks, panels = window.docks, window.panels
    for dock in (docks.latent_map, docks.reconstructions):
        dock.toggleViewAction().trigger()
        assert dock.isHidden()
    show_recipe(window, small.recipe("image", "model.code_size=2"))
    train(qtbot, window)
    for dock in (docks.latent_map, docks.reconstructions):
        dock.toggleViewAction().trigger()
        qtbot.wait(20)
    shown = panels.latent_map.map.cloud
    assert np.allclose([panels.latent_map.map.place(point) for point in range(5)], window.desk.snapshot.codes[:5])
    assert shown.isVisible() and panels.reconstructions.images.isVisible()
    assert panels.latent_map.twin.isVisible(), "and PCA beside it"

    # One behind another as a tab is hidden as well.
    window.tabifyDockWidget(docks.latent_map, docks.reconstructions)
    docks.reconstructions.raise_()
    qtbot.wait(20)
    before = [panels.latent_map.map.place(point) for point in range(5)]
    with qtbot.waitSignal(window.desk.measured, timeout=LONG):
        press(panels.run_bar, "Train further")
    quiet(qtbot)
    assert [panels.latent_map.map.place(point) for point in range(5)] == before
    docks.latent_map.raise_()
    qtbot.wait(20)
    assert np.allclose([panels.latent_map.map.place(point) for point in range(5)], window.desk.snapshot.codes[:5])


# -- what it says -----------------------------------------------------------------------------


def test_an_impossible_choice_disables_train_with_the_reason(window, qtbot):
    train_button = button(window.panels.run_bar, "Train")
    show_recipe(window, small.recipe("image", "data.scaling=centred", "model.output_activation=linear"))
    assert train_button.isEnabled()
    window.panels.builder.show_field(("model", "output_activation"))
    output = window.panels.builder.editor(("model", "output_activation")).widget
    output.setCurrentIndex(output.findText("ReLU"))
    [problem] = window.panels.builder.problems()
    assert not train_button.isEnabled()
    assert train_button.toolTip() == problem.text and problem.text in words(window.panels.run_bar)
    key(window, Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)
    assert window.desk.state == "idle"
    action(window, "Save recipe…").trigger()
    assert "impossible choice" in window.notices.text()
    action(window, "Undo").trigger()
    assert train_button.isEnabled()


def test_a_run_that_explodes_says_so_and_keeps_good_weights(window, qtbot):
    show_recipe(window, small.recipe("image"), "training.optimiser=sgd", "training.learning_rate=100",
                "training.epochs=500", "model.output_activation=linear",
                "model.encoder.layers.0.activation=linear")  # fmt: skip
    model = train(qtbot, window)
    assert "learning rate 100" in window.notices.text() and window.notices.isVisible()
    assert "learning rate 100" in words(window.panels.run_bar)
    assert all(torch.isfinite(weight).all() for weight in model.weights.values())
    assert window.panels.latent_map.map.cloud.isVisible() and len(window.desk.snapshot.codes)
    press_close = window.notices.findChildren(QPushButton)
    assert not any(one.isVisible() for one in press_close), "there is nothing to open"
    show_recipe(window, small.recipe("image"))
    assert train(qtbot, window).history.epochs == 2


def test_a_window_that_is_gone_is_freed(make_window, qtbot, qapp):
    """No signal, timer or piece of work keeps it or its parts, and the look can change without it."""
    window = MainWindow(Settings())
    window.show()
    window.load_engine()
    quiet(qtbot)
    parts = [weakref.ref(part) for part in (window, window.desk, window.presenter, *vars(window.panels).values())]
    window.close()
    qtbot.wait(5)
    window.deleteLater()
    del window
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert [part() for part in parts if part() is not None] == []
    for name in ("dark", "light"):
        theme.apply(qapp, name)


def test_what_was_left_out_of_the_data_is_said(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    """And stays to be read while the network learns from the rest."""
    rows = [f"{row % 7},{'' if row == 3 else row % 5},{row % 3}" for row in range(40)]
    (tmp_path / "own.csv").write_text("\n".join(["a,b,c", *rows]))
    show_recipe(
        window, small.recipe("table"), "data.source.kind=table", f"data.source.file='{tmp_path / 'own.csv'}'"
    )
    train(qtbot, window)
    assert "Of 40 rows 1 with missing values" in window.notices.text()
