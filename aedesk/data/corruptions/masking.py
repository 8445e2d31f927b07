"""Masking: a share of the values is set to zero."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.data.corruption import Corruption, amounts
from aedesk.options import option

if TYPE_CHECKING:
    import torch


class Masking(Corruption):
    """A random share of the values is set to zero (Vincent et al. 2008)."""

    title: ClassVar[str] = "Masking"
    summary: ClassVar[str] = "Some values are hidden; the network learns to fill them in from the others."
    kind: Literal["masking"] = "masking"
    strength: ClassVar[str] = "share"
    share: float = option(
        0.25, "Hidden share", "The share of values that is set to zero, chosen anew every time.", ge=0, le=0.99
    )
    least: float | None = option(
        None,
        "Least share",
        "Every sample draws a share of its own between this and the hidden share. Off, all have that one.",
        ge=0,
        le=0.99,
    )

    def apply(self, x: "torch.Tensor", generator: "torch.Generator", spread: float) -> "torch.Tensor":
        share = amounts(x, self.share, self.least, generator)
        return x * (x.new_empty(x.shape).uniform_(generator=generator) >= share)
