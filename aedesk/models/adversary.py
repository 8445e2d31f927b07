"""A second network that tells real from made, and so teaches the first to make what looks real."""

from typing import TYPE_CHECKING

from aedesk.models.architecture import Misfit, Shape
from aedesk.models.prior import Prior
from aedesk.options import Choice

if TYPE_CHECKING:
    import torch
    from torch import Tensor, nn

    from aedesk.models.batch_pass import BatchPass
    from aedesk.models.model_options import ModelOptions


class Adversary(Choice):
    """A family of adversaries: one file each in ``aedesk/models/adversaries``.

    Each has a ``weight`` of the term by which the autoencoder fools the discriminator, and a
    ``learning_rate`` of the discriminator's own Adam.
    """

    weight: float
    learning_rate: float

    def misfit(self, model: "ModelOptions", shape: Shape | None) -> Misfit | None:
        """Why the adversary cannot go with a model of data of a shape, or None."""
        return None

    def code_prior(self) -> Prior | None:
        """The distribution that the codes come to have, where the adversary sees to that."""
        return None

    def build(self, code_size: int, shape: Shape, generator: "torch.Generator") -> "nn.Module":
        """The discriminator; weights are drawn from ``generator``."""
        raise NotImplementedError

    def fooled(self, discriminator: "nn.Module", batch: "BatchPass") -> "Tensor":
        """What the autoencoder makes small to be taken for real: a scalar mean, before the weight."""
        raise NotImplementedError

    def judged(self, discriminator: "nn.Module", batch: "BatchPass") -> "Tensor":
        """What the discriminator makes small to tell real from made: a scalar mean.

        Nothing of it may reach back into the autoencoder.
        """
        raise NotImplementedError
