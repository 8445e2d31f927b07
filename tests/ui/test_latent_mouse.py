"""Exploring the latent map with real mouse events."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from aedesk.ui.image_label import ArrayImage
from aedesk.ui.views.latent_card import SampleCard
from aedesk.ui.views.latent_map import LatentMap
from tests.ui import maps
from tests.ui.maps import CORNERS, LEFT, MIDDLE, RIGHT, drag, move, settle, shown, snapshot, spot


def card(view: LatentMap) -> SampleCard:
    return view.findChild(SampleCard)


def words(view: LatentMap) -> str:
    """What the card says, line by line."""
    return "\n".join(label.text() for label in card(view).findChildren(QLabel) if not label.isHidden())


def wheel(view: LatentMap, x: float, y: float, notches: int) -> None:
    viewport = view.map.plot.viewport()
    place = QPointF(spot(view.map, x, y))
    QApplication.sendEvent(
        viewport,
        QWheelEvent(
            place, QPointF(viewport.mapToGlobal(place)), QPoint(), QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        ),
    )  # fmt: skip


def view_range(view: LatentMap) -> np.ndarray:
    return np.array(view.map.plot.getViewBox().viewRange())


def test_hovering_shows_the_sample_beside_its_point(qtbot):
    names = ("zero", "one", "two", "three")
    view = shown(qtbot, data=maps.dataset(4, labels=range(4), label_names=names))
    for row, (x, y) in enumerate(CORNERS):
        move(qtbot, view.map, x, y)
        assert card(view).isVisible()
        assert words(view).splitlines() == [names[row], f"Sample {row}"]
        point = view.map.mapTo(view, view.map.position((x, y)))
        assert not card(view).geometry().adjusted(-4, -4, 4, 4).contains(point)
        assert view.rect().contains(card(view).geometry())
        assert card(view).findChild(ArrayImage).isVisible()
    move(qtbot, view.map, 0, 0)
    assert not card(view).isVisible()


def test_a_few_pixels_beside_a_point_still_mean_it_and_more_do_not(qtbot):
    view = shown(qtbot)
    viewport, point = view.map.plot.viewport(), spot(view.map, *CORNERS[2])
    QTest.mouseMove(viewport, point + QPoint(-6, 0))
    settle(qtbot)
    assert card(view).isVisible()
    QTest.mouseMove(viewport, point + QPoint(-14, 0))
    settle(qtbot)
    assert not card(view).isVisible()
    move(qtbot, view.map, *CORNERS[2])
    QApplication.sendEvent(viewport, QEvent(QEvent.Type.Leave))
    assert not card(view).isVisible()


def test_the_card_stays_with_its_sample_while_codes_move_a_little(qtbot):
    view = shown(qtbot)
    move(qtbot, view.map, *CORNERS[0])
    nudge = CORNERS + np.array([0.2, 0], np.float32)
    view.show_snapshot(snapshot(nudge[[0, 1, 2, 3]]))
    assert card(view).isVisible() and "Sample 0" in words(view)
    far = CORNERS.copy()
    far[[0, 2]] = far[[2, 0]]
    view.show_snapshot(snapshot(far))
    assert card(view).isVisible() and "Sample 2" in words(view), "another came under the cursor"


def test_signals_and_tables_have_cards_of_their_own(qtbot):
    features = ("length", "width", "height")
    view = shown(qtbot, data=maps.dataset(4, "table", labels=range(4), feature_names=features))
    move(qtbot, view.map, *CORNERS[3])
    assert "length: 0.6\nwidth: 0.6\nheight: 0.6" in words(view), "in the units it came in"
    view.show_dataset(maps.dataset(4, "signal"))
    view.show_snapshot(snapshot(CORNERS))
    settle(qtbot)
    move(qtbot, view.map, *CORNERS[1])
    assert words(view) == "Sample 1"
    assert not card(view).findChild(ArrayImage).isVisible()


def test_a_click_selects_and_a_drag_does_not(qtbot):
    view = shown(qtbot, data=maps.dataset(40, labels=np.arange(40) % 4))
    view.show_snapshot(snapshot(CORNERS, points=[30, 31, 32, 33]))
    settle(qtbot)
    with qtbot.waitSignal(view.sample_selected) as clicked:
        QTest.mouseClick(view.map.plot.viewport(), LEFT, pos=spot(view.map, *CORNERS[1]))
    assert clicked.args == [31] and view.selected() == 31
    with qtbot.assertNotEmitted(view.sample_selected):
        drag(view.map, CORNERS[2], (1, 1), (0, 0))
        QTest.mouseClick(view.map.plot.viewport(), LEFT, pos=spot(view.map, 0, 0))
        QTest.mouseClick(view.map.plot.viewport(), RIGHT, pos=spot(view.map, *CORNERS[2]))


def test_pressing_beside_the_points_decodes_at_once_and_dragging_goes_on(qtbot):
    view = shown(qtbot)
    pointed: list[np.ndarray] = []
    view.code_pointed.connect(pointed.append)
    drag(view.map, (0, 0), release=False)
    assert len(pointed) == 1
    assert pointed[0].dtype == np.float32 and pointed[0] == pytest.approx([0, 0], abs=0.05)
    viewport = view.map.plot.viewport()
    QTest.mouseMove(viewport, spot(view.map, 2, -1))
    QTest.mouseMove(viewport, spot(view.map, 3, -2))
    settle(qtbot)
    assert pointed[-1] == pytest.approx([3, -2], abs=0.05)
    view.show_decoded(np.full((1, 4, 4), 0.5, np.float32))
    assert card(view).isVisible() and "Decoded" in words(view)
    beside = view.map.mapTo(view, view.map.position((3, -2)))
    assert not card(view).geometry().contains(beside)
    assert QRect(beside - QPoint(40, 300), beside + QPoint(300, 300)).intersects(card(view).geometry())
    view.show_decoded(None)
    assert not card(view).isVisible()
    QTest.mouseRelease(viewport, LEFT, pos=spot(view.map, 3, -2))
    count = len(pointed)
    view.show_decoded(np.zeros((1, 4, 4), np.float32))
    assert not card(view).isVisible(), "it came too late"
    QTest.mouseMove(viewport, spot(view.map, 0, 1))
    settle(qtbot)
    assert len(pointed) == count


def test_dragging_from_a_point_decodes_too(qtbot):
    view = shown(qtbot)
    pointed: list[np.ndarray] = []
    view.code_pointed.connect(pointed.append)
    drag(view.map, CORNERS[0], (-1, -1), (0, 1))
    assert pointed[-1] == pytest.approx([0, 1], abs=0.05)


def test_a_new_snapshot_decodes_the_pointed_place_again(qtbot):
    view = shown(qtbot)
    drag(view.map, (0, 0), (1, 1), release=False)
    with qtbot.waitSignal(view.code_pointed) as again:
        view.show_snapshot(snapshot(CORNERS))
    assert again.args[0] == pytest.approx([1, 1], abs=0.05)
    QTest.mouseRelease(view.map.plot.viewport(), LEFT, pos=spot(view.map, 1, 1))


@pytest.mark.parametrize("button", [RIGHT, MIDDLE, LEFT])
def test_panning_moves_the_map_with_the_cursor(qtbot, button):
    view = shown(qtbot)
    before = view_range(view)
    keys = Qt.KeyboardModifier.ControlModifier if button == LEFT else Qt.KeyboardModifier.NoModifier
    with qtbot.assertNotEmitted(view.code_pointed), qtbot.assertNotEmitted(view.sample_selected):
        drag(view.map, (0, 0), (1, 0.5), (2, -1), button=button, keys=keys)
    assert view_range(view) == pytest.approx(before + [[-2], [1]], abs=0.08)


def test_space_and_the_left_button_pan(qtbot):
    view = shown(qtbot)
    before = view_range(view)
    view.map.plot.setFocus()
    QTest.keyPress(view.map.plot, Qt.Key.Key_Space)
    with qtbot.assertNotEmitted(view.code_pointed):
        drag(view.map, (0, 0), (2, 0))
    QTest.keyRelease(view.map.plot, Qt.Key.Key_Space)
    assert view_range(view) == pytest.approx(before + [[-2], [0]], abs=0.08)
    with qtbot.waitSignal(view.code_pointed):
        drag(view.map, (0, 0), (1, 0))


def test_the_wheel_zooms_around_the_cursor_and_not_without_end(qtbot):
    view = shown(qtbot)
    before = view_range(view)
    wheel(view, 2, -3, 2)
    zoomed = view_range(view)
    assert np.ptp(zoomed, 1) == pytest.approx(np.ptp(before, 1) / 1.2**2, rel=1e-6)
    place = view.map.position((2, -3))
    wheel(view, 2, -3, 3)
    assert (view.map.position((2, -3)) - place).manhattanLength() <= 2
    for _ in range(200):
        wheel(view, 2, -3, 1)
    assert np.ptp(view_range(view), 1).min() > 1e-6
    for _ in range(400):
        wheel(view, 2, -3, -1)
    assert np.ptp(view_range(view), 1).max() < 1000


def test_the_range_follows_the_codes_until_moved_and_again_after_fit(qtbot):
    view = shown(qtbot)
    view.show_snapshot(snapshot(3 * CORNERS))
    assert (np.abs(view_range(view)) > 12).all()
    wheel(view, 0, 0, 1)
    held = view_range(view)
    view.show_snapshot(snapshot(100 * CORNERS))
    assert view_range(view) == pytest.approx(held)
    QTest.mouseClick(view.controls.fit, LEFT)
    fitted = view_range(view)
    assert (np.abs(fitted) > 400).all() and (np.abs(fitted) < 500).all()
    view.show_snapshot(snapshot(CORNERS))
    assert (np.abs(view_range(view)) < 6).all()


def test_a_release_that_went_astray_does_not_hold_the_mouse(qtbot):
    """A dialog or another window may swallow it; the next press says that the button is up."""
    view = shown(qtbot)
    viewport, clicked = view.map.plot.viewport(), QPointF(spot(view.map, *CORNERS[2]))

    def press(kind: QEvent.Type, button: Qt.MouseButton, held: Qt.MouseButton) -> None:
        globally = QPointF(viewport.mapToGlobal(clicked))
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(viewport, QMouseEvent(kind, clicked, globally, button, held, none))

    press(QEvent.Type.MouseButtonPress, RIGHT, RIGHT)
    with qtbot.waitSignal(view.sample_selected):
        press(QEvent.Type.MouseButtonPress, LEFT, LEFT)
        press(QEvent.Type.MouseButtonRelease, LEFT, Qt.MouseButton.NoButton)
