"""What a lower sampling rate would lose of a signal is told, and noise is no loss."""

import numpy as np
import pytest

from aedesk.analysis.signal_band import lost_share, signal_band

COUNT = 20_000


def noise(sigma: float, count: int = COUNT, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, sigma, count)


def tone(period: float, count: int = COUNT) -> np.ndarray:
    return np.sin(2 * np.pi * np.arange(count) / period)


@pytest.mark.parametrize("sigma", [0.001, 0.3, 1.0])
def test_the_share_above_the_new_band_is_told(sigma: float) -> None:
    both = 2 * tone(400) + tone(10) + noise(sigma)
    assert lost_share(both, 1 / 20) == pytest.approx(0.2, abs=0.03)
    assert lost_share(both, 1 / 4) == 0
    assert lost_share(tone(10) + noise(sigma), 1 / 45) == pytest.approx(1, abs=0.03)


@pytest.mark.parametrize("count", [40, 100, 300, 3000, COUNT])
@pytest.mark.parametrize("seed", range(10))
def test_noise_is_no_signal_that_is_lost(count: int, seed: int) -> None:
    for finer in (0.02, 0.3, 0.7):
        assert lost_share(0.5 * tone(400, count) + noise(0.5, count, seed), finer) == 0


def test_nothing_is_lost_upwards_and_too_little_tells_nothing() -> None:
    assert lost_share(tone(4), 1.5) == 0 and lost_share(tone(4), 1.0) == 0
    assert signal_band(noise(1, 90)) is None and signal_band(np.full(50, np.nan)) is None
    assert lost_share(np.full(500, 3.0), 0.1) == 0


def test_of_channels_the_one_that_loses_most_counts() -> None:
    assert lost_share(np.column_stack([tone(400), tone(10)]), 1 / 20) > 0.95
