"""From the times in a column that is no text to how its rows lie in time."""

from dataclasses import replace

import numpy as np

from aedesk.data.csv_sampling import sampling_of, sampling_of_numbers
from aedesk.data.sampling import Sampling

_DIGITS = 9


def sampling_by(name: str, times: np.ndarray, alone: bool = False) -> Sampling:
    """When the rows were taken by numbers ``times`` ``[rows]``, in the unit that their ``name`` ends in.

    Where they are no times, or ``alone`` in their table and not named so, nothing is known.
    """
    return _by_row(sampling_of_numbers(name, "", _rounded(times), alone, _row))


def sampling_by_seconds(times: np.ndarray) -> Sampling:
    """When the rows were taken by dates or clock times ``[rows]`` in seconds, NaN where one is missing."""
    return _by_row(sampling_of(times, 1.0, _row))


def at_rate(sampling: Sampling, rate: float) -> Sampling:
    """The same rows, of which so many are known to be taken in a second."""
    if sampling.step is None:
        return replace(sampling, step=1 / rate, times=None, jumps=sampling.jumps[:0])
    longer = 1 / (rate * sampling.step)
    times = None if sampling.times is None else sampling.times * longer
    return replace(sampling, step=1 / rate, times=times, jumps=sampling.jumps * longer)


def _rounded(times: np.ndarray) -> np.ndarray:
    """As float64; what float32 adds behind its last digit is taken off."""
    if times.dtype != np.float32:
        return times.astype(np.float64)
    largest = float(np.abs(times[np.isfinite(times)]).max(initial=0.0))
    digits = int(np.floor(-np.log10(np.spacing(np.float32(largest))))) if largest else _DIGITS
    return np.round(times.astype(np.float64), min(digits, _DIGITS))


def _row(place: int) -> int:
    return place + 1


def _by_row(sampling: Sampling) -> Sampling:
    """What is said of lines of a text, said of rows."""
    return replace(sampling, note=sampling.note.replace(" in line ", " in row "))
