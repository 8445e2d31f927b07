"""The picture that lies under the points of a map."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from aedesk.ui import theme
from aedesk.ui.views.latent_tiles import PlanePicture

_STRENGTH = 0.6  # of the picture beside the paper it lies on, so that the points stay in front
_LARGEST = 1e6  # pixels: what is zoomed into further is not painted until there is a new picture


class Backdrop(pg.GraphicsObject):
    """Shows a PlanePicture where its tiles lie, in pale colours of the theme."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: PlanePicture | None = None
        self._image: QImage | None = None
        theme.signals().changed.connect(self._on_theme_changed)

    def show_picture(self, picture: PlanePicture | None) -> None:
        """Show a picture, or none."""
        self.prepareGeometryChange()
        self._picture, self._image = picture, None
        self.update()

    def picture(self) -> PlanePicture | None:
        """What is shown."""
        return self._picture

    def boundingRect(self) -> QRectF:
        if self._picture is None:
            return QRectF()
        grid = self._picture.request.grid
        height = grid.rows * grid.height
        return QRectF(grid.left, grid.top - height, grid.columns * grid.width, height)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._picture is None:
            return
        where = painter.worldTransform().mapRect(self.boundingRect())
        if not max(map(abs, where.getRect())) < _LARGEST:
            return
        if self._image is None:
            self._image = _pale(self._picture)
        painter.save()
        painter.setWorldTransform(QTransform())  # the map's own has up for down
        painter.drawImage(where, self._image)
        painter.restore()

    @Slot()
    def _on_theme_changed(self) -> None:
        self._image = None
        self.update()


def _pale(picture: PlanePicture) -> QImage:
    """A picture in colours between the theme's and those of the paper."""
    look, pixels = theme.current(), picture.pixels
    paper = np.array(QColor(look.plot_background).getRgb()[:3], float)
    if pixels.ndim == 2 and not picture.request.style.plain:
        ramp = theme.colour_ramp(look.sequential).astype(float)
    else:
        ramp = np.repeat(np.arange(256.0)[:, None], 3, 1)
    pale = (paper + _STRENGTH * (ramp - paper)).round().astype(np.uint32)  # [256, 3]
    red, green, blue = pale.T
    opaque = np.uint32(0xFF000000)
    if pixels.ndim == 2:
        packed = (opaque | red << 16 | green << 8 | blue)[pixels]
    else:
        packed = opaque | red[pixels[..., 0]] << 16 | green[pixels[..., 1]] << 8 | blue[pixels[..., 2]]
    height, width = packed.shape
    return QImage(packed.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()
