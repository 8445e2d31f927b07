"""What holds for every penalty, prior and adversary, also for those that are yet to be written."""

import numpy as np
import pytest
import torch
from passing import gradients_at, model_of, passed, samples
from small import finished, recipe, same_weights

from aedesk.models.adversary import Adversary
from aedesk.models.model_options import ModelOptions
from aedesk.models.penalty import Penalty
from aedesk.models.prior import Prior
from aedesk.recipe import Recipe

every_penalty = pytest.mark.parametrize("kind", sorted(Penalty.kinds()))
every_prior = pytest.mark.parametrize("kind", sorted(Prior.kinds()))
every_adversary = pytest.mark.parametrize("kind", sorted(Adversary.kinds()))

MODELS = {
    "linear code": {},
    "sigmoid code": {"code_activation": "sigmoid"},
    "one layer": {"encoder": {"kind": "dense", "layers": []}, "code_activation": "sigmoid"},
    "wide code": {"code_size": 40, "code_activation": "relu"},
    "variational code": {"bottleneck": {"kind": "variational"}},
}


def fitting(penalty: Penalty) -> list[ModelOptions]:
    """The models above that a penalty can go with."""
    found = [model for model in (model_of(**chosen) for chosen in MODELS.values()) if not penalty.misfit(model)]
    assert found, "a penalty that goes with no model at all"
    return found


@every_penalty
def test_a_penalty_is_a_number_that_teaches(kind: str) -> None:
    penalty = Penalty.kinds()[kind]()
    for model in fitting(penalty):
        batch = passed(model, samples())
        value = penalty.value(batch)
        assert value.shape == () and bool(torch.isfinite(value)) and float(value.detach()) >= 0
        value.backward()
        assert 0 < gradients_at(batch.network.parameters()) < float("inf")


@every_penalty
def test_a_penalty_does_not_care_how_many_samples_there_are(kind: str) -> None:
    """It is a mean: twice the same samples cost as much as once."""
    family = Penalty.kinds()[kind]
    penalty = family.model_validate({"probes": 1000} if "probes" in family.model_fields else {})
    model = next(model for model in fitting(penalty) if not model.bottleneck.draws)
    x = samples()
    once, twice = (float(penalty.value(passed(model, part)).detach()) for part in (x, torch.cat([x, x])))
    assert once == pytest.approx(twice, rel=1e-4)


@every_penalty
def test_one_sample_is_enough(kind: str) -> None:
    penalty = Penalty.kinds()[kind]()
    for model in fitting(penalty):
        assert bool(torch.isfinite(penalty.value(passed(model, samples(1)))))


def penalised(kind: str, weight: float) -> Recipe:
    """A small recipe with a penalty, and a code activation that it can go with."""
    for activation in ("linear", "sigmoid"):
        chosen = recipe(
            "image", f'objective.penalties=[{{kind="{kind}",weight={weight}}}]', f"model.code_activation={activation}"
        )
        if not [problem for problem in chosen.problems() if problem.fatal]:
            return chosen
    raise AssertionError(f"{kind} goes with no small recipe")


@every_penalty
def test_without_weight_a_penalty_changes_nothing(kind: str) -> None:
    weightless, weighty = penalised(kind, 0), penalised(kind, 0.1)
    without = finished(weightless.model_copy(update={"objective": recipe("image").objective}))
    assert same_weights(without.model, finished(weightless).model)
    assert not same_weights(without.model, finished(weighty).model)


@every_penalty
def test_a_penalty_has_curves_of_its_own_and_falls(kind: str) -> None:
    chosen = penalised(kind, 10.0)
    history = finished(chosen).model.history
    for part in (history.train, history.validation):
        assert set(part) == {"mse", kind} and np.isfinite(part[kind]).all()
    assert history.train[kind][-1] < history.train[kind][0]


@every_prior
@pytest.mark.parametrize("width", [2, 5])
def test_draws_of_a_prior(kind: str, width: int) -> None:
    prior = Prior.kinds()[kind]()
    assert prior.least_width() <= 2

    def draws(seed: int) -> torch.Tensor:
        return prior.draw(4000, width, torch.Generator().manual_seed(seed))

    codes = draws(0)
    assert codes.shape == (4000, width) and codes.dtype == torch.float32 and bool(torch.isfinite(codes).all())
    assert torch.equal(codes, draws(0)) and not torch.equal(codes, draws(1))
    assert float(codes.mean(0).abs().max()) < 0.5, "it stands around 0"
    assert 0.5 < float(codes.std(0).min()) and float(codes.std(0).max()) < 2, "a spread of about 1"
    assert prior.draw(0, width, torch.Generator()).shape == (0, width)


@every_prior
def test_the_outline_of_a_prior_is_where_its_draws_are(kind: str) -> None:
    prior = Prior.kinds()[kind]()
    lines = prior.outline()
    assert lines, "there is something to draw"
    for line in lines:
        assert line.ndim == 2 and line.shape[1] == 2 and len(line) > 20 and np.isfinite(line).all()
    points = np.concatenate(lines)
    draws = prior.draw(2000, 2, torch.Generator().manual_seed(0)).numpy()
    assert (np.abs(points) <= np.abs(draws).max(0) + 0.1).all()
    nearest = np.sqrt(np.square(draws[:, None] - points[None, ::4]).sum(2).min(1))
    assert np.median(nearest) < 0.5 * draws.std()


def opposed(form: str, kind: str, weight: float) -> Recipe:
    return recipe(form, f'objective.adversaries=[{{kind="{kind}",weight={weight}}}]')


@every_adversary
@pytest.mark.parametrize("form", ["image", "table", "signal"])
def test_an_adversary_learns_beside_the_network(kind: str, form: str) -> None:
    history = finished(opposed(form, kind, 0.1)).model.history
    for part in (history.train, history.validation):
        assert set(part) == {"mse", kind} and np.isfinite(part[kind]).all()
    assert np.isfinite(history.figures[f"{kind} loss"]).all()


@every_adversary
def test_without_weight_an_adversary_changes_nothing(kind: str) -> None:
    alone = finished(recipe("image")).model
    assert same_weights(alone, finished(opposed("image", kind, 0)).model)
    assert not same_weights(alone, finished(opposed("image", kind, 0.5)).model)


@every_adversary
@pytest.mark.parametrize("bottleneck", ["plain", "variational"])
def test_who_learns_from_what(kind: str, bottleneck: str) -> None:
    """Fooling teaches the autoencoder, judging the discriminator alone."""
    adversary = Adversary.kinds()[kind]()
    model, x = model_of(bottleneck={"kind": bottleneck}), samples(shape=(1, 8, 8))
    batch = passed(model, x)
    discriminator = adversary.build(batch.network.code_size, (1, 8, 8), torch.Generator().manual_seed(1))
    discriminator.requires_grad_(False)
    adversary.fooled(discriminator, batch).backward()
    assert gradients_at(batch.network.parameters()) > 0 and gradients_at(discriminator.parameters()) == 0
    batch.network.zero_grad()
    batch.seen.grad = None
    discriminator.requires_grad_(True)
    adversary.judged(discriminator, batch).backward()
    assert gradients_at(discriminator.parameters()) > 0
    assert gradients_at(batch.network.parameters()) == 0 and batch.seen.grad is None


@every_adversary
def test_a_discriminator_begins_as_its_seed_says(kind: str) -> None:
    adversary = Adversary.kinds()[kind]()
    for shape in ((1, 8, 8), (3, 32, 20), (5,), (2, 3, 4)):
        first, again, other = (
            adversary.build(3, shape, torch.Generator().manual_seed(seed)).state_dict() for seed in (0, 0, 1)
        )
        assert all(torch.equal(value, again[name]) for name, value in first.items())
        assert any(not torch.equal(value, other[name]) for name, value in first.items())
        with torch.device("meta"):
            unborn = adversary.build(3, shape, torch.Generator())
        assert {name: value.shape for name, value in unborn.state_dict().items()} == {
            name: value.shape for name, value in first.items()
        }
