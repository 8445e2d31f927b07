"""The Generate panel's pieces: grids, tables, lines of controls, and choices."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QLabel,
    QSpinBox,
    QToolTip,
    QWidget,
)

from aedesk.ui import theme
from aedesk.ui.panels.generate_cells import shares, tip_for
from aedesk.ui.panels.generate_chooser import Chooser
from aedesk.ui.panels.generate_flow import FlowLayout
from aedesk.ui.panels.generate_grid import CellGrid
from aedesk.ui.panels.generate_panel import GeneratePanel
from aedesk.ui.panels.generate_places import fitted, in_rows
from aedesk.ui.panels.generate_request import Shown
from aedesk.ui.panels.generate_table import SampleTable
from tests.ui.generating import click_cell

SQUARE = (1.0, 1.0)


def pictures(count: int = 12, **more) -> Shown:
    """Images 4 × 4 that are all as bright as their place is high."""
    samples = np.ones((count, 1, 4, 4), np.float32) * np.linspace(0, 8, count, dtype=np.float32)[:, None, None, None]
    return Shown("image", samples, 0.0, 8.0, **more)


@pytest.fixture
def grid(qtbot):
    view = CellGrid(pickable=True)
    qtbot.addWidget(view)
    view.resize(300, 120)
    with qtbot.waitExposed(view):
        view.show()
    return view


def colour(view: CellGrid, spot: QPoint) -> QColor:
    return view.viewport().grab().toImage().pixelColor(spot * view.devicePixelRatioF())


# -- places -----------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2, 10, 61, 64])
@pytest.mark.parametrize("size", [(430, 100), (300, 400), (1400, 500)])
def test_cells_are_as_large_as_they_fit(count, size):
    room = QSize(*size)
    places = fitted(count, room, SQUARE, 18, 128)
    last = places.rect(count - 1)
    assert places.rect(places.columns - 1 if count >= places.columns else count - 1).right() < room.width()
    assert last.bottom() < room.height() and places.height() <= room.height()
    assert places.cell.width() == places.cell.height()
    larger = places.cell.width() + 2
    if larger <= 128:
        columns = (room.width() + places.gap) // (larger + places.gap)
        rows = (room.height() + places.gap) // (larger + places.gap)
        assert columns * rows < count, "larger ones would not fit"


def test_too_many_cells_go_on_below():
    places = fitted(400, QSize(200, 100), SQUARE, 18, 128)
    assert places.cell == QSize(18, 18) and places.height() > 100
    assert places.rect(places.columns - 1).right() < 200


def test_a_strip_stays_in_one_line_while_its_cells_can_be_told_apart():
    assert fitted(10, QSize(420, 300), SQUARE, 18, 128, strip=True).columns == 10
    assert fitted(10, QSize(420, 300), SQUARE, 18, 128).columns < 10
    assert fitted(32, QSize(420, 300), SQUARE, 18, 128, strip=True).columns < 32


def test_rows_are_as_wide_as_the_room_beside_their_names():
    places = in_rows(27, 9, 400, SQUARE, 18, 128, left=30)
    assert places.columns == 9 and places.rect(0).left() == 30 and places.rect(9).left() == 30
    assert 380 < places.rect(8).right() < 400
    words = in_rows(27, 9, 200, (3.0, 6.0), 25, 25, left=30)
    assert words.cell.height() == 25 and words.rect(8).right() < 200, "text keeps its height where it is narrow"


def test_a_line_of_controls_wraps_where_it_is_narrow(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder)
    parts = [QLabel(text, holder) for text in ("one", "another one", "and yet another one")]
    for part in parts:
        part.setFixedSize(part.sizeHint())
        flow.addWidget(part)
    wide = flow.sizeHint().width()
    line = parts[0].height()
    assert flow.heightForWidth(wide) == line
    assert flow.heightForWidth(wide - 1) > 2 * line - 1
    assert flow.heightForWidth(1) > 3 * line - 1
    assert flow.minimumSize().width() == parts[2].width()
    parts[2].hide()
    assert flow.heightForWidth(wide - 1) == line
    holder.resize(wide, 100)
    holder.show()
    assert parts[1].x() > parts[0].geometry().right() and parts[1].y() == parts[0].y()


# -- the grid ---------------------------------------------------------------------------------


def test_images_are_painted_in_the_colours_of_the_theme(grid, both_looks):
    for name in ("light", "dark"):
        both_looks(name)
        grid.show_samples(pictures())
        ramp = theme.colour_table(theme.current().sequential)
        assert colour(grid, grid.cell_rect(0).center()) == QColor.fromRgb(ramp[0])
        assert colour(grid, grid.cell_rect(11).center()) == QColor.fromRgb(ramp[255])
    grid.show_samples(pictures(plain=True))
    assert colour(grid, grid.cell_rect(11).center()) == QColor("white")


def test_marks_and_the_current_cell_are_framed(grid):
    grid.show_samples(pictures(marks={3: "A"}))
    bare = QColor(theme.current().window)
    above = [colour(grid, QPoint(grid.cell_rect(place).center().x(), 1)) for place in (3, 4)]
    assert above[0].blue() - above[0].red() > 80, "a frame in the accent"
    assert above[1] == bare
    grid.activateWindow()
    QTest.qWaitForWindowActive(grid)
    grid.setFocus()
    focused = grid.grab().toImage()
    grid.clearFocus()
    assert grid.grab().toImage() != focused


def test_cells_are_picked_where_that_is_wanted(grid, qtbot):
    grid.show_samples(pictures())
    with qtbot.waitSignal(grid.picked) as said:
        click_cell(grid, 5)
    assert said.args == [5]
    with qtbot.assertNotEmitted(grid.picked):
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.RightButton, pos=grid.cell_rect(5).center())
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(299, 119))
        QTest.keyClick(grid, Qt.Key.Key_Up)
    for_show = CellGrid()
    qtbot.addWidget(for_show)
    for_show.resize(300, 120)
    for_show.show_samples(pictures())
    with qtbot.assertNotEmitted(for_show.picked):
        click_cell(for_show, 5)
        QTest.keyClick(for_show, Qt.Key.Key_Space)


def test_many_cells_are_scrolled_to(grid):
    grid.show_samples(pictures(400))
    bar = grid.verticalScrollBar()
    assert bar.maximum() > 0 and grid.cell_rect(399).top() > grid.viewport().height()
    for _ in range(60):
        QTest.keyClick(grid, Qt.Key.Key_Down)
    assert bar.value() > 0 and grid.viewport().rect().contains(grid.cell_rect(grid._current))
    bar.setValue(bar.maximum())
    assert grid.cell_rect(399).bottom() <= grid.viewport().height()
    ramp = theme.colour_table(theme.current().sequential)
    assert colour(grid, grid.cell_rect(399).center()) == QColor.fromRgb(ramp[255])
    grid.show_samples(pictures(4))
    assert bar.maximum() == 0 and bar.value() == 0


def test_rows_have_names_and_grow_with_the_width(grid):
    grid.show_samples(pictures(12), ("4", "12", "1"))
    assert grid.column_count() == 4
    narrow = grid.cell_rect(0)
    assert narrow.left() > grid.fontMetrics().horizontalAdvance("12")
    grid.resize(500, 120)
    assert grid.cell_rect(0).width() > narrow.width() and grid.verticalScrollBar().maximum() > 0
    grid.clear()
    assert grid.count() == 0
    grid.grab()


def test_rows_of_words_are_scrolled_sideways_and_not_cut_short(grid, both_looks):
    words = tuple("extraordinary" if place % 9 == 8 else "aeeb" for place in range(27))
    rows = ("Code 1", "Code 2", "Code 3")
    grid.show_samples(Shown("words", np.zeros((27, 1), np.float32), 0, 1, words=words, marks={0: " "}), rows)
    QApplication.processEvents()
    bar, left = grid.horizontalScrollBar(), grid.cell_rect(0).left()
    assert grid.cell_rect(0).width() > grid.fontMetrics().horizontalAdvance("extraordinary")
    assert bar.isVisible() and grid.cell_rect(8).right() > grid.viewport().width()
    before = grid.viewport().grab().toImage()
    bar.setValue(bar.maximum())
    assert left < grid.cell_rect(8).left() and grid.cell_rect(8).right() <= grid.viewport().width()
    assert grid.cell_rect(0).left() < 0
    after = grid.viewport().grab().toImage()
    names = QRect(0, 0, left - 2, grid.viewport().height())
    assert before.copy(names) == after.copy(names) and before != after, "the names stay, and nothing covers them"
    assert grid._place_at(QPoint(5, grid.cell_rect(0).center().y())) is None, "on a name"
    grid.show_samples(pictures(27), rows)
    QApplication.processEvents()
    assert not bar.isVisible() and grid.cell_rect(8).right() < grid.width(), "pictures grow small instead"


@pytest.mark.parametrize("form", ["image", "signal", "table"])
def test_values_that_are_no_numbers_are_painted_without_harm(grid, form):
    shape = (3, 1, 4, 4) if form == "image" else (3, 6)
    samples = np.full(shape, np.nan, np.float32)
    samples[0] = 1e38
    samples[1] = -np.inf
    grid.show_samples(Shown(form, samples, 0.0, 1.0))
    grid.grab()


def test_a_sample_tells_more_when_it_is_pointed_at(grid):
    rows = np.array([[1.5, 2.25], [3, 4]], np.float32)
    shown = Shown("table", rows, np.zeros(2), np.ones(2), ("length", "width"), tips=("Step 1 of 2", "Step 2 of 2"))
    assert tip_for(shown, 0) == "Step 1 of 2\nlength: 1.5\nwidth: 2.25"
    assert tip_for(Shown("words", rows, 0, 1, words=("abc", "de")), 1) == "de"
    assert tip_for(pictures(), 3) == ""
    grid.show_samples(shown)
    spot = grid.cell_rect(1).center()
    event = QHelpEvent(QEvent.Type.ToolTip, spot, grid.viewport().mapToGlobal(spot))
    QApplication.sendEvent(grid.viewport(), event)
    assert "length: 3" in QToolTip.text()
    QToolTip.hideText()


def test_features_have_scales_of_their_own():
    rows = np.array([[0, 100], [10, 300]], np.float32)
    shown = Shown("table", rows, np.array([0, 100]), np.array([10, 500]))
    np.testing.assert_allclose(shares(shown), [[0, 0], [1, 0.5]])
    flat = Shown("table", rows, np.array([0, 100]), np.array([0, 100]))
    assert np.isfinite(shares(flat)).all(), "a feature without a span"


def test_a_table_has_its_numbers_and_fits_its_place(qtbot):
    table = SampleTable()
    qtbot.addWidget(table)
    table.resize(300, 200)
    table.show()
    names = tuple(f"a feature with a rather long name {place}" for place in range(3))
    table.show_samples(Shown("table", np.array([[1.23456, np.nan, -7e9]], np.float32), 0.0, 1.0, names))
    assert [table.model().index(0, column).data() for column in range(3)] == ["1.235", "–", "-7e+09"]
    assert table.horizontalHeader().length() <= table.viewport().width(), "three columns are seen at once"
    assert table.model().headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) == names[1]
    table.clear()
    assert table.model().rowCount() == 0


# -- controls ---------------------------------------------------------------------------------


def test_a_choice_that_cannot_be_had_comes_back_when_it_can(qtbot):
    chooser = Chooser("Ends", "What to choose.", [("a", "First"), ("b", "Second"), ("c", "Third")])
    qtbot.addWidget(chooser)
    with qtbot.assertNotEmitted(chooser.value_changed):
        chooser.set_value("b")
        chooser.set_impossible({"a": "Not here.", "b": "Not there."})
    assert chooser.value() == "c"
    assert chooser.model().item(1).toolTip() == "Not there." and not chooser.model().item(1).isEnabled()
    chooser.set_impossible({"a": "Not here."})
    assert chooser.value() == "b"
    chooser.set_impossible({"a": "x", "b": "y", "c": "z"})
    assert chooser.value() == "b", "where nothing can be had, nothing changes"


def test_every_control_says_what_it_does(qtbot):
    panel = GeneratePanel()
    qtbot.addWidget(panel)
    kinds = (QAbstractButton, QComboBox, QSpinBox, QAbstractSlider)
    found = [one for kind in kinds for one in panel.findChildren(kind)]
    controls = [one for one in found if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(controls) >= 12
    assert not [one for one in controls if not one.toolTip().endswith(".")]


@pytest.mark.parametrize("width", [250, 330, 450, 900])
def test_the_controls_have_room_in_a_panel_of_any_width(qtbot, width):
    panel = GeneratePanel()
    qtbot.addWidget(panel)
    panel.resize(width, 320)
    panel.show()
    for mode in ("samples", "interpolation", "traversal"):
        QTest.mouseClick(panel.modes.button(mode), Qt.MouseButton.LeftButton)
        qtbot.wait(10)
        for one in panel.findChildren(QWidget):
            if one.isVisible() and isinstance(one, QAbstractButton | QComboBox | QSpinBox):
                assert panel.rect().contains(one.mapTo(panel, one.rect().bottomRight())), (mode, one)
                assert one.width() >= one.minimumSizeHint().width(), (mode, one)
