"""A U-net: the data seen at ever coarser scales and put together again, with a short way across at each."""

from typing import TYPE_CHECKING, ClassVar, Literal, Self

from aedesk.models.activations import Activation
from aedesk.models.architecture import Architecture, LayerPlan, Shape
from aedesk.models.architectures.dense import DenseLayer
from aedesk.models.architectures.two_sided import TwoSided
from aedesk.models.steps import steps_of
from aedesk.options import option

if TYPE_CHECKING:
    import torch
    from torch import nn

UP_KERNEL = 4  # twice the stride, so that every step is reached by as many weights


class UNet(Architecture):
    """Convolutions with skip connections (Ronneberger et al. 2015) over the steps of a signal.

    The whole U is in the encoder: what comes out are feature maps with a place for every step, of
    which the decoder reads each by itself. With feature maps for a code nothing is squeezed, so
    that it needs a corruption to learn from.
    """

    title: ClassVar[str] = "U-net"
    summary: ClassVar[str] = (
        "Looks at a signal at many scales, from single samples to the whole window, with short ways across: with "
        "feature maps as the code the best there is for taking noise away."
    )
    kind: Literal["u-net"] = "u-net"
    channels: int = option(24, "Channels", "How many maps there are at the finest scale.", ge=1, le=1024)
    depth: int = option(
        6,
        "Scales",
        "How many times the signal is halved. 6 scales see several hundred steps together.",
        ge=1,
        le=12,
    )
    widening: float = option(
        1.4, "Widening", "How many times more maps each coarser scale has than the one before.", ge=1, le=8
    )
    kernel: int = option(5, "Kernel", "How many steps long a pattern is.", unit="steps", ge=1, le=255)
    activation: Activation = option("silu", "Activation", "What is done to the values of these layers.")
    layers: tuple[DenseLayer, ...] = option(
        (DenseLayer(width=32, activation="silu"),),
        "Layers of a step",
        "In a decoder, the layers that each step passes by itself on its way from the code to the output.",
        max_length=64,
    )

    def widths(self) -> list[int]:
        """How many maps each scale has, the finest first."""
        return [round(self.channels * self.widening**scale) for scale in range(self.depth + 1)]

    def plan_encoder(self, shape: Shape) -> list[LayerPlan]:
        steps, numbers = steps_of(shape)
        widths, lengths = self.widths(), [-(-steps // 2**scale) for scale in range(self.depth + 1)]
        plans = [self._plan(numbers, widths[0], steps)]
        for scale in range(self.depth):
            plans.append(self._plan(widths[scale], widths[scale + 1], lengths[scale + 1]))
        for scale in reversed(range(self.depth)):
            weights = (UP_KERNEL * widths[scale + 1] + 1) * widths[scale]
            maps = (widths[scale], lengths[scale])
            plans.append(LayerPlan("transposed", "encoder", maps, weights, self.activation, lengths[scale + 1]))
            plans.append(self._plan(2 * widths[scale], widths[scale], lengths[scale]))
        return plans

    def plan_decoder(self, code_shape: Shape, shape: Shape) -> list[LayerPlan]:
        return self._steps_alone().plan_decoder(code_shape, shape)

    def build_encoder(self, shape: Shape, generator: "torch.Generator") -> "nn.Module":
        from torch import nn

        from aedesk.models.recurrent_layers import ToSteps
        from aedesk.models.u_net_layers import U

        steps = ToSteps(shape)
        return nn.Sequential(steps, U(self, steps.numbers, generator))

    def build_decoder(self, code_shape: Shape, shape: Shape, generator: "torch.Generator") -> "nn.Module":
        return self._steps_alone().build_decoder(code_shape, shape, generator)

    def mirrored(self) -> Self:
        return self

    def _steps_alone(self) -> TwoSided:
        """The decoder that looks at every step of the maps by itself."""
        return TwoSided(channels=self.channels, activation=self.activation, layers=self.layers)

    def _plan(self, inputs: int, outputs: int, steps: int) -> LayerPlan:
        weights = (self.kernel * inputs + 1) * outputs
        return LayerPlan("convolution", "encoder", (outputs, steps), weights, self.activation, steps)
