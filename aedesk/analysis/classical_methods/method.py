"""What every classical way to clean a signal can do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Filter:
    """A method with its settings: ``words`` name them, ``clean`` takes and gives a signal ``[t]``.

    ``least`` is how many samples it needs.
    """

    words: str
    clean: Callable[[np.ndarray], np.ndarray]
    least: int = 1


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
