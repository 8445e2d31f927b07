"""A recipe as a small picture, painted from the recipe itself: its data, its network, what comes out."""

import math
import random
from math import prod

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from aedesk.data.corruptions.none import NoCorruption
from aedesk.models.model_options import plan
from aedesk.recipe import Recipe
from aedesk.ui.builder.funnel_shape import link, relative_heights
from aedesk.ui.theme import Theme, current

_DIGIT = (
    "......",
    ".####.",
    "....#.",
    "..###.",
    "....#.",
    ".####.",
)

_WORD = "word"


class RecipePicture(QWidget):
    """The picture of a recipe; the mouse is left to what lies below."""

    def __init__(self, recipe: Recipe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recipe = recipe
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_recipe(self, recipe: Recipe) -> None:
        """Paint another recipe."""
        self._recipe = recipe
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_recipe(QPainter(self), QRectF(self.rect()), self._recipe, current())


def paint_recipe(painter: QPainter, area: QRectF, recipe: Recipe, look: Theme) -> None:
    """Data on the left, the network's outline beside it, and what comes out where there is room."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    glyph = min(area.height() * 0.72, area.width() * 0.3)
    gap = glyph * 0.22
    both = area.width() >= 3.2 * glyph
    top = area.center().y() - glyph / 2
    noisy = not isinstance(recipe.corruption, NoCorruption)
    _paint_data(painter, QRectF(area.left(), top, glyph, glyph), recipe, look, noisy=noisy)
    right = area.right() - (glyph + gap if both else 0)
    left = area.left() + glyph + gap
    _paint_network(painter, QRectF(left, area.top(), right - left, area.height()), recipe, look)
    if both:
        _paint_data(painter, QRectF(area.right() - glyph, top, glyph, glyph), recipe, look, noisy=False)
    painter.restore()


def _paint_network(painter: QPainter, area: QRectF, recipe: Recipe, look: Theme) -> None:
    shape = recipe.data.source.shape() or (recipe.model.code_size * 8,)
    layers = plan(recipe.model, shape)
    heights, _ = relative_heights([prod(layer.shape) for layer in layers])
    code = next(number for number, layer in enumerate(layers) if layer.part == "code")
    full = area.height() * 0.86
    step = area.width() / (len(layers) - 1)
    faint = QColor(look.accent)
    faint.setAlphaF(0.28)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(faint)
    outline = QPainterPath()
    outline.setFillRule(Qt.FillRule.WindingFill)
    for number, (before, after) in enumerate(zip(heights, heights[1:], strict=False)):
        x = area.left() + number * step
        outline.addPath(link(x, before * full, x + step, after * full, area.center().y()))
    painter.drawPath(outline.simplified())
    painter.setBrush(QColor(look.accent))
    width = max(3.0, area.width() * 0.06)
    height = max(width, heights[code] * full)
    middle = QPointF(area.left() + code * step, area.center().y())
    painter.drawRoundedRect(
        QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height), width / 3, width / 3
    )
    if recipe.model.bottleneck.draws:  # a cloud around the point
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(look.accent), max(1.0, width / 5)))
        painter.drawEllipse(middle, width * 1.1, height / 2 + width * 0.6)


def _paint_data(painter: QPainter, area: QRectF, recipe: Recipe, look: Theme, *, noisy: bool) -> None:
    chance = random.Random(recipe.name)  # the same noise every time it is painted
    {"image": _paint_image, "signal": _paint_signal, "words": _paint_word}.get(recipe.data.source.form, _paint_table)(
        painter, area, look, chance, noisy
    )


def _paint_image(painter: QPainter, area: QRectF, look: Theme, chance: random.Random, noisy: bool) -> None:
    side = area.width() / len(_DIGIT)
    painter.setPen(Qt.PenStyle.NoPen)
    for row, line in enumerate(_DIGIT):
        for column, sign in enumerate(line):
            ink = 0.78 if sign == "#" else 0.1
            if noisy:
                ink = min(1.0, max(0.05, ink + chance.uniform(-0.45, 0.45)))
            colour = QColor(look.text)
            colour.setAlphaF(ink)
            painter.setBrush(colour)
            cell = QRectF(area.left() + column * side, area.top() + row * side, side, side)
            painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), side * 0.15, side * 0.15)


def _paint_signal(painter: QPainter, area: QRectF, look: Theme, chance: random.Random, noisy: bool) -> None:
    points = QPolygonF()
    for number in range(33):
        at = number / 32
        wave = math.sin(2 * math.pi * at) * 0.34 + (chance.uniform(-0.2, 0.2) if noisy else 0)
        points.append(QPointF(area.left() + at * area.width(), area.center().y() - wave * area.height()))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(QColor(look.text), max(1.2, area.width() / 26))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPolyline(points)


def _paint_word(painter: QPainter, area: QRectF, look: Theme, chance: random.Random, noisy: bool) -> None:
    word = _WORD[0] + _WORD[2] + _WORD[1] + _WORD[3:] if noisy else _WORD  # a slip of the fingers
    font = painter.font()
    font.setBold(True)
    font.setPixelSize(max(4, round(area.height() / 2.2)))
    painter.setFont(font)
    painter.setPen(QColor(look.text))
    side = area.width() / 2
    for place, letter in enumerate(word):
        cell = QRectF(area.left() + place % 2 * side, area.top() + place // 2 * side, side, side)
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, letter)


def _paint_table(painter: QPainter, area: QRectF, look: Theme, chance: random.Random, noisy: bool) -> None:
    rows, columns = 5, 4
    painter.setPen(Qt.PenStyle.NoPen)
    for row in range(rows):
        for column in range(columns):
            colour = QColor(look.label_colours[row * 3 // rows])
            colour.setAlphaF(0.15 if noisy and chance.random() < 0.35 else chance.uniform(0.45, 1.0))
            painter.setBrush(colour)
            x = area.left() + (column + 0.5) * area.width() / columns
            y = area.top() + (row + 0.5) * area.height() / rows
            painter.drawEllipse(QPointF(x, y), area.width() * 0.075, area.width() * 0.075)
