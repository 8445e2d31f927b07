"""What is read off the code beside the reconstruction."""

from typing import TYPE_CHECKING, Literal

from aedesk.models.linear import linear
from aedesk.options import Choice

if TYPE_CHECKING:
    import torch
    from torch import Tensor, nn

    from aedesk.models.batch_pass import BatchPass

Needs = Literal["labels", "targets"]


class Head(Choice):
    """A family of heads: one file each in ``aedesk/models/heads``, each with a ``weight``."""

    weight: float

    @property
    def needs(self) -> Needs:
        """What the data must bring for it: a label or a number for each row."""
        raise NotImplementedError

    def outputs(self, classes: int) -> int:
        """How many numbers it puts out for data with so many labels."""
        raise NotImplementedError

    def build(self, code_size: int, classes: int, generator: "torch.Generator") -> "nn.Module":
        """The module from codes ``[n, code_size]`` to answers ``[n, outputs]``."""
        raise NotImplementedError

    def terms(self, batch: "BatchPass") -> "dict[str, Tensor]":
        """Its named, weighted terms of the objective."""
        raise NotImplementedError

    def figures(self, batch: "BatchPass") -> "dict[str, Tensor]":
        """Named figures to watch, as means over the batch; no part of the objective."""
        return {}


def answering(code_size: int, hidden: int, outputs: int, generator: "torch.Generator") -> "nn.Module":
    """A layer from codes to answers, with a hidden one of SiLU before it where ``hidden`` is not 0."""
    from torch import nn

    if not hidden:
        return linear(code_size, outputs, generator)
    first = linear(code_size, hidden, generator)
    return nn.Sequential(first, nn.SiLU(), linear(hidden, outputs, generator))
