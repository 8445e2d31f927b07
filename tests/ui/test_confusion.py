"""What the head tells: the counts, the matrix as it is painted and used, and the plot of numbers."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from aedesk.data.scaling import Scaler
from aedesk.ui import theme
from aedesk.ui.views.confusion_counts import confusion, explained
from aedesk.ui.views.confusion_matrix import ConfusionMatrix
from aedesk.ui.views.confusion_view import AnswersView
from tests.ui import maps
from tests.ui.maps import LEFT

NAMES = ("cat", "dog", "eel")
TRUTHS = np.array([0, 0, 0, 0, 1, 1, 2, 2, 2])
TOLD = np.array([0, 0, 0, 1, 1, 0, 2, 2, 2])


def answers(told: np.ndarray, classes: int = 3) -> np.ndarray:
    """Logits of a head that is sure of itself."""
    return np.eye(classes, dtype=np.float32)[told] * 5


def snapshot(told: np.ndarray, points: np.ndarray | None = None, classes: int = 3):
    return replace(maps.snapshot(np.zeros((len(told), 2)), points), answers=answers(told, classes))


@pytest.fixture
def view(qtbot) -> AnswersView:
    made = AnswersView()
    qtbot.addWidget(made)
    made.resize(446, 280)
    made.show()
    made.show_needs("labels")
    made.show_dataset(maps.dataset(9, labels=TRUTHS, label_names=NAMES))
    return made


@pytest.fixture
def matrix(view: AnswersView) -> ConfusionMatrix:
    view.show_snapshot(snapshot(TOLD))
    QApplication.processEvents()
    return view.matrix


def pixels_of(matrix: ConfusionMatrix, room: QRectF) -> QImage:
    return matrix.grab(room.toRect()).toImage()


def corner(matrix: ConfusionMatrix, cell: tuple[int, int]) -> QColor:
    """The colour of a cell where nothing is written."""
    room = matrix.cell_rect(cell)
    return pixels_of(matrix, room).pixelColor(4, 4)


# -- counting ---------------------------------------------------------------------------------


def test_samples_are_counted_by_label_and_by_what_was_told():
    counted = confusion(np.arange(9) + 100, TRUTHS, answers(TOLD), 3)
    assert counted.counts.tolist() == [[3, 1, 0], [1, 1, 0], [0, 0, 3]]
    np.testing.assert_allclose(counted.shares, [[0.75, 0.25, 0], [0.5, 0.5, 0], [0, 0, 1]])
    assert counted.accuracy == pytest.approx(7 / 9)
    assert counted.rows_of(0, 1).tolist() == [103] and counted.rows_of(2, 2).tolist() == [106, 107, 108]
    assert not len(counted.rows_of(1, 2))


def test_unknown_labels_and_answers_that_are_no_numbers_do_not_count():
    told = answers(TOLD)
    told[1] = np.nan
    labels = TRUTHS.copy()
    labels[8] = -1
    counted = confusion(np.arange(9), labels, told, 3)
    assert counted.counts.sum() == 7 and counted.counts[0, 0] == 2 and counted.counts[2, 2] == 2
    nothing = confusion(np.arange(9), TRUTHS, np.full((9, 3), np.nan), 3)
    assert np.isnan(nothing.accuracy) and not nothing.shares.any()


def test_r_squared_is_the_share_of_variance_that_is_explained():
    truths = np.array([1.0, 2.0, 3.0, 4.0])
    assert explained(truths, truths) == 1
    assert explained(truths, np.full(4, 2.5)) == 0
    assert explained(truths, truths[::-1]) == pytest.approx(-3)
    assert np.isnan(explained(np.ones(4), truths)) and np.isnan(explained(truths[:1], truths[:1]))


# -- the matrix -------------------------------------------------------------------------------


def test_cells_have_counts_and_shares_where_both_have_room(matrix, view):
    assert matrix.cell_texts((0, 0)) == ["3", "75\u202f%"]
    assert matrix.cell_texts((1, 2)) == [], "nothing is easier to see than a 0"
    assert "77.8 %" in view.words.text() and "9 validation samples" in view.words.text()


def test_small_cells_have_one_of_both(qtbot, view):
    view.resize(520, 240)
    labels = np.arange(200) % 10
    view.show_dataset(maps.dataset(200, labels=labels, label_names=tuple("0123456789")))
    view.show_snapshot(snapshot(labels, classes=10))
    QApplication.processEvents()
    assert view.matrix.cell_texts((4, 4)) == ["20"]
    QTest.mouseClick(view.percent, LEFT)
    assert view.matrix.cell_texts((4, 4)) == ["100\u202f%"]


@pytest.mark.parametrize("look", ["light", "dark"])
def test_right_and_wrong_have_colours_of_their_own(matrix, both_looks, look):
    both_looks(look)
    paper = QColor(theme.current().base)

    def away(cell: tuple[int, int]) -> int:
        colour = corner(matrix, cell)
        return sum(abs(a - b) for a, b in zip(colour.getRgb()[:3], paper.getRgb()[:3], strict=True))

    right, wrong = corner(matrix, (2, 2)), corner(matrix, (1, 0))
    assert right.blue() > right.red() and wrong.red() > wrong.blue()
    assert away((2, 2)) > away((1, 1)) and away((1, 0)) > away((0, 1)) > away((0, 2)) == 0


@pytest.mark.parametrize("count", [2, 3, 10, 20])
def test_every_cell_lies_within_and_beside_the_others(qtbot, view, count):
    names = tuple(f"A label with the number {number}" for number in range(count))
    labels = np.arange(400) % count
    view.show_dataset(maps.dataset(400, labels=labels, label_names=names))
    view.show_snapshot(snapshot(labels, classes=count))
    QApplication.processEvents()
    matrix = view.matrix
    first, last = matrix.cell_rect((0, 0)), matrix.cell_rect((count - 1, count - 1))
    assert QRectF(matrix.rect()).contains(first.united(last))
    assert last.left() == pytest.approx(first.left() + (count - 1) * first.width())
    assert first.height() >= matrix.fontMetrics().height() * 0.7, "a number can be read"
    assert matrix.cell_texts((0, 0))
    assert view.width() == 446 and view.height() == 280, "what has no room is scrolled to"


def test_a_click_asks_for_the_samples_of_a_cell(qtbot, matrix, view):
    with qtbot.waitSignal(view.samples_requested) as asked:
        QTest.mouseClick(matrix, LEFT, pos=matrix.cell_rect((2, 2)).center().toPoint())
    assert asked.args[0].tolist() == [6, 7, 8]
    with qtbot.assertNotEmitted(view.samples_requested):
        QTest.mouseClick(matrix, LEFT, pos=matrix.cell_rect((0, 2)).center().toPoint())
        QTest.mouseClick(matrix, LEFT, pos=QPoint(1, 1))


def test_cells_can_be_chosen_with_the_keyboard(qtbot, matrix, view):
    matrix.setFocus()
    QTest.keyClick(matrix, Qt.Key.Key_Return)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(matrix, key)
    with qtbot.waitSignal(view.samples_requested) as asked:
        QTest.keyClick(matrix, Qt.Key.Key_Return)
    assert asked.args[0].tolist() == [5], "a dog that was taken for a cat"
    QTest.keyClick(matrix, Qt.Key.Key_Up)
    QTest.keyClick(matrix, Qt.Key.Key_Up)
    with qtbot.assertNotEmitted(view.samples_requested):
        QTest.keyClick(matrix, Qt.Key.Key_Space)


def test_a_cell_is_explained_in_a_sentence(matrix):
    assert matrix.words_on((0, 1)).startswith("1 of “cat” were taken for “dog”, 25\u202f% of them.")
    assert matrix.words_on((0, 2)) == "No “cat” was taken for “eel”."


# -- the view ---------------------------------------------------------------------------------


def test_it_waits_for_answers_of_its_own_data(qtbot, view):
    empty = view._pages.currentWidget()
    assert empty is view._empty
    view.show_snapshot(maps.snapshot(np.zeros((9, 2))))
    view.show_snapshot(snapshot(np.zeros(9, int), classes=4))
    view.show_snapshot(snapshot(TOLD, points=np.arange(1, 10)))
    assert view._pages.currentWidget() is view._empty
    view.show_snapshot(snapshot(TOLD))
    assert view.matrix.isVisible()
    view.clear()
    assert view._pages.currentWidget() is view._empty and view.words.text() == ""


def test_only_the_points_of_the_snapshot_count(view):
    view.show_snapshot(snapshot(TOLD[4:6], points=np.array([4, 5])))
    assert view._confusion.counts.tolist() == [[0, 0, 0], [1, 1, 0], [0, 0, 0]]
    assert "50.0 % right of 2 samples" in view.words.text()


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ([0, 1, 2, 3], "of 4 training samples"),
        ([4, 5], "of 2 validation samples"),
        ([6, 7, 8], "of 3 test samples"),
        (range(9), "of all 9 samples"),
        ([3, 4], "of 2 samples"),
    ],
)
def test_the_sentence_says_which_part_it_counted(view, points, sentence):
    parts = {"train": torch.arange(4), "validation": torch.arange(4, 6), "test": torch.arange(6, 9)}
    view.show_dataset(maps.dataset(9, labels=TRUTHS, label_names=NAMES, **parts))
    points = np.array(points)
    view.show_snapshot(snapshot(TRUTHS[points], points))
    assert view.words.text() == f"100.0 % right {sentence}"


def test_a_number_is_held_against_what_was_told(qtbot, view):
    scaler = Scaler(np.float32(100), np.float32(10))
    scaled = torch.linspace(-1, 1, 9)
    data = maps.dataset(9, "table", targets=scaled, target_name="progress", target_scaler=scaler)
    view.show_needs("targets")
    view.show_dataset(data)
    told = (scaled.numpy() * 0.5)[:, None]
    view.show_snapshot(replace(maps.snapshot(np.zeros((9, 2))), answers=told))
    QApplication.processEvents()
    plot = view.numbers.plot
    assert plot.isVisible() and not view.percent.isVisible()
    assert plot.place(0) == pytest.approx((90, 95)) and plot.place(8) == pytest.approx((110, 105))
    assert "R² 0.750 over 9 validation samples" in view.words.text() and "2.78 off" in view.words.text()
    assert plot.plot.getAxis("bottom").labelText == "progress, true"
    with qtbot.waitSignal(view.samples_requested) as asked:
        QTest.mouseClick(plot.plot.viewport(), LEFT, pos=maps.spot(plot, 110, 105))
    assert asked.args[0].tolist() == [8]
    told[3] = np.nan
    view.show_snapshot(replace(maps.snapshot(np.zeros((9, 2))), answers=told))
    assert "over 8 validation samples" in view.words.text()
    view.show_snapshot(replace(maps.snapshot(np.zeros((9, 2))), answers=np.full((9, 1), np.nan)))
    assert view.words.text().startswith("R² – over 0 validation samples")
