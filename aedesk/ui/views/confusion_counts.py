"""How often each label was told for each, and how well a number was."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np


@dataclass(frozen=True, eq=False)
class Confusion:
    """Counts ``[c, c]`` of samples by their label (down) and the label told (across).

    ``truths`` and ``told`` are both of every counted sample ``[m]``, and ``rows`` where it lies in
    the data set.
    """

    rows: np.ndarray
    truths: np.ndarray
    told: np.ndarray
    counts: np.ndarray

    @cached_property
    def shares(self) -> np.ndarray:
        """The share of each label's samples in every cell ``[c, c]``, 0 for labels without samples."""
        return self.counts / np.maximum(self.counts.sum(1, keepdims=True), 1)

    @property
    def accuracy(self) -> float:
        """The share of samples whose label was told, 0…1; not a number where there are none."""
        total = self.counts.sum()
        return float(self.counts.trace() / total) if total else float("nan")

    def rows_of(self, truth: int, told: int) -> np.ndarray:
        """Where the samples of a cell lie in the data set."""
        return self.rows[(self.truths == truth) & (self.told == told)]


def confusion(rows: np.ndarray, labels: np.ndarray, answers: np.ndarray, classes: int) -> Confusion:
    """Count what a classifier's ``answers`` ``[m, classes]`` say of ``rows`` with ``labels`` ``[m]``.

    Rows of an unknown label, or with answers that are no numbers, are left out.
    """
    known = (labels >= 0) & (labels < classes) & np.isfinite(answers).all(1)
    rows, truths, told = rows[known], labels[known].astype(np.intp), answers[known].argmax(1)
    counts = np.bincount(truths * classes + told, minlength=classes * classes).reshape(classes, classes)
    return Confusion(rows, truths, told, counts)


def explained(truths: np.ndarray, told: np.ndarray) -> float:
    """R², the share of the variance of ``truths`` ``[m]`` that ``told`` explains; 1 is perfect.

    Not a number where there is no variance.
    """
    if len(truths) < 2:
        return float("nan")
    spread = float(np.square(truths - truths.mean()).sum())
    return 1 - float(np.square(truths - told).sum()) / spread if spread else float("nan")
