"""Which part of a map to look at, so that its points fill the view and strays do not shrink it."""

from collections.abc import Sequence

import numpy as np

_SAMPLE = 5000
_LONGEST_TAIL = 0.75  # of the middle 98 % of the points, on either side
_MARGIN = 0.06
_FILLS_ENOUGH = 0.75
_GRID = 256
_THINNEST = 1e-3  # a range beside the other's: what is thinner is noise, and looks like a line

Range = tuple[float, float]


def robust_range(values: np.ndarray) -> Range:
    """The range of finite ``values`` ``[m]`` without far strays; of one value, a range around it."""
    low, high = _middle(values)
    return (low, high) if _apart(low, high) else _around(low)


def plane_ranges(x: np.ndarray, y: np.ndarray) -> tuple[Range, Range]:
    """The robust ranges of two coordinates ``[m]`` of the same unit, neither far thinner than the other."""
    middles = _middle(x), _middle(y)
    least = _THINNEST * max((high - low for low, high in middles if _apart(low, high)), default=0.0)
    across, up = (
        _at_least(least, middle) if _apart(*middle) else _around(middle[0]) for middle in middles
    )
    return across, up


def _middle(values: np.ndarray) -> Range:
    if not len(values):
        return 0.0, 0.0
    low, high = float(values.min()), float(values.max())
    sample = values[:: -(-len(values) // _SAMPLE)]
    first, last = np.percentile(sample, (1, 99))
    tail = _LONGEST_TAIL * (last - first)
    if tail > 0:
        low, high = max(low, first - tail), min(high, last + tail)
    return low, high


def _apart(low: float, high: float) -> bool:
    return high - low > 1e-6 * max(abs(low), abs(high))


def _around(value: float) -> Range:
    around = max(0.5 * abs(value), 0.5) if value else 1.0
    return value - around, value + around


def _at_least(width: float, wanted: Range) -> Range:
    more = max(0.0, width - (wanted[1] - wanted[0])) / 2
    return wanted[0] - more, wanted[1] + more


def with_margin(wanted: Range) -> Range:
    """A range with some air around it."""
    margin = _MARGIN * (wanted[1] - wanted[0])
    return wanted[0] - margin, wanted[1] + margin


def containing(wanted: tuple[Range, Range], landmarks: np.ndarray) -> tuple[Range, Range]:
    """Two ranges, widened where needed to hold places ``[m, 2]`` as well."""
    if not len(landmarks):
        return wanted
    low, high = landmarks.min(0), landmarks.max(0)
    across, up = (
        (min(old[0], float(new[0])), max(old[1], float(new[1])))
        for old, new in zip(wanted, zip(low, high, strict=True), strict=True)
    )
    return across, up


def followed(shown: Range, wanted: Range) -> Range:
    """The range to show next: the one shown as long as it serves, so that a live map stands still."""
    low, high = wanted
    serves = shown[0] <= low and high <= shown[1]
    if serves and high - low >= _FILLS_ENOUGH * (shown[1] - shown[0]):
        return shown
    return with_margin(wanted)


def serve(shown: Sequence[Range], wanted: Sequence[Range]) -> bool:
    """Whether two ranges of the same scale can stay: they hold the wanted ones, and one is well filled."""
    held = all(old[0] <= new[0] and new[1] <= old[1] for old, new in zip(shown, wanted, strict=True))
    filled = [(new[1] - new[0]) / (old[1] - old[0]) for old, new in zip(shown, wanted, strict=True)]
    return held and max(filled) >= _FILLS_ENOUGH


def distinct_places(x: np.ndarray, y: np.ndarray, across: Range, down: Range) -> int:
    """About how many of the points ``[m]`` can be told apart in the given ranges."""
    column, row = _cell(x, across), _cell(y, down)
    return int(np.count_nonzero(np.bincount(row * (_GRID + 1) + column)))


def _cell(values: np.ndarray, within: Range) -> np.ndarray:
    share = (values - within[0]) * (_GRID / (within[1] - within[0]))
    return share.clip(0, _GRID).astype(np.intp)
