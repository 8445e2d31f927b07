"""What a network is asked to make small."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from aedesk.options import Options, option

if TYPE_CHECKING:
    from torch import Tensor

Loss = Literal["mse", "mae", "bce"]

LOSS_TITLES = {"mse": "Mean squared error", "mae": "Mean absolute error", "bce": "Binary cross-entropy"}


class ObjectiveOptions(Options):
    """The terms of the objective; each has a curve of its own in the loss view."""

    reconstruction: Loss = option(
        "mse",
        "Reconstruction loss",
        "How the difference between data and reconstruction is counted. Squared error punishes "
        "large mistakes, absolute error forgives outliers, cross-entropy suits values in 0…1.",
    )

    def terms(self) -> dict[str, "Callable[[Tensor, Tensor], Tensor]"]:
        """The named terms: functions of reconstruction and target ``[n, *shape]`` to a scalar mean."""
        from torch.nn import functional

        losses = {
            "mse": functional.mse_loss,
            "mae": functional.l1_loss,
            "bce": functional.binary_cross_entropy,
        }
        return {self.reconstruction: losses[self.reconstruction]}
