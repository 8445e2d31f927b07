"""A text that is mostly one of a few, which have names, and may be another."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QTimer
from PySide6.QtWidgets import QComboBox, QWidget

from aedesk.ui.builder.editor import Edit
from aedesk.ui.builder.field_widgets import QuietCombo, SingleEditor

Known = Sequence[tuple[str, str]]
"""Values and what a person calls them."""


class KnownTextEditor(SingleEditor):
    """A combo box of known values, into which another can be typed where it is ``free``.

    What is typed is cut to the ``longest`` number of letters.
    """

    widget: QComboBox

    def __init__(
        self, known: Known, *, free: bool = True, longest: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(QuietCombo(), parent)
        self._value, self._free, self._longest = "", free, longest
        if free:
            self.widget.setEditable(True)
            self.widget.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            self.widget.setCompleter(None)  # it would turn the first letter typed into a known value
            line = self.widget.lineEdit()
            line.setFrame(False)
            line.setPlaceholderText("–")
            line.installEventFilter(self)
            line.textEdited.connect(self._on_typed)
            line.editingFinished.connect(self._show)
        else:
            self.widget.setPlaceholderText("–")
        self.set_known(known)
        self.widget.activated.connect(self._on_chosen)

    def set_known(self, known: Known) -> None:
        """Offer other values; the one that is shown stays."""
        with QSignalBlocker(self.widget):
            self.widget.clear()
            for value, name in known:
                self.widget.addItem(name, value)
        self._show()

    def value(self) -> str:
        return self._value

    def set_value(self, value: Any) -> None:
        self._value = value or ""
        self._show()

    def text(self) -> str:
        return self.widget.currentText()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:  # so that what is typed replaces the name shown
            QTimer.singleShot(0, watched, watched.selectAll)
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        """The name of the value, or the value itself where it has none."""
        if self._free and self.widget.lineEdit().hasFocus() and self.widget.lineEdit().isModified():
            return  # it is being typed
        place = self.widget.findData(self._value)
        with QSignalBlocker(self.widget):
            if place < 0 and not self._free and self._value:
                self.widget.addItem(self._value, self._value)
                place = self.widget.count() - 1
            self.widget.setCurrentIndex(place)
            if self._free:
                self.widget.setEditText(self.widget.itemText(place) if place >= 0 else self._value)
                self.widget.lineEdit().setCursorPosition(0)

    def _on_chosen(self, place: int) -> None:
        self._take(self.widget.itemData(place), Edit())

    def _on_typed(self, text: str) -> None:
        named = self.widget.findText(text)
        value = self.widget.itemData(named) if named >= 0 else text
        self._take(value[: self._longest], Edit(merges=True))

    def _take(self, value: str, edit: Edit) -> None:
        if value != self._value:
            self._value = value
            self.value_changed.emit(edit)
