"""The Health panel in the real window: what it says when, and its advice taken over and taken back."""

import shutil
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aedesk import paths
from aedesk.files import model_file
from aedesk.ui import health_work, theme
from aedesk.ui.main_window import MainWindow
from aedesk.ui.panels.health_card import FindingCard
from aedesk.ui.panels.health_sign import SeveritySign
from tests import small
from tests.ui.driving import LONG, action, button, open_file, press, quiet, show_recipe, train, type_into

DEAD = (
    "model.code_activation=relu",
    'model.encoder.layers=[{width=8,activation="relu"},{width=4,activation="relu"}]',
    'model.head={kind="classifier"}',
    "objective.weight=0.4",
    "training.epochs=40",
)
SMOOTH = 'model.encoder.layers=[{width=32,activation="silu"}]'
WELL = (SMOOTH, "training.epochs=30", 'training.schedule="one-cycle"')
APPLY = "Apply to the recipe"
REST = 300  # milliseconds between two looks, in place of seconds


def bring_forward(qtbot: QtBot, window: MainWindow) -> None:
    window.docks.health.raise_()
    qtbot.wait(20)


def put_in(window: MainWindow, form: str, *assignments: str) -> None:
    show_recipe(window, small.recipe(form, *assignments))


@pytest.fixture
def dead(window: MainWindow, qtbot: QtBot) -> FindingCard:
    """The card of a code that died, after a run in the window."""
    put_in(window, "table", *DEAD)
    bring_forward(qtbot, window)
    train(qtbot, window)
    return window.panels.health.cards["dead-code"]


def activation(window: MainWindow) -> str:
    return window.panels.builder.document()["model"]["code_activation"]


# -- advice -----------------------------------------------------------------------------------


def test_a_dead_code_is_named_mended_and_learned_again(window, qtbot, dead):
    panel = window.panels.health
    assert dead.sentence.text().startswith("Both code numbers are 0 for every sample")
    assert dead.sign.accessibleName() == "Problem" and "leaky ReLU" in dead.advice.text()
    assert window.docks.health.windowTitle() == "Health (1)" and panel.text() == "One thing to look at."
    assert panel.note.text() == "After epoch 40"
    assert action(window, "Health").isChecked(), "the menu keeps the bare name"

    press(dead, APPLY)
    assert activation(window) == "leaky_relu"
    assert "Code activation ReLU → Leaky ReLU" in dead.outcome.text() and not dead.apply_button.isVisible()
    train(qtbot, window)
    assert "dead-code" not in panel.cards and "dead-code" in panel.lines


def test_advice_is_taken_back(window, qtbot, dead):
    stack = window.panels.builder.undo_stack()
    before = stack.index()
    dead.apply_button.setFocus()
    press(dead, APPLY)
    assert stack.index() == before + 1 and dead.undo_button.hasFocus(), "the keyboard stays at the card"
    press(dead, "Undo")
    assert activation(window) == "relu" and stack.index() == before
    assert button(dead, APPLY).isEnabled() and not dead.outcome.text() and dead.apply_button.hasFocus()


def test_the_edit_menu_takes_advice_back_as_well(window, dead):
    press(dead, APPLY)
    action(window, "Undo").trigger()
    assert activation(window) == "relu" and dead.apply_button.isVisible() and not dead.undo_button.isVisible()
    action(window, "Redo").trigger()
    assert activation(window) == "leaky_relu" and dead.undo_button.isVisible()


def test_what_was_changed_since_stays_when_advice_is_taken_back(window, dead):
    press(dead, APPLY)
    type_into(window, "training.epochs", "7")
    press(dead, "Undo")
    assert activation(window) == "relu" and window.panels.builder.recipe().training.epochs == 7


def test_advice_waits_for_the_recipe_it_is_for(window, dead):
    document = window.panels.builder.document()
    put_in(window, "image")
    assert not dead.apply_button.isEnabled() and "shows another recipe" in dead.outcome.text()
    assert "shows another recipe" in dead.apply_button.toolTip()
    show_recipe(window, small.recipe("table", *DEAD))
    assert dead.apply_button.isEnabled() and window.panels.builder.document() == document
    assert "Code activation ReLU → Leaky ReLU" in dead.apply_button.toolTip()


def test_a_person_who_was_quicker_is_left_alone(window, dead):
    put_in(window, "table", *DEAD, "model.code_activation=tanh")
    assert not dead.apply_button.isEnabled() and "changed that" in dead.outcome.text()


# -- when it looks ----------------------------------------------------------------------------


def test_at_first_there_is_nothing_to_say(window, qtbot):
    bring_forward(qtbot, window)
    assert "Train a network" in window.panels.health.text() and window.docks.health.windowTitle() == "Health"


def test_where_nothing_is_found_no_more_is_claimed(window, qtbot):
    put_in(window, "image", *WELL)
    train(qtbot, window)
    panel = window.panels.health
    assert "Nothing found" in panel.text() and not panel.cards and len(panel.lines) >= 5
    assert window.docks.health.windowTitle() == "Health"


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, int]]:
    """When models were examined, and after which epoch."""
    seen: list[tuple[float, int]] = []
    examine = health_work._findings

    def noted(model, *rest):
        seen.append((perf_counter(), model.history.epochs))
        return examine(model, *rest)

    monkeypatch.setattr(health_work, "_findings", noted)
    return seen


def begin(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.desk.looked, timeout=LONG):
        press(window.panels.run_bar, "Train")


def stop(qtbot: QtBot, window: MainWindow) -> None:
    press(window.panels.run_bar, "Stop")
    qtbot.waitUntil(lambda: window.desk.state == "idle", timeout=LONG)
    quiet(qtbot)


def test_a_run_is_watched_now_and_then_while_it_is_seen(window, qtbot, looks):
    put_in(window, "table", *DEAD, "training.epochs=100000")
    window.presenter.health_work._rest.setInterval(REST)
    bring_forward(qtbot, window)
    begin(qtbot, window)
    qtbot.waitUntil(lambda: len(looks) >= 3, timeout=LONG)
    qtbot.waitUntil(lambda: bool(window.panels.health.cards), timeout=LONG)
    assert looks[0][1] >= 1
    assert min(later - before for (before, _), (later, _) in pairwise(looks)) > 0.9 * REST / 1000
    window.docks.loss.raise_()
    qtbot.wait(REST)
    quiet_since = len(looks)
    qtbot.wait(2 * REST)
    assert len(looks) == quiet_since, "nobody looks behind another tab"
    bring_forward(qtbot, window)
    qtbot.waitUntil(lambda: len(looks) > quiet_since, timeout=LONG)
    stop(qtbot, window)
    epochs = window.desk.model().history.epochs
    assert looks[-1][1] == epochs and window.panels.health.note.text() == f"After epoch {epochs}"


def test_the_end_of_a_run_is_told_behind_another_tab(window, qtbot, looks):
    put_in(window, "table", *DEAD)
    train(qtbot, window)
    assert [epochs for _, epochs in looks] == [40], "once, at the end"
    assert window.docks.health.windowTitle() == "Health (1)"


def test_a_new_run_begins_with_a_clean_sheet(window, qtbot, dead):
    put_in(window, "image", "training.epochs=100000", "data.limit=0")
    window.docks.loss.raise_()
    qtbot.wait(20)
    begin(qtbot, window)
    panel = window.panels.health
    assert not panel.cards and "The network is learning" in panel.text()
    assert window.docks.health.windowTitle() == "Health"
    stop(qtbot, window)


def test_a_run_that_diverged_says_so(window, qtbot):
    away = ("training.optimiser=sgd", "training.learning_rate=90", "model.output_activation=linear")
    put_in(window, "image", *away)
    press(window.panels.run_bar, "Train")
    qtbot.waitUntil(lambda: bool(window.panels.health.cards), timeout=LONG)
    quiet(qtbot)
    (card,) = window.panels.health.cards.values()
    assert "stopped being a number" in card.sentence.text()
    press(card, APPLY)
    assert window.panels.builder.recipe().training.learning_rate == 9
    assert "Learning rate 90 → 9" in card.outcome.text()


# -- models from files ------------------------------------------------------------------------


def test_an_opened_model_is_examined_with_its_data(window, qtbot, tmp_path: Path):
    model_file.save(small.trained("table", *DEAD), tmp_path / "dead.aedesk")
    open_file(qtbot, window, tmp_path / "dead.aedesk")
    panel = window.panels.health
    press(panel.cards["dead-code"], APPLY)
    assert activation(window) == "leaky_relu"
    model_file.save(small.trained("image", *WELL), tmp_path / "well.aedesk")
    open_file(qtbot, window, tmp_path / "well.aedesk")
    assert not panel.cards and "Nothing found" in panel.text()
    model_file.save(small.trained("image"), tmp_path / "same-data.aedesk")
    open_file(qtbot, window, tmp_path / "same-data.aedesk")
    assert panel.note.text() == "After epoch 2", "data that were there already"


def test_a_model_without_its_data_is_told_by_its_history(window, qtbot, tmp_path: Path):
    file = tmp_path / "ecg.csv"
    shutil.copy(paths.resource("examples", "ecg.csv"), file)
    source = f'data.source={{kind="signal",file="{file.as_posix()}",window=16}}'
    model = small.finished(small.recipe("signal", source, "data.limit=2000", "data.scaling=standard")).model
    model_file.save(model, tmp_path / "signal.aedesk")
    file.unlink()
    open_file(qtbot, window, tmp_path / "signal.aedesk")
    panel = window.panels.health
    assert "data are not here" in panel.note.text() and panel.lines.keys() == {"explosion"}


# -- looks ------------------------------------------------------------------------------------


def test_signs_are_told_apart_without_colour(qtbot):
    pictures = []
    for severity in ("problem", "notice", "fine"):
        sign = SeveritySign(severity)
        qtbot.addWidget(sign)
        sign.resize(40, 40)
        picture = sign.grab().toImage()
        picture = picture.convertToFormat(picture.Format.Format_Mono)
        pictures.append([picture.pixelIndex(x, y) for x in range(40) for y in range(40)])
    for one, other in ((0, 1), (1, 2), (0, 2)):
        assert sum(a != b for a, b in zip(pictures[one], pictures[other], strict=True)) > 60
    names = {"problem": "Problem", "notice": "Notice", "fine": "Fine"}
    assert all(SeveritySign(key).accessibleName() == name for key, name in names.items())


def test_cards_take_the_width_they_get(window, qtbot, dead, both_looks):
    panel = window.panels.health
    for look in ("light", "dark"):
        both_looks(look)
        qtbot.wait(20)
        assert dead.width() <= panel.width() and theme.current().name == look
    window.docks.health.setFloating(True)
    window.docks.health.resize(240, 500)
    qtbot.wait(50)
    assert dead.width() <= panel.width() <= 260
    assert dead.sentence.height() >= dead.sentence.heightForWidth(dead.sentence.width())


def test_a_card_is_no_taller_than_its_words(window, qtbot, dead):
    window.docks.health.setFloating(True)
    for size in ((500, 900), (900, 1200), (300, 900)):
        window.docks.health.resize(*size)
        qtbot.wait(50)
        assert dead.height() == dead.heightForWidth(dead.width())
        assert dead.sentence.height() == dead.sentence.heightForWidth(dead.sentence.width())


def test_the_keyboard_reaches_the_buttons(window, qtbot, dead):
    window.activateWindow()
    dead.apply_button.setFocus()
    QTest.keyClick(dead.apply_button, Qt.Key.Key_Space)
    assert activation(window) == "leaky_relu"
    QTest.keyClick(dead.undo_button, Qt.Key.Key_Space)
    assert activation(window) == "relu"
