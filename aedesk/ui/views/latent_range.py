"""Which part of a map to look at, so that its points fill the view and strays do not shrink it."""

import numpy as np

_SAMPLE = 5000
_LONGEST_TAIL = 0.75  # of the middle 98 % of the points, on either side
_MARGIN = 0.06
_FILLS_ENOUGH = 0.75
_GRID = 256

Range = tuple[float, float]


def robust_range(values: np.ndarray) -> Range:
    """The range of finite ``values`` ``[m]`` without far strays; of one value, a range around it."""
    if not len(values):
        return -1.0, 1.0
    low, high = float(values.min()), float(values.max())
    sample = values[:: -(-len(values) // _SAMPLE)]
    first, last = np.percentile(sample, (1, 99))
    tail = _LONGEST_TAIL * (last - first)
    if tail > 0:
        low, high = max(low, first - tail), min(high, last + tail)
    if high - low > 1e-6 * max(abs(low), abs(high)):
        return low, high
    around = max(0.5 * abs(low), 0.5) if low else 1.0
    return low - around, low + around


def with_margin(wanted: Range) -> Range:
    """A range with some air around it."""
    margin = _MARGIN * (wanted[1] - wanted[0])
    return wanted[0] - margin, wanted[1] + margin


def followed(shown: Range, wanted: Range) -> Range:
    """The range to show next: the one shown as long as it serves, so that a live map stands still."""
    low, high = wanted
    serves = shown[0] <= low and high <= shown[1]
    if serves and high - low >= _FILLS_ENOUGH * (shown[1] - shown[0]):
        return shown
    return with_margin(wanted)


def distinct_places(x: np.ndarray, y: np.ndarray, across: Range, down: Range) -> int:
    """About how many of the points ``[m]`` can be told apart in the given ranges."""
    column, row = _cell(x, across), _cell(y, down)
    return int(np.count_nonzero(np.bincount(row * (_GRID + 1) + column)))


def _cell(values: np.ndarray, within: Range) -> np.ndarray:
    share = (values - within[0]) * (_GRID / (within[1] - within[0]))
    return share.clip(0, _GRID).astype(np.intp)
