"""Where the cells of a grid stand: as large as they fit, or in rows of a name each."""

from dataclasses import dataclass
from math import ceil, floor

from PySide6.QtCore import QRect, QSize

from aedesk.ui.theme import SPACE_S, SPACE_XS

_LEAST_IN_STRIP = 30


@dataclass(frozen=True)
class Places:
    """A grid of cells of one size; ``left`` is where the first column begins."""

    columns: int
    cell: QSize
    left: int
    gap: int
    count: int

    def rect(self, place: int) -> QRect:
        """Where a cell stands, from the top of all of them."""
        row, column = divmod(place, self.columns)
        x = self.left + column * (self.cell.width() + self.gap)
        return QRect(x, row * (self.cell.height() + self.gap), self.cell.width(), self.cell.height())

    def width(self) -> int:
        """How wide all of them are together, with what is left of them."""
        return self.left + self.columns * (self.cell.width() + self.gap) - self.gap

    def height(self) -> int:
        """How high all of them are together."""
        rows = ceil(self.count / self.columns)
        return max(0, rows * (self.cell.height() + self.gap) - self.gap)


def fitted(
    count: int, room: QSize, aspects: tuple[float, float], least: int, most: int, *, strip: bool = False
) -> Places:
    """As large as ``count`` cells can be in a room, or of the least height and beyond its end.

    A ``strip`` stays in one line as long as its cells can be told apart.
    """
    gap, left = SPACE_XS if room.width() < 900 else SPACE_S, 0
    line = _cell((room.width() + gap) / count - gap, min(most, room.height()), aspects)
    if strip and line.height() >= _LEAST_IN_STRIP:
        return Places(count, line, left, gap, count)
    best: Places | None = None
    for columns in range(1, max(1, count) + 1):
        rows = ceil(count / columns)
        width = (room.width() + gap) / columns - gap
        height = min(most, (room.height() + gap) / rows - gap)
        cell = _cell(width, height, aspects)
        if cell.height() >= least and (best is None or _area(cell) > _area(best.cell)):
            best = Places(columns, cell, left, gap, count)
    if best:
        return best
    columns = max(1, floor((room.width() + gap) / (least * aspects[0] + gap)))
    cell = _cell((room.width() + gap) / columns - gap, least, aspects)
    return Places(min(columns, count), cell, left, gap, count)


def in_rows(
    count: int, columns: int, width: int, aspects: tuple[float, float], least: int, most: int, left: int,
    narrowest: int = 4,
) -> Places:  # fmt: skip
    """Rows of so many cells, as wide as they fit beside a name ``left`` pixels wide, or ``narrowest``."""
    gap = SPACE_XS
    wide = max((width - left + gap) / columns - gap, narrowest)
    if aspects[0] < aspects[1]:
        aspects = min(aspects[0], wide / least), aspects[1]
    cell = _cell(wide, min(most, wide / aspects[0]), aspects)
    return Places(columns, cell, left, gap, count)


def _cell(width: float, height: float, aspects: tuple[float, float]) -> QSize:
    """The largest cell of a possible shape in a room."""
    wide = max(1.0, min(width, height * aspects[1]))
    return QSize(floor(wide), max(1, floor(min(height, wide / aspects[0]))))


def _area(size: QSize) -> int:
    return size.width() * size.height()
