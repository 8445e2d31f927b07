"""Whether what was removed is told apart: pure chance, a remainder of the signal, hum."""

import numpy as np
import pytest

from aedesk.analysis.removed import look_at_removed

COUNT = 4000


def white(count: int = COUNT, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=count)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("count", [60, 300, COUNT])
def test_pure_chance_looks_like_noise(seed: int, count: int) -> None:
    found = look_at_removed(3.0 + 0.01 * white(count, seed))
    assert found.looks_like_noise
    assert (np.abs(found.autocorrelation) < 2.5 * found.band).all()


@pytest.mark.parametrize("share", [0.25, 0.5, 0.9])
@pytest.mark.parametrize("period", [7.0, 40.0, 300.0], ids="period {}".format)
def test_a_remainder_of_the_signal_is_found_and_its_share_told(share: float, period: float) -> None:
    wave = np.sqrt(2 * share) * np.sin(np.arange(COUNT) * 2 * np.pi / period)
    found = look_at_removed(np.sqrt(1 - share) * white() + wave)
    assert not found.looks_like_noise
    assert found.structured == pytest.approx(share, abs=0.12)


def test_noise_that_goes_on_from_sample_to_sample_is_found() -> None:
    pink = np.convolve(white(), np.ones(5) / 5, mode="same")
    assert not look_at_removed(pink).looks_like_noise


def test_the_autocorrelation_is_its_definition() -> None:
    values = white(200)
    found = look_at_removed(values).autocorrelation
    centred = values - values.mean()
    wanted = [float(centred[lag:] @ centred[:-lag]) / float(centred @ centred) for lag in range(1, len(found) + 1)]
    np.testing.assert_allclose(found, wanted, atol=1e-12)


def test_gaps_are_left_out() -> None:
    values = white()
    values[1000:1003] = np.nan
    assert look_at_removed(values).band == pytest.approx(1.96 / np.sqrt(COUNT - 1003))


@pytest.mark.parametrize("values", [np.empty(0), white(10), np.zeros(500), np.full(90, np.nan)])
def test_of_nothing_nothing_is_said(values: np.ndarray) -> None:
    assert look_at_removed(values) is None
