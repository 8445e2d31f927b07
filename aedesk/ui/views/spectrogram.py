"""A picture of spectra along time, and the bar that tells its colours."""

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from aedesk.ui import theme
from aedesk.ui.theme import SPACE_XS
from aedesk.ui.views.lane_axis import HeightAxis, LengthAxis
from aedesk.ui.views.plots import ThemedPlot

if TYPE_CHECKING:
    from aedesk.analysis.spectra import Spectrogram

_BAR = 12  # pixels


class SpectrogramPlot(ThemedPlot):
    """Time across, frequency upwards, the level as a colour from paper to ink; gaps stay empty."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, {"left": HeightAxis(), "bottom": LengthAxis("bottom")})
        self._name = name
        self._bottom = ""
        self._last = True
        self.image = pg.ImageItem(axisOrder="col-major")
        self.addItem(self.image)
        self.setToolTip(
            self.tr("Drag to move along, turn the wheel to come closer, double-click to see everything again.")
        )
        self.setMinimumHeight(1)
        self.setAcceptDrops(False)
        self.getPlotItem().setContentsMargins(0, SPACE_XS, SPACE_XS, 0)
        self.showGrid(x=False, y=False)
        box = self.getViewBox()
        box.setMouseEnabled(x=True, y=False)
        box.setDefaultPadding(0)
        theme.signals().changed.connect(self._on_look_changed)
        self._on_look_changed()

    def show_spectrogram(self, found: "Spectrogram | None", low: float, high: float, *, in_seconds: bool) -> None:
        """Show spectra with levels from ``low`` to ``high`` in dB, or nothing."""
        if found is None:
            self.image.clear()
            return
        level = found.level
        self.image.setImage(level, levels=(low, high), autoLevels=False)
        span = found.width * len(level)
        self.image.setRect(QRectF(0, 0, span, found.highest))
        box = self.getViewBox()
        box.setLimits(xMin=0, xMax=span, yMin=0, yMax=found.highest, minXRange=min(4 * found.width, span))
        self.setRange(xRange=(0, span), yRange=(0, found.highest), padding=0)
        unit = self.tr("Hz") if in_seconds else self.tr("cycles/sample")
        self.getAxis("left").set_name(self.tr("{name} ({unit})").format(name=self._name, unit=unit))
        self._bottom = self.tr("Time ({unit})") if in_seconds else self.tr("Time (samples)")
        self.set_last(self._last)

    def set_last(self, last: bool) -> None:
        """Whether this is the lowest of several, which tells the time."""
        self._last = last
        axis = self.getAxis("bottom")
        axis.setStyle(showValues=last)
        axis.setLabel(self._bottom)
        axis.showLabel(last and bool(self._bottom))
        axis.setHeight(axis.line_height() if last else 4)
        left, metrics = self.getAxis("left"), self.fontMetrics()
        left.setWidth(metrics.horizontalAdvance("0.000") + metrics.height() + 14)

    def mouseDoubleClickEvent(self, event: object) -> None:
        box = self.getViewBox()
        limits = box.state["limits"]["xLimits"]
        box.setXRange(*limits, padding=0)

    @Slot()
    def _on_look_changed(self) -> None:
        self.showGrid(x=False, y=False)
        self.image.setLookupTable(theme.colour_ramp(theme.current().sequential))


class LevelBar(QWidget):
    """The colours of spectrograms beside their levels in dB."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low, self._high, self._unit = 0.0, 1.0, ""
        self.setToolTip(self.tr("Which colour stands for which strength, in decibels."))
        self._fit()

    def show_levels(self, low: float, high: float, unit: str) -> None:
        """Tell the levels from ``low`` to ``high``, in words of the unit."""
        self._low, self._high, self._unit = low, high, unit
        self._fit()
        self.update()

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        self.setFixedWidth(_BAR + SPACE_XS + metrics.horizontalAdvance("−000") + metrics.height() + SPACE_XS)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, metrics = theme.current(), self.fontMetrics()
        painter = QPainter(self)
        margin = metrics.height()
        bar = QRectF(0.5, margin / 2, _BAR, self.height() - 2 * margin)
        if bar.height() < margin:
            return
        ramp = theme.colour_ramp(look.sequential)[::-1].copy()
        image = QImage(ramp.data, 1, len(ramp), 3, QImage.Format.Format_RGB888)
        painter.drawImage(bar, image)
        painter.setPen(QColor(look.border))
        painter.drawRect(bar)
        painter.setPen(QColor(look.muted))
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.9)
        painter.setFont(font)
        for level in self._ticks(max(1, int(bar.height() / (2.5 * margin)))):
            y = bar.bottom() - (level - self._low) / (self._high - self._low) * bar.height()
            room = QRectF(bar.right() + SPACE_XS, y - margin / 2, self.width(), margin)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, f"{level:g}".replace("-", "−"))
        painter.translate(self.width() - margin / 2 - 2, bar.center().y())
        painter.rotate(-90)
        long = bar.height()
        painter.drawText(QRectF(-long / 2, -margin / 2, long, margin), Qt.AlignmentFlag.AlignCenter, self._unit)

    def _ticks(self, most: int) -> list[float]:
        """Round levels within the range, no more than so many."""
        span = self._high - self._low
        step = next((step for step in (5, 10, 20, 50, 100) if span / step <= most), span)
        first = np.ceil(self._low / step) * step
        return [float(level) for level in np.arange(first, self._high + 1e-9, step)]
