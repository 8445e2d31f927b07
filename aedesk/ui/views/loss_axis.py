"""An axis whose values may be powers of ten."""

from math import ceil, floor, log10

import numpy as np
import pyqtgraph as pg

_PIXELS_PER_TICK = 26
_WIDE = 0.8
_STEPS = ((1,), (1, 3), (1, 2, 5), (1, 2, 3, 4, 5, 6, 8))


class LossAxis(pg.AxisItem):
    """Ticks at round numbers, also where what is drawn are logarithms and the range is narrow."""

    def __init__(self) -> None:
        super().__init__("left")
        self._log = False

    def set_log(self, log: bool) -> None:
        """Whether the values along the axis are decimal logarithms."""
        self._log = log
        self.picture = None
        self.update()

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        if not self._log:
            return super().tickValues(minVal, maxVal, size)
        return [(1.0, log_ticks(minVal, maxVal, max(2, int(size / _PIXELS_PER_TICK))))]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        if not self._log:
            return super().tickStrings(values, scale, spacing)
        return [f"{10**value:.6g}".replace("e-0", "e-").replace("e+0", "e") for value in values]


def log_ticks(low: float, high: float, most: int) -> list[float]:
    """Logarithms of at most about ``most`` round numbers between 10**low and 10**high."""
    low, high = max(low, -300.0), min(high, 300.0)
    if high <= low:
        return []
    decades = range(floor(low), ceil(high) + 1)
    if high - low > most:
        return [float(decade) for decade in decades[:: ceil((high - low) / most)] if low <= decade]
    best: list[float] = []
    for steps in _STEPS:
        ticks = [decade + log10(step) for decade in decades for step in steps]
        ticks = [tick for tick in ticks if low <= tick <= high]
        if len(ticks) <= most:
            best = ticks
    return best if len(best) > 2 or high - low > _WIDE else _even_ticks(low, high, most)


def _even_ticks(low: float, high: float, most: int) -> list[float]:
    """Within less than a decade: round numbers at even distances."""
    start, end = 10**low, 10**high
    rough = (end - start) / most
    magnitude = 10 ** floor(log10(rough))
    step = next(magnitude * factor for factor in (1, 2, 5, 10) if magnitude * factor >= rough)
    values = np.arange(ceil(start / step), floor(end / step) + 1) * step
    return [float(value) for value in np.log10(values[values > 0])]


class EpochAxis(pg.AxisItem):
    """Epochs, counted from 0. What went before them has no numbers of its own."""

    def __init__(self) -> None:
        super().__init__("bottom")

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        texts = super().tickStrings(values, scale, spacing)
        return ["" if value < 0 else text for value, text in zip(values, texts, strict=True)]


class PercentAxis(pg.AxisItem):
    """Per cent, on the right."""

    def __init__(self) -> None:
        super().__init__("right")

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [f"{value:.6g}\u202f%" for value in values]
