"""Savitzky and Golay 1964: a polynomial fitted to the neighbours of every sample."""

from functools import partial

from aedesk.analysis.classical_methods.method import Filter, Method, odd_lengths

_LONGEST = 151
_ORDERS = (2, 3, 5)


def _filters(count: int, noise: float) -> list[Filter]:
    from scipy.signal import savgol_filter

    return [
        Filter(
            f"{length} samples, order {order}",
            partial(savgol_filter, window_length=length, polyorder=order),
            length,
            length // 2,
        )
        for order in _ORDERS
        for length in odd_lengths(min(_LONGEST, count))
        if length > order
    ]


METHOD = Method(
    "savitzky-golay",
    "Savitzky–Golay",
    "Fits a polynomial to the neighbours of every sample, and takes its middle.",
    _filters,
)
