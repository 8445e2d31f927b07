"""A code that answers little to small changes of its input (Rifai et al. 2011)."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.models.jacobian import squared_jacobian
from aedesk.models.penalty import Penalty
from aedesk.options import option

if TYPE_CHECKING:
    from torch import Tensor, nn

    from aedesk.models.autoencoder import Autoencoder
    from aedesk.models.batch_pass import BatchPass


class Contractive(Penalty):
    """The squared Frobenius norm of the Jacobian of the code by the input.

    Of codes that are drawn it is that of their mean. Where an encoder normalises over the batch,
    what samples have in each other's codes is counted too.
    """

    title: ClassVar[str] = "Contractive code"
    summary: ClassVar[str] = (
        "The code is to change little when the input changes a little, except where the data "
        "themselves differ."
    )
    kind: Literal["contractive"] = "contractive"
    differentiates: ClassVar[bool] = True
    prevents_copying: ClassVar[bool] = True
    weight: float = option(
        1e-3,
        "Weight",
        "What a sum of squared derivatives of 1 costs. More makes the code calmer and the reconstruction coarser.",
        ge=0,
        le=1e6,
    )
    probes: int = option(
        1,
        "Probes",
        "An encoder without layers before its code is counted exactly. A deeper one is estimated from so many "
        "random directions (Hutchinson 1990), right on average; with as many as the code has numbers it is exact too.",
        unit="probes",
        ge=1,
        le=65_536,
    )

    def value(self, batch: "BatchPass") -> "Tensor":
        single = _single_layer(batch.network)
        if single:
            return _of_one_layer(batch, *single).mean()
        return squared_jacobian(batch.posterior.mean, batch.seen, self.probes, batch.generator).mean()


def _single_layer(network: "Autoencoder") -> "tuple[nn.Linear, nn.Module] | None":
    """The dense layer and the activation that are the whole encoder, or None where there is more to it."""
    from torch import nn

    elementwise = (nn.ReLU, nn.LeakyReLU, nn.ELU, nn.SiLU, nn.Tanh, nn.Sigmoid)
    skipped = (nn.Sequential, nn.Flatten, nn.Identity)
    match [module for module in network.encoder.modules() if not isinstance(module, skipped)]:
        case [nn.Linear() as layer]:
            return layer, nn.Identity()
        case [nn.Linear() as layer, activation] if isinstance(activation, elementwise):
            return layer, activation
    return None


def _of_one_layer(batch: "BatchPass", layer: "nn.Linear", activation: "nn.Module") -> "Tensor":
    """Σⱼ s′(aⱼ)² Σᵢ Wⱼᵢ² per sample ``[n]``, for a code s(a) of sums a = W x + b (Rifai et al. 2011)."""
    import torch

    sums = layer(batch.seen.flatten(1))
    mean = batch.network.bottleneck.posterior(activation(sums)).mean
    # Each number of the code has a sum of its own, so the derivative of them all holds every slope.
    (slopes,) = torch.autograd.grad(mean.sum(), sums, create_graph=True)
    return (slopes.square() * layer.weight.square().sum(1)).sum(1)
