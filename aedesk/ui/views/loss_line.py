"""What is drawn of one curve, and its colours."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from aedesk.ui import theme
from aedesk.ui.views.loss_curves import Part
from aedesk.ui.views.loss_names import ALONE, TOTAL, WITHOUT, is_share, is_watched

_SMOOTHED_POINTS = 400
_MARKED_POINTS = 24
_FAINT = 0.45
_ALONE_COLOUR, _SHARE_COLOUR = 5, 6
_TERM_COLOURS = 5  # of the curves' colours, before those that are kept for the two above
_DEEPER = 0.5
_NOTHING = np.empty(0)


def curve_colour(name: str, index: int) -> QColor:
    """The colour of a curve; ``index`` is the place of its name among those that have no own.

    No two of the first ten are alike: after five the colours come again, nearer to the text's.
    """
    look = theme.current()
    own = {TOTAL: look.text, WITHOUT: look.disabled, ALONE: look.curve_colours[_ALONE_COLOUR]}
    if name in own:
        return QColor(own[name])
    if is_share(name):
        return QColor(look.curve_colours[_SHARE_COLOUR])
    again, place = divmod(index, _TERM_COLOURS)
    colour = QColor(look.curve_colours[place])
    return _mixed(QColor(look.text), colour, _DEEPER) if again % 2 else colour


def faint(colour: QColor) -> QColor:
    """The colour in earlier runs: opaque, since see-through lines are drawn slowly."""
    return _mixed(QColor(theme.current().plot_background), colour, _FAINT)


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    """A colour between two; ``share`` (0…1) is the other's."""
    channels = zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)
    return QColor(*(round(a * (1 - share) + b * share) for a, b in channels))


def training_style(name: str) -> Qt.PenStyle:
    """Dots mark what is beside the objective though it has the objective's axis."""
    dotted = is_watched(name) and not is_share(name)
    return Qt.PenStyle.DotLine if dotted else Qt.PenStyle.SolidLine


class Line:
    """One curve in one part: this run, and all earlier runs as one item.

    ``place`` takes the items: a plot, or a view box that lies over it.
    """

    def __init__(self, place: "pg.PlotWidget | pg.ViewBox", name: str, index: int, part: Part) -> None:
        self._place, self._name, self._index, self._part = place, name, index, part
        self.earlier = pg.PlotCurveItem(connect="finite", skipFiniteCheck=True)
        self.present = pg.PlotCurveItem(connect="finite", skipFiniteCheck=True)
        self.markers = pg.ScatterPlotItem(size=6, pxMode=True)
        self.hovered = pg.ScatterPlotItem(size=9, pxMode=True)
        self.earlier.setZValue(-2)
        self.present.setZValue(-1 if name == WITHOUT else 1)
        self.hovered.setZValue(4)
        for item in (self.earlier, self.present, self.markers, self.hovered):
            place.addItem(item, ignoreBounds=True)

    def dress(self, pixels: float) -> None:
        """Take the theme's colours, and widths for the screen: a cosmetic pen counts its own pixels."""
        style = training_style(self._name) if self._part == "train" else Qt.PenStyle.DashLine
        colour = curve_colour(self._name, self._index)
        self.present.setPen(pg.mkPen(colour, width=2 * pixels, style=style))
        self.earlier.setPen(pg.mkPen(faint(colour), width=pixels, style=style))
        paper = theme.current().plot_background
        self.markers.setPen(pg.mkPen(colour, width=1.5))
        self.markers.setBrush(pg.mkBrush(paper))
        self.hovered.setPen(pg.mkPen(paper, width=1.5))
        self.hovered.setBrush(pg.mkBrush(colour))

    def draw(self, x: np.ndarray, y: np.ndarray, smooth: bool, room: float) -> None:
        """Show this run's points. Smooth lines look better and cost more.

        ``room`` (0…1) is the share of the width in which they lie: few enough are marked.
        """
        self.present.setData(x, y, antialias=smooth or len(x) <= _SMOOTHED_POINTS)
        few = self._part == "validation" and len(x) <= _MARKED_POINTS * room
        known = np.isfinite(y) if few else []
        self.markers.setData(x[known] if few else [], y[known] if few else [])

    def draw_earlier(self, x: np.ndarray, y: np.ndarray) -> None:
        self.earlier.setData(x, y, antialias=True)

    def heights(self) -> tuple[np.ndarray, np.ndarray]:
        """What is drawn of this run, and of earlier ones."""
        present, earlier = (item.yData for item in (self.present, self.earlier))
        return (_NOTHING if present is None else present, _NOTHING if earlier is None else earlier)

    def mark(self, at: tuple[float, float] | None) -> None:
        """Put the dot of the crosshair somewhere, or nowhere."""
        self.hovered.setData(*(([at[0]], [at[1]]) if at and np.isfinite(at[1]) else ([], [])))
