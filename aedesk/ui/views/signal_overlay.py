"""Windows of a signal: what went in, what came back, and what was removed."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from aedesk.ui.views.compared import Compared
from aedesk.ui.views.curve_key import CurveStyle
from aedesk.ui.views.lanes import Lanes
from aedesk.ui.views.window_axis import WindowAxis

if TYPE_CHECKING:
    from aedesk.data.dataset import Dataset

MOST = 8
_WIDTH = 150  # of a window on the screen

# What may be noisy has a pen of width 1: Qt draws wider ones ten times as slowly.
ORIGINAL = CurveStyle(lambda look: look.curve_colours[2], 1.5)
CORRUPTED = CurveStyle(lambda look: look.muted, 1.0, 0.6)
RECONSTRUCTED = CurveStyle(lambda look: look.curve_colours[0], 2.0)
TWIN = CurveStyle(lambda look: look.curve_colours[3], 1.0, 0.7)
REMOVED = CurveStyle(lambda look: look.curve_colours[1])


class SignalOverlay(QWidget):
    """Draws some windows side by side, each at its own time, above what the network removed.

    Windows that follow on from each other are drawn as the one signal they are. Of several channels
    that are seen together one is drawn, which a list above offers.
    Signals: ``count_changed`` carries how many windows there is room for, when that changes.
    """

    count_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step: float | None = None
        self._name = ""
        self._count = 1
        self.lanes = Lanes(self, WindowAxis)
        lanes = self.lanes
        lanes.add_curve("corrupted", self.tr("Corrupted"), CORRUPTED)
        lanes.add_curve("original", self.tr("Original"), ORIGINAL, antialias=True)
        lanes.add_curve("twin", self.tr("PCA"), TWIN, antialias=True)
        lanes.add_curve("reconstructed", self.tr("Reconstruction"), RECONSTRUCTED, antialias=True)
        lanes.add_curve("removed", self.tr("Removed"), REMOVED, lower=True, antialias=True)
        lanes.show_lower(True)
        self.channel = QComboBox(self)
        self.channel.setAccessibleName(self.tr("Channel"))
        self.channel.setToolTip(self.tr("Which of the channels that the network sees together is drawn here."))
        self.channel.activated.connect(self._on_channel_chosen)
        self.channel.hide()
        self._samples: Compared | None = None
        lanes.add_beside_key(self.channel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(lanes)

    def show_dataset(self, dataset: "Dataset") -> None:
        """Get ready for the windows of a data set."""
        recording = dataset.recording
        self._step = None if recording is None else recording.step
        names = recording.names if recording is not None and len(dataset.shape) > 1 else ()
        self._name = "" if recording is None else recording.name
        self.channel.clear()
        self.channel.addItems(list(names))
        self.channel.setVisible(len(names) > 1)
        self._label()
        self.clear()

    def _label(self) -> None:
        time = self.tr("Time (samples)") if self._step is None else self.tr("Time (s)")
        name = self.channel.currentText() or self._name or self.tr("Signal")
        self.lanes.set_labels(name, self.tr("Removed"), time)

    def _on_channel_chosen(self) -> None:
        self._label()
        if self._samples is not None:
            self.show_samples(self._samples)

    def show_samples(self, samples: Compared) -> None:
        """Show some windows beside what became of them."""
        self._samples = samples
        rows = samples.rows[:MOST]
        window = samples.original.shape[1]
        step = self._step or 1.0
        # Neighbours that follow on are joined; others stand apart, in the order they came in.
        joined = bool(np.all(np.diff(rows) == window))
        gap = 0 if joined else max(1, window // 12)
        starts = (int(rows[0]) + np.arange(len(rows)) * (window + gap)) * step
        x = starts[:, None] + np.arange(window + gap) * step
        lanes = self.lanes
        for plot in (lanes.upper, lanes.lower):
            plot.getAxis("bottom").set_windows(starts, rows * step)
        lanes.key.set_text("twin", self.tr("PCA with {n}").format(n=samples.twin_size))
        channel = max(0, self.channel.currentIndex())
        lanes.feed("corrupted", x.ravel(), _laid_out(samples.corrupted, gap, channel))
        lanes.feed("original", x.ravel(), _laid_out(samples.original, gap, channel))
        lanes.feed("twin", x.ravel(), _laid_out(samples.twin, gap, channel))
        lanes.feed("reconstructed", x.ravel(), _laid_out(samples.reconstructed, gap, channel))
        lanes.feed("removed", x.ravel(), _laid_out(samples.seen - samples.reconstructed, gap, channel))
        lanes.set_span(float(x[0, 0]), float(x[-1, window - 1]), 4 * step)

    def clear(self) -> None:
        """Show nothing."""
        self._samples = None
        self.lanes.clear()

    def column_count(self) -> int:
        """How many windows there is room for, side by side."""
        return self._count

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        count = int(np.clip(self.width() // _WIDTH, 1, MOST))
        if count != self._count:
            self._count = count
            self.count_changed.emit(count)


def _laid_out(windows: np.ndarray | None, gap: int, channel: int) -> np.ndarray | None:
    """Windows ``[r, w]``, or of ``[r, w, c]`` one channel, in a line, each with a gap of NaN behind it."""
    if windows is None:
        return None
    if windows.ndim > 2:
        windows = windows[..., channel]
    return np.pad(windows[:MOST], ((0, 0), (0, gap)), constant_values=np.nan).ravel()
