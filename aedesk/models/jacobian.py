"""How strongly outputs answer to their inputs: the squared Frobenius norm of a Jacobian."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch
    from torch import Tensor


def squared_jacobian(
    outputs: "Tensor", inputs: "Tensor", probes: int, generator: "torch.Generator"
) -> "Tensor":
    """The sum of all squared derivatives of ``outputs`` ``[n, …]`` by ``inputs`` ``[n, …]``, per sample ``[n]``.

    Each probe is one product of a vector with the Jacobian. With at least as many probes as a
    sample has outputs the vectors are those of the axes and the sum is exact; otherwise they are
    random signs, over which the squared length of the product has the sum as its mean (Hutchinson
    1990). The result can itself be differentiated. Samples must not depend on each other.
    """
    import torch

    flat = outputs.flatten(1)
    width = flat.shape[1]
    total = flat.new_zeros(len(flat))
    for number in range(min(probes, width)):
        if probes >= width:
            product = flat[:, number].sum()
        else:
            signs = torch.empty_like(flat, requires_grad=False).bernoulli_(0.5, generator=generator)
            product = (flat * (2 * signs - 1)).sum()
        (slopes,) = torch.autograd.grad(product, inputs, create_graph=True)
        total = total + slopes.flatten(1).square().sum(1)
    return total if probes >= width else total / probes
