"""One pass of a batch through a fresh network, for tests of what is asked of it."""

from typing import Any

import torch
from torch import Tensor

from aedesk.models.autoencoder import Autoencoder
from aedesk.models.batch_pass import BatchPass
from aedesk.models.model_options import ModelOptions

SHAPE = (1, 4, 4)


def model_of(**chosen: Any) -> ModelOptions:
    """A small model with a code of 3 numbers after one layer of 8, unless chosen otherwise."""
    layers = [{"width": 8, "activation": "tanh"}]
    return ModelOptions.model_validate({"encoder": {"kind": "dense", "layers": layers}, "code_size": 3} | chosen)


def passed(
    model: ModelOptions, x: Tensor, *, seed: int = 0, progress: float = 1.0, scale: float = 1.0
) -> BatchPass:
    """Clean samples ``[n, *shape]`` sent through a network with first weights of that seed."""
    network = Autoencoder(model, tuple(x.shape[1:]), seed)
    generator = torch.Generator().manual_seed(seed)
    seen = x.detach().clone().requires_grad_()
    posterior = network.posterior(seen)
    code = network.bottleneck.draw(posterior, generator)
    return BatchPass(
        network, x, seen, posterior, code, network.decode(code), generator, progress=progress, scale=scale
    )


def samples(count: int = 6, shape: tuple[int, ...] = SHAPE, seed: int = 0) -> Tensor:
    """Samples in 0…1, always the same."""
    return torch.rand(count, *shape, generator=torch.Generator().manual_seed(seed))


def gradients_at(parameters: Any) -> float:
    """The sum of the sizes of all gradients left at some parameters."""
    return sum(float(one.grad.abs().sum()) for one in parameters if one.grad is not None)
