"""A ring of round heaps (as in Makhzani et al. 2015)."""

from math import pi
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from aedesk.models.prior import Prior, circle
from aedesk.options import option

if TYPE_CHECKING:
    import torch
    from torch import Tensor


class RingPrior(Prior):
    """Equal Gaussians around a circle in the first two numbers; the other numbers are standard normal."""

    title: ClassVar[str] = "Ring of Gaussians"
    summary: ClassVar[str] = "Several small heaps around a circle in the first two numbers of the code."
    kind: Literal["ring"] = "ring"
    number: int = option(10, "Heaps", "How many heaps stand around the circle.", unit="heaps", ge=2, le=100)
    radius: float = option(2.0, "Radius", "How far the heaps' centres are from 0.", gt=0, le=100)
    spread: float = option(0.3, "Spread", "The standard deviation of each heap.", gt=0, le=100)

    def least_width(self) -> int:
        return 2

    def draw(
        self, count: int, code_size: int, generator: "torch.Generator", device: "torch.device | str" = "cpu"
    ) -> "Tensor":
        import torch

        codes = torch.randn(count, code_size, generator=generator, device=device)
        chosen = torch.randint(self.number, (count,), generator=generator, device=device)
        angles = chosen * (2 * pi / self.number)
        centres = torch.stack((angles.cos(), angles.sin()), 1) * self.radius
        codes[:, :2] = centres + self.spread * codes[:, :2]
        return codes

    def outline(self) -> list[np.ndarray]:
        """Each heap's circle at two standard deviations."""
        angles = np.arange(self.number) * (2 * pi / self.number)
        centres = np.stack((np.cos(angles), np.sin(angles)), 1) * self.radius
        return [circle(2 * self.spread, (float(x), float(y))) for x, y in centres]
