"""One row of a table, feature by feature: what went in beside what came back."""

import math

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from aedesk.ui import theme
from aedesk.ui.theme import SPACE_M, SPACE_S, SPACE_XS
from aedesk.ui.views.compared import Compared
from aedesk.ui.views.curve_key import CurveStyle, paint_mark

STYLES = {
    "original": CurveStyle(lambda look: look.curve_colours[2], 8, mark="dot"),
    "corrupted": CurveStyle(lambda look: look.muted, 1.5, mark="tick"),
    "reconstructed": CurveStyle(lambda look: look.curve_colours[0], 8, mark="dot"),
    "twin": CurveStyle(lambda look: look.curve_colours[3], 8, mark="ring"),
}
_MARGIN = 0.06  # of a track, at both of its ends
_LEAST_TRACK = 100  # shorter than this, the tracks need the room of the numbers


class FeatureRows(QWidget):
    """Paints a line for each feature: its name, a track with a dot for each value, and the numbers.

    A track runs from the feature's smallest to its largest value in the data set, so that
    features of any size and unit can be compared at a glance.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._low, self._high = np.zeros(0), np.ones(0)
        self._samples: Compared | None = None
        self._place = 0
        self._widest = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(self.tr("Original and reconstruction by feature"))

    def show_features(self, names: tuple[str, ...], low: np.ndarray, high: np.ndarray) -> None:
        """Get ready for samples with these features, whose values lie between ``low`` and ``high``."""
        self._names = names
        self._low, self._high = low, np.where(high > low, high, low + 1)
        self._samples = None
        self._measure_names()

    def show_sample(self, samples: Compared | None, place: int) -> None:
        """Show one of some samples."""
        self._samples, self._place = samples, place
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(460, self._header() + round(len(self._names) * self._least_pitch() * 1.25))

    def minimumSizeHint(self) -> QSize:
        return QSize(220, self._header() + len(self._names) * self._least_pitch())

    def numbers_shown(self) -> int:
        """How many numbers have room beside the tracks: all three, the error alone, or none."""
        room = self.width() - self._name_width() - 3 * SPACE_M - SPACE_S - _LEAST_TRACK
        return next((count for count in (3, 1) if count * self._number_width() <= room), 0)

    def track(self, feature: int) -> QRectF:
        """Where a feature's track is painted, in the widget's own pixels."""
        left = self._name_width() + 2 * SPACE_M
        right = self.width() - SPACE_M - self.numbers_shown() * self._number_width()
        pitch = self._pitch()
        return QRectF(left, self._header() + feature * pitch, max(right - left - SPACE_S, 20), pitch)

    def spot(self, feature: int, value: float) -> QPointF:
        """Where a value of a feature is painted; one beyond the track's ends stands at its end."""
        track = self.track(feature)
        share = (value - self._low[feature]) / (self._high[feature] - self._low[feature])
        share = _MARGIN + (1 - 2 * _MARGIN) * (float(share) if math.isfinite(share) else 0.5)
        return QPointF(track.left() + track.width() * min(max(share, 0.01), 0.99), track.center().y())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure_names()

    def _measure_names(self) -> None:
        metrics = self.fontMetrics()
        self._widest = max((metrics.horizontalAdvance(name) for name in self._names), default=0)
        self.updateGeometry()
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self._show_tooltip(event)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._samples is None or not self._names:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_header(painter)
        first = max(0, int((event.rect().top() - self._header()) // self._pitch()))
        last = math.ceil((event.rect().bottom() - self._header()) / self._pitch())
        for feature in range(first, min(last + 1, len(self._names))):
            self._paint_track(painter, feature)
            self._paint_texts(painter, feature)

    def _values(self, feature: int) -> tuple[float, float]:
        """What the feature was and what came back."""
        samples = self._samples
        return float(samples.original[self._place, feature]), float(samples.reconstructed[self._place, feature])

    def _paint_header(self, painter: QPainter) -> None:
        painter.setPen(QColor(theme.current().muted))
        line = QRectF(SPACE_M, 0, self._name_width(), self._header())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, middle, self.tr("Feature"))
        ends = self.track(0)
        ends = QRectF(ends.left(), 0, ends.width(), self._header())
        smallest, largest = self.tr("smallest"), self.tr("largest")
        if painter.fontMetrics().horizontalAdvance(f"{smallest}  {largest}") <= ends.width():
            painter.drawText(ends, middle, smallest)
            painter.drawText(ends, middle | Qt.AlignmentFlag.AlignRight, largest)
        headings = (self.tr("Was"), self.tr("Came back"), self.tr("Error"))
        for place, text in enumerate(headings):
            if place >= 3 - self.numbers_shown():
                painter.drawText(self._number_room(place, line), middle | Qt.AlignmentFlag.AlignRight, text)

    def _paint_track(self, painter: QPainter, feature: int) -> None:
        look, samples = theme.current(), self._samples
        original, given_back = self._values(feature)
        track = self.track(feature)
        middle = track.center().y()
        painter.setPen(QPen(QColor(look.plot_grid), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(track.left(), middle), QPointF(track.right(), middle))
        was, now = self.spot(feature, original), self.spot(feature, given_back)
        painter.setPen(QPen(QColor(look.curve_colours[0]), 2))
        painter.drawLine(was, now)
        if samples.corrupted is not None:
            seen = float(samples.corrupted[self._place, feature])
            paint_mark(painter, STYLES["corrupted"], self.spot(feature, seen))
        if samples.twin is not None:
            linear = float(samples.twin[self._place, feature])
            paint_mark(painter, STYLES["twin"], self.spot(feature, linear))
        paint_mark(painter, STYLES["original"], was)
        paint_mark(painter, STYLES["reconstructed"], now)

    def _paint_texts(self, painter: QPainter, feature: int) -> None:
        look = theme.current()
        original, given_back = self._values(feature)
        track = self.track(feature)
        line = QRectF(SPACE_M, track.top(), self._name_width(), track.height())
        middle = Qt.AlignmentFlag.AlignVCenter
        name = self.fontMetrics().elidedText(
            self._names[feature], Qt.TextElideMode.ElideMiddle, round(line.width())
        )
        painter.setPen(QColor(look.text))
        painter.drawText(line, middle, name)
        texts = (_number(original), _number(given_back), _number(given_back - original, sign=True))
        for place in range(3 - self.numbers_shown(), 3):
            text = texts[place]
            painter.setPen(QColor(look.text if place < 2 else look.muted))
            painter.drawText(self._number_room(place, line), middle | Qt.AlignmentFlag.AlignRight, text)

    def _number_room(self, place: int, line: QRectF) -> QRectF:
        width = self._number_width()
        left = self.width() - SPACE_M - (3 - place) * width
        return QRectF(left, line.top(), width, line.height())

    def _show_tooltip(self, event: QHelpEvent) -> None:
        feature = int((event.pos().y() - self._header()) // self._pitch()) if self._names else -1
        if self._samples is None or not 0 <= feature < len(self._names):
            QToolTip.hideText()
            return
        original, given_back = self._values(feature)
        differences = self._samples.reconstructed[:, feature] - self._samples.original[:, feature]
        text = self.tr(
            "{name}: was {was}, came back {now}. Typical error over the samples shown: {error}."
        ).format(
            name=self._names[feature],
            was=_number(original),
            now=_number(given_back),
            error=_number(float(np.sqrt(np.mean(np.square(differences, dtype=np.float64))))),
        )
        QToolTip.showText(event.globalPos(), text, self)

    def _least_pitch(self) -> int:
        return self.fontMetrics().height() + SPACE_XS

    def _pitch(self) -> float:
        room = (self.height() - self._header()) / max(len(self._names), 1)
        return min(max(room, self._least_pitch()), 2.2 * self._least_pitch())

    def _header(self) -> int:
        return self.fontMetrics().height() + SPACE_S

    def _name_width(self) -> int:
        return min(self._widest + 2, round(self.width() * 0.3))

    def _number_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(self.tr("Came back")) + SPACE_M


def _number(value: float, sign: bool = False) -> str:
    """A number in a few digits."""
    if not math.isfinite(value):
        return "–"
    text = f"{value:+.3g}" if sign else f"{value:.4g}"
    return text.replace("-", "−")
