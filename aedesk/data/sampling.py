"""When the samples of a signal were taken."""

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True, eq=False)
class Sampling:
    """How the rows of a file lie in time.

    ``step`` is the seconds from row to row, None where the file does not tell. ``breaks`` are the rows,
    int64 and rising, before which time jumps: no window may reach across one. ``unevenness`` is the
    spread of the steps (their interquartile range) over the step, 0 where they are even. ``times`` ``[t]`` are the
    seconds since the first row where rows are uneven, else None. ``note`` is a sentence on what is
    to be known, or "". ``jumps`` are the seconds that are missing before each break, where they are known.
    """

    step: float | None = None
    breaks: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))
    unevenness: float = 0.0
    times: np.ndarray | None = None
    note: str = ""
    jumps: np.ndarray = field(default_factory=lambda: np.empty(0))

    def seconds(self, row: int) -> float | None:
        """When a row was taken, in seconds since the first. None where that is not known."""
        if self.times is not None:
            return float(self.times[row])
        if self.step is None:
            return None
        before = int(np.searchsorted(self.breaks, row, side="right"))
        missing = float(self.jumps[:before].sum()) if len(self.jumps) == len(self.breaks) else 0.0
        return row * self.step + missing
