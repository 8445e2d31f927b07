"""Ways through the codes: from one to another, and along each of their numbers."""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from aedesk.errors import AedeskError

Route = Literal["straight", "spherical"]

PRIOR_REACH = 2.5
"""How far a traversal goes to both sides of a standard normal prior: 98.8 % of it lie within."""

_LEAST_SINE = 1e-6


def between(start: np.ndarray, end: np.ndarray, steps: int, route: Route = "straight") -> np.ndarray:
    """The way from code ``start`` ``[k]`` to ``end`` ``[k]``, both included: ``[steps, k]``, float32."""
    return {"straight": straight, "spherical": spherical}[route](start, end, steps)


def straight(start: np.ndarray, end: np.ndarray, steps: int) -> np.ndarray:
    """Equal steps along the line from ``start`` to ``end``: ``[steps, k]``, float32."""
    start, end = _checked(start, end, steps)
    share = _shares(steps)
    return ((1 - share) * start + share * end).astype(np.float32)


def spherical(start: np.ndarray, end: np.ndarray, steps: int) -> np.ndarray:
    """Equal angles from the direction of ``start`` to that of ``end``: ``[steps, k]``, float32.

    In many dimensions nearly all of a normal prior lies in a shell, which the straight line leaves
    (White 2016; the formula is Shoemake's, 1985). Codes that lie on one line with 0, or at 0, have
    no angle between them, and the way is the straight one.
    """
    start, end = _checked(start, end, steps)
    lengths = np.linalg.norm(start), np.linalg.norm(end)
    if not all(lengths):
        return straight(start, end, steps)
    cosine = float(np.clip(start / lengths[0] @ (end / lengths[1]), -1, 1))
    angle = np.arccos(cosine)
    if np.sin(angle) < _LEAST_SINE:
        return straight(start, end, steps)
    share = _shares(steps)
    way = np.sin((1 - share) * angle) * start + np.sin(share * angle) * end
    return (way / np.sin(angle)).astype(np.float32)


def traversal(
    code: np.ndarray, spans: np.ndarray, steps: int, numbers: Sequence[int] | None = None
) -> np.ndarray:
    """``code`` ``[k]`` with one number after the other going through its span, the others held.

    ``spans`` ``[k, 2]`` are each number's lowest and highest value. The answer is
    ``[len(numbers), steps, k]``, float32; ``numbers`` are all where none are given.
    """
    code, _ = _checked(code, code, steps)
    chosen = np.arange(len(code)) if numbers is None else np.asarray(numbers, np.intp)
    ways = np.tile(code, (len(chosen), steps, 1))
    for row, number in enumerate(chosen):
        ways[row, :, number] = np.linspace(*spans[number], steps)
    return ways.astype(np.float32)


def prior_spans(width: int) -> np.ndarray:
    """Spans ``[width, 2]`` for codes of a standard normal prior."""
    return np.tile(np.array([-PRIOR_REACH, PRIOR_REACH], np.float32), (width, 1))


def spans_of(codes: np.ndarray) -> np.ndarray:
    """Spans ``[k, 2]`` from the 1st to the 99th percentile of codes ``[n, k]``."""
    _check_finite(codes)
    return np.percentile(codes, (1, 99), axis=0).T.astype(np.float32)


def most_used(codes: np.ndarray) -> np.ndarray:
    """The numbers of codes ``[n, k]`` by their spread, the most used first: int64 ``[k]``.

    A number that a variational network has given up hardly moves (Burda et al. 2015).
    """
    _check_finite(codes)
    return np.argsort(-codes.std(0, dtype=np.float64), kind="stable")


def _shares(steps: int) -> np.ndarray:
    return np.linspace(0, 1, steps)[:, None]


def _checked(start: np.ndarray, end: np.ndarray, steps: int) -> tuple[np.ndarray, np.ndarray]:
    if steps < 2:
        raise AedeskError("A way through the codes has at least 2 steps.")
    if start.shape != end.shape:
        raise AedeskError("These codes are of different widths, so there is no way between them.")
    _check_finite(start, end)
    return start.astype(np.float64), end.astype(np.float64)


def _check_finite(*codes: np.ndarray) -> None:
    if not all(np.isfinite(some).all() for some in codes):
        raise AedeskError(
            "The codes are not numbers any more: the network has diverged. "
            "Train again with a smaller learning rate."
        )
