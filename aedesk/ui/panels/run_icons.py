"""The signs on the buttons of the run bar, painted in a colour of the theme."""

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPixmap

Sign = Literal["play", "pause", "stop", "further"]

_SCALES = (1, 2, 3)


def run_icon(sign: Sign, side: int, colour: str, disabled: str) -> QIcon:
    """An icon of a side in device-independent pixels, sharp at up to three times that."""
    icon = QIcon()
    for scale in _SCALES:
        icon.addPixmap(_pixmap(sign, side, scale, colour), QIcon.Mode.Normal)
        icon.addPixmap(_pixmap(sign, side, scale, disabled), QIcon.Mode.Disabled)
    return icon


def _pixmap(sign: Sign, side: int, scale: int, colour: str) -> QPixmap:
    pixmap = QPixmap(side * scale, side * scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(side * scale / 16, side * scale / 16)
    painter.fillPath(_path(sign), QColor(colour))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap


def _path(sign: Sign) -> QPainterPath:
    """A sign in a square of 16."""
    path = QPainterPath()
    if sign == "play":
        _triangle(path, 4.5, 13, 5)
    elif sign == "further":
        _triangle(path, 1.5, 8, 4.5)
        _triangle(path, 8, 14.5, 4.5)
    elif sign == "pause":
        path.addRoundedRect(QRectF(3.5, 3, 3, 10), 0.8, 0.8)
        path.addRoundedRect(QRectF(9.5, 3, 3, 10), 0.8, 0.8)
    else:
        path.addRoundedRect(QRectF(3.5, 3.5, 9, 9), 1.2, 1.2)
    return path


def _triangle(path: QPainterPath, left: float, right: float, half: float) -> None:
    path.moveTo(QPointF(left, 8 - half))
    path.lineTo(QPointF(right, 8))
    path.lineTo(QPointF(left, 8 + half))
    path.closeSubpath()
