"""A number read off the code."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.models.head import Head, Needs, answering
from aedesk.options import option

if TYPE_CHECKING:
    import torch
    from torch import Tensor, nn

    from aedesk.models.batch_pass import BatchPass


class Regressor(Head):
    """A linear layer on the code, trained by squared error of the scaled number."""

    title: ClassVar[str] = "Regressor"
    summary: ClassVar[str] = "The code must also tell a number that belongs to each sample."
    kind: Literal["regressor"] = "regressor"
    weight: float = option(
        1.0, "Weight", "How much a wrong number counts beside the reconstruction.", ge=0, le=1e6
    )
    hidden: int = option(
        0,
        "Hidden width",
        "How many numbers a layer between the code and the answer has. 0 puts none there, so that "
        "the number must rise evenly along some direction of the code.",
        ge=0,
        le=65_536,
    )

    @property
    def needs(self) -> Needs:
        return "targets"

    def outputs(self, classes: int) -> int:
        return 1

    def build(self, code_size: int, classes: int, generator: "torch.Generator") -> "nn.Module":
        return answering(code_size, self.hidden, 1, generator)

    def terms(self, batch: "BatchPass") -> "dict[str, Tensor]":
        from torch.nn import functional

        assert batch.answers is not None and batch.targets is not None
        return {"number": self.weight * functional.mse_loss(batch.answers[:, 0], batch.targets)}

    def figures(self, batch: "BatchPass") -> "dict[str, Tensor]":
        """R² against the training part's mean and spread, which are 0 and 1 in scaled numbers.

        Unlike the R² of a batch it can be averaged over batches: over the training part it is R².
        """
        from torch.nn import functional

        assert batch.answers is not None and batch.targets is not None
        return {"R²": 1 - functional.mse_loss(batch.answers[:, 0], batch.targets)}
