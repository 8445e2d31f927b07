"""How strong the noise of a signal is, told from the signal alone."""

import numpy as np

_SEGMENT = 256
_BAND = 0.25  # of the spectrum
_DEVIATIONS = 2.0  # that are taken for chance

LITTLE = 0.1
"""Of the noise, root mean square; where less is taken off a signal, nearly all of the noise is kept."""


def noise_level(values: np.ndarray) -> float:
    """The standard deviation of the white noise in ``values`` ``[t]``, in their own units.

    White noise is equally strong at all frequencies, and a signal is not: the level is that of the
    weakest quarter of the spectrum in one piece, by Welch's method (1967), taken together with all
    quarters that chance alone may have made stronger. Too high where the signal fills the whole
    spectrum, and too low for noise that does not.
    """
    from scipy.signal import welch

    segment = min(_SEGMENT, len(values))
    if segment < 8:
        return 0.0
    density = welch(values, nperseg=segment, detrend="linear")[1][1:-1]
    width = max(1, round(len(density) * _BAND))
    bands = np.convolve(density, np.ones(width) / width, mode="valid")
    alike = np.flatnonzero(bands <= bands.min() * (1 + _DEVIATIONS * _by_chance(len(values))))
    noise = np.unique(alike[:, None] + np.arange(width))
    return float(np.sqrt(density[noise].mean() / 2))  # a one-sided density over frequencies of 0…½ per sample


def beyond_noise(apart: float, noise: float, count: int) -> float:
    """About how far a method is from the clean signal, root mean square, by how far it is from ``count`` noisy samples.

    That is ``apart``, mean squared, of samples that the method does not see, with white ``noise`` of that standard
    deviation. Rather too far than too near: twice the standard deviation of what the noise's power is wrong by is added,
    for a network knows some of the noise by heart that it learned from, and the more so the less of it there was.
    """
    if not apart:
        return 0.0
    return float(np.sqrt(max(0.0, apart - noise**2) + _DEVIATIONS * noise**2 * _by_chance(count)))


def _by_chance(count: int) -> float:
    """The relative standard deviation of the power in a band, of so many samples."""
    return float(np.sqrt(2 / (_BAND * count)))
