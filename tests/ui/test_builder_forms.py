"""Forms come from the fields of Options alone: every field of the Recipe, and kinds not yet thought of."""

from html import escape
from typing import Annotated, Any, ClassVar, Literal, Union

import pytest
from pydantic import Field
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from aedesk.data.corruption import Corruption
from aedesk.data.corruptions.masking import Masking
from aedesk.files.recipe_file import read_shipped, shipped
from aedesk.models.architectures.dense import Dense
from aedesk.options import Choice, Options, option
from aedesk.recipe import Recipe
from aedesk.ui.builder.builder import Builder
from aedesk.ui.builder.choice_editor import ChoiceEditor
from aedesk.ui.builder.editor import Editor
from aedesk.ui.builder.editor_for import editor_for
from aedesk.ui.builder.field_facts import bare, constant_of, default_of, kinds_of, length_of, range_of
from aedesk.ui.builder.field_widgets import FloatEditor, IntEditor, LiteralEditor, SingleEditor
from aedesk.ui.builder.form import Form
from aedesk.ui.builder.inline_form import InlineForm
from aedesk.ui.builder.layers_editor import LayersEditor
from aedesk.ui.builder.optional_editor import OptionalEditor


def all_options(options: type[Options]) -> list[type[Options]]:
    """The class, and every class of Options that its fields can hold, all kinds included."""
    found = [options]
    for field in options.model_fields.values():
        annotation = bare(field.annotation)[0]
        items = getattr(annotation, "__args__", ())
        listed = [kind for item in items for kind in kinds_of(bare(item)[0]).values()]
        for held in (*kinds_of(annotation).values(), annotation, *items, *listed):
            held = bare(held)[0]
            if isinstance(held, type) and issubclass(held, Options) and held not in found:
                found += [inner for inner in all_options(held) if inner not in found]
    return found


FIELDS = [
    pytest.param(options, name, id=f"{options.__name__}.{name}")
    for options in all_options(Recipe)
    for name, field in options.model_fields.items()
    if constant_of(field) is None
]


def other_value(name: str, field: Any, editor: Editor) -> Any:
    """A value of the field that is not its default."""
    default = default_of(field)
    allowed = range_of(field)
    if isinstance(editor, OptionalEditor):
        editor = editor.editor
    if isinstance(editor, IntEditor):
        default = default or 0
        return default + 1 if default + 1 in allowed else default - 1
    if isinstance(editor, FloatEditor):
        return next(number for number in (0.123456789012345, 0.7, 7.7) if number in allowed)
    if isinstance(editor, LiteralEditor):
        return next(value for value in bare(field.annotation)[0].__args__ if value != default)
    if isinstance(default, bool):
        return not default
    if isinstance(default, list):
        listed = kinds_of(bare(bare(field.annotation)[0].__args__[0])[0])
        return [*default[1:], *default] or [{"kind": kind} for kind in listed]
    kinds = kinds_of(bare(field.annotation)[0])
    if kinds:
        return {"kind": list(kinds)[-1]}
    if isinstance(default, dict):
        return default
    return {} if is_group(bare(field.annotation)[0]) else "another"[: length_of(field)[1]]


def is_group(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Options)


def test_every_class_of_options_is_found() -> None:
    names = {options.__name__ for options in all_options(Recipe)}
    assert {"Recipe", "SplitOptions", "Signal", "Masking", "Dense", "DenseLayer", "TrainingOptions"} <= names


@pytest.mark.parametrize(("options", "name"), FIELDS)
def test_every_field_has_an_editor_that_teaches_and_keeps_values(
    qtbot: QtBot, options: type[Options], name: str
) -> None:
    field = options.model_fields[name]
    form = Form(options, editor_for)
    qtbot.addWidget(form)
    row = form.rows[name]
    assert field.title and field.description
    assert escape(field.description, quote=False) in row.editor.toolTip()
    assert row.label.text() == field.title
    assert form.value().get(name) == default_of(field)

    value = other_value(name, field, row.editor)
    form.set_value({name: value})
    kept = options.model_validate(form.value())
    assert getattr(kept, name) == getattr(options.model_validate({name: value}), name)


@pytest.mark.parametrize("name", shipped())
def test_shipped_recipes_come_back_unchanged(qtbot: QtBot, name: str) -> None:
    recipe = read_shipped(name)
    builder = Builder(recipe)
    qtbot.addWidget(builder)
    assert builder.sections.value() == recipe.document()
    assert builder.document() == recipe.document()
    assert builder.recipe() == recipe


def test_all_controls_have_a_tooltip(qtbot: QtBot) -> None:
    builder = Builder(read_shipped("digits-dense"))
    qtbot.addWidget(builder)
    for editor in builder.findChildren(SingleEditor):
        assert editor.widget.toolTip(), editor.widget.accessibleName()


def test_ranges_units_and_names_come_from_the_field(qtbot: QtBot) -> None:
    builder = Builder(read_shipped("digits-map"))
    qtbot.addWidget(builder)
    epochs = builder.editor(("training", "epochs")).widget
    assert (epochs.minimum(), epochs.maximum(), epochs.suffix()) == (1, 1_000_000, " epochs")
    loss = builder.editor(("objective", "reconstruction")).widget
    assert [loss.itemText(row) for row in range(loss.count())] == [
        "Mean squared error",
        "Mean absolute error",
        "Huber",
        "Binary cross-entropy",
        "KL divergence",
    ]


class Family(Choice):
    """A family of things no one has heard of."""


class First(Family):
    title: ClassVar[str] = "The first"
    summary: ClassVar[str] = "Does one thing."
    kind: Literal["first"] = "first"


class Part(Options):
    version: Literal[3] = 3
    size: int = option(3, "Size", "How large the part is.", unit="pixels", ge=1, le=9)
    norm: Literal["none", "batch-norm"] = option("none", "Norm", "How the part is kept in bounds.")
    weight: float = option(0.5, "Weight", "How much the part counts.", ge=0, le=1)
    skip: bool = option(False, "Skip", "Lets the input pass beside the part.")


class Second(Family):
    title: ClassVar[str] = "The second"
    summary: ClassVar[str] = "Does another."
    kind: Literal["second"] = "second"
    amount: float = option(1e-4, "Amount", "How much of it.", ge=0, le=10)
    parts: tuple[Part, ...] = option((Part(), Part(size=5)), "Parts", "What it is made of.", max_length=4)
    inner: Part = option(Part(), "Inner", "The part inside.")
    most: int | None = option(None, "At most", "Where it ends, if it does.", ge=0)


class Holder(Options):
    one: Annotated[Union[First, Second], Field(discriminator="kind")] = option(  # noqa: UP007
        First(), "One", "Which of them."
    )
    many: tuple[Annotated[Union[First, Second], Field(discriminator="kind")], ...] = option(  # noqa: UP007
        (), "Many", "Any number of them."
    )


def test_a_kind_made_up_here_has_its_form(qtbot: QtBot) -> None:
    form = Form(Holder, editor_for)
    qtbot.addWidget(form)
    one = form.at(("one",))
    assert isinstance(one, ChoiceEditor)
    assert [one.combo.itemText(row) for row in range(one.combo.count())] == ["The first", "The second"]

    with qtbot.waitSignal(form.value_changed) as heard:
        one.combo.setCurrentIndex(1)
    assert heard.args[0].path == ("one", "kind")
    assert form.value()["one"] == Second().model_dump(mode="json", exclude_none=True)

    parts = form.at(("one", "parts"))
    assert isinstance(parts, LayersEditor)
    assert isinstance(parts.rows[0].item, InlineForm)
    assert parts.rows[0].item.headings == ["Size", "Norm"]
    with qtbot.waitSignal(form.value_changed) as heard:
        form.at(("one", "parts", "1", "skip")).widget.click()
    assert heard.args[0].path == ("one", "parts", "1", "skip")
    assert form.value()["one"]["parts"][1] == {
        "version": 3,
        "size": 5,
        "norm": "none",
        "weight": 0.5,
        "skip": True,
    }
    assert Holder.model_validate(form.value()).one.parts[1].skip


def test_a_value_may_be_absent(qtbot: QtBot) -> None:
    form = Form(Second, editor_for)
    qtbot.addWidget(form)
    most = form.rows["most"].editor
    assert "most" not in form.value()
    most.switch.click()
    assert form.value()["most"] == 0
    form.at(("most", "value")).set_value(7)
    assert form.value()["most"] == 7
    most.switch.click()
    assert "most" not in form.value()
    form.set_value({"kind": "second", "most": 4})
    assert form.value()["most"] == 4


def test_a_number_that_may_be_absent_stands_in_one_line_with_its_switch(qtbot: QtBot) -> None:
    form = Form(Masking, editor_for)
    qtbot.addWidget(form)
    form.resize(340, 200)
    form.show()
    row = form.rows["least"]
    row.editor.switch.click()
    number = row.editor.editor
    assert abs(number.geometry().center().y() - row.editor.switch.geometry().center().y()) <= 2
    assert row.label.geometry().right() < row.editor.geometry().left(), "beside its title"
    assert row.editor.switch.accessibleName() == "Least share"
    assert "draws a share of its own" in row.editor.switch.toolTip()


def test_a_list_of_kinds(qtbot: QtBot) -> None:
    form = Form(Holder, editor_for)
    qtbot.addWidget(form)
    many = form.at(("many",))
    many.add_button.click()
    many.add_button.click()
    many.rows[1].item.combo.setCurrentIndex(1)
    assert [entry["kind"] for entry in form.value()["many"]] == ["first", "second"]
    assert Holder.model_validate(form.value()).many[1] == Second()


def test_a_new_kind_shows_in_the_builder(qtbot: QtBot) -> None:
    class Blur(Corruption):
        title: ClassVar[str] = "Blur"
        summary: ClassVar[str] = "Smears."
        kind: Literal["blur-for-test"] = "blur-for-test"
        radius: float = option(1.5, "Radius", "How far it smears.", gt=0, le=20, unit="pixels")

    known = Recipe.model_fields["corruption"].annotation
    wider = Annotated[Union[known, Blur], Field(discriminator="kind")]  # noqa: UP007

    class Wider(Recipe):
        corruption: wider = option(Blur(), "Corruption", "What is done.")

    document = read_shipped("digits-map").document()
    document["corruption"] = {"kind": "blur-for-test", "radius": 2.5}
    builder = Builder(Wider.from_document(document))
    qtbot.addWidget(builder)
    assert builder.editor(("corruption", "radius")).widget.text() == "2.5 pixels"
    assert builder.recipe() == Wider.from_document(document)


def test_a_type_without_an_editor_is_named(qtbot: QtBot) -> None:
    class Odd(Options):
        table: dict[str, int] = option({}, "Table", "No one can edit this.")

    with pytest.raises(TypeError, match="table"):
        Form(Odd, editor_for, QWidget())


def test_layers_are_made_from_the_layer_type(qtbot: QtBot) -> None:
    form = Form(Dense, editor_for)
    qtbot.addWidget(form)
    assert form.at(("layers", "0", "width")).widget.accessibleName() == "Width"
    assert "relu" in form.at(("layers", "0", "activation")).value()


def test_a_choice_within_a_choice_is_set_in_and_entries_of_a_list_are_parted(qtbot: QtBot) -> None:
    document = read_shipped("digits-map").document()
    ring = {"kind": "code-discriminator", "prior": {"kind": "ring"}}
    document["objective"]["adversaries"] = [ring, {"kind": "output-discriminator"}]
    builder = Builder(Recipe.from_document(document))
    qtbot.addWidget(builder)
    builder.resize(400, 2000)
    builder.show_field(("objective", "adversaries"))
    builder.show()
    qtbot.waitExposed(builder)
    listed = builder.editor(("objective", "adversaries"))
    assert isinstance(listed, LayersEditor)
    first, second = listed.rows

    def left(*path: str) -> int:
        editor = builder.editor(("objective", "adversaries", "0", *path))
        return editor.parentWidget().label.mapTo(builder, QPoint()).x()

    assert left("prior", "radius") == left("prior", "spread") > left("width") == left("weight")
    inner = builder.editor(("objective", "adversaries", "0", "prior"))
    inner.combo.setCurrentIndex(inner.combo.findData("swiss-roll"))
    qtbot.waitUntil(lambda: left("prior", "turns") > left("width"))  # a kind chosen later as well
    picture = listed.grab().toImage()
    ratio = picture.devicePixelRatio()
    middle = range(round(first.geometry().bottom() * ratio) + 2, round(second.y() * ratio))
    assert len({picture.pixel(2, y) for y in middle}) == 2, "a line lies between them"
