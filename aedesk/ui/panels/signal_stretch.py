"""A stretch of the signal, chosen with the mouse on the lanes."""

import pyqtgraph as pg
from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from aedesk.ui import theme
from aedesk.ui.icon_button import IconButton
from aedesk.ui.views.lanes import Lanes

_SHARE = 0.2  # of what is in view


class StretchPicker(IconButton):
    """A button that lays a stretch over all lanes; its edges and its middle can be dragged.

    Signals: ``stretch_changed`` carries where it begins and ends along x, or None when it is taken away.
    """

    stretch_changed = Signal(object)

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__("stretch", "", "", parent)
        self.setText(self.tr("Select a stretch"))
        self.setAccessibleName(self.tr("Select a stretch"))
        self.setToolTip(
            self.tr(
                "Select a stretch: its spectrum is drawn on the page “Spectrum” and, of a sound, only it is "
                "played. Where the signal is silent, that is the profile of the noise."
            )
        )
        self.setCheckable(True)
        self._lanes = lanes
        self._regions = []
        for plot in lanes.plots:
            region = pg.LinearRegionItem(swapMode="sort")
            region.setZValue(5)
            region.hide()
            plot.addItem(region, ignoreBounds=True)
            region.sigRegionChanged.connect(self._on_moved)
            region.sigRegionChangeFinished.connect(self._on_finished)
            self._regions.append(region)
        self.toggled.connect(self._on_toggled)
        theme.signals().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def stretch(self) -> tuple[float, float] | None:
        """Where it begins and ends along x, or None."""
        return tuple(self._regions[0].getRegion()) if self.isChecked() else None

    def take_away(self) -> None:
        """Select nothing, without saying so."""
        with QSignalBlocker(self):
            self.setChecked(False)
        self._show(False)

    def _on_toggled(self, on: bool) -> None:
        if on:
            start, end = self._lanes.upper.getViewBox().viewRange()[0]
            middle, half = (start + end) / 2, (end - start) * _SHARE / 2
            self._set(middle - half, middle + half)
        self._show(on)
        self.stretch_changed.emit(self.stretch())

    def _on_moved(self, moved: pg.LinearRegionItem) -> None:
        self._set(*moved.getRegion())

    def _on_finished(self) -> None:
        self.stretch_changed.emit(self.stretch())

    def _set(self, start: float, end: float) -> None:
        for region in self._regions:
            if tuple(region.getRegion()) != (start, end):
                with QSignalBlocker(region):
                    region.setRegion((start, end))
                    region.update()

    def _show(self, shown: bool) -> None:
        for region in self._regions:
            region.setVisible(shown)

    @Slot()
    def _on_theme_changed(self) -> None:
        colour = QColor(theme.current().curve_colours[2])
        for region in self._regions:
            for line in region.lines:
                line.setPen(pg.mkPen(colour, width=1.5))
                line.setHoverPen(pg.mkPen(colour, width=3))
            for alpha, use in ((0.12, region.setBrush), (0.2, region.setHoverBrush)):
                shade = QColor(colour)
                shade.setAlphaF(alpha)
                use(shade)
