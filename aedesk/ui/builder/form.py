"""Forms made from the fields of Options: a new field, kind or layer type needs no word here."""

from collections.abc import Collection
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from aedesk.options import Options
from aedesk.recipe_problems import Problem
from aedesk.ui.builder.editor import Editor, MakeEditor, Unused, below, unused_below
from aedesk.ui.builder.field_facts import constant_of, default_of
from aedesk.ui.builder.field_row import FieldRow
from aedesk.ui.builder.labels import recipe_text
from aedesk.ui.theme import SPACE_S


class Form(Editor):
    """Edits every field of a class of Options, or those called ``names``.

    A field whose title is ``untitled`` shows none, because that title stands above it already.
    """

    needs_width = True
    holds_fields = True

    def __init__(
        self,
        options: type[Options],
        make: MakeEditor,
        parent: QWidget | None = None,
        *,
        names: Collection[str] | None = None,
        untitled: str = "",
    ) -> None:
        super().__init__(parent)
        self._constants: dict[str, Any] = {}
        self._defaults: dict[str, Any] = {}
        self.rows: dict[str, FieldRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        for name, field in options.model_fields.items():
            if names is not None and name not in names:
                continue
            if (constant := constant_of(field)) is not None:
                self._constants[name] = constant
                continue
            title = recipe_text(field.title or name)
            teaching = recipe_text(field.description or "")
            row = FieldRow(name, title, teaching, make(name, field), self, untitled=title == untitled)
            row.value_changed.connect(self.value_changed)
            self._defaults[name] = default_of(field)
            row.editor.set_value(self._defaults[name])
            self.rows[name] = row
            column.addWidget(row)

    def value(self) -> dict[str, Any]:
        found = {name: row.editor.value() for name, row in self.rows.items()}
        return self._constants | {name: value for name, value in found.items() if value is not None}

    def set_value(self, value: dict[str, Any] | None) -> None:
        for name, row in self.rows.items():
            row.editor.set_value((value or {}).get(name, self._defaults[name]))

    def text(self) -> str:
        return " · ".join(filter(None, (row.editor.text() for row in self.rows.values())))

    def at(self, path: tuple[str, ...]) -> Editor:
        row = self.rows.get(path[0]) if path else None
        return row.editor.at(path[1:]) if row else self

    def show_problems(self, problems: list[Problem]) -> list[Problem]:
        shown = {name for name, row in self.rows.items() if not row.isHidden()}
        for name, row in self.rows.items():
            row.show_problems(below(name, problems) if name in shown else [])
        return [problem for problem in problems if not problem.path or problem.path[0] not in shown]

    def show_unused(self, unused: Unused) -> None:
        for name, row in self.rows.items():
            row.show_unused(unused_below(name, unused))
