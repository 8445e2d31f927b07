"""How much of a signal there is at which frequencies, so that it is known what a lower sampling rate would lose."""

from dataclasses import dataclass

import numpy as np

from aedesk.analysis.noise_level import noise_level
from aedesk.data.windowed import longest_whole

MUCH_LOST = 0.02
"""Of a signal's power; where more is lost, no answer is within 17 dB of it."""

_MOST = 500_000  # samples that are looked at
_SEGMENT = 4096
_LEAST = 100
_BAND = 0.25  # of the spectrum, by which the noise is told
_UNSURE = 0.1  # of the noise, whose level is told no better
_DEVIATIONS = 4.0  # that are taken for chance


@dataclass(frozen=True, eq=False)
class SignalBand:
    """The power of a signal beyond its noise: in all, and ``above`` ``[k]`` frequencies evenly from 0 to ½ per sample.

    ``noise`` is the power of that, and the figures are of ``count`` samples.
    """

    power: float
    above: np.ndarray
    noise: float
    count: int

    def lost(self, finer: float) -> float:
        """The share of the signal's power that is lost where it has ``finer`` times its rate; 0 where chance may make it."""
        first = int(finer * (len(self.above) - 1)) + 2  # a tone is as wide as that
        if first >= len(self.above):
            return 0.0
        gone, noise = float(self.above[first]), self.noise * (1 - finer)
        chance = np.sqrt(2 / ((1 - finer) * self.count)) + np.sqrt(2 / (_BAND * self.count))  # of both powers
        if gone <= noise * max(_UNSURE, _DEVIATIONS * chance):
            return 0.0
        return gone / max(self.power, gone)


def signal_band(values: np.ndarray) -> SignalBand | None:
    """Of the signal ``values`` ``[t]``, by its longest part without gaps (Welch 1967). None where that is too short."""
    from scipy.signal import welch

    piece = np.asarray(longest_whole(values)[:_MOST], np.float64)
    if len(piece) < _LEAST:
        return None
    segment = min(_SEGMENT, len(piece))
    density = welch(piece, nperseg=segment, detrend="linear")[1]
    noise = noise_level(piece) ** 2
    excess = (density - 2 * noise) / segment  # a one-sided density over frequencies of 0…½ per sample
    return SignalBand(max(0.0, float(piece.var()) - noise), np.cumsum(excess[::-1])[::-1], noise, len(piece))


def lost_share(values: np.ndarray, finer: float) -> float:
    """Of the signals ``[t]`` or ``[t, c]`` the largest share that is lost at ``finer`` times their rate."""
    if finer >= 1:
        return 0.0
    bands = (signal_band(channel) for channel in values.reshape(len(values), -1).T)
    return max((band.lost(finer) for band in bands if band), default=0.0)
