"""Which of several signals of a table is looked at first."""

from collections.abc import Callable, Sequence

import numpy as np

from aedesk.data.csv_calendar import part_of
from aedesk.data.csv_time import counts_on, counts_round, counts_time

_LOOKED_AT = 100_000  # values that tell of most columns whether they count or change
_MOST = 200  # columns that are looked at


def first_signal(names: Sequence[str], values_of: Callable[[str], np.ndarray], leftmost: str) -> str:
    """The first of the signals ``names`` that changes, and is no counter, part of a date or axis; else the first of all.

    ``leftmost`` is the table's first column: where it rises in every row, it is an axis such as wavelengths.
    """
    if len(names) == 1:
        return names[0]
    for name in names[:_MOST]:
        if part_of(name) == "year":
            continue
        values = values_of(name)
        if not (_counts(values[:_LOOKED_AT], name == leftmost) and _counts(values, name == leftmost)) and _changes(values):
            return name
    return names[0]


def _counts(values: np.ndarray, leftmost: bool) -> bool:
    return counts_on(values) or counts_round(values) or (leftmost and counts_time(values))


def _changes(values: np.ndarray) -> bool:
    """Whether the values ``[rows]``, NaN where one is missing, are not all the same."""
    for some in (values[:_LOOKED_AT], values):
        known = some[np.isfinite(some)]
        if len(known) and np.any(known != known[0]):
            return True
    return False
