"""Words: what went in and what came back, letter under letter."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QVBoxLayout, QWidget

from aedesk.data.words import decode_words
from aedesk.ui import theme
from aedesk.ui.counts import grouped
from aedesk.ui.elided_label import ElidedLabel
from aedesk.ui.theme import RADIUS, SPACE_S, SPACE_XS
from aedesk.ui.views.compared import Compared, error_text
from aedesk.ui.views.word_rows_letters import Letter, count_of_words, marked, share_of_letters

if TYPE_CHECKING:
    from aedesk.data.dataset import Dataset

FEWEST, MOST = 4, 60
_USUAL = 95  # percent of the words that have room at full size; longer ones are written smaller
_WORDS_FOR_USUAL = 5000


@dataclass(frozen=True)
class WordRow:
    """One line of every block: its caption, and the words letter by letter."""

    caption: str
    words: list[list[Letter]]
    came_back: bool = False


class WordRows(QWidget):
    """Blocks of a word, what the network saw of it, and what it gave back. Wrong letters are underlined.

    Signals: ``count_changed`` carries how many words there is room for, when that changes.
    """

    count_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._alphabet: tuple[str, ...] = ()
        self.blocks = WordBlocks(self)
        self.words = ElidedLabel(self, lines=2, characters=24, role="muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_S)
        layout.addWidget(self.blocks, 1)
        layout.addWidget(self.words)
        self.blocks.count_changed.connect(self.count_changed)

    def show_dataset(self, dataset: "Dataset") -> None:
        """Get ready for the words of a data set."""
        self._alphabet = dataset.feature_names
        some = dataset.inputs[:: -(-len(dataset.inputs) // _WORDS_FOR_USUAL)].numpy()
        lengths = [len(word) for word in self._read(some)]
        self.blocks.show_length(int(np.percentile(lengths, _USUAL)))
        self.clear()

    def show_samples(self, samples: Compared) -> None:
        """Show some words beside what became of them."""
        wanted, given = self._read(samples.original), self._read(samples.reconstructed)
        rows = [WordRow(self.tr("Original"), [marked(word, word) for word in wanted])]
        if samples.corrupted is not None:
            seen = zip(self._read(samples.corrupted), wanted, strict=True)
            rows.append(WordRow(self.tr("Seen"), [marked(word, other) for word, other in seen]))
        pairs = zip(given, wanted, strict=True)
        back = [marked(word, other) for word, other in pairs]
        rows.append(WordRow(self.tr("Came back"), back, came_back=True))
        self.blocks.show_rows(rows, [self._tip(samples, place) for place in range(len(samples))])
        self.words.set_text(self._summary(samples, wanted, given))

    def clear(self) -> None:
        """Show nothing."""
        self.blocks.show_rows([], [])
        self.words.set_text("")

    def column_count(self) -> int:
        """How many words there is room for."""
        return self.blocks.count()

    def _read(self, samples: np.ndarray) -> list[str]:
        return decode_words(samples, self._alphabet)

    def _summary(self, samples: Compared, wanted: list[str], given: list[str]) -> str:
        text = self.tr("Came back right: {letters} of letters, {words} of {n} words.")
        both = self.tr(
            "Came back right: {letters} of letters, {words} of {n} words. "
            "PCA with {size}: {twin_letters}, {twin_words} of {n}."
        )
        twin = None if samples.twin is None else self._read(samples.twin)
        return (text if twin is None else both).format(
            letters=_percent(share_of_letters(given, wanted)),
            words=grouped(count_of_words(given, wanted)),
            n=grouped(len(wanted)),
            size=samples.twin_size,
            twin_letters="" if twin is None else _percent(share_of_letters(twin, wanted)),
            twin_words="" if twin is None else grouped(count_of_words(twin, wanted)),
        )

    def _tip(self, samples: Compared, place: int) -> str:
        words = self.tr("Sample {row}: error {error}")
        return words.format(row=int(samples.rows[place]), error=error_text(samples.errors[place]))


class WordBlocks(QWidget):
    """Paints the blocks, as many as there is room for."""

    count_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[WordRow] = []
        self._tips: list[str] = []
        self._length = 10
        self._count = FEWEST
        self._font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Reconstructed words"))

    def show_length(self, length: int) -> None:
        """Make room for words of so many letters."""
        self._length = max(1, length)
        self._tell_count()

    def show_rows(self, rows: list[WordRow], tips: list[str]) -> None:
        """Show words, and what to say of each."""
        self._rows, self._tips = rows, tips
        if rows:
            self._tell_count()
        self.update()

    def rows(self) -> list[WordRow]:
        """The lines of every block."""
        return self._rows

    def count(self) -> int:
        """How many blocks there is room for."""
        return self._count

    def block_rect(self, place: int) -> QRectF:
        """Where a word is painted with what became of it, in the widget's own pixels."""
        across, _ = self._room()
        width, height = self._block_size()
        left = self._left() + place % across * (width + SPACE_XS)
        return QRectF(left, place // across * (height + SPACE_XS), width, height)

    def sizeHint(self) -> QSize:
        return QSize(520, 300)

    def minimumSizeHint(self) -> QSize:
        width, height = self._block_size()
        return QSize(round(self._left() + width), round(height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_count()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self._show_tooltip(event)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._tell_count()

    def _tell_count(self) -> None:
        across, down = self._room()
        count = int(np.clip(across * down, FEWEST, MOST))
        if count != self._count:
            self._count = count
            self.count_changed.emit(count)

    # -- places -------------------------------------------------------------------------------

    def _letters(self) -> QFont:
        font = QFont(self._font)
        font.setPointSizeF(self.font().pointSizeF())
        return font

    def _pitch(self) -> float:
        return QFontMetricsF(self._letters()).horizontalAdvance("m")

    def _line(self) -> float:
        return QFontMetricsF(self._letters()).height() + 1

    def _left(self) -> float:
        captions = (self.tr("Original"), self.tr("Seen"), self.tr("Came back"))
        return max(map(self.fontMetrics().horizontalAdvance, captions)) + SPACE_S

    def _block_size(self) -> tuple[float, float]:
        return self._length * self._pitch() + 2 * SPACE_XS, max(len(self._rows), 2) * self._line() + SPACE_XS

    def _room(self) -> tuple[int, int]:
        """How many blocks fit side by side, and one below the other."""
        width, height = self._block_size()
        across = (self.width() - self._left() + SPACE_XS) // (width + SPACE_XS)
        return max(1, int(across)), max(1, int((self.height() + SPACE_XS) // (height + SPACE_XS)))

    # -- painting -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._rows:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        across, _ = self._room()
        for place in range(min(len(self._rows[0].words), self._count)):
            block = self.block_rect(place)
            if place % across == 0:
                self._paint_captions(painter, block)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.current().base))
            painter.drawRoundedRect(block, RADIUS, RADIUS)
            self._paint_words(painter, block, place)

    def _paint_captions(self, painter: QPainter, block: QRectF) -> None:
        painter.setFont(self.font())
        painter.setPen(QColor(theme.current().muted))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for number, row in enumerate(self._rows):
            top = block.top() + SPACE_XS / 2 + number * self._line()
            painter.drawText(QRectF(0, top, self._left() - SPACE_S, self._line()), right, row.caption)

    def _paint_words(self, painter: QPainter, block: QRectF, place: int) -> None:
        longest = max(len(row.words[place]) for row in self._rows)
        share = min(1.0, self._length / max(longest, 1))
        font = self._letters()
        font.setPointSizeF(font.pointSizeF() * share)
        painter.setFont(font)
        pitch, look = self._pitch() * share, theme.current()
        for number, row in enumerate(self._rows):
            top = block.top() + SPACE_XS / 2 + number * self._line()
            for index, letter in enumerate(row.words[place]):
                cell = QRectF(block.left() + SPACE_XS + index * pitch, top, pitch, self._line())
                colour = look.text if not letter.wrong else look.error if row.came_back else look.warning
                painter.setPen(QPen(QColor(colour), 1.5))
                painter.drawText(cell, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, letter.text)
                if letter.wrong:
                    under = QPointF(0, -1.5)
                    painter.drawLine(cell.bottomLeft() + under + QPointF(0.5, 0), cell.bottomRight() + under)

    def _show_tooltip(self, event: QHelpEvent) -> None:
        for place in range(min(len(self._tips), self._count)):
            if self.block_rect(place).contains(QPointF(event.pos())):
                QToolTip.showText(event.globalPos(), self._tips[place], self)
                return
        QToolTip.hideText()


def _percent(share: float) -> str:
    if not np.isfinite(share):
        return "–"
    shown = min(max(round(100 * share), 1), 99) if 0 < share < 1 else round(100 * share)
    return f"{shown}\u202f%"
