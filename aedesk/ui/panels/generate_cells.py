"""Small pictures of samples: images, curves, bars or words, each painted into a rectangle."""

from typing import Protocol

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPen, QPolygonF

from aedesk.ui import theme
from aedesk.ui.panels.generate_request import Shown
from aedesk.ui.theme import SPACE_S, SPACE_XS
from aedesk.ui.views.end_to_end import end_to_end
from aedesk.ui.views.mosaic import pictured, thinned

_MOST_BARS = 64
_MOST_LISTED = 12
_LARGEST = 256  # pixels: pictures of more are thinned before they are averaged down


class Cells(Protocol):
    """``aspects`` are the least and the most width per height; ``least`` and ``most`` are heights.

    ``narrowest`` is the width that cells have even where a row of them has no room for it.
    """

    aspects: tuple[float, float]
    least: int
    most: int
    narrowest: int

    def __len__(self) -> int: ...

    def prepare(self, size: QSize, ratio: float) -> None:
        """All cells are to be painted in this size, with so many device pixels per pixel."""

    def paint(self, painter: QPainter, place: int, rect: QRectF) -> None:
        """Paint one of them."""


def cells_for(shown: Shown, metrics: QFontMetrics) -> Cells:
    """The cells that suit the form of some samples."""
    if shown.words:
        return Words(shown.words, metrics)
    if shown.form == "image":
        return Pictures(shown)
    if shown.form == "signal" and shown.samples[0].size > 1:
        return Curves(shares(shown))
    return Bars(shares(shown))


def tip_for(shown: Shown, place: int) -> str:
    """What is to be known of a sample besides its picture; "" where that is nothing."""
    lines = [shown.tips[place]] if place < len(shown.tips) else []
    if shown.words:
        lines.insert(0, shown.words[place])
    elif shown.form == "table":
        values = shown.samples[place].ravel()[:_MOST_LISTED]
        names = shown.feature_names or tuple(str(number + 1) for number in range(len(values)))
        lines += [f"{name}: {value:.4g}" for name, value in zip(names, values, strict=False)]
    return "\n".join(lines)


def shares(shown: Shown) -> np.ndarray:
    """Samples flat ``[n, values]`` on their scale from 0 to 1; NaN stays."""
    low, high = np.asarray(shown.low, np.float32), np.asarray(shown.high, np.float32)
    with np.errstate(over="ignore", invalid="ignore"):  # of a network that has diverged
        share = (shown.samples - low) / np.where(high > low, high - low, 1)
    if shown.form == "signal":
        share = end_to_end(share)
    return share.reshape(len(shown.samples), -1)


class Pictures:
    """Images, every value a sharp square."""

    least, most, narrowest = 18, 128, 4

    def __init__(self, shown: Shown) -> None:
        low, high = float(np.min(shown.low)), float(np.max(shown.high))
        self._values = (thinned(shown.samples, _LARGEST) - low) / max(high - low, 1e-12)
        self._plain = shown.plain
        height, width = self._values.shape[2:]
        self.aspects = (width / height, width / height)
        self._images: list[QImage] = []
        self._for: object = None

    def __len__(self) -> int:
        return len(self._values)

    def prepare(self, size: QSize, ratio: float) -> None:
        look = theme.current()
        key = (size, ratio, look.name)
        if key == self._for:
            return
        self._for = key
        width, height = round(size.width() * ratio), round(size.height() * ratio)
        colours = None if self._plain else theme.colour_table(look.sequential)
        pixels = np.ascontiguousarray(pictured(self._values, height, width, colours))
        self._images = []
        for picture in pixels:
            kind = QImage.Format.Format_RGB32
            image = QImage(picture.data, width, height, width * 4, kind).copy()
            image.setDevicePixelRatio(ratio)
            self._images.append(image)

    def paint(self, painter: QPainter, place: int, rect: QRectF) -> None:
        painter.drawImage(rect.topLeft(), self._images[place])


class Curves:
    """Windows of a signal, each a line on a card."""

    aspects = (1.3, 3.0)
    least, most, narrowest = 22, 120, 4

    def __init__(self, shares: np.ndarray) -> None:
        self._shares = shares

    def __len__(self) -> int:
        return len(self._shares)

    def prepare(self, size: QSize, ratio: float) -> None:
        pass

    def paint(self, painter: QPainter, place: int, rect: QRectF) -> None:
        paint_card(painter, rect)
        share = self._shares[place]
        share = share[:: max(1, len(share) // round(2 * rect.width()))]
        inner = rect.adjusted(SPACE_XS, SPACE_XS, -SPACE_XS, -SPACE_XS)
        x = np.linspace(inner.left(), inner.right(), len(share))
        y = inner.bottom() - np.nan_to_num(share, posinf=1, neginf=0).clip(-0.1, 1.1) * inner.height()
        painter.setPen(QPen(QColor(theme.current().accent), 1.3))
        painter.drawPolyline(QPolygonF([QPointF(*spot) for spot in zip(x, y, strict=True)]))


class Bars:
    """Rows of a table, with a bar for each feature between its least and its largest value."""

    aspects = (1.2, 2.0)
    least, most, narrowest = 24, 96, 4

    def __init__(self, shares: np.ndarray) -> None:
        self._shares = shares[:, :_MOST_BARS]

    def __len__(self) -> int:
        return len(self._shares)

    def prepare(self, size: QSize, ratio: float) -> None:
        pass

    def paint(self, painter: QPainter, place: int, rect: QRectF) -> None:
        paint_card(painter, rect)
        share = np.nan_to_num(self._shares[place], posinf=1, neginf=0).clip(0.02, 1)
        inner = rect.adjusted(SPACE_XS, SPACE_XS, -SPACE_XS, -SPACE_XS)
        pitch = inner.width() / len(share)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current().accent))
        for number, part in enumerate(share):
            wide, high = max(1.0, pitch * 0.7), inner.height() * float(part)
            left = inner.left() + (number + 0.5) * pitch - wide / 2
            painter.drawRect(QRectF(left, inner.bottom() - high, wide, high))


class Words:
    """Samples that are text, each on a card."""

    def __init__(self, words: tuple[str, ...], metrics: QFontMetrics) -> None:
        self._words = words
        widest = max((metrics.horizontalAdvance(word) for word in words), default=1) + 2 * SPACE_S
        high = metrics.height() + SPACE_S
        self.least = self.most = high
        self.narrowest = widest
        self.aspects = (widest / high, 2 * widest / high)

    def __len__(self) -> int:
        return len(self._words)

    def prepare(self, size: QSize, ratio: float) -> None:
        pass

    def paint(self, painter: QPainter, place: int, rect: QRectF) -> None:
        paint_card(painter, rect)
        painter.setPen(QColor(theme.current().text))
        room = rect.adjusted(SPACE_XS, 0, -SPACE_XS, 0)
        text = painter.fontMetrics().elidedText(
            self._words[place], Qt.TextElideMode.ElideRight, round(room.width())
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)


def paint_card(painter: QPainter, rect: QRectF) -> None:
    """The ground that a cell stands on."""
    look = theme.current()
    painter.setPen(QPen(QColor(look.border), 1))
    painter.setBrush(QColor(look.base))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), SPACE_XS, SPACE_XS)
