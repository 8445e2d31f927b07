"""A small card that floats over a map and shows one sample."""

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from aedesk.data.source import Form
from aedesk.data.words import decode_words
from aedesk.ui import theme
from aedesk.ui.counts import grouped
from aedesk.ui.image_label import ArrayImage
from aedesk.ui.theme import SPACE_S, SPACE_XS
from aedesk.ui.views.end_to_end import end_to_end

_AWAY = 14  # pixels between the card and what it speaks of
_SIDE = 84
_MOST_FEATURES = 6
_MOST_PIXELS = 1000  # of a line: more could not be seen


class SampleCard(QFrame):
    """Shows images as a picture, signals as a line, words as text, and tables as their first features."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._heading = QLabel(self)
        self._heading.setProperty("role", "heading")
        self._picture = ArrayImage(parent=self)
        self._picture.setFixedSize(_SIDE, _SIDE)
        self._line = Sparkline(self)
        self._values = QLabel(self)
        self._values.setTextFormat(Qt.TextFormat.PlainText)
        self._footer = QLabel(self)
        self._footer.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_S, SPACE_S, SPACE_S, SPACE_S)
        layout.setSpacing(SPACE_XS)
        for part in (self._heading, self._picture, self._line, self._values, self._footer):
            layout.addWidget(part)
        self.hide()

    def show_sample(
        self,
        sample: np.ndarray,
        form: Form,
        limits: tuple[float, float],
        features: tuple[str, ...] = (),
        heading: str = "",
        footer: str = "",
    ) -> None:
        """Show a sample ``[*shape]`` whose values mostly lie within ``limits``."""
        for label, text in ((self._heading, heading), (self._footer, footer)):
            label.setText(text)
            label.setVisible(bool(text))
        if sample.size == 1:
            form = "table"  # a single number says more than its picture
        self._picture.setVisible(form == "image")
        self._line.setVisible(form == "signal")
        self._values.setVisible(form in ("table", "words"))
        if form == "image":
            # [channels, height, width] becomes grey [h, w] or colour [h, w, 3].
            self._picture.show_array(sample[0] if len(sample) == 1 else sample.transpose(1, 2, 0), *limits)
        elif form == "signal":
            self._line.show_values(end_to_end(sample[None])[0], limits)
        elif form == "words":
            self._values.setText(decode_words(sample[None], features)[0] or "–")
        else:
            self._values.setText(self._listed(sample.ravel(), features))

    def place_beside(self, spot: QPoint, room: QRect) -> None:
        """Show the card beside a spot, never over it, within a room of the parent's."""
        size = self.sizeHint()
        right = spot.x() + _AWAY
        left = right if right + size.width() <= room.right() else spot.x() - _AWAY - size.width()
        lowest = room.bottom() - size.height()
        top = max(room.top(), min(spot.y() - size.height() // 2, lowest))
        self.setGeometry(QRect(QPoint(max(left, room.left()), top), size))
        self.show()
        self.raise_()

    def _listed(self, values: np.ndarray, features: tuple[str, ...]) -> str:
        names = features or tuple(str(number) for number in range(1, len(values) + 1))
        lines = [
            self.tr("{feature}: {value}").format(feature=name, value=f"{value:.4g}")
            for name, value in zip(names[:_MOST_FEATURES], values, strict=False)
        ]
        if len(values) > _MOST_FEATURES:
            lines.append(self.tr("and {n} more").format(n=grouped(len(values) - _MOST_FEATURES)))
        return "\n".join(lines)


class Sparkline(QWidget):
    """A signal as a line without axes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = np.empty(0)
        self._limits = (0.0, 1.0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(2 * _SIDE, _SIDE)

    def show_values(self, values: np.ndarray, limits: tuple[float, float]) -> None:
        """Show values ``[t]``, drawn between two limits."""
        self._values, self._limits = values[:: max(1, len(values) // _MOST_PIXELS)], limits
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        low, high = self._limits
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.current().accent), 1.5))
        x = np.linspace(room.left(), room.right(), len(self._values))
        share = np.nan_to_num((self._values - low) / (high - low)).clip(-0.1, 1.1)
        y = room.bottom() - share * room.height()
        painter.drawPolyline(QPolygonF([QPointF(*point) for point in zip(x, y, strict=True)]))
