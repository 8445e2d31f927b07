"""The moving median (Tukey 1977): every sample becomes the middle one of its neighbours by size."""

from functools import partial

from aedesk.analysis.classical_methods.method import Filter, Method, odd_lengths

_LONGEST = 51


def _filters(count: int, noise: float) -> list[Filter]:
    from scipy.ndimage import median_filter

    return [
        Filter(f"{length} samples", partial(median_filter, size=length, mode="nearest"), reach=length // 2)
        for length in odd_lengths(min(_LONGEST, count))
    ]


METHOD = Method(
    "moving-median",
    "Moving median",
    "Takes the middle one, by size, of every sample's neighbours: best against single spikes.",
    _filters,
)
