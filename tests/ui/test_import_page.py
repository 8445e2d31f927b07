"""The import page, driven by clicks and keys over files as instruments write them."""

import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QPushButton
from shiboken6 import isValid

from aedesk.data.csv_preview import Preview
from aedesk.data.csv_reading import CsvReading
from aedesk.ui.importing import preview_work
from aedesk.ui.importing.import_page import ImportChoice, ImportPage, ask_reading
from aedesk.ui.importing.preview_table import PreviewTable
from tests.ui.importing import cells, pick, set_role, settled, write_instrument


@pytest.fixture
def instrument(tmp_path: Path) -> Path:
    return write_instrument(tmp_path / "messung.csv")


@pytest.fixture
def show(qtbot):
    """Shows the page of a file and waits for its preview."""

    def shown(path: Path, reading: CsvReading | None = None) -> ImportPage:
        page = ImportPage(path, reading)
        qtbot.addWidget(page)
        page.show()
        settled(qtbot, page)
        return page

    return shown


def drawn(page: ImportPage) -> list[np.ndarray]:
    """The heights of the curves that are drawn."""
    curves = [curve.getOriginalDataset()[1] for curve in page.plot.curves]
    return [heights for heights in curves if heights is not None and len(heights)]


# -- what is shown --------------------------------------------------------------------------------


def test_the_field_for_missing_values_shows_what_the_sentence_tells(show, tmp_path):
    path = tmp_path / "gaps.csv"
    path.write_text("v\n" + "".join(f"{'---' if row % 9 == 4 else row % 7}\n" for row in range(90)), "utf-8")
    page = show(path)
    field = page.form.editor("missing")
    assert "--- for missing values" in page.says() and field.text() == "---" and not field.is_set()
    assert page.value() == CsvReading()


def test_missing_cells_are_grey_and_break_the_curve(show, instrument):
    page = show(instrument)
    model = page.table.model()
    grey = model.index(4, 2)
    assert grey.data() == "–" and grey.data(Qt.ItemDataRole.BackgroundRole) is not None
    assert model.index(3, 2).data(Qt.ItemDataRole.BackgroundRole) is None
    spoken = model.headerData(2, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Temperatur") and spoken.endswith("channel")
    voltage, temperature = drawn(page)
    assert np.isnan(temperature[4]) and np.isfinite(temperature[3]) and np.isfinite(voltage).all()
    x = page.plot.curves[0].getOriginalDataset()[0]
    assert x[100] - x[0] == pytest.approx(1.0)  # seconds, not rows
    assert page.plot.caption().startswith("The first 200 rows.")


def test_the_return_key_opens_and_escape_cancels(show, instrument, qtbot):
    page = show(instrument)
    with qtbot.waitSignal(page.chosen):
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    page = show(instrument)
    opened = []
    page.chosen.connect(opened.append)
    with qtbot.waitSignal(page.rejected):
        QTest.keyClick(page.table, Qt.Key.Key_Escape)
    assert not opened


def test_every_control_can_be_reached_and_says_what_it_does(show, instrument):
    page = show(instrument)
    kinds = (QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit)
    inner = (QComboBox, QAbstractSpinBox, PreviewTable)
    found = [one for kind in kinds for one in page.findChildren(kind)]
    controls = [one for one in found if one.isVisible() and not isinstance(one.parent(), inner)]
    assert len(controls) >= len(CsvReading.model_fields) + 3
    reached, at = set(), page.focusWidget()
    for _ in range(100):
        QTest.keyClick(at, Qt.Key.Key_Tab)
        at = page.focusWidget()
        reached.add(at)
    assert page.table in reached
    for control in controls:
        name = control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")
        assert name, control
        assert "." in control.toolTip(), name
        if control.isEnabled():
            assert control in reached, name


# -- corrections ----------------------------------------------------------------------------------


def test_a_wrong_delimiter_shows_a_problem_and_guessing_again_mends_it(show, instrument, qtbot):
    page = show(instrument)
    pick(qtbot, page, "delimiter", "\t")
    assert page.value() == CsvReading(delimiter="\t")
    assert page.form.editor("delimiter").is_set()
    assert page._says.property("role") == "error" and "messung.csv" in page.says()
    assert not page.open_button.isEnabled() and not page.plot.isVisible()
    assert any(";-1,000;" in cells(page, row)[0] for row in range(6))  # the lines are there to see what is wrong
    QTest.mouseClick(page.form.guess_all, Qt.MouseButton.LeftButton)
    settled(qtbot, page)
    assert page.value() == CsvReading()
    assert page.preview().roles == ("time", "channel", "channel", "text")
    assert page._says.property("role") != "error" and page.open_button.isEnabled()
    assert not page.form.guess_all.isEnabled()


def test_one_field_goes_back_to_its_guess(show, instrument, qtbot):
    page = show(instrument, CsvReading(decimal="."))
    pick(qtbot, page, "units", "No")
    assert page.value() == CsvReading(decimal=".", units="no")
    back = page.form.editor("decimal").back
    assert back.isVisible() and not page.form.editor("encoding").back.isVisible()
    QTest.mouseClick(back, Qt.MouseButton.LeftButton)
    settled(qtbot, page)
    assert page.value() == CsvReading(units="no")
    assert page.form.editor("decimal").text().startswith("Comma")


def test_opening_waits_for_the_change_that_was_made_last(show, instrument, qtbot):
    page = show(instrument)
    spin = page.form.editor("skip").editor.widget
    spin.selectAll()
    QTest.keyClicks(spin, "5")
    assert page.is_busy()
    with qtbot.waitSignal(page.chosen) as opened:
        QTest.keyClick(spin, Qt.Key.Key_Return)
    assert opened.args[0].reading == CsvReading(skip=5)
    assert "Spannung" not in opened.args[0].columns  # the names of what was shown before


def test_quick_changes_make_one_preview(show, instrument, qtbot, monkeypatch):
    page = show(instrument)
    asked = []
    real = preview_work._preview
    monkeypatch.setattr(preview_work, "_preview", lambda path, reading: (asked.append(reading), real(path, reading))[1])
    for skip in (1, 2, 3):
        page.form.set_field("skip", skip)
    settled(qtbot, page)
    assert [reading.skip for reading in asked] == [3]
    page.form.set_field("skip", 1)
    page._work._begin()  # is in the pool when the next change comes
    page.form.set_field("skip", 2)
    settled(qtbot, page)
    assert page.preview().reading.skip == 2 and asked[-1].skip == 2


# -- what columns are -----------------------------------------------------------------------------


def test_channels_are_chosen_by_clicks_on_their_names(show, instrument, qtbot):
    page = show(instrument)
    assert len(drawn(page)) == 2
    set_role(qtbot, page, "Temperatur", "Leave out")
    assert page.columns_chosen() == ("Spannung",)
    (heights,) = drawn(page)
    assert heights.min() == pytest.approx(-1.0)  # alone it has a scale
    set_role(qtbot, page, "Spannung", "Leave out")
    assert page.columns_chosen() == () and not page.open_button.isEnabled()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.isVisible()
    set_role(qtbot, page, "Temperatur", "Only this channel")
    assert page.columns_chosen() == ("Temperatur",)
    set_role(qtbot, page, "Spannung", "All channels")
    assert page.columns_chosen() == ("Spannung", "Temperatur")
    assert page.value() == CsvReading()


def test_the_space_bar_offers_what_a_column_can_be(show, instrument, qtbot):
    page = show(instrument)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Right)
    QTest.keyClick(page.table, Qt.Key.Key_Right)
    QTest.keyClick(page.table, Qt.Key.Key_Right)
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    menu = page.table.menu()
    qtbot.waitUntil(menu.isVisible)
    offered = {action.text(): action.isEnabled() for action in menu.actions() if action.text()}
    assert not offered["Channel"] and not offered["Only this channel"]  # it is text
    menu.close()


def test_many_channels_are_not_all_drawn_but_all_chosen(show, tmp_path):
    path = tmp_path / "many.csv"
    names = ["time_s", *(f"c{number}" for number in range(30))]
    rows = [[f"{row / 10:.1f}", *(f"{row * number % 7 + 0.5}" for number in range(30))] for row in range(30)]
    path.write_text("\n".join(",".join(row) for row in [names, *rows]))
    page = show(path)
    assert page.columns_chosen() == tuple(names[1:])
    assert len(drawn(page)) == 8
    assert "8 of 30 channels are drawn." in page.plot.caption()


def test_of_a_very_wide_table_the_first_columns_are_shown(show, instrument, monkeypatch):
    names = tuple(f"c{number}" for number in range(1200))
    cells, units, roles = (("1.5",) * 1200,), ("",) * 1200, ("channel",) * 1200
    wide = Preview(CsvReading(), frozenset(), "Commas.", names, units, cells, roles, np.ones((1, 1200)))
    monkeypatch.setattr(preview_work, "_preview", lambda path, reading: wide)
    page = show(instrument)
    assert page.says() == "Commas. Of 1\u202f200 columns the first 200 are shown."
    assert page.table.model().columnCount() == 200 and page.columns_chosen() == names


def test_a_row_number_is_neither_time_nor_channel(show, tmp_path, qtbot):
    path = tmp_path / "counted.csv"
    path.write_text("no,time_s,flow\n" + "\n".join(f"{row},{row / 4},{row % 3 + 0.5}" for row in range(40)))
    page = show(path)
    assert page.columns_chosen() == ("flow",) and page.preview().reading.time == "time_s"
    spoken = page.table.model().headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "no, row number"
    page.table.open_menu(0)
    assert [action.isEnabled() for action in page.table.menu().actions()[:3]] == [True, False, True]
    page.table.menu().close()
    set_role(qtbot, page, "no", "Leave out")
    assert page.value() == CsvReading()  # the time is left as it is


# -- files that are not as they should be ---------------------------------------------------------


@pytest.mark.parametrize(("content", "said"), [(b"", "empty"), (b"\x00\x01\xff\x00" * 100, "text")])
def test_what_is_no_table_is_said_and_cannot_be_opened(show, tmp_path, content, said):
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    page = show(path)
    assert said in page.says() and "odd.csv" in page.says()
    assert not page.open_button.isEnabled() and not drawn(page)
    page.grab()  # an empty table is painted, too
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.isVisible()


def test_a_file_that_is_gone_is_said(show, tmp_path):
    page = show(tmp_path / "gone.csv")
    assert "gone.csv" in page.says()
    assert not page.open_button.isEnabled()


def test_an_encoding_that_does_not_exist_is_said(show, instrument, qtbot):
    page = show(instrument)
    line = page.form.editor("encoding").editor.widget.lineEdit()
    line.selectAll()
    QTest.keyClicks(line, "klingon")
    settled(qtbot, page)
    assert page.value().encoding == "klingon"
    assert "klingon" in page.says() and not page.open_button.isEnabled()


# -- as others use it -----------------------------------------------------------------------------


def test_asking_does_not_wait_and_cleans_up(qtbot, instrument):
    page = ask_reading(instrument, CsvReading(header="yes"))
    assert page.isVisible() and page.isModal()
    settled(qtbot, page)
    chosen = []
    page.chosen.connect(chosen.append)
    QTest.mouseClick(page.open_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not isValid(page))
    assert chosen == [ImportChoice(instrument, CsvReading(header="yes"), ("Spannung", "Temperatur"))]


def test_closing_while_the_file_is_looked_at_leaves_nothing(qtbot, instrument):
    page = ask_reading(instrument)
    cancel = next(one for one in page.findChildren(QPushButton) if one.text() == "Cancel")
    QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not isValid(page))


def test_a_file_that_takes_long_does_not_hold_the_page_up(qtbot, instrument, monkeypatch):
    may_end = threading.Event()
    monkeypatch.setattr(preview_work, "_preview", lambda path, reading: may_end.wait(10))
    page = ask_reading(instrument)
    assert page.says() == "Looking at messung.csv…"
    qtbot.waitUntil(page._bar.isVisible)
    pick_at_once = page.form.editor("header")
    QTest.keyClick(pick_at_once.editor.widget, Qt.Key.Key_Down)
    assert page.value() == CsvReading(header="yes")
    QTest.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not isValid(page))
    may_end.set()


def test_it_follows_the_theme(show, instrument, both_looks):
    page = show(instrument)
    before = page.plot.curves[0].opts["pen"].color().name()
    both_looks("dark")
    assert page.plot.curves[0].opts["pen"].color().name() != before
    page.grab()


def test_names_are_whole_where_there_is_room(show, tmp_path):
    name = "a long name of a channel behind the filter"
    path = tmp_path / "named.csv"
    path.write_text(f"time_s,{name},b\n" + "".join(f"{row / 10},{row % 7},{row % 5}\n" for row in range(30)))
    page = show(path)
    page.resize(1280, 720)
    head = page.table.horizontalHeader()
    assert head.sectionSize(1) >= head.wanted_width(1) and head.length() <= page.table.viewport().width()
    page.table.resize(330, 200)
    assert head.sectionSize(1) < head.wanted_width(1) and head.sectionSize(2) >= head.wanted_width(2)
    head.resizeSection(1, 150)
    page.table.resize(900, 200)
    assert head.sectionSize(1) == 150  # as a person drew it
