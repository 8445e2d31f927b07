"""What every classical way to clean a signal can do."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from aedesk.data.windowed import NO_BREAKS, whole_stretches

_PIECE = 2**18  # samples


@dataclass(frozen=True)
class Filter:
    """A method with its settings: ``words`` name them, ``clean`` takes and gives a signal ``[t]``.

    ``least`` is how many samples it needs. What it makes of a sample depends on no other that is more than ``reach``
    away, and not on where the signal begins but for the remainder by ``step``.
    """

    words: str
    clean: Callable[[np.ndarray], np.ndarray]
    least: int = 1
    reach: int = 0
    step: int = 1

    def pieces(
        self, values: np.ndarray, breaks: np.ndarray = NO_BREAKS, length: int = _PIECE
    ) -> Iterator[tuple[slice, np.ndarray]]:
        """A signal ``[t]`` cleaned piece by piece, with where each piece lies; the result is that of the whole.

        Nothing reaches across a gap or a break in time; what is missing and stretches that are too short are left out.
        """
        margin = -(-max(self.reach, self.least) // self.step) * self.step
        length = -(-max(length, self.least) // self.step) * self.step
        for part in whole_stretches(values, breaks):
            if part.stop - part.start < self.least:
                continue
            for start in range(part.start, part.stop, length):
                stop = min(start + length, part.stop)
                first = max(part.start, start - margin)
                cleaned = self.clean(np.asarray(values[first : min(part.stop, stop + margin)], np.float64))
                yield slice(start, stop), cleaned[start - first : stop - first]


@dataclass(frozen=True)
class Method:
    """A method and what it may be set to.

    ``filters`` gives all settings worth trying on a signal of so many samples whose white noise has
    the standard deviation given second.
    """

    name: str
    title: str
    summary: str
    filters: Callable[[int, float], Sequence[Filter]]


def odd_lengths(longest: int) -> list[int]:
    """Odd window lengths from 3 on, each about a fifth longer than the one before, up to ``longest``."""
    found, length = [], 3.0
    while round(length) <= longest:
        odd = round(length) // 2 * 2 + 1
        if odd <= longest and odd not in found:
            found.append(odd)
        length *= 1.2
    return found
