"""The noise of a signal as far as it is known: how strong it is, and how it can be drawn anew."""

from dataclasses import dataclass

import numpy as np

from aedesk.analysis.noise_level import noise_level

_DRAWS = 8


@dataclass(frozen=True)
class NoiseProfile:
    """White noise of the standard deviation ``level``, in the signal's units."""

    level: float

    def draws(self, count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
        """Two stretches of such noise, ``[count]`` each, that know nothing of each other."""
        generator = np.random.default_rng(seed)
        return generator.normal(0, self.level, count), generator.normal(0, self.level, count)


def estimated_profile(values: np.ndarray) -> NoiseProfile:
    """The white noise in a signal ``[t]``: its ``noise_level`` without what that is too low by for so few samples.

    That is the level of the weakest of many bands. How much weaker it is by chance, a few per cent of 3000 samples,
    is seen from white noise of a known level.
    """
    generator = np.random.default_rng(0)
    found = float(np.mean([noise_level(generator.normal(size=len(values))) for _ in range(_DRAWS)]))
    return NoiseProfile(noise_level(values) / found if found else 0.0)
