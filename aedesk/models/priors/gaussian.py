"""One round heap of codes."""

from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from aedesk.models.prior import Prior, circle

if TYPE_CHECKING:
    import torch
    from torch import Tensor


class GaussianPrior(Prior):
    """The standard normal distribution."""

    title: ClassVar[str] = "Gaussian"
    summary: ClassVar[str] = "One round heap around 0."
    outline_names: ClassVar[tuple[str, ...]] = ("1 σ", "2 σ")
    kind: Literal["gaussian"] = "gaussian"

    def draw(
        self, count: int, code_size: int, generator: "torch.Generator", device: "torch.device | str" = "cpu"
    ) -> "Tensor":
        import torch

        return torch.randn(count, code_size, generator=generator, device=device)

    def outline(self) -> list[np.ndarray]:
        """The circles at one and two standard deviations."""
        return [circle(1), circle(2)]
