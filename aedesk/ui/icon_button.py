"""Flat tool buttons with an icon from `resources/icons`, in the colour of the theme's text."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QToolButton, QWidget

from aedesk import paths
from aedesk.ui import theme

_SCALES = (1, 2, 3)  # device pixels per pixel


class IconButton(QToolButton):
    """A tool button that repaints its icon when the theme changes, and grows with the font."""

    def __init__(self, name: str, text: str, tooltip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setText(text)  # shown by nothing, read aloud by a screen reader
        self.setAccessibleName(text)
        self.setToolTip(tooltip)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._refresh()

    def _refresh(self) -> None:
        side = round(self.fontMetrics().height() * 1.15)
        self.setIconSize(QSize(side, side))
        self.setIcon(icon(self._name, side))


def icon(name: str, side: int) -> QIcon:
    """The icon of ``resources/icons/{name}.svg`` in the current theme's colours."""
    look = theme.current()
    result = QIcon()
    for scale in _SCALES:
        result.addPixmap(_drawn(name, side, scale, look.text), QIcon.Mode.Normal)
        result.addPixmap(_drawn(name, side, scale, look.disabled), QIcon.Mode.Disabled)
    return result


@lru_cache(maxsize=256)
def _drawing(name: str) -> str:
    return paths.resource("icons", f"{name}.svg").read_text(encoding="utf-8")


def _drawn(name: str, side: int, scale: int, colour: str) -> QPixmap:
    pixmap = QPixmap(side * scale, side * scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    svg = _drawing(name).replace("currentColor", colour)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap
