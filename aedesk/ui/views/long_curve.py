"""A curve of any number of samples, of which only what can be seen is drawn."""

from math import ceil, floor

import numpy as np
import pyqtgraph as pg

from aedesk.ui.views.curve_key import CurveStyle
from aedesk.ui.views.extremes import Extremes

_NOTHING = np.empty(0)


class LongCurve(pg.PlotCurveItem):
    """Draws evenly spaced samples. Of many in one pixel it draws the lowest and the highest; NaN leaves a gap.

    Places along x are computed, not kept. It draws anew whenever another piece comes into view.
    """

    def __init__(self, style: CurveStyle) -> None:
        self._series: Extremes | None = None
        self._step = 1.0
        self._drawn: tuple[float, float, int] | None = None
        super().__init__(pen=style.pen(), connect="finite")
        self.set_style(style)

    def set_style(self, style: CurveStyle) -> None:
        """Draw it otherwise from now on."""
        self.setPen(style.pen())
        self.setSegmentedLineMode("on")  # piece by piece: faster for wide pens

    def feed(self, series: Extremes | None, step: float) -> None:
        """Show a signal, the first sample at 0 and ``step`` between two, or nothing."""
        self._series, self._step, self._drawn = series, step, None
        self._draw()

    def samples(self) -> np.ndarray:
        """All there is to draw, ``[t]``."""
        return _NOTHING if self._series is None else self._series.values

    def viewRangeChanged(self) -> None:
        super().viewRangeChanged()
        self._draw()

    def viewTransformChanged(self) -> None:
        super().viewTransformChanged()
        self._draw()

    def _draw(self) -> None:
        box = self.getViewBox()
        if box is None:
            return
        start, end = box.viewRange()[0]
        asked = (start, end, max(1, round(box.width())))
        if asked == self._drawn:
            return
        self._drawn = asked
        if self._series is None:
            self.setData(_NOTHING, _NOTHING)
            return
        # One more sample at each side: the line goes on beyond the edge.
        first, last = floor(start / self._step) - 1, ceil(end / self._step) + 2
        places, values = self._series.drawn(first, last, asked[2])
        self.setData(places * self._step, values)
