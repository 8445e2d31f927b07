"""When the rows of a table were taken, by its column of times: the step, where it jumps, how even it is."""

from collections.abc import Callable

import numpy as np

from aedesk.data.csv_explanation import length_text
from aedesk.data.csv_time import counts, counts_time, epoch_unit, is_index, is_time, slope, unit_of
from aedesk.data.readable import readable
from aedesk.data.sampling import Sampling

_UNEVEN = 0.01  # of a step; what is less is said to be even
_SHARED = 0.45  # of the rows have the time of the one before, where each time stands for several: half if for two
_LOOKED_AT = 1_000_000  # steps whose spread is measured
_READ, _TOLD_BY = 10_000, 20  # times of one size that are read for their last digit, at most and at least
_SPREAD = 3  # spreads of uneven steps that may pass before time is said to have jumped
_RARE = 5  # powers of e: the longest step of so many is a jump only where it is that rare among them

Line = Callable[[int], int]
"""The line of a row."""


def sampling_of_numbers(name: str, unit: str, times: np.ndarray, alone: bool, line: Line) -> Sampling:
    """The sampling by a column of numbers ``[rows]``, of a unit that its name ends in or that stands below it.

    Where the column is not called a time it has to rise, and must not be ``alone`` in its table.
    """
    known = np.isfinite(times)
    if is_index(name) or known.sum() < 2:
        return Sampling()
    named = is_time(name)
    if not named and (alone or not known.all() or not counts_time(times)):
        return Sampling()
    seconds = time_unit(name, unit, times)
    unknown = (seconds is None or not (named or unit)) and counts(times[known], np.flatnonzero(known))
    if unknown and not named:
        return Sampling()  # rows are counted
    found = sampling_of(times, seconds or 1.0, line, known_unit=not unknown)
    return Sampling() if found.unevenness and not named and seconds is None else found


def time_unit(name: str, unit: str, times: np.ndarray) -> float | None:
    """The seconds in a unit of these times ``[rows]``, by what stands below the name or ends it, or by their size."""
    some = times[:: max(1, len(times) // _LOOKED_AT)]
    return (unit_of(unit) if unit else unit_of(name)) or epoch_unit(some[np.isfinite(some)])


def sampling_of(times: np.ndarray, seconds: float, line: Line, known_unit: bool = True) -> Sampling:
    """The sampling by times ``[rows]`` in a unit of so many ``seconds``, NaN where one is missing.

    Where its unit is not known, there is no step, but there may be breaks.
    """
    finite = np.isfinite(times)
    whole = bool(finite.all())  # then what follows needs less memory, of which long recordings need much
    rows = None if whole else np.flatnonzero(finite)
    known = times if rows is None else times[rows]
    if len(known) < 2:
        return Sampling(note="The column of times has fewer than two times that can be read.")

    def first(which: np.ndarray) -> int:
        """The line of the row after the first of these steps."""
        place = int(np.argmax(which)) + 1
        return line(place if rows is None else int(rows[place]))

    notes = []
    steps = np.diff(known)
    if steps.max() <= 0 and steps.min() < 0:
        known, steps = -known, -steps
        notes.append("The rows run backwards in time.")
    falls = steps < 0
    if not whole:
        notes.append(f"The time of {_rows(int((~finite).sum()))} is missing, first in line {line(int(np.argmin(finite)))}.")
    if falls.any():
        often = "once" if falls.sum() == 1 else f"{falls.sum()} times"
        notes.append(f"Time falls {often}, first in line {first(falls)}.")
    step = slope(known, rows)
    if step is None or falls.mean() > 0.05:
        notes.append("No sampling rate can be told from such times.")
        return Sampling(note=" ".join(notes))
    grain = _rounding(known, step)
    still = steps == 0
    coarse = bool(still.mean() > _SHARED)
    packet = 0.0
    if coarse:
        taken = steps[steps > 0][:_LOOKED_AT]
        lower, packet, upper = (float(value) for value in np.percentile(taken, [25, 50, 75]))
        packet = 0.0 if packet < 1.5 * grain else packet  # else times are but rounded
        grain = max(grain, packet + _SPREAD * (upper - lower))
    if still.any() and grain < 0.5 * step:
        notes.append(f"The time of {_rows(int(still.sum()))} is that of the row before, first in line {first(still)}.")
    passed = 1 if rows is None else np.diff(rows)
    some = slice(None, None, max(1, len(steps) // _LOOKED_AT))
    each = steps[some] if rows is None else steps[some] / np.diff(rows)[some]
    spread = max(0.0, float(np.subtract(*np.percentile(each, [75, 25]))) - grain)
    unevenness = spread / step
    if unevenness < _UNEVEN:
        unevenness = spread = 0.0
    longest = max(_SPREAD * spread, _longest(each, len(steps)) - 1.5 * step) if unevenness else 0.0
    jumps = (steps > passed * step + 0.5 * step + grain + longest) | falls
    if unevenness:
        notes.append(_unevenness_in_words(each, seconds if known_unit else None))
    after = np.flatnonzero(jumps) + 1
    seconds_since = None
    if unevenness and known_unit:
        seconds_since = (known - known[0]) * seconds
        if rows is not None:
            seconds_since = np.interp(np.arange(len(times)), rows, seconds_since)
    return Sampling(
        step * seconds if known_unit else None,
        (after if rows is None else rows[after]).astype(np.int64),
        unevenness,
        seconds_since,
        " ".join(notes),
        (steps - np.maximum(passed * step, packet))[after - 1] * seconds if known_unit else np.empty(0),
        coarse,
        len(known) / (1 + int(np.count_nonzero(steps))) if coarse else 1.0,
    )


def _longest(steps: np.ndarray, count: int) -> float:
    """How long one of so many ``count`` uneven ``steps`` may be by chance: their tail is taken to be exponential."""
    middle, late = np.percentile(steps, [50, 95])
    return float(late + (late - middle) / np.log(10) * (np.log(max(1.0, 0.05 * count)) + _RARE))


def _unevenness_in_words(steps: np.ndarray, seconds: float | None) -> str:
    """How long nine of ten ``steps`` are, in a unit of so many ``seconds`` where it is known."""
    short, usual, long = (max(0.0, float(step)) for step in np.percentile(steps, [5, 50, 95]))
    short, usual, long = (readable(step) if seconds is None else length_text(step * seconds) for step in (short, usual, long))
    return f"Rows are not evenly spaced: most steps are between {short} and {long}, half of them above {usual}."


def _rounding(times: np.ndarray, step: float) -> float:
    """By how much rounding makes steps differ: the last digit's worth, 0 where the step is so many of it.

    Where times have so many digits in all, the last is worth more in later ones: it is looked at in each power of ten.
    """
    powers = np.unique(np.abs(times[:: max(1, len(times) // _LOOKED_AT)]))
    found = []
    for power in np.unique(np.floor(np.log10(powers[powers > 0]))):
        low, high = np.searchsorted(powers, [10.0**power, 10.0 ** (power + 1)])
        if high - low >= _TOLD_BY:
            found.append(_last_digit(powers[low:high][:_READ], step))
    return max(found, default=_last_digit(times[:_READ], step))


def _last_digit(times: np.ndarray, step: float) -> float:
    """What the last digit of times of one size is worth, 0 where the step is so many of it."""
    sample = times - times[0]
    for digits in range(10):
        scaled = sample * 10.0**digits
        if np.all(np.abs(scaled - np.round(scaled)) < 1e-4):
            grain = 10.0**-digits
            ratio = step / grain
            whole = round(ratio)
            return 0.0 if whole and abs(ratio - whole) < 0.01 * max(1, whole) and whole < 100 else grain
    return 0.0


def _rows(count: int) -> str:
    return "one row" if count == 1 else f"{count} rows"
