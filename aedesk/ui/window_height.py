"""How low a window may be: as low as its contents allow, and never higher than the screen."""

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QApplication, QMainWindow, QStyle

_FRAME = 8  # pixels around a window
_CHANGES = (QEvent.Type.LayoutRequest, QEvent.Type.Show)


def room_in(screen: QSize) -> QSize:
    """What a screen has for the inside of a window with a title, of its available size."""
    title = QApplication.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
    return screen - QSize(0, title + _FRAME)


class WindowHeight(QObject):
    """Keeps a window from growing out of its screen where what it shows asks for more.

    Qt makes a window as high as its layout wants, also for a moment's needs, and leaves it there. Here that
    ends at the screen's height: panels make do with a little less than they would like.
    """

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.setMinimumHeight(1)  # a height of one's own: otherwise the layout sets it
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() in _CHANGES:
            most = room_in(self._window.screen().availableSize()).height()
            self._window.setMinimumHeight(max(1, min(self._window.minimumSizeHint().height(), most)))
        return False
