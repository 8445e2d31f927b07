"""A smooth decoder by small weights (Ghosh et al. 2020)."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.models.penalty import Penalty
from aedesk.options import option

if TYPE_CHECKING:
    from torch import Tensor

    from aedesk.models.batch_pass import BatchPass


class DecoderL2(Penalty):
    """The sum of squares of the decoder's weights; biases and factors of a normalisation are free."""

    title: ClassVar[str] = "Small decoder weights"
    summary: ClassVar[str] = (
        "Large weights of the decoder cost, so that codes near each other are drawn alike."
    )
    kind: Literal["decoder-l2"] = "decoder-l2"
    weight: float = option(
        1e-6, "Weight", "What a sum of squared weights of 1 costs.", ge=0, le=1e6
    )

    def value(self, batch: "BatchPass") -> "Tensor":
        squares = [
            parameter.square().sum()
            for parameter in batch.network.decoder.parameters()
            if parameter.dim() > 1
        ]
        return sum(squares[1:], start=squares[0]) if squares else batch.output.new_zeros(())
