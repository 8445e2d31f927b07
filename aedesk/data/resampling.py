"""Signals brought to an even grid of times, stretch by stretch, and back to the times they had."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from aedesk.data.sampling import Sampling
from aedesk.errors import DataError
from aedesk.options import Options, option

_FINEST = 1000  # the largest number in the ratio of two rates
_MOST = 64  # samples that one becomes at most
_NEAR = 1e-9  # of a step; what is nearer is the same time


def wanted_rate() -> Any:
    """The field of options that says to which sampling rate a signal is brought, in Hz, 0 to none."""
    return option(
        0.0,
        "Resample to",
        "How many samples a second the signal is brought to before anything else, which makes uneven ones even. "
        "0 leaves it as it came.",
        unit="Hz",
        ge=0,
        le=1e9,
    )


class Resampling(Options):
    """The rate alone, for commands."""

    resample: float = wanted_rate()


@dataclass(frozen=True, eq=False)
class Resampled:
    """A signal on an even grid: ``values`` ``[n]`` or ``[n, c]``, float64, NaN in gaps.

    ``sampling`` is that of the grid. Each stretch between two breaks in time has a grid of its own,
    which begins with its first row. ``back`` takes values from the grid to the rows again.
    """

    values: np.ndarray
    sampling: Sampling
    _stretches: tuple["_Stretch", ...] = field(repr=False)
    _known: np.ndarray = field(repr=False)

    def back(self, values: np.ndarray) -> np.ndarray:
        """Values on the grid, ``[n]`` or ``[n, c]``, at the times of the rows: ``[t]`` or ``[t, c]``, float64.

        Of several channels there may be one value for all of them, ``[n]``. What was a gap is NaN, and so is what lies between two NaN of ``values``.
        """
        if len(values) != len(self.values):
            raise ValueError(f"values have the shape {values.shape}, the grid {self.values.shape}")
        found = np.full((len(self._known), *values.shape[1:]), np.nan)
        for stretch in self._stretches:
            for one, to in _columns(values[stretch.grid], found[stretch.rows]):
                to[:] = one if stretch.same else _spline(stretch.even, one.astype(np.float64), stretch.times)
        found[~(self._known if values.ndim == self._known.ndim else self._known.all(axis=1))] = np.nan
        return found


@dataclass(frozen=True, eq=False)
class _Stretch:
    """Rows between two breaks at ``times`` ``[rows]``, and where they lie on the grid, at times ``even`` ``[grid]``."""

    rows: slice
    grid: slice
    times: np.ndarray
    even: np.ndarray
    same: bool


def resample(values: np.ndarray, sampling: Sampling, rate: float | None = None) -> Resampled:
    """The signal ``values``, ``[t]`` or ``[t, c]``, with ``rate`` samples in a second; None keeps its own rate.

    Uneven rows are joined by a monotone cubic (PCHIP; Fritsch & Butland, 1984), which makes no peaks that the
    rows have not; even ones are filtered (polyphase), so that nothing folds over where the rate falls. Gaps
    stay gaps, and nothing is drawn across one or across a break. Noise that was independent from row to row
    is less so afterwards, so that blind learning keeps more of it. A rate that is no ratio of small whole
    numbers to the old one is met to a millionth. DataError where no rate is known, or far too high a one is wanted.
    """
    if sampling.step is None:
        raise DataError("The file does not tell when its samples were taken. Give it a sampling rate first.")
    step = sampling.step if rate is None else 1 / rate
    if not can_reach(sampling.step, 1 / step):
        raise DataError(
            f"{1 / step:g} samples per second are more than {_MOST} times the {1 / sampling.step:g} that there are. "
            "Choose a lower sampling rate."
        )
    ratio = Fraction(sampling.step / step).limit_denominator(_FINEST) if sampling.times is None else None
    if ratio:
        step = sampling.step / float(ratio)
    count = len(values)
    edges = [0, *(int(place) for place in sampling.breaks if 0 < place < count), count]
    stretches: list[_Stretch] = []
    parts: list[np.ndarray] = []
    end = 0
    for start, stop in zip(edges, edges[1:], strict=False):
        rows = slice(start, stop)
        if sampling.times is None:
            times = np.arange(stop - start) * sampling.step
        else:
            times = sampling.times[rows] - sampling.times[start]
        even = np.arange(int(times[-1] / step + _NEAR) + 1) * step if stop > start else np.empty(0)
        stretch = _Stretch(rows, slice(end, end + len(even)), times, even, ratio == 1)
        parts.append(_on_grid(values[rows].astype(np.float64), stretch, ratio, step))
        stretches.append(stretch)
        end = stretch.grid.stop
    breaks = np.array([stretch.grid.start for stretch in stretches[1:]], np.int64)
    return Resampled(
        np.concatenate(parts), Sampling(step, breaks, note=sampling.note), tuple(stretches), np.isfinite(values)
    )


def can_reach(step: float, rate: float) -> bool:
    """Whether `resample` brings samples ``step`` seconds apart to ``rate`` in Hz."""
    return step * rate <= _MOST


def _on_grid(values: np.ndarray, stretch: _Stretch, ratio: Fraction | None, step: float) -> np.ndarray:
    """One stretch of rows at the even times."""
    if stretch.same:
        return values
    found = np.full((len(stretch.even), *values.shape[1:]), np.nan)
    for one, to in _columns(values, found):
        known = np.isfinite(one)
        if not known.any():
            continue
        filled = one if known.all() else np.interp(stretch.times, stretch.times[known], one[known])
        to[:] = _filtered(filled, ratio, len(to)) if ratio else _joined(stretch.times, filled, stretch.even, step)
        to[~_between(stretch.times, known, stretch.even)] = np.nan
    return found


def _filtered(values: np.ndarray, ratio: Fraction, count: int) -> np.ndarray:
    """Even values at ``ratio`` times their rate."""
    from scipy.signal import resample_poly

    return resample_poly(values, ratio.numerator, ratio.denominator, padtype="line")[:count]


def _joined(times: np.ndarray, values: np.ndarray, even: np.ndarray, step: float) -> np.ndarray:
    """Uneven values at even times; where these are fewer, by way of times that are as close as the rows."""
    from scipy.interpolate import PchipInterpolator

    times, values = _distinct(times, values)
    if len(times) < 2:
        return np.full(len(even), values[0])
    fewer = int(step / np.median(np.diff(times)) + 0.5)
    if fewer < 2:
        return PchipInterpolator(times, values)(even)
    close = np.arange((len(even) - 1) * fewer + 1) * (step / fewer)
    return _filtered(PchipInterpolator(times, values)(np.minimum(close, times[-1])), Fraction(1, fewer), len(even))


def _distinct(times: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rising times; where several values have the same, their mean."""
    each, which, counts = np.unique(times, return_inverse=True, return_counts=True)
    return each, np.bincount(which, values) / counts


def _between(times: np.ndarray, known: np.ndarray, even: np.ndarray, either: bool = False) -> np.ndarray:
    """Which of the even times lie at a known value or between two, or beside ``either``: bool ``[grid]``."""
    near = _NEAR * (even[1] if len(even) > 1 else 1.0)
    after = np.minimum(np.searchsorted(times, even - near), len(times) - 1)
    before = np.maximum(np.searchsorted(times, even + near, side="right") - 1, 0)
    return known[after] | known[before] if either else known[after] & known[before]


def _spline(even: np.ndarray, values: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Values on a grid at other times, NaN between two NaN. Beyond its end, by less than a step, they go on straight."""
    from scipy.interpolate import CubicSpline

    known = np.isfinite(values)
    if not known.any() or len(even) < 2:
        return np.full(len(times), values[0] if len(even) else np.nan)
    filled = values if known.all() else np.interp(even, even[known], values[known])
    inside = np.minimum(times, even[-1])
    found = CubicSpline(even, filled)(inside) + (times - inside) * (filled[-1] - filled[-2]) / even[1]
    return np.where(_between(even, known, inside, either=True), found, np.nan)


def _columns(values: np.ndarray, to: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Each channel, ``[n]``, with that of ``to``, which can be written into."""
    if values.ndim == 1:
        yield values, to
        return
    for place in range(values.shape[1]):
        yield values[:, place], to[:, place]
