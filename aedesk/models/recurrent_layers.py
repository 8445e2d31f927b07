"""The modules of recurrent layers, as :class:`CellStack` plans them."""

from contextlib import nullcontext
from math import prod

import torch
from torch import Tensor, nn
from torch.nn import functional

from aedesk.models.architecture import Shape
from aedesk.models.cell_options import CellStack
from aedesk.models.linear import drawn, linear
from aedesk.models.steps import steps_of

State = Tensor | tuple[Tensor, Tensor]


class ToSteps(nn.Module):
    """Samples ``[n, *shape]`` as steps ``[n, steps, numbers]``, see :func:`steps_of`."""

    def __init__(self, shape: Shape, step: int = 1) -> None:
        super().__init__()
        self.dimensions = len(shape)
        self.steps, self.numbers = steps_of(shape, step)

    def forward(self, x: Tensor) -> Tensor:
        rows = x.transpose(1, 2) if self.dimensions == 3 else x
        return rows.reshape(len(x), self.steps, self.numbers)


class FromSteps(nn.Module):
    """Steps ``[n, steps, numbers]`` as samples ``[n, *shape]``, the way back from :class:`ToSteps`."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape

    def forward(self, x: Tensor) -> Tensor:
        if len(self.shape) != 3:
            return x.reshape(len(x), *self.shape)
        channels, height, width = self.shape
        return x.reshape(len(x), height, channels, width).transpose(1, 2).contiguous()


class Cells(nn.Module):
    """Recurrent layers on top of each other, over steps ``[n, steps, inputs]``.

    The LSTM's forget gates begin open (bias 1), so that it remembers from the start (Jozefowicz et
    al. 2015).
    """

    def __init__(self, options: CellStack, inputs: int, generator: torch.Generator) -> None:
        super().__init__()
        self.layers = nn.ModuleList()
        for _ in range(options.stacked):
            self.layers.append(_layer(options, inputs, generator))
            inputs = options.outputs

    def forward(self, x: Tensor, states: list[State] | None = None) -> tuple[Tensor, list[State]]:
        """The top layer's outputs ``[n, steps, outputs]``, and every layer's state after the last step."""
        after = []
        # cuDNN's layers give no derivatives in evaluation mode, and some penalties ask for them there.
        by_hand = x.is_cuda and torch.is_grad_enabled() and not self.training
        with torch.backends.cudnn.flags(enabled=False) if by_hand else nullcontext():
            for number, layer in enumerate(self.layers):
                x, state = layer(x, states[number] if states else None)
                after.append(state)
        return x, after


class Reader(nn.Module):
    """Reads steps ``[n, steps, inputs]`` and keeps what the top layer knows at the end, ``[n, outputs]``."""

    def __init__(self, options: CellStack, inputs: int, generator: torch.Generator) -> None:
        super().__init__()
        self.cells = Cells(options, inputs, generator)

    def forward(self, x: Tensor) -> Tensor:
        top = self.cells(x)[1][-1]
        hidden = top[0] if isinstance(top, tuple) else top
        return hidden.transpose(0, 1).flatten(1)


class FirstState(nn.Module):
    """The states that all layers begin with, from codes ``[n, k]``."""

    def __init__(self, options: CellStack, code_width: int, generator: torch.Generator) -> None:
        super().__init__()
        self.options = options
        self.layer = nn.Sequential(linear(code_width, options.states, generator), nn.Tanh())

    def forward(self, code: Tensor) -> list[State]:
        options = self.options
        kept, directions = 2 if options.cell == "lstm" else 1, options.outputs // options.width
        parts = self.layer(code).reshape(len(code), options.stacked, kept, directions, options.width)
        per_layer = parts.permute(1, 2, 3, 0, 4).contiguous()  # [layers, hidden and memory, directions, n, width]
        return [(each[0], each[1]) if len(each) == 2 else each[0] for each in per_layer]


class Repeated(nn.Module):
    """Makes steps of codes: the code sets the first state and is the input of every step."""

    def __init__(
        self, options: CellStack, code_shape: Shape, steps: int, numbers: int, generator: torch.Generator
    ) -> None:
        super().__init__()
        width = prod(code_shape)
        self.steps = steps
        self.first = FirstState(options, width, generator)
        self.cells = Cells(options, width, generator)
        self.output = linear(options.outputs, numbers, generator)

    def forward(self, code: Tensor) -> Tensor:
        code = code.flatten(1)
        inputs = code.unsqueeze(1).expand(-1, self.steps, -1)
        return self.output(self.cells(inputs, self.first(code))[0])


class FedBack(nn.Module):
    """Makes samples of codes step by step: each step sees the code and the output before it.

    Where it ``can_be_forced`` it sees the wanted output instead while it learns (Williams and Zipser
    1989), and of letters afterwards the likeliest one alone, as it learned from whole letters.
    ``output_activation`` is what follows the decoder, so that it sees its output as others do.
    """

    def __init__(
        self,
        options: CellStack,
        code_shape: Shape,
        shape: Shape,
        step: int,
        generator: torch.Generator,
        *,
        forced: bool,
    ) -> None:
        super().__init__()
        width = prod(code_shape)
        self.can_be_forced = forced
        self.output_activation: nn.Module = nn.Identity()
        self.to_steps, self.from_steps = ToSteps(shape, step), FromSteps(shape)
        self.first = FirstState(options, width, generator)
        self.cells = Cells(options, width + self.to_steps.numbers, generator)
        self.output = linear(options.outputs, self.to_steps.numbers, generator)

    def forward(self, code: Tensor, wanted: Tensor | None = None) -> Tensor:
        code = code.flatten(1)
        steps = self._alone(code) if wanted is None else self._led(code, self.to_steps(wanted))
        return self.from_steps(steps)

    def _led(self, code: Tensor, wanted: Tensor) -> Tensor:
        before = functional.pad(wanted[:, :-1], (0, 0, 1, 0))
        codes = code.unsqueeze(1).expand(-1, self.to_steps.steps, -1)
        return self.output(self.cells(torch.cat([codes, before], 2), self.first(code))[0])

    def _alone(self, code: Tensor) -> Tensor:
        seen = code.new_zeros(len(code), self.to_steps.numbers)
        states, outputs = self.first(code), []
        for _ in range(self.to_steps.steps):
            hidden, states = self.cells(torch.cat([code, seen], 1).unsqueeze(1), states)
            outputs.append(self.output(hidden[:, 0]))
            seen = self._as_seen(outputs[-1])
        return torch.stack(outputs, 1)

    def _as_seen(self, output: Tensor) -> Tensor:
        shares = any(isinstance(module, nn.Softmax) for module in self.output_activation.modules())
        if shares and self.can_be_forced and not self.training:
            return functional.one_hot(output.argmax(-1), output.shape[-1]).to(output.dtype)
        return self.output_activation(output)


def _layer(options: CellStack, inputs: int, generator: torch.Generator) -> nn.RNNBase:
    kind = nn.LSTM if options.cell == "lstm" else nn.GRU
    layer = drawn(
        kind, inputs, options.width, generator=generator, batch_first=True, bidirectional=options.both_directions
    )
    if options.cell == "lstm":
        with torch.no_grad():
            for name, parameter in layer.named_parameters():
                if name.startswith("bias_ih"):
                    parameter[options.width : 2 * options.width].fill_(1)
    return layer
