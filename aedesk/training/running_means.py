"""Means that are added up on the device and read now and then."""

from math import isfinite

import torch
from torch import Tensor

Terms = dict[str, float]


class RunningMeans:
    """Named means over samples since the last ``clear``. Reading waits for the device."""

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._sums: dict[str, Tensor] = {}
        self._read: tuple[int, dict[str, float]] = (0, {})
        self.count = 0

    def clear(self) -> None:
        """Begin anew."""
        for total in self._sums.values():
            total.zero_()
        self.count, self._read = 0, (0, {})

    def add(self, means: dict[str, Tensor], count: int) -> None:
        """Take in the means over ``count`` more samples."""
        self.count += count
        for name, value in means.items():
            if name not in self._sums:
                self._sums[name] = torch.zeros((), device=self._device)
            self._sums[name].add_(value.detach(), alpha=count)

    def means(self) -> Terms:
        """The means of all since the last clear."""
        return {name: float(total) / max(self.count, 1) for name, total in self._sums.items()}

    def recent(self) -> Terms:
        """The means of what came since this was last asked."""
        count, sums = self._read
        now = {name: float(total) for name, total in self._sums.items()}
        self._read = (self.count, now)
        new = max(self.count - count, 1)
        return {name: (value - sums.get(name, 0.0)) / new for name, value in now.items()}


def are_finite(terms: Terms) -> bool:
    """Whether every mean is an ordinary number."""
    return all(isfinite(value) for value in terms.values())


def weights_are_finite(weights: dict[str, Tensor]) -> bool:
    """Whether every weight is an ordinary number."""
    return all(bool(torch.isfinite(value).all()) for value in weights.values())
