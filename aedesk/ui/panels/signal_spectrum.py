"""A page of the signal desk: the power spectral density of before, after and removed."""

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from aedesk.data.readable import readable
from aedesk.ui import theme
from aedesk.ui.panels.signal_page import SeenPage
from aedesk.ui.panels.signal_plot import CLEAN, NOISY, REMOVED
from aedesk.ui.panels.signal_seen import Seen
from aedesk.ui.views.curve_key import CurveKey, CurveStyle
from aedesk.ui.views.lane_axis import FrequencyAxis
from aedesk.ui.views.plots import ThemedPlot

if TYPE_CHECKING:
    from aedesk.analysis.spectra import Density

_RANGE_DB = 90.0  # below the strongest: what is weaker is of no interest
STRETCH = CurveStyle(lambda look: look.curve_colours[2], 1.5)
_STYLES = {
    "before": NOISY,
    "after": CurveStyle(CLEAN.colour, 1.5),
    "removed": REMOVED,
    "stretch": STRETCH,
}


class SpectrumPage(SeenPage):
    """How strong before, after and removed are at every frequency, on logarithmic axes.

    The spectrum of a chosen stretch is drawn as well: of one where the signal is silent it is that of
    the noise.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_densities, parent)
        self.key = CurveKey(self)
        self.plot = ThemedPlot(self, {"bottom": FrequencyAxis("bottom")})
        self.plot.setLogMode(x=True, y=False)
        self.plot.setToolTip(
            self.tr(
                "How strong the signal is at every frequency. A peak in “Removed” is a hum; where “Removed” is "
                "flat, it is white noise. Drag to move along, turn the wheel to come closer."
            )
        )
        self.plot.getAxis("bottom").setHeight(self.plot.getAxis("bottom").line_height())
        self.plot.getViewBox().setMouseEnabled(x=True, y=True)
        for side in ("left", "bottom"):
            self.plot.getAxis(side).setZValue(-1)  # the grid lies below the curves
        self._curves: dict[str, pg.PlotDataItem] = {}
        names = {
            "before": self.tr("As recorded"),
            "after": self.tr("Clean"),
            "removed": self.tr("Removed"),
            "stretch": self.tr("The stretch"),
        }
        for name, text in names.items():
            curve = self._curves[name] = pg.PlotDataItem(antialias=True)
            self.plot.addItem(curve)
            self.key.add(name, text, _STYLES[name])
        self.key.toggled.connect(lambda name, on: self._curves[name].setVisible(on))
        self._empty = QLabel(self.tr("The signal has no stretch without gaps that is long enough."), self)
        self._empty.setProperty("role", "muted")
        self._empty.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.key, self._empty, self.plot):
            layout.addWidget(widget)
        layout.setStretchFactor(self.plot, 1)
        theme.signals().changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self._show_nothing()

    def _show_found(self, found: "dict[str, Density]") -> None:
        seen = self._seen
        self._empty.setVisible(not found)
        for name, curve in self._curves.items():
            one = found.get(name)
            curve.setData([] if one is None else one.frequency, [] if one is None else one.level)
            self.key.set_present(name, one is not None)
        if "stretch" in found:
            amount = f"{readable(found['stretch'].root, 2)} {seen.unit}".strip()
            self.key.set_text("stretch", self.tr("The stretch: {amount} RMS").format(amount=amount))
        per = self.tr("Hz") if seen.step else self.tr("(cycle/sample)")
        unit = f"{seen.unit}²" if seen.unit else "1"
        self.plot.setLabel("left", self.tr("dB re {unit}/{per}").format(unit=unit, per=per))
        frequency = self.tr("Frequency (Hz)") if seen.step else self.tr("Frequency (cycles/sample)")
        self.plot.setLabel("bottom", frequency)
        if found:
            self._fit(found)

    def _fit(self, found: "dict[str, Density]") -> None:
        """Show all frequencies and all levels worth seeing."""
        top = max(float(one.level.max()) for one in found.values())
        low = max(min(float(one.level.min()) for one in found.values()), top - _RANGE_DB)
        first = min(float(one.frequency[0]) for one in found.values())
        last = max(float(one.frequency[-1]) for one in found.values())
        box = self.plot.getViewBox()
        box.setXRange(np.log10(first), np.log10(last), padding=0.01)
        box.setYRange(low, top, padding=0.05)

    def _show_nothing(self) -> None:
        self._empty.hide()
        for name, curve in self._curves.items():
            curve.setData([], [])
            self.key.set_present(name, False)

    @Slot()
    def _on_theme_changed(self) -> None:
        for name, curve in self._curves.items():
            curve.setPen(_STYLES[name].pen())
        self.key.update()


def _densities(seen: Seen) -> "dict[str, Density]":
    from aedesk.analysis.spectra import density

    breaks = seen.timeline.breaks
    found = {name: density(values, seen.step, breaks) for name, values in seen.parts().items()}
    if seen.stretch is not None:
        start, stop = seen.stretch
        found["stretch"] = density(seen.before[start:stop], seen.step, breaks - start)
    return {name: one for name, one in found.items() if one is not None}
