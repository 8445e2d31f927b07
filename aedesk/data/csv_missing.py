"""Numbers that stand for missing values, such as -200 or -9999, found by what they do among the others."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from aedesk.data.csv_cells import numbers_of
from aedesk.data.csv_dialect import CsvDialect

if TYPE_CHECKING:
    import pandas

_ROWS = 5000  # that are looked at
_NINES = [float(sign + nines) for sign in ("", "-") for nines in ("999", "9999", "99999", "999999", "9999999", "999.9", "9999.9")]
_USUAL = (-99.0, -200.0, -32768.0, -2147483648.0, 1e20, -1e20, 1e30, -1e30, 1e31, -1e31, 1e37, *_NINES)
_LEAST = 3  # times that it recurs


def guess_missing(cells: "pandas.DataFrame", names: Sequence[str], numeric: Sequence[str], dialect: CsvDialect) -> tuple[str, ...]:
    """The usual numbers for missing values that recur as lone far outliers in every column they are in."""
    if len(cells) < 2 * _LEAST:
        return ()
    wanted = set(numeric)
    outliers: set[float] = set()
    within: set[float] = set()
    for place, name in enumerate(names):
        if name not in wanted:
            continue
        values = numbers_of(cells.iloc[:_ROWS, place], dialect)
        values = values[np.isfinite(values)]
        for mark in _USUAL:
            if mark not in values:
                continue
            rest = values[values != mark]
            if not len(rest):
                continue  # it may mean so here as well
            known = outliers if _is_lone(mark, len(values) - len(rest), rest) else within
            known.add(mark)
    return tuple(f"{mark:g}".replace(".", dialect.decimal) for mark in _USUAL if mark in outliers - within)


def _is_lone(mark: float, count: int, rest: np.ndarray) -> bool:
    """Whether a number that is in a column so often lies farther off than the rest is wide, all on one side."""
    low, high = float(rest.min()), float(rest.max())
    away = low - mark if mark < low else mark - high
    return count >= _LEAST and len(rest) >= _LEAST and away > max(high - low, abs(high), abs(low)) * 0.5 and len(np.unique(rest)) > 2
