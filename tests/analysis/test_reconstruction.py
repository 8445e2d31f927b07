"""Figures of reconstructions against their formulas, on networks that give back what the test says."""

from math import log10
from typing import Any

import numpy as np
import pytest
import torch
from small import dataset, recipe, trained

from aedesk.analysis.pca import fit_twin
from aedesk.analysis.reconstruction import reconstruction_figures
from aedesk.models.autoencoder import Autoencoder
from aedesk.training.trained_model import TrainedModel


def figures(model: TrainedModel, seed: int = 0) -> dict[str, Any]:
    data = dataset(model.recipe)
    twin = fit_twin(data, model.autoencoder.code_size)
    return reconstruction_figures(model, data, data.rows("test"), twin, torch.Generator().manual_seed(seed))


def test_plain_errors() -> None:
    model = trained("image")
    data = dataset(model.recipe)
    x = data.inputs[data.test]
    error = (model.autoencoder(x) - x).detach().numpy()
    found = figures(model)
    assert found["test_mse"] == pytest.approx(float(np.square(error).mean()), rel=1e-5)
    assert found["test_sse"] == pytest.approx(64 * found["test_mse"])
    assert found["pca_mse"] > 0
    assert not {"psnr_db", "test_bce", "hamming"} & found.keys(), "of clean grey images learned by squares"


def test_peak_ratios_are_of_the_corrupted_and_of_the_cleaned() -> None:
    model = trained("image", "corruption.kind=gaussian", "corruption.sigma=0.4", "training.epochs=20")
    found = figures(model)
    assert found["psnr_before_db"] == pytest.approx(-20 * log10(0.4), abs=0.3)
    assert found["psnr_db"] == pytest.approx(-10 * log10(found["test_mse"]))
    assert found["pca_psnr_db"] == pytest.approx(-10 * log10(found["pca_mse"]))
    assert found["psnr_db"] > found["psnr_before_db"] + 3
    assert figures(model, 1)["psnr_before_db"] != found["psnr_before_db"], "noise by the given generator"


def test_cross_entropy_where_it_was_learned_by() -> None:
    model = trained("image", "objective.reconstruction=bce")
    data = dataset(model.recipe)
    x = data.inputs[data.test]
    expected = torch.nn.functional.binary_cross_entropy(model.autoencoder(x), x)
    assert figures(model)["test_bce"] == pytest.approx(float(expected), rel=1e-5)


def test_binary_data_have_a_hamming_distance(monkeypatch: pytest.MonkeyPatch) -> None:
    """A network that answers 1 everywhere is wrong wherever there is no ink."""
    model = trained("image", "augmentation.kind=binarise", "objective.reconstruction=bce")
    assert 0 < figures(model)["hamming"] < 0.5
    monkeypatch.setattr(Autoencoder, "forward", lambda self, x: torch.ones_like(x))
    drawn = model.recipe.augmentation.settle(
        dataset(model.recipe).inputs[dataset(model.recipe).test], torch.Generator().manual_seed(0)
    )
    assert figures(model)["hamming"] == pytest.approx(float((drawn == 0).float().mean()))


def test_what_is_no_number_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    model = trained("image", "objective.reconstruction=bce", "corruption.kind=gaussian")
    monkeypatch.setattr(Autoencoder, "forward", lambda self, x: torch.full_like(x, float("nan")))
    found = figures(model)
    assert found["test_mse"] is found["test_sse"] is found["test_bce"] is found["psnr_db"] is None
    assert found["pca_mse"] > 0 and found["psnr_before_db"] > 0


def test_a_small_recipe_is_evaluated_with_its_bound() -> None:
    from aedesk.analysis.evaluation import evaluate

    options = ("model.bottleneck.kind=variational", "objective.reconstruction=bce", "objective.per=sample")
    model = trained("image", *options)
    found = evaluate(model, dataset(recipe("image", *options)))
    assert found["bound"] == pytest.approx(found["bound_reconstruction"] + found["bound_kl"])
    assert found["bound_kl"] >= 0 and 5 < found["bound"] < 64


def test_samples_beyond_the_training_range_have_no_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cross-entropy of values above 1 is none: the other figures are still told."""
    from dataclasses import replace

    from aedesk.analysis.evaluation import evaluate

    model = trained("image", "model.bottleneck.kind=variational", "objective.reconstruction=bce")
    data = dataset(model.recipe)
    found = evaluate(model, replace(data, inputs=data.inputs * 1.5))
    assert "bound" not in found and found["test_mse"] > 0
