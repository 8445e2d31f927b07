"""Recurrent layers: the data are read step by step."""

from math import prod
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from aedesk.models.architecture import Architecture, LayerPlan, Misfit, Shape
from aedesk.models.cell_options import CellStack
from aedesk.models.steps import steps_of
from aedesk.options import option

if TYPE_CHECKING:
    import torch
    from torch import nn


class Recurrent(CellStack, Architecture):
    """Recurrent layers over the rows of an image, the samples of a signal or the letters of a word."""

    title: ClassVar[str] = "Recurrent"
    summary: ClassVar[str] = (
        "Reads the data step by step and remembers: an image by its rows, a signal by its samples, "
        "a word by its letters."
    )
    kind: Literal["recurrent"] = "recurrent"
    feed: Literal["repeated", "fed-back"] = option(
        "repeated",
        "Decoder sees",
        "What a decoder is given at each step: the code again and again, or the code and its own last output.",
    )
    teacher_forcing: bool = option(
        True,
        "Teacher forcing",
        "While it learns, each step is given the right last output instead of its own. That learns "
        "faster, but leaves it unused to its own mistakes (Williams and Zipser 1989).",
    )
    step: int = option(
        1,
        "Samples per step",
        "How many values of a signal or table make one step. Longer steps are fewer, which is quicker.",
        ge=1,
        le=65_536,
    )

    def misfit(self, shape: Shape) -> Misfit | None:
        if len(shape) > 1 or shape[0] % self.step == 0:
            return None
        return Misfit(
            ("step",),
            f"steps of {self.step} do not divide {shape[0]} values evenly; "
            f"choose a divisor such as {_nearest_divisor(shape[0], self.step)}.",
        )

    def decoder_misfit(self, code_shape: Shape, shape: Shape) -> Misfit | None:
        if self.feed == "fed-back" and self.both_directions:
            return Misfit(
                ("both_directions",),
                "a decoder that sees its own last output can go in one direction only; "
                "switch this off, or give it the code at every step.",
            )
        return self.misfit(shape)

    def plan_encoder(self, shape: Shape) -> list[LayerPlan]:
        steps, numbers = steps_of(shape, self.step)
        return self.plan_cells(numbers, steps, "encoder")

    def plan_decoder(self, code_shape: Shape, shape: Shape) -> list[LayerPlan]:
        steps, numbers = steps_of(shape, self.step)
        fed = numbers if self.feed == "fed-back" else 0
        output = LayerPlan("dense", "output", shape, (self.outputs + 1) * numbers, uses=steps)
        return [*self.plan_unrolled(prod(code_shape), fed, steps), output]

    def build_encoder(self, shape: Shape, generator: "torch.Generator") -> "nn.Module":
        from torch import nn

        from aedesk.models.recurrent_layers import Reader, ToSteps

        steps = ToSteps(shape, self.step)
        return nn.Sequential(steps, Reader(self, steps.numbers, generator))

    def build_decoder(self, code_shape: Shape, shape: Shape, generator: "torch.Generator") -> "nn.Module":
        from torch import nn

        from aedesk.models.recurrent_layers import FedBack, FromSteps, Repeated

        if self.feed == "fed-back":
            return FedBack(self, code_shape, shape, self.step, generator, forced=self.teacher_forcing)
        repeated = Repeated(self, code_shape, *steps_of(shape, self.step), generator)
        return nn.Sequential(repeated, FromSteps(shape))

    def mirrored(self) -> Self:
        """The same layers; in one direction where the decoder sees its own last output."""
        one_way = self.feed == "fed-back"
        return self.model_copy(update={"both_directions": self.both_directions and not one_way})


def _nearest_divisor(number: int, wanted: int) -> int:
    divisors = (divisor for divisor in range(1, number + 1) if number % divisor == 0)
    return min(divisors, key=lambda divisor: abs(divisor - wanted))
