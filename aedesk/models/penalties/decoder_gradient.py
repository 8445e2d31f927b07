"""A smooth decoder by its slopes at the codes (Ghosh et al. 2020)."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.models.jacobian import squared_jacobian
from aedesk.models.penalty import Penalty
from aedesk.options import option

if TYPE_CHECKING:
    from torch import Tensor

    from aedesk.models.batch_pass import BatchPass


class DecoderGradient(Penalty):
    """The squared Frobenius norm of the Jacobian of the output by the code."""

    title: ClassVar[str] = "Gentle decoder"
    summary: ClassVar[str] = (
        "The reconstruction is to change little when the code changes a little, so that the samples "
        "between two codes look like samples too."
    )
    kind: Literal["decoder-gradient"] = "decoder-gradient"
    differentiates: ClassVar[bool] = True
    weight: float = option(
        1e-6, "Weight", "What a sum of squared derivatives of 1 costs.", ge=0, le=1e6
    )
    probes: int = option(
        1,
        "Probes",
        "Estimated from so many random directions (Hutchinson 1990), right on average; "
        "with as many as a sample has values it is exact, and slow.",
        unit="probes",
        ge=1,
        le=65_536,
    )

    def value(self, batch: "BatchPass") -> "Tensor":
        return squared_jacobian(batch.output, batch.code, self.probes, batch.generator).mean()
