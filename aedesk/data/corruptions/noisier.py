"""More noise on what is noisy already: a short recording's own noise is not learned by heart."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.data.corruption import Corruption, with_normal_noise
from aedesk.options import option

if TYPE_CHECKING:
    import torch


class Noisier(Corruption):
    """Normally distributed noise on what a network with a blind spot sees, anew at every look.

    The network is still judged by the noisy value at each place, which tells nothing of what was
    added elsewhere. What is added keeps it from knowing a stretch of noise again, and works like
    a penalty on how steeply it answers (Bishop 1995).
    """

    title: ClassVar[str] = "Noisier (blind)"
    summary: ClassVar[str] = (
        "For a network with a blind spot: noise is added to what it sees and not to what it is judged by, so "
        "that the noise of a short recording is not learned by heart."
    )
    kind: Literal["noisier"] = "noisier"
    strength: ClassVar[str] = "sigma"
    keeps_blind: ClassVar[bool] = True
    sigma: float = option(
        0.6,
        "Strength σ",
        "The standard deviation of the noise, in the units the data have after scaling. The shorter and "
        "noisier a recording, the more helps.",
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
