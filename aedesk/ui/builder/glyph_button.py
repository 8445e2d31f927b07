"""Small flat buttons whose sign is painted in the colour of the text around them."""

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolButton, QWidget

from aedesk.ui import theme

Sign = Literal["cross", "grip", "more", "plus"]


class GlyphButton(QToolButton):
    """A tool button with a painted sign; it grows with the font."""

    def __init__(self, sign: Sign, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = sign

    def sizeHint(self) -> QSize:
        side = self.fontMetrics().height() + theme.SPACE_XS
        return QSize(side * 2 // 3 if self._sign == "grip" else side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = look.muted if self.isEnabled() else look.disabled
        if self.underMouse() and self.isEnabled():
            colour = look.text
        unit = self.fontMetrics().height() / 16
        painter.translate(QRectF(self.rect()).center())
        painter.scale(unit, unit)
        painter.setPen(QPen(QColor(colour), 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        _SIGNS[self._sign](painter)


def _cross(painter: QPainter) -> None:
    painter.drawLine(QPointF(-3.5, -3.5), QPointF(3.5, 3.5))
    painter.drawLine(QPointF(-3.5, 3.5), QPointF(3.5, -3.5))


def _plus(painter: QPainter) -> None:
    painter.drawLine(QPointF(-4, 0), QPointF(4, 0))
    painter.drawLine(QPointF(0, -4), QPointF(0, 4))


def _dots(painter: QPainter, points: list[tuple[float, float]]) -> None:
    painter.setBrush(painter.pen().color())
    painter.setPen(Qt.PenStyle.NoPen)
    for x, y in points:
        painter.drawEllipse(QPointF(x, y), 1.1, 1.1)


def _grip(painter: QPainter) -> None:
    _dots(painter, [(x, y) for x in (-2, 2) for y in (-4, 0, 4)])


def _more(painter: QPainter) -> None:
    _dots(painter, [(x, 0) for x in (-4, 0, 4)])


_SIGNS = {"cross": _cross, "grip": _grip, "more": _more, "plus": _plus}
