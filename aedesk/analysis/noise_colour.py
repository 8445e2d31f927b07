"""Noise that is alike from a sample to the next few, as behind a low-pass filter: seen where a recording is quietest."""

from functools import cache

import numpy as np

from aedesk.analysis.noise_spectra import FARTHEST_HIDDEN

BLOCK = 48  # samples
_ORDER = 3  # of the polynomial that a signal is followed by where it is quiet
_LAGS = 12
_QUIETEST = 0.2  # of the blocks
_LEAST_BLOCKS = 16
_ALIKE = 0.35  # the correlation of neighbours beside the polynomial from which on they are alike
_OVER = 0.15  # the correlation from which on it counts, without what the polynomial took
_POWER = 0.06  # the least share of the recording's power
_CHANCE = 0.1  # of the noise's power: how much of a sample all before it do not tell


def alike_neighbours(values: np.ndarray) -> tuple[int, float] | None:
    """How far apart samples have noise of their own, and about what share of the power the noise is; None for others.

    ``values`` ``[t]`` are a stretch without gaps. In short blocks a cubic is taken off; what is left of the quietest of
    them is noise, where it is strong enough and cannot be foretold like a signal. Its autocorrelation is solved for from
    that of the rest, so that what the cubic takes of the noise does not count.
    """
    count = len(values) // BLOCK
    if count < _LEAST_BLOCKS:
        return None
    rest = values[: count * BLOCK].reshape(count, BLOCK) @ _beside_cubics()
    power = np.square(rest).mean(axis=1)
    quiet = np.argsort(power)[: max(_LEAST_BLOCKS // 2, int(_QUIETEST * count))]
    share = float(power[quiet].mean() / values.var())
    if share < _POWER:
        return None
    rest = rest[quiet] / np.sqrt(power[quiet])[:, None]
    found = np.array([np.mean(rest[:, : BLOCK - lag] * rest[:, lag:]) for lag in range(_LAGS)])
    if found[1] / found[0] < _ALIKE:
        return None
    correlation = np.linalg.solve(_mixing(), found)
    correlation /= correlation[0]
    if _innovation(correlation) < _CHANCE:
        return None
    own = np.flatnonzero(correlation[: FARTHEST_HIDDEN + 1] < _OVER)
    return (int(own[0]), min(1.0, share)) if len(own) else None


@cache
def _beside_cubics() -> np.ndarray:
    """What takes the best cubic off a block: ``[BLOCK, BLOCK]``, symmetric."""
    places = np.linspace(-1, 1, BLOCK)
    basis, _ = np.linalg.qr(np.vander(places, _ORDER + 1))
    return np.eye(BLOCK) - basis @ basis.T


@cache
def _mixing() -> np.ndarray:
    """How the autocorrelation beside cubics follows from that of the noise: ``[lags, lags]``."""
    from scipy.linalg import toeplitz

    beside, found = _beside_cubics(), np.zeros((_LAGS, _LAGS))
    for lag in range(_LAGS):
        alone = np.zeros(BLOCK)
        alone[lag] = 1
        mixed = beside @ toeplitz(alone) @ beside
        found[:, lag] = [np.trace(mixed, offset=other) / (BLOCK - other) for other in range(_LAGS)]
    return found


def _innovation(correlation: np.ndarray) -> float:
    """The share of a sample's power that those before it do not tell (Levinson 1947, Durbin 1960), at least 0."""
    error, weights = 1.0, np.zeros(0)
    for order in range(1, len(correlation)):
        reflection = (correlation[order] - weights @ correlation[order - 1 : 0 : -1]) / error
        if abs(reflection) >= 1:
            return 0.0
        weights = np.append(weights - reflection * weights[::-1], reflection)
        error *= 1 - reflection**2
    return error
