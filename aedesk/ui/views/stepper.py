"""Going through a few things one by one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from aedesk.ui.theme import SPACE_XS


class Stepper(QWidget):
    """Back and forth among ``count`` things, round and round.

    Signals: ``place_changed`` carries the place of the thing to show, counted from 0.
    """

    place_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place, self._count = 0, 0
        self.back = self._button("‹", self.tr("Previous sample"))
        self.forth = self._button("›", self.tr("Next sample"))
        self._words = QLabel(self)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_XS)
        for widget in (self.back, self._words, self.forth):
            layout.addWidget(widget)
        self.back.clicked.connect(lambda: self._move(-1))
        self.forth.clicked.connect(lambda: self._move(1))
        self.set_count(0)

    def place(self) -> int:
        """Which one is shown, counted from 0."""
        return self._place

    def set_count(self, count: int) -> None:
        """How many there are. The place stays where it can; nothing is emitted."""
        self._count = count
        self._place = min(self._place, max(count - 1, 0))
        self.setVisible(count > 1)
        self._refresh()

    def _move(self, by: int) -> None:
        self._place = (self._place + by) % self._count
        self._refresh()
        self.place_changed.emit(self._place)

    def _refresh(self) -> None:
        text = self.tr("{place} of {count}").format(place=self._place + 1, count=self._count)
        self._words.setText(text)

    def _button(self, text: str, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.setAutoRepeat(True)
        return button
