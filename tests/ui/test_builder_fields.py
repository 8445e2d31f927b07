"""Single fields: numbers of any size, their steps and what they refuse."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aedesk.ui.builder import labels
from aedesk.ui.builder.field_facts import Range
from aedesk.ui.builder.field_widgets import FloatEditor, IntEditor, LongTextEditor
from aedesk.ui.builder.float_spin import FloatSpin, number_text
from aedesk.ui.builder.labels import value_label

LEARNING_RATE = Range(0, 100, open_low=True)
SHARE = Range(0, 1, open_high=True)


def spin_of(qtbot: QtBot, allowed: Range, usual: float, value: float) -> FloatSpin:
    spin = FloatSpin(allowed, usual)
    qtbot.addWidget(spin)
    spin.setValue(value)
    return spin


def typed(spin: FloatSpin, text: str) -> float:
    spin.selectAll()
    QTest.keyClicks(spin, text)
    QTest.keyClick(spin, Qt.Key.Key_Return)
    return spin.value()


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"),
        (1.0, "1"),
        (0.25, "0.25"),
        (1e-3, "0.001"),
        (3e-4, "3e-4"),
        (1.5e-5, "1.5e-5"),
        (2e6, "2e6"),
        (-6.0, "-6"),
    ],
)
def test_numbers_are_written_short(number: float, text: str) -> None:
    assert number_text(number) == text
    assert float(text) == number


@pytest.mark.parametrize("number", [1e-5, 1 / 3 * 1e-4, 0.1 + 0.2, 99.99999999999999, 1 / 3])
def test_no_digit_is_lost(qtbot: QtBot, number: float) -> None:
    editor = FloatEditor(LEARNING_RATE, 1e-3, "")
    qtbot.addWidget(editor)
    editor.set_value(number)
    assert editor.value() == number
    editor.widget.interpretText()
    assert editor.value() == number


@pytest.mark.parametrize(("text", "number"), [("1e-5", 1e-5), ("0,02", 0.02), ("3E-4", 3e-4), (".5", 0.5)])
def test_numbers_can_be_typed_in_many_ways(qtbot: QtBot, text: str, number: float) -> None:
    assert typed(spin_of(qtbot, LEARNING_RATE, 1e-3, 1e-3), text) == number


@pytest.mark.parametrize("text", ["0", "-1", "101", "1e", "", "1e999", "nan", "abc"])
def test_what_is_out_of_range_is_not_taken(qtbot: QtBot, text: str) -> None:
    spin = spin_of(qtbot, LEARNING_RATE, 1e-3, 0.02)
    result = typed(spin, text)
    assert result in LEARNING_RATE
    if text not in ("1e", "101", "1e999"):  # where a part of it is a number, that part may stand
        assert result == 0.02


def test_a_learning_rate_steps_by_a_factor(qtbot: QtBot) -> None:
    spin = spin_of(qtbot, LEARNING_RATE, 1e-3, 1e-3)
    seen = []
    for _ in range(4):
        spin.stepBy(1)
        seen.append(spin.value())
    assert seen == [2e-3, 5e-3, 1e-2, 2e-2]
    spin.setValue(1e-3)
    spin.stepBy(-3)
    assert spin.value() == 1e-4
    spin.setValue(3e-4)
    spin.stepBy(1)
    assert spin.value() == 5e-4
    spin.setValue(80)
    spin.stepBy(1)
    assert spin.value() <= 100


def test_a_weight_steps_down_to_nothing_and_up_again(qtbot: QtBot) -> None:
    spin = spin_of(qtbot, Range(0, 10), 0.0, 2e-5)
    spin.stepBy(-1)
    assert spin.value() == 1e-5
    spin.stepBy(-1)
    assert spin.value() == 0
    spin.stepBy(1)
    assert spin.value() == 1e-5


def test_a_share_steps_evenly_and_stays_below_its_end(qtbot: QtBot) -> None:
    spin = spin_of(qtbot, SHARE, 0.2, 0.2)
    spin.stepBy(1)
    assert spin.value() == 0.25
    spin.setValue(0.95)
    spin.stepBy(1)
    assert spin.value() == 0.95
    spin.setValue(0.02)
    spin.stepBy(-1)
    assert spin.value() == 0


def test_units_stand_behind_the_number(qtbot: QtBot) -> None:
    editor = FloatEditor(Range(-30, 80), 6.0, "dB")
    qtbot.addWidget(editor)
    editor.set_value(-12.5)
    assert editor.widget.text() == "-12.5 dB"
    assert typed(editor.widget, "3") == 3
    assert editor.widget.text() == "3 dB"


def test_whole_numbers_keep_to_their_open_ends(qtbot: QtBot) -> None:
    editor = IntEditor("any", Range(0, 10, open_low=True, open_high=True), "")
    qtbot.addWidget(editor)
    assert (editor.widget.minimum(), editor.widget.maximum()) == (1, 9)


def test_the_least_value_can_have_a_name(qtbot: QtBot) -> None:
    editor = IntEditor("patience", Range(0, 100), "epochs")
    qtbot.addWidget(editor)
    editor.set_value(0)
    assert editor.text() == "Never stop early"
    editor.set_value(3)
    assert editor.text() == "3 epochs"


def test_long_texts_speak_only_when_typed(qtbot: QtBot) -> None:
    editor = LongTextEditor()
    qtbot.addWidget(editor)
    with qtbot.assertNotEmitted(editor.value_changed):
        editor.set_value("Two lines\nof text")
    with qtbot.waitSignal(editor.value_changed):
        QTest.keyClicks(editor.widget, "x")
    assert editor.value() == "xTwo lines\nof text"


def test_values_have_readable_names() -> None:
    assert value_label("reconstruction", "mse") == "Mean squared error"
    assert value_label("scaling", "none") == "As they are"
    assert value_label("anything", "some_new-thing") == "Some new thing"


@pytest.mark.parametrize(("unit", "one", "two"), [("probes", "1 probe", "2 probes"), ("dB", "1 dB", "2 dB")])
def test_one_of_a_unit_is_said_as_one(qtbot, unit: str, one: str, two: str) -> None:
    for editor in (IntEditor("probes", Range(low=1, high=64), unit), FloatEditor(Range(low=1, high=64), 2.0, unit)):
        qtbot.addWidget(editor)
        editor.set_value(1)
        assert editor.text() == one
        editor.set_value(2)
        assert editor.text() == two
        editor.widget.selectAll()
        QTest.keyClicks(editor.widget, "1")
        QTest.keyClick(editor.widget, Qt.Key.Key_Return)
        assert (editor.value(), editor.text()) == (1, one)
        editor.widget.selectAll()
        QTest.keyClicks(editor.widget, "15")
        assert editor.value() == 15, "the unit changes without disturbing the typing"


def test_one_of_every_unit_is_told_as_one():
    sources = [path.read_text("utf-8") for path in Path(labels.__file__).parents[2].rglob("*.py")]
    units = {unit for source in sources for unit in re.findall(r'\bunit="(\w\w+s)"', source)}
    assert {"steps", "units", "lines"} <= units
    for unit in units:
        assert labels.unit_suffix(unit, 2) == f" {unit}" and labels.unit_suffix(unit, 1) == f" {unit[:-1]}"
