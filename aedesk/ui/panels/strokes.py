"""Pen strokes as lists of points, and the sheets of pixels they are painted on."""

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen


@dataclass(eq=False)  # two strokes alike are still two
class Stroke:
    """One line of the pen. Places and widths are in units of the paper's side."""

    erases: bool = False
    points: list[tuple[float, float, float]] = field(default_factory=list)  # x, y, width


class Sheet:
    """A square of pixels with ink on it, 0 (paper) to 255, that strokes are added to as they grow.

    A stroke is a smooth line through the middles between its points, so the way from its last
    middle to its last point, its tail, is painted only when the stroke has ended.
    """

    def __init__(self, side: int) -> None:
        self.side = side
        self._image = QImage(side, side, QImage.Format.Format_Grayscale8)
        self._image.fill(0)

    def rebuild(
        self, picture: np.ndarray | None, ended: list[Stroke], growing: list[Stroke]
    ) -> None:
        """Paint everything anew. ``picture`` is ink ``[h, w]``, 0 to 1, fitted onto the sheet."""
        self._image.fill(0)
        painter = _painter(self._image)
        if picture is not None:
            _paint_picture(painter, picture, self.side)
        for stroke in ended:
            _paint_stroke(painter, stroke, self.side)
            _paint_tail(painter, stroke, self.side)
        for stroke in growing:
            _paint_stroke(painter, stroke, self.side)
        painter.end()

    def grow(self, stroke: Stroke, first: int) -> None:
        """Paint a growing stroke's points from the one numbered ``first`` on."""
        painter = _painter(self._image)
        _paint_stroke(painter, stroke, self.side, first)
        painter.end()

    def end(self, stroke: Stroke) -> None:
        """Paint what is missing of a stroke that has ended."""
        painter = _painter(self._image)
        _paint_tail(painter, stroke, self.side)
        painter.end()

    def image(self, growing: list[Stroke]) -> QImage:
        """A copy of the sheet, with growing strokes as if they ended now: 8-bit grey."""
        image = self._image.copy()
        if growing:
            painter = _painter(image)
            for stroke in growing:
                _paint_tail(painter, stroke, self.side)
            painter.end()
        return image


def grey_values(image: QImage) -> np.ndarray:
    """An 8-bit grey image as float32 ``[h, w]``, 0 to 1."""
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : image.width()].astype(np.float32) / 255


def _painter(image: QImage) -> QPainter:
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    return painter


def _paint_picture(painter: QPainter, picture: np.ndarray, side: int) -> None:
    height, width = picture.shape
    values = np.ascontiguousarray((picture * 255).round().astype(np.uint8))
    image = QImage(values.data, width, height, width, QImage.Format.Format_Grayscale8)
    scale = side / max(height, width)
    target = QRectF(0, 0, width * scale, height * scale)
    target.moveCenter(QPointF(side / 2, side / 2))
    if scale < 1:  # QPainter looks at no more than four pixels: average beforehand
        image = image.scaled(
            max(1, round(target.width())),
            max(1, round(target.height())),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    painter.drawImage(target, image)


def _pen(stroke: Stroke, width: float) -> QPen:
    colour = Qt.GlobalColor.black if stroke.erases else Qt.GlobalColor.white  # no ink, full ink
    return QPen(
        colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    )


def _paint_stroke(painter: QPainter, stroke: Stroke, side: int, first: int = 0) -> None:
    """Paint the points from ``first`` on, each as a quadratic curve from middle to middle."""
    for index in range(first, len(stroke.points)):
        x, y, width = stroke.points[index]
        painter.setPen(_pen(stroke, width * side))
        if index == 0:
            painter.drawPoint(QPointF(x * side, y * side))
            continue
        before_x, before_y, _ = stroke.points[index - 1]
        path = QPainterPath(_middle(stroke, index - 1) * side)
        path.quadTo(QPointF(before_x, before_y) * side, _middle(stroke, index) * side)
        painter.drawPath(path)


def _paint_tail(painter: QPainter, stroke: Stroke, side: int) -> None:
    x, y, width = stroke.points[-1]
    painter.setPen(_pen(stroke, width * side))
    painter.drawLine(_middle(stroke, len(stroke.points) - 1) * side, QPointF(x, y) * side)


def _middle(stroke: Stroke, index: int) -> QPointF:
    """Half way from the point before to this point; the first point itself."""
    x, y, _ = stroke.points[index]
    before_x, before_y, _ = stroke.points[max(index - 1, 0)]
    return QPointF((before_x + x) / 2, (before_y + y) / 2)
