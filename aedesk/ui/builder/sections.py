"""A whole recipe as sections that fold away, one for each of its parts."""

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from aedesk.options import Choice, Options
from aedesk.recipe import Recipe
from aedesk.recipe_problems import Problem
from aedesk.ui.builder.collapsible import Collapsible
from aedesk.ui.builder.editor import Edit, Editor, Unused, below, unused_below
from aedesk.ui.builder.editor_for import editor_for
from aedesk.ui.builder.field_facts import bare, constant_of
from aedesk.ui.builder.form import Form
from aedesk.ui.builder.labels import recipe_text, tooltip
from aedesk.ui.theme import SPACE_S

_ABOUT = "about"
_SUMMARIES: dict[str, tuple[str, ...]] = {
    "data": ("source",),
    "model": ("encoder", "code_size"),
    "objective": ("reconstruction",),
    "training": ("epochs", "optimiser"),
    _ABOUT: ("name",),
}
"""The fields that a folded section names; a section not listed here names all it can."""


class Sections(Editor):
    """Edits a recipe; its value is the recipe's document.

    The name, title and summary lie in a section of their own after the others.
    """

    needs_width = True

    def __init__(self, recipe: type[Recipe], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fields = recipe.model_fields
        self._constants = {
            name: constant_of(field) for name, field in fields.items() if constant_of(field) is not None
        }
        words = [name for name, field in fields.items() if field.annotation is str]
        self._editors: dict[str, Editor] = {}
        self.sections: dict[str, Collapsible] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        for name, field in fields.items():
            if name in words or name in self._constants:
                continue
            title = recipe_text(field.title or name)
            self._add(name, title, recipe_text(field.description or ""), _body(name, field, title))
        self._about = Form(recipe, editor_for, names=words)
        teaching = self.tr("What the recipe is called in lists and files.")
        self._add(_ABOUT, self.tr("About this recipe"), teaching, self._about)
        column.addStretch()

    def value(self) -> dict[str, Any]:
        found = {name: editor.value() for name, editor in self._editors.items() if name != _ABOUT}
        return self._constants | self._about.value() | found

    def set_value(self, value: dict[str, Any]) -> None:
        for name, editor in self._editors.items():
            editor.set_value(value if name == _ABOUT else value.get(name))
        self._summarise()

    def at(self, path: tuple[str, ...]) -> Editor:
        name = self._section_of(path)
        if name is None:
            return self
        return self._editors[name].at(path if name == _ABOUT else path[1:])

    def show_problems(self, problems: list[Problem]) -> list[Problem]:
        for name, section in self.sections.items():
            inside = [problem for problem in problems if self._section_of(problem.path) == name]
            own = inside if name == _ABOUT else below(name, inside)
            section.show_problems(inside, self._editors[name].show_problems(own))
        return [problem for problem in problems if self._section_of(problem.path) is None]

    def show_unused(self, unused: Unused) -> None:
        for name, editor in self._editors.items():
            editor.show_unused(unused if name == _ABOUT else unused_below(name, unused))

    def open_for(self, path: tuple[str, ...]) -> None:
        """Open the section that the field at ``path`` lies in."""
        name = self._section_of(path)
        if name:
            self.sections[name].set_open(True)

    def _add(self, name: str, title: str, description: str, editor: Editor) -> None:
        section = Collapsible(title, tooltip(description), editor, self)
        editor.setAccessibleName(title)
        editor.value_changed.connect(lambda edit: self._on_edited(name, title, edit))
        self._editors[name] = editor
        self.sections[name] = section
        self.layout().addWidget(section)

    def _section_of(self, path: tuple[str, ...]) -> str | None:
        if not path:
            return None
        if path[0] in self._editors and path[0] != _ABOUT:
            return path[0]
        return _ABOUT if path[0] in self._about.rows else None

    def _summarise(self) -> None:
        for name, section in self.sections.items():
            editor = self._editors[name]
            parts = [editor.at((field,)) for field in _SUMMARIES.get(name, ())] or [editor]
            section.set_summary(" · ".join(filter(None, (part.text() for part in parts))))

    def _on_edited(self, name: str, title: str, edit: Edit) -> None:
        self._summarise()
        self.value_changed.emit(edit if name == _ABOUT else edit.under(name, title))


def _body(name: str, field: Any, title: str) -> Editor:
    annotation, optional = bare(field.annotation)
    is_group = isinstance(annotation, type) and issubclass(annotation, Options)
    if is_group and not issubclass(annotation, Choice) and not optional:
        return Form(annotation, editor_for, untitled=title)
    return editor_for(name, field)
