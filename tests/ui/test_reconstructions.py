"""The reconstructions of images, signals and tables, from real data sets."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from aedesk.data.dataset import Dataset
from aedesk.data.loading import DataOptions, load
from aedesk.data.scaling import Scaler
from aedesk.data.sources.cancer import Cancer
from aedesk.data.sources.digits8 import Digits8
from aedesk.data.sources.iris import Iris
from aedesk.data.sources.signal import Signal
from aedesk.ui import theme
from aedesk.ui.views.compared import error_text, short_error_text
from aedesk.ui.views.feature_rows import FeatureRows
from aedesk.ui.views.reconstructions import ReconstructionsView
from tests.ui.reconstructed import originals, shown, snapshot


@pytest.fixture
def view(qtbot) -> ReconstructionsView:
    view = ReconstructionsView()
    qtbot.addWidget(view)
    view.resize(640, 420)
    view.show()
    return view


@pytest.fixture(scope="module")
def digits() -> Dataset:
    return load(DataOptions(source=Digits8()))


@pytest.fixture(scope="module")
def iris() -> Dataset:
    return load(DataOptions(source=Iris(), scaling="standard"))


@pytest.fixture(scope="module")
def ecg() -> Dataset:
    return load(DataOptions(source=Signal(file="ecg.csv", window=64), limit=5000, scaling="standard"))


def tooltip_at(widget, at: QPoint) -> str:
    QApplication.sendEvent(widget, help_event(widget, at))
    return QToolTip.text()


def help_event(widget, at: QPoint) -> QHelpEvent:
    return QHelpEvent(QHelpEvent.Type.ToolTip, at, widget.mapToGlobal(at))


# -- images -----------------------------------------------------------------------------------


def colour_at(view: ReconstructionsView, row: int, column: int, across: float, down: float) -> QColor:
    """The colour of a picture at a place from 0 to 1 in it."""
    room = view.images.picture_rect(row, column)
    picture = view.images.grab().toImage()
    at = QPoint(int(room.left() + across * room.width()), int(room.top() + down * room.height()))
    return picture.pixelColor(at * picture.devicePixelRatio())


def test_what_is_wanted_may_differ_from_the_data(view, digits):
    """Images that are used in black and white: those are the originals, and what errors are measured by."""
    rows = np.arange(8)
    binary = (originals(digits, rows) > 0.4).astype(np.float32)
    said = replace(snapshot(digits, rows, corrupted=binary, reconstructed=binary), wanted=binary)
    shown(view, digits, said)
    assert view.images.row_captions() == ["Original", "Reconstruction", "Difference"]
    np.testing.assert_array_equal(view.images._rows[0].cells, view.images._rows[1].cells)
    assert not view.images._rows[1].errors.any()


def test_pca_never_has_more_components_than_the_data_have_values(view, digits):
    rows = np.arange(8)
    said = replace(snapshot(digits, rows), codes=np.zeros((8, 1030), np.float32))
    shown(view, digits, said, twin=originals(digits, rows))
    assert view.images.row_captions()[2] == "PCA with 64"


def test_images_stand_in_rows_and_only_those_there_are(view, digits):
    rows = np.arange(8)
    shown(view, digits, snapshot(digits, rows))
    assert view.images.row_captions() == ["Original", "Reconstruction", "Difference"]
    noisy = originals(digits, rows) + 0.3
    shown(view, digits, snapshot(digits, rows, corrupted=noisy), twin=noisy)
    assert view.images.row_captions() == [
        "Original",
        "Corrupted",
        "Reconstruction",
        "PCA with 7",
        "Difference",
    ]


@pytest.mark.parametrize("look", ["light", "dark"])
def test_every_value_is_a_sharp_square_in_the_themes_colours(view, digits, qapp, look):
    theme.apply(qapp, look)
    rows = np.arange(8)
    shown(view, digits, snapshot(digits, rows))
    colours = theme.colour_table(theme.current().sequential)
    digit = digits.scaler.unscaled(originals(digits, rows))[3, 0]
    for y, x in ((0, 0), (2, 3), (4, 4), (7, 3)):
        level = round(float(digit[y, x]) / 16 * 255)
        seen = colour_at(view, 0, 3, (x + 0.5) / 8, (y + 0.5) / 8)
        wanted = QColor.fromRgb(colours[level])
        for channel in (QColor.red, QColor.green, QColor.blue):
            assert channel(seen) == pytest.approx(channel(wanted), abs=2)


def test_the_difference_is_white_at_zero_and_has_a_colour_for_each_sign(view, digits, qapp):
    theme.apply(qapp, "light")
    rows = np.arange(8)
    given_back = originals(digits, rows).copy()
    given_back[0, 0, :, :4] += 0.5
    given_back[0, 0, :, 4:] -= 0.5
    shown(view, digits, snapshot(digits, rows, reconstructed=given_back))
    assert view.images.scale_reach() == 0.5
    more, less = colour_at(view, 2, 0, 0.25, 0.5), colour_at(view, 2, 0, 0.75, 0.5)
    none = colour_at(view, 2, 1, 0.5, 0.5)
    stops = [QColor(stop) for stop in theme.current().diverging]
    assert more == stops[-1]
    assert less == stops[0]
    assert min(none.red(), none.green(), none.blue()) > 250


def test_colour_images_keep_their_colours(view):
    images = np.zeros((9, 3, 4, 4), np.float32)
    images[0, 0], images[1, 1], images[2] = 1.0, 1.0, 0.5
    every = torch.arange(9)
    dataset = Dataset(
        "images", "image", torch.from_numpy(images), every, every, every,
        Scaler(np.zeros(()), np.ones(())), 1.0, True,
    )  # fmt: skip
    shown(view, dataset, snapshot(dataset, np.arange(9)))
    assert colour_at(view, 0, 0, 0.5, 0.5) == QColor(255, 0, 0)
    assert colour_at(view, 0, 1, 0.5, 0.5) == QColor(0, 255, 0)
    assert colour_at(view, 1, 2, 0.5, 0.5).red() == pytest.approx(128, abs=1)


def test_wider_means_more_images_up_to_twelve(view, digits, qtbot):
    shown(view, digits, snapshot(digits, np.arange(12)))
    assert view.column_count() == 8
    with qtbot.waitSignal(view.count_changed) as said:
        view.resize(1200, 420)
    assert said.args == [12]
    assert view.column_count() == 12
    with qtbot.waitSignal(view.count_changed) as said:
        view.resize(300, 420)
    assert said.args == [8]
    last = view.images.picture_rect(0, 7)
    assert last.right() <= view.images.width()


def test_a_picture_tells_its_sample_label_and_error(view, digits, qtbot):
    rows = np.array([30, 31, 32])
    given_back = originals(digits, rows) + np.float32(0.1)
    shown(view, digits, snapshot(digits, rows, reconstructed=given_back), twin=given_back + np.float32(0.1))
    at = view.images.picture_rect(0, 1).center().toPoint()
    label = digits.labels[31]
    assert tooltip_at(view.images, at) == f"Sample 31, “{label}”: error 0.010, PCA 0.040"
    QApplication.sendEvent(view.images, help_event(view.images, QPoint(2, 2)))
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


@pytest.mark.parametrize("bad", [np.nan, np.inf, 3e38])
def test_a_network_that_has_diverged_is_shown_without_complaint(view, digits, iris, ecg, bad):
    for dataset in (digits, iris, ecg):
        rows = np.arange(8)
        given_back = np.full_like(originals(dataset, rows), bad)
        shown(view, dataset, snapshot(dataset, rows, reconstructed=given_back), twin=given_back)
        view.grab()


@pytest.mark.parametrize(
    ("error", "text"),
    [(0.0, "0"), (3e-6, "<0.0001"), (0.00674, "0.0067"), (0.0117, "0.012"), (0.25, "0.25"), (12.3, "12"),
     (4e5, "4\u202f×\u202f10⁵"), (np.nan, "–")],
)  # fmt: skip
def test_errors_are_short(error, text):
    assert error_text(error) == text


@pytest.mark.parametrize(
    ("error", "text"), [(0.0, "0"), (3e-6, "≈0"), (0.00674, "0.007"), (0.0117, "0.012"), (np.nan, "–")]
)
def test_where_there_is_little_room_errors_are_shorter(error, text):
    assert short_error_text(error) == text


def test_errors_below_narrow_pictures_do_not_run_together(view, digits):
    rows = np.arange(8)
    off = np.linspace(0.05, 0.1, 8, dtype=np.float32)[:, None, None, None]
    said = snapshot(digits, rows, reconstructed=originals(digits, rows) + off)
    kinds = set()
    for width in range(300, 700, 8):
        view.resize(width, 600)
        shown(view, digits, said)
        texts = view.images.error_texts(1)
        pitch = view.images.picture_rect(0, 1).left() - view.images.picture_rect(0, 0).left()
        metrics = QFontMetrics(view.images._small_font())
        assert all(metrics.horizontalAdvance(text) <= pitch - 4 for text in texts)
        kinds.add(texts[0] if texts else "")
    assert kinds == {"", "0.003", "0.0025"}


# -- tables -----------------------------------------------------------------------------------


def test_a_row_is_shown_feature_by_feature_in_its_own_units(view, iris):
    rows = np.array([0, 60, 120])
    given_back = originals(iris, rows).copy()
    given_back[0, 1] += 1.0
    shown(view, iris, snapshot(iris, rows, reconstructed=given_back))
    features = view.table.features
    assert features.isVisible()
    was = features.spot(1, 3.5)
    assert features.spot(1, 2.0).x() < was.x() < features.spot(1, 4.4).x()
    track = features.track(1)
    assert track.left() < features.spot(1, -99).x() < features.spot(1, 2.0).x()
    assert features.spot(1, 99).x() < track.right()
    spread = iris.scaler.scale[1]
    words = tooltip_at(features, features.track(1).center().toPoint())
    assert words.startswith(f"sepal width (cm): was 3.5, came back {3.5 + spread:.4g}.")
    assert words.endswith(f"over the samples shown: {spread / 3**0.5:.4g}.")
    assert view.table.words.text() == "Error 0.25 in row 0, “setosa”"


def test_rows_are_stepped_through_with_the_mouse(view, iris, qtbot):
    rows = np.array([0, 60, 120])
    shown(view, iris, snapshot(iris, rows), twin=originals(iris, rows))
    qtbot.mouseClick(view.table.stepper.forth, Qt.MouseButton.LeftButton)
    assert view.table.words.text().endswith("in row 60, “versicolor”")
    view.show_snapshot(snapshot(iris, rows), None)  # a newer snapshot keeps the place
    assert view.table.words.text().endswith("in row 60, “versicolor”")
    qtbot.mouseClick(view.table.stepper.back, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(view.table.stepper.back, Qt.MouseButton.LeftButton)
    assert view.table.words.text().endswith("in row 120, “virginica”")
    view.show_snapshot(snapshot(iris, rows[:1]), None)
    assert view.table.words.text().endswith("in row 0, “setosa”")
    assert not view.table.stepper.isVisible()


@pytest.mark.parametrize(("width", "numbers"), [(440, 1), (800, 3)])
def test_tracks_keep_the_room_they_need_and_the_error_comes_before_other_numbers(view, width, numbers):
    dataset = load(DataOptions(source=Cancer(), scaling="standard"))
    view.resize(width, 300)
    shown(view, dataset, snapshot(dataset, np.arange(3)), twin=originals(dataset, np.arange(3)))
    view.grab()
    features, words = view.table.features, view.table.words
    assert features.numbers_shown() == numbers
    assert features.track(0).width() >= 95
    assert features.track(0).right() <= features.width() - numbers * features._number_width()
    assert words.text() == "Error 0, PCA 0 in row 0, “malignant”"
    assert words.fontMetrics().horizontalAdvance(words.text()) < words.width()


def test_in_a_very_narrow_place_there_are_tracks_alone(qtbot):
    features = FeatureRows()
    qtbot.addWidget(features)
    features.show_features(("mean fractal dimension", "worst concave points"), np.zeros(2), np.ones(2))
    features.resize(240, 200)
    assert features.numbers_shown() == 0
    assert features.track(0).width() >= 100


def test_thirty_features_are_all_readable_in_a_small_dock(view, qtbot):
    dataset = load(DataOptions(source=Cancer(), scaling="standard"))
    view.resize(500, 300)
    shown(view, dataset, snapshot(dataset, np.arange(3)))
    features = view.table.features
    assert features.height() > view.height()
    assert features.track(29).bottom() <= features.height() + 1
    for feature in range(1, 30):
        distance = features.track(feature).top() - features.track(feature - 1).top()
        assert distance >= features.fontMetrics().height()
    assert not view.table.stepper.isHidden()


# -- the choice of samples, and what may come at the wrong time -------------------------------


def test_the_choice_of_samples_is_said(view, qtbot):
    said = []
    view.choice_changed.connect(said.append)
    combo = view._choice
    combo.setFocus()
    for _ in range(3):
        qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert said == ["random", "worst", "selected"]
    assert view.choice() == "selected"
    view.set_choice("random")
    assert view.choice() == "random"
    assert len(said) == 3


def test_random_samples_can_be_drawn_again(view, qtbot):
    assert not view._again.isVisible()
    view.set_choice("random")
    with qtbot.waitSignal(view.draw_again_requested):
        qtbot.mouseClick(view._again, Qt.MouseButton.LeftButton)
    view.set_choice("worst")
    assert not view._again.isVisible()


def test_nothing_is_shown_until_there_is_something(view, digits, iris):
    assert view._empty.isVisible()
    view.show_snapshot(snapshot(digits, np.arange(3)), None)
    assert view._empty.isVisible()
    view.show_dataset(digits)
    view.show_snapshot(snapshot(iris, np.arange(3)), None)  # late, of the data set before
    view.show_snapshot(snapshot(digits, np.arange(0)), None)
    assert view._empty.isVisible()
    view.show_snapshot(snapshot(digits, np.arange(3)), None)
    assert view.images.isVisible()
    view.clear()
    assert view._empty.isVisible()
    assert view.images.row_captions() == []
    view.show_dataset(None)
    view.show_snapshot(snapshot(digits, np.arange(3)), None)
    assert view._empty.isVisible()


def test_every_control_has_a_tooltip(view):
    assert view._choice.toolTip().endswith(".")
    assert view._again.toolTip().endswith(".")
    assert view.windows.lanes.upper.toolTip().endswith(".")
    assert view.table.stepper.forth.toolTip()
