"""The paper, drawn on with mouse, pen and fingers as a person does."""

import time

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QPointingDevice, QTabletEvent, QTouchEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from aedesk.ui import theme
from aedesk.ui.panels.drawing_area import DrawingArea
from tests.ui.pen import LEFT, at, draw, ink_at


@pytest.fixture
def area(qtbot) -> DrawingArea:
    area = DrawingArea()
    qtbot.addWidget(area)
    area.resize(200, 200)
    area.show()
    return area


def test_the_mouse_leaves_ink_where_it_goes(area):
    assert area.is_empty()
    assert area.ink().shape == (280, 280)
    assert area.ink().dtype == np.float32
    assert not area.ink().any()
    draw(area, (0.2, 0.5), (0.5, 0.5), (0.8, 0.5))
    assert not area.is_empty()
    for x in (0.2, 0.35, 0.5, 0.65, 0.8):
        assert ink_at(area, x, 0.5) == 1
    assert ink_at(area, 0.5, 0.3) == 0
    assert ink_at(area, 0.9, 0.5) == 0
    edges = area.ink()
    assert ((edges > 0.05) & (edges < 0.95)).any()  # antialiased


def test_a_click_is_a_dot_as_wide_as_the_pen(area):
    area.set_pen_width(0.1)
    draw(area, (0.5, 0.5))
    assert area.ink().sum() == pytest.approx(np.pi * 14**2, rel=0.03)
    assert area.pen_width() == 0.1


def test_ink_is_there_during_the_stroke(area):
    QTest.mousePress(area, LEFT, pos=at(area, 0.2, 0.2))
    QTest.mouseMove(area, at(area, 0.8, 0.2))
    assert ink_at(area, 0.7, 0.2) == 1
    during = area.ink()
    QTest.mouseRelease(area, LEFT, pos=at(area, 0.8, 0.2))
    np.testing.assert_array_equal(area.ink(), during)


def test_moving_without_a_button_and_outside_the_paper_draws_nothing(qtbot):
    area = DrawingArea()
    qtbot.addWidget(area)
    area.resize(400, 200)
    QTest.mouseMove(area, at(area, 0.5, 0.5))
    draw(area, (-0.3, 0.5), (0.5, 0.5))  # beside the square
    draw(area, (0.5, 0.5), button=Qt.MouseButton.MiddleButton)
    assert area.is_empty()
    draw(area, (0.5, 0.5), (1.4, 0.5))  # starts on it and leaves
    assert ink_at(area, 0.99, 0.5) == 1


def test_strokes_are_taken_back_one_by_one(area):
    assert not area.can_undo()
    draw(area, (0.2, 0.2), (0.8, 0.2))
    first = area.ink()
    draw(area, (0.2, 0.8), (0.8, 0.8))
    assert ink_at(area, 0.5, 0.8) == 1
    area.undo()
    np.testing.assert_array_equal(area.ink(), first)
    area.undo()
    assert area.is_empty()
    assert not area.ink().any()
    assert not area.can_undo()
    area.undo()
    assert area.is_empty()


def test_clearing_is_taken_back_too(area):
    draw(area, (0.2, 0.2), (0.8, 0.2))
    before = area.ink()
    area.clear()
    assert area.is_empty()
    assert not area.ink().any()
    area.undo()
    np.testing.assert_array_equal(area.ink(), before)
    area.clear()
    area.clear()  # nothing to clear: nothing to remember
    area.undo()
    np.testing.assert_array_equal(area.ink(), before)


def test_inverting_exchanges_ink_and_paper(area):
    draw(area, (0.2, 0.5), (0.8, 0.5))
    before = area.ink()
    area.set_inverted(True)
    np.testing.assert_allclose(area.ink(), 1 - before)
    draw(area, (0.2, 0.2))  # the pen goes on making ink: what is paper underneath
    assert ink_at(area, 0.2, 0.2) == 1
    area.undo()
    area.undo()
    assert not area.is_inverted()
    np.testing.assert_array_equal(area.ink(), before)


def test_the_right_button_rubs_out(area):
    draw(area, (0.2, 0.5), (0.8, 0.5))
    draw(area, (0.5, 0.4), (0.5, 0.6), button=Qt.MouseButton.RightButton)
    assert ink_at(area, 0.5, 0.5) == 0
    assert ink_at(area, 0.2, 0.5) == 1


def test_a_second_button_does_not_start_a_second_stroke(area):
    QTest.mousePress(area, LEFT, pos=at(area, 0.2, 0.2))
    QTest.mousePress(area, Qt.MouseButton.RightButton, pos=at(area, 0.2, 0.2))
    QTest.mouseMove(area, at(area, 0.8, 0.2))
    QTest.mouseRelease(area, LEFT, pos=at(area, 0.8, 0.2))
    assert ink_at(area, 0.5, 0.2) == 1


def tablet(area: DrawingArea, kind: QEvent.Type, x: float, y: float, pressure: float) -> None:
    place = QPointF(at(area, x, y))
    event = QTabletEvent(
        kind,
        QPointingDevice.primaryPointingDevice(),
        place,
        area.mapToGlobal(place),
        pressure,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        Qt.KeyboardModifier.NoModifier,
        LEFT,
        LEFT,
    )
    QApplication.sendEvent(area, event)
    assert event.isAccepted()


def test_a_pen_pressed_harder_draws_wider(area):
    widths = []
    for pressure in (0.1, 0.9):
        tablet(area, QEvent.Type.TabletPress, 0.2, 0.5, pressure)
        tablet(area, QEvent.Type.TabletMove, 0.8, 0.5, pressure)
        tablet(area, QEvent.Type.TabletRelease, 0.8, 0.5, 0.0)
        widths.append(area.ink()[:, 140].sum())
        area.clear()
    assert widths[1] > 2 * widths[0]
    tablet(area, QEvent.Type.TabletMove, 0.5, 0.5, 0.0)  # hovering
    assert area.is_empty()


@pytest.fixture(scope="module")
def screen() -> QPointingDevice:
    return QTest.createTouchDevice()


def test_two_fingers_draw_two_strokes(area, screen):
    QTest.touchEvent(area, screen).press(0, at(area, 0.2, 0.2)).press(1, at(area, 0.2, 0.8))
    QTest.touchEvent(area, screen).move(0, at(area, 0.8, 0.2)).move(1, at(area, 0.8, 0.8))
    assert ink_at(area, 0.5, 0.2) == 1
    QTest.touchEvent(area, screen).release(0, at(area, 0.8, 0.2)).release(1, at(area, 0.8, 0.8))
    assert ink_at(area, 0.5, 0.8) == 1
    assert ink_at(area, 0.5, 0.5) == 0
    area.undo()
    assert ink_at(area, 0.5, 0.2) == 1
    assert ink_at(area, 0.5, 0.8) == 0


def test_a_touch_taken_over_by_the_system_leaves_nothing(area, screen):
    QTest.touchEvent(area, screen).press(0, at(area, 0.2, 0.2))
    QTest.touchEvent(area, screen).move(0, at(area, 0.8, 0.2))
    assert not area.is_empty()
    QApplication.sendEvent(area, QTouchEvent(QEvent.Type.TouchCancel, screen))
    assert area.is_empty()
    assert not area.ink().any()
    QTest.touchEvent(area, screen).release(0, at(area, 0.8, 0.2))


def test_changes_are_said_at_once_but_not_for_every_point(area, qtbot):
    said = []
    area.drawing_changed.connect(lambda: said.append(time.perf_counter()))
    QTest.mousePress(area, LEFT, pos=at(area, 0.1, 0.5))
    start = time.perf_counter()
    moves = 0
    while time.perf_counter() < start + 0.2:
        QTest.mouseMove(area, at(area, 0.1 + 0.8 * (moves % 50) / 50, 0.5))
        QTest.qWait(1)
        moves += 1
    assert moves > 40
    assert 3 <= len(said) <= 0.2 / 0.015 + 2
    QTest.mouseRelease(area, LEFT, pos=at(area, 0.9, 0.5))
    before = len(said)
    qtbot.waitUntil(lambda: len(said) > before, timeout=200)  # the end is never lost
    QTest.qWait(40)
    assert len(said) == before + 1  # and nothing is said without a change


def test_the_drawing_keeps_its_place_when_the_paper_changes_size(area):
    draw(area, (0.2, 0.2), (0.8, 0.8))
    before = area.ink()
    dark = theme.current().sequential[-1]
    for side in (120, 350):
        area.resize(side + 60, side)
        np.testing.assert_array_equal(area.ink(), before)
        picture = area.grab().toImage()
        scale = picture.width() / area.width()
        for x, y, expected in ((0.5, 0.5, True), (0.2, 0.8, False)):
            place = at(area, x, y) * scale
            assert (picture.pixelColor(place) == QColor(dark)) is expected


def test_an_empty_paper_says_what_to_do(area):
    empty = area.grab().toImage()
    middle = empty.copy(40, 80, 120, 40)
    paper = QColor(theme.current().sequential[0])
    written = [
        middle.pixelColor(x, y) != paper
        for x in range(middle.width())
        for y in range(middle.height())
    ]
    assert any(written)
    draw(area, (0.05, 0.05))
    area.clearFocus()
    middle = area.grab().toImage().copy(40, 80, 120, 40)
    assert all(
        middle.pixelColor(x, y) == paper
        for x in range(middle.width())
        for y in range(middle.height())
    )
