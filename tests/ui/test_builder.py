"""The Builder as a person uses it: edits, undo, kinds, mirroring, problems, the gallery."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from aedesk.files.recipe_file import read_shipped
from aedesk.recipe import Recipe
from aedesk.ui import theme
from aedesk.ui.builder.builder import Builder

RECIPE = Recipe.from_document(
    {
        "name": "digits-map",
        "title": "Mine",
        "data": {"scaling": "centred"},
        "model": {
            "encoder": {"kind": "dense", "layers": [{"width": 128}, {"width": 64}, {"width": 10}]},
            "output_activation": "tanh",
        },
        "training": {"epochs": 20},
    }
)
"""Like a shipped recipe, which may change."""


@pytest.fixture
def builder(qtbot: QtBot, qapp: QApplication) -> Builder:
    if theme.choice() != "light":
        theme.apply(qapp, "light")
    made = Builder(RECIPE)
    qtbot.addWidget(made)
    made.resize(340, 700)
    made.show()
    return made


def at(builder: Builder, path: str):
    """The widget of a field, its section opened."""
    steps = tuple(path.split("."))
    builder.sections.open_for(steps)
    return builder.editor(steps).widget


def choose(combo, text: str) -> None:
    combo.setCurrentIndex(combo.findText(text))


def shown_texts(builder: Builder) -> list[str]:
    return [label.text() for label in builder.findChildren(QLabel) if label.isVisibleTo(builder)]


def test_nothing_is_shown_while_it_is_made(qtbot: QtBot, qapp: QApplication) -> None:
    class Watcher(QObject):
        shown: list[str] = []  # noqa: RUF012

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                self.shown.append(repr(watched))
            return False

    watcher = Watcher()
    qapp.installEventFilter(watcher)
    made = Builder(read_shipped("digits-dense"))
    qapp.removeEventFilter(watcher)
    qtbot.addWidget(made)
    assert watcher.shown == []


def test_an_edit_changes_the_recipe_and_is_said(builder: Builder, qtbot: QtBot) -> None:
    with qtbot.waitSignal(builder.recipe_changed) as heard:
        at(builder, "training.epochs").setValue(7)
    assert heard.args[0].training.epochs == 7
    assert builder.recipe().training.epochs == 7
    assert builder.document()["training"]["epochs"] == 7


def test_undo_and_redo(builder: Builder) -> None:
    before = builder.document()
    stack = builder.undo_stack()
    for epochs in (7, 8, 9):
        at(builder, "training.epochs").setValue(epochs)
    choose(at(builder, "training.optimiser"), "SGD")
    assert stack.count() == 2, "consecutive edits to one spin box are one"
    assert stack.undoText() == "Change Optimiser"
    stack.undo()
    assert at(builder, "training.optimiser").currentText() == "Adam"
    stack.undo()
    assert builder.document() == before
    assert at(builder, "training.epochs").value() == 20
    stack.redo()
    stack.redo()
    assert (builder.recipe().training.epochs, builder.recipe().training.optimiser) == (9, "sgd")


def test_edits_to_different_fields_do_not_merge(builder: Builder) -> None:
    at(builder, "training.epochs").setValue(7)
    at(builder, "training.batch_size").setValue(64)
    at(builder, "training.epochs").setValue(8)
    assert builder.undo_stack().count() == 3


def test_an_edit_taken_back_by_hand_leaves_nothing_to_undo(builder: Builder) -> None:
    at(builder, "training.epochs").setValue(21)
    at(builder, "training.epochs").setValue(20)
    assert not builder.undo_stack().canUndo()


def test_opening_a_recipe_can_be_undone(builder: Builder) -> None:
    at(builder, "training.epochs").setValue(7)
    edited = builder.document()
    builder.set_recipe(read_shipped("ecg-denoise"))
    assert builder.document() == read_shipped("ecg-denoise").document()
    assert read_shipped("ecg-denoise").title in builder.undo_stack().undoText()
    builder.undo_stack().undo()
    assert builder.document() == edited


def test_opening_the_recipe_that_is_open_changes_nothing(builder: Builder) -> None:
    builder.set_recipe(RECIPE)
    assert builder.undo_stack().count() == 0


def test_changing_kind_keeps_the_rest_and_remembers(builder: Builder) -> None:
    at(builder, "training.epochs").setValue(7)
    builder.sections.open_for(("corruption",))
    combo = builder.editor(("corruption",)).combo
    rest = {name: part for name, part in builder.document().items() if name != "corruption"}
    choose(combo, "Gaussian noise")
    at(builder, "corruption.sigma").setValue(0.35)
    choose(combo, "Masking")
    assert builder.document()["corruption"] == {"kind": "masking", "share": 0.25}
    choose(combo, "Gaussian noise")
    assert builder.document()["corruption"] == {"kind": "gaussian", "sigma": 0.35}
    assert {name: part for name, part in builder.document().items() if name != "corruption"} == rest
    builder.undo_stack().undo()
    assert combo.currentText() == "Masking"


def test_mirror_off_starts_with_the_mirror(builder: Builder) -> None:
    plan_before = builder.funnel.total()
    at(builder, "model.mirror").click()
    widths = [layer.width for layer in builder.recipe().model.decoder.layers]
    assert widths == [10, 64, 128]
    assert builder.funnel.total() == plan_before
    assert builder.editor(("model", "decoder")).isVisibleTo(builder)
    assert builder.undo_stack().count() == 1
    builder.undo_stack().undo()
    assert builder.document() == RECIPE.document()


def test_mirror_on_again_keeps_a_decoder_that_was_changed(builder: Builder) -> None:
    mirror = at(builder, "model.mirror")
    mirror.click()
    mirror.click()
    assert "decoder" not in builder.document()["model"], "an unchanged mirror is not worth keeping"
    mirror.click()
    at(builder, "model.decoder.layers.0.width").setValue(33)
    mirror.click()
    assert not builder.editor(("model", "decoder")).isVisibleTo(builder)
    mirror.click()
    assert builder.document()["model"]["decoder"]["layers"][0]["width"] == 33


def test_an_impossible_choice_is_marked_at_its_field(builder: Builder, qtbot: QtBot) -> None:
    output = at(builder, "model.output_activation")
    with qtbot.waitSignal(builder.problems_changed) as heard:
        choose(output, "ReLU")
    assert [problem.path for problem in heard.args[0]] == [("model", "output_activation")]
    assert heard.args[0][0].fatal
    assert builder.recipe() is None
    assert output.property("invalid") is True
    assert any("relu output cannot reach" in text for text in shown_texts(builder))
    assert builder.sections.sections["model"].header.trouble == "error"
    builder.sections.sections["model"].set_open(False)
    assert builder.sections.sections["model"].header.trouble == "error"

    choose(output, "Linear")
    assert builder.recipe() is not None
    assert output.property("invalid") is False
    assert builder.sections.sections["model"].header.trouble is None
    assert not any("cannot reach" in text for text in shown_texts(builder))


def test_advice_does_not_stop_a_run(builder: Builder) -> None:
    at(builder, "data.split.held_out").click()
    assert not builder.recipe().data.split.held_out
    assert builder.sections.sections["data"].header.trouble == "warning"
    assert any(text.startswith("Nothing is kept aside") for text in shown_texts(builder))


def test_what_pydantic_refuses_is_said_at_the_field(builder: Builder) -> None:
    name = at(builder, "name")
    name.selectAll()
    QTest.keyClicks(name, "two words")
    assert builder.recipe() is None
    assert builder.document()["name"] == "two words"
    assert name.property("invalid") is True
    assert any("may hold only letters" in text for text in shown_texts(builder))
    assert builder.sections.sections["about"].header.trouble == "error"
    assert builder.funnel.total() > 0, "the last possible network stays in sight"
    builder.undo_stack().undo()
    assert builder.recipe() == RECIPE


def test_data_without_its_file_are_impossible_until_it_is_chosen(
    builder: Builder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    builder.sections.open_for(("data",))
    choose(builder.editor(("data", "source")).combo, "Signal")
    assert builder.recipe() is None
    assert [problem.path for problem in builder.problems()] == [("data", "source", "file")]
    chosen = str(tmp_path / "beat.csv")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (chosen, ""))
    builder.editor(("data", "source", "file")).browse.click()
    assert builder.recipe().data.source.file == chosen


def test_a_browse_that_is_cancelled_changes_nothing(
    builder: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(builder.editor(("data", "source")).combo, "Pictures (a folder)")
    before = builder.document()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: "")
    builder.editor(("data", "source", "folder")).browse.click()
    assert builder.document() == before


def test_fields_without_effect_are_dimmed_or_hidden(builder: Builder) -> None:
    momentum = at(builder, "training.momentum")
    assert not momentum.isEnabled()
    assert "Only SGD uses it." in shown_texts(builder)
    choose(at(builder, "training.optimiser"), "SGD")
    assert momentum.isEnabled()
    assert "Only SGD uses it." not in shown_texts(builder)

    test_share = at(builder, "data.split.test")
    assert test_share.isVisibleTo(builder)
    at(builder, "data.split.held_out").click()
    assert not test_share.isVisibleTo(builder)
    assert builder.document()["data"]["split"]["test"] == 0.2


def test_a_problem_at_a_hidden_field_is_said_above_the_section(builder: Builder) -> None:
    from aedesk.recipe_problems import Problem

    builder.sections.open_for(("data",))
    at(builder, "data.split.held_out").click()
    builder.sections.show_problems([Problem(("data", "split", "test"), "no test rows are left.")])
    assert "No test rows are left." in shown_texts(builder)


def test_the_wheel_scrolls_the_panel_and_not_the_value(builder: Builder) -> None:
    for path in ("training.epochs", "training.learning_rate", "training.optimiser"):
        widget = at(builder, path)
        widget.setFocus()
        before = builder.document()
        event = QWheelEvent(
            QPointF(5, 5),
            QPointF(widget.mapToGlobal(QPoint(5, 5))),
            QPoint(0, -120),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)
        assert builder.document() == before
        assert not event.isAccepted() or builder._scroll.verticalScrollBar().value() > 0


def test_show_field_opens_scrolls_and_focuses(builder: Builder, qtbot: QtBot) -> None:
    for section in builder.sections.sections.values():
        section.set_open(False)
    builder.activateWindow()
    builder.show_field(("training", "seed"))
    seed = builder.editor(("training", "seed"))
    qtbot.waitUntil(lambda: not seed.visibleRegion().isEmpty())
    assert builder.sections.sections["training"].is_open()
    assert builder.focusWidget() is seed.widget


def test_running_only_says_so(builder: Builder) -> None:
    builder.set_running(True)
    assert any("run is under way" in text for text in shown_texts(builder))
    at(builder, "training.epochs").setValue(3)
    assert builder.recipe().training.epochs == 3
    builder.set_running(False)
    assert not any("run is under way" in text for text in shown_texts(builder))


@pytest.mark.parametrize("width", [320, 420])
@pytest.mark.parametrize("name", ["digits-dense", "ecg-denoise"])
def test_nothing_is_wider_than_the_dock(builder: Builder, qtbot: QtBot, width: int, name: str) -> None:
    builder.set_recipe(read_shipped(name))
    for section in builder.sections.sections.values():
        section.set_open(True)
    builder.resize(width, 700)
    qtbot.wait(50)
    assert builder.minimumSizeHint().width() <= 320
    page = builder._scroll.widget()
    assert page.width() <= builder._scroll.viewport().width()
    for path in ("objective.reconstruction", "data.scaling", "training.schedule"):
        combo = at(builder, path)
        assert combo.width() >= combo.sizeHint().width(), f"{path} is cut off"


def test_collapsed_sections_say_what_is_in_them(builder: Builder) -> None:
    said = {name: section.header.summary for name, section in builder.sections.sections.items()}
    assert said["data"] == "Handwritten digits (MNIST)"
    assert said["corruption"] == "None"
    assert said["objective"] == "Mean squared error"
    at(builder, "training.epochs").setValue(5)
    assert builder.sections.sections["training"].header.summary == "5 epochs · Adam"


def test_a_recipe_that_is_possible_again_is_said(builder: Builder, qtbot: QtBot) -> None:
    output = at(builder, "model.output_activation")
    with qtbot.waitSignal(builder.recipe_changed) as heard:
        choose(output, "ReLU")
    assert heard.args == [None]
    with qtbot.waitSignal(builder.recipe_changed) as heard:
        builder.undo_stack().undo()
    assert isinstance(heard.args[0], Recipe)
