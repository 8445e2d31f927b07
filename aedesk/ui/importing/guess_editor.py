"""A value that is found in the file until a person sets it, with a way back."""

from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QHBoxLayout, QLineEdit, QSizePolicy, QStackedWidget, QWidget

from aedesk.recipe_problems import Problem
from aedesk.ui.builder.caption import Caption, small
from aedesk.ui.builder.editor import Edit, Editor
from aedesk.ui.builder.field_widgets import LiteralEditor, SingleEditor
from aedesk.ui.builder.labels import tooltip
from aedesk.ui.icon_button import IconButton
from aedesk.ui.theme import SPACE_S, SPACE_XS


class GuessEditor(Editor):
    """Shows what was guessed, and beside it the word "guessed"; once edited, "set" and a way back.

    While the value is guessed, ``value()`` is ``unset``, which leaves it to the guess.
    """

    def __init__(self, editor: SingleEditor, unset: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor, self._unset = editor, unset
        self._is_set, self._guess = False, unset
        self.setFocusProxy(editor)
        self._guessed = Caption(self.tr("guessed"))
        self._guessed.setWordWrap(False)
        self._guessed.setIndent(SPACE_XS)
        self._guessed.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._guessed.setToolTip(tooltip(self.tr("AEDesk found this in the file.")))
        teaching = self.tr("You have set this. Click to go back to what AEDesk guesses.")
        self.back = IconButton("undo", self.tr("set"), teaching)
        self.back.setFont(small(self.back.font()))
        self.back.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.back.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._state = QStackedWidget()
        self._state.addWidget(self._guessed)
        self._state.addWidget(self.back)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE_S)
        line.addWidget(editor, 1)
        line.addWidget(self._state)
        editor.show()
        editor.value_changed.connect(self._on_edited)
        self.back.clicked.connect(self._on_back)
        for line in self._lines():
            line.editingFinished.connect(self._show_state)
        self._show_state()

    def is_set(self) -> bool:
        """Whether a person has set the value."""
        return self._is_set

    def value(self) -> Any:
        return self.editor.value() if self._is_set else self._unset

    def set_value(self, value: Any) -> None:
        self._is_set = value not in (None, self._unset)
        if self._is_set:
            self.editor.set_value(value)
        self._show_state()

    def show_guess(self, value: Any) -> None:
        """What was found in the file; shown unless a person has set something else."""
        self._guess = value
        self._show_state()

    def text(self) -> str:
        return self.editor.text()

    def setToolTip(self, text: str) -> None:
        super().setToolTip(text)
        self.editor.setToolTip(text)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.editor.setAccessibleName(name)
        self.back.setAccessibleName(self.tr("{field}: back to the guess").format(field=name))

    def show_problems(self, problems: list[Problem]) -> list[Problem]:
        return self.editor.show_problems(problems)

    def _lines(self) -> list[QLineEdit]:
        """What text is typed into; numbers keep their own order of typing."""
        widget = self.editor.widget
        if isinstance(widget, QAbstractSpinBox):
            return []
        return [widget] if isinstance(widget, QLineEdit) else widget.findChildren(QLineEdit)

    def _show_state(self) -> None:
        """Italics and a word tell a guess from what was set."""
        widget = self.editor.widget
        if isinstance(widget, QAbstractSpinBox) and widget.specialValueText():
            widget.setSpecialValueText("")
        if not self._is_set and not any(line.hasFocus() and line.isModified() for line in self._lines()):
            if self._guess in (None, self._unset):
                _show_nothing(self.editor)
            else:
                self.editor.set_value(self._guess)
        self._state.setCurrentWidget(self.back if self._is_set else self._guessed)
        for shown in (widget, *widget.findChildren(QLineEdit)):
            font = shown.font()
            font.setItalic(not self._is_set)
            shown.setFont(font)
        said = self.tr("set by you") if self._is_set else self._guessed.text()
        widget.setAccessibleDescription(said)

    def _on_edited(self, edit: Edit) -> None:
        self._is_set = self.editor.value() != self._unset  # an emptied text is left to the guess
        self._show_state()
        self.value_changed.emit(edit)

    def _on_back(self) -> None:
        self._is_set = False
        self._show_state()
        self.editor.widget.setFocus()
        self.value_changed.emit(Edit())


def _show_nothing(editor: SingleEditor) -> None:
    """Show that there is no value: nothing was found, or nothing is known yet."""
    widget = editor.widget
    if isinstance(editor, LiteralEditor):
        with QSignalBlocker(widget):
            widget.setPlaceholderText("–")
            widget.setCurrentIndex(-1)
    elif isinstance(widget, QAbstractSpinBox):
        with QSignalBlocker(widget):
            widget.setSpecialValueText(" ")  # a dash would be in the way of typing
            widget.setValue(widget.minimum())
    else:
        editor.set_value("")
        if isinstance(widget, QLineEdit):
            widget.setPlaceholderText("–")
