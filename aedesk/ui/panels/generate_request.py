"""What the Generate panel asks for, and what it is given."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from aedesk.analysis.interpolation import Route

Mode = Literal["samples", "interpolation", "traversal"]
Ends = Literal["data", "drawn", "pad"]
Base = Literal["mean", "data", "drawn"]


@dataclass(frozen=True)
class Samples:
    """New samples are wanted."""

    count: int = 64
    temperature: float = 1.0
    seed: int = 0
    mode: Mode = "samples"


@dataclass(frozen=True)
class Interpolation:
    """The way between two codes is wanted.

    Its ends are two samples of the data, two drawn with ``seed``, or the pad's drawing and a sample.
    """

    ends: Ends = "data"
    route: Route = "straight"
    steps: int = 10
    seed: int = 0
    mode: Mode = "interpolation"


@dataclass(frozen=True)
class Traversal:
    """Each number of a code is to be moved while the others are held.

    The code is the mean of all, that of a sample of the data, or one drawn with ``seed``.
    """

    base: Base = "mean"
    steps: int = 9
    seed: int = 0
    mode: Mode = "traversal"


Request = Samples | Interpolation | Traversal


@dataclass(frozen=True, eq=False)
class Shown:
    """Samples ``[n, *shape]`` in the data's own units, and how they are looked at.

    ``low`` and ``high`` are the ends of the scale they are drawn on: numbers, or one per feature.
    ``words`` are the samples as text, where they are that. ``marks`` are letters on some of them,
    and ``tips`` says something about each. ``plain`` pictures keep their own greys.
    """

    form: str
    samples: np.ndarray
    low: np.ndarray | float
    high: np.ndarray | float
    feature_names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    marks: dict[int, str] = field(default_factory=dict)
    tips: tuple[str, ...] = ()
    plain: bool = False


@dataclass(frozen=True, eq=False)
class Made:
    """The answer to a request: what to show, and a sentence on where it comes from.

    ``row_names`` are there where the samples stand in rows, as many to each.
    """

    request: Request
    shown: Shown
    sentence: str
    row_names: tuple[str, ...] = ()
