"""An axis whose values may be powers of ten."""

from math import ceil, floor, log10

import numpy as np
import pyqtgraph as pg

_PIXELS_PER_TICK = 26
_PIXELS_TO_EDGE = 8
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
        # A number that does not fit beside the axis as a whole is not drawn.
        edge = (maxVal - minVal) * min(_PIXELS_TO_EDGE / size, 0.25) if size else 0.0
        return [(1.0, log_ticks(minVal + edge, maxVal - edge, max(2, int(size / _PIXELS_PER_TICK))))]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        if not self._log:
            return super().tickStrings(values, scale, spacing)
        return [f"{10**value:.6g}".replace("e-0", "e-").replace("e+0", "e") for value in values]


def log_ticks(low: float, high: float, most: int) -> list[float]:
    """Logarithms of at most about ``most`` round numbers between 10**low and 10**high, and of two at least."""
    low, high = max(low, -300.0), min(high, 300.0)
    if high <= low:
        return []
    most = max(2, most)
    within = range(ceil(low), floor(high) + 1)
    if len(within) > most:
        return [float(decade) for decade in within[:: ceil((len(within) - 1) / (most - 1))]]
    best: list[float] = []
    for steps in _STEPS:
        ticks = [decade + log10(step) for decade in range(floor(low), ceil(high) + 1) for step in steps]
        ticks = [tick for tick in ticks if low <= tick <= high]
        if len(ticks) <= most or len(best) < 2:
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
    """Hundredths, on the right: as per cent, or as the shares that they are."""

    def __init__(self) -> None:
        super().__init__("right")
        self._in_per_cent = True

    def set_in_per_cent(self, in_per_cent: bool) -> None:
        """Whether to write 67 % or 0.67."""
        if in_per_cent != self._in_per_cent:
            self._in_per_cent = in_per_cent
            self.picture = None
            self.update()

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        """As few as have room for their numbers."""
        most = max(2, int(size / _PIXELS_PER_TICK))
        levels = [(spacing, list(values)) for spacing, values in super().tickValues(minVal, maxVal, size)]
        found: list[tuple[float, list[float]]] = []
        for spacing, values in levels:
            if sum(len(known) for _, known in found) + len(values) > most:
                break
            found.append((spacing, values))
        return found or [(spacing, values[:: ceil(len(values) / most)]) for spacing, values in levels[:1]]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        if not self._in_per_cent:
            return [f"{value / 100:.6g}" for value in values]
        return [f"{value:.6g}\u202f%" for value in values]
