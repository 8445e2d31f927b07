"""A table of which one row is chosen, by a click or by the arrow keys."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QWidget

from aedesk.ui.theme import SPACE_S


class RowTable(QTableWidget):
    """Plain rows without lines between them, which nobody edits."""

    def __init__(
        self, columns: int, alignment: Qt.AlignmentFlag, sizing: QHeaderView.ResizeMode, parent: QWidget | None = None
    ) -> None:
        super().__init__(0, columns, parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + SPACE_S)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(sizing)
        header.setDefaultAlignment(alignment | Qt.AlignmentFlag.AlignVCenter)
