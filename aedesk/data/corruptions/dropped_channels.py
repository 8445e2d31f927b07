"""Dropped channels: whole channels, rows, letters or columns are set to zero."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.data.corruption import Corruption, amounts
from aedesk.options import option

if TYPE_CHECKING:
    import torch


class DroppedChannels(Corruption):
    """A random share of what lies side by side along the first axis that has more than one entry.

    Those are the channels of a colour picture, the rows of a grey one, the letters of a word, the
    columns of a table, and the single samples of a signal.
    """

    title: ClassVar[str] = "Dropped channels"
    summary: ClassVar[str] = "Whole colours, rows, letters or columns are hidden, as where a sensor fails."
    kind: Literal["dropped-channels"] = "dropped-channels"
    strength: ClassVar[str] = "share"
    share: float = option(
        0.25,
        "Dropped share",
        "The share that is set to zero: of a picture's colours (or rows, where it is grey), of a word's "
        "letters, of a table's columns.",
        ge=0,
        le=0.99,
    )
    least: float | None = option(
        None,
        "Least share",
        "Every sample draws a share of its own between this and the dropped share. Off, all have that one.",
        ge=0,
        le=0.99,
    )

    def apply(self, x: "torch.Tensor", generator: "torch.Generator", spread: float) -> "torch.Tensor":
        share = amounts(x, self.share, self.least, generator)
        axis = next((axis for axis, length in enumerate(x.shape) if axis and length > 1), 0)
        shape = [length if place in (0, axis) else 1 for place, length in enumerate(x.shape)]
        return x * (x.new_empty(shape).uniform_(generator=generator) >= share)
