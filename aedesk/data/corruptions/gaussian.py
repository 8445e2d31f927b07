"""Gaussian noise."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.data.corruption import Corruption, with_normal_noise
from aedesk.options import option

if TYPE_CHECKING:
    import torch


class Gaussian(Corruption):
    """Normally distributed noise, drawn anew for every value of every batch."""

    title: ClassVar[str] = "Gaussian noise"
    summary: ClassVar[str] = "Random noise is added to every value; the network learns to take it away."
    kind: Literal["gaussian"] = "gaussian"
    strength: ClassVar[str] = "sigma"
    sigma: float = option(
        0.1,
        "Strength σ",
        "The standard deviation of the noise, in the units the data have after scaling.",
        ge=0,
        le=10,
    )
    least: float | None = option(
        None,
        "Least strength",
        "Every sample draws a strength of its own between this and σ. Off, all get σ.",
        ge=0,
        le=10,
    )

    def apply(self, x: "torch.Tensor", generator: "torch.Generator", spread: float) -> "torch.Tensor":
        return with_normal_noise(x, self.sigma, self.least, generator)
