"""Layers whose weights come from a given generator."""

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import torch
    from torch import nn

SomeLayer = TypeVar("SomeLayer", bound="nn.Module")


def linear(inputs: int, outputs: int, generator: "torch.Generator") -> "nn.Linear":
    """A linear layer with Glorot-uniform weights and zero biases (Glorot and Bengio 2010)."""
    from torch import nn

    return drawn(nn.Linear, inputs, outputs, generator=generator)


def drawn(
    kind: type[SomeLayer], *arguments: Any, generator: "torch.Generator", **options: Any
) -> SomeLayer:
    """A layer of torch's with first weights from ``generator``, the same on every device.

    Matrices and kernels are Glorot-uniform (Glorot and Bengio 2010), a recurrent layer's matrices
    from state to state orthogonal (Saxe et al. 2014), vectors zero.
    """
    import torch
    from torch import nn

    # As nn.utils.skip_init, which knows no recurrent layers: no weights are drawn for nothing, nor
    # from torch's own generator.
    layer = kind(*arguments, device="meta", **options).to_empty(device=torch.get_default_device())
    for name, parameter in layer.named_parameters():
        if parameter.dim() < 2:
            nn.init.zeros_(parameter)
        elif name.startswith("weight_hh"):
            nn.init.orthogonal_(parameter, generator=generator)
        else:
            nn.init.xavier_uniform_(parameter, generator=generator)
    return layer
