"""How codes are to be spread: what an adversary holds them against, and what new ones are drawn from."""

from math import pi
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from aedesk.options import Choice

if TYPE_CHECKING:
    import torch
    from torch import Tensor


class Prior(Choice):
    """A family of distributions of codes: one file each in ``aedesk/models/priors``.

    ``outline_names`` are written beside the first lines of ``outline()``.
    """

    outline_names: ClassVar[tuple[str, ...]] = ()

    def least_width(self) -> int:
        """The fewest numbers a code of this distribution has."""
        return 1

    def draw(
        self, count: int, code_size: int, generator: "torch.Generator", device: "torch.device | str" = "cpu"
    ) -> "Tensor":
        """``count`` codes ``[count, code_size]``; ``generator`` lives on ``device``."""
        raise NotImplementedError

    def outline(self) -> list[np.ndarray]:
        """Lines ``[m, 2]`` that show the distribution in the first two numbers of a code.

        Lines that come back to their first point are outlines of heaps. Empty where there is
        nothing to draw.
        """
        return []


def circle(radius: float, centre: tuple[float, float] = (0.0, 0.0), points: int = 96) -> np.ndarray:
    """A closed circle ``[points + 1, 2]``, its last point the first again."""
    angles = np.linspace(0, 2 * pi, points + 1)
    line = radius * np.stack((np.cos(angles), np.sin(angles)), 1) + centre
    line[-1] = line[0]
    return line
