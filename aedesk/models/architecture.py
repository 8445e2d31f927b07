"""What every kind of network can say of itself and build."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self

from aedesk.options import Choice

if TYPE_CHECKING:
    import torch
    from torch import nn


@dataclass(frozen=True)
class LayerPlan:
    """One layer as the builder shows it: what it is, what comes out, how many numbers it learns."""

    name: str
    part: Literal["input", "encoder", "code", "decoder", "output"]
    shape: tuple[int, ...]
    parameters: int
    activation: str = "linear"


class Architecture(Choice):
    """A family of networks: one file each in ``aedesk/models/architectures``.

    ``plan_…`` answers without torch and must agree with what ``build_…`` makes. An encoder goes
    from ``[n, *shape]`` to ``[n, features]``, where the code layer takes over; a decoder goes from
    ``[n, code_size]`` to ``[n, *shape]``, before the output activation.
    """

    def plan_encoder(self, shape: tuple[int, ...]) -> list[LayerPlan]:
        """The layers before the code layer; the last one's shape is ``(features,)``."""
        raise NotImplementedError

    def plan_decoder(self, code_size: int, shape: tuple[int, ...]) -> list[LayerPlan]:
        """The layers after the code layer, the last one with ``part="output"``."""
        raise NotImplementedError

    def build_encoder(self, shape: tuple[int, ...], generator: "torch.Generator") -> "nn.Module":
        """The encoder's body; weights are drawn from ``generator``."""
        raise NotImplementedError

    def build_decoder(
        self, code_size: int, shape: tuple[int, ...], generator: "torch.Generator"
    ) -> "nn.Module":
        """The decoder; weights are drawn from ``generator``."""
        raise NotImplementedError

    def mirrored(self) -> Self:
        """The architecture of the decoder that goes back the way this encoder came."""
        raise NotImplementedError
