"""Wavelets whose small coefficients are taken away (Donoho and Johnstone 1994)."""

from functools import partial
from math import log, sqrt

import numpy as np

from aedesk.analysis.classical_methods.method import Filter, Method

_WAVELETS = ("sym8", "db4", "coif3")
_STRENGTHS = (0.4, 0.6, 0.8, 1.0)  # of the universal threshold
_LEVELS = range(1, 8)


def _filters(count: int, noise: float) -> list[Filter]:
    import pywt

    return [
        _filter(wavelet, levels, kind, strength, noise * strength * _universal(count))
        for wavelet in _WAVELETS
        for levels in _LEVELS
        if levels <= pywt.dwt_max_level(count, wavelet)
        for kind in ("soft", "hard")
        for strength in _STRENGTHS
    ]


def _filter(wavelet: str, levels: int, kind: str, strength: float, threshold: float) -> Filter:
    import pywt

    reach = (pywt.Wavelet(wavelet).dec_len - 1) * 2**levels
    return Filter(
        f"{wavelet}, {levels} {'level' if levels == 1 else 'levels'}, {kind} at {strength:g} of the universal threshold",
        partial(_thresholded, wavelet=wavelet, levels=levels, kind=kind, threshold=threshold),
        reach,
        2 * reach,  # there and back
        2**levels,
    )


def _universal(count: int) -> float:
    """The universal threshold for noise of standard deviation 1."""
    return sqrt(2 * log(max(count, 2)))


def _thresholded(values: np.ndarray, wavelet: str, levels: int, kind: str, threshold: float) -> np.ndarray:
    import pywt

    rough, *details = pywt.wavedec(np.array(values), wavelet, level=levels)  # it takes no read-only arrays
    kept = [pywt.threshold(detail, threshold, kind) if threshold else detail for detail in details]
    return pywt.waverec([rough, *kept], wavelet)[: len(values)]


METHOD = Method(
    "wavelet",
    "Wavelet",
    "Takes the signal apart into short waves of many lengths and leaves the weak ones out.",
    _filters,
)
