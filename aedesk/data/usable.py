"""Which rows of values can be learned from."""

import numpy as np

from aedesk.errors import DataError


def usable(values: np.ndarray, what: str = "The data", least: int = 2) -> np.ndarray:
    """Which rows of ``values``, ``[rows]`` or ``[rows, columns]``, have no gap: bool ``[rows]``.

    DataError where fewer than ``least`` are left, or where nothing changes from row to row.
    """
    table = values[:, None] if values.ndim == 1 else values
    whole = np.isfinite(table).all(axis=1)
    count = int(whole.sum())
    if count < least:
        rows = "row" if count == 1 else "rows"
        raise DataError(
            f"{what} has {count} usable {rows}; at least {least} are needed. "
            "Fill in missing values, or choose another column or file."
        )
    if count > 1 and np.all(table[whole] == table[whole][0]):
        raise DataError(
            f"{what} never changes: it is {table[whole][0][0]:g} in every row, so there is nothing to "
            "learn from it. Choose another column or file."
        )
    return whole
