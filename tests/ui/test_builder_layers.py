"""The list of layers: add, remove, move by menu, key and drag, and its limits."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from aedesk.models.activations import EXPLANATIONS
from aedesk.models.architectures.dense import DenseLayer
from aedesk.models.conv_options import ConvLayer
from aedesk.recipe_problems import Problem
from aedesk.ui.builder.editor_for import editor_for
from aedesk.ui.builder.inline_form import InlineForm
from aedesk.ui.builder.layers_editor import LayersEditor


@pytest.fixture
def layers(qtbot: QtBot) -> LayersEditor:
    editor = LayersEditor("layers", lambda: InlineForm(DenseLayer, editor_for), (1, 4))
    qtbot.addWidget(editor)
    editor.set_value([{"width": width, "activation": "relu"} for width in (128, 64, 10)])
    editor.resize(300, 260)
    editor.show()
    qtbot.waitExposed(editor)
    qtbot.wait(20)
    return editor


def widths(layers: LayersEditor) -> list[int]:
    return [layer["width"] for layer in layers.value()]


def test_values_come_back(layers: LayersEditor) -> None:
    assert layers.value()[1] == {"width": 64, "activation": "relu"}
    layers.set_value([{"width": 5, "activation": "tanh"}])
    assert layers.value() == [{"width": 5, "activation": "tanh"}]


def test_setting_values_says_nothing(layers: LayersEditor, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(layers.value_changed):
        layers.set_value([{"width": 5, "activation": "tanh"}, {"width": 6, "activation": "elu"}])


def test_add_copies_the_last_until_the_list_is_full(layers: LayersEditor, qtbot: QtBot) -> None:
    with qtbot.waitSignal(layers.value_changed) as heard:
        layers.add_button.click()
    assert (heard.args[0].path, heard.args[0].merges) == ((), False)
    assert widths(layers) == [128, 64, 10, 10]
    assert not layers.add_button.isEnabled()
    assert "4" in layers.add_button.toolTip()


def test_remove_takes_out_that_one_but_not_the_last_left(layers: LayersEditor) -> None:
    layers.rows[0].remove_button.click()
    assert widths(layers) == [64, 10]
    layers.rows[1].remove_button.click()
    assert widths(layers) == [64]
    assert not layers.rows[0].remove_button.isEnabled()


def test_an_empty_list_starts_with_a_usual_layer(qtbot: QtBot) -> None:
    editor = LayersEditor("layers", lambda: InlineForm(DenseLayer, editor_for), (0, None))
    qtbot.addWidget(editor)
    assert editor.value() == []
    editor.add_button.click()
    assert editor.value() == [DenseLayer().model_dump(mode="json")]
    editor.rows[0].remove_button.click()
    assert editor.value() == []


def test_keys_move_a_layer_and_the_keyboard_goes_along(layers: LayersEditor) -> None:
    layers.activateWindow()
    layers.rows[0].grip.setFocus()
    QTest.keyClick(layers.rows[0].grip, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert widths(layers) == [64, 128, 10]
    assert layers.focusWidget() is layers.rows[1].grip
    QTest.keyClick(layers.rows[1].grip, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert widths(layers) == [128, 64, 10]


def action(layers: LayersEditor, row: int, text: str) -> QAction:
    """An entry of a row's menu."""
    return next(action for action in layers.rows[row].menu().actions() if action.text() == text)


def test_the_first_cannot_move_up(layers: LayersEditor, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(layers.value_changed):
        layers.rows[0].moved.emit(-1)
    assert not action(layers, 0, "Move up").isEnabled()
    assert action(layers, 0, "Move down").isEnabled()
    assert not action(layers, 2, "Move down").isEnabled()


def test_the_menu_moves_and_duplicates(layers: LayersEditor) -> None:
    action(layers, 1, "Move down").trigger()
    assert widths(layers) == [128, 10, 64]
    action(layers, 1, "Duplicate").trigger()
    assert widths(layers) == [128, 10, 10, 64]
    assert not action(layers, 0, "Duplicate").isEnabled(), "the list is full"
    action(layers, 3, "Remove").trigger()
    assert widths(layers) == [128, 10, 10]


def test_a_click_on_the_grip_opens_the_menu(layers: LayersEditor, qtbot: QtBot) -> None:
    QTest.mouseClick(layers.rows[1].grip, Qt.MouseButton.LeftButton)
    menu = layers.rows[1].findChild(QMenu)
    assert menu.isVisible()
    menu.close()
    qtbot.waitUntil(lambda: layers.rows[1].findChild(QMenu) is None)
    assert widths(layers) == [128, 64, 10]


def drag(layers: LayersEditor, source: int, y: int) -> None:
    grip = layers.rows[source].grip
    start = grip.rect().center()
    QTest.mousePress(grip, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    target = grip.mapFrom(layers, QPoint(grip.mapTo(layers, start).x(), y))
    for step in (1, 2, 3):
        QTest.mouseMove(grip, start + (target - start) * step / 3)
    QTest.mouseRelease(grip, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, target)


def test_dragging_moves_a_layer_once(layers: LayersEditor, qtbot: QtBot) -> None:
    heard: list[object] = []
    layers.value_changed.connect(heard.append)
    drag(layers, 0, layers.rows[2].geometry().bottom())
    assert widths(layers) == [64, 10, 128]
    drag(layers, 2, layers.rows[0].geometry().top())
    assert widths(layers) == [128, 64, 10]
    assert len(heard) == 2


def test_a_drag_that_ends_where_it_began_changes_nothing(layers: LayersEditor, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(layers.value_changed):
        drag(layers, 1, layers.rows[1].geometry().bottom() - 1)
    assert widths(layers) == [128, 64, 10]


def test_an_edit_says_where_it_was(layers: LayersEditor, qtbot: QtBot) -> None:
    with qtbot.waitSignal(layers.value_changed) as heard:
        layers.at(("2", "width")).widget.setValue(12)
    edit = heard.args[0]
    assert (edit.path, edit.title, edit.merges) == (("2", "width"), "Width", True)


def test_activations_are_explained(layers: LayersEditor) -> None:
    combo = layers.at(("0", "activation")).widget
    for row in range(combo.count()):
        tip = combo.itemData(row, Qt.ItemDataRole.ToolTipRole)
        assert any(text in tip for text in EXPLANATIONS.values())
    combo.setCurrentIndex(combo.findText("Tanh"))
    assert EXPLANATIONS["tanh"] in combo.toolTip()


@pytest.fixture
def convolutions(qtbot: QtBot) -> LayersEditor:
    editor = LayersEditor("layers", lambda: InlineForm(ConvLayer, editor_for), (1, 4))
    qtbot.addWidget(editor)
    editor.set_value([{"channels": 16}, {"channels": 32, "residual": 2}])
    editor.resize(300, 260)
    editor.show()
    qtbot.waitExposed(editor)
    return editor


def test_three_bare_numbers_share_a_line(convolutions: LayersEditor, layers: LayersEditor) -> None:
    assert convolutions.rows[0].item.headings == ["Channels", "Kernel", "Stride"]
    assert layers.rows[0].item.headings == ["Width", "Activation"]
    fields = [convolutions.at(("1", name)) for name in ("channels", "kernel", "stride")]
    assert len({field.mapTo(convolutions, QPoint(0, 0)).y() for field in fields}) == 1
    assert min(field.width() for field in fields) > 60
    assert convolutions.value()[1]["residual"] == 2


def test_the_other_fields_of_a_layer_open_when_one_is_wrong(convolutions: LayersEditor) -> None:
    residual = convolutions.at(("1", "residual"))
    assert not residual.isVisible()
    convolutions.rows[1].item.more.click()
    assert residual.isVisible()
    convolutions.rows[1].item.more.click()
    convolutions.show_problems([Problem(("1", "residual"), "that is too much.")])
    assert residual.isVisible()
    assert not convolutions.at(("0", "residual")).isVisible()


def test_a_field_may_be_of_no_use_in_every_entry(convolutions: LayersEditor) -> None:
    for row in convolutions.rows:
        row.item.more.click()
    convolutions.show_unused({("*", "down"): "", ("1", "residual"): ""})
    shown = {name: [convolutions.at((row, name)).isVisible() for row in "01"] for name in ("down", "residual")}
    assert shown == {"down": [False, False], "residual": [True, False]}
    convolutions.show_unused({("*", "down"): None, ("1", "residual"): None})
    assert convolutions.at(("0", "down")).isVisible()
