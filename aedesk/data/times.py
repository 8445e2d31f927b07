"""From the times in a column to how its rows lie in time."""

from dataclasses import replace

import numpy as np

from aedesk.data.csv_time import is_time, typical_step
from aedesk.data.sampling import Sampling

_LONG = 1.5  # steps; where more passes, rows are missing
_WIDE = 3.0  # spreads of uneven steps that are nothing out of the common
_EVEN = 0.01  # of a step; a spread of less is that of a clock
_DIGITS = 12


def sampling_by(name: str, times: np.ndarray, alone: bool = False, what: str = "") -> Sampling:
    """When the rows were taken by a column of ``times`` ``[rows]``, in the unit that its ``name`` ends in.

    Where they are no times (see ``typical_step``) nothing is known; where the column is named a time
    and its values fall or are missing, ``note`` says so, and calls it ``what``.
    """
    values = times.astype(np.float64)
    step = typical_step(name, values, alone)
    if step is None:
        return Sampling(note=_why_not(what or name, values) if is_time(name) else "")
    seconds = values - values[0]
    seconds *= step / _own_step(seconds)
    grain = _grain(times) * step / _own_step(values - values[0])
    return _lying(seconds, step, grain)


def at_rate(sampling: Sampling, rate: float) -> Sampling:
    """The same rows, of which so many are known to be taken in a second."""
    if sampling.step is None:
        return replace(sampling, step=1 / rate)
    times = None if sampling.times is None else sampling.times / (rate * sampling.step)
    return replace(sampling, step=1 / rate, times=times)


def _own_step(times: np.ndarray) -> float:
    """What passes from row to row, in the unit of the times themselves."""
    step = typical_step("seconds", times, alone=False)
    assert step is not None, "asked only of times that have a step"
    return step


def _lying(seconds: np.ndarray, step: float, grain: float) -> Sampling:
    """How rows at ``seconds`` ``[rows]`` lie, where each of them is right but for a ``grain``."""
    steps = np.diff(seconds)
    first, third = np.percentile(steps, (25, 75))
    spread = max(0.0, float(third - first) - 2 * grain)
    breaks = np.flatnonzero(steps > _LONG * step + 2 * grain + _WIDE * spread) + 1
    uneven = spread > _EVEN * step
    same = int((steps == 0).sum()) if grain < step / 2 else 0
    return Sampling(
        step=step,
        breaks=breaks,
        unevenness=spread / step if uneven else 0.0,
        times=seconds if uneven else None,
        note=f"{same} rows have the same time as the row before." if same else "",
    )


def _grain(times: np.ndarray) -> float:
    """The last digit that the times have, in their own unit."""
    largest = float(np.abs(times).max())
    least = float(np.spacing(times.dtype.type(largest))) if times.dtype.kind == "f" else 0.0
    some = times[: 1000].astype(np.float64)
    for digit in range(_DIGITS):
        if np.abs(some - np.round(some, digit)).max() <= least:
            return max(least, 10.0**-digit)
    return least


def _why_not(name: str, times: np.ndarray) -> str:
    missing = ~np.isfinite(times)
    if missing.any():
        return f"“{name}” has no time in row {int(np.argmax(missing)) + 1}, so that it does not tell the sampling rate."
    falls = np.diff(times) < 0
    if falls.any():
        return f"“{name}” goes back in row {int(np.argmax(falls)) + 2}, so that it does not tell the sampling rate."
    return ""
