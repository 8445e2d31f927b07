"""Two-sided layers: every step is foretold from what comes before and after it, never from itself."""

from math import prod
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from aedesk.models.activations import Activation
from aedesk.models.architecture import Architecture, LayerPlan, Misfit, Shape
from aedesk.models.architectures.dense import DenseLayer
from aedesk.models.steps import steps_of
from aedesk.options import option

if TYPE_CHECKING:
    import torch
    from torch import nn

KERNEL = 3
FARTHEST_SEEN = 255
"""Steps away, at most, that the nearest one lies which another is foretold from."""


class TwoSided(Architecture):
    """A network with a blind spot (Laine et al. 2019), of dilated causal convolutions (van den Oord 2016).

    The same layers read the steps forwards and backwards; what they know of a step is what they had
    read before they came to it. With feature maps for a code and this decoder, which looks at each
    step of them alone, no output knows the input at its own place: the network can learn from
    noisy data what is beneath the noise.

    Several networks learn side by side, each from its own rows of every batch, so that they err
    differently; asked, they answer with their mean, which errs less (Hansen and Salamon 1990).
    """

    title: ClassVar[str] = "Two-sided (blind spot)"
    summary: ClassVar[str] = (
        "Foretells every sample from those before and after it and never sees the sample itself: with "
        "feature maps as the code it cleans a noisy signal without a clean one to learn from."
    )
    kind: Literal["two-sided"] = "two-sided"
    blind: ClassVar[bool] = True
    channels: int = option(
        32, "Channels", "How many numbers each direction keeps of every step.", ge=1, le=4096
    )
    depth: int = option(
        8,
        "Layers",
        "How many layers each direction has. Each looks twice as far as the one before: 8 layers see "
        "about 500 steps to either side.",
        ge=1,
        le=14,
    )
    activation: Activation = option("silu", "Activation", "What is done to the values of these layers.")
    nearest: int = option(
        1,
        "Nearest seen",
        "How many steps away the nearest one lies that a step is foretold from. Where the noise of one step "
        "resembles that of its neighbours, it must lie beyond those.",
        unit="steps",
        ge=1,
        le=FARTHEST_SEEN,
    )
    layers: tuple[DenseLayer, ...] = option(
        (DenseLayer(width=64, activation="silu"), DenseLayer(width=32, activation="silu")),
        "Layers of a step",
        "In a decoder, the layers that each step passes by itself on its way from the code to the output.",
        max_length=64,
    )

    networks: int = option(
        1,
        "Networks",
        "How many such networks learn side by side, each from its own share of every batch. They answer "
        "with their mean, which errs less than each of them: worth it where the data are few.",
        ge=1,
        le=32,
    )

    def misfit(self, shape: Shape) -> Misfit | None:
        steps = steps_of(shape)[0]
        if self.nearest > 1 and self.nearest >= steps:
            text = f"Of {steps} steps none lies {self.nearest} steps away: choose fewer."
            return Misfit(("nearest",), text)
        return None

    def decoder_misfit(self, code_shape: Shape, shape: Shape) -> Misfit | None:
        if self._is_in_step(code_shape, steps_of(shape)[0]) and code_shape[0] % self.networks:
            text = f"{code_shape[0]} maps cannot be shared out among {self.networks} networks: choose as many as the encoder has."
            return Misfit(("networks",), text)
        return None

    def plan_encoder(self, shape: Shape) -> list[LayerPlan]:
        steps, numbers = steps_of(shape)
        maps, uses = (self.channels, steps), 2 * steps
        first = LayerPlan("causal", "encoder", maps, (2 * numbers + 1) * self.channels * self.networks, uses=uses)
        each = (KERNEL * self.channels + 1) * self.channels * self.networks
        further = LayerPlan("causal", "encoder", maps, each, self.activation, uses)
        both = LayerPlan("both sides", "encoder", (2 * self.channels * self.networks, steps), 0)
        return [first, *[further] * self.depth, both]

    def plan_decoder(self, code_shape: Shape, shape: Shape) -> list[LayerPlan]:
        steps, numbers = steps_of(shape)
        plans, width, networks = [], code_shape[0] // self.networks, self.networks
        if not self._is_in_step(code_shape, steps):
            width, networks = self.channels, 1
            plans.append(LayerPlan("dense", "decoder", (width, steps), (prod(code_shape) + 1) * width * steps))
        for layer in self.layers:
            parameters = (width + 1) * layer.width * networks
            plans.append(LayerPlan("per step", "decoder", (layer.width, steps), parameters, layer.activation, steps))
            width = layer.width
        return [*plans, LayerPlan("per step", "output", shape, (width + 1) * numbers * networks, uses=steps)]

    def build_encoder(self, shape: Shape, generator: "torch.Generator") -> "nn.Module":
        from torch import nn

        from aedesk.models.recurrent_layers import ToSteps
        from aedesk.models.two_sided_layers import BothSides, SideBySide

        steps = ToSteps(shape)
        readers = [BothSides(self, steps.numbers, generator) for _ in range(self.networks)]
        return nn.Sequential(steps, readers[0] if self.networks == 1 else SideBySide(readers))

    def build_decoder(self, code_shape: Shape, shape: Shape, generator: "torch.Generator") -> "nn.Module":
        from torch import nn

        from aedesk.models.linear import linear
        from aedesk.models.two_sided_layers import MeanAnswer

        steps, _ = steps_of(shape)
        if not self._is_in_step(code_shape, steps):
            flat = [nn.Flatten()] if len(code_shape) > 1 else []
            maps = nn.Unflatten(1, (self.channels, steps))
            spread = linear(prod(code_shape), self.channels * steps, generator)
            return nn.Sequential(*flat, spread, maps, *self._step_layers(self.channels, shape, generator))
        width = code_shape[0] // self.networks
        answers = [nn.Sequential(*self._step_layers(width, shape, generator)) for _ in range(self.networks)]
        return answers[0] if self.networks == 1 else MeanAnswer(answers)

    def _step_layers(self, width: int, shape: Shape, generator: "torch.Generator") -> "list[nn.Module]":
        """From maps ``[n, width, steps]`` to samples, each step by itself."""
        from torch import nn

        from aedesk.models.activations import activation_layers
        from aedesk.models.linear import drawn
        from aedesk.models.recurrent_layers import FromSteps
        from aedesk.models.two_sided_layers import Turned

        modules: list[nn.Module] = []
        for layer in self.layers:
            modules += [drawn(nn.Conv1d, width, layer.width, 1, generator=generator), *activation_layers(layer.activation)]
            width = layer.width
        numbers = steps_of(shape)[1]
        return [*modules, drawn(nn.Conv1d, width, numbers, 1, generator=generator), Turned(), FromSteps(shape)]

    def mirrored(self) -> Self:
        return self

    def _is_in_step(self, code_shape: Shape, steps: int) -> bool:
        """Whether the code is maps with a place for each step."""
        return len(code_shape) == 2 and code_shape[1] == steps
