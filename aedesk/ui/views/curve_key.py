"""How the curves of a plot look, and the key that names them and switches them off."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from aedesk.ui import theme
from aedesk.ui.theme import SPACE_S, SPACE_XS, Theme

_SAMPLE = 18  # length of the piece of line beside a name
_TICK = 6


Mark = Literal["line", "dot", "ring", "tick"]


@dataclass(frozen=True)
class CurveStyle:
    """A pen that follows the theme: a colour picked from it, a width, and an opacity from 0 to 1.

    What is no curve but many marks has a ``mark``, as wide as ``width``.
    """

    colour: Callable[[Theme], str]
    width: float = 1.0
    opacity: float = 1.0
    mark: Mark = "line"

    def pen(self) -> QPen:
        """The pen in the theme's colours of now, equally wide at any zoom."""
        colour = QColor(self.colour(theme.current()))
        colour.setAlphaF(self.opacity)
        pen = QPen(colour, self.width)
        pen.setCosmetic(True)
        return pen


def paint_mark(painter: QPainter, style: CurveStyle, at: QPointF) -> None:
    """Paint one mark of a style around a point; of a line, a short piece."""
    pen = style.pen()
    half = style.width / 2
    match style.mark:
        case "line":
            pen.setWidthF(max(pen.widthF(), 1.5))
            painter.setPen(pen)
            painter.drawLine(at - QPointF(_SAMPLE / 2 - 1, 0), at + QPointF(_SAMPLE / 2 - 1, 0))
        case "tick":
            painter.setPen(pen)
            painter.drawLine(at - QPointF(0, _TICK), at + QPointF(0, _TICK))
        case "ring":
            painter.setPen(QPen(pen.color(), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, half - 0.75, half - 0.75)
        case "dot":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(pen.color())
            painter.drawEllipse(at, half, half)


class _KeyButton(QAbstractButton):
    """One curve's name behind a piece of its line; unchecked, both fade."""

    def __init__(self, text: str, style: CurveStyle, parent: QWidget) -> None:
        super().__init__(parent)
        self._style = style
        self.setText(text)
        self.setCheckable(True)
        self.setChecked(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = _SAMPLE + SPACE_XS + metrics.horizontalAdvance(self.text()) + 2
        return QSize(width, metrics.height() + SPACE_XS)

    def minimumSizeHint(self) -> QSize:
        return QSize(_SAMPLE + SPACE_XS, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look, on = theme.current(), self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style = self._style if on else replace(self._style, colour=lambda look: look.outline)
        paint_mark(painter, style, QPointF(_SAMPLE / 2, self.height() / 2))
        room = self.rect().adjusted(_SAMPLE + SPACE_XS, 0, 0, 0)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(QColor(look.text if on or self.underMouse() else look.disabled))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        if self.hasFocus():
            painter.setPen(QColor(look.accent))
            painter.drawLine(room.bottomLeft(), room.bottomRight())


class CurveKey(QWidget):
    """The names of curves in a line; with ``switches``, a click shows or hides a curve.

    Signals: ``toggled`` carries a curve's key and whether it is to be shown.
    """

    toggled = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None, *, switches: bool = True) -> None:
        super().__init__(parent)
        self._switches = switches
        self._buttons: dict[str, _KeyButton] = {}
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(SPACE_S + SPACE_XS)
        self._line.addStretch()

    def add(self, key: str, text: str, style: CurveStyle) -> None:
        """Name one more curve."""
        button = _KeyButton(text, style, self)
        if self._switches:
            button.setToolTip(self.tr("Click to show or hide this curve."))
            button.toggled.connect(lambda on: self.toggled.emit(key, on))
        else:
            button.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._buttons[key] = button
        self._line.insertWidget(self._line.count() - 1, button)

    def names(self) -> list[str]:
        """The keys of the curves named here."""
        return list(self._buttons)

    def button(self, key: str) -> QAbstractButton:
        """What shows and switches a curve's name."""
        return self._buttons[key]

    def set_text(self, key: str, text: str) -> None:
        """Name a curve otherwise."""
        if self._buttons[key].text() != text:
            self._buttons[key].setText(text)
            self._buttons[key].updateGeometry()

    def set_present(self, key: str, present: bool) -> None:
        """Whether there is such a curve at all."""
        self._buttons[key].setVisible(present)
