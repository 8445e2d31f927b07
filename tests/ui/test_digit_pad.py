"""The digit pad, driven as a person drives it."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QSlider, QToolButton

from aedesk.ui import theme
from aedesk.ui.image_label import ArrayImage
from aedesk.ui.panels.digit_pad import DigitPad, PadAnswer
from tests.ui.pen import at, draw, ink_at


@pytest.fixture
def pad(qtbot) -> DigitPad:
    pad = DigitPad()
    qtbot.addWidget(pad)
    pad.resize(320, 420)
    pad.show()
    return pad


def answer(code_width: int = 8, neighbours: int = 5) -> PadAnswer:
    image = np.eye(28, dtype=np.float32)
    return PadAnswer(
        image, np.linspace(-1, 1, code_width), [(image, str(n)) for n in range(neighbours)]
    )


def button(pad: DigitPad, name: str) -> QToolButton:
    [found] = [one for one in pad.findChildren(QToolButton) if one.accessibleName() == name]
    return found


def test_every_control_says_what_it_does(pad):
    controls = [*pad.findChildren(QToolButton), *pad.findChildren(QSlider), pad.drawing]
    assert len(controls) == 7
    for control in controls:
        assert control.toolTip().endswith(".")
        assert control.accessibleName()


def test_a_drawing_is_said_in_the_models_form(pad, qtbot):
    with qtbot.waitSignal(pad.input_drawn) as said:
        draw(pad.drawing, (0.1, 0.1), (0.3, 0.1), (0.2, 0.4))
    qtbot.wait(30)
    image = said.args[0]
    assert image.shape == (28, 28)
    assert image.dtype == np.float32
    with qtbot.waitSignal(pad.input_drawn) as said:
        pad.set_image_size((8, 8), box=1.0)
    assert said.args[0].shape == (8, 8)
    assert said.args[0].any(axis=1).all()


def test_clearing_is_said(pad, qtbot):
    draw(pad.drawing, (0.1, 0.1), (0.3, 0.1))
    qtbot.wait(30)
    with qtbot.waitSignal(pad.input_cleared), qtbot.assertNotEmitted(pad.input_drawn):
        button(pad, "Clear").click()


def test_without_a_model_drawing_works_and_a_sentence_says_what_to_do(pad, qtbot):
    message = pad.results.message
    assert message.isVisible()
    assert message.text() == "Train or open an image model to see this digit encoded."
    pad.set_available(False, "This model encodes signals. Open one that encodes images.")
    assert message.text() == "This model encodes signals. Open one that encodes images."
    with qtbot.waitSignal(pad.input_drawn):
        draw(pad.drawing, (0.1, 0.1), (0.3, 0.4))
    pad.show_answer(answer())  # asked of a model that has gone
    assert message.isVisible()
    assert not pad.results.code.isVisible()
    with qtbot.waitSignal(pad.input_drawn):
        pad.set_available(True)  # asks anew about what is on the paper


def test_an_answer_is_shown_and_goes_with_the_drawing(pad, qtbot):
    pad.set_available(True)
    results = pad.results
    assert "Draw a digit" in results.message.text()
    draw(pad.drawing, (0.2, 0.2), (0.8, 0.8))
    qtbot.wait(30)
    pad.show_answer(answer(neighbours=3))
    assert not results.message.isVisible()
    assert results.code.isVisible()
    assert len(results.code.cells()) == 8
    assert not results.reconstruction.is_clear()
    assert [one.caption() for one in results.neighbours if one.isVisible()] == ["0", "1", "2"]
    button(pad, "Clear").click()
    qtbot.waitUntil(lambda: results.message.isVisible())
    assert not results.code.isVisible()
    assert not any(one.isVisible() for one in results.neighbours)
    pad.show_answer(answer())  # too late
    assert results.message.isVisible()


def test_parts_of_an_answer_may_be_missing(pad, qtbot):
    pad.set_available(True)
    draw(pad.drawing, (0.2, 0.2), (0.8, 0.8))
    qtbot.wait(30)
    pad.show_answer(PadAnswer(code=np.ones(4), note="With the weights of epoch 3."))
    assert not pad.results.reconstruction.isVisible()
    assert pad.results.code.isVisible()
    assert not pad.results.neighbours_title.isVisible()
    assert pad.results.note.text() == "With the weights of epoch 3."


def test_the_paper_does_not_move_when_an_answer_comes(pad, qtbot):
    for size in ((320, 420), (700, 260), (420, 640)):
        pad.resize(*size)
        pad.clear()
        pad.set_available(False)
        qtbot.wait(30)
        before = pad.drawing.geometry()
        pad.set_available(True)
        draw(pad.drawing, (0.2, 0.2), (0.8, 0.8))
        qtbot.wait(30)
        pad.show_answer(answer())
        qtbot.wait(30)
        assert pad.drawing.geometry() == before


def test_the_buttons_work_and_know_when_they_can(pad, qtbot):
    undo, clear, invert = (button(pad, name) for name in ("Undo", "Clear", "Invert"))
    assert not undo.isEnabled()
    assert not clear.isEnabled()
    draw(pad.drawing, (0.2, 0.5), (0.8, 0.5))
    qtbot.waitUntil(undo.isEnabled)
    assert clear.isEnabled()
    invert.click()
    assert pad.drawing.is_inverted()
    assert ink_at(pad.drawing, 0.1, 0.1) == 1
    clear.click()
    qtbot.waitUntil(lambda: not clear.isEnabled())
    assert not invert.isChecked()
    undo.click()
    qtbot.waitUntil(invert.isChecked)
    undo.click()
    undo.click()
    qtbot.waitUntil(lambda: not undo.isEnabled())
    assert pad.drawing.is_empty()


def test_the_slider_sets_the_pen(pad):
    [slider] = pad.findChildren(QSlider)
    slider.setValue(16)
    assert pad.drawing.pen_width() == pytest.approx(0.16)
    draw(pad.drawing, (0.5, 0.5))
    assert pad.drawing.ink().sum() == pytest.approx(np.pi * (0.08 * 280) ** 2, rel=0.03)


@pytest.mark.parametrize(
    ("size", "across"),
    [
        ((320, 420), False),
        ((240, 700), False),
        ((700, 260), True),
        ((900, 600), True),
        ((300, 250), True),
    ],
)
def test_nothing_overlaps_or_is_cut_off_in_any_shape(pad, qtbot, size, across):
    pad.resize(*size)
    pad.set_available(True)
    draw(pad.drawing, (0.2, 0.2), (0.8, 0.8))
    qtbot.wait(30)
    pad.show_answer(answer())
    qtbot.wait(30)
    assert pad.size().toTuple() == size
    drawing, results = pad.drawing.geometry(), pad.results.geometry()
    assert (results.left() >= drawing.right()) is across
    assert (results.top() >= drawing.bottom()) is not across
    rooms = [pad.drawing.geometry(), pad.results.geometry()]
    rooms += [one.geometry() for one in pad.findChildren(QToolButton)]
    rooms += [one.geometry() for one in pad.findChildren(QSlider)]
    for index, room in enumerate(rooms):
        assert pad.rect().contains(room)
        assert not any(room.intersects(other) for other in rooms[:index])
    assert min(drawing.width(), drawing.height()) >= 100
    for picture in pad.results.findChildren(ArrayImage):
        assert pad.results.rect().contains(
            picture.rect().translated(picture.mapTo(pad.results, QPoint(0, 0)))
        )
        assert picture.picture_rect().width() >= 20


@pytest.mark.parametrize(
    ("size", "paper", "picture"),
    [
        ((440, 300), 200, 75),
        ((447, 250), 180, 68),
        ((900, 600), 450, 180),
        ((700, 260), 240, 90),
        ((320, 420), 150, 70),
    ],
)
def test_room_is_used_from_the_top(pad, qtbot, size, paper, picture):
    pad.resize(*size)
    pad.set_available(True)
    draw(pad.drawing, (0.2, 0.2), (0.8, 0.8))
    qtbot.wait(30)
    pad.show_answer(answer())
    results = pad.results
    assert pad.drawing.y() == theme.SPACE_S
    assert pad.drawing.width() == pad.drawing.height() >= paper
    assert results.input.y() == results.reconstruction.y() == 0
    assert results.input.width() == results.reconstruction.width() >= picture
    if results.code.y():
        assert results.code.y() - results.input.geometry().bottom() < theme.SPACE_M
        assert results.code.width() > results.code.height()
    else:
        assert results.code.geometry().bottom() == results.input.geometry().bottom()
    title, first = results.neighbours_title.geometry(), results.neighbours[0].geometry()
    assert title.top() - results.code.geometry().bottom() <= theme.SPACE_M + 1
    assert 0 <= first.top() - title.bottom() <= theme.SPACE_S
    [slider] = pad.findChildren(QSlider)
    assert slider.isVisible() and 40 <= max(slider.width(), slider.height()) <= 160


def test_a_sentence_stands_where_the_code_will_be(pad, qtbot):
    for size in ((440, 300), (900, 600), (700, 260), (320, 420)):
        pad.resize(*size)
        pad.clear()
        pad.set_available(False)
        results = pad.results
        assert results.message.geometry().topLeft() == results.code.geometry().topLeft()
        assert results.input.isVisible() and results.reconstruction.isVisible()
        needed = results.message.heightForWidth(results.message.width())
        assert needed <= results.message.height()


def test_the_pad_is_drawn_in_both_themes(pad, qtbot, qapp):
    draw(pad.drawing, (0.3, 0.5), (0.7, 0.5))
    try:
        for look in (theme.DARK, theme.LIGHT):
            theme.apply(qapp, look.name)
            picture = pad.drawing.grab().toImage()
            scale = picture.width() / pad.drawing.width()
            ink = picture.pixelColor(at(pad.drawing, 0.5, 0.5) * scale)
            paper = picture.pixelColor(at(pad.drawing, 0.5, 0.8) * scale)
            assert ink == QColor(look.sequential[-1])
            assert paper == QColor(look.sequential[0])
    finally:
        theme.apply(qapp, "light")
