"""Impulses: single samples far off."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.data.corruption import AddedNoise
from aedesk.options import option

if TYPE_CHECKING:
    import torch
    from torch import Tensor


class Impulses(AddedNoise):
    """Noise that strikes few samples and those hard: normally distributed where it does, 0 elsewhere."""

    title: ClassVar[str] = "Impulses (dB)"
    summary: ClassVar[str] = "Single samples are far off, as with sparks, lost packets or a scratched record."
    kind: Literal["impulses"] = "impulses"
    share: float = option(
        0.02,
        "Struck share",
        "The share of the samples that is struck, chosen anew every time; the fewer, the harder each is struck.",
        gt=0,
        le=1,
    )

    def noise(self, x: "Tensor", generator: "torch.Generator") -> "Tensor":
        struck = x.new_empty(x.shape).uniform_(generator=generator) < self.share
        return x.new_empty(x.shape).normal_(generator=generator) * struck / self.share**0.5
