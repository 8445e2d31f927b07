"""The points of the loss view's curves. They know no Qt."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from aedesk.training.history import Stage

Part = Literal["train", "validation"]
PARTS: tuple[Part, ...] = ("train", "validation")
LIMIT = 5000
"""More points than this are thinned to half as many."""


class Curve:
    """Points in order of x, in arrays that grow; appending costs the same however many there are."""

    def __init__(self) -> None:
        self._x, self._y = np.empty(64), np.empty(64)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def x(self) -> np.ndarray:
        """Where the points are, in epochs; a view that the next append outdates."""
        return self._x[: self._count]

    @property
    def y(self) -> np.ndarray:
        """The losses; a view, like ``x``."""
        return self._y[: self._count]

    @property
    def end(self) -> float:
        """Where the curve ends; 0 where it has no point."""
        return float(self._x[self._count - 1]) if self._count else 0.0

    def append(self, x: float, y: float) -> None:
        """One more point; one that lies before the last is left out."""
        if self._count and x < self.end:
            return
        if self._count >= LIMIT:
            kept = thinned(self.y, LIMIT // 2)
            self._count = len(kept)
            self._x[: self._count], self._y[: self._count] = self._x[kept], self._y[kept]
        if self._count == len(self._x):
            self._x, self._y = np.resize(self._x, 2 * self._count), np.resize(self._y, 2 * self._count)
        self._x[self._count], self._y[self._count] = x, y
        self._count += 1

    def count_after(self, x: float) -> int:
        """How many points lie after ``x``."""
        return self._count - int(np.searchsorted(self.x, x, side="right"))

    def cut(self, x: float) -> None:
        """Forget the points after ``x``."""
        self._count = int(np.searchsorted(self.x, x, side="right"))

    def nearest(self, x: float) -> tuple[float, float] | None:
        """The point nearest to ``x`` along the axis, or None where the curve is nowhere near."""
        if not self._count:
            return None
        after = int(np.searchsorted(self.x, x))
        index = min(range(max(after - 1, 0), min(after + 1, self._count)), key=lambda i: abs(self._x[i] - x))
        return float(self._x[index]), float(self._y[index])


@dataclass(frozen=True)
class Band:
    """A layer that learned alone, left of the run's first epoch: from ``start`` to ``end``, both ≤ 0.

    What an inner layer gives back has a measure of its own. Its losses are drawn ``scale`` times as
    high, so that it begins where the outermost layer began.
    """

    layer: int
    name: str
    start: float
    end: float
    losses: dict[Part, np.ndarray]
    scale: float = 1.0

    def points(self, part: Part) -> tuple[np.ndarray, np.ndarray]:
        """Places and heights to draw, one an epoch."""
        y = self.losses[part] * self.scale
        return self.start + 1 + np.arange(len(y)), y

    def nearest(self, part: Part, x: float) -> tuple[float, float] | None:
        """The place nearest to ``x`` along the axis and the loss there, or None where there is none."""
        y = self.losses[part]
        if not len(y):
            return None
        index = min(max(round(x - self.start) - 1, 0), len(y) - 1)
        return self.start + 1 + index, float(y[index])


def bands_of(stages: "list[Stage]", layers: int = 0, epochs: int = 0) -> list[Band]:
    """Bands side by side that end at 0, or will when all planned ``layers`` have had their ``epochs``."""
    widths = [max(len(stage.train), epochs) for stage in stages]
    start = -float(max(layers * epochs, sum(widths)))
    bands: list[Band] = []
    for stage, width in zip(stages, widths, strict=True):
        losses = {part: np.array(getattr(stage, part), dtype=float) for part in PARTS}
        scale = bands[0].losses["train"][0] / losses["train"][0] if bands and losses["train"][0] > 0 else 1.0
        bands.append(Band(stage.layer, stage.name, start, start + width, losses, float(scale)))
        start += width
    return bands


def thinned(y: np.ndarray, count: int) -> np.ndarray:
    """Which of many points to keep, about ``count``: the lowest and highest of each stretch.

    So a thinned curve still has its peaks. The first and the last point are always kept.
    """
    if len(y) <= count:
        return np.arange(len(y))
    length = -(-2 * len(y) // count)
    whole = len(y) // length
    rows = y[: whole * length].reshape(whole, length)
    finite = np.isfinite(rows)
    starts = np.arange(whole) * length
    lowest = starts + np.where(finite, rows, np.inf).argmin(1)
    highest = starts + np.where(finite, rows, -np.inf).argmax(1)
    return np.unique(np.concatenate([[0], lowest, highest, [len(y) - 1]]))


def drawable(y: np.ndarray, log: bool) -> np.ndarray:
    """Heights to draw: NaN, a gap, for what is no finite number, or has no logarithm where ``log``."""
    if not log:
        return np.where(np.isfinite(y), y, np.nan)
    positive = np.isfinite(y) & (y > 0)
    return np.where(positive, np.log10(np.where(positive, y, 1.0)), np.nan)
