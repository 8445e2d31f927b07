"""Whether what was taken from a signal looks like noise."""

from dataclasses import dataclass

import numpy as np

from aedesk.data.windowed import longest_whole

_LAGS = 50
_STRUCTURED = 0.1


@dataclass(frozen=True)
class Removed:
    """What was removed, in figures.

    ``autocorrelation`` ``[lags]`` begins at a lag of 1 sample; of independent noise 95 % of it lies
    within ±``band``. ``structured`` is about the share of the removed power that goes on from sample
    to sample: 0 for noise that is pure chance.
    """

    autocorrelation: np.ndarray
    band: float
    structured: float

    @property
    def looks_like_noise(self) -> bool:
        """Whether nearly all of it is pure chance."""
        return self.structured < _STRUCTURED


def look_at_removed(removed: np.ndarray) -> Removed | None:
    """Judge what was removed, ``[t]``, by its longest stretch without gaps. None where that is too short.

    The autocorrelation is the inverse transform of the power spectrum (Wiener and Khinchin).
    """
    values = longest_whole(removed)
    lags = min(_LAGS, len(values) // 4)
    if lags < 4 or not values.var():
        return None
    length = 2 ** int(np.ceil(np.log2(2 * len(values))))
    spectrum = np.fft.rfft(values - values.mean(), length)
    found = np.fft.irfft(np.square(np.abs(spectrum)), length)[: lags + 1]
    correlation = found[1:] / found[0]
    band = 1.96 / float(np.sqrt(len(values)))
    largest = float(np.abs(correlation).max())
    # The largest of so many lags lies above the band by chance alone.
    chance = band / 1.96 * float(np.sqrt(2 * np.log(2 * lags)))
    return Removed(correlation, band, max(0.0, largest - chance))
