"""What the loss view knows of the runs of a session. It knows no Qt."""

from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from aedesk.training.history import History

Part = Literal["train", "validation"]
_FINE = 3
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


@dataclass
class LossRun:
    """The curves of one run: for each term of the objective one while learning and one for validation."""

    number: int
    last_epoch: int
    running: bool = True
    history: "History | None" = None
    curves: dict[tuple[str, Part], Curve] = field(default_factory=dict)
    _read_at: float = 0.0
    _stretch: float = 0.0

    @property
    def terms(self) -> list[str]:
        """The terms seen so far, in their order."""
        return list(dict.fromkeys(term for term, _ in self.curves))

    @property
    def end(self) -> float:
        """How many epochs the curves span."""
        return max((curve.end for curve in self.curves.values()), default=0.0)

    def add_progress(self, epochs_done: float, losses: dict[str, float]) -> None:
        """Means over what was learned of this epoch since the last time.

        The ends of an epoch may cut off a stretch of a few samples, whose mean would be a spike in
        the curve: it is left out.
        """
        stretch = epochs_done - max(self._read_at, ceil(epochs_done) - 1)
        self._read_at = epochs_done
        if stretch < 0.25 * self._stretch:
            self._stretch /= 2
            return
        self._stretch = stretch
        for term, value in losses.items():
            self._curve(term, "train").append(epochs_done, value)

    def add_epoch(self, epoch: int, train: dict[str, float], validation: dict[str, float]) -> None:
        """The end of an epoch. Its mean while learning takes the place of only one or two readings."""
        for term, value in train.items():
            curve = self._curve(term, "train")
            if curve.count_after(epoch - 1) < _FINE:
                curve.cut(epoch - 1)
                curve.append(epoch, value)
        for term, value in validation.items():
            self._curve(term, "validation").append(epoch, value)

    def add_history(self, history: "History") -> None:
        """The epochs of an earlier sitting."""
        for index in range(history.epochs):
            train, validation = (
                {term: values[index] for term, values in part.items() if index < len(values)}
                for part in (history.train, history.validation)
            )
            self.add_epoch(index + 1, train, validation)

    def go_on(self, first_epoch: int, last_epoch: int) -> None:
        """Learning continues; what a stop in the middle of an epoch left is forgotten."""
        self.running, self.last_epoch = True, last_epoch
        self._read_at, self._stretch = first_epoch - 1, 0.0
        for curve in self.curves.values():
            curve.cut(first_epoch - 1)

    def _curve(self, term: str, part: Part) -> Curve:
        if (term, part) not in self.curves:
            self.curves[term, part] = Curve()
        return self.curves[term, part]
