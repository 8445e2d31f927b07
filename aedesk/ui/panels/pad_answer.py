"""What a model makes of a drawing."""

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class PadAnswer:
    """A model's answer to one drawing; what is None or empty is not shown."""

    reconstruction: np.ndarray | None = None  # [h, w] or [h, w, 3], 0 to 1
    code: np.ndarray | None = None  # [n]
    neighbours: list[tuple[np.ndarray, str]] = field(
        default_factory=list
    )  # image, label; nearest first
    note: str = ""  # a sentence about the answer
