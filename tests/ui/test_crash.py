"""Bugs: they are shown once and logged, and the window stays."""

import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from aedesk import __version__, paths
from aedesk.ui.dialogs.crash import CrashReporter
from tests import small
from tests.ui.driving import button, press, show_recipe, train


@pytest.fixture
def reporter(qapp: QApplication, own_settings: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[CrashReporter]:
    """Not installed yet: that is for the test itself, since pytest-qt has hooks of its own around it."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    log = logging.getLogger("aedesk")
    monkeypatch.setattr(log, "handlers", [])
    made = CrashReporter(qapp)
    yield made
    for handler in log.handlers:
        handler.close()
    made.deleteLater()


def dialogs() -> list[QMessageBox]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMessageBox) and widget.isVisible()]


def shown(qtbot: QtBot) -> QMessageBox:
    """The dialog of a bug."""
    qtbot.waitUntil(lambda: bool(dialogs()))
    [dialog] = dialogs()
    return dialog


def close(qtbot: QtBot, dialog: QMessageBox) -> None:
    press(dialog, "Close")
    qtbot.waitUntil(lambda: not dialogs())


def fail() -> None:
    raise ZeroDivisionError("a bug in a slot")


def report(error: Exception) -> None:
    """As Python reports what nobody caught."""
    try:
        raise error
    except Exception:
        sys.excepthook(*sys.exc_info())


def test_a_bug_in_a_slot_is_shown_and_the_window_stays(reporter, window, qtbot):
    reporter.install()
    QTimer.singleShot(0, window, fail)
    dialog = shown(qtbot)
    assert window.isVisible() and dialog.isModal()
    details = dialog.detailedText()
    assert "ZeroDivisionError: a bug in a slot" in details and "in fail" in details
    assert details.startswith(f"AEDesk {__version__}, ")
    assert str(paths.logs()) in dialog.informativeText()
    log = (paths.logs() / "aedesk.log").read_text("utf-8")
    assert "ERROR" in log and "a bug in a slot" in log
    press(dialog, "Copy details")
    assert QApplication.clipboard().text() == details
    qtbot.waitUntil(lambda: not dialogs())
    show_recipe(window, small.recipe("table"))
    assert train(qtbot, window).history.epochs == 2, "one can go on"


def test_one_dialog_at_a_time_and_every_bug_in_the_log(reporter, qtbot):
    reporter.install()
    for number in range(3):
        report(ValueError(f"bug {number}"))
    dialog = shown(qtbot)
    assert "bug 0" in dialog.detailedText()
    close(qtbot, dialog)
    log = (paths.logs() / "aedesk.log").read_text("utf-8")
    assert all(f"bug {number}" in log for number in range(3))
    report(ValueError("a later one"))
    again = shown(qtbot)
    assert "a later one" in again.detailedText()
    close(qtbot, again)


def test_a_bug_in_another_thread_is_shown_in_the_windows(reporter, qtbot):
    reporter.install()
    thread = threading.Thread(target=fail)
    thread.start()
    dialog = shown(qtbot)
    thread.join()
    assert dialog.thread() is QApplication.instance().thread()
    assert "a bug in a slot" in dialog.detailedText()
    close(qtbot, dialog)


def test_a_bug_in_slow_work_is_shown_and_the_desk_is_not_stuck(reporter, window, qtbot, monkeypatch):
    reporter.install()
    monkeypatch.setattr("aedesk.data.loading.load", lambda _: fail())
    show_recipe(window, small.recipe("table"))
    press(window.panels.run_bar, "Train")
    close(qtbot, shown(qtbot))
    assert window.desk.state == "idle" and button(window.panels.run_bar, "Train").isEnabled()


def test_an_interruption_closes_the_window_without_a_dialog(reporter, qtbot, monkeypatch):
    asked = []
    monkeypatch.setattr(QApplication, "quit", lambda: asked.append(1))
    reporter.report(KeyboardInterrupt, KeyboardInterrupt(), None)
    qtbot.wait(20)
    assert asked and not dialogs()


def test_a_log_that_cannot_be_written_stops_nothing(reporter, qtbot, monkeypatch):
    def refuse() -> None:
        raise PermissionError("The disk is read only.")

    with monkeypatch.context() as patch:
        patch.setattr(paths, "logs", refuse)
        reporter.install()
    report(ValueError("without a log"))
    close(qtbot, shown(qtbot))
