"""A network that looks at every value alone: what it makes of each."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from aedesk.ui import theme
from aedesk.ui.views.compared import Compared
from aedesk.ui.views.curve_key import CurveKey
from aedesk.ui.views.plots import ThemedPlot
from aedesk.ui.views.signal_overlay import ORIGINAL, RECONSTRUCTED, TWIN

if TYPE_CHECKING:
    from aedesk.data.dataset import Dataset

COUNT = 256

_STYLES = {
    "original": replace(ORIGINAL, width=6, opacity=0.45, mark="dot"),
    "twin": replace(TWIN, width=6, mark="dot"),
    "reconstructed": replace(RECONSTRUCTED, width=6, mark="dot"),
}


class ValueScatter(QWidget):
    """Draws value out against value in. On the dashed line, what came back is what went in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self.key = CurveKey(self)
        self.plot = ThemedPlot(self)
        self.plot.setToolTip(
            self.tr("Every dot is one sample: what the network saw across, what it gave back upwards.")
        )
        self._same = pg.PlotDataItem()
        self.plot.addItem(self._same, ignoreBounds=True)
        self._dots = {name: pg.ScatterPlotItem(size=5, pxMode=True) for name in _STYLES}
        names = (self.tr("Original"), self.tr("PCA"), self.tr("Reconstruction"))
        for (key, dots), text in zip(self._dots.items(), names, strict=True):
            self.plot.addItem(dots)
            self.key.add(key, text, _STYLES[key])
        self.key.toggled.connect(lambda key, on: self._dots[key].setVisible(on))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.key)
        layout.addWidget(self.plot)
        theme.signals().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_dataset(self, dataset: "Dataset") -> None:
        """Get ready for the values of a data set."""
        name = dataset.recording.name if dataset.recording is not None else self.tr("value")
        self.plot.setLabel("bottom", self.tr("{name} in").format(name=name))
        self.plot.setLabel("left", self.tr("{name} out").format(name=name))
        self.clear()

    def show_samples(self, samples: Compared) -> None:
        """Show what became of some values ``[r, 1]``."""
        self.key.set_text("twin", self.tr("PCA with {n}").format(n=samples.twin_size))
        seen = samples.seen[:, 0]
        self._feed("original", seen, None if samples.corrupted is None else samples.original)
        self._feed("twin", seen, samples.twin)
        self._feed("reconstructed", seen, samples.reconstructed)
        finite = seen[np.isfinite(seen)]
        ends = np.array([finite.min(), finite.max()]) if finite.size else np.empty(0)
        self._same.setData(ends, ends)

    def clear(self) -> None:
        """Show nothing."""
        for name in self._dots:
            self._feed(name, np.empty(0), None)
        self._same.setData([], [])

    def column_count(self) -> int:
        """How many values make a picture."""
        return COUNT

    def _feed(self, name: str, seen: np.ndarray, out: np.ndarray | None) -> None:
        self.key.set_present(name, out is not None)
        if out is None:
            self._dots[name].setData([], [])
            return
        finite = np.isfinite(out[:, 0]) & np.isfinite(seen)
        self._dots[name].setData(seen[finite], out[finite, 0])

    @Slot()
    def _on_theme_changed(self) -> None:
        for name, dots in self._dots.items():
            dots.setPen(None)
            dots.setBrush(_STYLES[name].pen().color())
        pen = pg.mkPen(QColor(theme.current().muted), width=1, style=Qt.PenStyle.DashLine)
        self._same.setPen(pen)
        self.key.update()
