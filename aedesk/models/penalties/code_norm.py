"""Codes that stay near 0 (Ghosh et al. 2020)."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.models.penalty import Penalty
from aedesk.options import option

if TYPE_CHECKING:
    from torch import Tensor

    from aedesk.models.batch_pass import BatchPass


class CodeNorm(Penalty):
    """Half the squared length of the code: what the KL term of a variational code says of its mean."""

    title: ClassVar[str] = "Short codes"
    summary: ClassVar[str] = (
        "Codes cost by their squared length, so that all lie in one heap around 0. With a penalty on "
        "the decoder this makes a code that new samples can be drawn from."
    )
    kind: Literal["code-norm"] = "code-norm"
    weight: float = option(
        1e-4, "Weight", "What half the squared length of a code costs.", ge=0, le=1e6
    )

    def value(self, batch: "BatchPass") -> "Tensor":
        return batch.code.square().sum(1).mean() / 2
