"""The modules of :class:`TwoSided`."""

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from aedesk.models.activations import activation_layers
from aedesk.models.linear import drawn

if TYPE_CHECKING:
    from aedesk.models.architectures.two_sided import TwoSided


class Causal(nn.Module):
    """A convolution of maps ``[n, c, steps]`` that sees only the step itself and those before it."""

    def __init__(
        self, inputs: int, outputs: int, kernel: int, dilation: int, generator: torch.Generator
    ) -> None:
        super().__init__()
        self.before = (kernel - 1) * dilation
        self.convolution = drawn(nn.Conv1d, inputs, outputs, kernel, generator=generator, dilation=dilation)

    def forward(self, x: Tensor) -> Tensor:
        return self.convolution(functional.pad(x, (self.before, 0)))


class Further(nn.Module):
    """Adds to maps what a causal convolution makes of them."""

    def __init__(self, options: "TwoSided", dilation: int, generator: torch.Generator) -> None:
        super().__init__()
        from aedesk.models.architectures.two_sided import KERNEL

        causal = Causal(options.channels, options.channels, KERNEL, dilation, generator)
        self.body = nn.Sequential(causal, *activation_layers(options.activation))

    def forward(self, x: Tensor) -> Tensor:
        return x + self.body(x)


class BothSides(nn.Module):
    """Steps ``[n, steps, numbers]`` to what is known of each from before and after it.

    ``[n, 2 channels, steps]``; the same layers read in both directions, up to the ``nearest`` that is seen.
    """

    def __init__(self, options: "TwoSided", numbers: int, generator: torch.Generator) -> None:
        super().__init__()
        first = Causal(numbers, options.channels, 2, 1, generator)
        further = [Further(options, 2**layer, generator) for layer in range(options.depth)]
        self.reader = nn.Sequential(first, *further)
        self.nearest = options.nearest

    def forward(self, x: Tensor) -> Tensor:
        x = x.transpose(1, 2)
        known = self.reader(torch.cat([x, x.flip(-1)]))
        before, after = functional.pad(known, (self.nearest, -self.nearest)).chunk(2)  # at each step what was known so far before it
        return torch.cat([before, after.flip(-1)], 1)


class SideBySide(nn.Module):
    """Several networks' maps of steps ``[n, steps, numbers]``, below each other: ``[n, networks · maps, steps]``.

    While it learns, each network sees its own rows alone, every so-manieth of a batch, and its maps
    of the others are 0; see :class:`MeanAnswer`.
    """

    def __init__(self, networks: "list[BothSides]") -> None:
        super().__init__()
        self.networks = nn.ModuleList(networks)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return torch.cat([network(x) for network in self.networks], 1)
        apart = len(self.networks)
        own = [network(x[number::apart]) for number, network in enumerate(self.networks)]
        maps = own[0].new_zeros(len(x), apart, *own[0].shape[1:])
        for number, each in enumerate(own):
            maps[number::apart, number] = each
        return maps.flatten(1, 2)


class MeanAnswer(nn.Module):
    """What several networks make of their own maps ``[n, networks · maps, steps]``: the mean of their answers.

    While it learns, the answer of the one network whose row it is.
    """

    def __init__(self, answers: list[nn.Sequential]) -> None:
        super().__init__()
        self.answers = nn.ModuleList(answers)

    def forward(self, maps: Tensor) -> Tensor:
        shares, apart = maps.chunk(len(self.answers), 1), len(self.answers)
        if not self.training:
            return torch.stack([answer(share) for answer, share in zip(self.answers, shares, strict=True)]).mean(0)
        own = [answer(shares[number][number::apart]) for number, answer in enumerate(self.answers)]
        output = own[0].new_zeros(len(maps), *own[0].shape[1:])
        for number, each in enumerate(own):
            output[number::apart] = each
        return output


class Turned(nn.Module):
    """Maps ``[n, numbers, steps]`` as steps ``[n, steps, numbers]``."""

    def forward(self, x: Tensor) -> Tensor:
        return x.transpose(1, 2).contiguous()
