"""The plot in the loss view: curves, the range that follows them, and the crosshair."""

from collections.abc import Iterator

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QWidget

from aedesk.ui import theme
from aedesk.ui.theme import SPACE_L
from aedesk.ui.views.loss_axis import LossAxis
from aedesk.ui.views.loss_curves import Curve, LossRun, Part, drawable, thinned
from aedesk.ui.views.plots import ThemedPlot

_DRAWN_POINTS = 1000
_SMOOTHED_POINTS = 400
_MARKED_POINTS = 40
_SHORT = 9  # lines of text: a lower plot does without the word under its axis
_FAINT = 0.45
_PARTS: tuple[Part, ...] = ("train", "validation")


def term_colour(index: int) -> str:
    """The colour of a term of the objective, by its place."""
    colours = theme.current().curve_colours
    return colours[index % len(colours)]


def faint_colour(index: int) -> QColor:
    """The colour of a term in earlier runs: opaque, since see-through lines are drawn slowly."""
    paper, ink = QColor(theme.current().plot_background), QColor(term_colour(index))
    mixed = (
        one * (1 - _FAINT) + other * _FAINT
        for one, other in zip(paper.getRgb()[:3], ink.getRgb()[:3], strict=True)
    )
    return QColor(*(round(channel) for channel in mixed))


class _Line:
    """What is drawn of one term in one part: this run, and all earlier runs as one item."""

    def __init__(self, plot: "LossPlot", index: int, part: Part) -> None:
        self._plot, self._index, self._part = plot, index, part
        self.earlier = pg.PlotCurveItem(connect="finite", skipFiniteCheck=True)
        self.present = pg.PlotCurveItem(connect="finite", skipFiniteCheck=True)
        self.markers = pg.ScatterPlotItem(size=6, pxMode=True)
        self.hovered = pg.ScatterPlotItem(size=9, pxMode=True)
        self.earlier.setZValue(-2)
        self.hovered.setZValue(4)
        for item in (self.earlier, self.present, self.markers, self.hovered):
            plot.addItem(item, ignoreBounds=True)
        self.dress()

    def dress(self) -> None:
        """Take the theme's colours, and widths for the screen: a cosmetic pen counts its own pixels."""
        pixels = self._plot.devicePixelRatioF()
        solid = Qt.PenStyle.SolidLine if self._part == "train" else Qt.PenStyle.DashLine
        colour = QColor(term_colour(self._index))
        self.present.setPen(pg.mkPen(colour, width=2 * pixels, style=solid))
        self.earlier.setPen(pg.mkPen(faint_colour(self._index), width=pixels, style=solid))
        paper = theme.current().plot_background
        self.markers.setPen(pg.mkPen(colour, width=1.5))
        self.markers.setBrush(pg.mkBrush(paper))
        self.hovered.setPen(pg.mkPen(paper, width=1.5))
        self.hovered.setBrush(pg.mkBrush(colour))

    def draw(self, x: np.ndarray, y: np.ndarray, smooth: bool) -> None:
        """Show this run's points. Smooth lines look better and cost more."""
        self.present.setData(x, y, antialias=smooth or len(x) <= _SMOOTHED_POINTS)
        few = self._part == "validation" and len(x) <= _MARKED_POINTS
        known = np.isfinite(y) if few else []
        self.markers.setData(x[known] if few else [], y[known] if few else [])

    def draw_earlier(self, x: np.ndarray, y: np.ndarray) -> None:
        self.earlier.setData(x, y, antialias=True)

    def mark(self, at: tuple[float, float] | None) -> None:
        """Put the dot of the crosshair somewhere, or nowhere."""
        self.hovered.setData(*(([at[0]], [at[1]]) if at and np.isfinite(at[1]) else ([], [])))


class LossPlot(ThemedPlot):
    """Curves over epochs. Until a person pans or zooms, the range follows them.

    Signals: ``epoch_hovered`` with the epoch under the pointer, or None when it has left;
    ``following_changed`` when the range begins or ceases to follow.
    """

    epoch_hovered = Signal(object)
    following_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._axis = LossAxis()
        super().__init__(parent, {"left": self._axis})
        self._lines: dict[tuple[str, Part], _Line] = {}
        self._terms: list[str] = []
        self._run: LossRun | None = None
        self._terms_drawn: list[str] = []
        self._earlier: list[LossRun] = []
        self._log, self._following = False, True
        self._span: tuple[float, float] | None = None
        self._pointer: QPointF | None = None
        self._title, self._short_title = "", ""
        self._cross = [pg.InfiniteLine(angle=angle) for angle in (90, 0)]
        for line in self._cross:
            line.hide()
            self.addItem(line, ignoreBounds=True)
        self._on_look_changed()
        self.disableAutoRange()
        self.getViewBox().sigRangeChangedManually.connect(self._on_range_changed_by_hand)
        self.getViewBox().sigResized.connect(self._on_resized)
        theme.signals().changed.connect(self._on_look_changed)
        self.scene().sigMouseMoved.connect(self._on_pointer_moved)
        self.scene().sigMouseClicked.connect(self._on_clicked)

    @property
    def following(self) -> bool:
        return self._following

    def colour_index(self, term: str) -> int:
        """The place of a term among those seen in this session; its colour stays the same."""
        if term not in self._terms:
            self._terms.append(term)
        return self._terms.index(term)

    def set_title(self, title: str, short_title: str) -> None:
        """What is drawn, and a shorter word for where there is little room beside the axis."""
        if (title, short_title) != (self._title, self._short_title):
            self._title, self._short_title = title, short_title
            self._on_resized()

    @Slot()
    def _on_resized(self) -> None:
        wide = QFontMetricsF(self._axis.label.font()).horizontalAdvance(self._title)
        fits = wide + SPACE_L < self.getViewBox().height()
        self.setLabel("left", self._title if fits else self._short_title)
        self._axis.resizeEvent()  # which is where pyqtgraph centres the words
        self.getAxis("bottom").showLabel(self.height() > _SHORT * self.fontMetrics().height())

    def set_log(self, log: bool) -> None:
        """Draw logarithms. What has none is left out."""
        if log == self._log:
            return
        self._log = log
        self._axis.set_log(log)
        self.fit()

    def show_runs(self, run: LossRun | None, earlier: list[LossRun]) -> None:
        """What to draw from now on: a run, and earlier ones faintly behind it."""
        self._run, self._earlier = run, earlier
        self.redraw_earlier()
        self.redraw()

    def fit(self) -> None:
        """Show everything, and follow the curves again."""
        self._set_following(True)
        self._span = None
        self.redraw_earlier()
        self.redraw()

    def redraw(self) -> None:
        """Draw what the present run has learned since the last time."""
        curves = self._run.curves if self._run else {}
        for key in curves:
            if key not in self._lines:
                self._lines[key] = _Line(self, self.colour_index(key[0]), key[1])
        if self._run and self._run.terms != self._terms_drawn:
            self.redraw_earlier()
        smooth = self._run is not None and not self._run.running
        for key, line in self._lines.items():
            line.draw(*self._points(curves[key], _DRAWN_POINTS) if key in curves else _NOTHING, smooth)
        if self._following:
            self._follow()
        self._move_cross()

    def redraw_earlier(self) -> None:
        """Draw the earlier runs' curves of the same terms: one item each, with gaps between runs."""
        self._terms_drawn = terms = self._run.terms if self._run else []
        for key, line in self._lines.items():
            runs = [run.curves[key] for run in self._earlier if key in run.curves and key[0] in terms]
            parts = [self._points(curve, _SMOOTHED_POINTS) for curve in runs]
            parts = [part for points in parts for part in (points, _GAP)]
            line.draw_earlier(*(np.concatenate(arrays) for arrays in zip(_NOTHING, *parts, strict=True)))

    def _points(self, curve: Curve, count: int) -> tuple[np.ndarray, np.ndarray]:
        kept = thinned(curve.y, count)
        return curve.x[kept], drawable(curve.y[kept], self._log)

    def _follow(self) -> None:
        """Keep the curves in view. The range moves in steps, since every move paints the axes anew."""
        run = self._run
        if run is None:
            return
        heights = np.concatenate([height for height in self._heights() if len(height)] or [np.zeros(1)])
        heights = heights[np.isfinite(heights)]
        low, high = (heights.min(), heights.max()) if len(heights) else (0.0, 1.0)
        span = max(high - low, 0.1 if self._log else 1e-3 * abs(high), 1e-12)
        end = max(run.end, min(run.last_epoch, max((other.end for other in self._earlier), default=0)))
        old = self._span
        fits = old and low >= old[0] and high <= old[1] and span > 0.6 * (old[1] - old[0])
        if not run.running or not fits:
            spare = 0.2 if run.running and old else 0.06
            self._span = (low - spare * span, high + 0.06 * span)
        seen = self.getViewBox().viewRange()[0][1] if old else 0.0
        if not run.running:
            seen = max(end, 1e-3) * 1.02
        elif end > seen:
            seen = max(min(1.25 * end, run.last_epoch * 1.02), min(1, run.last_epoch), end)
        if self._span != old or seen != self.getViewBox().viewRange()[0][1]:
            self.setRange(xRange=(0, seen), yRange=self._span, padding=0)

    def _heights(self) -> Iterator[np.ndarray]:
        for line in self._lines.values():
            for item in (line.present, line.earlier):
                if item.yData is not None:
                    yield item.yData

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._on_look_changed()
        return super().event(event)

    @Slot()
    def _on_look_changed(self) -> None:
        for line in self._cross:
            line.setPen(pg.mkPen(theme.current().disabled, width=self.devicePixelRatioF()))
        for line in self._lines.values():
            line.dress()

    @Slot()
    def _on_range_changed_by_hand(self) -> None:
        self._set_following(False)

    @Slot(object)
    def _on_clicked(self, click: object) -> None:
        if click.double():
            self.fit()

    def _set_following(self, following: bool) -> None:
        if following != self._following:
            self._following = following
            self.following_changed.emit(following)

    @Slot(object)
    def _on_pointer_moved(self, position: QPointF) -> None:
        inside = self.getViewBox().sceneBoundingRect().contains(position)
        self._pointer = position if inside else None
        self._move_cross()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointer = None
        self._move_cross()

    def _move_cross(self) -> None:
        """Put the crosshair under the pointer and its dots on the nearest points of the run's curves."""
        shown = self._pointer is not None and self._run is not None
        if not shown and not self._cross[0].isVisible():
            return
        at = self.getViewBox().mapSceneToView(self._pointer) if shown else QPointF()
        for line, value in zip(self._cross, (at.x(), at.y()), strict=True):
            line.setVisible(shown)
            line.setValue(value)
        for key, line in self._lines.items():
            curve = self._run.curves.get(key) if self._run and shown else None
            point = curve.nearest(at.x()) if curve else None
            line.mark(point and (point[0], float(drawable(np.array(point[1]), self._log))))
        self.epoch_hovered.emit(at.x() if shown else None)


_NOTHING = (np.empty(0), np.empty(0))
_GAP = (np.full(1, np.nan), np.full(1, np.nan))
