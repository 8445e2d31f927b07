"""The window by keys alone."""


from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget
from pytestqt.qtbot import QtBot

from aedesk.ui.main_window import MainWindow
from tests import small
from tests.ui.driving import LONG, press, quiet, show_recipe, type_into
from tests.ui.pen import draw

LONG_RUN = "training.epochs=100000"
CONTROL = Qt.KeyboardModifier.ControlModifier


def begin(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.desk.looked, timeout=LONG):
        press(window.panels.run_bar, "Train")


def key(window: MainWindow, letter: Qt.Key, modifier: Qt.KeyboardModifier = CONTROL) -> None:
    """Press keys in the window, which is the active one."""
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    QTest.keyClick(window, letter, modifier)


def test_undo_and_redo_by_keys(window, qtbot):
    builder, pad = window.panels.builder, window.panels.pad
    first = builder.document()
    show_recipe(window, small.recipe("image"))
    second = builder.document()
    key(window, Qt.Key.Key_Z)
    assert builder.document() == first
    key(window, Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert builder.document() == second
    key(window, Qt.Key.Key_Z)
    key(window, Qt.Key.Key_Y)
    assert builder.document() == second
    draw(pad.drawing, (0.2, 0.2), (0.8, 0.8))
    pad.drawing.setFocus()
    key(window, Qt.Key.Key_Z)
    assert pad.drawing.is_empty() and builder.document() == second, "the pad has the keyboard"
    builder.gallery_button.setFocus()
    key(window, Qt.Key.Key_Z)
    assert builder.document() == first


def test_a_run_by_keys(window, qtbot):
    desk = window.desk
    none = Qt.KeyboardModifier.NoModifier
    show_recipe(window, small.recipe("image"), LONG_RUN)
    with qtbot.waitSignal(desk.looked, timeout=LONG):
        key(window, Qt.Key.Key_F5, none)
    key(window, Qt.Key.Key_F6, none)
    assert desk.state == "paused"
    key(window, Qt.Key.Key_F6, none)
    assert desk.state == "running"
    with qtbot.waitSignal(desk.measured, timeout=LONG):
        key(window, Qt.Key.Key_F7, none)
    epochs = desk.model().history.epochs
    type_into(window, "training.epochs", "2")
    with qtbot.waitSignal(desk.measured, timeout=LONG):
        key(window, Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    assert desk.model().history.epochs == epochs + 2
    quiet(qtbot)


def test_docks_by_keys(window, qtbot):
    for number, dock in enumerate(window.docks.all(), 1):
        behind = dock in (window.docks.signal, window.docks.generate, window.docks.health)
        if behind:  # first it comes forward
            key(window, Qt.Key(Qt.Key.Key_0 + number))
            qtbot.waitUntil(lambda dock=dock: in_front(dock))
        key(window, Qt.Key(Qt.Key.Key_0 + number))
        assert dock.isHidden(), f"Ctrl+{number}"
        key(window, Qt.Key(Qt.Key.Key_0 + number))
        assert not dock.isHidden()
        qtbot.waitUntil(lambda dock=dock: in_front(dock))


def test_the_menu_of_views_tells_which_panels_are_there(window):
    signal = window.docks.signal
    action = next(one for one in window.docks.toggles() if one.text() == signal.windowTitle())
    assert action.isChecked()
    action.trigger()
    assert action.isChecked() and in_front(signal)
    action.trigger()
    assert not action.isChecked() and signal.isHidden()
    signal.show()
    assert action.isChecked()


def in_front(dock: QDockWidget) -> bool:
    """Whether a panel is seen: Qt moves those behind another out of the window."""
    return dock.isVisible() and dock.geometry().right() > 0
