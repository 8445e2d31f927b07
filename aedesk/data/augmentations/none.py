"""No augmentation: the samples as they are."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.data.augmentation import Augmentation

if TYPE_CHECKING:
    import torch


class NoAugmentation(Augmentation):
    """Samples are learned from as they are."""

    title: ClassVar[str] = "None"
    summary: ClassVar[str] = "The samples are learned from as they are."
    kind: Literal["none"] = "none"

    def vary(self, x: "torch.Tensor", generator: "torch.Generator") -> "torch.Tensor":
        return x
