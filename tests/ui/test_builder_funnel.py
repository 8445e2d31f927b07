"""The funnel picture: what it says, what it draws, and what it does without a network."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from aedesk.models.architecture import LayerPlan
from aedesk.models.architectures.dense import Dense, DenseLayer
from aedesk.models.model_options import ModelOptions, plan
from aedesk.ui import theme
from aedesk.ui.builder.funnel import FunnelPicture, shape_text
from aedesk.ui.builder.funnel_shape import relative_heights
from aedesk.ui.builder.labels import compact

MODEL = ModelOptions(
    encoder=Dense(layers=(DenseLayer(width=128), DenseLayer(width=64))),
    code_size=49,
    mirror=False,
    decoder=Dense(layers=(DenseLayer(width=64),)),
)


@pytest.fixture
def funnel(qtbot: QtBot, qapp: QApplication) -> FunnelPicture:
    if theme.choice() != "light":
        theme.apply(qapp, "light")
    picture = FunnelPicture()
    qtbot.addWidget(picture)
    picture.resize(360, 150)
    picture.show_plan(plan(MODEL, (1, 28, 28)))
    picture.show()
    return picture


def ink(image: QImage, x: int, colour: str) -> int:
    """How many pixels of a column have exactly this colour."""
    wanted = QColor(colour).rgb()
    return sum(image.pixel(x, y) == wanted for y in range(image.height()))


def test_the_total_is_that_of_the_layers(funnel: FunnelPicture) -> None:
    assert funnel.total() == 166_081
    assert funnel.total_text() == "166\u202f081 parameters"


def test_a_layer_says_everything_on_hover(funnel: FunnelPicture) -> None:
    assert "28×28" in funnel.layer_text(0)
    first = funnel.layer_text(1)
    assert "Dense" in first
    assert "128" in first
    assert "ReLU" in first
    assert "100\u202f480 parameters" in first


def test_the_tooltip_is_that_of_the_layer_under_the_pointer(funnel: FunnelPicture) -> None:
    place = QPoint(12 + int(336 / 6 * 1.5), 80)
    QApplication.sendEvent(funnel, QHelpEvent(QEvent.Type.ToolTip, place, funnel.mapToGlobal(place)))
    assert QToolTip.text() == funnel.layer_text(1)
    QToolTip.hideText()


def test_the_code_is_drawn_in_the_accent_and_to_scale(funnel: FunnelPicture) -> None:
    image = funnel.grab().toImage()
    step = (funnel.width() - 24) / 6
    code = round(12 + 3.5 * step)
    drawn = ink(image, code, theme.current().accent)
    area = funnel._area().height()
    heights, scale = relative_heights([784, 128, 64, 49, 64, 784])
    assert scale == "root"
    assert drawn == pytest.approx(heights[3] * area, abs=14)  # the label below has the same colour
    assert ink(image, round(12 + 1.5 * step), theme.current().accent) == 0


def test_hovering_lights_a_layer(funnel: FunnelPicture) -> None:
    before = funnel.grab().toImage()
    QTest.mouseMove(funnel, QPoint(12 + int(336 / 6 * 1.5), 80))
    assert funnel.grab().toImage() != before


def test_without_a_shape_it_says_why(funnel: FunnelPicture) -> None:
    funnel.clear()
    assert funnel.total() == 0
    assert "once the shape" in funnel.accessibleName()
    image = funnel.grab().toImage()
    assert len({image.pixel(x, y) for x in range(360) for y in range(60, 90)}) > 3, "the words are drawn"
    QTest.mouseMove(funnel, QPoint(100, 80))
    QTest.mouseClick(funnel, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("sizes", "scale"), [([8, 4, 2], "linear"), ([784, 128, 2], "root"), ([50_000, 64, 2], "log")]
)
def test_the_scale_keeps_the_smallest_visible(sizes: list[int], scale: str) -> None:
    heights, chosen = relative_heights(sizes)
    assert chosen == scale
    assert heights[0] == 1
    assert heights == sorted(heights, reverse=True)
    assert heights[-1] > 0.015


def test_a_deep_network_still_fits(funnel: FunnelPicture) -> None:
    middle = [LayerPlan("dense", "encoder", (500,), 10) for _ in range(130)]
    ends = LayerPlan("input", "input", (784,), 0), LayerPlan("dense", "output", (784,), 5)
    funnel.show_plan([ends[0], *middle, ends[1]])
    funnel.resize(300, 100)
    assert not funnel.grab().isNull()


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1.0k"),
        (8256, "8.3k"),
        (9960, "10k"),
        (100_480, "100k"),
        (999_600, "1.0M"),
    ],
)
def test_counts_are_written_short(number: int, text: str) -> None:
    assert compact(number) == text


def test_the_parameters_of_a_layer_are_written_where_room_is(funnel: FunnelPicture) -> None:
    low = FunnelPicture.minimumSizeHint(funnel).height()
    tall = funnel._area()
    assert funnel._labels_parameters()
    funnel.resize(360, low)
    assert not funnel._labels_parameters()
    assert funnel._area().height() < tall.height()


def test_shapes_are_written_short() -> None:
    assert [shape_text(shape) for shape in [(784,), (1, 28, 28), (3, 32, 32), (1, 5)]] == [
        "784",
        "28×28",
        "3×32×32",
        "1×5",
    ]


@pytest.mark.parametrize("look", ["light", "dark"])
def test_it_follows_the_theme(funnel: FunnelPicture, qapp: QApplication, look: str) -> None:
    theme.apply(qapp, look)
    image = funnel.grab().toImage()
    assert any(ink(image, x, theme.current().accent) for x in range(image.width()))
    theme.apply(qapp, "light")
