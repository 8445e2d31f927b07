"""Where new codes come from: priors, mixtures, and what happens where there is little to go by."""

from dataclasses import replace

import numpy as np
import pytest
from small import dataset, recipe, trained

from aedesk.analysis import sampling
from aedesk.analysis.sampling import MixtureSampler, PriorSampler, needs_codes, sampler_for, training_codes
from aedesk.errors import AedeskError
from aedesk.recipe import Recipe
from aedesk.training.trained_model import TrainedModel

VARIATIONAL = "model.bottleneck.kind=variational"
RING = "objective.adversaries=[{kind='code-discriminator', prior={kind='ring', number=5, radius=4.0, spread=0.1}}]"


def untrained(*assignments: str) -> TrainedModel:
    """A small model of tables whose recipe was changed without learning anew."""
    return replace(trained("table"), recipe=recipe("table", *assignments))


def blobs(*centres: tuple[float, ...], count: int = 400, spread: float = 0.1) -> np.ndarray:
    """So many codes around each centre."""
    random = np.random.default_rng(1)
    parts = [np.array(centre) + spread * random.standard_normal((count, len(centre))) for centre in centres]
    return np.concatenate(parts).astype(np.float32)


@pytest.mark.parametrize(
    ("assignments", "mixture"),
    [
        ((), True),
        ((VARIATIONAL,), False),
        ((VARIATIONAL, "model.bottleneck.beta=0"), True),
        (("objective.adversaries=[{kind='code-discriminator'}]",), False),
        (("objective.adversaries=[{kind='code-discriminator', weight=0}]",), True),
        (("objective.adversaries=[{kind='output-discriminator'}]",), True),
    ],
)
def test_only_a_model_that_was_taught_a_prior_has_one(assignments: tuple[str, ...], mixture: bool) -> None:
    chosen: Recipe = recipe("table", *assignments)
    assert needs_codes(chosen) is mixture


def test_a_variational_model_draws_from_its_prior_and_decodes_what_it_drew() -> None:
    model = trained("image", VARIATIONAL)
    sampler = sampler_for(model)
    assert isinstance(sampler, PriorSampler) and sampler.prior and "standard normal" in sampler.title
    codes = sampler.draw(20_000)
    assert codes.shape == (20_000, 4) and codes.dtype == np.float32
    np.testing.assert_allclose(codes.mean(0), 0, atol=0.03)
    np.testing.assert_allclose(codes.std(0), 1, atol=0.03)
    np.testing.assert_allclose(sampler.draw(20_000, 0.5).std(0), 0.5, atol=0.02)
    assert not sampler.draw(5, 0).any()
    samples = model.decode(codes[:7])
    assert samples.shape == (7, 1, 8, 8) and np.isfinite(samples).all()


def test_a_seed_gives_the_same_codes_whatever_the_count() -> None:
    for sampler in (sampler_for(untrained(VARIATIONAL)), sampler_for(untrained(), blobs((0, 0), (5, 5)))):
        many = sampler.draw(200, 0.7, seed=3)
        np.testing.assert_array_equal(sampler.draw(200, 0.7, seed=3), many)
        np.testing.assert_array_equal(sampler.draw(9, 0.7, seed=3), many[:9])
        assert not np.array_equal(sampler.draw(9, 0.7, seed=4), many[:9])
        assert len(np.unique(many, axis=0)) == 200


def test_the_prior_an_adversary_taught_keeps_its_shape_at_a_low_temperature() -> None:
    sampler = sampler_for(untrained(RING))
    assert sampler.prior and "Ring" in sampler.title
    for temperature in (0.0, 0.5, 1.0):
        radii = np.linalg.norm(sampler.draw(500, temperature), axis=1)
        np.testing.assert_allclose(radii, 4, atol=0.6)
    spread = [np.ptp(sampler.draw(500, heat), 0) for heat in (0.0, 1.0)]
    assert (spread[0] < spread[1]).all()


# -- mixtures ---------------------------------------------------------------------------------


def test_the_prior_an_adversary_taught_counts_before_that_of_the_kind_of_code() -> None:
    sampler = sampler_for(untrained(VARIATIONAL, RING))
    assert "Ring" in sampler.title
    radii = np.linalg.norm(sampler.draw(400), axis=1)
    assert abs(np.median(radii) - 4) < 0.2, "nothing lies where a standard normal is densest"
    off = RING.replace("prior=", "weight=0.0, prior=")
    assert "standard normal" in sampler_for(untrained(VARIATIONAL, off)).title


def test_a_mixture_has_the_shape_of_the_codes() -> None:
    """Two heaps with nothing between them, one of them slanted."""
    random = np.random.default_rng(0)
    slanted = random.standard_normal((600, 2)) @ np.array([[1.0, 0.9], [0.0, 0.2]])
    codes = np.concatenate([slanted, blobs((20, -20), count=300)]).astype(np.float32)
    sampler = sampler_for(untrained(), codes)
    assert isinstance(sampler, MixtureSampler) and not sampler.prior
    assert sampler.title == "a mixture of 10 Gaussians fitted to the codes"
    drawn = sampler.draw(6000)
    far = drawn[:, 0] > 10
    assert far.mean() == pytest.approx(1 / 3, abs=0.03)
    np.testing.assert_allclose(drawn[far].mean(0), (20, -20), atol=0.05)
    wanted = np.cov(slanted.T)
    np.testing.assert_allclose(np.cov(drawn[~far].T), wanted, atol=0.12)


def test_temperature_scales_the_spread_around_each_component() -> None:
    sampler = sampler_for(untrained(), blobs((0, 0), (9, 0), count=30))  # too few for ten
    assert isinstance(sampler, MixtureSampler) and len(sampler.weights) == 5
    means = {tuple(mean) for mean in sampler.means.astype(np.float32)}
    assert {tuple(code) for code in sampler.draw(300, 0)} <= means
    usual, bold = sampler.draw(2000, 1.0), sampler.draw(2000, 3.0)
    still = sampler.draw(2000, 0.0)
    np.testing.assert_allclose(bold - still, 3 * (usual - still), rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize(("activation", "low", "high"), [("relu", 0, np.inf), ("sigmoid", 0, 1), ("tanh", -1, 1)])
def test_codes_stay_where_their_activation_can_reach(activation: str, low: float, high: float) -> None:
    codes = np.clip(blobs((0.1, 0.9), spread=0.3), low, high)
    drawn = sampler_for(untrained(f"model.code_activation={activation}"), codes).draw(2000, 2.0)
    assert drawn.min() >= low and drawn.max() <= high
    assert drawn.std(0).min() > 0.1


def test_numbers_of_very_different_sizes_are_fitted_alike() -> None:
    scale = np.array([1e-4, 1e5], np.float32)
    codes = blobs((1, 1), (4, 4), spread=0.5)
    drawn = sampler_for(untrained(), codes * scale).draw(5000)
    np.testing.assert_allclose(drawn.std(0) / scale, codes.std(0), rtol=0.1)


def test_a_number_that_is_given_up_stays_what_it_is() -> None:
    codes = blobs((1, 7), spread=0.5)
    codes[:, 1] = 7
    drawn = sampler_for(untrained(), codes).draw(100)
    assert (drawn[:, 1] == 7).all() and drawn[:, 0].std() > 0.3


@pytest.mark.parametrize("count", [1, 50])
def test_codes_that_are_all_the_same_are_drawn_again(count: int) -> None:
    codes = np.full((count, 3), 0.3, np.float32)
    sampler = sampler_for(untrained(), codes)
    assert sampler.title == "the one code that all samples share"
    np.testing.assert_array_equal(sampler.draw(4), codes[[0] * 4])


@pytest.mark.parametrize("count", [2, 3, 10])
def test_a_few_codes_are_enough_for_one_gaussian(count: int) -> None:
    codes = blobs((1, 2, 3), count=count)
    sampler = sampler_for(untrained(), codes)
    assert sampler.title.startswith("one Gaussian fitted to the codes")
    np.testing.assert_allclose(sampler.draw(4000).mean(0), codes.mean(0), atol=0.05)


def test_two_points_seen_many_times_are_two_components() -> None:
    sampler = sampler_for(untrained(), np.repeat(np.array([[0, 0], [1, 3]], np.float32), 500, 0))
    drawn = sampler.draw(300)
    distances = np.minimum(np.abs(drawn).max(1), np.abs(drawn - (1, 3)).max(1))
    assert distances.max() < 0.1


def test_wide_codes_get_one_width_per_number() -> None:
    codes = np.random.default_rng(0).standard_normal((300, 600)).astype(np.float32) * 2 + 1
    sampler = sampler_for(untrained(), codes)
    assert isinstance(sampler, MixtureSampler) and sampler.spreads.ndim == 2
    assert sampler.title.endswith("number by number")
    drawn = sampler.draw(1000)
    assert drawn.shape == (1000, 600)
    assert drawn.std() == pytest.approx(2, abs=0.1) and drawn.mean() == pytest.approx(1, abs=0.1)


def test_codes_that_are_no_numbers_are_left_out() -> None:
    codes = blobs((2, 2))
    codes[::3, 0] = np.nan
    codes[1, 1] = np.inf
    drawn = sampler_for(untrained(), codes).draw(200)
    assert np.isfinite(drawn).all() and drawn.mean() == pytest.approx(2, abs=0.05)


@pytest.mark.parametrize("codes", [np.empty((0, 2), np.float32), np.full((9, 2), np.nan, np.float32)])
def test_without_a_single_code_there_is_nothing_to_draw_from(codes: np.ndarray) -> None:
    with pytest.raises(AedeskError, match="not numbers any more"):
        sampler_for(untrained(), codes)


def test_without_data_a_model_without_a_prior_says_what_it_needs() -> None:
    with pytest.raises(AedeskError, match="drawn from a mixture fitted to the codes of its training data"):
        sampler_for(trained("table"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((0,), "Between 1 and 100,000 samples"),
        ((100_001,), "Between 1 and 100,000 samples"),
        ((3, -0.1), "temperature"),
        ((3, float("nan")), "temperature"),
        ((3, float("inf")), "temperature"),
        ((3, 1.0, -1), "seed"),
    ],
)
def test_impossible_wishes_are_explained(words: tuple[float, ...], said: str) -> None:
    for sampler in (sampler_for(untrained(VARIATIONAL)), sampler_for(untrained(), blobs((0, 0)))):
        with pytest.raises(AedeskError, match=said):
            sampler.draw(*words)  # type: ignore[arg-type]


def test_training_codes_are_those_of_training_rows_and_not_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    model, data = trained("table"), dataset(recipe("table"))
    codes = training_codes(model, data)
    wanted = model.autoencoder.encode(data.inputs[data.train]).numpy()
    assert len(codes) == len(data.train)
    np.testing.assert_allclose(np.sort(codes, 0), np.sort(wanted, 0), atol=1e-6)
    some = training_codes(model, data, 10)
    assert len(some) == 10
    np.testing.assert_array_equal(training_codes(model, data, 10), some)
    monkeypatch.setattr(sampling, "_MOST_NUMBERS", 14)
    assert len(training_codes(model, data)) == 7, "wide codes are fewer"
