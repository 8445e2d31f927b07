"""What a snapshot says about some samples, in the units people know them by."""

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from aedesk.data.readable import readable

if TYPE_CHECKING:
    from aedesk.data.dataset import Dataset
    from aedesk.training.events import Snapshot


@dataclass(frozen=True)
class Compared:
    """Some samples beside what became of them: arrays ``[r, *shape]`` in the data's own units.

    ``corrupted`` is None where the network saw the originals themselves, ``twin`` where there is
    no PCA, of ``twin_size`` components, to compare with. Errors ``[r]`` are mean squared
    differences in scaled units, like the test error. ``labels`` holds a word for each sample, or "".
    """

    rows: np.ndarray
    labels: list[str]
    original: np.ndarray
    corrupted: np.ndarray | None
    reconstructed: np.ndarray
    twin: np.ndarray | None
    errors: np.ndarray
    twin_errors: np.ndarray | None
    twin_size: int

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def seen(self) -> np.ndarray:
        """What the network was given: the corrupted samples, or the originals."""
        return self.original if self.corrupted is None else self.corrupted


def compared(dataset: "Dataset", snapshot: "Snapshot", twin: np.ndarray | None) -> Compared:
    """The watched samples of a snapshot; ``twin`` is PCA's answer ``[r, *shape]`` in scaled units."""
    with np.errstate(over="ignore", invalid="ignore"):  # of a network that has diverged
        return _compared(dataset, snapshot, twin)


def _compared(dataset: "Dataset", snapshot: "Snapshot", twin: np.ndarray | None) -> Compared:
    rows = snapshot.rows
    original = snapshot.wanted  # not the data set's where samples are varied before they are used
    if original is None:
        original = dataset.inputs.numpy()[rows]  # torch would wake its threads for so little
    unscaled = dataset.scaler.unscaled
    same = np.array_equal(original, snapshot.corrupted)
    return Compared(
        rows=rows,
        labels=[_label(dataset, int(row)) for row in rows],
        original=unscaled(original),
        corrupted=None if same else unscaled(snapshot.corrupted),
        reconstructed=unscaled(snapshot.reconstructed),
        twin=None if twin is None else unscaled(twin),
        errors=_errors(original, snapshot.reconstructed),
        twin_errors=None if twin is None else _errors(original, twin),
        twin_size=min(snapshot.codes.shape[1], prod(dataset.shape), len(dataset.train)),
    )


def typical_range(dataset: "Dataset", per_feature: bool) -> tuple[np.ndarray, np.ndarray]:
    """The smallest and largest value in the data's own units, of all or of every feature.

    Looks at a million values at most, spread evenly over the data.
    """
    inputs = dataset.inputs
    every = max(1, inputs.numel() // 1_000_000)
    values = dataset.scaler.unscaled(inputs.numpy()[::every])
    axis = 0 if per_feature else None
    return values.min(axis), values.max(axis)


def error_text(error: float) -> str:
    """An error in two significant digits, as short as it can be."""
    if not np.isfinite(error):
        return "–"
    if 0 < error < 0.00005:
        return "<0.0001"
    return f"{error:.4f}" if 0 < error < 0.01 else f"{error:.3f}" if 0 < error < 0.1 else readable(error, 2)


def _label(dataset: "Dataset", row: int) -> str:
    if dataset.labels is None:
        return ""
    label = int(dataset.labels[row])
    return dataset.label_names[label] if label < len(dataset.label_names) else str(label)


def _errors(original: np.ndarray, other: np.ndarray) -> np.ndarray:
    squares = np.square(other - original).reshape(len(original), -1)
    return squares.mean(axis=1, dtype=np.float64)


def short_error_text(error: float) -> str:
    """An error in one or two digits, for where there is no room for `error_text`."""
    if 0 < error < 0.0005:
        return "≈0"
    return f"{error:.3f}" if 0 < error < 0.01 else error_text(error)
