"""The fields of recurrent layers, and what they plan; without torch."""

from typing import Literal

from aedesk.models.architecture import LayerPlan
from aedesk.options import Options, option


class CellStack(Options):
    """Recurrent layers on top of each other."""

    cell: Literal["lstm", "gru"] = option(
        "lstm",
        "Cell",
        "What remembers from step to step: the LSTM with a memory of its own, or the simpler, quicker GRU.",
    )
    width: int = option(
        128, "Width", "How many numbers a layer remembers from step to step.", unit="units", ge=1, le=8192
    )
    stacked: int = option(
        1,
        "Recurrent layers",
        "How many recurrent layers lie on top of each other. One is often enough.",
        ge=1,
        le=16,
    )
    both_directions: bool = option(
        False,
        "Both directions",
        "Reads the steps forwards and backwards at once, so that each layer is twice as wide and "
        "knows what comes.",
    )

    @property
    def outputs(self) -> int:
        """How many numbers a layer puts out at each step."""
        return self.width * (2 if self.both_directions else 1)

    @property
    def states(self) -> int:
        """How many numbers all layers remember together."""
        return self.outputs * self.stacked * (2 if self.cell == "lstm" else 1)

    def plan_cells(self, inputs: int, steps: int, part: Literal["encoder", "decoder"]) -> list[LayerPlan]:
        """The layers over so many steps of so many numbers; an encoder's last keeps its last state."""
        gates = 4 if self.cell == "lstm" else 3
        plans = []
        for number in range(self.stacked):
            each = self.width * (inputs + self.width) + 2 * self.width
            keeps_last = part == "encoder" and number == self.stacked - 1
            shape = (self.outputs,) if keeps_last else (steps, self.outputs)
            directions = self.outputs // self.width
            plans.append(LayerPlan(self.cell, part, shape, directions * gates * each, "tanh", steps))
            inputs = self.outputs
        return plans

    def plan_unrolled(self, code_width: int, fed: int, steps: int) -> list[LayerPlan]:
        """The layers that make steps of a code, each of which also sees ``fed`` numbers of the last."""
        first = LayerPlan("first state", "decoder", (self.states,), (code_width + 1) * self.states, "tanh")
        return [first, *self.plan_cells(code_width + fed, steps, "decoder")]
