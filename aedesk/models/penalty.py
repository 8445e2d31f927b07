"""What a network is asked to keep small beside the error of its reconstruction."""

from typing import TYPE_CHECKING, ClassVar

from aedesk.models.architecture import Misfit
from aedesk.options import Choice

if TYPE_CHECKING:
    from torch import Tensor

    from aedesk.models.batch_pass import BatchPass
    from aedesk.models.model_options import ModelOptions


class Penalty(Choice):
    """A family of penalties: one file each in ``aedesk/models/penalties``, each with a ``weight``.

    ``differentiates`` says that the term itself takes derivatives, by the input or by the code.
    ``prevents_copying`` says that a wide code cannot simply copy the data under it.
    """

    differentiates: ClassVar[bool] = False
    prevents_copying: ClassVar[bool] = False
    weight: float

    def misfit(self, model: "ModelOptions") -> Misfit | None:
        """Why the penalty cannot go with a model, at one of its own fields, or None."""
        return None

    def value(self, batch: "BatchPass") -> "Tensor":
        """The mean over the batch of what is penalised, a scalar, before the weight."""
        raise NotImplementedError
