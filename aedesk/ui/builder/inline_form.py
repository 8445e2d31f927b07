"""A group of fields on one line, as an entry of a list."""

from functools import partial
from itertools import accumulate
from typing import Any, Literal, get_origin

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from pydantic.fields import FieldInfo

from aedesk.options import Options
from aedesk.recipe_problems import Problem
from aedesk.ui.builder.caption import Caption
from aedesk.ui.builder.editor import Edit, Editor, MakeEditor, Unused, below
from aedesk.ui.builder.field_facts import bare, constant_of, default_of, unit_of
from aedesk.ui.builder.form import Form
from aedesk.ui.builder.glyph_button import GlyphButton
from aedesk.ui.builder.labels import recipe_text, tooltip
from aedesk.ui.theme import SPACE_XS

_ROOM = 6
_BARE_NUMBER, _OTHER = 2, 3
"""How much of a line's room a field takes: three bare numbers fit, or two choices or numbers with units."""


class InlineForm(Editor):
    """The first two or three numbers or choices of a class of Options side by side, the rest behind a button.

    ``headings`` are the titles of those in line, for a list to write above its columns.
    """

    def __init__(self, options: type[Options], make: MakeEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fields = {name: field for name, field in options.model_fields.items() if constant_of(field) is None}
        line_names = _in_line(fields)
        self.headings = [recipe_text(fields[name].title or name) for name in line_names]
        self._titles = dict(zip(line_names, self.headings, strict=True))
        self._defaults = {name: default_of(fields[name]) for name in line_names}
        self._editors = {name: self._made(name, fields[name], make) for name in line_names}
        self._others = Form(options, make, names=set(options.model_fields) - set(line_names))
        self._others.value_changed.connect(self.value_changed)
        self._others.hide()
        self.more = GlyphButton("more")
        self.more.setCheckable(True)
        self.more.setToolTip(tooltip(self.tr("Show or hide the other options of this entry.")))
        self.more.toggled.connect(self._others.setVisible)
        if len(fields) == len(line_names):
            self.more.hide()
        self._message = Caption()
        line = QHBoxLayout()
        line.setSpacing(SPACE_XS)
        for editor in self._editors.values():
            line.addWidget(editor, 1)
        line.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_XS)
        column.addLayout(line)
        column.addWidget(self._message)
        column.addWidget(self._others)
        self.setFocusProxy(next(iter(self._editors.values()), self._others))

    def value(self) -> dict[str, Any]:
        return {name: editor.value() for name, editor in self._editors.items()} | self._others.value()

    def set_value(self, value: dict[str, Any] | None) -> None:
        for name, editor in self._editors.items():
            editor.set_value((value or {}).get(name, self._defaults[name]))
        self._others.set_value(value)

    def at(self, path: tuple[str, ...]) -> Editor:
        if path and path[0] in self._editors:
            return self._editors[path[0]].at(path[1:])
        return self._others.at(path) if path and path[0] in self._others.rows else self

    def show_problems(self, problems: list[Problem]) -> list[Problem]:
        unsaid = []
        for name, editor in self._editors.items():
            unsaid += editor.show_problems(below(name, problems))
        rest = [problem for problem in problems if not problem.path or problem.path[0] not in self._editors]
        if any(problem.path and problem.path[0] in self._others.rows for problem in rest):
            self.more.setChecked(True)
        self._message.tell(unsaid)
        return self._others.show_problems(rest)

    def show_unused(self, unused: Unused) -> None:
        self._others.show_unused(unused)

    def _made(self, name: str, field: FieldInfo, make: MakeEditor) -> Editor:
        editor = make(name, field)
        editor.setToolTip(tooltip(self._titles[name], recipe_text(field.description or "")))
        editor.setAccessibleName(self._titles[name])
        editor.set_value(self._defaults[name])
        editor.value_changed.connect(partial(self._on_edited, name))
        return editor

    def _on_edited(self, name: str, edit: Edit) -> None:
        self.value_changed.emit(edit.under(name, self._titles[name]))


def _in_line(fields: dict[str, FieldInfo]) -> list[str]:
    names = [name for name, field in fields.items() if _fits_a_line(field)]
    taken = accumulate(_BARE_NUMBER if _is_bare_number(fields[name]) else _OTHER for name in names)
    return [name for name, room in zip(names, taken, strict=True) if room <= _ROOM]


def _is_bare_number(field: FieldInfo) -> bool:
    return bare(field.annotation)[0] is int and not unit_of(field)


def _fits_a_line(field: FieldInfo) -> bool:
    annotation, optional = bare(field.annotation)
    return not optional and (annotation in (int, float) or get_origin(annotation) is Literal)
