"""Signal-to-noise ratios, true by a reference and estimated without one."""

import numpy as np
import pytest
from scipy.ndimage import median_filter

from aedesk.analysis.noise_profile import NoiseProfile
from aedesk.analysis.noise_through import Clean, noise_through
from aedesk.analysis.quality import (
    quality_by_reference,
    quality_estimated,
    ratio_db,
    remaining_error,
)

COUNT = 20_000
CLEAN = np.sin(np.arange(COUNT) / 9)
NOISY = CLEAN + 0.3 * np.random.default_rng(0).normal(size=COUNT)
TRUE_DB = 10 * np.log10(0.5 / 0.09)


def smoothed(values: np.ndarray, length: int = 9) -> np.ndarray:
    return np.convolve(values, np.ones(length) / length, mode="same")


def left_by(clean: Clean) -> float:
    made = clean(NOISY)
    return remaining_error(NOISY - made, noise_through(clean, made, NoiseProfile(0.3).draws(COUNT, 1)))


def rms(values: np.ndarray) -> float:
    return float(np.sqrt(np.mean(np.square(values))))


def test_by_a_reference_the_ratios_are_true() -> None:
    found = quality_by_reference(CLEAN, NOISY, CLEAN + 0.1 * (NOISY - CLEAN))
    assert not found.estimated
    assert found.noise == pytest.approx(0.3, rel=0.02)
    assert found.before == pytest.approx(TRUE_DB, abs=0.1)
    assert found.after == pytest.approx(TRUE_DB + 20, abs=0.1)
    assert quality_by_reference(CLEAN, NOISY, None).after is None


def test_missing_values_do_not_count() -> None:
    holes = NOISY.copy()
    holes[::7] = np.nan
    assert quality_by_reference(CLEAN, holes, holes).before == pytest.approx(TRUE_DB, abs=0.1)
    assert quality_by_reference(np.full(COUNT, np.nan), NOISY, NOISY) is None


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 1.0])
def test_without_a_reference_they_are_estimated_for_any_mixture(share: float) -> None:
    cleaned = smoothed(NOISY)
    after = NOISY + share * (cleaned - NOISY)
    left = left_by(smoothed)
    found = quality_estimated(NOISY, NOISY - after, share, left)
    assert found.estimated
    assert found.noise == pytest.approx(0.3, rel=0.05)
    assert found.before == pytest.approx(TRUE_DB, abs=0.5)
    assert found.after == pytest.approx(ratio_db(0.5, rms(after - CLEAN)), abs=1)


def test_what_is_not_known_is_not_said() -> None:
    assert quality_estimated(NOISY).after is None
    assert quality_estimated(np.ones(4)) is None
    assert quality_estimated(np.full(100, np.nan)) is None
    assert quality_estimated(NOISY, left=0.0).after is None, "no estimate is so good that nothing is left"


@pytest.mark.parametrize("length", [3, 9, 41])
def test_the_remaining_error_is_told_without_the_clean_signal(length: int) -> None:
    told = left_by(lambda values: smoothed(values, length))
    assert told == pytest.approx(rms(smoothed(NOISY, length) - CLEAN), rel=0.1)
    assert left_by(lambda values: values) == pytest.approx(0.3, rel=0.05)


@pytest.mark.parametrize("length", [3, 9, 25])
def test_the_remaining_error_is_told_of_a_median_too_which_is_not_smooth(length: int) -> None:
    told = left_by(lambda values: median_filter(values, length, mode="nearest"))
    assert told == pytest.approx(rms(median_filter(NOISY, length, mode="nearest") - CLEAN), rel=0.1)


def test_ratios_at_their_ends() -> None:
    assert ratio_db(1, 0) == float("inf") and ratio_db(0, 1) == float("-inf")
