"""Samples of a table as the rows they are."""

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from aedesk.ui.panels.generate_request import Shown

_Index = QModelIndex | QPersistentModelIndex


class SampleTable(QTableView):
    """A row for each sample, a column for each feature."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setAlternatingRowColors(False)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Generated samples"))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setTabKeyNavigation(False)

    def show_samples(self, shown: Shown) -> None:
        """Show some samples; those that are marked have their letter instead of a number."""
        names = self._rows.names()
        self._rows.show_samples(shown)
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 1.5))
        if names != self._rows.names():
            self._fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_columns()

    def _fit_columns(self) -> None:
        """Columns as wide as their names, or narrower where that shows more of them."""
        header, numbers = self.horizontalHeader(), self.fontMetrics().horizontalAdvance("−0.000e−00")
        wanted = [header.sectionSizeHint(column) for column in range(self._rows.columnCount())]
        share = min(1.0, self.viewport().width() / max(1, sum(wanted)))
        for column, width in enumerate(wanted):
            header.resizeSection(column, max(numbers, int(width * share)))

    def clear(self) -> None:
        """Show nothing."""
        self._rows.show_samples(None)


class _Rows(QAbstractTableModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._values = np.empty((0, 0), np.float32)
        self._names: tuple[str, ...] = ()
        self._marks: dict[int, str] = {}

    def names(self) -> tuple[str, ...]:
        return self._names

    def show_samples(self, shown: Shown | None) -> None:
        self.beginResetModel()
        self._values = np.empty((0, 0), np.float32)
        self._names, self._marks = (), {}
        if shown is not None:
            self._values = shown.samples.reshape(len(shown.samples), -1)
            count = self._values.shape[1]
            self._names = shown.feature_names or tuple(str(number + 1) for number in range(count))
            self._marks = shown.marks
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else self._values.shape[0]

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else self._values.shape[1]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            value = float(self._values[index.row(), index.column()])
            return f"{value:.4g}" if np.isfinite(value) else "–"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Horizontal:
            return self._names[section]
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self._names[section]
        return self._marks.get(section, str(section + 1))
