"""The key of the loss view: what each line is, and its value."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from aedesk.ui import theme
from aedesk.ui.theme import SPACE_M, SPACE_S, SPACE_XS

_WIDEST = "0.00000"


@dataclass(frozen=True)
class KeyEntry:
    """One line of the plot: its name, its look, and what it says at the place of interest."""

    title: str
    value: str
    colour: QColor
    dashed: bool = False
    fixed: bool = True
    """Whether the value has a place of its own, so that what follows does not move."""


class LossKey(QWidget):
    """Rows of entries, painted: it changes many times a second and must not cost a layout."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[list[KeyEntry]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_rows(self, rows: Sequence[Sequence[KeyEntry]]) -> None:
        """What to show. The key grows and shrinks with the number of rows."""
        rows = [list(row) for row in rows]
        if rows == self._rows:
            return
        if len(rows) != len(self._rows):
            self._rows = rows
            self.updateGeometry()
        self._rows = rows
        self.setAccessibleName(self.text())
        self.update()

    def text(self) -> str:
        """What the key says, a line a row."""
        return "\n".join("  ".join(f"{entry.title} {entry.value}".strip() for entry in row) for row in self._rows)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 20, self._line_height() * max(1, len(self._rows)))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def _line_height(self) -> int:
        return self.fontMetrics().lineSpacing() + SPACE_XS // 2

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        columns = self._columns()
        for number, row in enumerate(self._rows):
            self._paint_row(painter, row, number * self._line_height(), columns)

    def _columns(self) -> list[tuple[float, float]]:
        """The widths of titles and values, the same for all rows; titles give way where it is narrow."""
        metrics = self.fontMetrics()
        rows = [row for row in self._rows if all(entry.fixed for entry in row)]
        columns = [[row[index] for row in rows if index < len(row)] for index in range(max(map(len, rows), default=0))]
        wide = [max(metrics.horizontalAdvance(entry.title) for entry in column) + 1 for column in columns]
        values = [
            max(metrics.horizontalAdvance(text) for text in (_WIDEST, *(entry.value for entry in column))) + 1
            for column in columns
        ]
        taken = sum(values) + len(columns) * (metrics.height() + SPACE_S) + SPACE_M * (len(columns) - 1)
        return list(zip(_shares(wide, self.width() - taken), values, strict=True))

    def _paint_row(
        self, painter: QPainter, row: list[KeyEntry], top: float, columns: list[tuple[float, float]]
    ) -> None:
        metrics, look = self.fontMetrics(), theme.current()
        height, swatch = self._line_height(), metrics.height()
        x = 0.0
        for index, entry in enumerate(row):
            title, wide = columns[index] if entry.fixed else (metrics.horizontalAdvance(entry.title) + 1, 0)
            _paint_swatch(painter, QRectF(x, top, swatch, height), entry)
            x += swatch + SPACE_XS
            painter.setPen(look.muted)
            shown = metrics.elidedText(entry.title, Qt.TextElideMode.ElideRight, round(title))
            painter.drawText(QRectF(x, top, title + 1, height), Qt.AlignmentFlag.AlignVCenter, shown)
            x += title + SPACE_XS
            painter.setPen(look.text)
            place = QRectF(x, top, self.width() - x, height)
            shown = metrics.elidedText(entry.value, Qt.TextElideMode.ElideRight, round(place.width()))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
            x += wide + SPACE_M


def _shares(wanted: list[int], room: float) -> list[float]:
    """Widths for the titles: what they want, or fair parts of the room where it is too small."""
    if sum(wanted) <= room:
        return [float(width) for width in wanted]
    left, count = max(room, 0.0), len(wanted)
    shares = [0.0] * count
    for done, index in enumerate(sorted(range(count), key=lambda place: wanted[place])):
        shares[index] = min(wanted[index], left / (count - done))
        left -= shares[index]
    return shares


def _paint_swatch(painter: QPainter, place: QRectF, entry: KeyEntry) -> None:
    pen = QPen(entry.colour, 2)
    if entry.dashed:
        pen.setDashPattern([2.2, 1.6])
    painter.setPen(pen)
    middle = place.center().y()
    painter.drawLine(QPointF(place.left(), middle), QPointF(place.right(), middle))
