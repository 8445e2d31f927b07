"""Tensors ready to learn from."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch

from aedesk.data.scaling import Scaler
from aedesk.data.source import Form, Recording

Part = Literal["train", "validation", "test", "all"]


@dataclass(frozen=True)
class Dataset:
    """Scaled samples, shared out into parts.

    ``inputs`` is float32 ``[n, *shape]`` in scaled units (for signals a view of overlapping
    windows): what the network should give back. ``seen``, of the same shape, is what it is given instead
    where a clean reference of noisy data is known; otherwise it is given the inputs with their corruption.
    ``train``, ``validation`` and ``test`` are int64 row indices; they are equal where the recipe
    keeps nothing aside. ``spread`` is the standard deviation of the training inputs.
    ``labels`` ``[n]`` are indices into ``label_names``; ``targets`` ``[n]`` is a number of each row
    that is no input, scaled, for a head to tell. For signals, ``recording`` is the whole signal and
    ``stretches`` its three parts in samples. Of words, ``feature_names`` are the letters of the
    alphabet, the blank first; of several channels that are seen together, these. ``whole`` are the rows
    without a gap, where others have one. ``note`` is a sentence on what was left out, if anything was.
    """

    name: str
    form: Form
    inputs: torch.Tensor
    train: torch.Tensor
    validation: torch.Tensor
    test: torch.Tensor
    scaler: Scaler
    spread: float
    held_out: bool
    labels: np.ndarray | None = None
    label_names: tuple[str, ...] = ()
    feature_names: tuple[str, ...] = ()
    recording: Recording | None = None
    stretches: dict[str, slice] | None = None
    targets: torch.Tensor | None = None
    target_name: str = ""
    target_scaler: Scaler | None = None
    whole: torch.Tensor | None = None
    note: str = ""
    seen: torch.Tensor | None = None

    @property
    def given(self) -> torch.Tensor:
        """What the network is given, before its corruption: ``seen``, or the inputs themselves."""
        return self.inputs if self.seen is None else self.seen

    @property
    def classes(self) -> int:
        """How many labels there are names for."""
        return len(self.label_names)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of one sample."""
        return tuple(self.inputs.shape[1:])

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that differ: without those that nothing was kept for."""
        kept = [part for part in ("validation", "test") if self.held_out and len(getattr(self, part))]
        return (*kept, "train", "all") if kept else ("train",)

    def part_shown(self, part: Part) -> Part:
        """The part that ``rows(part)`` is of: training where nothing was kept for the one asked for."""
        return part if part in self.parts else "train"

    def part_of(self, rows: np.ndarray) -> Part | None:
        """The part of just these ``rows`` ``[m]``, in its own order; None of any others."""
        return next((part for part in self.parts if np.array_equal(rows, self.rows(part).numpy())), None)

    def rows(self, part: Part) -> torch.Tensor:
        """The row indices of a part, or of training in its stead: see ``part_shown``."""
        shown = self.part_shown(part)
        if shown == "all" and self.whole is not None:
            return self.whole
        if shown == "all":
            return torch.arange(len(self.inputs))
        rows: torch.Tensor = getattr(self, shown)
        return rows
