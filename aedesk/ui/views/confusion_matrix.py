"""The confusion matrix as a picture of counts."""

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from aedesk.ui import theme
from aedesk.ui.counts import grouped
from aedesk.ui.theme import SPACE_S, SPACE_XS
from aedesk.ui.views.confusion_colours import cell_colour, readable_on
from aedesk.ui.views.confusion_counts import Confusion

Cell = tuple[int, int]

_WIDEST_CELL, _HIGHEST_CELL = 110, 52
_LONGEST_NAME = 15  # characters, of a label beside or above
_AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class ConfusionMatrix(QWidget):
    """Labels downwards, what was told of them across, and at the right how many of each were right.

    A cell has the colour of its share of the row: one colour for right, another for wrong.
    Signals: ``cell_clicked(label, told)``, also by the keyboard.
    """

    cell_clicked = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._confusion: Confusion | None = None
        self._in_percent = False
        self._chosen: Cell | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Confusion matrix"))

    def show_names(self, names: tuple[str, ...]) -> None:
        """Get ready for these labels."""
        self._names, self._confusion, self._chosen = names, None, None
        self.updateGeometry()
        self.update()

    def show_confusion(self, confusion: Confusion | None) -> None:
        """Show counts of the labels that were named."""
        self._confusion = confusion
        self.update()

    def show_percent(self, wanted: bool) -> None:
        """Write shares instead of counts where there is room for one of them."""
        self._in_percent = wanted
        self.update()

    def cell_rect(self, cell: Cell) -> QRectF:
        """Where a cell is painted, in the widget's own pixels."""
        left, top, width, height = self._places()
        return QRectF(left + cell[1] * width, top + cell[0] * height, width, height)

    def cell_texts(self, cell: Cell) -> list[str]:
        """The one or two lines written into a cell, none where it is empty or too small."""
        count = int(self._confusion.counts[cell]) if self._confusion else 0
        if not count:
            return []
        number, share = grouped(count), _percent(self._confusion.shares[cell])
        room, metrics = self.cell_rect(cell), QFontMetrics(self._small_font())
        width = room.width() - 2

        def fitting(texts: list[str]) -> list[str]:
            return [text for text in texts if metrics.horizontalAdvance(text) <= width]

        if room.height() >= 2 * metrics.height():
            return fitting([share, number] if self._in_percent else [number, share])
        return fitting([share if self._in_percent else number])

    def sizeHint(self) -> QSize:
        return QSize(360, 240)

    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetrics(self._small_font())
        cell = QSize(metrics.horizontalAdvance("000") + SPACE_XS, metrics.height() + 1)
        count = max(len(self._names), 1)
        left, above, right = self._margins(cell.width())
        return QSize(left + right + count * cell.width(), above + count * cell.height())

    # -- places -------------------------------------------------------------------------------

    def _small_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.85)
        return font

    def _widest_name(self) -> int:
        metrics = QFontMetrics(self.font())
        most = metrics.horizontalAdvance("n") * _LONGEST_NAME
        return min(most, max((metrics.horizontalAdvance(name) for name in self._names), default=0))

    def _margins(self, cell_width: float) -> tuple[int, int, int]:
        """The room for names at the left, for those above, and for the shares at the right."""
        metrics = QFontMetrics(self.font())
        lying = self._widest_name() <= cell_width - SPACE_XS
        above = metrics.height() if lying else self._widest_name()
        left = metrics.height() + SPACE_S + self._widest_name() + SPACE_S
        return left, metrics.height() + SPACE_XS + above + SPACE_XS, self._right_margin()

    def _right_margin(self) -> int:
        metrics = QFontMetrics(self.font())
        return SPACE_S + max(map(metrics.horizontalAdvance, ("100\u202f%", self.tr("right"))))

    def _places(self) -> tuple[float, float, float, float]:
        """Left and top of the first cell, and width and height of each."""
        count = max(len(self._names), 1)
        width = float(_WIDEST_CELL)
        for _ in range(2):  # names stand upright where cells are narrow, which takes room above only
            left, above, right = self._margins(width)
            width = min((self.width() - left - right) / count, float(_WIDEST_CELL))
        height = min((self.height() - above) / count, float(_HIGHEST_CELL))
        return left, above, max(width, 1.0), max(height, 1.0)

    def _cell_at(self, spot: QPoint) -> Cell | None:
        left, top, width, height = self._places()
        column, row = int((spot.x() - left) // width), int((spot.y() - top) // height)
        count = len(self._names)
        return (row, column) if 0 <= row < count and 0 <= column < count else None

    # -- painting -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._confusion is None or not self._names:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        count = len(self._names)
        for cell in np.ndindex(count, count):
            self._paint_cell(painter, cell)
        self._paint_names(painter)
        self._paint_right_shares(painter)
        chosen = self._chosen if self._chosen is not None and max(self._chosen) < count else None
        if chosen is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.current().accent), 2))
            painter.drawRect(self.cell_rect(chosen).adjusted(1, 1, -1, -1))

    def _paint_cell(self, painter: QPainter, cell: Cell) -> None:
        colour = cell_colour(float(self._confusion.shares[cell]), right=cell[0] == cell[1])
        room = self.cell_rect(cell)
        painter.fillRect(room.adjusted(0.5, 0.5, -0.5, -0.5), colour)
        texts = self.cell_texts(cell)
        if not texts:
            return
        painter.setFont(self._small_font())
        line = QFontMetrics(painter.font()).height()
        top = room.center().y() - line * len(texts) / 2
        for number, text in enumerate(texts):
            painter.setPen(readable_on(colour))
            where = QRectF(room.left(), top + number * line, room.width(), line)
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_names(self, painter: QPainter) -> None:
        look, metrics = theme.current(), QFontMetrics(self.font())
        left, top, width, height = self._places()
        line = metrics.height()
        painter.setFont(self.font())
        painter.setPen(QColor(look.text))
        lying = self._widest_name() <= width - SPACE_XS
        for place, name in enumerate(self._names):
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, self._widest_name() + 1)
            beside = QRectF(0, top + place * height, left - SPACE_S, height)
            painter.drawText(beside, _AT_RIGHT, shown)
            middle = left + (place + 0.5) * width
            if lying:
                over = QRectF(middle - width / 2, top - line - SPACE_XS, width, line)
                painter.drawText(over, Qt.AlignmentFlag.AlignCenter, shown)
            else:
                painter.save()
                painter.translate(middle, top - SPACE_XS)
                painter.rotate(-90)
                upright = QRectF(0, -width / 2, self._widest_name() + 1, width)
                painter.drawText(upright, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
                painter.restore()
        self._paint_captions(painter, QRectF(left, top, width * len(self._names), height * len(self._names)))

    def _paint_captions(self, painter: QPainter, cells: QRectF) -> None:
        line = QFontMetrics(self.font()).height()
        painter.setPen(QColor(theme.current().muted))
        centred = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
        painter.drawText(QRectF(cells.left(), 0, cells.width(), line), centred, self.tr("Predicted label"))
        painter.save()
        painter.translate(0, cells.bottom())
        painter.rotate(-90)
        painter.drawText(QRectF(0, 0, cells.height(), line), centred, self.tr("True label"))
        painter.restore()

    def _paint_right_shares(self, painter: QPainter) -> None:
        left, top, width, height = self._places()
        painter.setPen(QColor(theme.current().muted))
        painter.setFont(self._small_font())
        line = QFontMetrics(self.font()).height()
        heading = QRectF(left + len(self._names) * width, top - line - SPACE_XS, 0, line)
        heading.setRight(heading.left() + self._right_margin())
        painter.drawText(heading, _AT_RIGHT, self.tr("right"))
        for place in range(len(self._names)):
            if not self._confusion.counts[place].any():
                continue
            room = QRectF(heading.left(), top + place * height, heading.width(), height)
            painter.drawText(room, _AT_RIGHT, _percent(self._confusion.shares[place, place]))

    # -- what a person does -------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self._show_tooltip(event)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position().toPoint())
        usable = cell is not None and self._confusion is not None and self._confusion.counts[cell]
        self.setCursor(Qt.CursorShape.PointingHandCursor if usable else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and cell is not None:
            self._choose(cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        count = len(self._names)
        if event.key() in _ARROWS and count:
            down, right = _ARROWS[event.key()]
            row, column = self._chosen or (0, 0)
            self._chosen = (row + down) % count, (column + right) % count
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._chosen:
            self._choose(self._chosen)
        else:
            super().keyPressEvent(event)

    def _choose(self, cell: Cell) -> None:
        self._chosen = cell
        self.update()
        if self._confusion is not None and self._confusion.counts[cell]:
            self.cell_clicked.emit(*cell)

    def _show_tooltip(self, event: QHelpEvent) -> None:
        cell = self._cell_at(event.pos())
        if cell is None or self._confusion is None:
            QToolTip.hideText()
            return
        QToolTip.showText(event.globalPos(), self.words_on(cell), self, self.cell_rect(cell).toRect())

    def words_on(self, cell: Cell) -> str:
        """A sentence on a cell."""
        count = int(self._confusion.counts[cell])
        label, told = self._names[cell[0]], self._names[cell[1]]
        if not count:
            return self.tr("No “{label}” was taken for “{told}”.").format(label=label, told=told)
        share = _percent(self._confusion.shares[cell])
        text = self.tr("{n} of “{label}” were taken for “{told}”, {share} of them. Click to see such samples.")
        return text.format(n=grouped(count), label=label, told=told, share=share)


def _percent(share: float) -> str:
    """A share in whole percent, without claiming all or nothing where that is not so."""
    shown = min(max(round(100 * share), 1), 99) if 0 < share < 1 else round(100 * share)
    return f"{shown}\u202f%"
