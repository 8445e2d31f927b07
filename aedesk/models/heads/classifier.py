"""A classifier on the code."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.models.head import Head, Needs
from aedesk.models.linear import linear
from aedesk.options import option

if TYPE_CHECKING:
    import torch
    from torch import Tensor, nn

    from aedesk.models.batch_pass import BatchPass


class Classifier(Head):
    """A softmax layer on the code, trained by cross-entropy beside the reconstruction."""

    title: ClassVar[str] = "Classifier"
    summary: ClassVar[str] = "The code must also tell each sample's label."
    kind: Literal["classifier"] = "classifier"
    weight: float = option(
        1.0, "Weight", "How much a wrong label counts beside the reconstruction.", ge=0, le=1e6
    )

    @property
    def needs(self) -> Needs:
        return "labels"

    def outputs(self, classes: int) -> int:
        return classes

    def build(self, code_size: int, classes: int, generator: "torch.Generator") -> "nn.Module":
        return linear(code_size, classes, generator)

    def terms(self, batch: "BatchPass") -> "dict[str, Tensor]":
        from torch.nn import functional

        assert batch.answers is not None and batch.labels is not None
        return {"labels": self.weight * functional.cross_entropy(batch.answers, batch.labels)}

    def figures(self, batch: "BatchPass") -> "dict[str, Tensor]":
        assert batch.answers is not None and batch.labels is not None
        return {"accuracy": (batch.answers.argmax(1) == batch.labels).float().mean()}
