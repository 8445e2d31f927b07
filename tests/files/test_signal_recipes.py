"""The shipped ways to learn from a signal, fitted to recordings of any length."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from scipy.signal import resample_poly

from aedesk.data.csv_table import read_csv
from aedesk.data.loading import load
from aedesk.data.sampling import Sampling
from aedesk.errors import DataError
from aedesk.files.recipe_file import read_shipped
from aedesk.files.signal_recipes import Way, recipe_for
from aedesk.paths import resource

WAYS: tuple[Way, ...] = ("blind", "added-noise")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("count", [96, 97, 500, 2458, 20_000])
def test_a_recording_of_any_length_is_learned_from(way: Way, count: int, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    values = np.random.default_rng(0).normal(size=count)
    path.write_text("v\n" + "\n".join(f"{value:.4f}" for value in values))
    recipe = recipe_for(way, str(path), "v", values)
    assert not [problem for problem in recipe.problems() if problem.fatal]
    dataset = load(recipe.data)
    assert len(dataset.train) >= 2 and len(dataset.validation) >= 1
    assert recipe.blind is (way == "blind")


@pytest.mark.parametrize("way", WAYS)
def test_one_too_short_is_refused_in_a_sentence(way: Way) -> None:
    with pytest.raises(DataError, match="95 samples, and at least 96"):
        recipe_for(way, "a.csv", "v", np.zeros(95))


def test_a_long_recording_takes_no_longer_and_a_short_one_is_not_learned_by_heart() -> None:
    """Samples that pass through the network."""

    def seen(count: int) -> float:
        recipe = recipe_for("blind", "a.csv", "v", np.zeros(count))
        source = recipe.data.source
        return recipe.training.epochs * count / source.hop * source.window

    assert seen(10_000_000) == pytest.approx(seen(108_000), rel=0.1)
    assert seen(12_000) / 12_000 == pytest.approx(seen(20_000) / 20_000, rel=0.1)
    assert seen(2000) / 2000 == pytest.approx(seen(3400) / 3400, rel=0.1)


@pytest.mark.parametrize("count", [3400, 3600, 6000, 9990])
def test_a_short_recording_takes_at_most_half_as_much_as_a_long_one(count: int) -> None:
    def looks(count: int) -> float:
        recipe = recipe_for("blind", "a.csv", "v", np.zeros(count))
        return recipe.training.epochs * count / recipe.data.source.hop * recipe.data.source.window

    recipe = recipe_for("blind", "a.csv", "v", np.zeros(count))
    assert looks(count) < 0.55 * looks(1_000_000)
    networks, batch = recipe.model.encoder.networks, recipe.training.batch_size
    assert networks == (4 if count <= 3500 else 2) and batch == 16 * networks, "each is given as much at once"


def test_the_shipped_watch_is_learned_from_as_its_recipe_says() -> None:
    table, shipped = read_csv(resource("examples", "watch_noisy.csv")), read_shipped("watch-blind")
    values = np.stack([table.column(name) for name in table.signal_names()], axis=1)
    recipe = recipe_for("blind", "watch_noisy.csv", "*", values)
    assert recipe.model == shipped.model and recipe.training.batch_size == shipped.training.batch_size
    assert (recipe.data.source.window, recipe.data.source.hop) == (shipped.data.source.window, shipped.data.source.hop)
    assert recipe.training.epochs == 62, "which changes its figures by nothing that matters"


def test_the_network_sees_no_farther_than_a_window() -> None:
    for count in (96, 1000, 108_000):
        recipe = recipe_for("blind", "a.csv", "v", np.zeros(count))
        assert 2 ** (recipe.model.encoder.depth + 1) <= max(4, recipe.data.source.window)


def test_gaps_make_windows_shorter_rather_than_learning_impossible(tmp_path: Path) -> None:
    values = np.random.default_rng(0).normal(size=3000)
    values[::40] = np.nan
    path = tmp_path / "a.csv"
    path.write_text("t,v\n" + "\n".join(f"{at},{'' if np.isnan(value) else value}" for at, value in enumerate(values)))
    recipe = recipe_for("blind", str(path), "v", values)
    assert recipe.data.source.window == 16
    dataset = load(recipe.data)
    assert len(dataset.train) > 100 and len(dataset.validation) > 5
    with pytest.raises(DataError, match="95 samples"):
        recipe_for("blind", "a.csv", "v", np.where(np.arange(3000) < 95, 1.0, np.nan))


def test_a_short_recording_is_learned_by_several_networks_under_more_noise() -> None:
    assert recipe_for("blind", "a.csv", "v", np.zeros(20_000)).corruption.kind == "none"
    time, chance = np.arange(3000), np.random.default_rng(1)
    strengths = []
    for sigma in (0.1, 0.5):
        noise = chance.normal(0, sigma, (3000, 2))
        signal = np.stack([np.sin(time / 9), 5 * np.sin(time / 30)], axis=1)
        recipe = recipe_for("blind", "a.csv", "a;b", signal + noise * signal.std(0))
        assert recipe.corruption.kind == "noisier" and recipe.model.encoder.networks > 1
        assert recipe.blind and not [problem for problem in recipe.problems() if problem.fatal]
        strengths.append(recipe.corruption.sigma)
    assert strengths == [pytest.approx(1.35 * 0.1, rel=0.1), pytest.approx(1.35 * 0.447, rel=0.1)]


def electrocardiogram(factor: str, decibels: float, seconds: int = 120) -> np.ndarray:
    """The shipped one at so many times its sampling rate, with white noise."""
    rate = Fraction(factor)
    clean = read_csv(resource("examples", "ecg.csv")).column("ecg_mV")[: 360 * seconds]
    clean = resample_poly(clean, rate.numerator, rate.denominator, padtype="line")
    return clean + np.random.default_rng(1).normal(0, clean.std() * 10 ** (-decibels / 20), len(clean))


@pytest.mark.parametrize(
    ("factor", "window", "depth"),
    [("1/4", 512, 7), ("1/2", 512, 7), ("1", 512, 7), ("2", 1024, 8), ("4", 2048, 9)],
)
@pytest.mark.parametrize("decibels", [0, 6, 12, 18])
def test_a_window_holds_as_much_of_a_signal_that_moves_slowly(
    factor: str, window: int, depth: int, decibels: float
) -> None:
    recipe = recipe_for("blind", "a.csv", "v", electrocardiogram(factor, decibels))
    assert (recipe.data.source.window, recipe.model.encoder.depth) == (window, depth)
    assert recipe.training.batch_size * window == 4096 and recipe.data.source.hop * 8 == window
    assert not [problem for problem in recipe.problems() if problem.fatal]


def test_noise_alone_silence_and_a_grid_of_times_leave_the_window_as_it_is() -> None:
    chance = np.random.default_rng(0)
    for values in (np.zeros(60_000), chance.normal(size=60_000), np.where(np.arange(60_000) % 900, 1.0, np.nan)):
        assert recipe_for("blind", "a.csv", "v", values).data.source.window <= 512
    slow = electrocardiogram("4", 6)
    assert recipe_for("blind", "a.csv", "v", slow, resample=360, sampling=Sampling(1 / 1440)).data.source.window == 512
    assert recipe_for("added-noise", "a.csv", "v", slow).data.source.window == 512
    quick = np.stack([slow, chance.permutation(slow)], axis=1) + np.sin(np.arange(len(slow)))[:, None]
    assert recipe_for("blind", "a.csv", "v;w", quick).data.source.window == 512, "as the quickest channel needs it"


def test_neighbours_are_hidden_where_that_is_asked_for() -> None:
    values = np.random.default_rng(0).normal(size=20_000)
    assert recipe_for("blind", "a.csv", "v", values).model.encoder.nearest == 1
    hidden = recipe_for("blind", "a.csv", "v", values, hide=3)
    assert hidden.model.encoder.nearest == 3 == hidden.nearest_seen and hidden.blind and not hidden.problems()
    short = recipe_for("blind", "a.csv", "v", values[:100], hide=200)
    assert short.model.encoder.nearest <= short.data.source.window // 4
    assert recipe_for("added-noise", "a.csv", "v", values, hide=3).nearest_seen == 1
