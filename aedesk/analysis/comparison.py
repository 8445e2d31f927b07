"""How a model's error compares with that of PCA. It needs no torch, so that the window may ask too."""

from dataclasses import dataclass
from typing import Literal

ROUNDING = 1e-9
"""A mean squared error this small is that of the arithmetic: a ratio to it would mean nothing."""

_TWICE = 100  # % worse: beyond it, how many times worse is easier to grasp


@dataclass(frozen=True)
class Comparison:
    """``amount`` is in per cent for ``better`` and ``worse``, and how often PCA's error for ``times``."""

    kind: Literal["both perfect", "pca perfect", "same", "better", "worse", "times"]
    amount: float = 0.0

    @property
    def better(self) -> bool | None:
        """Whether the model beats PCA; None for neither."""
        return None if self.kind in ("both perfect", "same") else self.kind == "better"


def compared(ours: float, theirs: float) -> Comparison:
    """Two mean squared errors in scaled units, the model's and PCA's."""
    if theirs <= ROUNDING:
        return Comparison("both perfect" if ours <= ROUNDING else "pca perfect")
    change = round(100 * (1 - ours / theirs))
    if not change:
        return Comparison("same")
    if change < -_TWICE:
        return Comparison("times", ours / theirs)
    return Comparison("better" if change > 0 else "worse", abs(change))
