"""What is wrong in a table is told on the import page, and shown where it is."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from aedesk.ui import theme
from aedesk.ui.importing.import_page import ImportPage
from tests.ui.importing import set_role, settled, write_instrument


@pytest.fixture
def instrument(tmp_path: Path) -> Path:
    return write_instrument(tmp_path / "messung.csv")


@pytest.fixture
def show(qtbot):
    """Shows the page of a file and waits for its preview."""

    def shown(path: Path) -> ImportPage:
        page = ImportPage(path)
        qtbot.addWidget(page)
        page.show()
        settled(qtbot, page)
        return page

    return shown


def _in_sight(page: ImportPage, row: int, column: int) -> bool:
    table = page.table
    return table.viewport().rect().contains(table.visualRect(table.model().index(row, column)).center())


def _marked(page: ImportPage) -> list[tuple[int, int]]:
    """The cells that are marked as wrong."""
    model, wrong = page.table.model(), QColor(theme.current().error)
    places = ((row, column) for row in range(model.rowCount()) for column in range(model.columnCount()))
    return [at for at in places if model.index(*at).data(Qt.ItemDataRole.BackgroundRole) == wrong]


def test_a_line_far_down_that_is_wrong_is_marked_and_in_sight(show, instrument):
    lines = instrument.read_text("utf-8").splitlines()
    lines[150] += ";1"
    instrument.write_text("\n".join(lines), "utf-8")
    page = show(instrument)
    assert "line 151" in page.says() and not page.open_button.isEnabled()
    assert _marked(page) == [(150, 0)] and _in_sight(page, 150, 0)


def test_a_cell_that_is_no_number_is_shown_and_its_column_can_be_left_out(show, instrument, qtbot):
    lines = instrument.read_text("utf-8").splitlines()
    lines[150] = "1,46;abc;21,46;ok"
    instrument.write_text("\n".join(lines), "utf-8")
    page = show(instrument)
    assert "“abc” in line 151" in page.says() and page._says.property("role") == "warning"
    assert _marked(page) == [(146, 1)] and _in_sight(page, 146, 1)
    assert page.open_button.isEnabled()  # the other channel can be used
    set_role(qtbot, page, "Spannung", "Leave out")
    assert "abc" not in page.says() and page._says.property("role") == "" and _marked(page) == []
    set_role(qtbot, page, "Spannung", "Channel")
    assert _marked(page) == [(146, 1)]
    line = page.form.editor("missing").editor.widget.lineEdit()
    line.selectAll()
    QTest.keyClicks(line, "abc")
    settled(qtbot, page)
    assert "not a number" not in page.says() and _marked(page) == []
