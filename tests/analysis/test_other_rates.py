"""Noise comes off recordings that are brought to the rate that a model learned at, and is told from their own rows."""

import numpy as np
import pytest

from aedesk.analysis.cleaners import Comparison
from aedesk.analysis.denoising import snr_db
from aedesk.analysis.quality import quality_estimated
from aedesk.analysis.rows import clean_rows, drawn_rows, untouched_rows
from aedesk.data.sampling import Sampling
from aedesk.recipe import Recipe
from aedesk.training.trained_model import TrainedModel
from tests import small

RATE, COUNT, SIGMA = 100.0, 6000, 0.5
NETWORK = {"bottleneck": {"kind": "spatial"}, "encoder": {"kind": "two-sided", "channels": 12, "depth": 4}}


def clean(rate: float, count: int = COUNT) -> np.ndarray:
    time = np.arange(count) * RATE / rate
    return np.sin(time / 9) + 0.6 * np.sin(time / 21) ** 3


def noisy(rate: float, count: int = COUNT, seed: int = 5) -> np.ndarray:
    return clean(rate, count) + np.random.default_rng(seed).normal(0, SIGMA, count)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> TrainedModel:
    """One that learned blindly, at ``RATE``."""
    path = tmp_path_factory.mktemp("rates") / "noisy.csv"
    rows = "\n".join(f"{row / RATE:.2f},{value:.6g}" for row, value in enumerate(noisy(RATE)))
    path.write_text(f"time_s,x\n{rows}\n")
    return small.finished(
        Recipe.from_document(
            {
                "name": "blind",
                "data": {"source": {"kind": "signal", "file": str(path), "window": 64, "hop": 8}, "scaling": "standard"},
                "corruption": {"kind": "none"},
                "model": NETWORK,
                "training": {"epochs": 12, "batch_size": 32, "learning_rate": 0.01, "schedule": "one-cycle"},
            }
        )
    ).model


@pytest.mark.parametrize("rate", [50.0, 70.0, 200.0])
def test_noise_comes_off_at_the_models_rate_and_the_figures_are_true(model: TrainedModel, rate: float) -> None:
    """Between the rows of a slower recording there is no noise above its own band, as of a recording without any."""
    truth, values, sampling = clean(rate, 4000), noisy(rate, 4000, 6), Sampling(1 / rate)
    cleaned = clean_rows(model, values, sampling, RATE)
    assert snr_db(truth, cleaned) > snr_db(truth, values) + 4
    compared = Comparison(model, values, cleaned, sampling=sampling, rate=RATE)
    assert compared.network_removed.kind == "noise"
    for answer in compared.answers():
        told = quality_estimated(values, left=answer.left, noise=compared.known_noise)
        assert -3 < told.after - snr_db(truth, compared.values_by(answer)) < 1.5, "rather too far than too near"


def test_each_channel_has_noise_of_its_own(model: TrainedModel) -> None:
    values, sampling = np.column_stack([noisy(50), 20 * noisy(50, seed=7)]), Sampling(1 / 50)
    drawn = drawn_rows(model, values, sampling, RATE)
    np.testing.assert_allclose(drawn.std(axis=0), [SIGMA, 20 * SIGMA], rtol=0.1)
    both = clean_rows(model, np.column_stack([noisy(50), noisy(50, seed=7)]), sampling, RATE)
    np.testing.assert_allclose(both[:, 1], clean_rows(model, noisy(50, seed=7), sampling, RATE), atol=0.02)


def test_of_a_fast_recording_the_noise_that_passes_is_left(model: TrainedModel) -> None:
    drawn = drawn_rows(model, noisy(1600, 60_000), Sampling(1 / 1600), RATE)
    assert drawn.std() == pytest.approx(SIGMA / 4, rel=0.1)


def test_nothing_is_drawn_where_rows_stay_as_they_are_or_are_too_few(model: TrainedModel) -> None:
    assert drawn_rows(model, noisy(50), Sampling(1 / 50)) is None
    assert drawn_rows(model, noisy(RATE), Sampling(1 / RATE), RATE) is None
    assert drawn_rows(model, noisy(50), Sampling(), RATE) is None
    assert drawn_rows(model, noisy(50, 20), Sampling(1 / 50), RATE) is None
    assert drawn_rows(model, np.full(500, np.nan), Sampling(1 / 50), RATE) is None


def test_only_what_is_too_short_at_the_models_rate_is_left_and_counted(model: TrainedModel) -> None:
    """40 rows of 50 Hz are a window there, and as many of 200 Hz are none."""
    for rate, left in ((50.0, 20), (200.0, 60)):
        values, sampling = noisy(rate, 460), Sampling(1 / rate, np.array([400, 460 - left]))
        cleaned = clean_rows(model, values, sampling, RATE)
        assert untouched_rows(model, values, sampling, RATE) == left
        same = cleaned == values.astype(np.float32)
        assert same[-left:].all() and same[:-left].mean() < 0.05
    assert untouched_rows(model, noisy(50, 460), Sampling(1 / 50, np.array([400, 440]))) == 60, "at their own"


def test_rows_are_counted_in_which_one_of_the_channels_is_left(model: TrainedModel) -> None:
    values = np.column_stack([noisy(50, 460), noisy(50, 460, 7)])
    values[440, 0] = np.nan
    assert untouched_rows(model, values, Sampling(1 / 50), RATE) == 19, "of the one channel, each of which is seen alone"
