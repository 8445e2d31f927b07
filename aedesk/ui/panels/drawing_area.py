"""A square of paper to draw on with a mouse, a pen or fingers."""

from collections import deque

import numpy as np
from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QEventPoint,
    QFocusEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from aedesk.ui import theme
from aedesk.ui.panels.strokes import Sheet, Stroke, grey_values

# Strokes, a picture's ink below them, and whether ink and paper are exchanged.
_Page = tuple[tuple[Stroke, ...], np.ndarray | None, bool]

_INK_SIDE = 280
_BEAT_MS = 16
_TOUCHES = (
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TouchEnd,
    QEvent.Type.TouchCancel,
)


class DrawingArea(QWidget):
    """Paper that keeps every stroke, so that strokes can be taken back and repainted at any size.

    Signals:
        drawing_changed: what `ink` returns has changed; at most once in 16 ms, also mid-stroke.
    """

    drawing_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[Stroke] = []
        self._growing: dict[object, Stroke] = {}  # by what draws it: mouse, pen, or a finger
        self._picture: np.ndarray | None = None
        self._inverted = False
        self._history: deque[_Page] = deque(maxlen=500)
        self._pen_width = 0.08
        self._ink_sheet = Sheet(_INK_SIDE)
        self._screen_sheet = Sheet(_INK_SIDE)
        self._since_change = QElapsedTimer()
        self._beat = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._on_beat)

        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Drawing area"))
        self.setToolTip(
            self.tr(
                "Draw a digit with the mouse, a pen or a finger. The right mouse button and the "
                "back end of a pen rub out."
            )
        )

    # What is drawn ----------------------------------------------------------------------------

    def ink(self) -> np.ndarray:
        """The drawing as float32 ``[280, 280]``, 0 (paper) to 1 (ink)."""
        ink = grey_values(self._ink_sheet.image(list(self._growing.values())))
        return 1 - ink if self._inverted else ink

    def is_empty(self) -> bool:
        """Whether nothing was drawn or loaded since the paper was cleared."""
        return not self._strokes and self._picture is None

    def can_undo(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self._history)

    def is_inverted(self) -> bool:
        """Whether ink and paper are exchanged."""
        return self._inverted

    def pen_width(self) -> float:
        """The pen's width as a part of the paper's side."""
        return self._pen_width

    def set_pen_width(self, width: float) -> None:
        """Choose the pen's width for the next strokes, as a part of the paper's side."""
        self._pen_width = width

    def set_inverted(self, inverted: bool) -> None:
        """Exchange ink and paper, or change them back."""
        if inverted != self._inverted:
            self._remember()
            self._inverted = inverted
            self._say_changed()

    def set_picture(self, ink: np.ndarray) -> None:
        """Replace the drawing by a picture's ink, ``[h, w]``, 0 to 1. Strokes can go on top."""
        self._remember()
        self._go_to(((), ink, False))

    def clear(self) -> None:
        """Take a fresh sheet of paper."""
        if not self.is_empty() or self._inverted:
            self._remember()
            self._go_to(((), None, False))

    def undo(self) -> None:
        """Take back the last stroke, picture, inverting or clearing."""
        if self._history and not self._growing:
            self._go_to(self._history.pop())

    def _remember(self) -> None:
        self._history.append((tuple(self._strokes), self._picture, self._inverted))

    def _go_to(self, page: _Page) -> None:
        strokes, self._picture, self._inverted = page
        self._strokes = list(strokes)
        self._growing.clear()
        self._repaint_sheets()

    # Drawing ----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self._begin("mouse", event.position(), event.button() == Qt.MouseButton.RightButton)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go_on("mouse", event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._end("mouse")

    def tabletEvent(self, event: QTabletEvent) -> None:
        # From half the width at the lightest touch to one and a half at full pressure.
        press = 0.5 + event.pressure()
        if event.type() == QEvent.Type.TabletPress:
            eraser = event.pointerType() == QPointingDevice.PointerType.Eraser
            self._begin("pen", event.position(), eraser, press)
        elif event.type() == QEvent.Type.TabletMove:
            self._go_on("pen", event.position(), press)
        else:
            self._end("pen")
        event.accept()  # or the system would send mouse events for it too

    def event(self, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._follow_fingers(event)
            event.accept()
            return True
        return super().event(event)

    def _follow_fingers(self, event: QTouchEvent) -> None:
        if event.type() == QEvent.Type.TouchCancel:  # the system took the gesture for its own
            self._drop([finger for finger in self._growing if isinstance(finger, int)])
            return
        for point in event.points():
            if point.state() == QEventPoint.State.Pressed:
                self._begin(point.id(), point.position())
            elif point.state() == QEventPoint.State.Updated:
                self._go_on(point.id(), point.position())
            elif point.state() == QEventPoint.State.Released:
                self._end(point.id())

    def _begin(self, by: object, at: QPointF, erases: bool = False, press: float = 1.0) -> None:
        if not self._paper().contains(at):
            return
        if self._growing and not isinstance(by, int):  # only fingers draw several at a time
            return
        if self._inverted:
            erases = not erases  # the pen makes what looks like ink
        self._remember()
        stroke = Stroke(erases)
        self._strokes.append(stroke)
        self._growing[by] = stroke
        self._go_on(by, at, press)

    def _go_on(self, by: object, at: QPointF, press: float = 1.0) -> None:
        stroke = self._growing.get(by)
        if stroke is None:
            return
        paper = self._paper()
        x = (at.x() - paper.left()) / paper.width()
        y = (at.y() - paper.top()) / paper.height()
        stroke.points.append((x, y, self._pen_width * press))
        for sheet in (self._ink_sheet, self._screen_sheet):
            sheet.grow(stroke, len(stroke.points) - 1)
        self._say_changed()

    def _end(self, by: object) -> None:
        stroke = self._growing.pop(by, None)
        if stroke is not None:
            for sheet in (self._ink_sheet, self._screen_sheet):
                sheet.end(stroke)
            self._say_changed()

    def _drop(self, fingers: list[object]) -> None:
        dropped = [self._growing.pop(finger) for finger in fingers]
        self._strokes = [stroke for stroke in self._strokes if stroke not in dropped]
        for index, (strokes, picture, inverted) in enumerate(self._history):
            kept = tuple(stroke for stroke in strokes if stroke not in dropped)
            self._history[index] = (kept, picture, inverted)
        self._repaint_sheets()

    # Saying and painting ----------------------------------------------------------------------

    def _say_changed(self) -> None:
        self.update()
        if self._beat.isActive():
            return
        passed = self._since_change.elapsed() if self._since_change.isValid() else _BEAT_MS
        self._beat.start(max(0, _BEAT_MS - passed))

    def _on_beat(self) -> None:
        self._since_change.restart()
        self.drawing_changed.emit()

    def _repaint_sheets(self) -> None:
        for sheet in (self._ink_sheet, self._screen_sheet):
            self._rebuild(sheet)
        self._say_changed()

    def _rebuild(self, sheet: Sheet) -> None:
        growing = list(self._growing.values())
        ended = [stroke for stroke in self._strokes if stroke not in growing]
        sheet.rebuild(self._picture, ended, growing)

    def _paper(self) -> QRectF:
        """The largest square inside the widget, on whole pixels."""
        side = max(1, min(self.width(), self.height()))
        return QRectF((self.width() - side) // 2, (self.height() - side) // 2, side, side)

    def sizeHint(self) -> QSize:
        return QSize(240, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 120)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_screen_sheet()

    def _fit_screen_sheet(self) -> None:
        side = max(1, round(self._paper().width() * self.devicePixelRatioF()))
        if side != self._screen_sheet.side:
            self._screen_sheet = Sheet(side)
            self._rebuild(self._screen_sheet)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._fit_screen_sheet()  # the window may have moved to a finer screen
        look = theme.current()
        paper = self._paper()
        table = theme.colour_table((look.sequential[0], look.sequential[-1]))
        image = self._screen_sheet.image(list(self._growing.values()))
        image.reinterpretAsFormat(QImage.Format.Format_Indexed8)
        image.setColorTable(table[::-1] if self._inverted else table)

        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = paper.width() / image.width()
        brush = QBrush(image)
        brush.setTransform(QTransform.fromTranslate(paper.x(), paper.y()).scale(scale, scale))
        painter.setBrush(brush)
        painter.setPen(QPen(QColor(look.accent if self.hasFocus() else look.outline), 1))
        edge = paper.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(edge, theme.SPACE_S, theme.SPACE_S)
        if self.is_empty() and not self._inverted:
            painter.setPen(QColor(look.muted))
            painter.drawText(
                paper.adjusted(theme.SPACE_M, 0, -theme.SPACE_M, 0),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                self.tr("Draw a digit here"),
            )
