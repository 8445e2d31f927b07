"""Which column of a table tells the time, and how much passes from row to row."""

import re
from collections.abc import Callable

import numpy as np

# A small t is a time and a small i an index; T is as likely a temperature, I a current.
_TIME = re.compile(
    r"((?-i:t)|times?|timestamp|date|datetime|elapsed|epoch|seconds?|sec|ms|millis|micros|zeit|temps|tiempo|время)\b",
    re.IGNORECASE,
)
_INDEX = re.compile(r"(#|(?-i:[ni])|no|nr|id|idx|index|row|samples?)(?!\w)", re.IGNORECASE)
_PERHAPS_INDEX = re.compile(r"([ni]|samples?)(?!\w)", re.IGNORECASE)  # as likely a current, or what was sampled
_COUNTED = 20  # rows
_ROUND = 7  # to which a counter counts at least before it begins anew
_MOSTLY = 0.9  # of the rows of a counter; others are lost
_STRETCH = 20  # rows at least, where times stand still
_STILL = 0.1  # of the steps
_AXIS = re.compile(
    r"(wave ?(?:length|number)s?|lambda|freq(?:uency|uenz)?|hz|2 ?theta|angle|azimuth|winkel|volt(?:age|s)?|spannung|potential|bias"
    r"|current|strom|temp(?:erature|eratur)?|dist(?:ance)?|position|depth|tiefe|height|altitude|lat(?:itude)?|lon(?:gitude)?"
    r"|energy|mass|m z|concentration|dose|strain|dehnung|weg)(?![a-z0-9])",
    re.IGNORECASE,
)
_SECONDS = {
    1e-9: "ns",
    1e-6: "us µs μs micros",  # with the micro sign and with the Greek letter
    1e-3: "ms msec msecs millis millisecond milliseconds",
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
    """Whether a column of this name may count rows."""
    return bool(_INDEX.match(_words(name)))


def is_other_axis(name: str) -> bool:
    """Whether a column of this name holds no times though it rises: wavelengths, frequencies, voltages of a sweep."""
    return bool(_AXIS.match(_words(name)))


def counts_rows(name: str, values: Callable[[], np.ndarray], first: bool = False) -> bool:
    """Whether a column counts rows: by its name, or where that may as well be a signal's, by its ``values`` ``[rows]``.

    The ``first`` column may have any name, in any language, where it counts enough of them.
    """
    if not is_index(name):
        return first and counts_on(values())
    return not _PERHAPS_INDEX.match(_words(name)) or counts_up(found := values()) or counts_round(found)


def counts_up(values: np.ndarray) -> bool:
    """Whether the values ``[rows]``, NaN where one is missing, are whole numbers that rise by one from row to row."""
    known = np.flatnonzero(np.isfinite(values))
    return len(known) > 1 and bool(np.all(np.diff(values[known]) > 0)) and counts(values[known], known)


def counts_round(values: np.ndarray) -> bool:
    """Whether whole numbers ``[rows]`` rise by one and fall from the highest to the lowest, as counters of a byte do.

    Rows may be lost here and there.
    """
    values = values[np.isfinite(values)]
    if len(values) < 2:
        return False
    steps, low, high = np.diff(values), values.min(), values.max()
    falls = steps < 0
    if high - low < _ROUND or not falls.any() or falls.all() or not np.all(values == np.round(values)):
        return False
    whole = (values[:-1][falls] == high) & (values[1:][falls] == low)
    return bool(whole.mean() >= _MOSTLY and (steps[~falls] == 1).mean() >= _MOSTLY)


def counts_on(values: np.ndarray) -> bool:
    """Whether the values ``[rows]`` are so many, and each is a whole number and one above the last."""
    return len(values) >= _COUNTED and bool(np.all(np.diff(values[:_COUNTED]) == 1)) and counts_up(values)


def counts_time(values: np.ndarray) -> bool:
    """Whether the values ``[rows]`` rise from every row to the next."""
    return len(values) > 2 and bool(np.all(np.diff(values) > 0))


def slope(times: np.ndarray, rows: np.ndarray | None = None) -> float | None:
    """How much passes from row to row by times ``[n]`` in these rows, else in all; None where they do not rise.

    Times are often rounded to fewer digits than a step has, so that single steps say little: the
    slopes of up to 100 stretches are compared, and the few that stand out are left out. Where times stand still, as
    rounded ones do and those of packets of rows, stretches begin and end where they change.
    """
    edges = _edges(times)
    passed, counted = np.diff(times[edges]), np.diff(edges if rows is None else rows[edges])
    slopes = passed / counted
    middle = np.median(slopes)
    even = (slopes >= 0) & (slopes <= 1.5 * middle)
    slow = slopes < 0.5 * middle
    if slow.mean() < 0.1:  # a time that is written twice, not one rounded
        even &= ~slow
    if not passed[even].sum():
        even[:] = True  # more than half of the times stand still, for they have too few digits
    found = float(passed[even].sum() / counted[even].sum())
    return found if found > 0 else None


def _edges(times: np.ndarray) -> np.ndarray:
    """The places between stretches of times ``[n]``, at least two."""
    changes = np.flatnonzero(np.diff(times)) + 1
    even = np.linspace(0, len(times) - 1, min(len(times) - 1, 100) + 1).astype(int)
    if len(changes) < 2 or len(changes) > (1 - _STILL) * (len(times) - 1):
        return even
    span = int(changes[-1] - changes[0])
    wanted = np.linspace(changes[0], changes[-1], min(100, max(1, span // _STRETCH)) + 1)
    return changes[np.unique(np.searchsorted(changes, wanted))]


def counts(times: np.ndarray, rows: np.ndarray) -> bool:
    """Whether whole numbers rise by one from row to row, but for a row that was left out here and there."""
    if not np.all(times[:1000] == np.round(times[:1000])):
        return False
    return bool(abs(np.median(np.diff(times) / np.diff(rows))) == 1) and bool(np.all(times == np.round(times)))


def unit_of(name: str) -> float | None:
    """The unit that a time column's name ends in, in seconds, or None where it names none."""
    return _UNITS.get(_words(name).lower().split(" ")[-1])


def epoch_unit(times: np.ndarray) -> float | None:
    """The unit in seconds of times since 1970, told by their size: of dates from 1998 to 2065; else None."""
    middle = float(np.median(times))
    return next((unit for unit in (1.0, 1e-3, 1e-6, 1e-9) if 0.9e9 < middle * unit < 3e9), None)


def _words(name: str) -> str:
    """A column's name with spaces for the marks between its words."""
    return re.sub(r"[\s_\[\]()/.,:-]+", " ", name).strip()
