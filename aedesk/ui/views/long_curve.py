"""A curve of any number of samples, of which only what can be seen is drawn."""

import numpy as np
import pyqtgraph as pg

from aedesk.data.timeline import Timeline
from aedesk.ui.views.curve_key import CurveStyle
from aedesk.ui.views.extremes import Extremes
from aedesk.ui.views.over_time import points_over_time

_NOTHING = np.empty(0)


class LongCurve(pg.PlotCurveItem):
    """Draws samples where they lie in time. Of many in one pixel it draws the lowest and the highest.

    A missing value (NaN) leaves a gap, and so does a break in time.

    Places along x are computed, not kept. It draws anew whenever another piece comes into view.
    """

    def __init__(self, style: CurveStyle) -> None:
        self._series: Extremes | None = None
        self._timeline = Timeline()
        self._drawn: tuple[float, float, int] | None = None
        super().__init__(pen=style.pen(), connect="finite")
        self.set_style(style)

    def set_style(self, style: CurveStyle) -> None:
        """Draw it otherwise from now on."""
        self.setPen(style.pen())
        self.setSegmentedLineMode("on")  # piece by piece: faster for wide pens

    def feed(self, series: Extremes | None, timeline: Timeline) -> None:
        """Show a signal whose rows lie along a ``timeline``, or nothing."""
        self._series, self._timeline, self._drawn = series, timeline, None
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
        self.setData(*points_over_time(self._series, self._timeline, start, end, asked[2]))
