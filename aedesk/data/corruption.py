"""What is done to an input before the network sees it, so that it has to learn more than copying."""

from typing import TYPE_CHECKING

from aedesk.options import Choice

if TYPE_CHECKING:
    import torch


class Corruption(Choice):
    """A family of corruptions: one file each in ``aedesk/data/corruptions``."""

    def apply(self, x: "torch.Tensor", generator: "torch.Generator", spread: float) -> "torch.Tensor":
        """A corrupted copy of ``x`` ``[n, *shape]``; ``x`` itself only where nothing is done.

        ``x`` is in scaled units and ``spread`` is the standard deviation of the training inputs
        there. All randomness comes from ``generator``, which lives on the device of ``x``.
        """
        raise NotImplementedError
