"""A line of text that changes often and never moves what is around it."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from aedesk.ui import theme

Role = str
"""A colour of the theme by name: "text", "muted", "good", "warning", "error"."""


class ElidedLabel(QWidget):
    """Plain text in as many lines as it has room for; what does not fit becomes "…" and a tooltip.

    Unlike a `QLabel` it asks for the same room whatever it says, so that setting text many times
    a second costs one small repaint and no layout.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        lines: int = 1,
        characters: int = 12,
        role: Role = "text",
        alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        super().__init__(parent)
        self._text, self._role = "", role
        self._lines, self._characters, self._alignment = lines, characters, alignment
        self._elided = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        return self._text

    def role(self) -> Role:
        return self._role

    def set_text(self, text: str, role: Role | None = None) -> None:
        """Say something, in another colour where a role is given."""
        if text == self._text and role in (None, self._role):
            return
        self._text, self._role = text, role or self._role
        self.setAccessibleName(text)
        self.update()

    def set_lines(self, lines: int) -> None:
        """How many lines to have room for."""
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * self._characters, metrics.lineSpacing() * self._lines)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and self._elided:
            QToolTip.showText(event.globalPos(), self._text, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(getattr(theme.current(), self._role))
        metrics, width = self.fontMetrics(), self.width()
        if self._lines == 1 or metrics.horizontalAdvance(self._text) <= width:
            shown = metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, width)
            self._elided = shown != self._text
            painter.drawText(self.rect(), self._alignment | Qt.AlignmentFlag.AlignVCenter, shown)
            return
        lines = self._wrapped(width)
        top = (self.height() - metrics.lineSpacing() * len(lines)) / 2
        for number, line in enumerate(lines):
            painter.drawText(0, round(top + number * metrics.lineSpacing() + metrics.ascent()), line)

    def _wrapped(self, width: int) -> list[str]:
        """The text in lines, the last of them elided where there is more."""
        layout = QTextLayout(self._text, self.font(), self)
        layout.setTextOption(QTextOption(self._alignment))
        layout.beginLayout()
        starts = []
        while len(starts) < self._lines and (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            starts.append(line.textStart())
        layout.endLayout()
        ends = [*starts[1:], len(self._text)]
        parts = [self._text[start:end].rstrip() for start, end in zip(starts, ends, strict=True)]
        shown = self.fontMetrics().elidedText(parts[-1], Qt.TextElideMode.ElideRight, width)
        self._elided = shown != parts[-1]
        return [*parts[:-1], shown]
