"""Listening to the layers of a network while samples pass, without knowing how it is built."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import torch
from torch import Tensor, nn

from aedesk.models.architecture import LayerPlan
from aedesk.models.autoencoder import Autoencoder

Part = Literal["encoder", "code", "decoder", "output"]

_ACTIVATIONS: dict[type[nn.Module], str] = {
    nn.ReLU: "relu",
    nn.LeakyReLU: "leaky_relu",
    nn.ELU: "elu",
    nn.SiLU: "silu",
    nn.Tanh: "tanh",
    nn.Sigmoid: "sigmoid",
}
LIMITS = {"tanh": (-1.0, 1.0), "sigmoid": (0.0, 1.0)}
NEAR = 0.01  # of the range: what is nearer to a limit hardly moves any more

_PARTS = {"encoder": ("encoder", "code"), "decoder": ("decoder", "output")}
_RECURRENT = (nn.RNNBase, nn.RNNCellBase)
_HEARD_AS = {"recurrent": "tanh"}  # what a plan says of such a layer
_CONVOLUTIONS = tuple(
    kind for kind in vars(nn).values() if isinstance(kind, type) and kind.__name__.startswith("Conv")
)


@dataclass
class LayerRecord:
    """What one layer's units put out so far.

    ``lowest`` and ``highest`` are ``[units]``; ``at_limit`` is the share of all values that stand at
    a limit of the activation. ``place`` counts the layers of the plan's part from 1, 0 where it is
    not known which of them this is, and ``places`` is how many there are; ``number`` counts what
    was heard in the part.
    """

    part: Part
    activation: str
    number: int
    lowest: Tensor
    highest: Tensor
    place: int = 0
    places: int = 0
    _near: float = 0.0
    _values: int = 0

    @property
    def units(self) -> int:
        return len(self.lowest)

    @property
    def at_limit(self) -> float:
        return self._near / max(self._values, 1)

    @property
    def name(self) -> str:
        """What people call the layer: “encoder layer 2”."""
        if self.part in ("code", "output"):
            return f"the {self.part}"
        kind = "recurrent layer" if self.activation == "recurrent" else "activation"
        return f"{self.part} layer {self.place}" if self.place else f"{kind} {self.number} of the {self.part}"

    def constant(self) -> Tensor:
        """Which units gave the same value every time ``[units]``."""
        return is_constant(self.lowest, self.highest)

    @property
    def dead(self) -> int:
        """How many units gave the same value every time."""
        return int(self.constant().sum())

    def add(self, values: Tensor) -> None:
        """Take in more values ``[n, units]``."""
        self.lowest = torch.minimum(self.lowest, values.amin(0))
        self.highest = torch.maximum(self.highest, values.amax(0))
        self._values += values.numel()
        if self.activation in LIMITS:
            self._near += float(near_limits(values, self.activation).sum())


def is_constant(lowest: Tensor, highest: Tensor) -> Tensor:
    """Whether values between these are the same but for rounding."""
    return highest - lowest <= 1e-6 * torch.maximum(highest.abs(), lowest.abs()).clamp_min(1.0)


def near_limits(values: Tensor, activation: str) -> Tensor:
    """Which values stand at a limit of the activation."""
    low, high = LIMITS[activation]
    margin = NEAR * (high - low)
    return (values < low + margin) | (values > high - margin)


@contextmanager
def listening(network: Autoencoder, plan: list[LayerPlan]) -> Iterator[list[LayerRecord]]:
    """Within it, what passes through the network is taken down; afterwards the list is full.

    Activations and recurrent layers are heard, in the order in which they are passed first.
    """
    ears = [_Ear(network.encoder, "encoder"), _Ear(network.decoder, "decoder")]
    records: list[LayerRecord] = []
    try:
        yield records
    finally:
        for ear in ears:
            ear.close()
    for ear in ears:
        records += ear.placed(plan)


class _Ear:
    """Hears one half of a network."""

    def __init__(self, half: nn.Module, part: Part) -> None:
        self._part: Part = part
        self._records: dict[tuple[nn.Module, int], LayerRecord] = {}
        self._last_width = 0  # of the layer that was passed last, where its units lie on the last axis
        self._hooks = [module.register_forward_hook(self._hear) for module in half.modules()]

    def close(self) -> None:
        for hook in self._hooks:
            hook.remove()

    def _hear(self, module: nn.Module, _: Any, output: Any) -> None:
        values = output[0] if isinstance(output, tuple) else output
        if not isinstance(values, Tensor) or values.dim() < 2:
            return
        recurrent = isinstance(module, _RECURRENT)
        if recurrent or isinstance(module, nn.Linear):
            self._last_width = values.shape[-1]
        elif isinstance(module, _CONVOLUTIONS):
            self._last_width = 0
        kind = "recurrent" if recurrent else _ACTIVATIONS.get(type(module))
        if kind is None:
            return
        axis = -1 if values.shape[-1] == self._last_width else 1  # sequences and vectors, or maps
        values = values.movedim(axis, -1).flatten(0, -2)
        key = (module, values.shape[1])
        if key not in self._records:
            number = len(self._records) + 1
            self._records[key] = LayerRecord(self._part, kind, number, values[0], values[0])
        self._records[key].add(values)

    def placed(self, plan: list[LayerPlan]) -> list[LayerRecord]:
        """The records, with their places in the plan where each activation there was heard once."""
        own = [layer for layer in plan if layer.part in _PARTS[self._part]]
        active = [layer for layer in own if layer.activation in _ACTIVATIONS.values()]
        heard = list(self._records.values())
        names = [_HEARD_AS.get(record.activation, record.activation) for record in heard]
        if names == [layer.activation for layer in active]:
            for layer, record in zip(active, heard, strict=True):
                record.part = layer.part  # type: ignore[assignment] - never that of the input
                of_part = [other for other in own if other.part == layer.part]
                record.place = 1 + next(at for at, other in enumerate(of_part) if other is layer)
                record.places = len(of_part)
        return heard
