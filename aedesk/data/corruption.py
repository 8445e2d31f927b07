"""What is done to an input before the network sees it, so that it has to learn more than copying."""

from typing import TYPE_CHECKING, ClassVar

from aedesk.data.source import Form
from aedesk.options import Choice

if TYPE_CHECKING:
    import torch


class Corruption(Choice):
    """A family of corruptions: one file each in ``aedesk/data/corruptions``.

    ``strength`` names the field that does nothing at 0, where there is one. ``blind`` says that the
    network is judged only by what was hidden from it, so that the data themselves may be noisy.
    """

    strength: ClassVar[str] = ""
    blind: ClassVar[bool] = False

    @property
    def changes(self) -> bool:
        """Whether it does anything at all to any sample."""
        return not self.strength or bool(getattr(self, self.strength) or getattr(self, "least", None))

    def misfit(self, form: Form) -> str | None:
        """Why this cannot be done to samples of a form, in a sentence, or None."""
        return None

    def apply(self, x: "torch.Tensor", generator: "torch.Generator", spread: float) -> "torch.Tensor":
        """A corrupted copy of ``x`` ``[n, *shape]``; ``x`` itself only where nothing is done.

        ``x`` is in scaled units and ``spread`` is the standard deviation of the training inputs
        there. All randomness comes from ``generator``, which lives on the device of ``x``.
        """
        raise NotImplementedError

    def corrupt(
        self, x: "torch.Tensor", generator: "torch.Generator", spread: float
    ) -> "tuple[torch.Tensor, torch.Tensor | None]":
        """What ``apply`` gives, and where the network is judged: bool ``[n, *shape]``, None for everywhere."""
        return self.apply(x, generator, spread), None


def amounts(
    x: "torch.Tensor", amount: float, least: float | None, generator: "torch.Generator"
) -> "float | torch.Tensor":
    """How much is done to the samples of ``x`` ``[n, *shape]``: ``amount`` to all of them.

    With a ``least`` every sample draws its own, evenly between the two: ``[n, 1, …]``, to be
    broadcast against ``x``.
    """
    if least is None:
        return amount
    drawn = x.new_empty(len(x), *[1] * (x.dim() - 1)).uniform_(generator=generator)
    return least + (amount - least) * drawn
