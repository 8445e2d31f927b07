"""No corruption: the network sees the data as they are."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.data.corruption import Corruption

if TYPE_CHECKING:
    import torch


class NoCorruption(Corruption):
    """The input is left as it is."""

    title: ClassVar[str] = "None"
    summary: ClassVar[str] = "The network sees the data as they are and learns to give them back."
    kind: Literal["none"] = "none"

    @property
    def changes(self) -> bool:
        return False

    def apply(self, x: "torch.Tensor", generator: "torch.Generator", spread: float) -> "torch.Tensor":
        return x
