"""All answers for a signal in a table: the network beside classical filters, one of them in view."""

from collections.abc import Sequence
from math import isfinite

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableWidgetItem, QWidget

from aedesk.data.readable import readable
from aedesk.ui.panels.signal_answers import CleanedBy, best_first
from aedesk.ui.row_table import RowTable
from aedesk.ui.theme import SPACE_XS

_NAME, _VERDICT, _SETTING = 0, 3, 4
_ROOM_FOR_SETTING = 480


class AnswerTable(RowTable):
    """One row for each answer, the best first; a click or the arrow keys choose.

    Signals: ``chosen`` carries the place of an answer in what was given to `show_answers`.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(5, Qt.AlignmentFlag.AlignLeft, QHeaderView.ResizeMode.ResizeToContents, parent)
        self._places: list[int] = []
        self.setAccessibleName(self.tr("Cleaned by"))
        self.setToolTip(
            self.tr("Click an answer, or go through them with the arrow keys, to see and to export that one.")
        )
        self.setWordWrap(True)
        self.setItemDelegate(_Padded(self))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(_SETTING, QHeaderView.ResizeMode.Fixed)
        self.currentCellChanged.connect(self._on_current_changed)

    def show_answers(
        self, answers: Sequence[CleanedBy], unit: str, shown: int, ratios: Sequence[float | None] | None = None
    ) -> None:
        """List them as ``best_first`` has them; ``shown`` is the place of the one that is in view.

        ``ratios`` are the true signal-to-noise ratios in dB where they are known, each None where the answer is still
        to be made; else those that were estimated are told.
        """
        true = ratios is not None
        told = ratios if true else [answer.ratio for answer in answers]
        order = best_first(answers, ratios)
        with QSignalBlocker(self):
            self._places = order
            self._set_headings(true)
            self.setRowCount(len(order))
            for row, place in enumerate(order):
                self._fill(row, answers[place], unit, told[place])
            self.setCurrentCell(order.index(shown) if order else -1, 0)
        self._fit_rows()

    def sizeHint(self) -> QSize:
        rows = self.verticalHeader().length()
        return QSize(400, rows + self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(100, 3 * self.verticalHeader().defaultSectionSize())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setColumnHidden(_SETTING, self.width() < _ROOM_FOR_SETTING)
        self._fit_rows()

    def _fit_rows(self) -> None:
        """What the numbers leave is shared by the names and the settings; long ones go on in a second line."""
        numbers = range(_NAME + 1, _SETTING)
        for place in numbers:
            self.resizeColumnToContents(place)  # the header does so later
        free = max(0, self.viewport().width() - sum(map(self.columnWidth, numbers)))
        name = free
        if not self.isColumnHidden(_SETTING):
            wanted, setting = self.sizeHintForColumn(_NAME), self.sizeHintForColumn(_SETTING)
            name = min(wanted, max(free // 2, free - setting))
            self.setColumnWidth(_SETTING, free - name)
        self.setColumnWidth(_NAME, name)
        self.resizeRowsToContents()
        self.updateGeometry()

    def _set_headings(self, true: bool) -> None:
        headings = (
            (self.tr("Cleaned by"), self.tr("Who cleaned the signal.")),
            (
                self.tr("Blind error"),
                self.tr(
                    "How far it is from samples that it does not see, beyond the noise. Settings are chosen by it. "
                    "Where a method sees the sample as well, it may do better or worse than another."
                ),
            ),
            (
                self.tr("SNR\n(true)") if true else self.tr("SNR\n(estimated)"),
                self.tr("The signal-to-noise ratio afterwards, measured against the reference. The best comes first.")
                if true
                else self.tr("The signal-to-noise ratio afterwards, as estimated for white noise. The best comes first."),
            ),
            (self.tr("Removed"), self.tr("What was removed: noise, or some of your signal.")),
            (self.tr("Setting"), self.tr("What it was set to, because that foretells unseen samples best.")),
        )
        for column, (text, tooltip) in enumerate(headings):
            item = QTableWidgetItem(text)
            item.setToolTip(tooltip)
            self.setHorizontalHeaderItem(column, item)

    def _fill(self, row: int, answer: CleanedBy, unit: str, ratio: float | None) -> None:
        error = f"{readable(answer.error)} {unit}".strip() if isfinite(answer.error) else "–"
        decibels = self.tr("{n} dB").format(n=f"{ratio:.1f}".replace("inf", "∞")) if ratio is not None else "–"
        texts = (answer.title, error, decibels, answer.verdict or "–", answer.setting or "–")
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            self.setItem(row, column, item)
        self.item(row, _NAME).setToolTip(f"{answer.title}: {answer.setting}" if answer.setting else answer.title)
        self.item(row, _SETTING).setToolTip(answer.setting)
        self.item(row, _VERDICT).setToolTip(answer.note)

    def _on_current_changed(self, row: int, column: int, former: int) -> None:
        if row != former and 0 <= row < len(self._places):
            self.chosen.emit(self._places[row])


class _Padded(QStyledItemDelegate):
    """Makes rows as high as they need to be: Qt counts lines as if cells had no padding."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        narrow = QStyleOptionViewItem(option)
        narrow.rect = QRect(option.rect.topLeft(), option.rect.size() - QSize(2 * SPACE_XS, 0))
        return super().sizeHint(narrow, index)
