"""The lines below a signal: one of numbers, and what there is to know."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from aedesk.ui.panels.signal_cleaned import CleanedColumn
from aedesk.ui.panels.signal_file import OpenColumn
from aedesk.ui.panels.signal_words import notes_line, numbers_line, text_line


class SignalLines(QWidget):
    """Each takes as much room as its words need, and none where it has none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numbers, self._notes = text_line(self, "muted"), text_line(self, "")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for label in (self._numbers, self._notes):
            layout.addWidget(label)

    def show_column(self, column: OpenColumn | None, cleaned: CleanedColumn | None, judged: bool) -> None:
        """Say what there is to say of a column; a verdict is left out where what was removed is ``judged`` in view."""
        self._numbers.setText(numbers_line(column, cleaned) if column else "")
        self._notes.setText(notes_line(column, cleaned, judged) if column else "")
        for label in (self._numbers, self._notes):
            label.setVisible(bool(label.text()))

    def text(self) -> str:
        """All of it."""
        return ". ".join(filter(None, (self._numbers.text(), self._notes.text())))
