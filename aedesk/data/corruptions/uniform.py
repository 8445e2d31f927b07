"""Evenly spread noise."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.data.corruption import Corruption, amounts
from aedesk.options import option

if TYPE_CHECKING:
    import torch


class Uniform(Corruption):
    """Noise that is evenly spread between two ends, drawn anew for every value of every batch."""

    title: ClassVar[str] = "Uniform noise"
    summary: ClassVar[str] = "Every value is moved up or down by a chance amount that is never beyond a limit."
    kind: Literal["uniform"] = "uniform"
    strength: ClassVar[str] = "limit"
    limit: float = option(
        0.3,
        "Limit",
        "The furthest that a value is moved, up or down, in the units the data have after scaling.",
        ge=0,
        le=10,
    )
    least: float | None = option(
        None,
        "Least limit",
        "Every sample draws a limit of its own between this and the one above. Off, all have that one.",
        ge=0,
        le=10,
    )

    def apply(self, x: "torch.Tensor", generator: "torch.Generator", spread: float) -> "torch.Tensor":
        limit = amounts(x, self.limit, self.least, generator)
        return x + limit * x.new_empty(x.shape).uniform_(-1, 1, generator=generator)
