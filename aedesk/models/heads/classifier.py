"""A classifier on the code."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.models.head import Head, Needs, answering
from aedesk.options import option

if TYPE_CHECKING:
    import torch
    from torch import Tensor, nn

    from aedesk.models.batch_pass import BatchPass


class Classifier(Head):
    """A softmax layer on the code, trained by cross-entropy beside the reconstruction.

    Samples whose label is not known (−1) teach it nothing.
    """

    title: ClassVar[str] = "Classifier"
    summary: ClassVar[str] = "The code must also tell each sample's label."
    kind: Literal["classifier"] = "classifier"
    weight: float = option(
        1.0, "Weight", "How much a wrong label counts beside the reconstruction.", ge=0, le=1e6
    )
    hidden: int = option(
        0,
        "Hidden width",
        "How many numbers a layer between the code and the answer has. 0 puts none there, so that "
        "the code itself must be easy to tell apart.",
        ge=0,
        le=65_536,
    )

    @property
    def needs(self) -> Needs:
        return "labels"

    def outputs(self, classes: int) -> int:
        return classes

    def build(self, code_size: int, classes: int, generator: "torch.Generator") -> "nn.Module":
        return answering(code_size, self.hidden, classes, generator)

    def terms(self, batch: "BatchPass") -> "dict[str, Tensor]":
        from torch.nn import functional

        assert batch.answers is not None and batch.labels is not None
        wrong = functional.cross_entropy(batch.answers, batch.labels, ignore_index=-1, reduction="sum")
        return {"labels": self.weight * wrong / _known(batch.labels)}

    def figures(self, batch: "BatchPass") -> "dict[str, Tensor]":
        assert batch.answers is not None and batch.labels is not None
        right = (batch.answers.argmax(1) == batch.labels).sum()
        return {"accuracy": right / _known(batch.labels)}


def _known(labels: "Tensor") -> "Tensor":
    """How many labels are known, 1 at least."""
    return (labels >= 0).sum().clamp_min(1)
