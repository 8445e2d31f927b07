"""What variational codes hold, in nats, and how likely a model finds data."""

from dataclasses import dataclass
from math import log

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from aedesk.errors import DataError
from aedesk.models.bottleneck import Posterior
from aedesk.models.bottlenecks.variational import divergence
from aedesk.models.priors.gaussian import GaussianPrior
from aedesk.training.trained_model import TrainedModel

COLLAPSED_BELOW = 0.01
"""Nats that a number of the code holds on average, below which it has been given up."""
ACTIVE_ABOVE = 0.01
"""The variance of a number's mean over the data, above which it is in use (Burda et al. 2016)."""

_CHUNK = 2048
_DECODED_AT_ONCE = 8192


def latent_divergence(means: np.ndarray, log_variances: np.ndarray) -> np.ndarray:
    """The mean KL to the standard normal of each number of the code ``[k]``, in nats, of codes ``[n, k]``."""
    posterior = Posterior(torch.as_tensor(means), torch.as_tensor(log_variances))
    return divergence(posterior).double().mean(0).numpy()


def collapsed(means: np.ndarray, log_variances: np.ndarray) -> np.ndarray:
    """Which numbers of the code ``[k]`` tell nothing: their mean KL is below 0.01 nats."""
    return latent_divergence(means, log_variances) < COLLAPSED_BELOW


def active_units(means: np.ndarray) -> np.ndarray:
    """Which numbers of the code ``[k]`` are in use: their means vary by more than 0.01 (Burda et al. 2016)."""
    return means.astype(np.float64).var(0) > ACTIVE_ABOVE


@dataclass(frozen=True)
class Bound:
    """The negative evidence lower bound per sample in nats, the smaller the better, and its two parts."""

    reconstruction: float
    divergence: float

    @property
    def nats(self) -> float:
        """Both parts together."""
        return self.reconstruction + self.divergence


def evidence_bound(model: TrainedModel, x: Tensor, seed: int = 0) -> Bound:
    """The bound on scaled samples ``[n, *shape]`` in 0…1, with one code drawn for each.

    The reconstruction is the summed binary cross-entropy, which is a likelihood where samples are
    binary; β is left out. DataError where the model has no variational code or the samples do not fit.
    """
    _check(model, x)
    network, generator = model.autoencoder, torch.Generator().manual_seed(seed)
    reconstruction = nats = 0.0
    with torch.no_grad():
        for part in x.split(_CHUNK):
            posterior = network.posterior(part)
            output = network.decode(network.bottleneck.draw(posterior, generator))
            reconstruction += float(_cross_entropy(output, part).sum())
            nats += float(divergence(posterior).double().sum())
    return Bound(reconstruction / len(x), nats / len(x))


def importance_weighted_bound(model: TrainedModel, x: Tensor, samples: int, seed: int = 0) -> float:
    """The importance-weighted bound with so many codes for each sample, in nats (Burda et al. 2016).

    The more samples, the nearer it comes to the negative logarithm of the likelihood, from above.
    Scaled samples and errors as for ``evidence_bound``.
    """
    _check(model, x)
    generator = torch.Generator().manual_seed(seed)
    at_once = min(samples, _DECODED_AT_ONCE)
    total = 0.0
    with torch.no_grad():
        for part in x.split(max(1, _DECODED_AT_ONCE // at_once)):
            posterior = model.autoencoder.posterior(part)
            draws = [min(at_once, samples - start) for start in range(0, samples, at_once)]
            weights = [_log_weights(model, part, posterior, count, generator) for count in draws]
            total -= float((torch.cat(weights, 1).logsumexp(1) - log(samples)).sum())
    return total / len(x)


def _log_weights(
    model: TrainedModel, x: Tensor, posterior: Posterior, count: int, generator: torch.Generator
) -> Tensor:
    """log p(x|z) p(z) / q(z|x) for ``count`` codes z drawn for each sample: ``[n, count]``."""
    mean, log_variance = (part.repeat_interleave(count, 0) for part in posterior if part is not None)
    code = model.autoencoder.bottleneck.draw(Posterior(mean, log_variance), generator)
    likelihood = -_cross_entropy(model.autoencoder.decode(code), x.repeat_interleave(count, 0))
    # The normal densities share their factor of 2π, which cancels.
    prior = -code.double().square().sum(1) / 2
    own = -((code - mean).double().square() / log_variance.double().exp() + log_variance).sum(1) / 2
    return (likelihood + prior - own).unflatten(0, (-1, count))


def _cross_entropy(output: Tensor, x: Tensor) -> Tensor:
    """The summed binary cross-entropy of each sample ``[n]``, in nats."""
    values = functional.binary_cross_entropy(output, x, reduction="none")
    return values.flatten(1).sum(1).double()


def has_clouds(model: TrainedModel) -> bool:
    """Whether codes are drawn from normal distributions that are held against the standard normal one."""
    bottleneck = model.recipe.model.bottleneck
    if not bottleneck.draws or not isinstance(bottleneck.code_prior(), GaussianPrior | None):
        return False
    with torch.no_grad():
        return model.autoencoder.posterior(torch.zeros(1, *model.shape)).log_variance is not None


def _check(model: TrainedModel, x: Tensor) -> None:
    if not has_clouds(model):
        raise DataError("Only a model with a variational code has a bound. Choose such a model.")
    if model.recipe.model.output_activation != "sigmoid":
        raise DataError("A bound in nats needs outputs between 0 and 1: give the model a sigmoid output.")
    if float(x.min()) < 0 or float(x.max()) > 1:
        raise DataError("A bound in nats needs samples between 0 and 1: scale them to 0…1.")
