"""A code that keeps its place: the encoder's last feature maps are the code."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.models.activations import Activation, activation_layers
from aedesk.models.architecture import LayerPlan, Shape
from aedesk.models.bottleneck import Bottleneck

if TYPE_CHECKING:
    import torch
    from torch import nn


class Spatial(Bottleneck):
    """No layer of its own: every place of the image or signal keeps numbers of its own."""

    title: ClassVar[str] = "Feature maps"
    summary: ClassVar[str] = (
        "The encoder's last feature maps are the code, so that every place keeps its own numbers: "
        "good for taking noise away, less for maps of samples. The code width follows from the encoder."
    )
    kind: Literal["spatial"] = "spatial"
    keeps_features: ClassVar[bool] = True

    def code_shape(self, features: Shape, code_size: int) -> Shape:
        return features

    def plan(self, features: Shape, code_size: int, activation: Activation) -> LayerPlan:
        return LayerPlan("feature maps" if len(features) > 1 else "code", "code", features, 0, activation)


    def build(
        self, features: Shape, code_size: int, activation: Activation, generator: "torch.Generator"
    ) -> "list[nn.Module]":
        return activation_layers(activation)
