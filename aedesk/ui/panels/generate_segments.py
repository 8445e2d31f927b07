"""A choice of a few things that stand side by side, all in view."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget


class Segments(QFrame):
    """Buttons of which one is down; the arrow keys go from one to the next.

    Signals: ``value_changed`` carries the key of the one that is chosen now.
    """

    value_changed = Signal(str)

    def __init__(
        self, name: str, choices: Sequence[tuple[str, str, str]], parent: QWidget | None = None
    ) -> None:
        """``choices`` are a key, a text and a tooltip each."""
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(1)
        for key, text, tooltip in choices:
            self.add(key, text, tooltip)
        self._group.buttonToggled.connect(self._on_toggled)

    def add(self, key: str, text: str, tooltip: str) -> None:
        """One more choice, behind the others. The first there is is chosen."""
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tooltip)
        button.setCheckable(True)
        button.setChecked(not self._buttons)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._group.addButton(button)
        self._buttons[key] = button
        self.layout().addWidget(button)

    def value(self) -> str:
        """The key of the one that is chosen."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def set_value(self, key: str) -> None:
        """Choose one without saying so."""
        with QSignalBlocker(self._group):
            self._buttons[key].setChecked(True)

    def button(self, key: str) -> QToolButton:
        """The button of a choice."""
        return self._buttons[key]

    def _on_toggled(self, button: QToolButton, down: bool) -> None:
        if down:
            self.value_changed.emit(self.value())
