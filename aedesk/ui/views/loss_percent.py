"""The right side of the loss plot: shares, in per cent."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor

from aedesk.ui import theme
from aedesk.ui.views.loss_axis import PercentAxis

_LEAST_SPAN = 4.0  # per cent
_WORST = -10.0  # what is far below, as R² can be at first, would flatten all the rest


class PercentSide(QObject):
    """A second view box over the plot's own, with its axis on the right while it has something to show."""

    def __init__(self, plot: pg.PlotWidget, axis: PercentAxis) -> None:
        super().__init__(plot)
        self._plot, self._axis = plot, axis
        self.box = pg.ViewBox(enableMenu=False, enableMouse=False)
        self.box.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.box.setZValue(plot.getViewBox().zValue() - 1)  # the pointer is the other one's
        plot.scene().addItem(self.box)
        axis.linkToView(self.box)
        self.box.setXLink(plot.getViewBox())
        plot.getViewBox().sigResized.connect(self._on_resized)
        theme.signals().changed.connect(self._on_theme_changed)
        plot.hideAxis("right")
        self._on_theme_changed()
        self._on_resized()

    def dress(self, colour: QColor, *, in_per_cent: bool) -> None:
        """Give the numbers the colour of the curve they belong to, and write them as is usual for it."""
        self._axis.set_in_per_cent(in_per_cent)
        if self._axis.textPen().color() != colour:
            self._axis.setTextPen(colour)

    def follow(self, heights: list[np.ndarray]) -> None:
        """Keep these curves in view; without any the axis is away."""
        values = np.concatenate(heights) if heights else np.empty(0)
        values = values[np.isfinite(values)]
        self._plot.showAxis("right", bool(len(values)))
        if len(values):
            low, high = float(values.min()), float(values.max())
            low = max(low, min(_WORST, high))
            span = max(high - low, _LEAST_SPAN)
            top = min(high + 0.06 * span, 100 + 0.02 * span)
            self.box.setYRange(top - 1.12 * span, top, padding=0)

    @Slot()
    def _on_theme_changed(self) -> None:
        self._axis.setGrid(False)  # the left axis has one, and two would be a weave

    @Slot()
    def _on_resized(self) -> None:
        main = self._plot.getViewBox()
        self.box.setGeometry(main.sceneBoundingRect())
        self.box.linkedViewChanged(main, pg.ViewBox.XAxis)
