"""The colours of a confusion matrix, and of what is written on them."""

from PySide6.QtGui import QColor

from aedesk.ui import theme

_FULL = 0.85  # how strong the colour of a share of 1 is, so that numbers stay readable on it


def cell_colour(share: float, right: bool) -> QColor:
    """The colour of a cell that has a share (0…1) of its row: one for right, another for wrong.

    It grows with the root of the share, so that a few mistakes among many samples can be seen.
    """
    look = theme.current()
    full = QColor(look.diverging[0] if right else look.diverging[-1])
    strength, paper = _FULL * share**0.5, QColor(look.base)
    parts = zip(paper.getRgbF()[:3], full.getRgbF()[:3], strict=True)
    return QColor.fromRgbF(*((1 - strength) * empty + strength * strong for empty, strong in parts))


def readable_on(colour: QColor) -> QColor:
    """The theme's text colour, or its opposite, whichever stands out more."""
    look = theme.current()
    candidates = QColor(look.text), QColor(look.base)
    return max(candidates, key=lambda text: abs(_lightness(text) - _lightness(colour)))


def _lightness(colour: QColor) -> float:
    red, green, blue, _ = colour.getRgbF()
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
