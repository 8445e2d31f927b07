"""From compared images to rows of pictures: which rows there are, and their values from 0 to 1."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication

from aedesk.ui.views.compared import Compared
from aedesk.ui.views.mosaic import thinned

MOST = 12

_REACHES = (0.05, 0.1, 0.2, 0.5, 1.0)


@dataclass(frozen=True)
class PictureRow:
    """One row of pictures: values ``[n, c, h, w]`` from 0 to 1, and errors ``[n]`` to write below.

    In a ``diverging`` row 0.5 stands for no difference.
    """

    caption: str
    cells: np.ndarray
    diverging: bool = False
    errors: np.ndarray | None = None


def picture_rows(
    samples: Compared, low: float, high: float, side: int
) -> tuple[list[PictureRow], float]:
    """The rows for images with values from ``low`` to ``high``, shown at most ``side`` pixels large.

    With them comes the difference that is painted in the strongest colour, as a share of the range.
    """

    def levels(images: np.ndarray) -> np.ndarray:
        return (thinned(images[:MOST], side) - low) / (high - low)

    rows = [PictureRow(_tr("Original"), levels(samples.original))]
    if samples.corrupted is not None:
        rows.append(PictureRow(_tr("Corrupted"), levels(samples.corrupted)))
    given_back = levels(samples.reconstructed)
    rows.append(PictureRow(_tr("Reconstruction"), given_back, errors=samples.errors))
    if samples.twin is not None:
        caption = _tr("PCA with {n}").format(n=samples.twin_size)
        rows.append(PictureRow(caption, levels(samples.twin), errors=samples.twin_errors))
    difference = given_back - rows[0].cells
    reach = _reach_of(difference)
    halves = (difference / (2 * reach) + 0.5).mean(axis=1, keepdims=True)
    rows.append(PictureRow(_tr("Difference"), halves, diverging=True))
    return rows, reach


def widest_captions() -> tuple[str, ...]:
    """The longest captions there can be, so that the pictures stand still when rows come and go."""
    return _tr("Reconstruction"), _tr("PCA with {n}").format(n="000")


def _reach_of(difference: np.ndarray) -> float:
    """A round number that nearly all differences stay below, so that the colours seldom jump."""
    finite = np.abs(difference[np.isfinite(difference)])
    largest = float(np.quantile(finite, 0.995)) if finite.size else 1.0
    return next((reach for reach in _REACHES if largest <= reach), 1.0)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImageRows", text)
