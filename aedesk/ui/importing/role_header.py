"""The head of the preview table: each column's name, unit, and what it is taken for."""

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QTableView

from aedesk.ui import theme
from aedesk.ui.builder.caption import small
from aedesk.ui.importing.column_roles import channel_colour, holds_numbers, role_word
from aedesk.ui.importing.preview_rows import PreviewRows
from aedesk.ui.theme import SPACE_S, SPACE_XS

_ARROW = 8  # pixels


class RoleHeader(QHeaderView):
    """Three lines for each column; it can be clicked to change what the column is."""

    def __init__(self, rows: PreviewRows, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._rows = rows
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        name, rest = self.fontMetrics().height(), QFontMetrics(small(self.font())).height()
        return QSize(super().sizeHint().width(), name + 2 * rest + 3 * SPACE_XS)

    def wanted_width(self, column: int) -> int:
        """How wide a column is to be so that its name and role can be read."""
        name = QFontMetrics(_bold(self.font())).horizontalAdvance(self._rows.name(column))
        role = self._rows.role(column)
        lower = QFontMetrics(small(self.font()))
        word = lower.horizontalAdvance(role_word(role)) + _ARROW + SPACE_S if role else 0
        unit = lower.horizontalAdvance(self._rows.unit(column))
        return max(name, word, unit) + 2 * SPACE_S + 2  # elided where it fits to the pixel

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        look, role = theme.current(), self._rows.role(logicalIndex)
        painter.save()
        painter.setClipRect(rect)
        under = self.logicalIndexAt(self.mapFromGlobal(self.cursor().pos())) == logicalIndex
        hovered = under and self.underMouse() and role is not None
        painter.fillRect(rect, QColor(look.hover if hovered else look.window))
        painter.setPen(QColor(look.border))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if role is not None:
            inner = rect.adjusted(SPACE_S, SPACE_XS, -SPACE_S, -SPACE_XS)
            self._paint_words(painter, inner, logicalIndex, look)
        painter.restore()

    def _paint_words(self, painter: QPainter, inner: QRect, column: int, look: theme.Theme) -> None:
        role, channel = self._rows.role(column), self._rows.channel(column)
        side = Qt.AlignmentFlag.AlignRight if holds_numbers(role) else Qt.AlignmentFlag.AlignLeft
        faded = role in ("out", "empty")
        top = inner.top()
        lines = (
            (_bold(self.font()), self._rows.name(column), look.disabled if faded else look.text),
            (small(self.font()), self._rows.unit(column), look.disabled if faded else look.muted),
        )
        for font, text, colour in lines:
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(QColor(colour))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(QRect(inner.left(), top, inner.width(), metrics.height()), side, shown)
            top += metrics.height()
        colour = channel_colour(look, channel or 0) if role == "channel" else look.muted
        self._paint_role(painter, QRect(inner.left(), top, inner.width(), inner.bottom() - top + 1), column, colour)

    def _paint_role(self, painter: QPainter, place: QRect, column: int, colour: str) -> None:
        """The role with an arrow that says that a click opens a menu."""
        font = small(self.font())
        metrics, word = QFontMetrics(font), role_word(self._rows.role(column))
        wide = metrics.horizontalAdvance(word) + SPACE_XS + _ARROW
        leaning = holds_numbers(self._rows.role(column))
        left = place.right() + 1 - wide if leaning else place.left()
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(QRect(left, place.top(), wide, metrics.height()), Qt.AlignmentFlag.AlignLeft, word)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colour), 1.3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        middle = QPointF(left + wide - _ARROW / 2, place.top() + metrics.height() / 2 + 1)
        painter.drawPolyline([middle + QPointF(-3, -1.5), middle + QPointF(0, 1.5), middle + QPointF(3, -1.5)])


def _bold(font: QFont) -> QFont:
    result = QFont(font)
    result.setWeight(QFont.Weight.DemiBold)
    return result
