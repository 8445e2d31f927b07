"""The bands of the loss plot in which single layers learned."""

from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QApplication

from aedesk.ui import theme
from aedesk.ui.theme import SPACE_S
from aedesk.ui.views.loss_curves import Band

_TOP = 0.94  # of the height, where the words stand
_TINT = 90  # of 255


@dataclass(frozen=True)
class _Items:
    region: pg.LinearRegionItem
    line: pg.InfiniteLine


class StageBands(QObject):
    """Tinted stretches of the plot with a layer's name in each; the words give way where it is narrow."""

    def __init__(self, plot: pg.PlotWidget) -> None:
        super().__init__(plot)
        self._plot = plot
        self._bands: list[Band] = []
        self._items: list[_Items] = []
        plot.getViewBox().sigXRangeChanged.connect(self._on_range_changed)
        plot.getViewBox().sigResized.connect(self._on_range_changed)
        theme.signals().changed.connect(self._on_theme_changed)

    def show_bands(self, bands: list[Band]) -> None:
        """The bands there are now."""
        while len(self._items) < len(bands):
            self._items.append(self._make(len(self._items)))
        for items, band in zip(self._items, bands, strict=False):
            items.region.setRegion((band.start, band.end))
            items.line.setValue(band.start)
        for number, items in enumerate(self._items):
            items.region.setVisible(number < len(bands))
            items.line.setVisible(number < len(bands))
        self._bands = list(bands)
        self._on_range_changed()

    def words(self) -> list[str]:
        """What stands in the bands."""
        return [items.line.label.format for items, _ in zip(self._items, self._bands, strict=False)]

    def _make(self, number: int) -> _Items:
        region = pg.LinearRegionItem(movable=False, pen=pg.mkPen(None))
        region.setZValue(-20)
        line = pg.InfiniteLine(
            angle=90, label="", labelOpts={"position": _TOP, "anchors": [(0, 0.5), (0, 0.5)]}
        )
        line.setZValue(-10)
        line.label.setFont(self._font())
        for item in (region, line):
            self._plot.addItem(item, ignoreBounds=True)
        items = _Items(region, line)
        self._dress(items, number)
        return items

    def _font(self) -> object:
        font = QApplication.font()
        font.setPointSizeF(font.pointSizeF() * 0.9)
        return font

    def _dress(self, items: _Items, number: int) -> None:
        look = theme.current()
        tint = QColor(look.hover if number % 2 else look.pressed)
        tint.setAlpha(_TINT)
        items.region.setBrush(tint)
        items.line.setPen(pg.mkPen(look.plot_grid))
        items.line.label.setColor(look.muted)

    @Slot()
    def _on_theme_changed(self) -> None:
        for number, items in enumerate(self._items):
            self._dress(items, number)

    @Slot()
    def _on_range_changed(self) -> None:
        """Name a band as well as its width on the screen allows."""
        pixel = self._plot.getViewBox().viewPixelSize()[0]
        metrics = QFontMetricsF(self._font())
        for items, band in zip(self._items, self._bands, strict=False):
            room = (band.end - band.start) / pixel - SPACE_S if pixel else 0
            own = [self.tr("Layer {n}, own scale").format(n=band.layer)] if band.scale != 1 else []
            choices = (*own, self.tr("Layer {n}").format(n=band.layer), str(band.layer), "")
            text = next(text for text in choices if not text or metrics.horizontalAdvance(text) <= room)
            if items.line.label.format != text:
                items.line.label.setFormat(text)
