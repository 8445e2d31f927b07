"""Signals turned about: played backwards, or upside down."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.data.augmentation import Augmentation
from aedesk.data.source import Form
from aedesk.options import option

if TYPE_CHECKING:
    from collections.abc import Callable

    import torch
    from torch import Tensor


class Turned(Augmentation):
    """Half of the windows, by chance, run backwards, and half, by chance, upside down.

    All channels of a window together. What makes a signal smooth or rough is the same either way,
    so that a short recording teaches more of it; its shapes are not, so that a long one teaches less.
    """

    title: ClassVar[str] = "Backwards and upside down"
    summary: ClassVar[str] = (
        "Half of the windows of a signal are read backwards and half upside down, which makes more of a "
        "short recording."
    )
    kind: Literal["turned"] = "turned"
    backwards: bool = option(True, "Backwards", "Half of the windows, by chance, are read from their end.")
    upside_down: bool = option(
        True, "Upside down", "Half of the windows, by chance, are turned about the 0 of the scaled data."
    )

    def misfit(self, form: Form) -> str | None:
        if form == "signal":
            return None
        return "Only signals can be turned backwards and upside down. Choose a signal, or another augmentation."

    def vary(self, x: "torch.Tensor", generator: "torch.Generator") -> "torch.Tensor":
        import torch

        each = (len(x), *[1] * (x.dim() - 1))
        if self.backwards:
            x = torch.where(x.new_empty(each).uniform_(generator=generator) < 0.5, x.flip(1), x)
        if self.upside_down:
            x = torch.where(x.new_empty(each).uniform_(generator=generator) < 0.5, -x, x)
        return x

    def mean_answer(self, network: "Callable[[Tensor], Tensor]", x: "Tensor") -> "Tensor":
        """The mean of what a network makes of windows ``x`` turned each way, turned back: it errs less than one."""
        ways: list[Callable[[Tensor], Tensor]] = [lambda x: x]
        if self.backwards:
            ways += [lambda x: x.flip(1)]
        if self.upside_down:
            ways += [lambda x, way=way: -way(x) for way in tuple(ways)]
        answers = [way(network(way(x))) for way in ways]  # each way undoes itself
        return sum(answers[1:], start=answers[0]) / len(answers)
