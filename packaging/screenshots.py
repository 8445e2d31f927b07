"""Makes the README's pictures: the real window, at its everyday jobs.

``python packaging/screenshots.py [FOLDER] [--theme dark]`` with AEDesk installed; takes about five minutes.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp()  # the layout of a first start

import numpy as np
from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest

from aedesk import paths
from aedesk.commands.train import chosen_recipe
from aedesk.ui import theme
from aedesk.ui.app import make_application
from aedesk.ui.main_window import MainWindow

_THREE = [(0.3, 0.25), (0.5, 0.15), (0.68, 0.28), (0.6, 0.44), (0.45, 0.5),
          (0.62, 0.56), (0.7, 0.72), (0.5, 0.86), (0.28, 0.78)]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent / "screenshots")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--size", default="1440x900")
    options = parser.parse_args()
    options.folder.mkdir(exist_ok=True)
    app = make_application()
    theme.apply(app, options.theme)
    window = MainWindow()
    window.resize(*map(int, options.size.split("x")))
    window.show()
    window.reset_layout()
    wait(300)
    window.load_engine()
    wait(5000)
    picture_map(window, options.folder / "map.png")
    picture_generate(window, options.folder / "generate.png")
    picture_pad(window, options.folder / "pad.png")
    picture_signal(window, options.folder / "signal.png")
    window.desk.saved()
    window.close()


def wait(milliseconds: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def train(window: MainWindow, name: str, *assignments: str) -> None:
    """Train a recipe to its end and wait for its figures."""
    window.panels.builder.set_recipe(chosen_recipe(name, list(assignments)))
    loop = QEventLoop()
    connection = window.desk.measured.connect(lambda _: loop.quit())
    window.presenter.train()
    loop.exec()
    window.desk.measured.disconnect(connection)
    wait(1500)


def picture_map(window: MainWindow, path: Path) -> None:
    """The window in the middle of learning a map of the digits."""
    window.panels.builder.set_recipe(chosen_recipe("digits-map", []))
    window.presenter.train()
    wait(16_000)
    window.grab().save(str(path))
    window.desk.stop()
    wait(4000)


def picture_pad(window: MainWindow, path: Path) -> None:
    """A digit drawn and encoded in 49 numbers."""
    train(window, "digits-dense", "training.epochs=4")
    paper = window.panels.pad.drawing
    points = [QPoint(round(x * paper.width()), round(y * paper.height())) for x, y in _THREE]
    QTest.mousePress(paper, Qt.MouseButton.LeftButton, pos=points[0])
    for start, end in zip(points, points[1:], strict=False):
        for share in np.linspace(0, 1, 8):
            QTest.mouseMove(paper, start + (end - start) * float(share))
            wait(5)
    QTest.mouseRelease(paper, Qt.MouseButton.LeftButton, pos=points[-1])
    wait(4000)
    window.grab().save(str(path))


def picture_signal(window: MainWindow, path: Path) -> None:
    """A noisy heartbeat, cleaned by what it teaches itself."""
    panel = window.panels.signal
    window.presenter.open_signal(paths.resource("examples", "ecg_noisy.csv"))
    wait(1500)
    panel.actions.train.click()
    while panel.views.table.rowCount() < 2:
        wait(500)
    panel.plot.lanes.upper.setXRange(20.0, 24.0, padding=0)
    wait(1000)
    window.grab().save(str(path))


def picture_generate(window: MainWindow, path: Path) -> None:
    """Digits drawn from a variational map, whose plane is decoded, beside what Health says."""
    train(window, "digits-vae-map", "training.epochs=8")
    window.docks.generate.raise_()
    window.docks.health.raise_()
    window.panels.latent_map.controls.plane.setChecked(True)
    wait(8000)
    window.grab().save(str(path))
    window.docks.reset()


if __name__ == "__main__":
    sys.exit(main())
