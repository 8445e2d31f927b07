"""The fields of convolutional layers, and the maps they lead through; without torch."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import prod
from typing import Literal

from aedesk.models.activations import Activation
from aedesk.models.architecture import LayerPlan, Misfit, Shape
from aedesk.models.maps import maps_of, shrunk
from aedesk.options import Options, option

RESIDUAL_KERNEL = 3

_Part = Literal["encoder", "decoder", "output"]


class ConvLayer(Options):
    """One convolutional layer, and what follows it at the same size."""

    channels: int = option(
        32, "Channels", "How many maps the layer makes; each looks for a pattern of its own.", ge=1, le=4096
    )
    kernel: int = option(
        3,
        "Kernel",
        "How many values long a pattern is, in images also how many high. 3 is usual, more sees further.",
        ge=1,
        le=255,
    )
    stride: int = option(
        2,
        "Stride",
        "How many times smaller the maps get, or larger in a decoder. 1 keeps their size.",
        ge=1,
        le=64,
    )
    activation: Activation = option("relu", "Activation", "What is done to each value of the maps.")
    down: Literal["strided", "pooled"] = option(
        "strided",
        "Shrinks by",
        "How the maps get smaller: strided, by looking only at every so many places, or pooled, by "
        "looking at all and keeping the largest value around each.",
    )
    residual: int = option(
        0,
        "Residual blocks",
        "How many pairs of further convolutions refine the maps. Each adds to what it is given, so "
        "that deep networks still learn (He et al. 2016).",
        ge=0,
        le=16,
    )


@dataclass(frozen=True)
class Stage:
    """A layer between maps of two shapes; ``activation`` follows it."""

    layer: ConvLayer
    inputs: Shape
    outputs: Shape
    activation: Activation


class ConvStack(Options):
    """Convolutional layers one after another: an encoder's shrink maps, a decoder's let them grow.

    A decoder's layer says what its input maps are, so that a mirrored decoder holds the encoder's
    layers in reverse: its residual blocks come first, then it grows by its stride to the channels
    and with the activation of the next.
    """

    layers: tuple[ConvLayer, ...] = option(
        (ConvLayer(channels=16), ConvLayer(channels=32)),
        "Layers",
        "The convolutions between the data and the code, in order. Each sees a wider part of the data.",
        min_length=1,
        max_length=64,
    )
    normalisation: Literal["none", "batch", "group"] = option(
        "none",
        "Normalisation",
        "Keeps the values between layers in one range, which lets deep networks learn faster. "
        "Batch compares samples of a batch, group only the maps of one sample.",
    )
    up: Literal["transposed", "resized"] = option(
        "transposed",
        "Grows by",
        "How a decoder's maps grow: transposed, by convolutions that spread each value, or resized, "
        "by repeating values and then convolving, which is smoother and slower (Odena et al. 2016).",
    )

    def shrinking(self, maps: Shape) -> list[Stage]:
        """The stages of an encoder from ``maps``."""
        stages = []
        for layer in self.layers:
            outputs = (layer.channels, *shrunk(maps[1:], layer.stride))
            stages.append(Stage(layer, maps, outputs, layer.activation))
            maps = outputs
        return stages

    def growing(self, maps: Shape) -> list[Stage]:
        """The stages of a decoder that ends at ``maps`` with its output, which has no activation yet."""
        stages: list[Stage] = []
        outputs, activation = maps, "linear"
        for layer in reversed(self.layers):
            inputs = (layer.channels, *shrunk(outputs[1:], layer.stride))
            stages.insert(0, Stage(layer, inputs, outputs, activation))
            outputs, activation = inputs, layer.activation
        return stages

    def normalises(self, maps: Shape) -> bool:
        """Whether such maps are normalised; where each holds a single value that would erase them."""
        return self.normalisation != "none" and prod(maps[1:]) > 1

    def plan_shrinking(self, maps: Shape) -> list[LayerPlan]:
        """An encoder's layers from ``maps``."""
        plans = []
        for stage in self.shrinking(maps):
            pools = stage.layer.down == "pooled" and stage.layer.stride > 1
            seen = (stage.layer.channels, *stage.inputs[1:]) if pools else stage.outputs
            kernel, channels = stage.layer.kernel, stage.inputs[0]
            plans.append(self.plan_convolution(channels, seen, kernel, stage.activation, "encoder"))
            if pools:
                plans.append(LayerPlan("pooled", "encoder", stage.outputs, 0))
            plans += self._plan_residual(stage.layer, stage.outputs, "encoder")
        return plans

    def plan_growing(self, maps: Shape) -> list[LayerPlan]:
        """A decoder's layers from its first maps to its output."""
        plans: list[LayerPlan] = []
        stages = self.growing(maps)
        for stage in stages:
            plans += self._plan_residual(stage.layer, stage.inputs, "decoder")
            part: _Part = "output" if stage is stages[-1] else "decoder"
            if stage.layer.stride > 1 and self.up == "resized":
                plans.append(LayerPlan("resized", "decoder", (stage.inputs[0], *stage.outputs[1:]), 0))
            kernel, channels = stage.layer.kernel, stage.inputs[0]
            grown = self.plan_convolution(channels, stage.outputs, kernel, stage.activation, part)
            if stage.layer.stride > 1 and self.up == "transposed":
                grown = replace(grown, name="transposed", uses=prod(stage.inputs[1:]))
            plans.append(grown)
        return plans

    def plan_convolution(
        self, channels: int, maps: Shape, kernel: int, activation: Activation, part: _Part
    ) -> LayerPlan:
        """A convolution from so many channels to ``maps``, normalised unless it is the output."""
        weights = channels * maps[0] * kernel ** len(maps[1:])
        others = 2 * maps[0] if part != "output" and self.normalises(maps) else maps[0]
        return LayerPlan("convolution", part, maps, weights + others, activation, prod(maps[1:]))

    def shrinking_misfit(self, shape: Shape) -> Misfit | None:
        """Why samples of this shape cannot pass the layers of an encoder, or not come back the same way."""
        stages, transposes = self.shrinking(maps_of(shape)), self.up == "transposed"
        met = [(stage.inputs[1:], transposes or stage.layer.down == "strided") for stage in stages]
        return next(_misfits(stages, met), None)

    def growing_misfit(self, shape: Shape) -> Misfit | None:
        """Why the layers of a decoder cannot lead to samples of this shape."""
        stages, transposes = self.growing(maps_of(shape)), self.up == "transposed"
        return next(_misfits(stages, [(stage.outputs[1:], transposes) for stage in stages]), None)

    def _plan_residual(self, layer: ConvLayer, maps: Shape, part: _Part) -> list[LayerPlan]:
        channels = maps[0]
        weights = 2 * channels**2 * RESIDUAL_KERNEL ** len(maps[1:])
        # Two biases; normalised, only the second convolution has one, beside two scales and two shifts.
        others = (5 if self.normalises(maps) else 2) * channels
        block = LayerPlan("residual", part, maps, weights + others, layer.activation, prod(maps[1:]))
        return [block] * layer.residual


def sizes_text(sizes: Shape) -> str:
    """Sizes as people write them: ``7×7``."""
    return "×".join(str(size) for size in sizes)


def _misfits(stages: list[Stage], met: list[tuple[Shape, bool]]) -> Iterator[Misfit]:
    """What is wrong with layers that meet maps of these sizes; true where they step by their stride."""
    for number, (stage, (sizes, steps)) in enumerate(zip(stages, met, strict=True)):
        layer, path = stage.layer, ("layers", str(number))
        if layer.stride > 1 and max(sizes) == 1:
            yield Misfit(
                (*path, "stride"),
                "the maps are down to a single value here and cannot get smaller; choose a stride of 1, "
                "or take the layer out.",
            )
        elif layer.kernel > min(sizes):
            yield Misfit(
                (*path, "kernel"),
                f"a kernel of {layer.kernel} is larger than the maps of {sizes_text(sizes)} it meets here; "
                f"choose at most {min(sizes)}, a smaller stride before it, or take the layer out.",
            )
        elif steps and layer.kernel < layer.stride:
            yield Misfit(
                (*path, "kernel"),
                f"a kernel of {layer.kernel} leaves gaps between its steps of {layer.stride}; "
                f"choose a kernel of at least {layer.stride}, or a smaller stride.",
            )
