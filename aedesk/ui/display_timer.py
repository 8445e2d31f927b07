"""The one timer that redraws, no more often than it can afford."""

from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

_SHORTEST = 0.033
_LONGEST = 1.0
_SHARE = 0.04


class DisplayTimer(QObject):
    """Says ``due()`` while it runs: up to 30 times a second, and seldom enough that all the drawing
    that follows takes a small share of the time, so that training keeps the processor."""

    due = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._on_timeout)
        self._running = False

    def start(self) -> None:
        if not self._running:
            self._running = True
            self._timer.start(0)

    def stop(self) -> None:
        self._running = False
        self._timer.stop()

    def _on_timeout(self) -> None:
        began = perf_counter()
        self.due.emit()
        # Painting comes after this returns and before a timer of zero fires: both are counted.
        QTimer.singleShot(0, self, lambda: self._on_drawn(perf_counter() - began))

    def _on_drawn(self, cost: float) -> None:
        if self._running:
            pause = min(max(_SHORTEST, cost / _SHARE) - cost, _LONGEST)
            self._timer.start(max(1, round(pause * 1000)))
