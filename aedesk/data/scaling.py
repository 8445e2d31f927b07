"""Scaling data to numbers a network learns well from, and back."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

Scaling = Literal["unit", "centred", "standard", "none"]


@dataclass(frozen=True)
class Scaler:
    """``scaled = (raw - offset) / scale``, with arrays that broadcast against ``[n, *shape]``."""

    offset: np.ndarray
    scale: np.ndarray

    def scaled(self, raw: np.ndarray) -> np.ndarray:
        """``raw`` in the units the network learns, float32."""
        return (np.asarray(raw, np.float32) - self.offset) / self.scale

    def unscaled(self, scaled: np.ndarray) -> np.ndarray:
        """``scaled`` back in the units it was read in, float32."""
        return np.asarray(scaled, np.float32) * self.scale + self.offset


def fit(raw: np.ndarray, scaling: Scaling, per_feature: bool) -> Scaler:
    """A scaler fitted on ``raw`` ``[n, *shape]``, which must be the training part only.

    ``per_feature`` scales every column on its own (tables); otherwise one scale serves all
    values (pixels, samples of a signal). A constant column keeps a scale of 1.
    """
    axis = 0 if per_feature else None
    if scaling == "none":
        offset, scale = np.zeros(()), np.ones(())
    elif scaling == "standard":
        offset, scale = raw.mean(axis, dtype=np.float64), raw.std(axis, dtype=np.float64)
    else:
        low, high = raw.min(axis).astype(np.float64), raw.max(axis).astype(np.float64)
        offset, scale = (low, high - low) if scaling == "unit" else ((low + high) / 2, high - low)
    scale = np.where(scale > 0, scale, 1.0)
    return Scaler(np.asarray(offset, np.float32), np.asarray(scale, np.float32))
