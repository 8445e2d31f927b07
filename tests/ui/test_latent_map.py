"""What the latent map shows of data sets, snapshots, twins and marks."""


import numpy as np
import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from aedesk.analysis.pca import fit_twin
from aedesk.training.events import Snapshot, Watch
from aedesk.ui import theme
from aedesk.ui.views.latent_map import LatentMap
from tests import small
from tests.ui import maps
from tests.ui.maps import CORNERS, LEFT, around, drag, move, near, picture, settle, shown, snapshot

NAMES = tuple("0123456789")


def test_it_says_what_it_waits_for(qtbot):
    view = LatentMap()
    qtbot.addWidget(view)
    view.show()
    assert view._empty.isVisible() and "Train or open" in view._empty.text()
    view.show_snapshot(snapshot(CORNERS))
    assert view._empty.isVisible(), "codes without a data set say nothing"
    view.show_dataset(maps.dataset(4))
    view.show_snapshot(snapshot(CORNERS, points=[0, 1, 2, 4]))
    assert view._empty.isVisible(), "those were of another data set"
    view.show_snapshot(snapshot(CORNERS))
    assert not view._empty.isVisible() and view.map.isVisible()
    view.clear()
    assert view._empty.isVisible()


@pytest.mark.parametrize("count", [700, 70_000])
@pytest.mark.parametrize("look", ["light", "dark"])
def test_every_label_is_seen_in_its_colour_where_it_lies(qtbot, both_looks, count, look):
    both_looks(look)
    codes, labels = maps.columns_of_labels(count)
    view = shown(qtbot, codes, maps.dataset(count, labels=labels, label_names=NAMES), size=(900, 700))
    pixels = picture(view.map)
    scale = pixels.shape[1] / view.map.width()
    for label, colour in enumerate(theme.current().label_colours):
        left = view.map.position((label - 0.4, 0.95)) * scale
        right = view.map.position((label + 0.4, 0.05)) * scale
        column = pixels[left.y() : right.y(), left.x() : right.x()]
        assert near(column, colour, 75).mean() > (0.02 if count == 700 else 0.15), label
        for other in theme.current().label_colours[:label]:
            assert near(column, other, 20).mean() < 0.002


def test_the_legend_hides_labels(qtbot):
    view = shown(qtbot, data=maps.dataset(4, labels=range(4), label_names=("a", "b", "c", "d")))
    colours = theme.current().label_colours
    assert [chip.text() for chip in view.legend.chips] == ["a", "b", "c", "d"]
    assert near(around(view.map, *CORNERS[1]), colours[1]).any()
    QTest.mouseClick(view.legend.chips[1], LEFT)
    settle(qtbot)
    assert not near(around(view.map, *CORNERS[1]), colours[1]).any()
    assert near(around(view.map, *CORNERS[2]), colours[2]).any()
    with qtbot.assertNotEmitted(view.sample_selected), qtbot.waitSignal(view.code_pointed):
        drag(view.map, CORNERS[1])
    view.show_snapshot(snapshot(CORNERS))
    assert view.legend.hidden() == {1}, "it stays hidden while the network learns"
    QTest.mouseClick(view.legend.chips[3], LEFT, Qt.KeyboardModifier.ShiftModifier)
    assert view.legend.hidden() == {0, 1, 2}
    settle(qtbot)
    assert near(around(view.map, *CORNERS[3]), colours[3]).any()
    QTest.mouseClick(view.legend.chips[3], LEFT, Qt.KeyboardModifier.ShiftModifier)
    assert view.legend.hidden() == frozenset()
    QTest.mouseClick(view.legend.chips[0], LEFT)
    view.show_dataset(maps.dataset(4, labels=range(4), label_names=("a", "b", "c", "d")))
    assert view.legend.hidden() == frozenset()


def test_many_long_labels_do_not_push_the_map_away(qtbot):
    names = tuple(f"The label with the number {number}" for number in range(60))
    view = shown(qtbot, data=maps.dataset(60, labels=range(60), label_names=names), size=(420, 360))
    assert view.map.height() > 180
    assert view.width() == 420
    assert all(len(chip.text()) < 20 for chip in view.legend.chips)


def test_rounding_noise_is_not_drawn_as_structure(qtbot):
    random = np.random.default_rng(0)
    line = np.stack([random.uniform(-1, 1, 500), random.normal(0, 1e-8, 500)], 1).astype(np.float32)
    view = shown(qtbot, line, maps.dataset(500))
    view.show_twin(line)
    for plot in (view.map, view.twin):
        (left, right), (low, high) = plot.plot.getViewBox().viewRange()
        assert high - low > 0.9e-3 * (right - left)


def test_lanes_do_not_widen_the_range_of_a_code_of_one_number(qtbot):
    codes = np.linspace(-1, 1, 9000, dtype=np.float32)[:, None]
    view = shown(qtbot, codes, maps.dataset(9000, "signal"))
    (left, right), _ = view.map.plot.getViewBox().viewRange()
    assert right - left < 3


def test_both_axes_of_pca_have_a_name(qtbot):
    codes = np.random.default_rng(0).normal(size=(50, 6)).astype(np.float32)
    view = shown(qtbot, codes, maps.dataset(50))
    for plot in (view.map, view.twin):
        assert plot.plot.getAxis("bottom").labelText.startswith("PCA of the ")
        assert plot.plot.getAxis("left").labelText == "Second component"


def test_samples_are_counted_in_groups_and_one_is_one(qtbot):
    view = shown(qtbot, CORNERS[:1], maps.dataset(1))
    assert view._page._count.text() == "1 sample"
    many = np.zeros((70_000, 2), np.float32)
    view.show_dataset(maps.dataset(70_000))
    view.show_snapshot(snapshot(many))
    assert view._page._count.text() == "70\u202f000 samples"


def test_codes_that_are_no_numbers_are_left_out(qtbot):
    codes = np.r_[CORNERS, [[np.nan, 0], [0, np.inf], [np.nan, np.nan]]]
    view = shown(qtbot, codes, maps.dataset(7, labels=range(7)))
    move(qtbot, view.map, *CORNERS[3])
    assert view._card.isVisible()
    assert view._page._count.text() == "4 samples"
    for nothing in (np.full((7, 2), np.nan), np.empty((0, 2))):
        view.show_snapshot(snapshot(nothing))
        settle(qtbot)
        assert not view._card.isVisible()
        move(qtbot, view.map, 0.1, 0.1)
    view.show_snapshot(snapshot(codes))
    settle(qtbot)
    assert near(around(view.map, *CORNERS[3]), theme.current().label_colours[3]).any()


@pytest.mark.parametrize("scale", [0.0, 1e-30, 1e-6, 1e6, 1e30, 1e37])
@pytest.mark.parametrize("offset", [0.0, 7.0])
def test_codes_of_any_scale_are_seen(qtbot, scale, offset):
    codes = (CORNERS.astype(float) * scale + offset).astype(np.float32)
    view = shown(qtbot, codes)
    x, y = codes[3].astype(float)
    assert near(around(view.map, x, y), theme.current().label_colours[3]).any()
    with qtbot.waitSignal(view.sample_selected):
        QTest.mouseClick(view.map.plot.viewport(), LEFT, pos=maps.spot(view.map, x, y))


def test_wide_codes_are_shown_by_pca_or_by_two_of_their_numbers(qtbot):
    random = np.random.default_rng(0)
    codes = random.normal(size=(300, 6)).astype(np.float32) * np.array([1, 9, 1, 1, 5, 1], np.float32)
    view = shown(qtbot, codes, maps.dataset(300))
    assert view.controls.axes() is None and view.controls.pca.isVisible()
    assert not view.controls.across.isVisible()
    with qtbot.waitSignal(view.code_pointed) as pointed:
        drag(view.map, (20, 12))
    direction = pointed.args[0] - codes.mean(0)
    assert pointed.args[0].shape == (6,) and pointed.args[0].dtype == np.float32
    assert np.abs(direction[[1, 4]]) == pytest.approx([20, 12], abs=2.5)
    assert np.abs(direction[[0, 2, 3, 5]]).max() < 3

    QTest.mouseClick(view.controls.pca, LEFT)
    assert view.controls.axes() == (0, 1) and view.controls.across.isVisible()
    view.controls.across.setValue(5)
    assert view.controls.axes() == (4, 1)
    settle(qtbot)
    move(qtbot, view.map, *codes[7, [4, 1]])
    assert view._card.isVisible()
    view.controls.up.setValue(5)
    assert view.controls.axes() == (1, 4), "two different numbers: they changed places"
    place = (float(codes[:, 1].max()) + 3, 0.0)
    view.map._look_at((-60, 60), (-60, 60))
    settle(qtbot)
    with qtbot.waitSignal(view.code_pointed) as pointed:
        drag(view.map, place)
    assert pointed.args[0][[1, 4]] == pytest.approx(place, abs=0.4)
    assert pointed.args[0][[0, 2, 3, 5]] == pytest.approx(codes[:, [0, 2, 3, 5]].mean(0), rel=1e-4)
    view.show_snapshot(snapshot(codes))
    assert view.controls.axes() == (1, 4), "the choice outlives a snapshot"
    view.controls.set_axes(None)
    assert view.controls.axes() is None
    view.show_snapshot(snapshot(codes[:, :2]))
    assert view.controls.axes() == (0, 1) and not view.controls.pca.isVisible()


def test_thousands_of_numbers_can_be_chosen(qtbot):
    codes = np.random.default_rng(0).normal(size=(50, 3000)).astype(np.float32)
    view = shown(qtbot, codes, maps.dataset(50))
    view.controls.set_axes((2999, 1234))
    settle(qtbot)
    move(qtbot, view.map, *codes[9, [2999, 1234]])
    assert view._card.isVisible()


def test_a_code_of_one_number_is_a_strip_with_a_lane_for_each_label(qtbot):
    codes = np.linspace(-1, 1, 40, dtype=np.float32)[:, None]
    view = shown(qtbot, codes, maps.dataset(40, labels=np.arange(40) % 2, label_names=("low", "high")))
    places = view.map._places
    np.testing.assert_allclose(places[:, 0], codes[:, 0])
    assert (np.round(places[:, 1]) == np.arange(40) % 2).all() and len(set(places[:, 1])) == 40
    with qtbot.waitSignal(view.code_pointed) as pointed:
        drag(view.map, (0.02, 0.5))
    assert pointed.args[0].shape == (1,) and pointed.args[0] == pytest.approx([0.02], abs=0.02)
    view.show_mark(np.array([0.5], np.float32))
    view.show_dataset(maps.dataset(40, "signal"))
    view.show_snapshot(snapshot(codes))
    assert view.map._places[:, 1].tolist() == list(range(40)), "without labels, in the rows' order"


def test_a_part_can_be_asked_for(qtbot):
    view = shown(qtbot)
    assert view.part() == "validation"
    asked: list[str] = []
    view.part_requested.connect(asked.append)
    view.controls.parts.setFocus()
    for _ in range(3):
        QTest.keyClick(view.controls.parts, Qt.Key.Key_Down)
    assert asked == ["test", "train", "all"] and view.part() == "all"
    view.set_part("validation")
    assert view.part() == "validation" and len(asked) == 3


def test_a_part_that_nothing_was_kept_for_is_not_offered(qtbot):
    view = shown(qtbot)
    parts, nothing = view.controls.parts, torch.empty(0, dtype=torch.int64)
    with qtbot.assertNotEmitted(view.part_requested):
        view.show_dataset(maps.dataset(4, validation=nothing))
    assert [parts.itemData(place) for place in range(parts.count())] == ["test", "train", "all"]
    assert view.part() == "train" and parts.currentText() == "Training", "it was to show validation"
    for without in ({"held_out": False}, {"validation": nothing, "test": nothing}):
        view.show_dataset(maps.dataset(4, **without))
        assert (parts.count(), parts.currentText(), parts.isEnabled()) == (1, "Training", False)
        assert "nothing was kept aside" in parts.toolTip()
    view.show_dataset(maps.dataset(4))
    assert view.part() == "validation" and parts.isEnabled(), "what was wanted comes back"


def test_a_selected_row_is_ringed_as_soon_as_it_is_on_the_map(qtbot):
    view = shown(qtbot, data=maps.dataset(40, labels=np.arange(40) % 4))
    ink = theme.current().text

    def ringed(corner: int) -> bool:
        settle(qtbot)
        return bool(near(around(view.map, *CORNERS[corner], reach=12), ink).sum() > 12)

    with qtbot.assertNotEmitted(view.sample_selected):
        view.select(31)
    assert not any(map(ringed, range(4)))
    view.show_snapshot(snapshot(CORNERS, points=[30, 31, 32, 33]))
    assert [ringed(corner) for corner in range(4)] == [False, True, False, False]
    view.select(33)
    assert [ringed(corner) for corner in range(4)] == [False, False, False, True]
    view.select(None)
    assert not any(map(ringed, range(4)))


def test_a_code_is_marked_and_goes_with_the_axes(qtbot):
    view = shown(qtbot)
    accent = theme.current().accent
    view.show_mark(np.array([1, 1], np.float32))
    view.show_mark(np.array([1, -2], np.float32))
    settle(qtbot)
    assert near(around(view.map, 1, -2), accent).sum() > 30
    assert near(around(view.map, 1, -0.5, 3), accent, 130).any(), "the way it came"
    view.show_mark(np.array([np.nan, 0], np.float32))
    view.show_mark(np.arange(5, dtype=np.float32))
    settle(qtbot)
    view.show_mark(None)
    settle(qtbot)
    assert not near(around(view.map, 1, -2), accent).any()


def test_the_twin_shows_the_same_rows_and_what_is_hovered_in_both(qtbot):
    view = shown(qtbot, size=(900, 500))
    assert not view.twin.isVisible() and not view.controls.beside.isVisible()
    view.show_twin(CORNERS[::-1] * 10)
    settle(qtbot)
    assert view.twin.isVisible() and view.controls.beside.isVisible()
    colours = theme.current().label_colours
    assert near(around(view.twin, *CORNERS[3] * 10), colours[0]).any()
    move(qtbot, view.twin, *CORNERS[3] * 10)
    assert view._card.isVisible()
    assert near(around(view.map, *CORNERS[0], reach=10), theme.current().text).sum() > 8
    with qtbot.waitSignal(view.sample_selected) as clicked:
        QTest.mouseClick(view.twin.plot.viewport(), LEFT, pos=maps.spot(view.twin, *CORNERS[1] * 10))
    assert clicked.args == [2]
    with qtbot.assertNotEmitted(view.code_pointed):
        drag(view.twin, (0, 0), (10, 10))
    QTest.mouseClick(view.controls.beside, LEFT)
    assert not view.twin.isVisible()
    QTest.mouseClick(view.controls.beside, LEFT)
    assert view.twin.isVisible()
    view.show_snapshot(snapshot(CORNERS[:3]))
    assert not view.twin.isVisible(), "these are other rows"
    view.show_snapshot(snapshot(CORNERS))
    assert view.twin.isVisible()
    view.show_twin(None)
    assert not view.twin.isVisible() and not view.controls.beside.isVisible()


def test_a_twin_given_first_belongs_to_the_next_snapshot(qtbot):
    view = LatentMap()
    qtbot.addWidget(view)
    view.show_dataset(maps.dataset(4))
    view.show_twin(CORNERS)
    view.show_snapshot(snapshot(CORNERS))
    assert view.twin.isVisibleTo(view)


def test_a_real_run_is_shown_from_beginning_to_end(qtbot):
    recipe = small.recipe("image")
    data = small.dataset(recipe)
    rows = data.rows("validation")
    looks = [e for e in small.events_of(recipe, watch=Watch(rows, rows[:2])) if isinstance(e, Snapshot)]
    view = LatentMap()
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    view.show_dataset(data)
    for look in looks:
        view.show_snapshot(look)
    view.show_twin(fit_twin(data, 2).encode(data.inputs[rows].numpy()))
    settle(qtbot)
    assert view.controls.axes() is None, "codes of four numbers"
    places = view.map._places
    with qtbot.waitSignal(view.sample_selected) as clicked:
        QTest.mouseClick(view.map.plot.viewport(), LEFT, pos=maps.spot(view.map, *places[5]))
    assert clicked.args[0] in rows.tolist()
