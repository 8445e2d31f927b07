"""The discriminators: what they see, what they ask for, and what they make of the codes and outputs."""

from math import log

import numpy as np
import pytest
import torch
from passing import gradients_at, model_of, passed, samples
from benchmarks.frechet import frechet_distance
from small import dataset, finished, recipe
from torch import nn

from aedesk.analysis.pca import fit_twin
from aedesk.analysis.sampling import sampler_for
from aedesk.analysis.separability import separability
from aedesk.models.adversaries.code_discriminator import CodeDiscriminator
from aedesk.models.adversaries.output_discriminator import OutputDiscriminator, drawn_codes
from aedesk.models.discrimination import steepness, taken_for
from aedesk.models.prior import Prior
from aedesk.models.priors.gaussian import GaussianPrior
from aedesk.models.priors.ring import RingPrior
from aedesk.training.trained_model import TrainedModel, apply_in_chunks


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_what_a_verdict_costs() -> None:
    logits = torch.tensor([[2.0], [-1.0]])
    p = torch.sigmoid(logits)
    assert float(taken_for(logits, True)) == pytest.approx(float(-p.log().mean()))
    assert float(taken_for(logits, False)) == pytest.approx(float(-(1 - p).log().mean()))


def test_the_steepness_of_a_plane_is_that_of_its_weights() -> None:
    layer = nn.Linear(3, 1)
    found = steepness(layer, torch.randn(5, 3))
    assert float(found.detach()) == pytest.approx(float(layer.weight.detach().square().sum()) / 2, rel=1e-5)
    found.backward()
    torch.testing.assert_close(layer.weight.grad, layer.weight.detach())


def test_steadiness_costs_steepness() -> None:
    batch = passed(model_of(), samples())
    free, steady = CodeDiscriminator(steadiness=0), CodeDiscriminator(steadiness=10)
    discriminator = free.build(3, (1, 4, 4), seeded())
    values = []
    for adversary in (free, steady):
        batch.generator.manual_seed(5)
        values.append(float(adversary.judged(discriminator, batch).detach()))
    batch.generator.manual_seed(5)
    real = GaussianPrior().draw(6, 3, batch.generator)
    assert values[1] - values[0] == pytest.approx(10 * float(steepness(discriminator, real).detach()), rel=1e-4)


def test_a_prior_needs_a_code_that_is_wide_enough() -> None:
    ring = CodeDiscriminator(prior=RingPrior())
    misfit = ring.misfit(model_of(code_size=1), (1, 4, 4))
    assert misfit and misfit.path == ("prior",) and "at least 2" in misfit.text
    assert ring.misfit(model_of(code_size=1), None), "also where the data's shape is not known yet"
    assert ring.misfit(model_of(code_size=2), (1, 4, 4)) is None
    spatial = model_of(code_size=1, bottleneck={"kind": "spatial"})
    assert ring.misfit(spatial, (1, 4, 4)) is None, "a code of feature maps is as wide as those"
    assert CodeDiscriminator().misfit(model_of(code_size=1), (1, 4, 4)) is None
    assert ring.code_prior() == RingPrior() and OutputDiscriminator().code_prior() is None


@pytest.mark.parametrize(
    ("shape", "convolutions"), [((1, 28, 28), 2), ((3, 64, 40), 3), ((1, 8, 8), 1), ((1, 5, 30), 0), ((20,), 0)]
)
def test_images_are_halved_and_other_data_are_not(shape: tuple[int, ...], convolutions: int) -> None:
    network = OutputDiscriminator(width=4).build(3, shape, seeded())
    assert sum(isinstance(module, nn.Conv2d) for module in network.modules()) == convolutions
    assert network(torch.rand(2, *shape)).shape == (2, 1)
    assert torch.equal(network(torch.rand(0, *shape)), torch.empty(0, 1))


def test_draws_have_the_mean_and_covariance_of_the_codes() -> None:
    """So that a code which is no cloud is drawn from where its codes are."""
    batch = passed(model_of(), samples(4000))
    code = batch.code.detach().numpy()
    draws = drawn_codes(batch, 4000)
    assert not draws.requires_grad and draws.shape == code.shape
    np.testing.assert_allclose(draws.mean(0).numpy(), code.mean(0), atol=0.1 * code.std())
    np.testing.assert_allclose(np.cov(draws.numpy().T), np.cov(code.T), atol=0.1 * code.var())
    assert bool(torch.isfinite(drawn_codes(passed(model_of(), samples(1)), 1)).all())


def test_clouds_are_drawn_from_the_standard_normal() -> None:
    batch = passed(model_of(bottleneck={"kind": "variational"}), samples(4000))
    np.testing.assert_allclose(np.cov(drawn_codes(batch, 4000).numpy().T), np.eye(3), atol=0.1)


def test_the_eyes_of_the_discriminator_compare_too() -> None:
    batch = passed(model_of(), samples(shape=(1, 8, 8)))
    plain, seeing = OutputDiscriminator(), OutputDiscriminator(feature_weight=2.0)
    network = plain.build(3, (1, 8, 8), seeded())
    values = []
    for adversary in (plain, seeing):
        batch.generator.manual_seed(1)
        values.append(float(adversary.fooled(network, batch).detach()))
    with torch.no_grad():
        wanted, made = network.features(batch.clean[:3]), network.features(batch.output[:3])
        apart = (made - wanted).square().sum() / wanted.square().sum()
    assert values[1] - values[0] == pytest.approx(2 * float(apart), rel=1e-3)


def test_invented_samples_teach_the_decoder_alone() -> None:
    """What is drawn at random says nothing of how samples are to be encoded."""
    batch = passed(model_of(), samples(shape=(1, 8, 8)))
    network = OutputDiscriminator().build(3, (1, 8, 8), seeded()).requires_grad_(False)
    taken_for(network(batch.network.decode(drawn_codes(batch, 6))), True).backward()
    assert gradients_at(batch.network.decoder.parameters()) > 0
    assert gradients_at(batch.network.encoder.parameters()) == 0


def mapped(adversaries: str, *options: str) -> TrainedModel:
    """A model with a map of small digits."""
    chosen = recipe(
        "image", 'data.source.kind="digits8"', "data.limit=1797", "model.code_size=2", "training.epochs=60",
        'model.encoder={kind="dense",layers=[{width=64,activation="silu"},{width=64,activation="silu"}]}',
        "training.learning_rate=0.003", "training.schedule=one-cycle", f"objective.adversaries=[{adversaries}]",
        *options,
    )  # fmt: skip
    return finished(chosen).model


def told_apart(model: TrainedModel, prior: Prior) -> float:
    """How well the codes of rows that no step of training saw are told from draws of a prior."""
    data = dataset(model.recipe)
    codes = apply_in_chunks(model.autoencoder.encode, data.inputs[torch.cat([data.validation, data.test])])
    return separability(codes, prior.draw(len(codes), 2, seeded(7)).numpy())


@pytest.mark.parametrize(("kind", "epochs"), [("gaussian", 30), ("ring", 70)])
def test_codes_come_to_lie_like_the_prior(kind: str, epochs: int) -> None:
    adversary = f'{{kind="code-discriminator",prior={{kind="{kind}"}},steadiness=0.05}}'
    model = mapped(adversary, f"training.epochs={epochs}")
    prior = model.recipe.objective.adversaries[0].code_prior()
    assert prior and told_apart(model, prior) <= 0.65


@pytest.mark.parametrize("prior", [GaussianPrior(), RingPrior()])
def test_without_an_adversary_codes_are_told_from_the_prior(prior: Prior) -> None:
    assert told_apart(mapped(""), prior) >= 0.95


@pytest.mark.parametrize("bottleneck", ["plain", "variational"])
def test_neither_side_of_a_vae_gan_wins(bottleneck: str) -> None:
    """The discriminator neither knows everything nor nothing, and the reconstruction is still learned."""
    options = f"model.bottleneck.kind={bottleneck}", "training.epochs=15", "objective.adversaries=[]"
    start = finished(recipe("image", *options)).model.history
    options = *options[:2], 'objective.adversaries=[{kind="output-discriminator"}]'
    last = finished(recipe("image", *options))
    assert last.reason == "completed"
    loss = np.array(last.model.history.figures["output-discriminator loss"])
    assert (0.1 < loss).all() and (loss[5:] < log(2) + 0.05).all() and np.ptp(loss) > 0
    assert last.model.history.validation["mse"][-1] < 1.25 * start.validation["mse"][-1]


def test_a_judge_of_outputs_makes_samples_more_like_data() -> None:
    """By the Fréchet distance of drawn digits to all digits, in their principal components."""
    everything = dataset(recipe("image", "data.limit=1797"))
    twin, distances = fit_twin(everything, 20), []
    for adversaries in ("", '{kind="output-discriminator",weight=10,steadiness=0.1,width=8}'):
        model = mapped(
            adversaries, "model.bottleneck.kind=variational", "model.code_size=10", "training.epochs=30",
            'model.encoder={kind="dense",layers=[{width=128,activation="silu"}]}',
            "objective.reconstruction=bce", "objective.per=sample",
        )  # fmt: skip
        drawn = model.decode(sampler_for(model, None).draw(2000)) / 16
        real, made = twin.encode(everything.inputs.numpy()), twin.encode(drawn)
        distances.append(frechet_distance(real, made))
    assert distances[1] < 0.85 * distances[0]
