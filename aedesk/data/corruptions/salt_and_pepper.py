"""Salt and pepper: a share of the values is set to the lowest or the highest there is."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.data.corruption import Corruption, amounts
from aedesk.options import option

if TYPE_CHECKING:
    import torch


class SaltAndPepper(Corruption):
    """A random share of the values is set to one end of their range or the other (Vincent et al. 2010)."""

    title: ClassVar[str] = "Salt and pepper"
    summary: ClassVar[str] = "Some values are made as low or as high as can be, as by grains on a picture."
    kind: Literal["salt-and-pepper"] = "salt-and-pepper"
    strength: ClassVar[str] = "share"
    share: float = option(
        0.2, "Changed share", "The share of values that is changed, half of them to either end.", ge=0, le=1
    )
    least: float | None = option(
        None,
        "Least share",
        "Every sample draws a share of its own between this and the changed share. Off, all have that one.",
        ge=0,
        le=1,
    )
    low: float = option(
        0.0,
        "Pepper",
        "The low end, in the units the data have after scaling: 0 for data scaled to 0…1.",
        ge=-1000,
        le=1000,
    )
    high: float = option(
        1.0,
        "Salt",
        "The high end, in the units the data have after scaling: 1 for data scaled to 0…1.",
        ge=-1000,
        le=1000,
    )

    def apply(self, x: "torch.Tensor", generator: "torch.Generator", spread: float) -> "torch.Tensor":
        share = amounts(x, self.share, self.least, generator)
        drawn = x.new_empty(x.shape).uniform_(generator=generator)
        peppered = x.masked_fill(drawn < share / 2, self.low)
        return peppered.masked_fill_((drawn >= share / 2) & (drawn < share), self.high)
