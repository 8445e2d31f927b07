"""The modules of :class:`UNet`."""

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from aedesk.models.activations import activation_layers
from aedesk.models.linear import drawn

if TYPE_CHECKING:
    from aedesk.models.architectures.u_net import UNet


class Padded(nn.Module):
    """A convolution of maps ``[n, c, steps]`` to ``ceil(steps / stride)`` steps, and its activation."""

    def __init__(
        self, options: "UNet", inputs: int, outputs: int, stride: int, generator: torch.Generator
    ) -> None:
        super().__init__()
        self.padding = (options.kernel - 1) // 2, options.kernel // 2
        convolution = drawn(nn.Conv1d, inputs, outputs, options.kernel, generator=generator, stride=stride)
        self.body = nn.Sequential(convolution, *activation_layers(options.activation))

    def forward(self, x: Tensor) -> Tensor:
        return self.body(functional.pad(x, self.padding))


class U(nn.Module):
    """Steps ``[n, steps, numbers]`` to maps ``[n, channels, steps]``, by way of coarser and coarser ones."""

    def __init__(self, options: "UNet", numbers: int, generator: torch.Generator) -> None:
        super().__init__()
        from aedesk.models.architectures.u_net import UP_KERNEL

        widths = options.widths()
        pairs = list(zip(widths, widths[1:], strict=False))
        self.first = Padded(options, numbers, widths[0], 1, generator)
        self.down = nn.ModuleList(Padded(options, fine, coarse, 2, generator) for fine, coarse in pairs)
        self.up, self.across = nn.ModuleList(), nn.ModuleList()
        for fine, coarse in reversed(pairs):
            grown = drawn(nn.ConvTranspose1d, coarse, fine, UP_KERNEL, generator=generator, stride=2, padding=1)
            self.up.append(nn.Sequential(grown, *activation_layers(options.activation)))
            self.across.append(Padded(options, 2 * fine, fine, 1, generator))

    def forward(self, x: Tensor) -> Tensor:
        maps = [self.first(x.transpose(1, 2))]
        for down in self.down:
            maps.append(down(maps[-1]))
        found = maps.pop()
        for up, across in zip(self.up, self.across, strict=True):
            fine = maps.pop()
            grown = up(found)[..., : fine.shape[-1]]  # an odd number of steps was rounded up
            found = fine + across(torch.cat([grown, fine], 1))
        return found
