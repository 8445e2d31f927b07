"""A linear layer whose weights come from a given generator."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch
    from torch import nn


def linear(inputs: int, outputs: int, generator: "torch.Generator") -> "nn.Linear":
    """A linear layer with Glorot-uniform weights and zero biases (Glorot and Bengio 2010)."""
    import torch
    from torch import nn

    # The device is named because skip_init takes the CPU otherwise, even where all is to be "meta".
    layer = nn.utils.skip_init(nn.Linear, inputs, outputs, device=torch.get_default_device())
    nn.init.xavier_uniform_(layer.weight, generator=generator)
    nn.init.zeros_(layer.bias)
    return layer
