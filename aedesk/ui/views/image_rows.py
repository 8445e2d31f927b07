"""Images in rows: what went in, what came back, and the difference."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from aedesk.ui import theme
from aedesk.ui.theme import SPACE_M, SPACE_S, SPACE_XS
from aedesk.ui.views.compared import (
    Compared,
    error_text,
    short_error_text,
    typical_range,
)
from aedesk.ui.views.mosaic import pictured
from aedesk.ui.views.picture_rows import MOST, PictureRow, picture_rows, widest_captions

if TYPE_CHECKING:
    from aedesk.data.dataset import Dataset

FEWEST = 8
_SIDE = 56  # of a picture where there is room


@dataclass(frozen=True)
class _Places:
    """Where everything goes, in whole pixels of the screen (device pixels)."""

    left: int
    tops: list[int]
    pitch: int
    height: int
    width: int
    line: int  # for the errors, in the widget's own pixels; 0 leaves them out


class ImageRows(QWidget):
    """Paints some images, each in a column of its own.

    Signals: ``count_changed`` carries how many columns there is room for, when that changes.
    """

    count_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._samples: Compared | None = None
        self._rows: list[PictureRow] = []
        self._low, self._high = 0.0, 1.0
        self._plain = False
        self._reach = 1.0
        self._mosaic: QImage | None = None
        self._mosaic_for: object = None
        self._count = FEWEST
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Reconstructed images"))

    def show_dataset(self, dataset: "Dataset") -> None:
        """Get ready for the images of a data set."""
        low, high = typical_range(dataset, per_feature=False)
        self._low, self._high = float(low), float(max(high, low + 1e-6))
        # Digits are ink on paper in the theme's colours; a person's own pictures keep their greys.
        self._plain = dataset.name == "images"
        self.clear()

    def show_samples(self, samples: Compared) -> None:
        """Show some images beside what became of them."""
        self._samples = samples
        side = round(2 * _SIDE * self.devicePixelRatioF())
        self._rows, self._reach = picture_rows(samples, self._low, self._high, side)
        self._mosaic = None
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._samples = None
        self._rows = []
        self._mosaic = None
        self.update()

    def column_count(self) -> int:
        """How many images there is room for, side by side."""
        return self._count

    def row_captions(self) -> list[str]:
        """What stands at the left of the rows."""
        return [row.caption for row in self._rows]

    def scale_reach(self) -> float:
        """The difference that is painted in the strongest colour, as a share of black to white."""
        return self._reach

    def picture_rect(self, row: int, column: int) -> QRectF:
        """Where one picture is painted, in the widget's own pixels."""
        places, ratio = self._places(), self.devicePixelRatioF()
        left = places.left + column * places.pitch
        return QRectF(
            left / ratio, places.tops[row] / ratio, places.width / ratio, places.height / ratio
        )

    def sizeHint(self) -> QSize:
        return QSize(520, 320)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 160)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - self._widest_caption() - 2 * SPACE_M
        count = int(np.clip(room // (_SIDE + SPACE_XS), FEWEST, MOST))
        if count != self._count:
            self._count = count
            self.count_changed.emit(count)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self._show_tooltip(event)
            return True
        return super().event(event)

    def _widest_caption(self) -> int:
        return max(self.fontMetrics().horizontalAdvance(caption) for caption in widest_captions())

    def _small_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.85)
        return font

    def _legend_height(self) -> int:
        return QFontMetrics(self._small_font()).height() + SPACE_S

    def _places(self) -> _Places:
        """With a line for the errors below what came back, where short ones fit below the pictures."""
        metrics = QFontMetrics(self._small_font())
        places = self._places_with(metrics.height() + 2)
        wide_enough = metrics.horizontalAdvance("0.000") <= self._error_room(places)
        return places if wide_enough else self._places_with(0)

    def _error_room(self, places: _Places) -> float:
        """How wide an error can be without coming near the next one."""
        return places.pitch / self.devicePixelRatioF() - SPACE_XS - 2

    def error_texts(self, row: int) -> list[str]:
        """The errors that stand below a row, all in the same few digits; "" where one has no room."""
        errors, places = self._rows[row].errors, self._places()
        if errors is None or not places.line:
            return []
        metrics, room = QFontMetrics(self._small_font()), self._error_room(places)

        def fits(text: str) -> bool:
            return metrics.horizontalAdvance(text) <= room

        shown = errors[: self._columns()]
        texts = [error_text(error) for error in shown]
        if not all(map(fits, texts)):
            texts = [short_error_text(error) for error in shown]
        return [text if fits(text) else "" for text in texts]

    def _places_with(self, line: int) -> _Places:
        ratio = self.devicePixelRatioF()
        gap, margin = round(SPACE_XS * ratio), round(SPACE_M * ratio)
        between = round(line * ratio)
        left = round(self._widest_caption() * ratio) + margin + round(SPACE_S * ratio)
        lines = sum(row.errors is not None for row in self._rows) * between
        room_across = round(self.width() * ratio) - left
        legend = round(self._legend_height() * ratio)
        room_down = round(self.height() * ratio) - margin - lines - legend
        height, width = self._rows[0].cells.shape[2:]
        scale = min(
            (room_across / max(self._columns(), 1) - gap) / width,
            (room_down / len(self._rows) - gap) / height,
            2 * _SIDE * ratio / max(height, width),
        )
        height, width = max(4, int(height * scale)), max(4, int(width * scale))
        tops, top = [], round(SPACE_S * ratio)
        for row in self._rows:
            tops.append(top)
            top += height + gap + (between if row.errors is not None else 0)
        return _Places(left, tops, width + gap, height, width, line)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._rows or not len(self._samples):
            return
        look, places, ratio = theme.current(), self._places(), self.devicePixelRatioF()
        painter = QPainter(self)
        painter.drawImage(QPoint(0, 0), self._painted(places))
        small = self._small_font()
        for place, (row, top) in enumerate(zip(self._rows, places.tops, strict=True)):
            middle = QRectF(0, top / ratio, places.left / ratio - SPACE_S, places.height / ratio)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.setFont(self.font())
            painter.setPen(QColor(look.text))
            painter.drawText(middle, right, row.caption)
            if row.errors is not None and places.line:
                painter.setFont(small)
                painter.setPen(QColor(look.muted))
                below = middle.translated(0, places.height / ratio + 1)
                below.setHeight(places.line)
                painter.drawText(below, right, self.tr("error"))
                self._paint_errors(painter, self.error_texts(place), below, places)
        self._paint_legend(painter, places)

    def _paint_errors(
        self, painter: QPainter, texts: list[str], line: QRectF, places: _Places
    ) -> None:
        ratio = self.devicePixelRatioF()
        for column, text in enumerate(texts):
            left = (places.left + column * places.pitch) / ratio
            room = QRectF(left, line.top(), places.width / ratio, line.height())
            centred = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
            painter.drawText(room, centred, text)

    def _paint_legend(self, painter: QPainter, places: _Places) -> None:
        """The colours of the difference, below its row."""
        look, ratio = theme.current(), self.devicePixelRatioF()
        top = (places.tops[-1] + places.height) / ratio + SPACE_S
        painter.setFont(self._small_font())
        painter.setPen(QColor(look.muted))
        metrics = painter.fontMetrics()
        percent = round(self._reach * 100)
        less = self.tr("−{n} %").format(n=percent)
        more = self.tr("+{n} %").format(n=percent)
        longer = self.tr("+{n} % of the range of all values").format(n=percent)
        left = places.left / ratio
        width = metrics.horizontalAdvance(less)
        baseline = top + metrics.ascent()
        painter.drawText(round(left), round(baseline), less)
        ramp = np.array(theme.colour_table(look.diverging), np.uint32)[None, :]
        strip = QImage(ramp.tobytes(), 256, 1, 256 * 4, QImage.Format.Format_RGB32)
        bar = QRect(round(left + width + SPACE_S), round(top + metrics.height() / 2 - 4), 96, 8)
        painter.drawImage(bar, strip)
        painter.setPen(QColor(look.outline))
        painter.drawRect(bar)
        painter.setPen(QColor(look.muted))
        after = bar.right() + SPACE_S
        fits = after + metrics.horizontalAdvance(longer) < self.width()
        painter.drawText(after, round(baseline), longer if fits else more)

    def _columns(self) -> int:
        return min(self._count, len(self._samples)) if self._samples else self._count

    def _painted(self, places: _Places) -> QImage:
        """All pictures as one image, made anew only where something has changed."""
        look, ratio = theme.current(), self.devicePixelRatioF()
        key = (places.left, tuple(places.tops), places.width, places.height, look.name, ratio, self._count)
        if self._mosaic is not None and self._mosaic_for == key:
            return self._mosaic
        columns = self._columns()
        right = places.left + columns * places.pitch
        pixels = np.zeros((places.tops[-1] + places.height, right), np.uint32)
        for row, top in zip(self._rows, places.tops, strict=True):
            stops = look.diverging if row.diverging else look.sequential
            colours = None if self._plain and not row.diverging else theme.colour_table(stops)
            cells = pictured(
                row.cells[:columns], places.height, places.width, colours, missing=0.5 if row.diverging else 0
            )
            for column, cell in enumerate(cells):
                left = places.left + column * places.pitch
                pixels[top : top + places.height, left : left + places.width] = cell
        height, width = pixels.shape
        kind = QImage.Format.Format_ARGB32_Premultiplied
        image = QImage(pixels.data, width, height, width * 4, kind).copy()
        image.setDevicePixelRatio(ratio)
        self._mosaic, self._mosaic_for = image, key
        return image

    def _show_tooltip(self, event: QHelpEvent) -> None:
        for row in range(len(self._rows)):
            for column in range(self._columns()):
                if self.picture_rect(row, column).contains(QPointF(event.pos())):
                    QToolTip.showText(event.globalPos(), self._words_on(column), self)
                    return
        QToolTip.hideText()

    def _words_on(self, column: int) -> str:
        samples = self._samples
        words = self.tr("Sample {row}").format(row=int(samples.rows[column]))
        if samples.labels[column]:
            words = self.tr("Sample {row}, “{label}”").format(
                row=int(samples.rows[column]), label=samples.labels[column]
            )
        error = error_text(samples.errors[column])
        if samples.twin_errors is None:
            return self.tr("{sample}: error {error}").format(sample=words, error=error)
        return self.tr("{sample}: error {error}, PCA {twin}").format(
            sample=words, error=error, twin=error_text(samples.twin_errors[column])
        )

