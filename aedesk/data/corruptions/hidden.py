"""Hidden values: the blind way, which needs no clean data."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.data.corruption import Corruption, amounts
from aedesk.data.source import Form
from aedesk.options import option

if TYPE_CHECKING:
    import torch
    from torch import Tensor

_LEAST_SHARE = 0.01  # that values are hidden by in turn


class Hidden(Corruption):
    """Single values are hidden, and the network is judged by those alone (Krull et al. 2019).

    In place of each stands the nearest neighbour that is seen, on a side drawn by chance, so nothing
    tells of the value itself. Noise that is independent from value to value cannot be foretold from the others; what
    the network learns to put there is the signal (Noise2Void; Batson & Royer 2019, Noise2Self).
    """

    title: ClassVar[str] = "Hidden values (blind)"
    summary: ClassVar[str] = (
        "Single values are hidden and foretold from their neighbours, which chance noise cannot be: "
        "cleans a noisy recording or picture without ever seeing a clean one."
    )
    kind: Literal["hidden"] = "hidden"
    strength: ClassVar[str] = "share"
    blind: ClassVar[bool] = True
    share: float = option(
        0.1, "Hidden share", "The share of the values that is hidden, chosen anew every time.", ge=0, le=0.5
    )
    least: float | None = option(
        None,
        "Least share",
        "Every sample draws a share of its own between this and the hidden share. Off, all have that one.",
        ge=0,
        le=0.5,
    )
    width: int = option(
        1,
        "Hidden at once",
        "How many neighbouring values are hidden together. Where the noise of one value resembles that "
        "of the next, hide as many as resemble each other.",
        unit="values",
        ge=1,
        le=255,
    )

    def misfit(self, form: Form) -> str | None:
        if form in ("table", "words"):
            return "Values can be foretold from neighbours only in signals and images: choose masking instead."
        return None

    def apply(self, x: "Tensor", generator: "torch.Generator", spread: float) -> "Tensor":
        return self.corrupt(x, generator, spread)[0]

    def corrupt(
        self, x: "Tensor", generator: "torch.Generator", spread: float
    ) -> "tuple[Tensor, Tensor | None]":
        places = x[:, :1] if x.dim() == 4 else x  # a picture's colours are hidden together
        axes = _axes(x)
        share = amounts(x, self.share, self.least, generator)
        begins = 1 - (1 - share) ** (1 / self.width ** len(axes))
        hidden = places.new_empty(places.shape).uniform_(generator=generator) < begins
        for axis in axes:
            hidden = _widened(hidden, axis, self.width)
        hidden = hidden.expand(x.shape)
        return self.covered(x, hidden, generator), hidden

    def in_turn(self, x: "Tensor", generator: "torch.Generator") -> "Iterator[tuple[Tensor, Tensor]]":
        """Copies of ``x`` ``[n, *shape]`` and what is hidden in each, so that every value is once."""
        import torch

        turns = max(2, round(1 / max(self.share, _LEAST_SHARE)))
        place = torch.zeros(x.shape[1:], dtype=torch.int64, device=x.device)
        for number, axis in enumerate(_axes(x)):
            along = torch.arange(x.shape[axis], device=x.device) // self.width * (1 + 2 * number)
            place = place + along.view([-1 if at == axis else 1 for at in range(1, x.dim())])
        for turn in range(turns):
            hidden = (place % turns == turn).expand(x.shape)
            yield self.covered(x, hidden, generator), hidden

    def covered(self, x: "Tensor", hidden: "Tensor", generator: "torch.Generator") -> "Tensor":
        """``x`` ``[n, *shape]`` with neighbours in place of what is ``hidden``, bool of the same shape.

        0 where nothing is seen along the line that a value lies in.
        """
        import torch

        fills = [side for axis in _axes(x) for side in _nearest_seen(x, hidden, axis)]
        chosen = torch.randint(len(fills), x.shape, generator=generator, device=x.device)
        fill = fills[0]
        for number, other in enumerate(fills[1:], 1):
            fill = torch.where(chosen == number, other, fill)
        return torch.where(hidden, fill, x)


def _axes(x: "Tensor") -> tuple[int, ...]:
    """Along which values have neighbours: a picture's height and width, a signal's time."""
    return (2, 3) if x.dim() == 4 else (1,) if x.dim() > 1 else (0,)


def _widened(begins: "Tensor", axis: int, width: int) -> "Tensor":
    """True also at the ``width`` − 1 places after each."""
    hidden, length = begins.clone(), begins.shape[axis]
    for distance in range(1, min(width, length)):
        hidden.narrow(axis, distance, length - distance).logical_or_(begins.narrow(axis, 0, length - distance))
    return hidden


def _nearest_seen(x: "Tensor", hidden: "Tensor", axis: int) -> "tuple[Tensor, Tensor]":
    """For every value the nearest that is seen before it and after it, or at its other side, or 0."""
    import torch

    length = x.shape[axis]
    places = torch.arange(length, device=x.device).view([-1 if at == axis else 1 for at in range(x.dim())])
    before = torch.where(hidden, -1, places).cummax(axis).values
    after = torch.where(hidden, length, places).flip(axis).cummin(axis).values.flip(axis)
    nothing = (before < 0) & (after == length)
    first, second = torch.where(before < 0, after, before), torch.where(after == length, before, after)
    return tuple(
        x.gather(axis, side.clamp(0, length - 1)).masked_fill(nothing, 0.0) for side in (first, second)
    )
