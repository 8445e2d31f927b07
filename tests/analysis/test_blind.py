"""Learning from nothing but the noisy signal, and cleaning by what was learned."""

from pathlib import Path

import numpy as np
import pytest
import torch

from aedesk.analysis.blind import foretold, mixture
from aedesk.analysis.cleaners import Comparison
from aedesk.analysis.denoising import denoise, foretold_stretch, mixing_of, snr_db
from aedesk.analysis.evaluation import evaluate
from aedesk.data.loading import load
from aedesk.errors import DataError
from aedesk.recipe import Recipe
from aedesk.training.trained_model import TrainedModel
from tests import small

COUNT, SIGMA = 6000, 0.5

TWO_SIDED = {"bottleneck": {"kind": "spatial"}, "encoder": {"kind": "two-sided", "channels": 12, "depth": 4}}
CONVOLUTIONAL = {
    "bottleneck": {"kind": "spatial"},
    "encoder": {"kind": "convolutional", "layers": [{"channels": 16, "kernel": 9, "stride": 2, "activation": "silu"}]},
}
DENSE = {"code_size": 24, "encoder": {"kind": "dense", "layers": [{"width": 64, "activation": "silu"}]}}

WAYS = {
    "blind spot": ({"kind": "none"}, TWO_SIDED),
    "hidden, convolutional": ({"kind": "hidden"}, CONVOLUTIONAL),
    "hidden, dense": ({"kind": "hidden", "share": 0.2}, DENSE),
}


def clean() -> np.ndarray:
    time = np.arange(COUNT)
    return (np.sin(time / 9) + 0.6 * np.sin(time / 21) ** 3).astype(np.float32)


def noisy() -> np.ndarray:
    return clean() + np.random.default_rng(5).normal(0, SIGMA, COUNT).astype(np.float32)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, TrainedModel]:
    """A model of each way, which saw the noisy signal alone."""
    path = tmp_path_factory.mktemp("blind") / "noisy.csv"
    path.write_text("x\n" + "\n".join(f"{value:.6g}" for value in noisy()))
    return {name: trained(path, *way) for name, way in WAYS.items()}


def recipe(path: Path, corruption: dict[str, object], model: dict[str, object]) -> Recipe:
    return Recipe.from_document(
        {
            "name": "blind",
            "data": {"source": {"kind": "signal", "file": str(path), "window": 64, "hop": 8}, "scaling": "standard"},
            "corruption": corruption,
            "model": model,
            "training": {"epochs": 12, "batch_size": 32, "learning_rate": 0.01, "schedule": "one-cycle"},
        }
    )


def trained(path: Path, corruption: dict[str, object], model: dict[str, object]) -> TrainedModel:
    chosen = recipe(path, corruption, model)
    assert chosen.blind
    return small.finished(chosen).model


@pytest.mark.parametrize("way", WAYS)
def test_noise_comes_off_that_no_clean_signal_told_of(models: dict[str, TrainedModel], way: str) -> None:
    cleaned = denoise(models[way], noisy())
    assert snr_db(clean(), cleaned) > snr_db(clean(), noisy()) + 5


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_foretold_from_itself(models: dict[str, TrainedModel], way: str) -> None:
    model, x = models[way], torch.from_numpy(noisy()[:64])[None]
    before = foretold(model, x)
    for place in (0, 13, 63):
        other = x.clone()
        other[0, place] += 50
        after = foretold(model, other)
        assert after[0, place] == pytest.approx(float(before[0, place]), abs=1e-5)
        assert not torch.allclose(after, before, atol=1e-3)


def test_the_figures_estimate_what_the_truth_says(models: dict[str, TrainedModel]) -> None:
    model = models["blind spot"]
    figures = evaluate(model, load(model.recipe.data))
    assert figures["noise"] == pytest.approx(SIGMA, rel=0.1)
    assert figures["estimated_snr_before_db"] == pytest.approx(snr_db(clean(), noisy()), abs=0.7)
    after = snr_db(clean(), denoise(model, noisy()))
    assert figures["estimated_snr_after_db"] == pytest.approx(after, abs=2)
    assert "snr_after_db" not in figures and figures["pca_mse"] is None


def test_the_mixture_is_better_than_either() -> None:
    truth, values = clean(), noisy()
    told = truth + np.random.default_rng(6).normal(0, 0.3, COUNT).astype(np.float32)
    found = mixture(values, told)
    assert snr_db(truth, found.values) > max(snr_db(truth, told), snr_db(truth, values)) + 0.5
    assert found.noise == pytest.approx(SIGMA, rel=0.1)
    assert found.error == pytest.approx(float(np.sqrt(np.mean((found.values - truth) ** 2))), rel=0.15)


def test_what_is_foretold_as_well_as_can_be_is_left_alone() -> None:
    values = noisy()
    found = mixture(values, clean())
    assert snr_db(clean(), found.values) > 20
    assert np.array_equal(mixture(values, values).values, values)


def test_known_noise_sets_how_much_of_the_noisy_signal_is_kept(models: dict[str, TrainedModel]) -> None:
    model, values, noise = models["blind spot"], noisy(), np.random.default_rng(0).normal(size=500)
    told = denoise(model, values, noise=1000 * noise)
    strong, weak = denoise(model, values, noise=0.5 * noise), denoise(model, values, noise=0.05 * noise)
    apart = [float(np.mean((one - told) ** 2)) for one in (strong, weak)]
    assert apart[0] < 0.02 < apart[1], "the less noise there is, the more of the signal itself is right"
    assert np.sqrt(np.mean((strong - denoise(model, values)) ** 2)) < 0.06
    each = denoise(model, np.stack([values, values], axis=1), noise=np.stack([0.5 * noise, 0.05 * noise], axis=1))
    np.testing.assert_allclose(each, np.stack([strong, weak], axis=1), atol=1e-6)
    with pytest.raises(DataError, match="at least 64"):
        denoise(model, values, noise=np.zeros(10))


def test_other_noise_is_mixed_as_the_recording_was_where_that_is_wanted(models: dict[str, TrainedModel]) -> None:
    """So that what a method does to noise is seen, and not what it does to another recording."""
    model, values = models["blind spot"], noisy()
    mixing = mixing_of(model, model.scaler.scaled(values))
    np.testing.assert_allclose(denoise(model, values, mixing=mixing), denoise(model, values), atol=1e-5)
    quiet = clean() + 0.01 * (values - clean())
    told = model.scaler.unscaled(foretold_stretch(model, model.scaler.scaled(quiet)))
    fixed = denoise(model, quiet, mixing=mixing)
    np.testing.assert_allclose(fixed, told + mixing.shares * (quiet - told), atol=1e-5)
    assert np.abs(fixed - denoise(model, quiet)).max() > 0.02, "which would be mixed otherwise by itself"


def test_noise_of_neighbours_that_is_alike_comes_off_where_they_are_hidden(tmp_path: Path) -> None:
    """And what is foretold is taken as it is, for nothing tells how strong the noise is: filters and errors know that."""
    drawn = np.convolve(np.random.default_rng(7).normal(size=COUNT), np.ones(3), "same")
    values = clean() + (SIGMA * drawn / drawn.std()).astype(np.float32)
    path = tmp_path / "alike.csv"
    path.write_text("x\n" + "\n".join(f"{value:.6g}" for value in values))
    hidden = trained(path, {"kind": "none"}, TWO_SIDED | {"encoder": TWO_SIDED["encoder"] | {"nearest": 3}})
    near = trained(path, {"kind": "none"}, TWO_SIDED)
    cleaned = denoise(hidden, values)
    assert snr_db(clean(), cleaned) > snr_db(clean(), denoise(near, values)) + 2
    scaled = hidden.scaler.scaled(values)
    assert not mixing_of(hidden, scaled).shares.any() and mixing_of(hidden, scaled, 0.1 * scaled[:200]).shares.any()
    assert "estimated_snr_after_db" not in evaluate(hidden, load(hidden.recipe.data))
    compared = Comparison(hidden, values.astype(np.float64), cleaned)
    assert compared.known_noise == pytest.approx(SIGMA, rel=0.15)
    found = {answer.method.name if answer.method else "": answer for answer in compared.answers()}
    assert len(found) == 5 and all(np.isnan(answer.error) and not answer.left for answer in found.values())
    assert found[""].removed.kind == "coloured"
    smoothed = compared.values_by(found["savitzky-golay"])
    assert snr_db(clean(), smoothed) > snr_db(clean(), values) + 1, "it is set as where neighbours are hidden"
