"""How sparse codes are."""

import numpy as np

NEAR_ZERO = 0.1
"""Below which part of the codes' spread a value counts as near zero."""


def near_zero_share(codes: np.ndarray, part: float = NEAR_ZERO) -> float:
    """The share (0…1) of code values ``[n, k]`` whose size is at most ``part`` of the codes' spread.

    The spread is the root mean square of all values, so that the share does not change when all
    codes are made larger or smaller. Of normally distributed codes 8 % are near zero. Codes that
    are all 0 are all near it.
    """
    spread = np.sqrt(np.square(codes, dtype=np.float64).mean())
    return float((np.abs(codes) <= part * spread).mean())


def mean_activity(codes: np.ndarray) -> np.ndarray:
    """How active each unit is on average ``[k]``: the mean size of its values in codes ``[n, k]``."""
    return np.abs(codes).mean(0, dtype=np.float64)
