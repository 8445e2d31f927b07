"""A plot of many points that can be pointed at, picked, panned and zoomed."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPoint, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from aedesk.ui import theme
from aedesk.ui.views.latent_cloud import PointCloud
from aedesk.ui.views.latent_gestures import Gestures
from aedesk.ui.views.latent_range import (
    Range,
    containing,
    followed,
    plane_ranges,
    robust_range,
    serve,
    with_margin,
)
from aedesk.ui.views.plots import themed_plot

_REACH = 9.0  # pixels from the cursor within which a point is meant
_LABELS = [(0, 0.55), (2, 0.45), (4, 0.3)]  # (how many at least, share of the axis they fill)
_DEEPEST, _WIDEST = 1e-6, 50.0  # zoom, as shares of the points' own range

Place = tuple[float, float]


class PointPlot(QWidget):
    """Points are known by their index in what was shown last; places are in the map's coordinates.

    ``point_hovered`` has the point under the cursor, or None. ``place_pointed`` follows a left
    button pressed beside the points, or dragged from anywhere, until ``pointing_ended``.
    ``view_moved`` says that the user panned or zoomed.
    """

    point_hovered = Signal(object)
    point_clicked = Signal(int)
    place_pointed = Signal(object)
    pointing_ended = Signal()
    view_moved = Signal()

    def __init__(self, parent: QWidget | None = None, pointable: bool = True) -> None:
        super().__init__(parent)
        self._pointable = pointable
        self.plot = themed_plot(self)
        self._view = self.plot.getViewBox()
        self._view.setMouseEnabled(False, False)
        self._view.disableAutoRange()
        for side in ("left", "bottom"):
            axis = self.plot.getAxis(side)
            axis.setStyle(textFillLimits=_LABELS)
            axis.setZValue(-1)  # the grid lies under the points
        self.cloud = PointCloud()
        self._trail = pg.PlotCurveItem(connect="finite")
        self._hover_ring = pg.ScatterPlotItem(size=13, brush=None)
        self._chosen_ring = pg.ScatterPlotItem(size=17, brush=None)
        self._mark = pg.ScatterPlotItem(size=15, symbol="o")
        self._pin = pg.ScatterPlotItem(size=19, symbol="+")
        items = (self.cloud, self._trail, self._chosen_ring, self._hover_ring, self._mark, self._pin)
        for height, item in enumerate(items):
            self.add_layer(item, height)
        self._places = np.empty((0, 2))
        self._wanted: tuple[Range, Range] = ((-1.0, 1.0), (-1.0, 1.0))
        self._landmarks = np.empty((0, 2))
        self._following, self._aspect_kept = True, False
        self._cursor: QPointF | None = None
        self._hovered: int | None = None
        self._pressed_on: int | None = None
        self._pointing = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot)
        gestures = Gestures(self.plot)
        gestures.hovered.connect(self._on_hovered)
        gestures.left.connect(self._on_left)
        gestures.pressed.connect(self._on_pressed)
        gestures.dragged.connect(self._point_at)
        gestures.released.connect(self._on_released)
        gestures.panned.connect(self._on_panned)
        gestures.zoomed.connect(self._on_zoomed)
        theme.signals().changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.fit()

    def show_points(
        self, places: np.ndarray, classes: np.ndarray, fit: bool = False, lanes: bool = False
    ) -> None:
        """Show finite ``places`` ``[m, 2]`` of ``classes`` ``[m]``; the range follows them.

        It does so until the user pans or zooms, or again from now on with ``fit``. With ``lanes``
        the second coordinate is not of the same kind as the first.
        """
        x, y = places[:, 0], places[:, 1]
        if len(places) != len(self._places):
            self._pressed_on = None
        self._places = places
        filled = (robust_range(x), robust_range(y)) if lanes else plane_ranges(x, y)
        self._wanted = containing(filled, self._landmarks)
        self.cloud.show_points(places, classes, *filled)
        if fit:
            self.fit()
        elif self._following:
            self._follow()
        self._hover(self._still_hovered())

    def add_layer(self, item: pg.GraphicsObject, height: float) -> None:
        """Put something of the map's coordinates above (or below 0) the points."""
        item.setZValue(height)
        self._view.addItem(item, ignoreBounds=True)

    def keep_in_view(self, landmarks: np.ndarray) -> None:
        """Have room for places ``[m, 2]`` beside the points, from the next ones that are shown on."""
        self._landmarks = landmarks[np.isfinite(landmarks).all(1)]

    def keep_aspect(self, kept: bool) -> None:
        """Have the same scale along both axes, from now on or no more."""
        if kept != self._aspect_kept:
            self._aspect_kept = kept
            self._view.setAspectLocked(kept)
            self._hover(None)

    def hide_classes(self, hidden: frozenset[int]) -> None:
        """Leave out the points of some classes."""
        self.cloud.hide_classes(hidden)
        self._hover(None)

    def clear(self) -> None:
        """Show no points, and no marks."""
        self.show_points(np.empty((0, 2)), np.empty(0, np.intp), fit=True)
        self.ring(None)
        self.mark([])

    def place(self, point: int) -> Place:
        """Where a point lies."""
        x, y = self._places[point]
        return float(x), float(y)

    def position(self, place: Place) -> QPoint:
        """Where a place is in this widget's pixels."""
        scene = self._view.mapViewToScene(QPointF(*place))
        return self.plot.viewport().mapTo(self, self.plot.mapFromScene(scene))

    def fit(self) -> None:
        """Show all points but far strays, and follow them from now on."""
        self._following = True
        self._look_at(*map(with_margin, self._wanted))
        self._hover(None)

    def ring(self, point: int | None) -> None:
        """Put a ring around the selected point."""
        _put(self._chosen_ring, self._seen(point))

    def ring_hovered(self, point: int | None) -> None:
        """Put a thin ring around the point the cursor is on, here or on a twin of this map."""
        _put(self._hover_ring, self._seen(point))

    def mark(self, trail: Sequence[Place]) -> None:
        """Mark the last place of a trail, and draw the way there faintly; nothing where it is empty."""
        _put(self._mark, trail[-1] if trail else None)
        self._trail.setData(*np.array(trail, float).reshape(-1, 2).T)

    def set_axes(self, across: str, up: str, lanes: Sequence[str] | None = None) -> None:
        """Name the axes; with ``lanes``, the upward axis has a name at each whole number instead."""
        self.plot.setLabel("bottom", across)
        self.plot.setLabel("left", up)
        ticks = None if lanes is None else [list(enumerate(lanes))]
        self.plot.getAxis("left").setTicks(ticks)
        theme.style_plot(self.plot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hover(None)

    def _seen(self, point: int | None) -> Place | None:
        """Where a point is seen, if it is."""
        if point is None or point >= len(self._places) or not self.cloud.is_shown(point):
            return None
        return self.place(point)

    def _look_at(self, across: Range, up: Range) -> None:
        self._view.setRange(xRange=across, yRange=up, padding=0)

    def _follow(self) -> None:
        """Look at what is wanted now, or go on looking at what serves, so that a live map stands still."""
        shown = self._view.viewRange()
        if not self._aspect_kept:
            self._look_at(followed(shown[0], self._wanted[0]), followed(shown[1], self._wanted[1]))
        elif not serve(shown, self._wanted):
            self._look_at(*map(with_margin, self._wanted))

    def _still_hovered(self) -> int | None:
        """The hovered point, as long as it has not moved away from under the cursor; or another."""
        if self._cursor is None or self._pointing:
            return None
        hovered = self._hovered
        place = self._seen(hovered)
        if place is not None:
            away = QPointF(self.position(place)) - self._cursor
            if np.hypot(away.x(), away.y()) <= 2 * _REACH:
                return hovered
        return self._under(self._cursor)

    def _under(self, position: QPointF) -> int | None:
        x, y = self._place_at(position)
        return self.cloud.nearest(x, y, self._view.viewPixelSize(), _REACH)

    def _place_at(self, position: QPointF) -> Place:
        place = self._view.mapSceneToView(self.plot.viewportTransform().inverted()[0].map(position))
        return place.x(), place.y()

    def _hover(self, point: int | None) -> None:
        if point is not None or self._hovered is not None:
            self._hovered = point
            self.point_hovered.emit(point)

    @Slot(QPointF)
    def _on_hovered(self, position: QPointF) -> None:
        inside = self._view.sceneBoundingRect().contains(position)
        self._cursor = position if inside else None
        point = self._under(position) if inside else None
        if point != self._hovered:
            self._hover(point)

    @Slot()
    def _on_left(self) -> None:
        self._cursor = None
        self._hover(None)

    @Slot(QPointF)
    def _on_pressed(self, position: QPointF) -> None:
        self._pressed_on = self._under(position)
        if self._pressed_on is None and self._view.sceneBoundingRect().contains(position):
            self._point_at(position)

    @Slot(QPointF)
    def _point_at(self, position: QPointF) -> None:
        if not self._pointable:
            return
        if not self._pointing:
            self._pointing = True
            self.plot.viewport().setCursor(Qt.CursorShape.CrossCursor)
            self._hover(None)
        self._cursor = position
        place = self._place_at(position)
        _put(self._pin, place)
        self.place_pointed.emit(place)

    @Slot(bool)
    def _on_released(self, dragged: bool) -> None:
        if self._pointing:
            self._pointing = False
            self.plot.viewport().unsetCursor()
            _put(self._pin, None)
            self.pointing_ended.emit()
        elif not dragged and self._pressed_on is not None:
            self.point_clicked.emit(self._pressed_on)

    @Slot(QPointF)
    def _on_panned(self, way: QPointF) -> None:
        wide, high = self._view.viewPixelSize()
        self._view.translateBy(x=-way.x() * wide, y=way.y() * high)
        self._moved_by_hand()

    @Slot(QPointF, float)
    def _on_zoomed(self, position: QPointF, times: float) -> None:
        for (low, high), (wanted_low, wanted_high) in zip(
            self._view.viewRange(), self._wanted, strict=True
        ):
            share = (high - low) * times / (wanted_high - wanted_low)
            if not _DEEPEST < share < _WIDEST:
                return
        self._view.scaleBy((times, times), QPointF(*self._place_at(position)))
        self._cursor = position
        self._moved_by_hand()

    def _moved_by_hand(self) -> None:
        self._following = False
        self._hover(None)
        self.view_moved.emit()

    @Slot()
    def _on_theme_changed(self) -> None:
        look = theme.current()
        self._hover_ring.setPen(pg.mkPen(look.text, width=1.5))
        self._chosen_ring.setPen(pg.mkPen(look.text, width=2.5))
        self._mark.setPen(pg.mkPen(look.base, width=2))
        self._mark.setBrush(pg.mkBrush(look.accent))
        self._pin.setPen(pg.mkPen(look.base, width=1.5))
        self._pin.setBrush(pg.mkBrush(look.text))
        faint = QColor(look.accent)
        faint.setAlphaF(0.45)
        self._trail.setPen(pg.mkPen(faint, width=2))


def _put(item: pg.ScatterPlotItem, place: Place | None) -> None:
    x, y = ([], []) if place is None else ([place[0]], [place[1]])
    item.setData(x, y)
