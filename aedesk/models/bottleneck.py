"""What stands between encoder and decoder: what the code is, and how it is drawn."""

from math import prod
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from aedesk.models.activations import Activation, activation_layers
from aedesk.models.architecture import LayerPlan, Shape
from aedesk.models.linear import linear
from aedesk.models.prior import Prior
from aedesk.options import Choice

if TYPE_CHECKING:
    import torch
    from torch import Tensor, nn

    from aedesk.models.batch_pass import BatchPass


class Posterior(NamedTuple):
    """Where a sample's code lies: ``mean`` ``[n, k]``, and ``log_variance`` of the same shape or None.

    Without a variance the code is the mean.
    """

    mean: "Tensor"
    log_variance: "Tensor | None" = None


class Bottleneck(Choice):
    """A family of codes: one file each in ``aedesk/models/bottlenecks``.

    Codes are handed around flat, as ``[n, k]``; ``code_shape`` says what the decoder gets of them.
    ``draws`` says that the code is drawn at random while the network learns; ``linear_code`` that
    it takes no activation; ``keeps_features`` that it is the encoder's features as they are, so
    that its width follows from those.
    """

    draws: ClassVar[bool] = False
    linear_code: ClassVar[bool] = False
    keeps_features: ClassVar[bool] = False

    @property
    def prevents_copying(self) -> bool:
        """Whether this kind of code keeps a network from copying where it is as wide as the data."""
        return False

    def code_prior(self) -> Prior | None:
        """The distribution that the codes come to have, where this kind sees to that."""
        return None

    def code_shape(self, features: Shape, code_size: int) -> Shape:
        """The shape of one code, of features of that shape and a recipe's code width."""
        return (code_size,)

    def numbers(self, code_size: int) -> int:
        """How many numbers the code layer puts out for a code of so many."""
        return code_size

    def plan(self, features: Shape, code_size: int, activation: Activation) -> LayerPlan:
        """The code layer as the builder shows it."""
        parameters = (prod(features) + 1) * self.numbers(code_size)
        return LayerPlan("code", "code", (code_size,), parameters, activation)

    def build(
        self, features: Shape, code_size: int, activation: Activation, generator: "torch.Generator"
    ) -> "list[nn.Module]":
        """The modules from features ``[n, *features]`` to what ``posterior`` takes apart."""
        from torch import nn

        flat = [nn.Flatten()] if len(features) > 1 else []
        layer = linear(prod(features), self.numbers(code_size), generator)
        return [*flat, layer, *activation_layers(activation)]

    def posterior(self, raw: "Tensor") -> Posterior:
        """What the encoder put out, taken apart."""
        return Posterior(raw.flatten(1))

    def draw(self, posterior: Posterior, generator: "torch.Generator") -> "Tensor":
        """The codes ``[n, k]`` that the decoder learns from."""
        return posterior.mean

    def terms(self, batch: "BatchPass") -> "dict[str, Tensor]":
        """Named terms that this kind of code adds to the objective."""
        return {}
