"""A spiral (as in Makhzani et al. 2015)."""

from math import pi
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from aedesk.models.prior import Prior
from aedesk.options import option

if TYPE_CHECKING:
    import torch
    from torch import Tensor

# The outer end. Points spread evenly along a spiral from 0 fill a disc of this radius, whose
# coordinates have a variance of a quarter of its square: about 1.
_RADIUS = 2.0


class SwissRollPrior(Prior):
    """A spiral in the first two numbers; the other numbers are standard normal.

    Along it codes are about evenly spread, and each of the two has a spread of about 1.
    """

    title: ClassVar[str] = "Swiss roll"
    summary: ClassVar[str] = "A spiral in the first two numbers of the code, along which samples find their place."
    kind: Literal["swiss-roll"] = "swiss-roll"
    turns: float = option(2.0, "Turns", "How often the spiral goes around.", unit="turns", gt=0, le=20)
    spread: float = option(
        0.1, "Spread", "The standard deviation of the codes around the spiral's line.", gt=0, le=100
    )

    def least_width(self) -> int:
        return 2

    def draw(
        self, count: int, code_size: int, generator: "torch.Generator", device: "torch.device | str" = "cpu"
    ) -> "Tensor":
        import torch

        codes = torch.randn(count, code_size, generator=generator, device=device)
        # The length of a spiral from 0 grows with the square of the angle.
        along = torch.rand(count, generator=generator, device=device).sqrt()
        angles = along * (2 * pi * self.turns)
        line = torch.stack((angles.cos(), angles.sin()), 1) * (_RADIUS * along)[:, None]
        codes[:, :2] = line + self.spread * codes[:, :2]
        return codes

    def outline(self) -> list[np.ndarray]:
        """The spiral's middle line, from 0 outwards."""
        along = np.linspace(0, 1, 1 + max(64, round(64 * self.turns)))
        angles = along * (2 * pi * self.turns)
        return [np.stack((np.cos(angles), np.sin(angles)), 1) * (_RADIUS * along)[:, None]]
