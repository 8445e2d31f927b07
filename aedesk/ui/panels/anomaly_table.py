"""The stretches that were marked, in a table."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableWidgetItem, QWidget

from aedesk.data.readable import readable
from aedesk.data.timeline import Timeline
from aedesk.ui.counts import grouped
from aedesk.ui.row_table import RowTable
from aedesk.ui.views.time_unit import TimeUnit, time_unit

if TYPE_CHECKING:
    from aedesk.analysis.anomalies import Marked

MOST = 1000
"""Stretches that are listed; of more, those with the highest peaks."""

_LENGTH, _PEAK = 1, 2
_DIGITS = (2, 9)  # of a time, at least and at most


class StretchTable(RowTable):
    """One row for each stretch, in the order of time; a click or the arrow keys choose one.

    Signals: ``chosen`` carries the `Marked` stretch.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(3, Qt.AlignmentFlag.AlignRight, QHeaderView.ResizeMode.Stretch, parent)
        self._stretches: list[Marked] = []
        self.setAccessibleName(self.tr("Marked stretches"))
        self.setToolTip(self.tr("Click a stretch, or go through them with the arrow keys, to see it in the plot."))
        self.horizontalHeader().setMinimumSectionSize(20)
        for column in (_LENGTH, _PEAK):
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentCellChanged.connect(self._on_current_changed)
        self.cellClicked.connect(lambda row, column: self._choose(row))  # the current one once more

    def show_stretches(self, stretches: "Sequence[Marked]", timeline: Timeline) -> None:
        """List them by their places along the axis of the plot: seconds, or samples where no times are known."""
        shown = sorted(stretches, key=lambda one: one.peak, reverse=True)[:MOST]
        self._stretches = sorted(shown, key=lambda one: one.start)
        with QSignalBlocker(self):
            begin, long = self._units(timeline)
            self._set_headings(*(unit.name() if unit else "" for unit in (begin, long)))
            self.setRowCount(len(self._stretches))
            for row, one in enumerate(self._stretches):
                for column, text in enumerate((*_times(one, timeline, begin, long), readable(one.peak))):
                    item = QTableWidgetItem(text)
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                    self.setItem(row, column, item)
            self.setCurrentCell(-1, -1)

    def needed_width(self) -> int:
        """The width at which nothing is cut."""
        columns = sum(max(self.sizeHintForColumn(place), self.horizontalHeader().sectionSizeHint(place)) for place in range(3))
        return columns + self.verticalScrollBar().sizeHint().width() + 2 * self.frameWidth()

    def sizeHint(self) -> QSize:
        return QSize(max(self.fontMetrics().horizontalAdvance("0" * 30), self.needed_width()), 100)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("0" * 23), 3 * self.verticalHeader().defaultSectionSize())

    def _units(self, timeline: Timeline) -> tuple[TimeUnit, TimeUnit] | tuple[None, None]:
        """Those of where stretches begin and of how long they are; None where they are counted in samples."""
        if not timeline.in_seconds:
            return None, None
        starts = timeline.at(np.array([one.start for one in self._stretches]))
        lasts = timeline.at(np.array([one.stop - 1 for one in self._stretches]))
        return time_unit(lasts.max(initial=0.0)), time_unit((lasts - starts).max(initial=0.0) + timeline.step)

    def _set_headings(self, begin: str, long: str) -> None:
        headings = (
            (self.tr("Start ({unit})").format(unit=begin) if begin else self.tr("Start"), self.tr("Where the stretch begins, on the axis of the plot.")),
            (self.tr("Length ({unit})").format(unit=long) if long else self.tr("Length"), self.tr("How long it is.")),
            (self.tr("Peak"), self.tr("The highest score in it.")),
        )
        for column, (text, tooltip) in enumerate(headings):
            item = QTableWidgetItem(text)
            item.setToolTip(tooltip)
            self.setHorizontalHeaderItem(column, item)

    def _on_current_changed(self, row: int, column: int, former: int) -> None:
        if row != former:
            self._choose(row)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._stretches):
            self.chosen.emit(self._stretches[row])


def _times(one: "Marked", timeline: Timeline, begin: TimeUnit | None, long: TimeUnit | None) -> tuple[str, str]:
    """Where a stretch begins and how long it is, as exactly as its samples can be told apart."""
    if begin is None or long is None:
        return grouped(one.start), grouped(one.stop - one.start)
    start, last = timeline.at(np.array([one.start, one.stop - 1]))
    digits = int(np.clip(np.ceil(-np.log10(timeline.finest / begin.seconds)), *_DIGITS))
    return f"{start / begin.seconds:.{digits}f}", readable((last - start + timeline.step) / long.seconds)
