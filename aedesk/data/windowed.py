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
