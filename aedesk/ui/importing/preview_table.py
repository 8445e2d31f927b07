"""The first rows of a table as they will be read."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFontDatabase, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QTableView, QWidget

from aedesk.ui import theme
from aedesk.ui.importing.column_roles import Role
from aedesk.ui.importing.preview_rows import PreviewRows
from aedesk.ui.importing.role_header import RoleHeader
from aedesk.ui.theme import SPACE_S

if TYPE_CHECKING:
    from aedesk.data.csv_preview import Preview

_LEAST_LETTERS, _MOST_LETTERS = 5, 24
_IMPOSSIBLE = {"text": ("channel",), "empty": ("time", "channel"), "index": ("channel",)}
_MENU_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Menu)


class PreviewTable(QTableView):
    """Names, units and roles above the cells; a click on a name, or the space bar, offers other roles.

    Signals:
        role_chosen: the column and what it is to be: "time", "channel", "out" or "only", the last
            for this channel without the others.
        all_chosen: every channel is wanted.
    """

    role_chosen = Signal(int, str)
    all_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = PreviewRows(self)
        self._fitted: list[int] = []
        self.setModel(self._rows)
        self._head = RoleHeader(self._rows, self)
        self.setHorizontalHeader(self._head)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setAccessibleName(self.tr("First rows of the file"))
        self.setToolTip(self.tr("Click the name of a column to change what it is; the space bar does the same."))
        self._head.setToolTip(self.tr("Click to change what this column is: the time, a channel, or left out."))
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 1.5))
        self._menu = QMenu(self)
        self._head.sectionClicked.connect(self.open_menu)

    def show_preview(self, preview: "Preview", roles: tuple[Role, ...]) -> None:
        """Show the rows of a preview, or its raw lines where they make no columns."""
        at_row, at_column = self.currentIndex().row(), self.currentIndex().column()
        self._rows.show_preview(preview, roles)
        raw = self._rows.is_raw()
        self._head.setVisible(not raw)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont) if raw else QApplication.font())
        self._fit_columns()
        if self._rows.columnCount():
            there = self._rows.hasIndex(at_row, at_column)
            self.setCurrentIndex(self._rows.index(at_row, at_column) if there else self._rows.index(0, 0))
            self.clearSelection()

    def show_wrong(self, row: int | None, name: str = "") -> None:
        """Mark the cell of that row and column, or where lines are shown the line, and bring it into sight; None marks none."""
        column = self._rows.column(name)
        if row is None or column is None or not self._rows.hasIndex(row, column):
            self._rows.set_wrong(None)
            return
        self._rows.set_wrong((row, column))
        self.scrollTo(self._rows.index(row, column), QAbstractItemView.ScrollHint.PositionAtCenter)

    def clear(self) -> None:
        """Show nothing."""
        self._rows.clear()
        self._head.hide()

    def set_roles(self, roles: tuple[Role, ...]) -> None:
        """Take the columns for something else."""
        self._rows.set_roles(roles)
        self._head.viewport().update()

    def open_menu(self, column: int) -> None:
        """Offer what a column can be, below its name."""
        role = self._rows.role(column)
        if role is None:
            return
        self._menu.clear()
        for wanted, text in (
            ("time", self.tr("Time")),
            ("channel", self.tr("Channel")),
            ("out", self.tr("Leave out")),
        ):
            action = self._menu.addAction(text, partial(self.role_chosen.emit, column, wanted))
            action.setCheckable(True)
            action.setChecked(wanted == (role if role in ("time", "channel") else "out"))
            action.setEnabled(wanted not in _IMPOSSIBLE.get(role, ()))
        self._menu.addSeparator()
        only = self._menu.addAction(self.tr("Only this channel"), partial(self.role_chosen.emit, column, "only"))
        only.setEnabled(role in ("channel", "out"))
        self._menu.addAction(self.tr("All channels"), self.all_chosen.emit)
        left = self._head.sectionViewportPosition(column)
        self._menu.popup(self._head.viewport().mapToGlobal(QPoint(max(left, 0), self._head.height())))

    def menu(self) -> QMenu:
        """What the last click on a name offered."""
        return self._menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _MENU_KEYS and self.currentIndex().isValid():
            self.open_menu(self.currentIndex().column())
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._rows.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(theme.current().muted)
            place = self.viewport().rect().adjusted(SPACE_S, SPACE_S, -SPACE_S, -SPACE_S)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(place, flags, self.tr("No rows to show."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = range(self._rows.columnCount())
        if self._fitted == [self._head.sectionSize(column) for column in columns]:  # none was drawn wider by hand
            self._fit_columns()

    def _fit_columns(self) -> None:
        """Columns as wide as their names and cells, where there is room, else within reason; the only one takes it all."""
        count = self._rows.columnCount()
        self._head.setStretchLastSection(count == 1)
        letter = self.fontMetrics().horizontalAdvance("0")
        most = _MOST_LETTERS * letter + 3 * SPACE_S
        wanted = [self._wanted_width(column, letter) for column in range(count)]
        widths = [min(wide, most) for wide in wanted]
        room = self.viewport().width() - sum(widths)
        for column in range(count):
            more = max(0, min(wanted[column] - widths[column], room))
            widths[column], room = widths[column] + more, room - more
            self._head.resizeSection(column, widths[column])
        self._fitted = [self._head.sectionSize(column) for column in range(count)]

    def _wanted_width(self, column: int, letter: int) -> int:
        letters = max(self._rows.widest(column), _LEAST_LETTERS)
        return max(letters * letter + 3 * SPACE_S, self._head.wanted_width(column))
