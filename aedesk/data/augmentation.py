"""Variations of the samples themselves, so that the network meets more than the data have."""

from typing import TYPE_CHECKING

from aedesk.data.source import Form
from aedesk.options import Choice

if TYPE_CHECKING:
    import torch


class Augmentation(Choice):
    """A family of augmentations: one file each in ``aedesk/data/augmentations``.

    Unlike a corruption it changes what the network is to give back as well.
    """

    def misfit(self, form: Form) -> str | None:
        """Why samples of a form cannot be varied like this, in a sentence, or None."""
        return None

    def vary(self, x: "torch.Tensor", generator: "torch.Generator") -> "torch.Tensor":
        """Scaled samples ``[n, *shape]`` as they are learned from, drawn anew every time.

        All randomness comes from ``generator``, which lives on the device of ``x``.
        """
        raise NotImplementedError

    def settle(self, x: "torch.Tensor", generator: "torch.Generator") -> "torch.Tensor":
        """Scaled samples as they are measured: themselves, unless they can only be used changed."""
        return x
