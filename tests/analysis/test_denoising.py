"""Noise off a signal: windows joined without seams, gaps kept, short stretches left."""

import numpy as np
import pytest
import torch
from small import trained

from aedesk.analysis.denoising import (
    clean_stretch,
    denoise,
    is_doubtful,
    long_stretches,
    snr_db,
    untouched,
    window_of,
)
from aedesk.data.windowed import whole_stretches
from aedesk.errors import DataError
from aedesk.models.autoencoder import Autoencoder
from aedesk.training.trained_model import TrainedModel


def wave(count: int) -> np.ndarray:
    time = np.arange(count, dtype=np.float32)
    return (np.sin(time / 7) + 0.3 * np.cos(time / 3) + 5).astype(np.float32)


def identity(x: torch.Tensor) -> torch.Tensor:
    return x


@pytest.mark.parametrize("window", [1, 2, 3, 16, 17, 64, 100])
@pytest.mark.parametrize("more", [0, 1, 2, 13, 500])
def test_a_cleaner_that_changes_nothing_gives_the_signal_back(window: int, more: int) -> None:
    signal = wave(window + more)
    cleaned = clean_stretch(identity, signal, window)
    assert cleaned.shape == signal.shape and cleaned.dtype == np.float32
    np.testing.assert_allclose(cleaned, signal, atol=1e-5)


def test_windows_are_joined_without_steps() -> None:
    """Each window is a little off by its own amount; the whole must not jump where windows begin."""
    signal = np.zeros(2000, np.float32)
    offsets = torch.randn(10_000, generator=torch.Generator().manual_seed(0))

    def off(x: torch.Tensor) -> torch.Tensor:
        return x + offsets[: len(x), None]

    joined = clean_stretch(off, signal, 64)
    assert np.abs(np.diff(joined)).max() < 0.25 * float(offsets[:500].diff().abs().max())
    assert joined[64:-64].std() < 0.5, "sixteen windows are averaged"


def test_the_middle_of_a_window_counts_most() -> None:
    """A cleaner that is wrong at its ends only, where a sample has neighbours on one side."""

    def wrong_at_the_ends(x: torch.Tensor) -> torch.Tensor:
        y = x.clone()
        y[:, :4] += 1
        y[:, -4:] += 1
        return y

    cleaned = clean_stretch(wrong_at_the_ends, np.zeros(640, np.float32), 64)
    assert np.abs(cleaned[64:-64]).max() < 0.02
    assert cleaned[0] == pytest.approx(1, abs=1e-5), "the first sample has no other window"


def test_the_order_of_samples_is_kept() -> None:
    def last_known(x: torch.Tensor) -> torch.Tensor:
        return x.flip(1).flip(1) * 2

    np.testing.assert_allclose(clean_stretch(last_known, wave(200), 32), 2 * wave(200), rtol=1e-5)


def test_every_window_is_asked_once_in_its_place() -> None:
    asked = []

    def note(x: torch.Tensor) -> torch.Tensor:
        asked.append(x.clone())
        return x

    signal = np.arange(100, dtype=np.float32)
    clean_stretch(note, signal, 32)
    every = torch.cat(asked)
    assert every[:, 0].tolist() == [*range(0, 68, 2), 68], "a sixteenth of a window apart, and the last one"
    assert (every - every[:, :1] == torch.arange(32)).all()


@pytest.fixture
def copying(monkeypatch: pytest.MonkeyPatch) -> TrainedModel:
    """A model for signals, windows of 16, whose network gives back what it is given."""
    model = trained("signal", "data.scaling=standard")
    monkeypatch.setattr(Autoencoder, "forward", lambda self, x: x)
    return model


def test_a_signal_comes_back_in_its_own_units(copying: TrainedModel) -> None:
    signal = 1000 * wave(300)
    cleaned = denoise(copying, signal)
    np.testing.assert_allclose(cleaned, signal, rtol=1e-5)
    assert cleaned.shape == (300,)


def test_the_first_and_the_last_sample_come_out(monkeypatch: pytest.MonkeyPatch) -> None:
    model = trained("signal")
    monkeypatch.setattr(Autoencoder, "forward", lambda self, x: x + 1)
    for count in (16, 17, 31, 333):
        cleaned = denoise(model, wave(count))
        np.testing.assert_allclose(cleaned, wave(count) + 1, atol=1e-4)


def test_gaps_stay_gaps_and_nothing_reaches_across(monkeypatch: pytest.MonkeyPatch) -> None:
    model, seen = trained("signal"), []

    def forward(self: Autoencoder, x: torch.Tensor) -> torch.Tensor:
        seen.append(x.clone())
        return x + 1

    monkeypatch.setattr(Autoencoder, "forward", forward)
    signal = wave(100)
    signal[[0, 40, 41, 50]] = np.nan
    cleaned = denoise(model, signal)
    np.testing.assert_array_equal(np.isnan(cleaned), np.isnan(signal))
    assert all(torch.isfinite(x).all() for x in seen)
    np.testing.assert_allclose(cleaned[1:40], signal[1:40] + 1, atol=1e-4)
    np.testing.assert_array_equal(cleaned[42:50], signal[42:50])  # shorter than a window: left as it is
    np.testing.assert_allclose(cleaned[51:], signal[51:] + 1, atol=1e-4)


def test_the_input_is_left_alone(copying: TrainedModel) -> None:
    signal = wave(50)
    denoise(copying, signal)
    np.testing.assert_array_equal(signal, wave(50))


def test_values_too_large_to_compute_with_are_gaps(copying: TrainedModel) -> None:
    signal = wave(60).astype(np.float64)
    signal[30] = 1e300
    cleaned = denoise(copying, signal)
    assert np.flatnonzero(np.isnan(cleaned)).tolist() == [30]


@pytest.mark.parametrize("signal", [np.full(100, np.nan), np.where(np.arange(99) % 10, wave(99), np.nan)])
def test_a_signal_without_a_long_enough_stretch_is_an_error(signal: np.ndarray) -> None:
    with pytest.raises(DataError, match="no stretch of 16 samples without a gap"):
        denoise(trained("signal"), signal)
    with pytest.raises(DataError, match="The signal has 15 samples in a row, and the model needs 16"):
        denoise(trained("signal"), wave(15))


@pytest.mark.parametrize("form", ["image", "table"])
def test_a_model_for_something_else_is_an_error(form: str) -> None:
    with pytest.raises(DataError, match=f"learned from {form}s, not from signals"):
        denoise(trained(form), wave(100))
    assert window_of(trained("signal")) == 16


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (".", []),
        ("x", [(0, 1)]),
        ("xx..xxx.", [(0, 2), (4, 7)]),
        (".x.x", [(1, 2), (3, 4)]),
    ],
)
def test_stretches_without_gaps(text: str, expected: list[tuple[int, int]]) -> None:
    for gap in (np.nan, np.inf, -np.inf):
        values = np.array([1.0 if letter == "x" else gap for letter in text])
        assert [(part.start, part.stop) for part in whole_stretches(values)] == expected


def test_only_long_stretches() -> None:
    values = np.array([1, 1, np.nan, 1, 1, 1, np.nan, 1, 1])
    assert long_stretches(values, 3) == [slice(3, 6)]
    assert long_stretches(values, 2) == [slice(0, 2), slice(3, 6), slice(7, 9)]


@pytest.mark.parametrize("level", [-20.0, 0.0, 6.0, 40.0])
def test_a_signal_to_noise_ratio_is_that_of_the_powers(level: float) -> None:
    clean = wave(100_000)
    noise = np.random.default_rng(0).normal(size=clean.shape)
    noise *= clean.std() * 10 ** (-level / 20)
    assert snr_db(clean, clean + noise) == pytest.approx(level, abs=0.05)
    assert snr_db(clean + 100, clean + 100 + noise) == pytest.approx(level, abs=0.05), "a level shift is no signal"


def test_signal_to_noise_at_its_ends() -> None:
    assert snr_db(wave(9), wave(9)) == float("inf")
    assert snr_db(np.ones(9), np.zeros(9)) == float("-inf")


def test_values_between_close_gaps_are_counted() -> None:
    values = np.arange(100, dtype=float)
    values[[10, 90]] = np.nan
    assert np.nansum(untouched(values, 16)) == 10 + 9
    assert np.nansum(untouched(values, 9)) == 0


def test_a_result_that_takes_most_of_a_signal_away_is_doubtful() -> None:
    values = np.sin(np.arange(500) / 7)
    values[3] = np.nan
    assert is_doubtful(values, np.zeros(500))
    assert not is_doubtful(values, 0.9 * values)
    assert not is_doubtful(np.full(50, 5.0), np.full(50, 5.0))
