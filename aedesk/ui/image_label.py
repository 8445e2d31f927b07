"""A small picture of an array, every value a sharp square."""

import math
from typing import Literal

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from aedesk.ui import theme

Ramp = Literal["sequential", "diverging"]

_LEAST_SIDE = 32


class ArrayImage(QWidget):
    """Paints an array as large as it fits, keeping its shape, with a caption below."""

    def __init__(
        self,
        caption: str = "",
        parent: QWidget | None = None,
        *,
        ramp: Ramp = "sequential",
        side: int = 72,
    ) -> None:
        """``side`` is the picture's preferred width and height in device-independent pixels."""
        super().__init__(parent)
        self._side = side
        self._caption = caption
        self._ramp: Ramp = ramp
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(caption)

    def show_array(self, array: np.ndarray, low: float = 0.0, high: float = 1.0) -> None:
        """Show grey values ``[h, w]`` on the theme's ramp, or colours ``[h, w, 3]`` (RGB).

        ``low`` and ``high`` are the values at the ends of the ramp, or of each colour; what lies
        beyond is painted as the end, and what is not a number as ``low``.
        """
        scaled = (np.asarray(array, dtype=np.float32) - low) / (high - low)
        levels = (np.nan_to_num(scaled, nan=0.0).clip(0, 1) * 255).round().astype(np.uint8)
        levels = np.ascontiguousarray(levels)
        height, width = levels.shape[:2]
        kind = QImage.Format.Format_Indexed8 if levels.ndim == 2 else QImage.Format.Format_RGB888
        self._image = QImage(levels.data, width, height, levels.strides[0], kind).copy()
        self.update()

    def clear(self) -> None:
        """Show an empty frame."""
        self._image = None
        self.update()

    def is_clear(self) -> bool:
        """Whether no array is shown."""
        return self._image is None

    def caption(self) -> str:
        """The line below the picture."""
        return self._caption

    def set_caption(self, caption: str) -> None:
        """Change the line below the picture; without one its room goes to the picture."""
        if caption != self._caption:
            self._caption = caption
            self.setAccessibleName(caption)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side + self._caption_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_SIDE, _LEAST_SIDE + self._caption_height())

    def picture_rect(self) -> QRectF:
        """Where the picture is painted, in the widget's own pixels."""
        room = QRectF(self.rect()).adjusted(0, 0, 0, -self._caption_height())
        size = QSize(1, 1) if self._image is None else self._image.size()
        scale = min(room.width() / size.width(), room.height() / size.height())
        picture = QRectF(0, 0, math.floor(size.width() * scale), math.floor(size.height() * scale))
        left = (room.width() - picture.width()) // 2
        picture.moveTopLeft(QPointF(left, room.height() - picture.height()))
        return picture

    def _caption_height(self) -> int:
        return self.fontMetrics().height() + theme.SPACE_XS if self._caption else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        picture = self.picture_rect()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setBrush(QBrush(QColor(look.base)))
        if self._image is not None and not picture.isEmpty():
            painter.setBrush(self._brush(picture))
        painter.setPen(QPen(QColor(look.border), 1))
        radius = theme.SPACE_XS
        painter.drawRoundedRect(picture.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if self._caption:
            painter.setPen(QColor(look.muted))
            below = QRectF(0, picture.bottom() + theme.SPACE_XS, self.width(), self.height())
            text = self.fontMetrics().elidedText(
                self._caption, Qt.TextElideMode.ElideRight, self.width()
            )
            centred = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
            painter.drawText(below, centred, text)

    def _brush(self, picture: QRectF) -> QBrush:
        """The picture as a brush: values as squares of whole pixels first, then brought to size.

        Scaled to its size at once, nearest neighbours would make some squares larger than others.
        """
        image = self._image
        if image.format() == QImage.Format.Format_Indexed8:
            image.setColorTable(theme.colour_table(getattr(theme.current(), self._ramp)))
        across = picture.width() * self.devicePixelRatioF()
        times = max(1, math.ceil(across / image.width()))
        target = QSize(round(across), round(picture.height() * self.devicePixelRatioF()))
        image = image.scaled(image.width() * times, image.height() * times).scaled(
            target,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        brush = QBrush(image)
        scale = picture.width() / image.width()
        brush.setTransform(
            QTransform.fromTranslate(picture.x(), picture.y()).scale(
                scale, picture.height() / image.height()
            )
        )
        return brush
