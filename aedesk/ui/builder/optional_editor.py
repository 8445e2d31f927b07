"""A value that may be absent."""

from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QWidget

from aedesk.recipe_problems import Problem
from aedesk.ui.builder.editor import Edit, Editor, Unused
from aedesk.ui.builder.labels import tooltip
from aedesk.ui.theme import SPACE_S


class OptionalEditor(Editor):
    """An editor that a check box switches on; off, the value is None and the editor remembers.

    A single number stands beside its check box, a group of fields below it.
    """

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.needs_width = self.holds_fields = editor.holds_fields
        self.switch = QCheckBox(self.tr("Use this") if editor.holds_fields else "")
        self.switch.setToolTip(tooltip(self.tr("Off, this is left out. What you set here is remembered.")))
        self.setFocusProxy(self.switch)
        across = QBoxLayout.Direction.TopToBottom if editor.holds_fields else QBoxLayout.Direction.LeftToRight
        line = QBoxLayout(across, self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE_S)
        line.addWidget(self.switch)
        line.addWidget(editor, 1)
        editor.hide()
        self.switch.toggled.connect(self._on_switched)
        editor.value_changed.connect(self.value_changed)

    def value(self) -> Any:
        return self.editor.value() if self.switch.isChecked() else None

    def set_value(self, value: Any) -> None:
        with QSignalBlocker(self.switch):
            self.switch.setChecked(value is not None)
        self.editor.setVisible(value is not None)
        if value is not None:
            self.editor.set_value(value)

    def text(self) -> str:
        return self.editor.text() if self.switch.isChecked() else ""

    def wanted_width(self) -> int:
        return self.switch.sizeHint().width() + SPACE_S + self.editor.wanted_width()

    def at(self, path: tuple[str, ...]) -> Editor:
        return self.editor.at(path) if path else self

    def setToolTip(self, text: str) -> None:
        super().setToolTip(text)
        self.editor.setToolTip(text)
        if not self.holds_fields:
            self.switch.setToolTip(text)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.editor.setAccessibleName(name)
        if not self.holds_fields:
            self.switch.setAccessibleName(name)

    def show_problems(self, problems: list[Problem]) -> list[Problem]:
        unsaid = self.editor.show_problems(problems if self.switch.isChecked() else [])
        return unsaid if self.switch.isChecked() else problems

    def show_unused(self, unused: Unused) -> None:
        # Where another field says whether this one counts, a second switch would only puzzle.
        self.switch.setVisible(() not in unused or not self.switch.isChecked())
        self.editor.show_unused(unused)

    def _on_switched(self, on: bool) -> None:
        self.editor.setVisible(on)
        self.value_changed.emit(Edit())
