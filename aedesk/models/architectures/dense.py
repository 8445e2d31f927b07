"""Dense layers: every unit sees every value of the layer before it."""

from math import prod
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from aedesk.models.activations import Activation, activation_layers
from aedesk.models.architecture import Architecture, LayerPlan, Shape
from aedesk.models.linear import linear
from aedesk.options import Options, option

if TYPE_CHECKING:
    import torch
    from torch import nn


class DenseLayer(Options):
    """One dense layer."""

    width: int = option(64, "Width", "How many units the layer has.", unit="units", ge=1, le=65_536)
    activation: Activation = option("relu", "Activation", "What is done to each unit's sum.")


class Dense(Architecture):
    """A stack of dense layers."""

    title: ClassVar[str] = "Dense"
    summary: ClassVar[str] = "Every unit sees every value of the layer before: simple, and good for small inputs."
    kind: Literal["dense"] = "dense"
    layers: tuple[DenseLayer, ...] = option(
        (DenseLayer(width=128), DenseLayer(width=64)),
        "Layers",
        "The layers between the data and the code, in order. The code layer itself is not listed.",
        max_length=64,
    )

    def plan_encoder(self, shape: Shape) -> list[LayerPlan]:
        return self._plan(prod(shape), "encoder")

    def plan_decoder(self, code_shape: Shape, shape: Shape) -> list[LayerPlan]:
        hidden = self._plan(prod(code_shape), "decoder")
        last = hidden[-1].shape[0] if hidden else prod(code_shape)
        return [*hidden, LayerPlan("dense", "output", shape, (last + 1) * prod(shape))]

    def build_encoder(self, shape: Shape, generator: "torch.Generator") -> "nn.Module":
        from torch import nn

        return nn.Sequential(nn.Flatten(), *self._build(prod(shape), generator))

    def build_decoder(self, code_shape: Shape, shape: Shape, generator: "torch.Generator") -> "nn.Module":
        from torch import nn

        flat = [nn.Flatten()] if len(code_shape) > 1 else []
        width = prod(code_shape)
        last = self.layers[-1].width if self.layers else width
        output = linear(last, prod(shape), generator)
        return nn.Sequential(*flat, *self._build(width, generator), output, nn.Unflatten(1, shape))

    def mirrored(self) -> Self:
        return self.model_copy(update={"layers": self.layers[::-1]})

    def _plan(self, width: int, part: Literal["encoder", "decoder"]) -> list[LayerPlan]:
        plans = []
        for layer in self.layers:
            parameters = (width + 1) * layer.width
            plans.append(LayerPlan("dense", part, (layer.width,), parameters, layer.activation))
            width = layer.width
        return plans

    def _build(self, width: int, generator: "torch.Generator") -> list["nn.Module"]:
        modules: list[nn.Module] = []
        for layer in self.layers:
            modules += [linear(width, layer.width, generator), *activation_layers(layer.activation)]
            width = layer.width
        return modules
