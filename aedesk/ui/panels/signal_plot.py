"""A signal before and after cleaning, above what was removed, however long it is."""

from dataclasses import replace

import numpy as np
from PySide6.QtWidgets import QVBoxLayout, QWidget

from aedesk.ui.views.curve_key import CurveStyle
from aedesk.ui.views.lanes import Lanes

NOISY = CurveStyle(lambda look: look.muted, 1.0, 0.7)
CLEAN = CurveStyle(lambda look: look.curve_colours[0], 2.0)
CLEAN_FROM_AFAR = replace(CLEAN, width=1.0)
REMOVED = CurveStyle(lambda look: look.curve_colours[1])


class SignalPlot(QWidget):
    """Draws a signal; once it is cleaned, the clean one over it and the removed part below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._x = np.empty(0)
        self._values = np.empty(0)
        self.lanes = Lanes(self)
        self.lanes.add_curve("noisy", self.tr("As recorded"), NOISY, long=True)
        self.lanes.add_curve("clean", self.tr("Clean"), CLEAN, long=True)
        self.lanes.add_curve("removed", self.tr("Removed"), REMOVED, lower=True, long=True)
        self.lanes.upper.getViewBox().sigXRangeChanged.connect(self._on_range_changed)
        self.setMinimumHeight(6 * self.fontMetrics().lineSpacing())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.lanes)

    def show_signal(self, values: np.ndarray, name: str, step: float | None) -> None:
        """Show a signal ``[t]``, with ``step`` seconds between its samples where that is known."""
        self._values = values
        self._x = np.arange(len(values)) * (step or 1.0)
        time = self.tr("Time (samples)") if step is None else self.tr("Time (s)")
        self.lanes.clear()
        self.lanes.set_labels(name, self.tr("Removed"), time)
        self.lanes.show_lower(False)
        self.lanes.feed("noisy", self._x, values)
        last = max(len(values) - 1, 1) * (step or 1.0)
        self.lanes.set_span(0.0, last, 8 * (step or 1.0))

    def signal(self) -> np.ndarray:
        """What is shown as recorded, ``[t]``."""
        return self._values

    def show_cleaned(self, cleaned: np.ndarray) -> None:
        """Show what became of the signal, ``[t]``; the view stays where it is."""
        self.lanes.feed("clean", self._x, cleaned)
        self.lanes.feed("removed", self._x, self._values - cleaned)
        self.lanes.show_lower(True)

    def clear(self) -> None:
        """Show nothing, not even the names of the axes."""
        self._x = self._values = np.empty(0)
        self.lanes.clear()
        self.lanes.set_labels("", "", "")
        self.lanes.show_lower(False)

    def _on_range_changed(self) -> None:
        """Draw the clean curve boldly where its course can be seen.

        From afar it is a band in any case, and Qt takes ten times as long for a wide pen.
        """
        box = self.lanes.upper.getViewBox()
        start, end = box.viewRange()[0]
        samples = (end - start) / (self._x[1] - self._x[0]) if len(self._x) > 1 else 0
        near = samples < 4 * max(box.width(), 1)
        self.lanes.set_style("clean", CLEAN if near else CLEAN_FROM_AFAR)
