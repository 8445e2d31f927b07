"""A page of the signal desk: whether what was removed is noise, and how much better the signal became."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from aedesk.data.readable import readable
from aedesk.ui import theme
from aedesk.ui.panels.signal_page import SeenPage
from aedesk.ui.panels.signal_seen import Seen
from aedesk.ui.panels.signal_verdict import detail, headline
from aedesk.ui.panels.signal_words import text_line
from aedesk.ui.theme import SPACE_XS
from aedesk.ui.views.lane_axis import HeightAxis, LengthAxis
from aedesk.ui.views.plots import ThemedPlot

if TYPE_CHECKING:
    from aedesk.analysis.quality import Quality
    from aedesk.analysis.removed import Removed

_ROOM_FOR_DETAIL = 12  # lines of text
_ROLES = {"noise": "good", "signal": "error"}


class RemovedPage(SeenPage):
    """The autocorrelation of what was removed with the band of pure chance, a verdict, and the noise in figures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_examined, parent)
        self.verdict, self.detail, self.figures = (text_line(self, role) for role in ("", "", "muted"))
        larger = self.font()
        larger.setPointSizeF(larger.pointSizeF() * 1.1)
        self.verdict.setFont(larger)
        self.plot = ThemedPlot(self, {"left": HeightAxis(), "bottom": LengthAxis("bottom")})
        self.plot.getAxis("left").set_name(self.tr("Autocorrelation"))
        self.plot.setToolTip(
            self.tr(
                "How much each removed sample has to do with the one so far behind it. Of noise, about 95\u202f% of the "
                "bars lie within the band. What a weak filter takes off even pure chance is alike from sample to "
                "sample, so that where the method was tried on fresh noise, the band is that of what it took off there. "
                "Bars that stray from it by less than a tenth still count as noise."
            )
        )
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.getAxis("bottom").setHeight(self.plot.getAxis("bottom").line_height())
        for side in ("left", "bottom"):
            self.plot.getAxis(side).setZValue(-1)  # the grid lies below the bars
        self._bars = pg.BarGraphItem(x=[], height=[], width=0.6)
        self._band = pg.LinearRegionItem(orientation="horizontal", movable=False)
        self._band.setZValue(-5)
        self._zero = pg.InfiniteLine(0, angle=0)
        self._edges = pg.PlotCurveItem(), pg.PlotCurveItem()
        self._between = pg.FillBetweenItem(*self._edges)
        self._between.setZValue(-5)
        for item in (self._band, self._between, *self._edges, self._zero, self._bars):
            self.plot.addItem(item)
        self._band_name = pg.TextItem(anchor=(1, 0))
        self.plot.addItem(self._band_name, ignoreBounds=True)
        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_XS)
        layout.addStretch()
        for widget in (self.verdict, self.detail, self.figures):
            layout.addWidget(widget)
            widget.show()
        layout.addWidget(self.plot, 1)
        layout.addStretch(1)
        theme.signals().changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self._show_nothing()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        """In a low place the bars need the room of the lesser words, which a tooltip tells there."""
        roomy = self.height() >= _ROOM_FOR_DETAIL * self.fontMetrics().height() or self.plot.isHidden()
        self.detail.setVisible(roomy)
        self.verdict.setToolTip("" if roomy else self.detail.text())
        self.plot.getAxis("left").showLabel(roomy)

    def _is_to_be_seen(self, seen: Seen) -> bool:
        return seen.full is not None

    def _show_found(self, found: "tuple[Removed | None, Quality | None]") -> None:
        removed, quality = found
        step = self._seen.step
        self._say(headline(removed), _ROLES.get(removed.kind, "warning") if removed else "muted")
        self.detail.setText(detail(removed, step))
        self.figures.setText(_figures(quality, self._seen) if quality else "")
        self.figures.setVisible(quality is not None)
        self.plot.setVisible(removed is not None)
        self._give_room()
        if removed is None:
            return
        count, unit = len(removed.autocorrelation), step or 1.0
        lags = np.arange(1, count + 1) * unit
        self._bars.setOpts(x=lags, height=removed.autocorrelation, width=0.6 * unit)
        self._show_band(removed, lags)
        end = (count + 1) * unit
        highest = max(float(np.abs(part).max()) for part in (removed.autocorrelation, removed.expected) if part is not None)
        reach = max(highest, 2 * removed.band) * 1.25
        self.plot.setRange(xRange=(0, end), yRange=(-reach, reach), padding=0)
        self._band_name.setPos(end, reach)
        self.plot.setLabel("bottom", self.tr("Lag (s)") if step else self.tr("Lag (samples)"))

    def _show_band(self, removed: "Removed", lags: np.ndarray) -> None:
        """Where the bars of noise lie: around nothing, or around what the method takes off noise that was drawn."""
        tried = removed.expected is not None
        self._band.setRegion((-removed.band, removed.band))
        self._band.setVisible(not tried)
        for item in (*self._edges, self._between):
            item.setVisible(tried)
        if tried:
            for edge, side in zip(self._edges, (-1, 1), strict=True):
                edge.setData(lags, removed.expected + side * removed.band)
        self._band_name.setText(
            self.tr("Between the dashed lines: 95\u202f% of noise, cleaned in the same way")
            if tried
            else self.tr("Between the dashed lines: 95\u202f% of pure chance")
        )

    def _show_nothing(self) -> None:
        self._say(self.tr("Nothing was removed yet."), "muted")
        self.detail.setText(self.tr("Clean the signal, and see here whether only noise was taken off it."))
        self.figures.hide()
        self.plot.hide()
        self._give_room()

    def _say(self, sentence: str, role: str) -> None:
        empty = role == "muted"  # then the words stand in the middle
        for place in (0, self._column.count() - 1):
            self._column.setStretch(place, empty)
        for label in (self.verdict, self.detail):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter if empty else Qt.AlignmentFlag.AlignLeft)
        self.verdict.setText(sentence)
        self.verdict.setProperty("role", role)
        self.verdict.setProperty("headline", not empty)  # by the style sheet: a font would be lost with its next one
        self.verdict.style().polish(self.verdict)

    @Slot()
    def _on_theme_changed(self) -> None:
        look = theme.current()
        self._bars.setOpts(brush=QColor(look.curve_colours[1]), pen=None)
        band = QColor(look.muted)
        self._band_name.setColor(band)
        for line in (*self._band.lines, *self._edges):
            line.setPen(pg.mkPen(band, width=1, style=Qt.PenStyle.DashLine))
        band.setAlphaF(0.14)
        for item in (self._band, self._between):
            item.setBrush(band)
        self._zero.setPen(pg.mkPen(QColor(look.outline), width=1))


def _examined(seen: Seen) -> "tuple[Removed | None, Quality | None]":
    from aedesk.analysis.quality import quality_by_reference, quality_estimated
    from aedesk.analysis.removed import look_at_removed

    if seen.reference is not None:
        quality = quality_by_reference(seen.reference, seen.before, seen.after)
    else:
        quality = quality_estimated(seen.before, seen.removed, seen.share, seen.left, seen.noise)
    if seen.judged is not None and seen.share:  # a share of it is of the same kind
        return seen.judged, quality
    return look_at_removed(seen.removed, seen.after, step=seen.step), quality


def _figures(quality: "Quality", seen: Seen) -> str:
    """The noise and the ratios in a line."""
    tr = partial(QCoreApplication.translate, "RemovedPage")
    noise = f"{readable(quality.noise, 2)} {seen.unit}".strip()
    if quality.estimated and seen.silence is not None:
        noise = tr("{noise} (known from the stretch)").format(noise=noise)
    if quality.after is None:
        text = tr("Noise {noise} RMS; signal-to-noise {before} dB before (estimated).")
    elif quality.estimated:
        text = tr("Noise {noise} RMS; signal-to-noise {before} dB before, {after} dB after (estimated).")
    else:
        text = tr("Noise {noise} RMS; signal-to-noise {before} dB before, {after} dB after (true, by the reference).")
    return text.format(noise=noise, before=_decibels(quality.before), after=_decibels(quality.after))


def _decibels(ratio: float | None) -> str:
    return "" if ratio is None else f"{ratio:.1f}".replace("inf", "∞").replace("-", "−")
