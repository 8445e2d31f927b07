"""The noise of a signal as far as it is known: how strong it is at every frequency, and how it can be drawn anew."""

from dataclasses import dataclass

import numpy as np

from aedesk.analysis.noise_level import noise_level
from aedesk.analysis.removed_kinds import correlated
from aedesk.data.windowed import longest_whole
from aedesk.errors import DataError

LEAST = 64
"""Samples that a stretch of noise must have, to tell how strong it is within about a tenth."""

_MOST = 100_000  # samples that are looked at
_DRAWS = 8
_LOUD, _LOUD_WHITE = 0.8, 0.97  # of a recording's standard deviation: noise has less, beside any signal worth it
_OWN = 0xAEDE5C  # of the seeds: noise that others made begins with 0 or 1, and must be another one
_SEGMENT = 256
_LAGS = 20


@dataclass(frozen=True, eq=False)
class NoiseProfile:
    """Noise of the standard deviation ``level``, in the signal's units.

    ``gains`` ``[k]`` are its amplitudes at frequencies evenly from 0 to ½ cycles per sample, beside those of white
    noise; None for white noise.
    """

    level: float
    gains: np.ndarray | None = None

    def draws(self, count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
        """Two stretches of such noise, ``[count]`` each, that know nothing of each other, nor of the signal's."""
        generator = np.random.default_rng((_OWN, seed))
        return self._draw(generator, count), self._draw(generator, count)

    def _draw(self, generator: np.random.Generator, count: int) -> np.ndarray:
        white = generator.normal(0, self.level, count)
        if self.gains is None:
            return white
        places = np.linspace(0, len(self.gains) - 1, count // 2 + 1)
        return np.fft.irfft(np.fft.rfft(white) * np.interp(places, np.arange(len(self.gains)), self.gains), count)


def estimated_profile(values: np.ndarray) -> NoiseProfile:
    """The white noise in a signal ``[t]``: its ``noise_level`` without what that is too low by for so few samples.

    That is the level of the weakest of many bands. How much weaker it is by chance, a few per cent of 3000 samples,
    is seen from white noise of a known level.
    """
    generator = np.random.default_rng(0)
    found = float(np.mean([noise_level(generator.normal(size=len(values))) for _ in range(_DRAWS)]))
    return NoiseProfile(noise_level(values) / found if found else 0.0)


def measured_profile(noise: np.ndarray) -> NoiseProfile:
    """The noise of which a stretch ``[t]`` has nothing else but a level or a slope, by its longest part without gaps.

    It is white where its neighbours have no more to do with each other than by chance; else its spectrum is told by
    Welch's method (1967). DataError where it has too few samples, or never changes.
    """
    from scipy.signal import detrend, welch

    known = np.asarray(longest_whole(noise)[:_MOST], np.float64)
    level = spread_of(known)
    values = detrend(known)
    found = correlated(values, values)[1 : _LAGS + 1] / float(values @ values)
    # Beside the largest of so many lags by chance.
    if np.abs(found).max() < np.sqrt(2 * np.log(20 * _LAGS) / len(values)):
        return NoiseProfile(level)
    segment = min(_SEGMENT, len(values) // 4)
    density = welch(values, nperseg=segment, detrend="linear")[1]
    density[0] = density[1]  # a level and a slope are no part of it
    return NoiseProfile(level, np.sqrt(density / density.mean()))


def silence_profile(values: np.ndarray, rows: slice) -> NoiseProfile:
    """The noise of a recording ``[t]`` by some rows that are said to have nothing else.

    DataError as ``measured_profile``, and where they are about as strong as the whole recording: then there is signal
    in them. White ones may be stronger, for signals are not.
    """
    profile = measured_profile(values[rows])
    share = profile.level / spread_of(values)
    if share >= (_LOUD_WHITE if profile.gains is None else _LOUD):
        raise DataError(
            f"The stretch has {100 * share:.0f} % of the strength of the whole recording, so that it cannot be only noise. "
            "Select one where the signal is silent."
        )
    return profile


def spread_of(noise: np.ndarray) -> float:
    """The standard deviation of a stretch of noise ``[t]``, without a level and a slope, by its longest part without gaps.

    DataError where that has too few samples, or never changes.
    """
    from scipy.signal import detrend

    known = np.asarray(longest_whole(noise)[:_MOST], np.float64)
    if len(known) < LEAST:
        raise DataError(
            f"The stretch has {len(known)} samples without a gap, and at least {LEAST} are needed to know the noise by. "
            "Select a longer one."
        )
    level = float(detrend(known).std())
    if not level > 1e-12 * float(np.abs(known).max()):
        raise DataError("Nothing changes in the stretch, so that there is no noise in it. Select another one.")
    return level
