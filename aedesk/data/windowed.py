"""Signals as a network sees them: windows of neighbouring samples."""

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from aedesk.data.source import Beside, Source
from aedesk.errors import DataError
from aedesk.options import option

if TYPE_CHECKING:
    import torch

SHARE = 12
"""Of a recording's samples one window is at most one in so many, so that its validation part, too, holds windows."""

_LEAST = 8  # samples of a window, to learn from
NO_BREAKS = np.empty(0, np.int64)


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


def too_short(count: int) -> str:
    """Why so many samples are too few to learn from, in a sentence; "" where they are enough."""
    if count >= SHARE * _LEAST:
        return ""
    return (
        f"The signal has {count} {'sample' if count == 1 else 'samples'}, and at least {SHARE * _LEAST} are needed to "
        "learn from it. Choose a longer recording."
    )


def windows(values: np.ndarray, window: int) -> "torch.Tensor":
    """Every window of ``values``, as a view that costs no memory.

    ``[t - window + 1, window]`` of a signal ``[t]``; with ``c`` channels ``[t, c]`` they come last.

    DataError where the signal is shorter than one window.
    """
    import torch

    if len(values) < window:
        raise DataError(
            f"The signal has {len(values)} samples, fewer than one window of {window}. "
            "Choose a shorter window or a longer recording."
        )
    every = torch.from_numpy(np.ascontiguousarray(values)).unfold(0, window, 1)
    return every if values.ndim == 1 else every.transpose(1, 2)


def whole_rows(values: np.ndarray) -> np.ndarray:
    """At which samples of ``values``, ``[t]`` or ``[t, c]``, no value is missing or infinite: bool ``[t]``."""
    finite = np.isfinite(values)
    return finite if values.ndim == 1 else finite.all(axis=1)


def whole_stretches(values: np.ndarray, breaks: np.ndarray = NO_BREAKS) -> list[slice]:
    """The stretches of ``values``, ``[t]`` or ``[t, c]``, without a missing or infinite value or a break in time."""
    return [slice(int(start), int(stop)) for start, stop in _stretch_edges(values, breaks)]


def longest_stretch(values: np.ndarray, breaks: np.ndarray = NO_BREAKS) -> slice:
    """The longest of them, perhaps an empty one."""
    return max(whole_stretches(values, breaks), key=lambda part: part.stop - part.start, default=slice(0, 0))


def longest_whole(values: np.ndarray, breaks: np.ndarray = NO_BREAKS) -> np.ndarray:
    """The values of the longest of them."""
    return values[longest_stretch(values, breaks)]


def _stretch_edges(values: np.ndarray, breaks: np.ndarray) -> np.ndarray:
    """Where those stretches begin and end: int64 ``[stretches, 2]``."""
    whole = whole_rows(values)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], whole, [False]]).astype(np.int8))).reshape(-1, 2)
    inside = [place for place in breaks.tolist() if 0 < place < len(whole) and whole[place - 1] and whole[place]]
    return np.sort(np.concatenate([edges.ravel(), inside, inside]).astype(np.int64)).reshape(-1, 2)


def whole_windows(values: np.ndarray, window: int, breaks: np.ndarray = NO_BREAKS) -> np.ndarray:
    """Which windows of ``values`` ``[t]`` or ``[t, c]`` lie in one such stretch: bool ``[t - window + 1]``."""
    if len(values) < window:
        return np.empty(0, bool)
    holes = np.concatenate([[0], np.cumsum(~whole_rows(values))])
    jumps = np.zeros(len(values), np.int64)  # up to each sample
    jumps[breaks[breaks < len(values)]] = 1
    jumps = np.cumsum(jumps)
    return (holes[window:] == holes[:-window]) & (jumps[window - 1 :] == jumps[: len(jumps) - window + 1])
