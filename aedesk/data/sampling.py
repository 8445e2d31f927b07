"""When the samples of a signal were taken."""

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from aedesk.data.timeline import Timeline


@dataclass(frozen=True, eq=False)
class Sampling:
    """How the rows of a file lie in time.

    ``step`` is the seconds from row to row, None where the file does not tell. ``breaks`` are the rows,
    int64 and rising, before which time jumps: no window may reach across one. ``unevenness`` is the
    spread of the steps (their interquartile range) over the step, 0 where they are even. ``times`` ``[t]`` are the
    seconds since the first row where rows are uneven, else None. ``note`` is a sentence on what is
    to be known, or "". ``jumps`` are the seconds that are missing before each break, where they are known.
    ``coarse`` says that most rows have the time of the row before: they were rounded, or come in packets; ``sharing``
    is how many rows there are to each time then.
    """

    step: float | None = None
    breaks: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))
    unevenness: float = 0.0
    times: np.ndarray | None = None
    note: str = ""
    jumps: np.ndarray = field(default_factory=lambda: np.empty(0))
    coarse: bool = False
    sharing: float = 1.0

    @cached_property
    def timeline(self) -> Timeline:
        """Where the rows lie along time."""
        return Timeline(self.step, self.breaks, self.jumps, self.times)

    def seconds(self, row: int) -> float | None:
        """When a row was taken, in seconds since the first. None where that is not known.

        Where the clock was put back, time goes on from what it was before.
        """
        return float(self.timeline.at(row)) if self.timeline.in_seconds else None

    def part(self, rows: slice) -> "Sampling":
        """That of some rows alone, from ``rows.start`` to ``rows.stop``."""
        start, stop = rows.start or 0, rows.stop
        breaks = self.breaks - start
        inside = (breaks > 0) & (breaks < stop - start)
        return replace(
            self,
            breaks=breaks[inside],
            jumps=self.jumps[inside] if len(self.jumps) == len(inside) else self.jumps[:0],
            times=None if self.times is None else self.times[rows],
        )
