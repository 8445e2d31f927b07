"""Which column of a table tells the time, and how much passes from row to row."""

import re

import numpy as np

# A small t is a time and a small i an index; T is as likely a temperature, I a current.
_TIME = re.compile(
    r"((?-i:t)|times?|timestamp|date|datetime|elapsed|epoch|seconds?|sec|ms|zeit|temps|tiempo|время)\b",
    re.IGNORECASE,
)
_INDEX = re.compile(r"(#|(?-i:[ni])|no|nr|id|idx|index|row|samples?)(?!\w)", re.IGNORECASE)
_UNITS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "msec": 1e-3, "min": 60.0, "h": 3600.0}
_UNITS |= {"µs": 1e-6, "μs": 1e-6}  # the micro sign and the Greek letter


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
    """Seconds from row to row by a column of times ``[rows]`` in the unit its name ends in.

    None where they are no times: they have gaps, fall, stand still or count rows, or the column is
    ``alone`` in its table and not named a time. Times are often rounded to fewer digits than a
    step has, so that single steps say little: the slopes of up to 100 stretches are compared, and
    those with long gaps are left out.
    """
    if is_index(name) or len(times) < 2 or not np.isfinite(times).all():
        return None
    steps = np.diff(times)
    if steps.min() < 0 or steps.max() == 0:
        return None
    if not is_time(name) and (alone or np.all(steps == 1)):
        return None  # a signal that only rises, or a count of rows
    edges = np.linspace(0, len(steps), min(len(steps), 100) + 1).astype(int)
    passed, counts = np.diff(times[edges]), np.diff(edges)
    slopes = passed / counts
    even = slopes <= 1.5 * np.median(slopes)
    if not passed[even].sum():
        even[:] = True  # more than half of the times stand still, for they have too few digits
    return float(passed[even].sum() / counts[even].sum()) * _unit(name)


def _words(name: str) -> str:
    """A column's name with spaces for the marks between its words."""
    return re.sub(r"[\s_\[\]()/.,:-]+", " ", name).strip()


def _unit(name: str) -> float:
    """The unit that a time column's name ends in, in seconds."""
    return _UNITS.get(_words(name).lower().split(" ")[-1], 1.0)
