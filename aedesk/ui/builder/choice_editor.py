"""One of several kinds, and the form of the chosen one."""

from typing import Any

from PySide6.QtCore import QPoint, QSignalBlocker, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from aedesk.options import Choice
from aedesk.recipe_problems import Problem
from aedesk.ui import theme
from aedesk.ui.builder.caption import Caption
from aedesk.ui.builder.editor import Edit, Editor, MakeEditor, Unused
from aedesk.ui.builder.field_widgets import QuietCombo
from aedesk.ui.builder.form import Form
from aedesk.ui.builder.labels import recipe_text, tooltip
from aedesk.ui.theme import SPACE_M, SPACE_S


class ChoiceEditor(Editor):
    """A combo box of kinds with the chosen kind's own fields below it.

    What was set for a kind is remembered while another is chosen.
    """

    needs_width = True
    holds_fields = True

    def __init__(
        self, kinds: dict[str, type[Choice]], make: MakeEditor, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kinds, self._make = kinds, make
        self._forms: dict[str, Form] = {}
        self.combo = QuietCombo()
        self.combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.combo)
        for row, (name, kind) in enumerate(kinds.items()):
            self.combo.addItem(recipe_text(kind.title) or name, name)
            self.combo.setItemData(row, tooltip(recipe_text(kind.summary)), Qt.ItemDataRole.ToolTipRole)
        self._summary = Caption()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        column.addWidget(self.combo)
        column.addWidget(self._summary)
        self._inset = 0
        self._show_kind(next(iter(kinds)))
        self.combo.currentIndexChanged.connect(self._on_chosen)

    def kind(self) -> str:
        """The name of the chosen kind."""
        return self.combo.currentData()

    def form(self) -> Form:
        """The form of the chosen kind."""
        return self._forms[self.kind()]

    def value(self) -> dict[str, Any]:
        return self.form().value()

    def set_value(self, value: dict[str, Any] | None) -> None:
        kind = (value or {}).get("kind")
        if kind not in self._kinds:
            return
        with QSignalBlocker(self.combo):
            self.combo.setCurrentIndex(self.combo.findData(kind))
        self._show_kind(kind)
        self.form().set_value(value)

    def text(self) -> str:
        return self.combo.currentText()

    def at(self, path: tuple[str, ...]) -> Editor:
        return self.form().at(path) if path and path[0] in self.form().rows else self

    def setToolTip(self, text: str) -> None:
        super().setToolTip(text)
        self.combo.setToolTip(text)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.combo.setAccessibleName(name)

    def set_inset(self) -> None:
        """Set the kind's fields in behind a line, to tell them from those of the form this stands in."""
        self._inset = SPACE_M
        for form in self._forms.values():
            form.layout().setContentsMargins(self._inset, 0, 0, 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._inset and self.form().isVisibleTo(self):
            beside = self.form().geometry()
            painter = QPainter(self)
            painter.setPen(QPen(QColor(theme.current().outline), 1))
            painter.drawLine(beside.topLeft() + QPoint(1, 0), beside.bottomLeft() + QPoint(1, 0))

    def show_problems(self, problems: list[Problem]) -> list[Problem]:
        unsaid = self.form().show_problems(problems)
        self.mark(self.combo, unsaid)
        return unsaid

    def show_unused(self, unused: Unused) -> None:
        self.form().show_unused(unused)

    def _show_kind(self, name: str) -> None:
        if name not in self._forms:
            form = self._forms[name] = Form(self._kinds[name], self._make, self)
            form.layout().setContentsMargins(self._inset, 0, 0, 0)
            for row in form.rows.values():
                if isinstance(row.editor, ChoiceEditor):
                    row.editor.set_inset()
            form.value_changed.connect(self.value_changed)
            self.layout().addWidget(form)
        for other, form in self._forms.items():
            form.setVisible(other == name and bool(form.rows))
        self._summary.say(recipe_text(self._kinds[name].summary), "muted")

    def _on_chosen(self) -> None:
        self._show_kind(self.kind())
        self.value_changed.emit(Edit(("kind",)))
