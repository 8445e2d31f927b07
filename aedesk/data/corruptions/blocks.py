"""Blocks: a part of each sample, all in one piece, is set to zero."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.data.corruption import Corruption, amounts
from aedesk.options import option

if TYPE_CHECKING:
    import torch
    from torch import Tensor


class Blocks(Corruption):
    """Blocks at random places are set to zero (as the occlusions of Vincent et al. 2010).

    A block is as wide and as high a part of a picture, a stretch of a signal or a word, or
    neighbouring columns of a table; it lies within the sample whole.
    """

    title: ClassVar[str] = "Blocks"
    summary: ClassVar[str] = "A part of each sample is hidden in one piece; the network learns to fill the gap."
    kind: Literal["blocks"] = "blocks"
    strength: ClassVar[str] = "size"
    size: float = option(
        0.3,
        "Size",
        "How long a block is, as a share of the signal, word or row, and of a picture's width and height.",
        ge=0,
        le=0.99,
    )
    least: float | None = option(
        None,
        "Least size",
        "Every sample draws a size of its own between this and the one above. Off, all have that one.",
        ge=0,
        le=0.99,
    )
    count: int = option(1, "Blocks", "How many blocks each sample has; they may overlap.", ge=1, le=16)

    def apply(self, x: "torch.Tensor", generator: "torch.Generator", spread: float) -> "torch.Tensor":
        size = amounts(x, self.size, self.least, generator)
        # Two axes of [channels, height, width]; one of everything else, where letters, a word's first.
        axes = (2, 3) if x.dim() == 4 else (1,) if x.dim() > 1 else (0,)
        hidden = None
        for axis in axes:
            along = self._covered(x, axis, size, generator)
            hidden = along if hidden is None else hidden & along
        return x * ~hidden.any(-1)

    def _covered(
        self, x: "Tensor", axis: int, size: "float | Tensor", generator: "torch.Generator"
    ) -> "Tensor":
        """Which places along an axis each block covers: bool, broadcast against ``[n, *shape, count]``."""
        import torch

        length = x.shape[axis]
        samples = len(x) if axis else 1
        sizes = torch.as_tensor(size, device=x.device).flatten()[:samples, None] * length
        long = sizes.round().clamp_min(1.0 if self.size else 0.0)
        drawn = x.new_empty(samples, self.count).uniform_(generator=generator)
        first = (drawn * (length - long + 1)).floor()
        place = torch.arange(length, device=x.device)[:, None]
        covered = (place >= first[:, None]) & (place < (first + long)[:, None])
        shape = [samples, *[1] * (x.dim() - 1), self.count]
        shape[axis] = length
        return covered.view(shape)
