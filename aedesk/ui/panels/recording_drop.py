"""Where a recording can be dropped, and which drops are one."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from aedesk.data.recording_file import SUFFIXES
from aedesk.ui import theme
from aedesk.ui.theme import RADIUS, SPACE_XL


def dropped_recording(mime: QMimeData) -> Path | None:
    """The first file or folder of this computer among what is dropped that may hold a recording."""
    for url in mime.urls():
        path = Path(url.toLocalFile())
        if url.isLocalFile() and (path.suffix.lower() in SUFFIXES or path.is_dir()):
            return path
    return None


class RecordingDropTarget(QWidget):
    """Takes recordings that are dropped on it, in a frame while one is held over it.

    Signals: ``dropped`` carries the path of a file, ``hovering`` whether one is held over it.
    """

    dropped = Signal(object)
    hovering = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hovered = False
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_recording(event.mimeData()):
            event.acceptProposedAction()
            self._set_hovered(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_hovered(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_hovered(False)
        path = dropped_recording(event.mimeData())
        if path:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def _set_hovered(self, hovered: bool) -> None:
        self._hovered = hovered
        self.hovering.emit(hovered)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._hovered:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.current().accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), RADIUS, RADIUS)


class Invitation(QWidget):
    """An empty place that asks for a file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = False
        text = QLabel(self.tr("Drop a recording here, or open one."), self)
        text.setProperty("role", "heading")
        comfort = QLabel(self.tr("A table, a sound, an array, or a folder of them. Nothing leaves this computer."), self)
        comfort.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_XL)
        layout.addStretch()
        for label in (text, comfort):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addStretch()

    def set_wanted(self, wanted: bool) -> None:
        """Whether a file is held over this place."""
        self._wanted = wanted
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(look.accent if self._wanted else look.outline), 1.5, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(look.hover if self._wanted else look.base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
