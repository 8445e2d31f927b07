"""What a network tells of a number, against the number itself."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from aedesk.ui import theme
from aedesk.ui.views.latent_colours import one_colour
from aedesk.ui.views.latent_plot import PointPlot


class NumbersPlot(QWidget):
    """A point for each sample: the number across, what was told of it upwards. On the line both agree.

    Signals: ``point_clicked`` has the index of a point.
    """

    point_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = PointPlot(self, pointable=False)
        self.plot.setToolTip(
            self.tr("Every point is a sample. The closer it lies to the line, the better its number was told.")
        )
        self._same = pg.PlotCurveItem()
        self._same.setSegmentedLineMode("off")
        self.plot.add_layer(self._same, height=-1)
        self.plot.point_hovered.connect(self.plot.ring_hovered)
        self.plot.point_clicked.connect(self.point_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot)
        theme.signals().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_name(self, name: str) -> None:
        """Name the number, and wait for it."""
        self.plot.set_axes(self.tr("{name}, true").format(name=name), self.tr("{name}, predicted").format(name=name))
        self.show_numbers(np.empty(0), np.empty(0), fit=True)

    def show_numbers(self, truths: np.ndarray, told: np.ndarray, fit: bool = False) -> None:
        """Show finite numbers ``[m]`` of both kinds."""
        places = np.stack([truths, told], 1).astype(np.float64)
        if len(truths):
            ends = np.array([truths.min(), truths.max()], np.float64)
            self._same.setData(ends, ends)
            self.plot.keep_in_view(np.stack([ends, ends], 1))
        else:
            self._same.setData([], [])
        self.plot.show_points(places, np.zeros(len(places), np.intp), fit)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.plot.cloud.show_colours(one_colour(1).colours())
        self._same.setPen(pg.mkPen(theme.current().muted, width=1.5, style=Qt.PenStyle.DashLine))
