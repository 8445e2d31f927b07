"""What stands for missing values among numbers: words such as OVLD, and numbers such as -200, found by what they do
among the others."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import numpy as np

from aedesk.data.csv_cells import missing_numbers, numbers_of
from aedesk.data.csv_dialect import CsvDialect
from aedesk.data.csv_values import is_mark

if TYPE_CHECKING:
    import pandas

_ROWS = 5000  # that are looked at
_NINES = [float(sign + nines) for sign in ("", "-") for nines in ("999", "9999", "99999", "999999", "9999999", "999.9", "9999.9")]
_USUAL = (-99.0, -200.0, -32768.0, -2147483648.0, 1e20, -1e20, 1e30, -1e30, 1e31, -1e31, 1e37, *_NINES)
_MOST_WORDS = 50  # of a column; what holds more is text
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


def look_at_columns(
    cells: "pandas.DataFrame", names: Sequence[str], dialect: CsvDialect, aside: Collection[int] = ()
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns in which more of the filled cells are numbers than are not, but for those ``aside``, and the words
    among these numbers that mean that there was none."""
    numeric, words = [], set()
    for place, name in enumerate(names):
        if place in aside:
            continue
        column = cells.iloc[:, place]
        values = numbers_of(column, dialect)
        filled = int(column.notna().sum())
        for missing in missing_numbers(dialect):
            filled -= int((values == missing).sum())
            values = np.where(values == missing, np.nan, values)
        known = ~np.isnan(values)
        found = _words_in(column, known) if known.any() and known.sum() < filled else {}
        if int(known.sum()) * 2 > filled - sum(found.values()):
            numeric.append(name)
            words |= found.keys()
    return tuple(numeric), tuple(sorted(words))


def without_words(cells: "pandas.DataFrame", words: Sequence[str], dialect: CsvDialect) -> "pandas.DataFrame":
    """The cells with nothing in place of these words, as numbers where no other words are left."""
    import pandas

    columns = {}
    for place in range(cells.shape[1]):
        column = cells.iloc[:, place]
        if not pandas.api.types.is_numeric_dtype(column):
            worded = column.astype("str").str.strip().isin(words)
            if worded.any():
                column = column.mask(worded)
                values = numbers_of(column, dialect)
                if not (np.isnan(values) & column.notna().to_numpy()).any():
                    column = pandas.Series(values)
        columns[place] = column
    return pandas.DataFrame(columns, copy=False)


def _words_in(column: "pandas.Series", known: np.ndarray) -> dict[str, int]:
    """How often which words for missing values stand in the cells that are no numbers."""
    import pandas

    if pandas.api.types.is_numeric_dtype(column):
        return {}
    counts = column[~known].dropna().astype("str").str.strip().value_counts()
    return {word: int(count) for word, count in counts.items() if is_mark(str(word))} if len(counts) <= _MOST_WORDS else {}
