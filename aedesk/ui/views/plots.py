"""Plots in the look of the theme."""

import pyqtgraph as pg
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QWidget

from aedesk.ui import theme
from aedesk.ui.theme import SPACE_M, SPACE_S, SPACE_XS


class ThemedPlot(pg.PlotWidget):
    """A plot that follows the theme, without pyqtgraph's own menu and buttons.

    Who puts something into it gives that the theme's colours, again on `theme.signals().changed`.
    A subclass connects a slot of its own to that: one that overrides a connected slot would still
    be called when the plot is gone (PySide 6.11).
    """

    def __init__(
        self, parent: QWidget | None = None, axes: dict[str, pg.AxisItem] | None = None
    ) -> None:
        super().__init__(parent, axisItems=axes)
        self.setFrameShape(QFrame.Shape.NoFrame)
        item = self.getPlotItem()
        item.setContentsMargins(SPACE_XS, SPACE_S, SPACE_M, SPACE_XS)
        self.setMenuEnabled(False)
        for side in ("left", "bottom"):
            axis = item.getAxis(side)
            axis.setStyle(maxTickLevel=1)
            axis.enableAutoSIPrefix(False)
        theme.style_plot(self)
        theme.signals().changed.connect(self._on_theme_changed)

    @Slot()
    def _on_theme_changed(self) -> None:
        theme.style_plot(self)


def themed_plot(parent: QWidget | None = None) -> ThemedPlot:
    """An empty plot in the theme's colours, from now on."""
    return ThemedPlot(parent)
