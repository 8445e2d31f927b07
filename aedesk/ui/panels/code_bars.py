"""The code of one sample: a bar for each number, or a grid of cells where there are many."""

import math

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from aedesk.ui import theme
from aedesk.ui.counts import grouped

MOST_BARS = 64

_WIDEST_BAR = 26.0


class CodeBars(QWidget):
    """Paints a code ``[n]``. The scale grows with the largest number seen, until `clear`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code = np.zeros(0, dtype=np.float32)
        self._largest = 0.0
        self._has_negative = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Code"))

    def show_code(self, code: np.ndarray) -> None:
        """Show a code, ``[n]``; numbers that are not finite count as 0."""
        code = np.nan_to_num(np.asarray(code, np.float32).ravel(), posinf=0.0, neginf=0.0)
        if code.size != self._code.size:
            self.clear()
        self._code = code
        self._largest = max(self._largest, float(np.abs(code).max(initial=0.0)))
        self._has_negative = self._has_negative or bool((code < 0).any())
        self.update()

    def clear(self) -> None:
        """Show no code, and forget the scale."""
        self._code = np.zeros(0, dtype=np.float32)
        self._largest = 0.0
        self._has_negative = False
        self.update()

    def caption(self) -> str:
        """What is shown, in words."""
        if not self._code.size:
            return self.tr("Code")
        return self.tr("Code, {n} wide").format(n=grouped(self._code.size))

    def sizeHint(self) -> QSize:
        return QSize(140, 72)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 48)

    def cells(self) -> list[QRectF]:
        """The room of each number, in the widget's own pixels: a column, or a cell of the grid."""
        count = self._code.size
        inset = theme.SPACE_XS if count <= MOST_BARS else 1
        chart = self._chart().adjusted(inset, 0, -inset, 0)
        if not count:
            return []
        if count <= MOST_BARS:
            columns, rows = count, 1
            width = min(chart.width() / count, _WIDEST_BAR + 4)
        else:
            columns = max(1, math.ceil(math.sqrt(count * chart.width() / chart.height())))
            rows = math.ceil(count / columns)
            width = chart.width() / columns
        height = chart.height() / rows
        left = chart.left() + (chart.width() - width * columns) / 2
        return [
            QRectF(
                left + index % columns * width,
                chart.top() + index // columns * height,
                width,
                height,
            )
            for index in range(count)
        ]

    def _chart(self) -> QRectF:
        caption = self.fontMetrics().height() + theme.SPACE_XS
        return QRectF(self.rect()).adjusted(0, 0, 0, -caption)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self._show_number(event)
            return True
        return super().event(event)

    def _show_number(self, event: QHelpEvent) -> None:
        for index, cell in enumerate(self.cells()):
            if cell.contains(QPointF(event.pos())):
                text = self.tr("Number {n} of the code: {value}")
                value = f"{self._code[index]:.3g}"
                QToolTip.showText(event.globalPos(), text.format(n=grouped(index + 1), value=value), self)
                return
        QToolTip.showText(
            event.globalPos(),
            self.tr("The few numbers that the model keeps of the drawing."),
            self,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        chart = self._chart()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(look.border))
        painter.setBrush(QColor(look.base))
        radius = theme.SPACE_XS
        painter.drawRoundedRect(chart.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if self._code.size > MOST_BARS:
            self._paint_grid(painter)
        elif self._code.size:
            self._paint_bars(painter)
        painter.setPen(QColor(look.muted))
        below = QRectF(0, chart.bottom() + theme.SPACE_XS, self.width(), self.height())
        text = self.fontMetrics().elidedText(
            self.caption(), Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text)

    def _paint_bars(self, painter: QPainter) -> None:
        look = theme.current()
        chart = self._chart().adjusted(0, theme.SPACE_XS, 0, -theme.SPACE_XS)
        zero = chart.center().y() if self._has_negative else chart.bottom()
        reach = chart.height() / 2 if self._has_negative else chart.height()
        painter.setPen(Qt.PenStyle.NoPen)
        for value, cell in zip(self._code, self.cells(), strict=True):
            gap = min(2.0, cell.width() * 0.15)
            height = float(value) / (self._largest or 1.0) * reach
            bar = QRectF(cell.left() + gap, zero - height, cell.width() - 2 * gap, height)
            painter.setBrush(QColor(look.curve_colours[0 if value >= 0 else 1]))
            painter.drawRoundedRect(bar.normalized(), 1.5, 1.5)
        painter.setBrush(QColor(look.outline))
        painter.drawRect(QRectF(chart.left() + 1, zero - 0.5, chart.width() - 2, 1))

    def _paint_grid(self, painter: QPainter) -> None:
        colours = theme.colour_table(theme.current().diverging)
        painter.setPen(Qt.PenStyle.NoPen)
        for value, cell in zip(self._code, self.cells(), strict=True):
            place = 0.5 + 0.5 * float(value) / (self._largest or 1.0)
            painter.setBrush(QColor.fromRgb(colours[round(place * 255)]))
            painter.drawRect(cell.adjusted(1, 1, -0.5, -0.5))
