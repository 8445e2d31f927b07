"""The variational code: a cloud instead of a point (Kingma and Welling 2014)."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.models.bottleneck import Bottleneck, Posterior
from aedesk.models.prior import Prior
from aedesk.models.priors.gaussian import GaussianPrior
from aedesk.options import option

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from aedesk.models.batch_pass import BatchPass


class Variational(Bottleneck):
    """Mean and log-variance of a normal distribution; the code is drawn from it while learning."""

    title: ClassVar[str] = "Variational"
    summary: ClassVar[str] = (
        "Each sample gets a small cloud instead of a point, and all clouds together are pressed "
        "towards one round heap, so that new samples can be drawn from it."
    )
    kind: Literal["variational"] = "variational"
    draws: ClassVar[bool] = True
    linear_code: ClassVar[bool] = True
    beta: float = option(
        1.0,
        "KL weight β",
        "How strongly the codes are pressed towards the prior: with cross-entropy per sample 1 is the "
        "evidence bound, and more makes rounder heaps and blurrier reconstructions (Higgins et al. 2017).",
        ge=0,
        le=1000,
    )
    warm_up: float = option(
        0.0,
        "KL warm-up",
        "The share of a first run in which β grows from 0 to its value, which keeps numbers of the code "
        "from being given up early (Sønderby et al. 2016).",
        ge=0,
        le=1,
    )

    @property
    def prevents_copying(self) -> bool:
        return self.beta > 0  # otherwise the clouds shrink to points

    def code_prior(self) -> Prior | None:
        return GaussianPrior() if self.beta > 0 else None

    def numbers(self, code_size: int) -> int:
        return 2 * code_size

    def posterior(self, raw: "Tensor") -> Posterior:
        mean, log_variance = raw.chunk(2, dim=1)
        return Posterior(mean, log_variance.clamp(-20, 20))

    def draw(self, posterior: Posterior, generator: "torch.Generator") -> "Tensor":
        assert posterior.log_variance is not None
        noise = posterior.mean.new_empty(posterior.mean.shape).normal_(generator=generator)
        return posterior.mean + (posterior.log_variance / 2).exp() * noise

    def terms(self, batch: "BatchPass") -> "dict[str, Tensor]":
        warm = min(1.0, batch.progress / self.warm_up) if self.warm_up else 1.0
        nats = divergence(batch.posterior).sum(1).mean()
        return {"code-kl": self.beta * warm * nats * batch.scale}


def divergence(posterior: Posterior) -> "Tensor":
    """KL from each code's distribution to the standard normal ``[n, k]``, in nats.

    Kingma and Welling 2014, appendix B.
    """
    mean, log_variance = posterior
    assert log_variance is not None
    return (mean.square() + log_variance.exp() - 1 - log_variance) / 2
