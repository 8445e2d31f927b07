"""Starting as a double click does: what is imported when, and files given on the way."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from time import sleep

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aedesk.files import model_file, recipe_file
from aedesk.files.kept import kept
from aedesk.ui import theme
from aedesk.ui.app import make_application, run_window
from aedesk.ui.dialogs.crash import CrashReporter
from aedesk.ui.main_window import MainWindow
from aedesk.ui.settings import Settings
from tests import small
from tests.ui.driving import quiet

CHECKOUT = Path(__file__).resolve().parents[2]

# Says what is imported when the window is shown, and when it is painted; trains as soon as it can;
# closes it in the middle of that.
A_SHORT_LIFE = """
import json, runpy, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox
import aedesk.ui.main_window as module

def imported():
    heavy = ("torch", "torchvision", "pandas", "sklearn", "scipy", "matplotlib", "safetensors")
    return [name for name in heavy if name in sys.modules]

class Window(module.MainWindow):
    said = {}
    def showEvent(self, event):
        super().showEvent(event)
        self.said["shown"] = imported()
        self.desk.looked.connect(self.close)
    def paintEvent(self, event):
        super().paintEvent(event)
        self.said.setdefault("painted", imported())
    def _on_engine_loaded(self, devices):
        super()._on_engine_loaded(devices)
        self.said["loaded"] = imported()
        self.said["recipe"] = self.panels.builder.recipe().name
        self.presenter.train()
    def closeEvent(self, event):
        self.said["state"] = self.desk.state
        super().closeEvent(event)
        print(json.dumps(self.said))

module.MainWindow = Window
QMessageBox.question = lambda *_: QMessageBox.StandardButton.Yes
runpy.run_module("aedesk", run_name="__main__", alter_sys=True)
"""


def test_from_a_double_click_to_closing_while_it_learns(own_settings, tmp_path):
    recipe_file.write_recipe(small.recipe("image", "training.epochs=100000"), tmp_path / "mine.toml")
    environment = os.environ | {"XDG_CONFIG_HOME": str(tmp_path / "config"), "PYTHONPATH": str(CHECKOUT)}
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", A_SHORT_LIFE, str(tmp_path / "mine.toml")],
        env=environment, capture_output=True, text=True, timeout=60, cwd=tmp_path,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    said = json.loads(ended.stdout)
    assert said["shown"] == said["painted"] == [], "the window is there before anything heavy"
    assert "torch" in said["loaded"] and "matplotlib" not in said["loaded"]
    assert said["recipe"] == "small-image" and said["state"] == "running"
    [model] = kept()
    assert model_file.load(model).recipe.name == "small-image"
    noise = [line for line in ended.stderr.splitlines() if "plugin does not support" not in line]
    assert not noise, "the process ends in peace"


def test_an_interruption_in_the_terminal_closes_an_idle_window(tmp_path):
    code = A_SHORT_LIFE.split("module.MainWindow =")[0] + (
        "module.MainWindow.load_engine = lambda self: print('ready', flush=True)\n"
        "runpy.run_module('aedesk', run_name='__main__', alter_sys=True)"
    )
    environment = os.environ | {"XDG_CONFIG_HOME": str(tmp_path), "PYTHONPATH": str(CHECKOUT)}
    with subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True) as window:
        assert window.stdout.readline() == "ready\n"
        sleep(0.7)  # until it has nothing more to do
        window.send_signal(signal.SIGINT)
        try:
            assert window.wait(10) == 0
        finally:
            window.kill()


@pytest.fixture
def live(qtbot: QtBot, own_settings: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., int]]:
    """Runs the window until ``enough`` of it is true, does something with it, and closes it."""
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)

    def live(files: list[Path], enough: Callable[[MainWindow], bool], then: Callable[[MainWindow], object]) -> int:
        hook, wrong = sys.excepthook, []

        def look() -> None:
            window = QApplication.activeWindow()
            if not isinstance(window, MainWindow):
                return
            try:
                if not enough(window):
                    return
                then(window)
            except Exception as error:
                wrong.append(error)
            timer.stop()
            window.close()

        timer = QTimer(interval=20)
        timer.timeout.connect(look)
        timer.start()
        status = run_window(files)
        sys.excepthook = hook
        timer.stop()
        if wrong:
            raise wrong[0]
        return status

    yield live
    quiet(qtbot)
    for made in (*QApplication.topLevelWidgets(), *QApplication.instance().children()):
        if isinstance(made, (MainWindow, CrashReporter)):
            made.deleteLater()


def test_files_given_at_the_start_are_open_in_the_window(live, tmp_path):
    model, table = tmp_path / "m.aedesk", tmp_path / "t.csv"
    model_file.save(small.trained("image"), model)
    table.write_text("level\n" + "\n".join("123456"), "utf-8")
    Settings().set_theme("dark")

    def enough(window: MainWindow) -> bool:
        return window.desk.dataset is not None and bool(window.panels.signal.file_line.column.count())

    def then(window: MainWindow) -> None:
        assert small.same_weights(window.desk.model(), small.trained("image"))
        assert window.panels.builder.recipe().name == "small-image"
        assert window.panels.signal.file_line.column.currentText() == "level"
        assert theme.current() is theme.DARK, "the look that was chosen last"

    assert live([model, table], enough, then) == 0
    theme.apply(QApplication.instance(), "light")


def test_the_application_has_its_name_and_icon(qapp):
    app = make_application()
    assert app is qapp
    assert app.applicationName() == "aedesk" and app.desktopFileName() == "aedesk"
    assert not app.windowIcon().isNull()
