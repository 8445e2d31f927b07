"""How grave a finding is, as a small sign that is told apart by its shape as well as its colour."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from aedesk.ui import theme

if TYPE_CHECKING:
    from aedesk.analysis.health_checks.finding import Severity

_COLOURS = {"problem": "error", "notice": "warning", "fine": "good"}
_SIDE = 16  # units that the signs are drawn in


class SeveritySign(QWidget):
    """A triangle with "!" for a problem, a ring with "i" for a notice, a tick for what is fine."""

    def __init__(self, severity: "Severity", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._severity: Severity = severity
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_severity(severity)

    def severity(self) -> "Severity":
        return self._severity

    def show_severity(self, severity: "Severity") -> None:
        """Draw the sign of another severity."""
        self._severity = severity
        names = {"problem": self.tr("Problem"), "notice": self.tr("Notice"), "fine": self.tr("Fine")}
        self.setAccessibleName(names[severity])
        self.setToolTip(names[severity])
        self.update()

    def sizeHint(self) -> QSize:
        side = round(self.fontMetrics().height() * 1.15)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = QColor(getattr(theme.current(), _COLOURS[self._severity]))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(QRectF(self.rect()).center())
        painter.scale(self.width() / _SIDE, self.height() / _SIDE)
        painter.setPen(
            QPen(colour, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        _DRAWINGS[self._severity](painter, colour)


def _problem(painter: QPainter, colour: QColor) -> None:
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([QPointF(0, -6), QPointF(6.8, 6), QPointF(-6.8, 6)]))
    painter.setPen(QPen(QColor(theme.current().base), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(0, -2), QPointF(0, 1.6))
    painter.drawPoint(QPointF(0, 4.2))


def _notice(painter: QPainter, colour: QColor) -> None:
    painter.drawEllipse(QPointF(0, 0), 6.6, 6.6)
    painter.drawLine(QPointF(0, -0.4), QPointF(0, 3.2))
    painter.drawPoint(QPointF(0, -3.2))


def _fine(painter: QPainter, colour: QColor) -> None:
    painter.drawPolyline([QPointF(-5, 0.4), QPointF(-1.6, 4), QPointF(5, -4)])


_DRAWINGS = {"problem": _problem, "notice": _notice, "fine": _fine}
