"""The modules of convolutional layers, as :class:`ConvStack` plans them."""

import torch
from torch import Tensor, nn

from aedesk.models.activations import Activation, activation_layers
from aedesk.models.architecture import Shape
from aedesk.models.conv_options import RESIDUAL_KERNEL, ConvLayer, ConvStack
from aedesk.models.linear import drawn, linear
from aedesk.models.maps import same_padding, transposed_padding

_MOST_GROUPS = 8
_FIRST_RESIDUE = 0.1


class SideBySide(nn.Module):
    """Maps ``[n, channels, *sizes]`` unchanged; those of two sizes laid out anew on a CPU.

    The values of one place come to lie side by side there, and convolutions took 15 to 60 % less
    time in that order.
    """

    def forward(self, x: Tensor) -> Tensor:
        return x.to(memory_format=torch.channels_last) if x.dim() == 4 and x.device.type == "cpu" else x


class ToMaps(SideBySide):
    """Samples ``[n, *shape]`` as maps, see :func:`maps_of`."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.dimensions = len(shape)

    def forward(self, x: Tensor) -> Tensor:
        if self.dimensions == 3:
            return super().forward(x)
        return x.transpose(1, 2).contiguous() if self.dimensions == 2 else x.unsqueeze(1)


class FromMaps(nn.Module):
    """Maps as samples ``[n, *shape]``, the way back from :class:`ToMaps`."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.dimensions = len(shape)

    def forward(self, x: Tensor) -> Tensor:
        if self.dimensions == 1:
            return x.squeeze(1)
        return (x.transpose(1, 2) if self.dimensions == 2 else x).contiguous()


class Residual(nn.Module):
    """Adds to maps what two convolutions make of them (He et al. 2016, before activation).

    The last convolution begins with a tenth of the usual weights, so that at first little is added.
    """

    def __init__(self, options: ConvStack, layer: ConvLayer, maps: Shape, generator: torch.Generator) -> None:
        super().__init__()
        bare = not options.normalises(maps)
        first = convolution(maps, maps[0], RESIDUAL_KERNEL, 1, generator, bias=bare)
        last = convolution(maps, maps[0], RESIDUAL_KERNEL, 1, generator)
        with torch.no_grad():
            last[-1].weight.mul_(_FIRST_RESIDUE)
        self.body = nn.Sequential(
            *finish(options, maps, layer.activation), *first, *finish(options, maps, layer.activation), *last
        )

    def forward(self, x: Tensor) -> Tensor:
        return x + self.body(x)


def shrinking_layers(options: ConvStack, maps: Shape, generator: torch.Generator) -> list[nn.Module]:
    """The layers of an encoder from ``maps``."""
    modules: list[nn.Module] = []
    for stage in options.shrinking(maps):
        layer = stage.layer
        pools = layer.down == "pooled" and layer.stride > 1
        seen = (layer.channels, *stage.inputs[1:]) if pools else stage.outputs
        stride = 1 if pools else layer.stride
        bare = not options.normalises(seen)
        modules += convolution(stage.inputs, layer.channels, layer.kernel, stride, generator, bias=bare)
        modules += finish(options, seen, stage.activation)
        if pools:
            pool = (nn.MaxPool1d, nn.MaxPool2d)[len(maps) - 2]
            modules.append(pool(layer.stride, ceil_mode=True))
        modules += [Residual(options, layer, stage.outputs, generator) for _ in range(layer.residual)]
    return modules


def growing_layers(options: ConvStack, maps: Shape, generator: torch.Generator) -> list[nn.Module]:
    """The layers of a decoder from its first maps to ``maps``, before the output activation."""
    modules: list[nn.Module] = []
    stages = options.growing(maps)
    for stage in stages:
        layer, is_last = stage.layer, stage is stages[-1]
        modules += [Residual(options, layer, stage.inputs, generator) for _ in range(layer.residual)]
        bare = is_last or not options.normalises(stage.outputs)
        if layer.stride > 1 and options.up == "transposed":
            modules.append(_transposed(layer, stage.inputs, stage.outputs, generator, bias=bare))
        else:
            larger = (stage.inputs[0], *stage.outputs[1:])
            if layer.stride > 1:
                modules.append(nn.Upsample(larger[1:], mode="nearest"))
            modules += convolution(larger, stage.outputs[0], layer.kernel, 1, generator, bias=bare)
        if not is_last:
            modules += finish(options, stage.outputs, stage.activation)
    return modules


def convolution(
    maps: Shape, channels: int, kernel: int, stride: int, generator: torch.Generator, *, bias: bool = True
) -> list[nn.Module]:
    """A convolution of ``maps`` whose sizes come out divided by the stride, rounded up."""
    pads = [same_padding(size, kernel, stride) for size in maps[1:]]
    even = all(before == after for before, after in pads)
    kind = (nn.Conv1d, nn.Conv2d)[len(pads) - 1]
    padding = tuple(before for before, _ in pads) if even else 0
    layer = drawn(kind, maps[0], channels, kernel, generator=generator, stride=stride, padding=padding, bias=bias)
    if even:
        return [layer]
    zeros = (nn.ZeroPad1d, nn.ZeroPad2d)[len(pads) - 1]
    return [zeros(tuple(count for pair in reversed(pads) for count in pair)), layer]


def finish(options: ConvStack, maps: Shape, activation: Activation) -> list[nn.Module]:
    """What follows a layer that made ``maps``: normalisation and activation."""
    layers = activation_layers(activation)
    if not options.normalises(maps):
        return layers
    if options.normalisation == "batch":
        return [(nn.BatchNorm1d, nn.BatchNorm2d)[len(maps) - 2](maps[0]), *layers]
    return [nn.GroupNorm(_groups(maps[0]), maps[0]), *layers]


def dense(inputs: int, outputs: int, activation: Activation, generator: torch.Generator) -> list[nn.Module]:
    """A dense layer and its activation."""
    return [linear(inputs, outputs, generator), *activation_layers(activation)]


def _transposed(
    layer: ConvLayer, inputs: Shape, outputs: Shape, generator: torch.Generator, *, bias: bool
) -> nn.Module:
    sizes = zip(inputs[1:], outputs[1:], strict=True)
    pads = [transposed_padding(small, large, layer.kernel, layer.stride) for small, large in sizes]
    return drawn(
        (nn.ConvTranspose1d, nn.ConvTranspose2d)[len(pads) - 1],
        inputs[0],
        outputs[0],
        layer.kernel,
        generator=generator,
        stride=layer.stride,
        padding=tuple(padding for padding, _ in pads),
        output_padding=tuple(extra for _, extra in pads),
        bias=bias,
    )


def _groups(channels: int) -> int:
    """Into how many groups the channels go evenly, by twos at least where that can be."""
    most = max(1, min(_MOST_GROUPS, channels // 2))
    return max(groups for groups in range(1, most + 1) if channels % groups == 0)
