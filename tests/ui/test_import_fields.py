"""The fields of the import page: what is guessed, what is set, and the way back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from aedesk.data.csv_reading import CsvReading
from aedesk.ui.builder.field_widgets import LiteralEditor
from aedesk.ui.importing.guess_editor import GuessEditor
from aedesk.ui.importing.known_text_editor import KnownTextEditor
from aedesk.ui.importing.reading_form import ReadingForm

SET = CsvReading(
    encoding="cp1252", delimiter="\t", decimal=",", thousands=" ", quote="none", comment="#", skip=0,
    header="no", units="yes", missing="-200 off", time="-", day_first="yes", rate=0.5,
)  # fmt: skip


@pytest.fixture
def form(qtbot) -> ReadingForm:
    form = ReadingForm()
    qtbot.addWidget(form)
    form.show()
    return form


def test_every_field_of_a_reading_can_be_set_and_comes_back_as_it_was(form):
    assert set(form.form.rows) == set(CsvReading.model_fields)
    assert form.value() == CsvReading()
    form.set_value(SET)
    assert form.value() == SET
    assert all(form.editor(name).is_set() for name in CsvReading.model_fields)


def test_titles_and_tooltips_are_those_of_the_fields(form):
    for name, field in CsvReading.model_fields.items():
        assert form.form.rows[name].label.text() == field.title
        assert field.description.split(".")[0].replace("'", "&#x27;")[:20] in form.editor(name).editor.widget.toolTip()


def test_a_guess_is_shown_but_is_no_value(form):
    form.show_guess(SET, frozenset(CsvReading.model_fields), ("a", "b"))
    assert form.value() == CsvReading()
    shown = {name: form.editor(name).text() for name in CsvReading.model_fields}
    assert shown["delimiter"] == "Tab" and shown["thousands"] == "Space" and shown["skip"] == "0 lines"
    assert shown["rate"] == "0.5 Hz" and shown["time"] == "None" and shown["header"] == "No"
    for name in CsvReading.model_fields:
        editor = form.editor(name)
        assert editor.editor.widget.font().italic() and not editor.back.isVisible()


def test_what_is_set_stays_when_the_guess_changes(form):
    form.set_value(CsvReading(decimal=".", rate=100))
    form.show_guess(SET, frozenset({"encoding", "decimal"}), ())
    assert form.editor("decimal").text() == "Point  ." and form.value().rate == 100
    assert not form.editor("decimal").editor.widget.font().italic()
    assert form.editor("decimal").back.isVisible()
    QTest.mouseClick(form.editor("decimal").back, Qt.MouseButton.LeftButton)
    assert form.editor("decimal").text() == "Comma  ,"
    assert form.value() == CsvReading(rate=100)


def test_where_nothing_was_found_nothing_stands_in_the_way(form):
    form.show_guess(CsvReading(), frozenset(CsvReading.model_fields), ())
    spin = form.editor("rate").editor.widget
    assert spin.text() == " "
    assert form.editor("header").editor.widget.currentIndex() == -1
    spin.lineEdit().setCursorPosition(1)  # as by a click
    QTest.keyClicks(spin, "2.5")
    assert form.value().rate == 2.5 and spin.text() == "2.5 Hz"


def test_the_first_choice_counts_after_nothing_was_found(qtbot):
    editor = GuessEditor(LiteralEditor("header", ("yes", "no")), "guess")
    qtbot.addWidget(editor)
    editor.show()
    assert editor.value() == "guess"
    with qtbot.waitSignal(editor.value_changed):
        QTest.keyClick(editor.editor.widget, Qt.Key.Key_Down)
    assert editor.value() == "yes" and editor.is_set()


@pytest.fixture
def delimiter(qtbot) -> KnownTextEditor:
    editor = KnownTextEditor([(";", "Semicolon  ;"), ("\t", "Tab"), (" ", "Space")], longest=2)
    qtbot.addWidget(editor)
    editor.show()
    editor.set_value(";")
    return editor


def typed(editor: KnownTextEditor, text: str) -> None:
    line = editor.widget.lineEdit()
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)


@pytest.mark.parametrize(("text", "value", "shown"), [("~", "~", "~"), (" ", " ", "Space"), ("Tab", "\t", "Tab")])
def test_a_known_text_can_be_typed_by_value_or_by_name(delimiter, text, value, shown):
    typed(delimiter, text)
    assert delimiter.value() == value
    delimiter.widget.lineEdit().editingFinished.emit()
    delimiter.widget.lineEdit().clearFocus()
    assert delimiter.text() == shown


def test_a_known_text_is_chosen_from_the_list(delimiter, qtbot):
    with qtbot.waitSignal(delimiter.value_changed):
        QTest.keyClick(delimiter.widget, Qt.Key.Key_Down)
    assert delimiter.value() == "\t" and delimiter.text() == "Tab"


@pytest.mark.parametrize("name", ["missing", "comment"])
def test_an_emptied_text_is_left_to_the_guess_once_it_is_typed(form, qtbot, name):
    form.activateWindow()
    qtbot.waitActive(form)
    form.show_guess(CsvReading(missing="-200", comment="#"), frozenset(CsvReading.model_fields), ())
    editor = form.editor(name)
    editor.setFocus()
    line = editor.editor.widget.lineEdit()
    line.selectAll()
    QTest.keyClicks(line, "x")
    assert getattr(form.value(), name) == "x" and editor.is_set()
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert form.value() == CsvReading() and not editor.is_set()
    assert line.text() == ""  # not replaced while something is typed
    form.editor("skip").setFocus()
    assert editor.text() == getattr(CsvReading(missing="-200", comment="#"), name)
