"""Driving the real window as a person does: buttons, menus, fields, files dropped, and patience."""

from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QPointF, Qt, QThreadPool, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from aedesk.files.recipe_file import with_options
from aedesk.recipe import Recipe
from aedesk.ui.builder.gallery import Gallery
from aedesk.ui.elided_label import ElidedLabel

if TYPE_CHECKING:
    from aedesk.training.trained_model import TrainedModel
    from aedesk.ui.main_window import MainWindow

LONG = 20_000  # milliseconds, for a busy machine

NO_BUTTON = Qt.MouseButton.NoButton
NO_KEY = Qt.KeyboardModifier.NoModifier


def button(within: QWidget, name: str) -> QPushButton:
    """The button that a person, or a screen reader, knows by this name."""
    found = [
        one for one in within.findChildren(QPushButton) if name in (one.text(), one.accessibleName())
    ]
    assert len(found) == 1, f"{len(found)} buttons are called {name}"
    return found[0]


def press(within: QWidget, name: str) -> None:
    """Click a button that can be clicked."""
    one = button(within, name)
    assert one.isEnabled(), f"{name} is disabled: {one.toolTip()}"
    QTest.mouseClick(one, Qt.MouseButton.LeftButton)


def words(within: QWidget) -> str:
    """The lines that change while a run goes on."""
    return " | ".join(label.text() for label in within.findChildren(ElidedLabel) if label.isVisible())


def action(window: "MainWindow", text: str) -> QAction:
    """An action of the menu bar, by its words."""
    found = [one for one in _actions(window.menuBar().actions()) if one.text().replace("&", "") == text]
    assert len(found) == 1, f"{len(found)} actions are called {text}"
    return found[0]


def entries(menu: QMenu) -> list[str]:
    """What a menu that is filled as it opens shows."""
    menu.aboutToShow.emit()
    return [entry.text() for entry in menu.actions()]


def pick(qtbot: QtBot, window: "MainWindow", name: str) -> None:
    """Choose a recipe in the gallery."""
    builder = window.panels.builder
    QTest.mouseClick(builder.gallery_button, Qt.MouseButton.LeftButton)
    gallery = builder.findChild(Gallery)
    card = next(card for card in gallery.cards if card.recipe.name == name)
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: builder.findChild(Gallery) is None)


def type_into(window: "MainWindow", path: str, text: str) -> None:
    """Type into a field of the builder."""
    steps = tuple(path.split("."))
    window.panels.builder.show_field(steps)
    widget = window.panels.builder.editor(steps).widget
    widget.selectAll()
    QTest.keyClicks(widget, text)
    QTest.keyClick(widget, Qt.Key.Key_Return)


def show_recipe(window: "MainWindow", recipe: Recipe, *assignments: str) -> Recipe:
    """Put a recipe into the builder, with options set as on the command line."""
    recipe = Recipe.from_document(with_options(recipe.document(), list(assignments)))
    window.presenter.show_recipe(recipe)
    return recipe


def quiet(qtbot: QtBot) -> None:
    """Let all work in other threads end, and what it leads to."""
    pool = QThreadPool.globalInstance()
    for _ in range(3):
        qtbot.waitUntil(lambda: not pool.activeThreadCount(), timeout=LONG)
        qtbot.wait(5)


def wait_until_still(qtbot: QtBot, ask: Callable[[], Any], still_ms: int = 500) -> None:
    """Let what is under way come to an end: until ``ask()`` has given the same answer for a while."""
    last, since = ask(), perf_counter()

    def is_still() -> bool:
        nonlocal last, since
        now = ask()
        if now != last:
            last, since = now, perf_counter()
        return perf_counter() - since > still_ms / 1000

    qtbot.waitUntil(is_still, timeout=LONG)


def train(qtbot: QtBot, window: "MainWindow", *, name: str = "Train") -> "TrainedModel":
    """Train what the builder shows to its end, and wait for the figures and the views."""
    with qtbot.waitSignal(window.desk.measured, timeout=LONG):
        press(window.panels.run_bar, name)
    quiet(qtbot)
    assert window.desk.state == "idle"
    return window.desk.model()


def open_file(qtbot: QtBot, window: "MainWindow", path: Path) -> None:
    """Open a file as the menu does, and wait until all is read."""
    window.files.open_path(path)
    quiet(qtbot)
    qtbot.waitUntil(lambda: window.desk.state == "idle", timeout=LONG)
    quiet(qtbot)


def drag(widget: QWidget, *paths: Path, addresses: Sequence[str] = ()) -> bool:
    """Drag files and web addresses over a widget and drop them where they are taken; whether they were."""
    mime = QMimeData()
    mime.setUrls([*(QUrl.fromLocalFile(str(path)) for path in paths), *map(QUrl, addresses)])
    at = widget.rect().center()
    copy = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(at, copy, mime, Qt.MouseButton.LeftButton, NO_KEY)
    enter.setAccepted(False)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    drop = QDropEvent(QPointF(at), copy, mime, NO_BUTTON, NO_KEY)
    drop.setAccepted(False)
    QApplication.sendEvent(widget, drop)
    return drop.isAccepted()


def _actions(actions: list[QAction]) -> list[QAction]:
    """These actions, and those of the menus within."""
    below = [_actions(action.menu().actions()) for action in actions if action.menu()]
    return [*actions, *(action for menu in below for action in menu)]
