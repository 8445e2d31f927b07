"""The variational code: its divergence, its draws, its warm-up, and what decodes from the prior."""

import numpy as np
import pytest
import torch
from passing import gradients_at, model_of, passed, samples
from small import dataset, finished, recipe
from torch.distributions import Normal, kl_divergence

from aedesk.analysis.divergence import collapsed
from aedesk.models.bottleneck import Posterior
from aedesk.models.bottlenecks.variational import Variational, divergence
from aedesk.training.trained_model import TrainedModel

CLOUDS = Posterior(torch.tensor([[0.0, 1.5], [-2.0, 0.3]]), torch.tensor([[0.0, -3.0], [1.0, 0.5]]))


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_the_divergence_is_the_closed_form() -> None:
    clouds = Normal(CLOUDS.mean, (CLOUDS.log_variance / 2).exp())
    torch.testing.assert_close(divergence(CLOUDS), kl_divergence(clouds, Normal(0.0, 1.0)))
    assert float(divergence(CLOUDS)[0, 0]) == 0, "a standard normal cloud tells nothing"


def test_the_divergence_is_what_draws_say_it_is() -> None:
    """A Monte-Carlo estimate: the mean of log q(z) − log p(z) over codes drawn from q."""
    many = 40_000
    mean, log_variance = (part.repeat(many, 1) for part in CLOUDS)
    codes = Variational().draw(Posterior(mean, log_variance), seeded())
    clouds = Normal(mean, (log_variance / 2).exp())
    ratios = (clouds.log_prob(codes) - Normal(0.0, 1.0).log_prob(codes)).unflatten(0, (many, 2))
    error = ratios.std(0) / many**0.5
    assert bool(((ratios.mean(0) - divergence(CLOUDS)).abs() <= 4 * error).all())


def test_draws_lie_around_the_mean_with_the_variance() -> None:
    mean, log_variance = (part[1:].repeat(20_000, 1) for part in CLOUDS)
    codes = Variational().draw(Posterior(mean, log_variance), seeded())
    torch.testing.assert_close(codes.mean(0), CLOUDS.mean[1], atol=0.05, rtol=0)
    torch.testing.assert_close(codes.var(0).log(), CLOUDS.log_variance[1], atol=0.05, rtol=0)
    again = Variational().draw(Posterior(mean, log_variance), seeded())
    assert torch.equal(codes, again) and not torch.equal(codes, Variational().draw(CLOUDS, seeded(1)))


def test_the_mean_is_the_code_when_asked() -> None:
    batch = passed(model_of(bottleneck={"kind": "variational"}), samples())
    assert batch.posterior.mean.shape == batch.posterior.log_variance.shape == (6, 3)
    assert torch.equal(batch.network.encode(batch.clean), batch.posterior.mean)
    assert not torch.equal(batch.code, batch.posterior.mean)
    batch.code.sum().backward()
    assert gradients_at(batch.network.encoder.parameters()) > 0, "drawing lets the gradient through"


def test_absurd_variances_do_not_overflow() -> None:
    posterior = Variational().posterior(torch.full((1, 4), 1e4))
    assert posterior.log_variance.max() == 20 and bool(torch.isfinite(divergence(posterior)).all())


@pytest.mark.parametrize(
    ("warm_up", "progress", "share"), [(0.0, 0.0, 1), (0.5, 0.0, 0), (0.5, 0.25, 0.5), (0.5, 0.5, 1), (0.5, 0.9, 1)]
)
def test_the_weight_of_the_divergence_warms_up(warm_up: float, progress: float, share: float) -> None:
    code = {"kind": "variational", "beta": 3.0, "warm_up": warm_up}
    batch = passed(model_of(bottleneck=code), samples(), progress=progress, scale=1 / 16)
    (term,) = batch.network.bottleneck.terms(batch).values()
    nats = divergence(batch.posterior).sum(1).mean()
    assert float(term.detach()) == pytest.approx(3 * share * float(nats.detach()) / 16, rel=1e-5)


def learned(beta: float) -> TrainedModel:
    code = f'model.bottleneck={{kind="variational",beta={beta}}}'
    return finished(
        recipe(
            "image", 'data.source.kind="digits8"', "data.limit=1000", code, "model.code_size=6", "training.epochs=25",
            'model.encoder={kind="dense",layers=[{width=64,activation="silu"}]}', "objective.reconstruction=bce",
            "objective.per=sample",
        )
    ).model  # fmt: skip


def test_draws_from_the_prior_decode_to_what_look_like_samples() -> None:
    model = learned(1.0)
    data = dataset(model.recipe)
    made = model.decode(torch.randn(500, 6, generator=seeded()).numpy())
    real = data.scaler.unscaled(data.inputs.numpy())
    assert made.shape == (500, *data.shape) and real.min() <= made.min() and made.max() <= real.max()

    def distance(x: np.ndarray) -> float:
        """The mean squared distance of samples to the nearest of the data."""
        flat, known = x.reshape(len(x), -1), real.reshape(len(real), -1)
        return float(np.square(flat[:, None] - known[None]).sum(2).min(1).mean())

    shuffled = np.random.default_rng(0).permuted(real[:500], axis=0)
    assert distance(made) < 0.5 * distance(shuffled), "pixels that were drawn one by one look like nothing"
    spread = made.reshape(500, -1).std(0).mean() / real.reshape(len(real), -1).std(0).mean()
    assert 0.4 < spread < 1.1, "they differ from each other as samples do"


@pytest.mark.parametrize(("beta", "given_up"), [(0.2, 0), (200.0, 6)])
def test_numbers_that_are_given_up_are_counted(beta: float, given_up: int) -> None:
    model = learned(beta)
    data = dataset(model.recipe)
    with torch.no_grad():
        posterior = model.autoencoder.posterior(data.inputs[data.test])
    assert collapsed(posterior.mean.numpy(), posterior.log_variance.numpy()).sum() == given_up
