"""How strong the noise of a signal is, told from the signal alone."""

import numpy as np

_SEGMENT = 256
_BAND = 0.25  # of the spectrum


def noise_level(values: np.ndarray) -> float:
    """The standard deviation of the white noise in ``values`` ``[t]``, in their own units.

    White noise is equally strong at all frequencies, and a signal is not: the level is that of the
    weakest quarter of the spectrum in one piece, by Welch's method (1967). Too high where the signal
    fills the whole spectrum, and too low for noise that does not.
    """
    from scipy.signal import welch

    segment = min(_SEGMENT, len(values))
    if segment < 8:
        return 0.0
    density = welch(values, nperseg=segment, detrend="linear")[1][1:-1]
    width = max(1, round(len(density) * _BAND))
    bands = np.convolve(density, np.ones(width) / width, mode="valid")
    return float(np.sqrt(bands.min() / 2))  # a one-sided density over frequencies of 0…½ per sample
