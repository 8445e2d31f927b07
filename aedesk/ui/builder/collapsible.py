"""A section that folds away under its title."""

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from aedesk.recipe_problems import Problem
from aedesk.ui import theme
from aedesk.ui.builder.caption import Caption, small


class SectionHeader(QAbstractButton):
    """The title with an arrow; folded away, also what is inside in a few words."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.summary = ""
        self.trouble: str | None = None

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().height() + 2 * theme.SPACE_S
        return QSize(self._bold_metrics().horizontalAdvance(self.text()) + 4 * theme.SPACE_M, height)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().adjusted(1, 1, -1, -1)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(QColor(look.accent), 1) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.hover) if self.underMouse() else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        self._paint_arrow(painter, look)
        left = theme.SPACE_XL + theme.SPACE_XS
        painter.setFont(_bold(self.font()))
        painter.setPen(QColor(look.text))
        width = self._bold_metrics().horizontalAdvance(self.text())
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRect(left, 0, width + 2, self.height()), align, self.text())
        right = self.width() - theme.SPACE_M
        if self.trouble:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.error if self.trouble == "error" else look.warning))
            radius = self.fontMetrics().height() * 0.22
            painter.drawEllipse(QPointF(right - radius, self.height() / 2), radius, radius)
            right -= round(2 * radius) + theme.SPACE_S
        if not self.isChecked():
            self._paint_summary(painter, look, left + width + theme.SPACE_M, right)

    def _paint_arrow(self, painter: QPainter, look: theme.Theme) -> None:
        painter.save()
        painter.setPen(QPen(QColor(look.muted), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.translate(theme.SPACE_L, self.height() / 2)
        painter.rotate(90 if self.isChecked() else 0)
        unit = self.fontMetrics().height() / 16
        painter.scale(unit, unit)
        painter.drawPolyline([QPointF(-2, -4), QPointF(2, 0), QPointF(-2, 4)])
        painter.restore()

    def _paint_summary(self, painter: QPainter, look: theme.Theme, left: int, right: int) -> None:
        font = small(self.font())
        painter.setFont(font)
        painter.setPen(QColor(look.muted))
        words = QFontMetrics(font).elidedText(self.summary, Qt.TextElideMode.ElideRight, max(0, right - left))
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(QRect(left, 0, max(0, right - left), self.height()), align, words)

    def _bold_metrics(self) -> QFontMetrics:
        return QFontMetrics(_bold(self.font()))


class Collapsible(QFrame):
    """A card with a header; ``toggled`` says that it was opened (True) or folded away."""

    toggled = Signal(bool)

    def __init__(self, title: str, description: str, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.header = SectionHeader(title)
        self.header.setToolTip(description)
        self.body = body
        self._note = Caption()
        self._inside = QWidget()
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(theme.SPACE_M, theme.SPACE_XS, theme.SPACE_M, theme.SPACE_M)
        inside.setSpacing(theme.SPACE_S)
        inside.addWidget(self._note)
        inside.addWidget(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._inside)
        self._inside.hide()
        self.header.toggled.connect(self._on_toggled)

    def is_open(self) -> bool:
        """Whether the body is shown."""
        return self.header.isChecked()

    def set_open(self, is_open: bool) -> None:
        """Open or fold away."""
        self.header.setChecked(is_open)

    def set_summary(self, text: str) -> None:
        """What the header says of the body while it is folded away."""
        self.header.summary = text
        self.header.update()

    def show_problems(self, problems: list[Problem], unsaid: list[Problem]) -> None:
        """Mark the header when there are ``problems`` inside; say the ``unsaid`` ones above the body."""
        self.header.trouble = None
        if problems:
            self.header.trouble = "error" if any(problem.fatal for problem in problems) else "warning"
        self._note.tell(unsaid)
        self.header.update()

    def _on_toggled(self, is_open: bool) -> None:
        self._inside.setVisible(is_open)
        self.toggled.emit(is_open)


def _bold(font: QFont) -> QFont:
    result = QFont(font)
    result.setWeight(QFont.Weight.DemiBold)
    return result
