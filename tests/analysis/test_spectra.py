"""Power spectral densities and spectrograms: levels, frequencies and gaps."""

import numpy as np
import pytest

from aedesk.analysis import spectra
from aedesk.analysis.spectra import density, spectrogram
from aedesk.data.timeline import Timeline

RATE = 500.0


def tone(count: int, hertz: float) -> np.ndarray:
    return np.sqrt(2) * np.sin(2 * np.pi * hertz * np.arange(count) / RATE)


def white(count: int) -> np.ndarray:
    return np.random.default_rng(0).normal(size=count)


def test_white_noise_is_equally_strong_everywhere() -> None:
    found = density(3 * white(40_000) + 7, 1 / RATE)
    assert found.frequency[0] > 0 and found.frequency[-1] == RATE / 2
    assert np.median(found.level) == pytest.approx(10 * np.log10(9 * 2 / RATE), abs=0.5)
    assert found.root == pytest.approx(3, rel=0.02)


def test_a_tone_stands_out_where_it_is() -> None:
    found = density(tone(20_000, 50) + 0.01 * white(20_000), 1 / RATE)
    assert found.frequency[found.level.argmax()] == pytest.approx(50, abs=0.3)
    assert np.ptp(found.level) > 30


def test_without_a_time_step_frequencies_are_per_sample() -> None:
    assert density(white(1000), None).frequency[-1] == 0.5
    assert spectrogram(white(1000), Timeline()).highest == 0.5


def test_a_long_signal_is_looked_at_piece_by_piece(monkeypatch) -> None:
    values = white(20_000)
    whole = density(values, 1 / RATE)
    monkeypatch.setattr(spectra, "_AT_ONCE", 9000)
    assert np.abs(density(values, 1 / RATE).level - whole.level).mean() < 0.7
    assert density(values, 1 / RATE).root == pytest.approx(1, rel=0.03)


def test_gaps_are_left_out_of_the_density_and_stay_gaps_along_time() -> None:
    values = tone(8000, 100)
    values[4000:4400] = np.nan
    found = density(values, 1 / RATE)
    assert np.isfinite(found.level).all()
    assert found.frequency[found.level.argmax()] == pytest.approx(100, abs=1)
    along = spectrogram(values, Timeline(1 / RATE))
    empty = np.isnan(along.level).any(axis=1)
    times = (np.arange(len(along.level)) + 0.5) * along.width
    assert 0 < empty.mean() < 0.15 and 7.5 < times[empty].min() and times[empty].max() < 9


def test_a_break_in_time_is_as_long_in_the_spectrogram_as_it_was() -> None:
    values = np.concatenate([tone(4000, 50), tone(4000, 150)])
    timeline = Timeline(1 / RATE, np.array([4000]), np.array([24.0]))
    along = spectrogram(values, timeline)
    assert along.width * len(along.level) == pytest.approx(40)
    times = (np.arange(len(along.level)) + 0.5) * along.width
    empty = np.isnan(along.level).all(axis=1)
    assert not empty[(times < 8) | (times > 32)].any() and empty[(times > 8.5) & (times < 31.5)].all()
    loudest = along.level[~empty].argmax(axis=1) * along.highest / (along.level.shape[1] - 1)
    assert np.abs(loudest[times[~empty] < 20] - 50).max() < 5, "no window has seen both tones"
    assert np.abs(loudest[times[~empty] > 20] - 150).max() < 5


def test_windows_of_the_density_do_not_reach_across_a_break() -> None:
    values = np.concatenate([tone(4000, 50), 100 + tone(4000, 50)])
    joined, apart = (density(values, 1 / RATE, breaks) for breaks in (np.empty(0, np.int64), np.array([4000])))
    lowest, crossed = (one.level[one.frequency < 20].max() for one in (apart, joined))
    assert lowest < crossed - 20, "the step between the two is none of the signal"


def test_uneven_rows_are_put_where_they_were_taken() -> None:
    times = np.concatenate([np.arange(2000) / RATE, 4 + np.arange(2000) / 50])
    along = spectrogram(white(4000), Timeline(1 / RATE, times=times))
    assert along.width * len(along.level) == pytest.approx(44, abs=0.1)
    assert np.isfinite(along.level).all(), "columns between two windows of the slow rows are not empty"


def test_the_spectrogram_tells_when_a_tone_sets_in() -> None:
    values = np.concatenate([tone(5000, 50), tone(5000, 150)]) + 0.01 * white(10_000)
    found = spectrogram(values, Timeline(1 / RATE))
    assert found.width * len(found.level) == pytest.approx(20, rel=0.05)
    loudest = found.level.argmax(axis=1) * found.highest / (found.level.shape[1] - 1)
    early, late = loudest[: len(loudest) // 2 - 9], loudest[len(loudest) // 2 + 9 :]
    assert np.abs(early - 50).max() < 3 and np.abs(late - 150).max() < 3


def test_a_spectrogram_has_the_level_of_the_density_and_a_bounded_size(monkeypatch) -> None:
    monkeypatch.setattr(spectra, "_COLUMNS", 40)
    found = spectrogram(2 * white(50_000), Timeline(1 / RATE))
    assert len(found.level) <= 40
    assert np.median(found.level[:, 2:-2]) == pytest.approx(10 * np.log10(4 * 2 / RATE), abs=0.7)


@pytest.mark.parametrize("values", [np.empty(0), np.ones(5), np.full(100, np.nan)])
def test_of_nothing_there_is_no_spectrum(values: np.ndarray) -> None:
    assert density(values, None) is None
    found = spectrogram(values, Timeline())
    assert found is None or np.isnan(found.level).all()
