"""A list to choose from, in which some things cannot be had at times."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget


class Chooser(QComboBox):
    """Remembers what was chosen while that cannot be had, and goes back to it.

    Signals: ``value_changed`` says that the user chose something else.
    """

    value_changed = Signal()

    def __init__(
        self, name: str, tooltip: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        """``choices`` are a key and a text each."""
        super().__init__(parent)
        for key, text in choices:
            self.addItem(text, key)
        self._reasons: Mapping[str, str] = {}
        self._wanted = self.value()
        self.setAccessibleName(name)
        self.setToolTip(tooltip)
        self.activated.connect(self._on_activated)

    def value(self) -> str:
        """The key of what is chosen."""
        return self.currentData()

    def set_value(self, key: str) -> None:
        """Choose something without saying so; what cannot be had waits until it can."""
        self._wanted = key
        self.set_impossible(self._reasons)

    def set_impossible(self, reasons: Mapping[str, str]) -> None:
        """What cannot be had, and why; instead of it, the first that can is chosen."""
        self._reasons = reasons
        model = self.model()
        assert isinstance(model, QStandardItemModel)
        for place in range(self.count()):
            reason = reasons.get(self.itemData(place), "")
            model.item(place).setEnabled(not reason)
            model.item(place).setToolTip(reason)
        possible = [place for place in range(self.count()) if self.itemData(place) not in reasons]
        wanted = self.findData(self._wanted)
        with QSignalBlocker(self):
            self.setCurrentIndex(wanted if wanted in possible or not possible else possible[0])

    def _on_activated(self) -> None:
        self._wanted = self.value()
        self.value_changed.emit()
