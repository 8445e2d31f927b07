"""Axes that stay readable in a plot a few lines of text high."""

from html import escape
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsSceneResizeEvent, QStyleOptionGraphicsItem, QWidget

from aedesk.ui.views.time_unit import SECONDS, time_unit

_GAP = 6
_MOST_STEPS = 10
_UNIT = "{unit}"
_MANY = 10_000  # from here on pyqtgraph writes powers of ten
_OVER_THE_END = 4  # pixels that a number may stand out at the ends of an axis


class DirectAxis(pg.AxisItem):
    """An axis that is painted in a fraction of the time: directly, not as pyqtgraph's recorded picture,
    and its grid as narrow rectangles, which Qt fills many times as fast as it draws lines."""

    def paint(self, p: QPainter, opt: QStyleOptionGraphicsItem, widget: QWidget | None) -> None:
        p.setFont(self.style["tickFont"] or p.font())
        if self.picture is None:  # something has changed: pyqtgraph's way to say so
            self.picture = self.generateDrawSpecs(p) or ()
        if self.picture:
            axis, ticks, texts = self.picture
            p.save()
            for pen, start, end in ticks:
                size = QSizeF(abs(end.x() - start.x()) or 1, abs(end.y() - start.y()) or 1)
                corner = QPointF(min(start.x(), end.x()), min(start.y(), end.y()))
                p.fillRect(QRectF(corner, size), pen.color())
            self.drawPicture(p, axis, (), texts)
            p.restore()


class HeightAxis(DirectAxis):
    """An axis at the left. Its name stands upright, or lies across where the plot is too low for it."""

    _name, _lying = "", False  # pyqtgraph resizes an axis while it is made

    def __init__(self) -> None:
        super().__init__("left")
        self.setStyle(hideOverlappingLabels=_OVER_THE_END)

    def set_name(self, name: str) -> None:
        """Say what is drawn along this axis."""
        self._name = name
        self._set_text()

    def length(self) -> float:
        """How long the whole name is, in pixels."""
        return self._long(self._name)

    def lying_length(self) -> float:
        """How long the name is where it lies across, in pixels."""
        return self._long(self._shortened())

    def lie_down(self, lying: bool) -> None:
        """Whether the name is written across, shortened to a few letters."""
        self._lying = lying
        self.label.setRotation(0 if lying else -90)
        self._set_text()

    def resizeEvent(self, ev: QGraphicsSceneResizeEvent | None = None) -> None:
        super().resizeEvent(ev)
        if self.label is not None and self._lying:
            self.label.setPos(0, (self.size().height() - self.label.boundingRect().height()) / 2)

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:
        """As many steps as there is room for, one line of text for each, and no more than are read at a glance."""
        least = max(self._metrics().height() / max(size, 1), 1 / _MOST_STEPS) * (maxVal - minVal)
        levels = [level for level in super().tickSpacing(minVal, maxVal, size) if level[0] >= least]
        widest = _round_above(least)
        return levels if levels and levels[-1][0] <= 2 * widest else [(widest, 0)]

    def _set_text(self) -> None:
        self.setLabel(escape(self._shortened() if self._lying else self._name))  # it would be taken for HTML
        self.resizeEvent()  # puts the label in its place

    def _shortened(self) -> str:
        room = self._metrics().horizontalAdvance("0" * 9)
        return self._metrics().elidedText(self._name, Qt.TextElideMode.ElideRight, room)

    def _long(self, text: str) -> float:
        return self._metrics().horizontalAdvance(text) + 2 * self.label.document().documentMargin()

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self.label.font())


class LengthAxis(DirectAxis):
    """An axis at the bottom that is one line high: its name stands at the end of that line.

    Where there is “{unit}” in the name, the places are seconds, and are told in a unit that suits the piece in view.
    """

    _unit = SECONDS

    def setLabel(self, *arguments: Any, **named: Any) -> None:
        super().setLabel(*arguments, **named)
        self._fit_unit()
        self.resizeEvent()  # another name takes another place

    def setRange(self, mn: float, mx: float) -> None:
        super().setRange(mn, mx)
        self._fit_unit()

    def labelString(self) -> str:
        return super().labelString().replace(_UNIT, self._unit.name())

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """In plain digits, however many they are: 20\u202f000 rather than 2e+04."""
        if self.logMode or not values or max(map(abs, values)) * scale < _MANY:
            return super().tickStrings(values, scale, spacing)
        places = max(0, int(np.ceil(-np.log10(spacing * scale))))
        return [f"{value * scale:,.{places}f}".replace(",", "\u202f") for value in values]

    def resizeEvent(self, ev: QGraphicsSceneResizeEvent | None = None) -> None:
        super().resizeEvent(ev)
        if self.label is not None:
            room, label = self.size(), self.label.boundingRect()
            self.label.setPos(room.width() - label.width() + 4, (room.height() - label.height()) / 2 - 1)

    def _fit_unit(self) -> None:
        unit = time_unit(abs(self.range[1] - self.range[0])) if _UNIT in self.labelText else SECONDS
        if unit != self._unit:
            self._unit = unit
            self.setScale(1 / unit.seconds)
            self.resizeEvent()

    def line_height(self) -> int:
        """The height of the axis with its numbers and its name, in pixels."""
        return round(QFontMetricsF(self.label.font()).height()) + _GAP

    def generateDrawSpecs(self, p: Any) -> Any:
        specs = super().generateDrawSpecs(p)
        if specs is None or not self.label.isVisible():
            return specs
        axis, ticks, texts = specs
        end = self.label.pos().x() - _GAP
        return axis, ticks, [text for text in texts if text[0].right() <= end]


class FrequencyAxis(LengthAxis):
    """A logarithmic one, with plain numbers at 1, 2 and 5 times the powers of ten."""

    def generateDrawSpecs(self, p: Any) -> Any:
        specs = super().generateDrawSpecs(p)
        if specs is None:
            return specs
        axis, ticks, texts = specs
        once = {text: (rect, flags, text) for rect, flags, text in reversed(texts)}  # a power of ten is there twice
        return axis, ticks, list(once.values())

    def logTickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        numbers = [10**value * scale for value in values]
        return [f"{float(f'{number:.3g}'):g}" if f"{number:.0e}"[0] in "125" else "" for number in numbers]


def _round_above(value: float) -> float:
    """The smallest of 1, 2, 5, 10, 20 … and their tenths that is no less than a positive ``value``."""
    power = 10.0 ** np.floor(np.log10(value)) if value > 0 else 1.0
    return next(float(power * factor) for factor in (1, 2, 5, 10, 20) if power * factor >= value)
