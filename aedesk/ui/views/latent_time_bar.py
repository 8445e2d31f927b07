"""What colours mean that follow time: a slim bar from the start to the end."""

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from aedesk.ui import theme
from aedesk.ui.theme import SPACE_S
from aedesk.ui.views.latent_colours import time_ramp

_WIDEST, _THICK = 200, 6
_STOPS = 9


class TimeBar(QWidget):
    """The colours of time between two words, in the place of a legend."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = self.tr("Start"), self.tr("End")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Colours from the start to the end"))
        self.setToolTip(
            self.tr("The colours follow time, from the first of the samples shown to the last.")
        )

    def sizeHint(self) -> QSize:
        return QSize(200, self.fontMetrics().height() + SPACE_S)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def bar_rect(self) -> QRectF:
        """Where the colours are painted, in the widget's own pixels."""
        first, last = map(self.fontMetrics().horizontalAdvance, self._words)
        left = SPACE_S + first + SPACE_S
        width = min(_WIDEST, self.width() - left - SPACE_S - last - SPACE_S)
        return QRectF(left, (self.height() - _THICK) / 2, max(width, 0), _THICK)

    def paintEvent(self, event: QPaintEvent) -> None:
        bar = self.bar_rect()
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        for share, colour in zip(np.linspace(0, 1, _STOPS), time_ramp(_STOPS), strict=True):
            gradient.setColorAt(share, QColor(*map(int, colour)))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        painter.drawRoundedRect(bar, _THICK / 2, _THICK / 2)
        painter.setPen(QColor(theme.current().muted))
        words = QRectF(self.rect())
        for word, left in zip(self._words, (SPACE_S, bar.right() + SPACE_S), strict=True):
            words.setLeft(left)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, word)
