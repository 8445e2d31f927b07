"""The noise of a signal, estimated from all of it and measured where there is nothing else."""

import numpy as np
import pytest
from scipy.signal import lfilter

from aedesk.analysis.blind import mixture
from aedesk.analysis.cleaners import Comparison
from aedesk.analysis.denoising import snr_db
from aedesk.analysis.noise_profile import (
    NoiseProfile,
    estimated_profile,
    measured_profile,
    silence_profile,
    spread_of,
)
from aedesk.analysis.quality import quality_estimated
from aedesk.errors import DataError
from tests import small


def white(count: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=count)


def red(count: int, seed: int = 0) -> np.ndarray:
    """Noise of standard deviation 1 of which each sample has four fifths of the one before."""
    return lfilter([0.6], [1, -0.8], white(count + 100, seed))[100:]


@pytest.mark.parametrize("count", [1000, 3000, 60_000])
def test_white_noise_is_not_taken_for_weaker_than_it_is_where_there_are_few_samples(count: int) -> None:
    found = [estimated_profile(np.sin(np.arange(count) / 30) + 0.2 * white(count, seed)).level for seed in range(8)]
    assert np.mean(found) == pytest.approx(0.2, rel=0.04)


def test_measured_noise_has_the_level_and_the_colour_that_it_has() -> None:
    plain = measured_profile(5 + 0.001 * np.arange(4000) + 0.2 * white(4000))
    assert plain.level == pytest.approx(0.2, rel=0.03) and plain.gains is None
    coloured = measured_profile(3 * red(4000))
    assert coloured.level == pytest.approx(3, rel=0.1) and coloured.gains is not None
    one, other = coloured.draws(20_001)
    for drawn in (one, other):
        assert drawn.shape == (20_001,) and drawn.std() == pytest.approx(coloured.level, rel=0.1)
        for lag in (1, 2, 5):
            assert np.mean(drawn[lag:] * drawn[:-lag]) / drawn.var() == pytest.approx(0.8**lag, abs=0.08)
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.1


@pytest.mark.parametrize("seed", range(10))
def test_white_noise_is_seldom_taken_for_coloured(seed: int) -> None:
    assert measured_profile(white(500, seed)).gains is None


def test_gaps_in_a_stretch_of_noise_are_left_out() -> None:
    values = white(1000)
    values[300] = np.nan
    assert measured_profile(values).level == pytest.approx(values[301:].std(), rel=0.01)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [(white(63), "63 samples"), (np.full(100, np.nan), "0 samples"), (np.full(200, 1e6), "Nothing changes"), (np.arange(200.0), "Nothing changes")],
    ids=["short", "missing", "flat", "slope"],
)  # fmt: skip
def test_where_it_cannot_be_known_a_sentence_says_so(values: np.ndarray, sentence: str) -> None:
    for tell in (spread_of, measured_profile):
        with pytest.raises(DataError, match=sentence):
            tell(values)


def test_a_known_level_sets_the_mixture_and_the_ratio() -> None:
    clean = np.sin(np.arange(8000) / 30)
    values, told = clean + 0.2 * red(8000), clean + 0.1 * white(8000, 4)
    guessed, known = mixture(values, told), mixture(values, told, 0.2)
    assert guessed.noise < 0.15, "of this noise the weakest part of the spectrum tells too little"
    assert known.noise == 0.2 and known.share == pytest.approx(0.2, abs=0.05)
    assert snr_db(clean, known.values) > snr_db(clean, guessed.values)
    assert quality_estimated(values, noise=0.2).before == pytest.approx(10 * np.log10(0.5 / 0.04), abs=0.3)


def silent_first(noise: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A signal that begins after 1000 samples, and the same with noise."""
    clean = np.where(np.arange(len(noise)) < 1000, 0.0, np.sin(np.arange(len(noise)) / 25))
    return clean, clean + noise


def test_filters_are_set_by_the_noise_of_a_silent_stretch() -> None:
    """Coloured noise can be foretold like a signal, so that the blind error has it kept."""
    clean, values = silent_first(0.4 * red(8000))
    model, ratios = small.trained("signal"), []
    for silence in (None, slice(0, 1000)):
        compared = Comparison(model, values, values.astype(np.float32), silence=silence)
        found = [answer for answer in compared.answers() if answer.method]
        ratios.append([snr_db(clean, compared.values_by(answer)) for answer in found])
    assert compared.known_noise == pytest.approx(0.4, rel=0.15)
    assert np.mean(ratios[1]) > np.mean(ratios[0]) + 0.5 and len(ratios[1]) == 4
    for answer in found:
        true = float(np.sqrt(np.mean((compared.values_by(answer) - clean) ** 2)))
        assert answer.left == pytest.approx(true, rel=0.35) and answer.error == pytest.approx(answer.left, rel=0.2)


def test_a_silent_stretch_that_tells_nothing_stops_the_comparison() -> None:
    values = white(3000)
    with pytest.raises(DataError, match="at least 64"):
        list(Comparison(small.trained("signal"), values, values, silence=slice(0, 20)).answers())


@pytest.mark.parametrize("seed", [0, 1])
def test_what_is_drawn_is_not_the_noise_that_somebody_put_on_a_signal(seed: int) -> None:
    """As on the shipped heartbeat: a method that goes by how much the signal changes would look worse than it is."""
    made = np.random.default_rng(seed).normal(size=10_000)
    for draw in NoiseProfile(1.0).draws(10_000, seed):
        assert abs(np.corrcoef(made, draw)[0, 1]) < 0.05


@pytest.mark.parametrize("level", [0.1, 0.5, 1.0])
def test_a_stretch_of_signal_is_not_only_noise(level: float) -> None:
    count = np.arange(6000)
    values = np.where(count < 2000, 0, np.sin(count / 9)) + level * white(6000)
    assert silence_profile(values, slice(100, 1900)).level == pytest.approx(level, rel=0.1)
    for rows in (slice(2500, 2700), slice(3000, 6000)):
        with pytest.raises(DataError, match="cannot be only noise"):
            silence_profile(values, rows)


@pytest.mark.parametrize("colour", [white, red])
def test_noise_as_strong_as_the_signal_is_still_noise(colour) -> None:
    values = np.where(np.arange(6000) < 2000, 0, np.sin(np.arange(6000) / 9)) + 0.5 * colour(6000)
    assert silence_profile(values, slice(100, 1900)).level == pytest.approx(0.5, rel=0.15)
