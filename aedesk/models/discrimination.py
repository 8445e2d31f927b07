"""What discriminators are asked for, and what keeps them from running away."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor, nn


def taken_for(logits: "Tensor", real: bool) -> "Tensor":
    """The mean cross-entropy of a discriminator's logits against all being real, or all made."""
    from torch.nn import functional

    wanted = logits.new_ones(logits.shape) if real else logits.new_zeros(logits.shape)
    return functional.binary_cross_entropy_with_logits(logits, wanted)


def steepness(discriminator: "nn.Module", real: "Tensor") -> "Tensor":
    """Half the mean squared length of the logit's slope at real samples ``[n, …]`` (R1, Mescheder et al. 2018).

    Kept small, the discriminator stays gentle enough to learn from, and the two networks come to rest.
    """
    import torch

    real = real.detach().requires_grad_()
    (slopes,) = torch.autograd.grad(discriminator(real).sum(), real, create_graph=True)
    return slopes.flatten(1).square().sum(1).mean() / 2
