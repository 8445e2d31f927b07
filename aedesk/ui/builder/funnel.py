"""The network drawn to scale: a bar for every layer, as high as the layer is wide."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from aedesk.models.architecture import Architecture, LayerPlan
from aedesk.ui import theme
from aedesk.ui.builder.caption import small
from aedesk.ui.builder.funnel_shape import Scale, link, relative_heights
from aedesk.ui.builder.labels import compact, grouped, recipe_text, value_label
from aedesk.ui.theme import SPACE_M, SPACE_S, SPACE_XS


@dataclass(frozen=True)
class _Bar:
    layer: LayerPlan
    x: float  # of its middle
    width: float
    height: float


class FunnelPicture(QWidget):
    """Every layer's width, output shape and number of parameters; hover for the details."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: list[LayerPlan] = []
        self._excuse = ""
        self._hovered: int | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.clear()

    def show_plan(self, plan: Sequence[LayerPlan]) -> None:
        """Draw these layers, from the input to the output."""
        self._plan, self._hovered = list(plan), None
        shapes = " → ".join(shape_text(layer.shape) for layer in plan)
        self.setAccessibleName(f"{shapes}, {self.total_text()}")
        self.update()

    def clear(self, excuse: str = "") -> None:
        """Draw no network, and say why."""
        self._plan, self._hovered = [], None
        self._excuse = excuse or self.tr("The network is drawn here once the shape of the data is known.")
        self.setAccessibleName(self._excuse)
        self.update()

    def total(self) -> int:
        """How many parameters the network has."""
        return sum(layer.parameters for layer in self._plan)

    def total_text(self) -> str:
        """The total in words."""
        return self.tr("{n} parameters").format(n=grouped(self.total()))

    def layer_text(self, number: int) -> str:
        """All there is to say of a layer, as rich text."""
        layer = self._plan[number]
        lines = [f"<b>{self._part_text(layer)}</b>"]
        lines.append(self.tr("Output: {shape}").format(shape=shape_text(layer.shape)))
        if layer.part != "input":
            activation = value_label("activation", layer.activation)
            lines.append(self.tr("Activation: {name}").format(name=activation))
            lines.append(self.tr("{n} parameters").format(n=grouped(layer.parameters)))
        if len(layer.shape) > 1:
            lines.append(self.tr("{n} values in all").format(n=grouped(prod(layer.shape))))
        return "<br>".join(lines)

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(18 * line, 10 * line)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(10 * line, 6 * line)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self._layer_at(event.pos().x())
            text = self._scale_text() if number is None else self.layer_text(number)
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self._layer_at(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._plan:
            painter.setPen(QColor(look.muted))
            room = self.rect().adjusted(SPACE_M, 0, -SPACE_M, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._excuse)
            return
        area = self._area()
        bars = self._bars(area)
        middle = area.center().y()
        self._paint_links(painter, look, bars, middle)
        for number, bar in enumerate(bars):
            _paint_bar(painter, look, bar, middle, hovered=number == self._hovered)
        self._paint_labels(painter, look, bars, area)
        self._paint_heading(painter, look)

    def _area(self) -> QRectF:
        """Where the bars stand: between the heading above and the labels below."""
        line = self.fontMetrics().height()
        labels = (2 if self._labels_parameters() else 1) * line
        return QRectF(self.rect()).adjusted(SPACE_M, line + SPACE_S, -SPACE_M, -labels - SPACE_XS)

    def _labels_parameters(self) -> bool:
        return self.height() >= 8 * self.fontMetrics().height()

    def _bars(self, area: QRectF) -> list[_Bar]:
        heights, _ = relative_heights([prod(layer.shape) for layer in self._plan])
        step = area.width() / len(self._plan)
        width = max(2.0, min(step * 0.34, self.fontMetrics().height() * 0.8))
        least = min(4.0, area.height())
        return [
            _Bar(layer, area.left() + (number + 0.5) * step, width, max(least, height * area.height()))
            for number, (layer, height) in enumerate(zip(self._plan, heights, strict=True))
        ]

    def _paint_links(self, painter: QPainter, look: theme.Theme, bars: list[_Bar], middle: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for left, right in zip(bars, bars[1:], strict=False):
            start, end = left.x + left.width / 2, right.x - right.width / 2
            shade = QLinearGradient(QPointF(start, 0), QPointF(end, 0))
            shade.setColorAt(0, _faint(look, left))
            shade.setColorAt(1, _faint(look, right))
            painter.setBrush(shade)
            painter.drawPath(link(start, left.height, end, right.height, middle))

    def _paint_labels(self, painter: QPainter, look: theme.Theme, bars: list[_Bar], area: QRectF) -> None:
        """Under the bars their shapes and, in a taller picture, their numbers of parameters."""
        painter.setFont(small(self.font()))
        line = QFontMetricsF(painter.font()).height()
        row = QRectF(0, area.bottom() + SPACE_XS / 2, self.width(), line)
        shapes = [shape_text(bar.layer.shape) for bar in bars]
        self._paint_row(painter, look, bars, shapes, row, look.text)
        if self._labels_parameters():
            counts = [compact(bar.layer.parameters) if bar.layer.parameters else "" for bar in bars]
            self._paint_row(painter, look, bars, counts, row.translated(0, line), look.muted)

    def _paint_row(
        self,
        painter: QPainter,
        look: theme.Theme,
        bars: list[_Bar],
        texts: list[str],
        row: QRectF,
        colour: str,
    ) -> None:
        """One text per bar: the code's, the input's and the output's first, others where room is."""
        taken: list[QRectF] = []
        first = {"code": 0, "input": 1, "output": 1}
        plain = painter.font()
        bold = QFont(plain)
        bold.setWeight(QFont.Weight.Bold)
        pairs = zip(bars, texts, strict=True)
        for bar, text in sorted(pairs, key=lambda pair: first.get(pair[0].layer.part, 2)):
            stands_out = bar.layer.part == "code" and colour == look.text
            painter.setFont(bold if stands_out else plain)
            wide = QFontMetricsF(painter.font()).horizontalAdvance(text) + 2
            left = min(max(bar.x - wide / 2, 1.0), self.width() - wide - 1)
            box = QRectF(left, row.top(), wide, row.height())
            if any(box.adjusted(-2, 0, 2, 0).intersects(other) for other in taken):
                continue
            taken.append(box)
            painter.setPen(QColor(look.accent if stands_out else colour))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.setFont(plain)

    def _paint_heading(self, painter: QPainter, look: theme.Theme) -> None:
        metrics = self.fontMetrics()
        box = QRectF(SPACE_M, SPACE_XS / 2, self.width() - 2 * SPACE_M, metrics.height())
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(look.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.total_text())
        taken = QFontMetricsF(font).horizontalAdvance(self.total_text()) + SPACE_M
        painter.setFont(small(self.font()))
        painter.setPen(QColor(look.muted))
        words = self._scale_words()
        if QFontMetricsF(painter.font()).horizontalAdvance(words) <= box.width() - taken:
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)

    def _scale_words(self) -> str:
        return {
            "linear": self.tr("heights to scale"),
            "root": self.tr("square-root heights"),
            "log": self.tr("logarithmic heights"),
        }[self._scale()]

    def _scale_text(self) -> str:
        if not self._plan:
            return self._excuse
        return {
            "linear": self.tr("Each bar is as high as its layer is wide."),
            "root": self.tr("Each bar is as high as the square root of its layer's width."),
            "log": self.tr("Each bar is as high as the logarithm of its layer's width."),
        }[self._scale()]

    def _scale(self) -> Scale:
        return relative_heights([prod(layer.shape) for layer in self._plan])[1]

    def _part_text(self, layer: LayerPlan) -> str:
        part = {
            "input": self.tr("Input"),
            "encoder": self.tr("Encoder"),
            "code": self.tr("Code"),
            "decoder": self.tr("Decoder"),
            "output": self.tr("Output"),
        }[layer.part]
        if layer.part in ("input", "code"):
            return part
        kind = Architecture.kinds().get(layer.name)
        name = recipe_text(kind.title) if kind else value_label("layer", layer.name)
        return self.tr("{part}: {kind}").format(part=part, kind=name)

    def _layer_at(self, x: float) -> int | None:
        if not self._plan:
            return None
        area = self._area()
        number = int((x - area.left()) // (area.width() / len(self._plan)))
        return number if 0 <= number < len(self._plan) else None

    def _hover(self, number: int | None) -> None:
        if number != self._hovered:
            self._hovered = number
            self.update()


def shape_text(shape: tuple[int, ...]) -> str:
    """A shape in as few signs as it needs: 784, 28×28 for one channel, 3×28×28."""
    sides = shape[1:] if len(shape) > 2 and shape[0] == 1 else shape
    return "×".join(str(side) for side in sides)


def _colour(look: theme.Theme, bar: _Bar) -> QColor:
    return QColor(look.muted if bar.layer.part in ("input", "output") else look.accent)


def _faint(look: theme.Theme, bar: _Bar) -> QColor:
    colour = _colour(look, bar)
    colour.setAlphaF(0.45 if bar.layer.part == "code" else 0.18)
    return colour


def _paint_bar(painter: QPainter, look: theme.Theme, bar: _Bar, middle: float, *, hovered: bool) -> None:
    colour = _colour(look, bar)
    if bar.layer.part != "code" and not hovered:
        colour.setAlphaF(0.6)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    box = QRectF(bar.x - bar.width / 2, middle - bar.height / 2, bar.width, bar.height)
    if hovered:
        box.adjust(-1.5, -1.5, 1.5, 1.5)
    round_by = min(bar.width, bar.height) / 3
    painter.drawRoundedRect(box, round_by, round_by)
