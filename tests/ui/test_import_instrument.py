"""A German instrument's export on the import page: guessed right, and read otherwise by hand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from aedesk.data.csv_reading import CsvReading
from aedesk.ui.importing.import_page import ImportChoice, ImportPage
from tests.ui.importing import cells, set_role, settled, write_instrument


@pytest.fixture
def page(qtbot, tmp_path) -> ImportPage:
    page = ImportPage(write_instrument(tmp_path / "messung.csv"))
    qtbot.addWidget(page)
    page.show()
    settled(qtbot, page)
    return page


def test_an_instruments_export_opens_right_at_once(page, qtbot, tmp_path):
    preview = page.preview()
    assert preview.problem == ""
    assert page.says() == preview.explanation and "emicolon" in page.says()
    assert preview.names == ("Zeit", "Spannung", "Temperatur", "Bemerkung")
    assert preview.roles == ("time", "channel", "channel", "text")
    assert cells(page, 0) == ["0,00", "-1,000", "20,00", "ok0"]
    assert page.form.editor("skip").text() == "2 lines"
    assert not any(page.form.editor(name).is_set() for name in CsvReading.model_fields)
    with qtbot.waitSignal(page.chosen) as opened:
        QTest.mouseClick(page.open_button, Qt.MouseButton.LeftButton)
    assert opened.args == [ImportChoice(tmp_path / "messung.csv", CsvReading(), ("Spannung", "Temperatur"))]
    assert not page.isVisible()


def test_a_number_of_lines_to_skip_is_typed(page, qtbot):
    spin = page.form.editor("skip").editor.widget
    spin.selectAll()
    QTest.keyClicks(spin, "5")
    settled(qtbot, page)
    assert page.value().skip == 5
    assert page.preview().rows[0][0] == "0,01"


def test_the_time_can_be_another_column_or_none(page, qtbot):
    set_role(qtbot, page, "Zeit", "Channel")
    assert page.value() == CsvReading(time="-")
    assert page.columns_chosen() == ("Zeit", "Spannung", "Temperatur")
    set_role(qtbot, page, "Temperatur", "Time")
    assert page.value() == CsvReading(time="Temperatur")
    QTest.mouseClick(page.form.editor("time").back, Qt.MouseButton.LeftButton)
    settled(qtbot, page)
    assert page.preview().roles[0] == "time"


def shown(qtbot, path, text: str) -> ImportPage:
    path.write_text(text)
    page = ImportPage(path)
    qtbot.addWidget(page)
    page.show()
    settled(qtbot, page)
    return page


def test_infinities_are_typed_as_missing(qtbot, tmp_path):
    page = shown(qtbot, tmp_path / "a.csv", "t,u\n" + "".join(f"{row / 10},{'Inf' if row == 4 else row % 7}\n" for row in range(30)))
    line = page.form.editor("missing").editor.widget.lineEdit()
    line.selectAll()
    QTest.keyClicks(line, "Inf")
    settled(qtbot, page)
    assert page.value() == CsvReading(missing="Inf") and "Inf for missing values" in page.says()


def test_which_of_two_readings_of_dates_was_taken_is_said_and_changed(qtbot, tmp_path):
    page = shown(qtbot, tmp_path / "a.csv", "date,u\n" + "".join(f"03/04/2025 10:00:{row:02d},{row % 7}\n" for row in range(30)))
    assert "month first (03/04/2025 could be either)" in page.says()
    assert page.form.editor("day_first").text() == "No"
    page.form.editor("day_first").editor.widget.setFocus()
    QTest.keyClick(page.form.editor("day_first").editor.widget, Qt.Key.Key_Up)
    settled(qtbot, page)
    assert page.value() == CsvReading(day_first="yes") and "day first every 1 s" in page.says()


def test_what_was_left_out_at_the_end_is_said(qtbot, tmp_path):
    page = shown(qtbot, tmp_path / "a.csv", "t,u\n" + "".join(f"{row / 10},{row % 7}\n" for row in range(30)) + "Sum,5\n2")
    assert "Lines 32 to 33, from “Sum,5” on, are no rows" in page.says() and page.open_button.isEnabled()


def test_an_oscilloscopes_export_opens_with_its_rate(qtbot, tmp_path):
    rows = "".join(f"{row},{row % 7}e-1,\n" for row in range(30))
    page = shown(qtbot, tmp_path / "a.csv", "X,CH1,Start,Increment,\nSequence,Volt,-6.0e-03,2.0e-06\n" + rows)
    assert "by “Increment”" in page.says() and page.columns_chosen() == ("CH1",)
    assert page.form.editor("rate").text() == "500000 Hz" and page.sampling.resample.isVisible()
