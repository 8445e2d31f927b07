"""Signals as a network sees them: windows of neighbouring samples."""

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from aedesk.data.source import Beside, Source
from aedesk.errors import DataError
from aedesk.options import option

if TYPE_CHECKING:
    import torch


class WindowedSource(Source):
    """A source that reads one Recording and shows it window by window."""

    brings: ClassVar[tuple[Beside, ...]] = ()
    window: int = option(
        64,
        "Window",
        "How many neighbouring samples the network sees at once. "
        "A longer window knows more of the shape around each sample; 1 looks at every value alone.",
        unit="samples",
        ge=1,
        le=65_536,
    )
    hop: int = option(
        1,
        "Hop",
        "How far one training window starts after the one before. 1 uses every window there is.",
        unit="samples",
        ge=1,
        le=65_536,
    )

    def shape(self) -> tuple[int, ...]:
        return (self.window,)


def windows(values: np.ndarray, window: int) -> "torch.Tensor":
    """Every window of ``values`` ``[t]``, as a view ``[t - window + 1, window]`` that costs no memory.

    DataError where the signal is shorter than one window.
    """
    import torch

    if len(values) < window:
        raise DataError(
            f"The signal has {len(values)} samples, fewer than one window of {window}. "
            "Choose a shorter window or a longer recording."
        )
    return torch.from_numpy(np.ascontiguousarray(values)).unfold(0, window, 1)


def whole_stretches(values: np.ndarray) -> list[slice]:
    """The stretches of ``values`` ``[t]`` without a missing or infinite value."""
    return [slice(int(start), int(stop)) for start, stop in _stretch_edges(values)]


def longest_whole(values: np.ndarray) -> np.ndarray:
    """The longest piece of ``values`` ``[t]`` without a missing or infinite value, perhaps an empty one."""
    edges = _stretch_edges(values)
    if not len(edges):
        return values[:0]
    start, stop = edges[np.argmax(edges[:, 1] - edges[:, 0])]
    return values[start:stop]


def _stretch_edges(values: np.ndarray) -> np.ndarray:
    """Where those stretches begin and end: int64 ``[stretches, 2]``."""
    whole = np.concatenate([[False], np.isfinite(values), [False]])
    return np.flatnonzero(np.diff(whole.astype(np.int8))).reshape(-1, 2)


def whole_windows(values: np.ndarray, window: int) -> np.ndarray:
    """Which windows of ``values`` ``[t]`` hold no missing or infinite value: bool ``[t - window + 1]``."""
    holes = np.concatenate([[0], np.cumsum(~np.isfinite(values))])
    return holes[window:] == holes[:-window]
