"""A time axis for windows of a signal that stand side by side."""

import numpy as np
from PySide6.QtCore import QRectF

from aedesk.ui.views.lane_axis import LengthAxis

_PIXELS_PER_TICK = 56


class WindowAxis(LengthAxis):
    """Tells each window's own time, though one window need not follow the other."""

    def __init__(self, orientation: str = "bottom") -> None:
        super().__init__(orientation)
        self._starts = np.zeros(1)
        self._times = np.zeros(1)

    def set_windows(self, starts: np.ndarray, times: np.ndarray) -> None:
        """Where the windows stand along the axis, in order, and the times at which they began."""
        if not (np.array_equal(starts, self._starts) and np.array_equal(times, self._times)):
            self._starts, self._times = starts, times
            self.picture = None
            self.update()

    def follows_on(self) -> bool:
        """Whether the windows stand where they were in the signal, so that the axis is a plain one."""
        return np.allclose(self._starts, self._times)

    def boundingRect(self) -> QRectF:
        # The first window begins where the axis does, and half its label stands out at the left.
        return super().boundingRect().adjusted(-_PIXELS_PER_TICK / 2, 0, _PIXELS_PER_TICK / 2, 0)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        starts = self._starts[(self._starts >= minVal) & (self._starts <= maxVal)]
        if self.follows_on() or len(starts) < 2:
            return super().tickValues(minVal, maxVal, size)
        every = int(np.ceil(len(starts) * _PIXELS_PER_TICK / max(size, 1)))
        return [(float(starts[1] - starts[0]), starts[::every].tolist())]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        if self.follows_on() or not values:
            return super().tickStrings(values, scale, spacing)
        windows = np.searchsorted(self._starts, np.asarray(values) + 1e-9, side="right") - 1
        windows = windows.clip(0)
        times = self._times[windows] + (np.asarray(values) - self._starts[windows])
        # A tick inside a window stands at an odd time; one digit more tells it apart from the next.
        return super().tickStrings(times.tolist(), scale, spacing / 10)
