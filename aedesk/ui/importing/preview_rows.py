"""The rows of a preview as a table model: cells as they stand in the file, missing ones told apart."""

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from aedesk.ui import theme
from aedesk.ui.builder.labels import tooltip
from aedesk.ui.importing.column_roles import Role, channel_places, holds_numbers, role_word

if TYPE_CHECKING:
    from aedesk.data.csv_preview import Preview

MOST_COLUMNS = 200
_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NO_VALUE = "–"
_MOST_LETTERS = 500  # of a cell or a line: a file without line endings is one endless line


class PreviewRows(QAbstractTableModel):
    """Rows and columns of a `Preview`, or raw lines in one column. At most `MOST_COLUMNS` are shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[str, ...], ...] = ()
        self._names: tuple[str, ...] = ()
        self._roles: tuple[Role, ...] = ()
        self._units: tuple[str, ...] = ()
        self._missing = np.empty((0, 0), bool)
        self._channels: dict[int, int] = {}
        self._wrong: tuple[int, int] | None = None

    def show_preview(self, preview: "Preview", roles: tuple[Role, ...]) -> None:
        """Show the columns of a preview, or where it has none its raw lines."""
        self.beginResetModel()
        self._rows, self._names, self._units, self._roles = preview.rows, preview.names, preview.units, roles
        self._channels = channel_places(roles)
        self._missing = np.isnan(preview.values)
        self._wrong = None
        self.endResetModel()

    def set_wrong(self, cell: tuple[int, int] | None) -> None:
        """Mark the cell of that row and column as what is wrong, or none."""
        self._wrong = cell
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def clear(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self._rows, self._names, self._roles, self._units, self._channels = (), (), (), (), {}
        self.endResetModel()

    def set_roles(self, roles: tuple[Role, ...]) -> None:
        """Take the columns for something else; the cells stay."""
        self._roles = roles
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(self.columnCount() - 1, 0))

    def is_raw(self) -> bool:
        """Whether lines are shown as they are, for want of columns."""
        return not self._names

    def name(self, column: int) -> str:
        """The name of a column, "" where lines are shown."""
        return self._names[column] if column < len(self._names) else ""

    def column(self, name: str) -> int | None:
        """The column of that name, 0 where lines are shown, None where there is none such among those shown."""
        if self.is_raw():
            return 0
        return self._names.index(name) if name in self._names[:MOST_COLUMNS] else None

    def unit(self, column: int) -> str:
        """The unit of a column, or ""."""
        return self._units[column] if column < len(self._units) else ""

    def role(self, column: int) -> Role | None:
        """What a column is taken for, None where lines are shown."""
        return self._roles[column] if column < len(self._roles) else None

    def channel(self, column: int) -> int | None:
        """Which of the channels a column is, counted from 0, also where it is left out."""
        return self._channels.get(column)

    def widest(self, column: int, rows: int = 30) -> int:
        """The number of letters in the longest of the first cells of a column."""
        return max((len(row[column]) for row in self._rows[:rows] if column < len(row)), default=0)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        if parent.isValid() or not self._rows and not self._names:
            return 0
        return min(len(self._names), MOST_COLUMNS) or max(map(len, self._rows))

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                shown = self._cell(row, column)[:_MOST_LETTERS].strip("\r\n")
                return shown or ("" if self.is_raw() else _NO_VALUE)
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(self._cell(row, column)[:_MOST_LETTERS]) or None
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if holds_numbers(self.role(column)) else _LEFT
            case Qt.ItemDataRole.BackgroundRole if self._wrong == (row, column):
                return QColor(theme.current().error)
            case Qt.ItemDataRole.ForegroundRole if self._wrong == (row, column):
                return QColor(theme.current().base)
            case Qt.ItemDataRole.ForegroundRole if self._is_grey(row, column):
                return QColor(theme.current().disabled)
            case Qt.ItemDataRole.BackgroundRole if self.is_missing(row, column):
                return QColor(theme.current().hover)
        return None

    def is_missing(self, row: int, column: int) -> bool:
        """Whether there is no value in a cell: it is empty, or holds a mark that means so."""
        if self.is_raw():
            return False
        channel = self._channels.get(column)
        if channel is None or row >= len(self._missing) or channel >= self._missing.shape[1]:
            return not self._cell(row, column).strip()
        return bool(self._missing[row, channel])

    def _cell(self, row: int, column: int) -> str:
        cells = self._rows[row]
        return cells[column] if column < len(cells) else ""

    def _is_grey(self, row: int, column: int) -> bool:
        return self.role(column) in ("out", "empty") or self.is_missing(row, column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.name(section) if orientation == Qt.Orientation.Horizontal else str(section + 1)
        if role == Qt.ItemDataRole.AccessibleTextRole and orientation == Qt.Orientation.Horizontal:
            words = (self.name(section), self.unit(section), role_word(self._roles[section]) if self._roles else "")
            return ", ".join(filter(None, words))
        return None
