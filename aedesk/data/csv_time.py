"""Which column of a table tells the time, and how much passes from row to row."""

import re

import numpy as np

# A small t is a time and a small i an index; T is as likely a temperature, I a current.
_TIME = re.compile(
    r"((?-i:t)|times?|timestamp|date|datetime|elapsed|epoch|seconds?|sec|ms|zeit|temps|tiempo|время)\b",
    re.IGNORECASE,
)
_INDEX = re.compile(r"(#|(?-i:[ni])|no|nr|id|idx|index|row|samples?)(?!\w)", re.IGNORECASE)
_SECONDS = {
    1e-9: "ns",
    1e-6: "us µs μs",  # with the micro sign and with the Greek letter
    1e-3: "ms msec msecs millisecond milliseconds",
    1.0: "s sec secs second seconds sek sekunden secondes segundos",
    60.0: "min mins minute minutes minuten",
    3600.0: "h hr hrs hour hours stunden",
    86400.0: "day days",
}
_UNITS = {name: seconds for seconds, names in _SECONDS.items() for name in names.split()}


def is_time(name: str) -> bool:
    """Whether a column of this name holds times."""
    return bool(_TIME.match(_words(name)))


def is_index(name: str) -> bool:
    """Whether a column of this name counts rows."""
    return bool(_INDEX.match(_words(name)))


def counts_time(values: np.ndarray) -> bool:
    """Whether the values ``[rows]`` rise from every row to the next."""
    return len(values) > 2 and bool(np.all(np.diff(values) > 0))


def typical_step(name: str, times: np.ndarray, alone: bool) -> float | None:
    """Seconds from row to row by a column of times ``[rows]`` in the unit its name ends in, or seconds.

    None where they are no times: they have gaps, fall, stand still or count rows, or the column is
    ``alone`` in its table and not named a time. One more from row to row is a count, whatever the
    column is called, unless its name ends in a unit. Times are often rounded to fewer digits than a
    step has, so that single steps say little: the slopes of up to 100 stretches are compared, and
    those with long gaps are left out.
    """
    if is_index(name) or len(times) < 2 or not np.isfinite(times).all():
        return None
    steps = np.diff(times)
    if steps.min() < 0 or steps.max() == 0:
        return None
    if not is_time(name) and alone:
        return None  # a signal that only rises
    if not (is_time(name) and _unit(name)) and _counts(times, steps):
        return None
    edges = np.linspace(0, len(steps), min(len(steps), 100) + 1).astype(int)
    passed, counts = np.diff(times[edges]), np.diff(edges)
    slopes = passed / counts
    even = slopes <= 1.5 * np.median(slopes)
    if not passed[even].sum():
        even[:] = True  # more than half of the times stand still, for they have too few digits
    return float(passed[even].sum() / counts[even].sum()) * (_unit(name) or 1.0)


def _words(name: str) -> str:
    """A column's name with spaces for the marks between its words."""
    return re.sub(r"[\s_\[\]()/.,:-]+", " ", name).strip()


def _counts(times: np.ndarray, steps: np.ndarray) -> bool:
    """Whether whole numbers rise by one, but for a row that was left out here and there."""
    return np.median(steps) == 1 and bool(np.all(times == np.round(times)))


def _unit(name: str) -> float | None:
    """The unit that a time column's name ends in, in seconds, or None where it names none."""
    return _UNITS.get(_words(name).lower().split(" ")[-1])
