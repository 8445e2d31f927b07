"""A sparse code by the sum of its absolute values."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.models.penalty import Penalty
from aedesk.options import option

if TYPE_CHECKING:
    from torch import Tensor

    from aedesk.models.batch_pass import BatchPass


class L1(Penalty):
    """The sum of the code's absolute values (as in Ng 2011; Tibshirani 1996)."""

    title: ClassVar[str] = "Sparse code (L1)"
    summary: ClassVar[str] = "Every number of the code costs by its size, so that most stay at 0."
    kind: Literal["l1"] = "l1"
    prevents_copying: ClassVar[bool] = True
    weight: float = option(
        1e-4, "Weight", "What a code value of 1 costs. Textbooks begin with 10e-6.", ge=0, le=1e6
    )

    def value(self, batch: "BatchPass") -> "Tensor":
        return batch.code.abs().sum(1).mean()
