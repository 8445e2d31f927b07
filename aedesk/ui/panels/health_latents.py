"""What each number of a drawn code holds, as bars from the most to the least."""

import math

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from aedesk.ui import theme
from aedesk.ui.builder.caption import small
from aedesk.ui.counts import grouped

MOST_BARS = 64
GIVEN_UP = 0.01
"""Nats of KL, below which a number of the code tells the decoder nothing (after Burda et al. 2016)."""

_FLOOR = 1e-3  # nats: the bottom of the scale, which is logarithmic
_LEAST_TOP = 10.0
_WIDEST_BAR = 48.0
_LINES = 5  # of text: the height of the chart


class LatentBars(QWidget):
    """Paints the mean KL of each number of the code, the strongest first, on a scale of decades.

    The scale grows with the largest value seen, and starts anew with another width.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nats = np.zeros(0)
        self._order = np.zeros(0, dtype=np.intp)
        self._top = _LEAST_TOP
        self.setFont(small(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_nats(self, nats: np.ndarray) -> None:
        """Show the mean KL of each number of the code ``[k]`` in nats; what is not finite counts as 0."""
        nats = np.nan_to_num(np.asarray(nats, np.float64).ravel(), posinf=0.0, neginf=0.0)
        if nats.size != self._nats.size:
            self._top = _LEAST_TOP
        self._nats = nats
        self._order = np.argsort(-nats, kind="stable")[:MOST_BARS]
        self._top = max(self._top, float(nats.max(initial=0.0)))
        self.setAccessibleName(f"{self.title()}: {self.caption()}")
        self.update()

    def title(self) -> str:
        """What the bars are."""
        return self.tr("KL per number of the code, in nats")

    def caption(self) -> str:
        """How many numbers are in use, in words."""
        used, all_ = int((self._nats >= GIVEN_UP).sum()), self._nats.size
        if all_ > MOST_BARS:
            text = self.tr("{used} of {all} in use, the strongest {shown} shown")
            return text.format(used=grouped(used), all=grouped(all_), shown=MOST_BARS)
        return self.tr("{used} of {all} in use").format(used=grouped(used), all=grouped(all_))

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(12 * line, (_LINES + 1) * line + theme.SPACE_XS)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def bars(self) -> list[QRectF]:
        """Each bar in the widget's own pixels, the strongest first."""
        chart = self._chart().adjusted(theme.SPACE_XS, 0, -theme.SPACE_XS, 0)
        width = min(chart.width() / max(1, len(self._order)), _WIDEST_BAR)
        gap = min(2.0, width * 0.15)
        bars = []
        for place, number in enumerate(self._order):
            top = min(self._height_at(self._nats[number]), chart.bottom() - 1)
            left = chart.left() + place * width + gap
            bars.append(QRectF(left, top, width - 2 * gap, chart.bottom() - top))
        return bars

    def line(self) -> float:
        """The height of the line below which a number of the code has been given up."""
        return self._height_at(GIVEN_UP)

    def _chart(self) -> QRectF:
        metrics = self.fontMetrics()
        labels = metrics.horizontalAdvance(self._label(GIVEN_UP)) + theme.SPACE_XS
        above = metrics.height() + theme.SPACE_XS
        return QRectF(self.rect()).adjusted(labels + 0.5, above + 0.5, -0.5, -0.5)

    def _height_at(self, nats: float) -> float:
        """Where a value stands, from the chart's bottom at 0.001 nats to its top."""
        chart = self._chart().adjusted(0, theme.SPACE_XS, 0, 0)
        share = math.log(max(nats, _FLOOR) / _FLOOR) / math.log(self._top / _FLOOR)
        return chart.bottom() - share * chart.height()

    def _label(self, nats: float) -> str:
        return f"{nats:g}"

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self._show_number(event)
            return True
        return super().event(event)

    def _show_number(self, event: QHelpEvent) -> None:
        chart = self._chart()
        for number, bar in zip(self._order, self.bars(), strict=True):
            if QRectF(bar.left(), chart.top(), bar.width(), chart.height()).contains(QPointF(event.pos())):
                text = self.tr("Number {n} of the code holds {nats} nats.")
                text = text.format(n=grouped(int(number) + 1), nats=f"{self._nats[number]:.3g}")
                QToolTip.showText(event.globalPos(), text, self)
                return
        QToolTip.showText(event.globalPos(), self.tooltip_text(), self)

    def tooltip_text(self) -> str:
        """What the bars mean."""
        return self.tr(
            "How much each number of the code tells of a sample. Below the dashed line at {least} nats "
            "the decoder does without it."
        ).format(least=self._label(GIVEN_UP))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, chart, metrics = theme.current(), self._chart(), self.fontMetrics()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(look.border))
        painter.setBrush(QColor(look.base))
        painter.drawRoundedRect(chart, theme.SPACE_XS, theme.SPACE_XS)
        self._paint_words(painter)
        for decade in (0.1, 1.0, 10.0, 100.0):
            if decade < self._top * 0.99:
                y = self._height_at(decade)
                painter.setPen(QColor(look.plot_grid))
                painter.drawLine(QPointF(chart.left() + 1, y), QPointF(chart.right() - 1, y))
        painter.setPen(Qt.PenStyle.NoPen)
        for number, bar in zip(self._order, self.bars(), strict=True):
            used = self._nats[number] >= GIVEN_UP
            painter.setBrush(QColor(look.curve_colours[0] if used else look.warning))
            painter.drawRoundedRect(bar, 1.5, 1.5)
        painter.setPen(QPen(QColor(look.muted), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(chart.left(), self.line()), QPointF(chart.right(), self.line()))
        painter.setPen(QColor(look.muted))
        for nats in (GIVEN_UP, 1.0, 100.0):
            if nats <= self._top:
                at = QRectF(0, self._height_at(nats) - metrics.height() / 2, chart.left() - theme.SPACE_XS, metrics.height())
                painter.drawText(at, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._label(nats))

    def _paint_words(self, painter: QPainter) -> None:
        """The title, and at the right how many are in use; where both do not fit, that alone."""
        look, metrics, caption = theme.current(), self.fontMetrics(), self.caption()
        head = QRectF(0, 0, self.width(), metrics.height())
        room = round(head.width() - metrics.horizontalAdvance(caption) - theme.SPACE_S)
        painter.setPen(QColor(look.muted))
        title = metrics.elidedText(self.title(), Qt.TextElideMode.ElideRight, max(0, room))
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        painter.setPen(QColor(look.text))
        painter.drawText(head, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, caption)
