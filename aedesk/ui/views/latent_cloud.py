"""The points of a map as one item of a plot."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPoint, QRectF, Slot
from PySide6.QtGui import QImage, QPainter, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from aedesk.ui.views.latent_range import Range, distinct_places
from aedesk.ui.views.point_raster import Frame, Raster, draw

_SMALLEST, _LARGEST = 1.8, 8.0  # a dot's diameter in device-independent pixels
_SHARE_OVER_PICTURES, _OPACITY_OVER_PICTURES = 0.75, 0.8


class PointCloud(pg.GraphicsObject):
    """Draws its points anew, as a picture of the device's own pixels, whenever the view changes.

    It does so while painting, once a frame however often the view has changed before it, which
    keeps the dots crisp at any zoom and on any screen.
    """

    def __init__(self) -> None:
        super().__init__()
        self._places = np.empty((0, 2))
        self._classes = np.empty(0, np.intp)
        self._colours = np.zeros((1, 3), np.uint8)
        self._hidden: frozenset[int] = frozenset()
        self._shown = np.empty(0, np.intp)
        self._x, self._y = np.empty(0), np.empty(0)
        self._across: Range = (0.0, 1.0)
        self._down: Range = (0.0, 1.0)
        self._distinct = 1
        self._over_pictures = False
        self._image: tuple[Frame, QImage, Raster] | None = None

    def show_points(
        self, places: np.ndarray, classes: np.ndarray, across: Range, down: Range
    ) -> None:
        """Show finite ``places`` ``[m, 2]`` of ``classes`` ``[m]``, most of which lie in two ranges."""
        self._places, self._classes = places, classes
        self._across, self._down = across, down
        self._distinct = max(1, distinct_places(places[:, 0], places[:, 1], across, down))
        self._choose()

    def show_colours(self, colours: np.ndarray) -> None:
        """The colours of the classes: uint8 ``[c, 3]`` (RGB)."""
        self._colours = colours
        self._redraw()

    def hide_classes(self, hidden: frozenset[int]) -> None:
        """Leave out the points of some classes."""
        self._hidden = hidden
        self._choose()

    def lie_over_pictures(self, over: bool) -> None:
        """Let a picture below be seen, by smaller dots that it shines through."""
        self._over_pictures = over
        self._redraw()

    def is_shown(self, point: int) -> bool:
        """Whether a point's class is shown."""
        return int(self._classes[point]) not in self._hidden

    def nearest(self, x: float, y: float, pixel: tuple[float, float], within: float) -> int | None:
        """The shown point nearest to a place, at most ``within`` pixels away.

        ``pixel`` is the width and height of a pixel on the map.
        """
        if not len(self._shown):
            return None
        with np.errstate(over="ignore"):
            distance = ((self._x - x) / pixel[0]) ** 2 + ((self._y - y) / pixel[1]) ** 2
        best = int(distance.argmin())
        return int(self._shown[best]) if distance[best] <= within**2 else None

    def _choose(self) -> None:
        if self._hidden:
            self._shown = np.flatnonzero(~np.isin(self._classes, list(self._hidden)))
            chosen = self._places[self._shown]
        else:
            self._shown = np.arange(len(self._places))
            chosen = self._places
        self._x, self._y = np.ascontiguousarray(chosen.T)
        self._redraw()

    def _redraw(self) -> None:
        self._image = None
        self.update()

    def boundingRect(self) -> QRectF:
        view = self.getViewBox()
        return QRectF() if view is None else view.viewRect()

    @Slot()
    def viewTransformChanged(self) -> None:
        super().viewTransformChanged()
        self.prepareGeometryChange()
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if not len(self._shown):
            return
        there = painter.worldTransform()
        density = abs(painter.deviceTransform().m11() / there.m11())
        window = there.mapRect(self.boundingRect())
        left, top = int(window.left() * density), int(window.top() * density)
        frame = Frame(
            width=int(np.ceil(window.right() * density)) - left,
            height=int(np.ceil(window.bottom() * density)) - top,
            scale_x=there.m11() * density,
            shift_x=there.dx() * density - left,
            scale_y=there.m22() * density,
            shift_y=there.dy() * density - top,
        )
        if self._image is None or self._image[0] != frame:
            self._image = self._drawn(frame, density)
        _, image, raster = self._image
        painter.save()
        painter.setWorldTransform(QTransform.fromScale(1 / density, 1 / density))
        painter.drawImage(QPoint(left - raster.margin, top - raster.margin), image)
        painter.restore()

    def _drawn(self, frame: Frame, density: float) -> tuple[Frame, QImage, Raster]:
        classes = self._classes if not self._hidden else self._classes[self._shown]
        diameter = self._diameter(frame, density) * density
        opacity = _OPACITY_OVER_PICTURES if self._over_pictures else 1.0
        raster = draw(self._x, self._y, classes, self._colours, frame, diameter, opacity)
        height, width = raster.pixels.shape
        kind = QImage.Format.Format_ARGB32_Premultiplied
        image = QImage(raster.pixels.data, width, height, width * 4, kind)
        return frame, image, raster

    def _diameter(self, frame: Frame, density: float) -> float:
        """Dots as large as the room that each distinct point has at this zoom allows."""
        wide = (self._across[1] - self._across[0]) * abs(frame.scale_x) / density
        high = (self._down[1] - self._down[0]) * abs(frame.scale_y) / density
        room = wide * high / self._distinct
        largest = _LARGEST * (_SHARE_OVER_PICTURES if self._over_pictures else 1)
        return float(np.clip(1.0 * room**0.3, _SMALLEST, largest))
