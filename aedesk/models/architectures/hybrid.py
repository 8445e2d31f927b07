"""Convolutions in front, recurrent layers behind them."""

from dataclasses import replace
from math import prod
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from aedesk.models.architecture import Architecture, LayerPlan, Misfit, Shape
from aedesk.models.cell_options import CellStack
from aedesk.models.conv_options import ConvStack
from aedesk.models.maps import maps_of
from aedesk.models.steps import steps_of

if TYPE_CHECKING:
    import torch
    from torch import nn


class Hybrid(CellStack, ConvStack, Architecture):
    """Convolutions, and recurrent layers over the rows (2-D) or places (1-D) of their last maps."""

    title: ClassVar[str] = "Hybrid"
    summary: ClassVar[str] = (
        "Convolutions find patterns, and recurrent layers read these in order: good where both shape "
        "and sequence matter."
    )
    kind: Literal["hybrid"] = "hybrid"

    def misfit(self, shape: Shape) -> Misfit | None:
        return self.shrinking_misfit(shape)

    def decoder_misfit(self, code_shape: Shape, shape: Shape) -> Misfit | None:
        return self.growing_misfit(shape)

    def plan_encoder(self, shape: Shape) -> list[LayerPlan]:
        maps = maps_of(shape)
        steps, numbers = steps_of(_as_sample(self.shrinking(maps)[-1].outputs))
        return [*self.plan_shrinking(maps), *self.plan_cells(numbers, steps, "encoder")]

    def plan_decoder(self, code_shape: Shape, shape: Shape) -> list[LayerPlan]:
        maps = maps_of(shape)
        first = self.growing(maps)[0].inputs
        steps, numbers = steps_of(_as_sample(first))
        normal = 2 * first[0] if self.normalises(first) else 0
        rows = LayerPlan(
            "dense", "decoder", first, (self.outputs + 1) * numbers + normal, self.layers[0].activation, steps
        )
        *hidden, output = self.plan_growing(maps)
        output = replace(output, shape=shape)
        return [*self.plan_unrolled(prod(code_shape), 0, steps), rows, *hidden, output]

    def build_encoder(self, shape: Shape, generator: "torch.Generator") -> "nn.Module":
        from torch import nn

        from aedesk.models.conv_layers import FromMaps, ToMaps, shrinking_layers
        from aedesk.models.recurrent_layers import Reader, ToSteps

        maps = maps_of(shape)
        sample = _as_sample(self.shrinking(maps)[-1].outputs)
        convolutions = shrinking_layers(self, maps, generator)
        reader = Reader(self, steps_of(sample)[1], generator)
        return nn.Sequential(ToMaps(shape), *convolutions, FromMaps(sample), ToSteps(sample), reader)

    def build_decoder(self, code_shape: Shape, shape: Shape, generator: "torch.Generator") -> "nn.Module":
        from torch import nn

        from aedesk.models.conv_layers import FromMaps, ToMaps, finish, growing_layers
        from aedesk.models.recurrent_layers import FromSteps, Repeated

        maps = maps_of(shape)
        first = self.growing(maps)[0].inputs
        sample = _as_sample(first)
        repeated = Repeated(self, code_shape, *steps_of(sample), generator)
        arrival = [repeated, FromSteps(sample), ToMaps(sample), *finish(self, first, self.layers[0].activation)]
        return nn.Sequential(*arrival, *growing_layers(self, maps, generator), FromMaps(shape))

    def mirrored(self) -> Self:
        return self.model_copy(update={"layers": self.layers[::-1]})


def _as_sample(maps: Shape) -> Shape:
    """The shape of the sample that has such maps: an image's rows or a word's letters become steps."""
    return maps if len(maps) == 3 else (maps[1], maps[0])
