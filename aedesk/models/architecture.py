"""What every kind of network can say of itself and build."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from aedesk.options import Choice

if TYPE_CHECKING:
    import torch
    from torch import nn

Shape = tuple[int, ...]


@dataclass(frozen=True)
class LayerPlan:
    """One layer as the builder shows it: what it is, what comes out, how many numbers it learns.

    ``uses`` is how often each of those numbers is multiplied for one sample.
    """

    name: str
    part: Literal["input", "encoder", "code", "decoder", "output"]
    shape: Shape
    parameters: int
    activation: str = "linear"
    uses: int = 1

    @property
    def multiplications(self) -> int:
        """About how many multiplications one sample takes."""
        return self.parameters * self.uses


@dataclass(frozen=True)
class Misfit:
    """Why an architecture cannot take data of some shape, at a field below it."""

    path: tuple[str, ...]
    text: str


class Architecture(Choice):
    """A family of networks: one file each in ``aedesk/models/architectures``.

    ``plan_…`` answers without torch and must agree with what ``build_…`` makes. An encoder goes
    from ``[n, *shape]`` to feature maps or vectors ``[n, *features]``, where the bottleneck takes
    over; a decoder goes from codes ``[n, *code_shape]`` to ``[n, *shape]``, before the output
    activation. A code's shape is ``(code_size,)``, or that of feature maps where the code is spatial.
    ``blind`` says that an encoder's feature maps know at no place the data of that place, and that a
    decoder makes each place of the maps of that place alone.
    """

    blind: ClassVar[bool] = False

    def misfit(self, shape: Shape) -> Misfit | None:
        """The first reason why data of this shape cannot pass, or None."""
        return None

    def decoder_misfit(self, code_shape: Shape, shape: Shape) -> Misfit | None:
        """The first reason why codes of that shape cannot be decoded to samples of this one, or None."""
        return None

    def plan_encoder(self, shape: Shape) -> list[LayerPlan]:
        """The layers before the code; the last one's shape is that of the features."""
        raise NotImplementedError

    def plan_decoder(self, code_shape: Shape, shape: Shape) -> list[LayerPlan]:
        """The layers after the code, the last one with ``part="output"``."""
        raise NotImplementedError

    def build_encoder(self, shape: Shape, generator: "torch.Generator") -> "nn.Module":
        """The encoder's body; weights are drawn from ``generator``."""
        raise NotImplementedError

    def build_decoder(self, code_shape: Shape, shape: Shape, generator: "torch.Generator") -> "nn.Module":
        """The decoder; weights are drawn from ``generator``.

        A module with a true attribute ``can_be_forced`` also takes the wanted output as a second
        argument while it learns (teacher forcing). One with an attribute ``output_activation`` is
        given there what follows it, so that it sees its own output as others do.
        """
        raise NotImplementedError

    def mirrored(self) -> Self:
        """The architecture of the decoder that goes back the way this encoder came."""
        raise NotImplementedError
