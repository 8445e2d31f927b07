"""What variational codes hold, and the bounds on how likely data are: beside a case that can be worked out."""

from dataclasses import replace
from math import log

import numpy as np
import pytest
import torch
from small import dataset, recipe, trained
from torch.distributions import Bernoulli

from aedesk.analysis import divergence as divergence_module
from aedesk.analysis.divergence import (
    active_units,
    collapsed,
    evidence_bound,
    importance_weighted_bound,
    latent_divergence,
)
from aedesk.errors import DataError
from aedesk.training.trained_model import TrainedModel

VAE = ("model.bottleneck.kind=variational", "objective.reconstruction=bce", "objective.per=sample")


def vae(*options: str) -> TrainedModel:
    return trained("image", "training.epochs=40", *VAE, *options)


def rows(model: TrainedModel) -> torch.Tensor:
    data = dataset(model.recipe)
    return data.inputs[data.test]


def test_what_each_number_holds() -> None:
    means = np.array([[0.0, 1.0], [0.0, -1.0]], np.float32)
    log_variances = np.array([[0.0, -2.0], [0.0, -4.0]], np.float32)
    second = np.mean([(1 + np.exp(v) - 1 - v) / 2 for v in (-2, -4)])
    np.testing.assert_allclose(latent_divergence(means, log_variances), [0, second], rtol=1e-5)
    assert collapsed(means, log_variances).tolist() == [True, False]
    assert active_units(means).tolist() == [False, True]


@pytest.mark.parametrize(("mean", "given_up"), [(0.13, True), (0.15, False)])
def test_where_a_number_counts_as_given_up(mean: float, given_up: bool) -> None:
    """A KL of half the squared mean: 0.0085 and 0.0113 nats."""
    means = np.full((3, 1), mean, np.float32)
    assert collapsed(means, np.zeros_like(means)).tolist() == [given_up]


def test_the_bound_is_the_loss_without_its_weight() -> None:
    """At β = 1 it is what was trained, as the validation curve has it, but for the draws."""
    model = vae()
    data = dataset(model.recipe)
    bound = evidence_bound(model, data.inputs[data.validation])
    parts = {name: values[-1] for name, values in model.history.validation.items()}
    assert bound.reconstruction == pytest.approx(parts.pop("bce"), rel=0.02)
    assert bound.divergence == pytest.approx(sum(parts.values()), rel=1e-4)
    assert bound.nats == bound.reconstruction + bound.divergence
    weighty = replace(model, recipe=recipe("image", "training.epochs=40", *VAE, "model.bottleneck.beta=9"))
    assert evidence_bound(weighty, data.inputs[data.validation]) == bound


def test_bounds_are_the_same_every_time_and_each_seeds_own() -> None:
    model = vae()
    x = rows(model)
    assert evidence_bound(model, x) == evidence_bound(model, x) != evidence_bound(model, x, seed=1)
    first = importance_weighted_bound(model, x, 5)
    assert first == importance_weighted_bound(model, x, 5) != importance_weighted_bound(model, x, 5, seed=1)


def test_more_samples_come_nearer_from_above() -> None:
    """And one sample is the bound itself, on average (Burda et al. 2016)."""
    model = vae()
    x = rows(model)
    ones = [importance_weighted_bound(model, x, 1, seed) for seed in range(10)]
    bounds = [evidence_bound(model, x, seed).nats for seed in range(10)]
    assert np.mean(ones) == pytest.approx(np.mean(bounds), rel=0.02)
    many = [importance_weighted_bound(model, x, count) for count in (5, 50, 500)]
    assert np.mean(ones) > many[0] > many[1] > many[2]


def test_the_limit_is_the_likelihood() -> None:
    """With one number in the code the integral over it can be summed up on a grid."""
    model = vae("model.code_size=1")
    x = (rows(model) > 0.5).float()[:20]
    grid = torch.linspace(-8, 8, 4001)[:, None]
    outputs = model.autoencoder.decode(grid).flatten(1)
    log_likelihood = Bernoulli(outputs[:, None].clamp(1e-7, 1 - 1e-7)).log_prob(x.flatten(1)[None]).sum(2)
    log_prior = -grid.square() / 2 - log(2 * np.pi) / 2
    exact = -float(torch.logsumexp(log_likelihood + log_prior + log(16 / 4000), 0).mean())
    assert importance_weighted_bound(model, x, 3000) == pytest.approx(exact, abs=0.1)
    assert evidence_bound(model, x).nats > exact


@pytest.mark.parametrize("at_once", [1, 64, 8192])
def test_chunks_keep_within_what_is_allowed(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(divergence_module, "_DECODED_AT_ONCE", at_once)
    model = vae()
    x = rows(model)[:10]
    sizes = []
    decode = model.autoencoder.decode
    monkeypatch.setattr(model.autoencoder, "decode", lambda code: sizes.append(len(code)) or decode(code))
    found = importance_weighted_bound(model, x, 30)
    assert sum(sizes) == 300 and max(sizes) <= max(at_once, 1)
    assert found == pytest.approx(importance_weighted_bound(model, x, 30, seed=3), rel=0.05)


def test_models_without_a_bound_are_told_so() -> None:
    x = rows(vae())
    with pytest.raises(DataError, match="variational"):
        evidence_bound(trained("image"), x)
    with pytest.raises(DataError, match="between 0 and 1"):
        importance_weighted_bound(vae(), 3 * x, 5)
    linear = trained("image", "model.bottleneck.kind=variational", "model.output_activation=linear")
    with pytest.raises(DataError, match="sigmoid"):
        evidence_bound(linear, x)
