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
