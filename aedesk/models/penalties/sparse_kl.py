"""A sparse code by a target for how active each unit is on average."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.models.architecture import Misfit
from aedesk.models.penalty import Penalty
from aedesk.options import option

if TYPE_CHECKING:
    from torch import Tensor

    from aedesk.models.batch_pass import BatchPass
    from aedesk.models.model_options import ModelOptions

_TINY = 1e-6


class SparseKL(Penalty):
    """KL divergence from each unit's mean over the batch to a target, as of coins (Ng 2011)."""

    title: ClassVar[str] = "Sparse code (target activity)"
    summary: ClassVar[str] = (
        "Every unit of the code is to be active for a few samples only: on average over a batch it "
        "is pulled towards a small activity."
    )
    kind: Literal["sparse-kl"] = "sparse-kl"
    prevents_copying: ClassVar[bool] = True
    weight: float = option(
        1e-3, "Weight", "What one nat of distance from the target costs, summed over the units.", ge=0, le=1e6
    )
    activity: float = option(
        0.05,
        "Target activity",
        "How active a unit of the sigmoid code is to be on average, between 0 (never) and 1 (always).",
        gt=0,
        lt=1,
    )

    def misfit(self, model: "ModelOptions") -> Misfit | None:
        if model.bottleneck.linear_code:
            return Misfit(
                ("activity",),
                f"An activity needs a code between 0 and 1, which a {model.bottleneck.title.lower()} "
                "code is not. Choose a plain code, or take this penalty away.",
            )
        if model.code_activation != "sigmoid":
            return Misfit(
                ("activity",),
                "An activity needs a code between 0 and 1: choose sigmoid for the code activation, "
                "or the L1 penalty, which takes any code.",
            )
        return None

    def value(self, batch: "BatchPass") -> "Tensor":
        wanted, active = self.activity, batch.code.mean(0).clamp(_TINY, 1 - _TINY)
        on = wanted * (wanted / active).log()
        off = (1 - wanted) * ((1 - wanted) / (1 - active)).log()
        return (on + off).sum()
