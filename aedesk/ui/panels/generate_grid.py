"""Samples in a grid of small pictures that can be pointed at, and picked where that is wanted."""

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from aedesk.ui import theme
from aedesk.ui.panels.generate_cells import Cells, cells_for, tip_for
from aedesk.ui.panels.generate_places import Places, fitted, in_rows
from aedesk.ui.panels.generate_request import Shown
from aedesk.ui.theme import SPACE_S, SPACE_XS

_EDGE = 2  # around everything, for the frames of what is marked
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class CellGrid(QAbstractScrollArea):
    """Paints samples as large as they fit, or in rows that have names; scrolls where there are more.

    Rows of words scroll sideways beside their names, so that no word is cut short.

    Signals: ``picked`` carries the place of a sample that was clicked, or chosen with the arrow keys
    and the space bar, in a grid that is ``pickable``.
    """

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None, *, pickable: bool = False) -> None:
        super().__init__(parent)
        self._pickable = pickable
        self._shown: Shown | None = None
        self._cells: Cells | None = None
        self._row_names: tuple[str, ...] = ()
        self._strip = False
        self._places: Places | None = None
        self._current = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCornerWidget(QWidget(self))  # the style would paint a frame there
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(pickable)

    # -- what is shown ------------------------------------------------------------------------

    def show_samples(self, shown: Shown, row_names: tuple[str, ...] = (), *, strip: bool = False) -> None:
        """Show some samples: in a mosaic, as a strip, or with ``row_names`` in rows of the same length."""
        self._shown, self._row_names, self._strip = shown, row_names, strip
        self._cells = cells_for(shown, self.fontMetrics())
        self._current = min(self._current, len(self._cells) - 1)
        self._arrange()

    def clear(self) -> None:
        """Show nothing."""
        self._shown = self._cells = self._places = None
        self.viewport().update()

    def count(self) -> int:
        """How many samples are shown."""
        return 0 if self._cells is None else len(self._cells)

    def column_count(self) -> int:
        """How many of them stand side by side."""
        return self._places.columns if self._places else 0

    def cell_rect(self, place: int) -> QRect:
        """Where a sample is painted, in the viewport's pixels."""
        assert self._places is not None
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return self._places.rect(place).translated(_EDGE - across, _EDGE - down)

    def strip_height(self, width: int) -> int:
        """How high a strip of what is shown is in one line, at a width; 0 where nothing is shown."""
        if not self._cells:
            return 0
        room = QSize(max(1, width - 2 * _EDGE), self._cells.most)
        places = fitted(len(self._cells), room, self._cells.aspects, self._cells.least, self._cells.most, strip=True)
        return places.height() + 2 * _EDGE

    def sizeHint(self) -> QSize:
        return QSize(320, 160)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 28)

    # -- where it stands ----------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._shown is not None:
            self.show_samples(self._shown, self._row_names, strip=self._strip)

    def _arrange(self) -> None:
        """Find the places anew. They depend on this widget's size, never on the scroll bar being there."""
        if not self._cells:
            return
        cells, count = self._cells, len(self._cells)
        bar = self.verticalScrollBar().sizeHint().width()
        room = QSize(max(1, self.width() - 2 * _EDGE), max(1, self.height() - 2 * _EDGE))
        beside = room - QSize(bar, 0)
        if self._row_names:
            columns = count // len(self._row_names)
            self._places = in_rows(
                count, columns, beside.width(), cells.aspects, cells.least, cells.most, self._left(), cells.narrowest
            )
        else:
            self._places = fitted(count, room, cells.aspects, cells.least, cells.most, strip=self._strip)
            if self._places.height() > room.height():
                self._places = fitted(count, beside, cells.aspects, cells.least, cells.most)
        beyond = max(0, self._places.width() - room.width()) if self._row_names else 0
        if beyond:
            beyond += bar  # the last column is not to lie under the other bar
            room -= QSize(0, self.horizontalScrollBar().sizeHint().height())
        self.horizontalScrollBar().setRange(0, beyond)
        self.horizontalScrollBar().setPageStep(max(1, beside.width() - self._left()))
        self.horizontalScrollBar().setSingleStep(self._places.cell.width() + self._places.gap)
        hidden = max(0, self._places.height() - room.height())
        self.verticalScrollBar().setRange(0, hidden)
        self.verticalScrollBar().setPageStep(room.height())
        self.verticalScrollBar().setSingleStep(self._places.cell.height() + self._places.gap)
        self.viewport().update()

    def _name_width(self) -> int:
        return max((self.fontMetrics().horizontalAdvance(name) for name in self._row_names), default=0)

    def _left(self) -> int:
        """How much room the names of rows take, which the cells scroll beside."""
        return self._name_width() + SPACE_S if self._row_names else 0

    # -- painting -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._cells or self._places is None or self._shown is None:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._cells.prepare(self._places.cell, self.devicePixelRatioF())
        for place in range(len(self._cells)):
            rect = self.cell_rect(place)
            if rect.bottom() < 0 or rect.top() > self.viewport().height():
                continue
            if self._row_names and place % self._places.columns == 0:
                painter.setClipping(False)
                self._paint_name(painter, self._row_names[place // self._places.columns], rect)
                painter.setClipRect(self.viewport().rect().adjusted(self._left(), 0, 0, 0))
            self._cells.paint(painter, place, QRectF(rect))
        for place, letter in self._shown.marks.items():
            rect = self.cell_rect(place)
            if rect.top() < self.viewport().height():
                self._paint_mark(painter, rect, letter)
        if self._pickable and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.current().text), 1, Qt.PenStyle.DotLine))
            painter.drawRect(QRectF(self.cell_rect(self._current)).adjusted(-1, -1, 1, 1))

    def _paint_name(self, painter: QPainter, name: str, rect: QRect) -> None:
        painter.setPen(QColor(theme.current().muted))
        beside = QRectF(_EDGE, rect.top(), self._name_width(), rect.height())
        painter.drawText(beside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_mark(self, painter: QPainter, rect: QRect, letter: str) -> None:
        """A frame around a sample, with a letter in its corner unless that is a blank."""
        look = theme.current()
        painter.setPen(QPen(QColor(look.accent), 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(-1, -1, 1, 1), 2, 2)
        if not letter.strip():
            return
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.85)
        font.setBold(True)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        wide = metrics.horizontalAdvance(letter) + SPACE_XS * 1.5
        chip = QRectF(rect.left() - 1, rect.top() - 1, wide, metrics.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.accent))
        painter.drawRoundedRect(chip, 2, 2)
        painter.setPen(QColor(look.accent_text))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, letter)
        painter.setFont(self.font())

    # -- pointing and picking -----------------------------------------------------------------

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._place_at(event.pos())
            tip = "" if place is None or self._shown is None else tip_for(self._shown, place)
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()  # with a frame around the current cell

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._place_at(event.position().toPoint()) is not None
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position().toPoint())
        if self._pickable and place is not None and event.button() == Qt.MouseButton.LeftButton:
            self._pick(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()  # otherwise the dock takes it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._pickable or self._places is None:
            super().keyPressEvent(event)
            return
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = self._places.columns * (1 if event.key() == Qt.Key.Key_Down else -1)
        if step and 0 <= self._current + step < self.count():
            self._current += step
            self._scroll_to(self._current)
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(self._current)
        elif not step:
            super().keyPressEvent(event)

    def _pick(self, place: int) -> None:
        self._current = place
        self.viewport().update()
        self.picked.emit(place)

    def _scroll_to(self, place: int) -> None:
        rect = self.cell_rect(place)
        bar = self.verticalScrollBar()
        if rect.top() < 0:
            bar.setValue(bar.value() + rect.top() - _EDGE)
        elif rect.bottom() > self.viewport().height():
            bar.setValue(bar.value() + rect.bottom() - self.viewport().height() + _EDGE)
        self.viewport().update()

    def _place_at(self, spot: QPoint) -> int | None:
        if spot.x() < self._left():
            return None  # on a name, with cells scrolled behind it
        return next((place for place in range(self.count()) if self.cell_rect(place).contains(spot)), None)
