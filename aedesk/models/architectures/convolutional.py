"""Convolutional layers: small patterns, looked for everywhere alike."""

from dataclasses import replace
from math import prod
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from aedesk.models.architecture import Architecture, LayerPlan, Misfit, Shape
from aedesk.models.conv_options import ConvStack, sizes_text
from aedesk.models.maps import maps_of
from aedesk.options import option

if TYPE_CHECKING:
    import torch
    from torch import nn


class Convolutional(ConvStack, Architecture):
    """A stack of convolutions over images (2-D) or signals, words and tables (1-D)."""

    title: ClassVar[str] = "Convolutional"
    summary: ClassVar[str] = (
        "Looks for small patterns everywhere alike, so that it needs few weights: best for images and signals."
    )
    kind: Literal["convolutional"] = "convolutional"
    dense_width: int = option(
        0,
        "Dense layer",
        "The width of a dense layer between the maps and the code, which lets far parts of the data "
        "be seen together. 0 leaves it out.",
        unit="units",
        ge=0,
        le=65_536,
    )

    def misfit(self, shape: Shape) -> Misfit | None:
        return self.shrinking_misfit(shape)

    def decoder_misfit(self, code_shape: Shape, shape: Shape) -> Misfit | None:
        first = self.growing(maps_of(shape))[0].inputs
        if len(code_shape) > 1 and code_shape[1:] != first[1:]:
            return Misfit(
                ("layers",),
                f"the code is maps of {sizes_text(code_shape[1:])}, and these layers begin with maps of "
                f"{sizes_text(first[1:])}; choose strides that multiply to the encoder's, or a plain code.",
            )
        return self.growing_misfit(shape)

    def plan_encoder(self, shape: Shape) -> list[LayerPlan]:
        plans = self.plan_shrinking(maps_of(shape))
        if self.dense_width:
            parameters = (prod(plans[-1].shape) + 1) * self.dense_width
            activation = self.layers[-1].activation
            plans.append(LayerPlan("dense", "encoder", (self.dense_width,), parameters, activation))
        return plans

    def plan_decoder(self, code_shape: Shape, shape: Shape) -> list[LayerPlan]:
        maps = maps_of(shape)
        *hidden, output = self.plan_growing(maps)
        arrival = self._plan_arrival(code_shape, self.growing(maps)[0].inputs)
        return [*arrival, *hidden, replace(output, shape=shape)]

    def build_encoder(self, shape: Shape, generator: "torch.Generator") -> "nn.Module":
        from torch import nn

        from aedesk.models.conv_layers import ToMaps, dense, shrinking_layers

        modules = [ToMaps(shape), *shrinking_layers(self, maps_of(shape), generator)]
        if self.dense_width:
            width = prod(self.shrinking(maps_of(shape))[-1].outputs)
            modules += [nn.Flatten(), *dense(width, self.dense_width, self.layers[-1].activation, generator)]
        return nn.Sequential(*modules)

    def build_decoder(self, code_shape: Shape, shape: Shape, generator: "torch.Generator") -> "nn.Module":
        from torch import nn

        from aedesk.models.conv_layers import FromMaps, growing_layers

        maps = maps_of(shape)
        arrival = self._arrival(code_shape, self.growing(maps)[0].inputs, generator)
        return nn.Sequential(*arrival, *growing_layers(self, maps, generator), FromMaps(shape))

    def mirrored(self) -> Self:
        return self.model_copy(update={"layers": self.layers[::-1]})

    def _plan_arrival(self, code_shape: Shape, first: Shape) -> list[LayerPlan]:
        """From the code to the first maps: maps that agree go straight on, or change their channels."""
        if code_shape == first:
            return []
        layer = self.layers[0]
        if code_shape[1:] == first[1:]:
            return [self.plan_convolution(code_shape[0], first, layer.kernel, layer.activation, "decoder")]
        plans, width = [], prod(code_shape)
        if self.dense_width:
            parameters = (width + 1) * self.dense_width
            plans.append(LayerPlan("dense", "decoder", (self.dense_width,), parameters, layer.activation))
            width = self.dense_width
        normal = 2 * first[0] if self.normalises(first) else 0
        parameters = (width + 1) * prod(first) + normal
        return [*plans, LayerPlan("dense", "decoder", first, parameters, layer.activation)]

    def _arrival(self, code_shape: Shape, first: Shape, generator: "torch.Generator") -> "list[nn.Module]":
        from torch import nn

        from aedesk.models.conv_layers import SideBySide, convolution, dense, finish
        from aedesk.models.linear import linear

        layer = self.layers[0]
        if code_shape == first:
            return [SideBySide()]
        if code_shape[1:] == first[1:]:
            change = convolution(code_shape, first[0], layer.kernel, 1, generator, bias=not self.normalises(first))
            return [SideBySide(), *change, *finish(self, first, layer.activation)]
        modules, width = [nn.Flatten()], prod(code_shape)
        if self.dense_width:
            modules += dense(width, self.dense_width, layer.activation, generator)
            width = self.dense_width
        modules += [linear(width, prod(first), generator), nn.Unflatten(1, first), SideBySide()]
        return [*modules, *finish(self, first, layer.activation)]
