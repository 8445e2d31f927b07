"""How strong the noise is, told from the noisy signal alone."""

import numpy as np
import pytest

from aedesk.analysis.noise_level import noise_level


def wave(count: int) -> np.ndarray:
    time = np.arange(count)
    return np.sin(time / 40) + 0.3 * np.sign(np.sin(time / 130)) + 7


def white(count: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=count)


@pytest.mark.parametrize("count", [600, 5000, 100_000])
@pytest.mark.parametrize("sigma", [0.1, 0.5, 3.0])
def test_white_noise_is_found_within_a_tenth(count: int, sigma: float) -> None:
    found = noise_level(wave(count) + sigma * white(count))
    assert found == pytest.approx(sigma, rel=0.1)


def test_it_is_in_the_units_of_the_signal_and_knows_no_height() -> None:
    noisy = wave(5000) + 0.3 * white(5000)
    assert noise_level(1e6 * noisy - 1e7) == pytest.approx(1e6 * noise_level(noisy))


def test_a_clean_signal_has_little() -> None:
    assert noise_level(np.sin(np.arange(5000) / 40)) < 0.01
    assert noise_level(np.full(500, 4.0)) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_of_a_handful_of_samples_nothing_is_said(count: int) -> None:
    assert noise_level(white(count)) == 0
