"""What a network is asked to make small."""

from typing import TYPE_CHECKING, Literal

from aedesk.models.adversary import Adversary
from aedesk.models.architecture import Shape
from aedesk.models.losses import Loss, counted_values, summed_loss
from aedesk.models.penalty import Penalty
from aedesk.options import Choice, Options, one_of, option

if TYPE_CHECKING:
    from torch import Tensor

    from aedesk.models.batch_pass import BatchPass
    from aedesk.models.model_options import ModelOptions


class ObjectiveOptions(Options):
    """The terms of the objective; each has a curve of its own in the loss view."""

    reconstruction: Loss = option(
        "mse",
        "Reconstruction loss",
        "How the difference between data and reconstruction is counted. Squared error punishes "
        "large mistakes, absolute error forgives outliers, cross-entropy suits values in 0…1.",
    )
    huber_delta: float = option(
        1.0, "Huber δ", "From which error on Huber's loss stops being squared, in scaled units.", gt=0, le=1000
    )
    per: Literal["value", "sample"] = option(
        "value",
        "Counted per",
        "Per value, the loss is a mean over pixels or columns. Per sample it is their sum, as in the "
        "evidence bound in nats; penalties then weigh less beside it.",
    )
    weight: float = option(
        1.0, "Reconstruction weight", "How much the reconstruction counts beside the other terms.", ge=0, le=1e6
    )
    penalties: tuple[one_of(Penalty, "aedesk.models.penalties"), ...] = option(
        (), "Penalties", "What else the network is to keep small; each has its own weight and curve.", max_length=8
    )
    adversaries: tuple[one_of(Adversary, "aedesk.models.adversaries"), ...] = option(
        (),
        "Adversaries",
        "Second networks that learn to tell real from made, while this one learns to fool them.",
        max_length=4,
    )


class Objective:
    """The terms of a recipe's objective, for samples of a shape."""

    def __init__(self, options: ObjectiveOptions, model: "ModelOptions", shape: Shape) -> None:
        self._options, self._model = options, model
        self._loss = summed_loss(options.reconstruction, options.huber_delta)
        values = counted_values(options.reconstruction, shape)
        self.scale = 1 / values if options.per == "value" else 1.0
        self._penalties = dict(zip(names_of(options.penalties), options.penalties, strict=True))
        self.differentiates = any(penalty.differentiates for penalty in options.penalties)

    def terms(self, batch: "BatchPass") -> "dict[str, Tensor]":
        """The weighted terms by name, scalars to be added up."""
        options = self._options
        factor = options.weight * self.scale / len(batch.clean)
        terms = {options.reconstruction: self._summed(batch) * factor}
        terms |= self._model.bottleneck.terms(batch)
        for name, penalty in self._penalties.items():
            terms[name] = penalty.weight * penalty.value(batch)
        if self._model.head and batch.answers is not None:
            terms |= self._model.head.terms(batch)
        return terms

    def _summed(self, batch: "BatchPass") -> "Tensor":
        """The loss summed over the batch; judged in part, as it would be if the rest were like that part."""
        if batch.judged is None:
            return self._loss(batch.output, batch.clean)
        judged = batch.judged
        part = self._loss(batch.output.where(judged, batch.clean), batch.clean)
        return part * (judged.numel() / judged.sum().clamp_min(1))

    def figures(self, batch: "BatchPass") -> "dict[str, Tensor]":
        """What is watched beside the terms."""
        head = self._model.head
        return head.figures(batch) if head and batch.answers is not None else {}


def names_of(choices: tuple[Choice, ...]) -> list[str]:
    """A name for each: its kind, and a number where the kind comes again."""
    kinds = [choice.kind for choice in choices]  # type: ignore[attr-defined]
    return [
        kind if kinds[:index].count(kind) == 0 else f"{kind} {kinds[: index + 1].count(kind)}"
        for index, kind in enumerate(kinds)
    ]
