"""Baseline wander: the whole signal drifts slowly up and down."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.data.corruption import AddedNoise
from aedesk.options import option

if TYPE_CHECKING:
    import torch
    from torch import Tensor

_WAVES = 4


class Wander(AddedNoise):
    """A few slow waves with periods and phases drawn for every sample."""

    title: ClassVar[str] = "Baseline wander (dB)"
    summary: ClassVar[str] = "The signal drifts slowly up and down, as with breath, warmth or a loose contact."
    kind: Literal["wander"] = "wander"
    period: float = option(
        1000.0,
        "Shortest period",
        "How many samples the fastest of the slow waves takes; the slowest takes four times as many.",
        unit="samples",
        ge=2,
        le=1e9,
    )

    def noise(self, x: "Tensor", generator: "torch.Generator") -> "Tensor":
        import torch

        time = torch.arange(x.shape[1], device=x.device, dtype=x.dtype)
        total = torch.zeros_like(x)
        for _ in range(_WAVES):
            drawn = x.new_empty(2, len(x), 1).uniform_(generator=generator)
            total += torch.sin(2 * torch.pi * (time / (self.period * 4 ** drawn[0]) + drawn[1]))
        return total / (_WAVES / 2) ** 0.5
