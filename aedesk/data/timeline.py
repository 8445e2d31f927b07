"""Where the rows of a recording lie along time, for all that draws them or asks which of them lie where."""

from functools import cached_property

import numpy as np

_NEAR = 1e-6  # of a step: what is nearer to a row is at it
_LOOKED_AT = 100_000  # uneven steps that are compared


class Timeline:
    """The places of rows along an axis: seconds since the first row, or rows where time is not known.

    ``step`` lies between two rows. Before the rows ``breaks``, int64 and rising, further ``jumps`` are missing; where
    there are not as many of them, nothing is known of how long the breaks are. ``times`` ``[t]`` are the places of
    rows that are not evenly spaced. Places never fall: where the clock of a recording was put back, the rows behind
    that go on where it had been.
    """

    def __init__(
        self,
        step: float | None = None,
        breaks: np.ndarray | None = None,
        jumps: np.ndarray | None = None,
        times: np.ndarray | None = None,
    ) -> None:
        self.in_seconds = step is not None or times is not None
        self.step = step or 1.0
        self.breaks = np.empty(0, np.int64) if breaks is None else breaks
        known = jumps is not None and len(jumps) == len(self.breaks) and self.in_seconds
        missing = np.maximum(jumps, 0.0) if known else np.zeros(len(self.breaks))
        self._missing = np.concatenate([[0.0], np.cumsum(missing)])  # before each stretch
        self._times = None if times is None else _rising(times, self.step)

    @property
    def is_even(self) -> bool:
        """Whether all rows are a step apart and none is behind a break."""
        return self._times is None and not len(self.breaks)

    @cached_property
    def _starts(self) -> np.ndarray:
        """The place of the first row behind each break."""
        return self.at(self.breaks)

    @cached_property
    def _ends(self) -> np.ndarray:
        """The row behind each stretch; behind the last one none."""
        return np.append(self.breaks, np.iinfo(np.int32).max * 1e6)

    @cached_property
    def finest(self) -> float:
        """How far close rows are apart: of uneven ones, the tenth part is no farther."""
        if self._times is None or len(self._times) < 2:
            return self.step
        steps = np.diff(self._times[:_LOOKED_AT])
        return float(np.percentile(steps[steps > 0], 10)) if (steps > 0).any() else self.step

    def at(self, rows: np.ndarray | float) -> np.ndarray | float:
        """The places of rows, float64 of the same shape. Parts of a row lie between it and the next."""
        rows = np.asarray(rows, np.float64)
        if self._times is not None:
            inside = np.clip(rows, 0, max(len(self._times) - 1, 0))
            lower = inside.astype(np.int64)
            upper = np.minimum(lower + 1, len(self._times) - 1)
            below = self._times[lower]
            return below + (inside - lower) * (self._times[upper] - below) + (rows - inside) * self.step
        return rows * self.step + self._missing[self.stretches(rows)]

    def rows(self, places: np.ndarray | float) -> np.ndarray:
        """The first row at each place or behind it, int64 of the same shape. It may lie beyond the last one."""
        places = np.asarray(places, np.float64)
        if self._times is not None:
            return np.searchsorted(self._times, places - _NEAR * self.finest)
        stretch = np.searchsorted(self._starts, places + _NEAR * self.step, side="right")
        rows = np.ceil((places - self._missing[stretch]) / self.step - _NEAR)
        return np.minimum(rows, self._ends[stretch]).astype(np.int64)

    def stretches(self, rows: np.ndarray) -> np.ndarray:
        """How many breaks there are before each row or at it: int64."""
        return np.searchsorted(self.breaks, rows, side="right")


def _rising(times: np.ndarray, step: float) -> np.ndarray:
    """The times ``[t]``, which go on by a step where they fall."""
    if len(times) < 2:
        return times
    falls = np.flatnonzero(times[1:] < times[:-1]) + 1
    if not len(falls):
        return times
    moved = np.zeros(len(times))
    moved[falls] = times[falls - 1] - times[falls] + step
    return times + np.cumsum(moved)
