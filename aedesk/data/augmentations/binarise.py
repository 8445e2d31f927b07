"""Grey values taken for chances: every value becomes 0 or 1."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.data.augmentation import Augmentation

if TYPE_CHECKING:
    import torch


class Binarise(Augmentation):
    """Every value in 0…1 becomes 1 with that probability, and 0 otherwise.

    What is learned from is drawn anew every time; what is measured is drawn once, from the
    generator given for it (Salakhutdinov and Murray 2008).
    """

    title: ClassVar[str] = "Black and white"
    summary: ClassVar[str] = "Every value in 0…1 becomes 0 or 1, drawn anew each time with that probability."
    kind: Literal["binarise"] = "binarise"

    def vary(self, x: "torch.Tensor", generator: "torch.Generator") -> "torch.Tensor":
        return (x.new_empty(x.shape).uniform_(generator=generator) < x).to(x.dtype)

    def settle(self, x: "torch.Tensor", generator: "torch.Generator") -> "torch.Tensor":
        return self.vary(x, generator)
