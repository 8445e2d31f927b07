"""Wiener's filter, local as in Lim 1990: smooths most where there is little but noise."""

from functools import partial

import numpy as np

from aedesk.analysis.classical_methods.method import Filter, Method, odd_lengths

_LONGEST = 51


def _filters(count: int, noise: float) -> list[Filter]:
    return [
        Filter(f"{length} samples", partial(_cleaned, length=length, noise=noise), reach=length // 2)
        for length in odd_lengths(min(_LONGEST, count))
    ]


def _cleaned(values: np.ndarray, length: int, noise: float) -> np.ndarray:
    from scipy.signal import wiener

    with np.errstate(divide="ignore", invalid="ignore"):  # where nothing changes; the mean is taken there
        return wiener(values, length, noise**2 or None)


METHOD = Method(
    "wiener",
    "Wiener",
    "Draws every sample to the mean of its neighbours, the more the less they differ beyond the noise.",
    _filters,
)
