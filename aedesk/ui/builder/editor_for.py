"""Which editor suits which type of field. The one place that knows them all."""

from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from aedesk.options import Options
from aedesk.ui.builder.choice_editor import ChoiceEditor
from aedesk.ui.builder.editor import Editor
from aedesk.ui.builder.field_facts import bare, default_of, kinds_of, length_of, range_of, unit_of
from aedesk.ui.builder.field_widgets import (
    BoolEditor,
    FloatEditor,
    IntEditor,
    LiteralEditor,
    LongTextEditor,
    TextEditor,
)
from aedesk.ui.builder.form import Form
from aedesk.ui.builder.inline_form import InlineForm
from aedesk.ui.builder.labels import recipe_text
from aedesk.ui.builder.layers_editor import LayersEditor
from aedesk.ui.builder.optional_editor import OptionalEditor
from aedesk.ui.builder.path_editor import PathEditor

_LONG_TEXT = 500


def editor_for(name: str, field: FieldInfo) -> Editor:
    """An editor for a field, by its type. TypeError where none suits."""
    annotation, optional = bare(field.annotation)
    default = default_of(field)
    editor = (
        _structured(name, field, annotation, default)
        or _single(name, field, annotation, default)
        or _worded(name, field, annotation)
    )
    if editor is None:
        raise TypeError(f"The builder has no editor for the field {name} of type {annotation}.")
    return OptionalEditor(editor) if optional else editor


def _structured(name: str, field: FieldInfo, annotation: Any, default: Any) -> Editor | None:
    kinds = kinds_of(annotation, default.get("kind") if isinstance(default, dict) else None)
    if kinds:
        return ChoiceEditor(kinds, editor_for)
    if isinstance(annotation, type) and issubclass(annotation, Options):
        return Form(annotation, editor_for)
    if get_origin(annotation) is tuple and get_args(annotation)[1:] == (...,):
        return _list_of(name, field, bare(get_args(annotation)[0])[0])
    return None


def _list_of(name: str, field: FieldInfo, item: Any) -> Editor | None:
    kinds = kinds_of(item)
    if kinds:
        return LayersEditor(name, lambda: ChoiceEditor(kinds, editor_for), length_of(field))
    if isinstance(item, type) and issubclass(item, Options):
        return LayersEditor(name, lambda: InlineForm(item, editor_for), length_of(field))
    return None


def _single(name: str, field: FieldInfo, annotation: Any, default: Any) -> Editor | None:
    if annotation is bool:
        return BoolEditor(recipe_text(field.title or name))
    if annotation is int:
        return IntEditor(name, range_of(field), unit_of(field))
    if annotation is float:
        return FloatEditor(range_of(field), default or 0.0, unit_of(field))
    return None


def _worded(name: str, field: FieldInfo, annotation: Any) -> Editor | None:
    if get_origin(annotation) is Literal:
        return LiteralEditor(name, get_args(annotation))
    if annotation is not str:
        return None
    if name in ("file", "folder"):
        return PathEditor(folder=name == "folder")
    longest = length_of(field)[1]
    return LongTextEditor() if longest and longest >= _LONG_TEXT else TextEditor(longest)
