"""Dropouts: for a while nothing arrives."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.data.corruption import Corruption, amounts
from aedesk.data.source import Form
from aedesk.options import option

if TYPE_CHECKING:
    import torch
    from torch import Tensor


class Dropouts(Corruption):
    """Stretches are lost, and what stands there is 0 in scaled units or the last value that arrived.

    Every sample, and every channel of it, draws how long its dropouts are; they may overlap.
    """

    title: ClassVar[str] = "Dropouts"
    summary: ClassVar[str] = "For a while nothing arrives, as with a radio link or a loose contact; the network learns to fill the gap."
    kind: Literal["dropouts"] = "dropouts"
    strength: ClassVar[str] = "share"
    share: float = option(
        0.05, "Lost share", "The share of the samples that is lost, at places chosen anew every time.", ge=0, le=0.9
    )
    least: float | None = option(
        None,
        "Least share",
        "Every sample draws a share of its own between this and the lost share. Off, all have that one.",
        ge=0,
        le=0.9,
    )
    length: int = option(
        10,
        "Mean length",
        "How long the dropouts of a sample are, on average over samples: each draws a length from 1 to almost "
        "twice as many for all of its own.",
        unit="samples",
        ge=1,
        le=100_000,
    )
    shows: Literal["zero", "held"] = option(
        "zero",
        "Shows",
        "What stands in a dropout: zero, which is the mean of the data where those are scaled to a standard "
        "deviation of 1, or held, the last value before it.",
    )

    def misfit(self, form: Form) -> str | None:
        return None if form == "signal" else "Dropouts are in time, which only signals have: choose masking or blocks."

    def apply(self, x: "Tensor", generator: "torch.Generator", spread: float) -> "Tensor":
        samples = x if x.dim() > 1 else x[None]
        share = amounts(samples, self.share, self.least, generator)
        lost = self._lost(samples, share, generator)
        return (_held(samples, lost) if self.shows == "held" else samples.masked_fill(lost, 0.0)).view(x.shape)

    def _lost(self, x: "Tensor", share: "float | Tensor", generator: "torch.Generator") -> "Tensor":
        """Where nothing arrives of samples ``[n, t]`` or ``[n, t, channels]``: bool of the same shape.

        A place is lost where a dropout began there or less than its length before; dropouts that
        began before the sample reach into it.
        """
        import torch

        longest, (count, steps, *channels) = 2 * self.length - 1, x.shape
        long = torch.randint(1, longest + 1, (count, 1, *channels), generator=generator, device=x.device)
        begins = 1 - (1 - share) ** (1 / long)
        drawn = x.new_empty(count, longest + steps, *channels).uniform_(generator=generator) < begins
        place = torch.arange(longest + steps, device=x.device).view(-1, *[1] * len(channels))
        last = torch.where(drawn, place, -longest).cummax(1).values
        return (place - last < long)[:, longest:]


def _held(x: "Tensor", lost: "Tensor") -> "Tensor":
    """The last value before it in place of what is ``lost``; a sample's first value always arrives."""
    import torch

    place = torch.arange(x.shape[1], device=x.device).view(-1, *[1] * (x.dim() - 2))
    return x.gather(1, torch.where(lost, 0, place).cummax(1).values)
