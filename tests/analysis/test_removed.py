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


def beats(count: int = 20_000) -> np.ndarray:
    """Steep peaks, one in 300 samples, on a slow wave."""
    places = np.arange(count)
    return np.exp(-(((places % 300 - 150) / 4) ** 2)) + 0.3 * np.sin(places / 90)


def smoothed(values: np.ndarray, length: int) -> np.ndarray:
    return np.convolve(values, np.ones(length) / length, mode="same")


NOISE = 0.1 * white(20_000)
HUM = 0.2 * np.sin(2 * np.pi * 50 / 360 * np.arange(20_000))
DRIFT = 0.004 * np.cumsum(white(20_000, 5))


@pytest.mark.parametrize(
    ("kind", "noisy", "cleaned"),
    [
        ("noise", beats() + NOISE, beats()),
        ("signal", beats() + NOISE, smoothed(beats() + NOISE, 21)),
        ("signal", beats() + NOISE, 0.3 * beats()),
        ("signal", np.sin(np.arange(20_000) / 9) + NOISE, 0.6 * np.sin(np.arange(20_000) / 9)),
        ("hum", beats() + HUM, beats()),
        ("hum", beats() + NOISE + HUM, beats()),
        ("drift", beats() + DRIFT, beats()),
        ("coloured", beats() + np.diff(white(20_001)), beats()),
    ],
    ids=["noise", "smoothed", "weakened", "tone", "hum", "hum and noise", "drift", "coloured"],
)
def test_what_was_removed_is_told_apart(kind: str, noisy: np.ndarray, cleaned: np.ndarray) -> None:
    found = look_at_removed(noisy - cleaned, cleaned)
    assert found.kind == kind
    assert found.looks_like_noise == (kind == "noise")
    if kind == "hum":
        assert found.line * 360 == pytest.approx(50, abs=0.5)


def test_a_cleaned_signal_that_never_changes_resembles_nothing() -> None:
    assert look_at_removed(HUM, np.zeros(20_000)).kind == "hum"
