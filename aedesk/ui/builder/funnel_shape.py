"""The outline of a network: how high each layer stands, and the curves between layers."""

import math
from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

Scale = Literal["linear", "root", "log"]

_LINEAR_UP_TO = 12
_ROOT_UP_TO = 4000


def relative_heights(sizes: Sequence[int]) -> tuple[list[float], Scale]:
    """Heights in 0…1, the largest 1, and the scale that keeps the smallest visible."""
    if not sizes:
        return [], "linear"
    largest = max(sizes)
    spread = largest / max(1, min(sizes))
    if spread <= _LINEAR_UP_TO:
        return [size / largest for size in sizes], "linear"
    if spread <= _ROOT_UP_TO:
        return [math.sqrt(size / largest) for size in sizes], "root"
    return [math.log1p(size) / math.log1p(largest) for size in sizes], "log"


def link(left: float, left_height: float, right: float, right_height: float, middle: float) -> QPainterPath:
    """A smooth trapezoid between two layers that stand centred on ``middle``."""
    bend = (left + right) / 2
    top_left, top_right = middle - left_height / 2, middle - right_height / 2
    bottom_left, bottom_right = middle + left_height / 2, middle + right_height / 2
    path = QPainterPath(QPointF(left, top_left))
    path.cubicTo(bend, top_left, bend, top_right, right, top_right)
    path.lineTo(right, bottom_right)
    path.cubicTo(bend, bottom_right, bend, bottom_left, left, bottom_left)
    path.closeSubpath()
    return path
