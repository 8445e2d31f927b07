"""A column of a table put together from the blocks that it is read in."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas


class GatheredColumn:
    """Numbers go straight to their place among at most so many rows, so that long columns are never in memory twice;
    text is kept block by block. Room that is not needed takes no memory, for nothing is written there.
    """

    def __init__(self, most: int) -> None:
        self._most, self._count = most, 0
        self._numbers: np.ndarray | None = None
        self._texts: list[pandas.Series] = []
        self._kinds: set[str] = set()

    @property
    def is_mixed(self) -> bool:
        """Whether there were numbers in one block and text, or truths, in another: then nothing of it is kept."""
        return len(self._kinds) > 1

    def add(self, cells: "pandas.Series") -> None:
        """The next block."""
        import pandas

        truth = pandas.api.types.is_bool_dtype(cells)
        number = pandas.api.types.is_numeric_dtype(cells) and not truth
        if not cells.isna().all():
            self._kinds.add("number" if number else "truth" if truth else "text")
        if self.is_mixed:
            self._numbers, self._texts = None, []
        elif number and not self._texts:
            self._add_numbers(cells.to_numpy())
        else:
            if self._count and not self._texts:  # blank so far
                self._numbers = None
                self._texts.append(pandas.Series(np.full(self._count, np.nan)))
            self._texts.append(cells)
        self._count += len(cells)

    def whole(self) -> "pandas.Series | np.ndarray":
        """All of it."""
        import pandas

        if len(self._texts) == 1:
            return self._texts[0]
        if self._texts:
            return pandas.concat(self._texts, ignore_index=True)
        return np.empty(0) if self._numbers is None else self._numbers[: self._count]

    def _add_numbers(self, values: np.ndarray) -> None:
        before, kind = self._numbers, values.dtype
        if before is None:
            self._numbers = np.empty(self._most, kind)
        elif np.result_type(before, kind) != before.dtype:  # whole numbers so far
            self._numbers = np.empty(self._most, np.result_type(before, kind))
            self._numbers[: self._count] = before[: self._count]
        assert self._numbers is not None
        self._numbers[self._count : self._count + len(values)] = values
