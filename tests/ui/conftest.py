"""Windows with settings and folders of their own, and after every test a look for what it left."""

import gc
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QThread, QThreadPool
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from aedesk.ui import theme

if TYPE_CHECKING:
    from aedesk.ui.desk import Desk
    from aedesk.ui.main_window import MainWindow

_PATIENCE_MS = 10_000

MakeWindow = Callable[..., "MainWindow"]


@pytest.fixture(autouse=True)
def nothing_is_left(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails a test that leaves a thread running, work undone or a window behind."""
    started: list[QThread] = []
    start = QThread.start

    def started_and_noted(thread: QThread, *priority: QThread.Priority) -> None:
        started.append(thread)
        start(thread, *priority)

    monkeypatch.setattr(QThread, "start", started_and_noted)
    threads, windows = set(threading.enumerate()), set(_windows())
    yield
    assert QThreadPool.globalInstance().waitForDone(_PATIENCE_MS), "work goes on in the thread pool"
    _delete_what_is_to_be()
    assert not [thread for thread in started if _is_running(thread)], "a QThread still runs"
    left = [
        thread
        for thread in threading.enumerate()
        # Python's name for a thread that Qt or torch made stays in its list when the thread ends.
        if thread not in threads and not isinstance(thread, threading._DummyThread)
    ]
    assert not left, f"Python threads still run: {left}"
    if set(_windows()) - windows:
        gc.collect()
        _delete_what_is_to_be()
    left = [f"{type(window).__name__} “{window.windowTitle()}”" for window in set(_windows()) - windows]
    assert not left, f"windows are left: {left}"


@pytest.fixture
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, kept models and logs in folders that no other test has seen."""
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path


@pytest.fixture
def make_window(qtbot: QtBot, qapp: QApplication, own_settings: Path) -> Iterator[MakeWindow]:
    """Makes windows as a start does, each with the settings that the one before left.

    With ``ready=False`` torch has not been asked for yet.
    """
    from aedesk.ui.main_window import MainWindow
    from aedesk.ui.settings import Settings
    from tests.ui.driving import quiet

    made: list[MainWindow] = []
    if theme.choice() != "light":
        theme.apply(qapp, "light")

    def make(ready: bool = True) -> MainWindow:
        window = MainWindow(Settings())
        made.append(window)
        with qtbot.waitExposed(window):
            window.show()
        if ready:
            window.load_engine()
            quiet(qtbot)
        return window

    yield make
    for window in made:
        window.desk.stop_and_wait()
    for _ in range(3):  # what ends may have asked for more
        QThreadPool.globalInstance().waitForDone(_PATIENCE_MS)
        qapp.processEvents()
    for window in made:
        window.hide()  # closing would ask about a run that a failed test left
        window.deleteLater()
    made.clear()
    _delete_what_is_to_be()


@pytest.fixture
def window(make_window: MakeWindow) -> "MainWindow":
    """The window as at the first start."""
    return make_window()


def _windows() -> list[QWidget]:
    """The windows there are, but for menus: pyqtgraph's wait for Python to collect their plot."""
    return [widget for widget in QApplication.topLevelWidgets() if not isinstance(widget, QMenu)]


def _is_running(thread: QThread) -> bool:
    try:
        return thread.isRunning()
    except RuntimeError:
        return False  # deleted


def _delete_what_is_to_be() -> None:
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


@pytest.fixture
def desk(qtbot: QtBot) -> "Iterator[Desk]":
    from aedesk.ui.desk import Desk
    from tests.ui.driving import quiet

    made = Desk()
    yield made
    made.stop_and_wait()
    quiet(qtbot)
    made.deleteLater()


@pytest.fixture
def said(desk: "Desk") -> list[str]:
    """The sentences for the user."""
    sentences: list[str] = []
    desk.problem.connect(sentences.append)
    return sentences


@pytest.fixture
def both_looks():
    """The application dressed by the test, and undressed afterwards."""
    app = QApplication.instance()
    yield lambda choice: theme.apply(app, choice)
    theme.apply(app, "light")
