"""Mouse events over a plot, told as what a person does."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QGraphicsView

_ZOOM_PER_NOTCH = 1.2
_NOTCH = 120  # eighths of a degree


class Gestures(QObject):
    """Stands before a view's own handling of the mouse. Places are in the viewport's pixels.

    ``hovered``: the mouse moved with no button down; ``left``: it went away.
    ``pressed``, ``dragged``, ``released``: the left button. A drag begins with a noticeable
    distance; ``released`` says whether there was one.
    ``panned``: moved by so much with the right or middle button, or the left with Ctrl or Space.
    ``zoomed``: the wheel asks for a range so many times as wide around a place.
    """

    hovered = Signal(QPointF)
    left = Signal()
    pressed = Signal(QPointF)
    dragged = Signal(QPointF)
    released = Signal(bool)
    panned = Signal(QPointF)
    zoomed = Signal(QPointF, float)

    def __init__(self, view: QGraphicsView) -> None:
        super().__init__(view)
        self._view = view
        self._space = False
        self._held: Qt.MouseButton | None = None
        self._panning = self._dragging = False
        self._began = self._last = QPointF()
        view.viewport().setMouseTracking(True)
        view.viewport().installEventFilter(self)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return self._key(event)
        if watched is self._view:
            if kind == QEvent.Type.FocusOut:
                self._space = False
            return False
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self._press(event)
        elif kind == QEvent.Type.MouseMove:
            self._move(event.position())
        elif kind == QEvent.Type.MouseButtonRelease:
            self._release(event)
        elif kind == QEvent.Type.Wheel:
            self._wheel(event)
        elif kind == QEvent.Type.Leave:
            self.left.emit()
            return False
        else:
            return False
        event.accept()
        return True

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Space:
            return False
        if not event.isAutoRepeat():
            self._space = event.type() == QEvent.Type.KeyPress
        return True

    def _press(self, event: QMouseEvent) -> None:
        if self._held not in (None, event.button()) and event.buttons() & self._held:
            return  # another button is held; one whose release went astray is not
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        self._held = event.button()
        self._began = self._last = event.position()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self._panning = self._held != Qt.MouseButton.LeftButton or control or self._space
        self._dragging = False
        if self._panning:
            self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            self.pressed.emit(self._began)

    def _move(self, position: QPointF) -> None:
        if self._held is None:
            self.hovered.emit(position)
        elif self._panning:
            self.panned.emit(position - self._last)
            self._last = position
        else:
            way = (position - self._began).manhattanLength()
            if self._dragging or way >= QApplication.startDragDistance():
                self._dragging = True
                self.dragged.emit(position)

    def _release(self, event: QMouseEvent) -> None:
        if event.button() != self._held:
            return
        self._held = None
        if self._panning:
            self._view.viewport().unsetCursor()
            self.hovered.emit(event.position())
        else:
            self.released.emit(self._dragging)

    def _wheel(self, event: QWheelEvent) -> None:
        notches = (event.angleDelta().y() or event.angleDelta().x()) / _NOTCH
        if notches:
            self.zoomed.emit(event.position(), _ZOOM_PER_NOTCH**-notches)
