"""Which points to draw of a signal of any length over the time at which its samples were taken."""

import numpy as np

from aedesk.data.timeline import Timeline
from aedesk.ui.views.extremes import GROUP, Extremes

_HALF_A_DASH = 1.0  # pixels


def points_over_time(
    series: Extremes, timeline: Timeline, start: float, end: float, pixels: int
) -> tuple[np.ndarray, np.ndarray]:
    """What to draw between two places of an axis that is so many ``pixels`` long: places, and values.

    Those are the samples themselves where they are few, else the lowest and the highest of those that share a
    pixel. The values are NaN where time breaks off: no line goes on there. A sample that has none beside it is a
    short dash. One sample more is there at each side, for the line goes on beyond the edge.
    """
    first = max(0, int(timeline.rows(start)) - 1)
    last = min(len(series), int(timeline.rows(end)) + 1)
    if timeline.is_even:
        places, y = series.drawn(first, last, pixels)
        x = places * timeline.step
    elif last - first <= 2 * pixels:
        rows = np.arange(first, last)
        x, y = _broken_off(timeline.at(rows), series.values[first:last], timeline.stretches(rows))
    else:
        x, y = _pixel_by_pixel(series, timeline, first, last, (start, end), pixels)
    return _with_dashes(x, y, _HALF_A_DASH * (end - start) / pixels)


def _pixel_by_pixel(
    series: Extremes, timeline: Timeline, first: int, last: int, span: tuple[float, float], pixels: int
) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and the highest of the rows in each piece of time, none of which is wider than a pixel.

    The pieces begin at the same times wherever the view begins, so that nothing flickers while it moves.
    """
    start, end = span
    width = timeline.step * 2.0 ** np.floor(np.log2((end - start) / pixels / timeline.step))
    edges = np.arange(np.floor(start / width), np.ceil(end / width) + 1) * width
    rows, times = np.unique(np.clip(timeline.rows(edges), first, last), return_counts=True)
    rows = _at_groups(rows, times > 1)
    rows = np.unique(np.concatenate([[first], rows, [last]]))
    starts, stops = rows[:-1], rows[1:]
    middles = (timeline.at(starts) + timeline.at(stops - 1)) / 2
    x, y = np.repeat(middles, 2), np.stack(series.of(starts, stops), axis=1).ravel()
    ends = np.stack([timeline.stretches(starts), timeline.stretches(stops - 1)], axis=1).ravel()
    return _broken_off(x, y, ends, together=2)


def _at_groups(rows: np.ndarray, kept: np.ndarray) -> np.ndarray:
    """Edges of pieces ``rows``, each moved by a small part of a piece to where a group of samples begins whose lowest
    and highest are known: then they are found in a fraction of the time. Some are ``kept``: those beside empty time."""
    long = np.diff(rows, prepend=rows[:1], append=rows[-1:]) > 4 * GROUP
    moved = (rows + GROUP // 2) // GROUP * GROUP
    return np.where(long[:-1] & long[1:] & ~kept, moved, rows)


def _broken_off(
    x: np.ndarray, y: np.ndarray, stretches: np.ndarray, together: int = 1
) -> tuple[np.ndarray, np.ndarray]:
    """The same points with NaN between two of different ``stretches``, if they are not the ends of one pixel."""
    other = np.flatnonzero(stretches[1:] != stretches[:-1]) + 1
    other = other[other % together == 0]
    return np.insert(x, other, x[other]), np.insert(y, other, np.nan)


def _with_dashes(x: np.ndarray, y: np.ndarray, half: float) -> tuple[np.ndarray, np.ndarray]:
    """The same points; one that no line would begin or end at becomes a dash, ``half`` to each side."""
    known = np.isfinite(y)
    begins = known & ~np.concatenate([[False], known[:-1]])
    ends = known & ~np.concatenate([known[1:], [False]])
    alone = np.flatnonzero(begins & ends)
    pairs = np.flatnonzero(begins[:-1] & ends[1:] & (x[:-1] == x[1:]) & (y[:-1] == y[1:]))
    if not len(alone) and not len(pairs):
        return x, y
    x = x.astype(np.float64)
    x[pairs] -= half
    x[pairs + 1] += half
    before = x[alone] - half
    x[alone] += half
    return np.insert(x, alone, before), np.insert(y, alone, y[alone])
