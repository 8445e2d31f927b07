"""How promptly the window answers while ``digits-dense`` trains.

``python -m tests.benchmarks.window`` prints the gaps between the beats of a 5 ms timer in the window's
thread, and the time from a movement of the pen to the reconstruction being painted.
"""

import argparse
import math
import os
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from aedesk.commands.train import chosen_recipe
from aedesk.data.loading import load
from tests.benchmarks.live_window import LiveWindow


class Beats(QObject):
    """A 5 ms timer that notes when it beats."""

    def __init__(self) -> None:
        super().__init__()
        self.times: list[float] = []
        self._timer = QTimer(self, interval=5, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(lambda: self.times.append(perf_counter()))
        self._timer.start()

    def gaps_ms(self) -> np.ndarray:
        return np.diff(self.times) * 1000


class Paints(QObject):
    """Notes when a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.last = 0.0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            # The paint event itself comes after the filter: note the time when it is done.
            QTimer.singleShot(0, self, self._note)
        return False

    def _note(self) -> None:
        self.last = perf_counter()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    recipe = chosen_recipe("digits-dense", ["training.epochs=1000"])
    live = LiveWindow()
    live.begin(recipe, load(recipe.data), part="validation")
    live.wait(3000)

    beats = Beats()
    live.wait(round(options.seconds * 1000))
    gaps = beats.gaps_ms()
    print("| while digits-dense trains | median | 99th percentile | longest | count |")
    print("| --- | --- | --- | --- | --- |")
    print(_row("gap between beats of 5 ms (ms)", gaps), flush=True)

    delays = _stroke(live, options.seconds)
    print(_row("pen moved to reconstruction painted (ms)", delays))
    live.window.desk.stop_and_wait()
    live.wait(500)
    live.close()


def _stroke(live: LiveWindow, seconds: float) -> np.ndarray:
    """Draw on the pad, a movement about 60 times a second; the delays in ms."""
    pad = live.window.panels.pad
    paper, paints = pad.drawing, Paints(pad.results.reconstruction)
    _mouse(paper, QEvent.Type.MouseButtonPress, 0.0)
    delays = []
    end, step = perf_counter() + seconds, 0
    while perf_counter() < end:
        step += 1
        began = perf_counter()
        _mouse(paper, QEvent.Type.MouseMove, step * 0.07)
        while paints.last < began and perf_counter() < began + 1:
            live.wait(1)
        delays.append((perf_counter() - began) * 1000)
        if step % 90 == 0:
            _mouse(paper, QEvent.Type.MouseButtonRelease, step * 0.07)
            pad.clear()
            live.wait(20)
            _mouse(paper, QEvent.Type.MouseButtonPress, step * 0.07)
        live.wait(max(1, round(16 - delays[-1])))
    _mouse(paper, QEvent.Type.MouseButtonRelease, 0.0)
    return np.array(delays)


def _mouse(widget: QWidget, kind: QEvent.Type, angle: float) -> None:
    """A mouse event on a figure of eight over the widget."""
    x = widget.width() * (0.5 + 0.25 * math.sin(2 * angle))
    y = widget.height() * (0.5 + 0.35 * math.cos(angle))
    point = QPointF(x, y)
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
    event = QMouseEvent(
        kind, point, widget.mapToGlobal(point), button, held, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(widget, event)


def _row(name: str, values: np.ndarray) -> str:
    cells = [np.median(values), np.percentile(values, 99), values.max()]
    return f"| {name} | {' | '.join(f'{cell:.1f}' for cell in cells)} | {len(values)} |"


if __name__ == "__main__":
    main()
