"""Arrays as small sharp pictures."""

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from aedesk.ui import theme
from aedesk.ui.image_label import ArrayImage


def test_an_array_is_painted_as_even_squares(qtbot):
    picture = ArrayImage("caption")
    qtbot.addWidget(picture)
    picture.resize(100, 120)
    picture.show_array(np.array([[0.0, 1.0], [1.0, 0.0]]))
    room = picture.picture_rect()
    assert room.width() == room.height()
    seen = picture.grab().toImage()
    scale = seen.width() / picture.width()
    look = theme.current()
    for x, y, stop in ((0.25, 0.25, 0), (0.75, 0.25, -1), (0.25, 0.75, -1), (0.75, 0.75, 0)):
        place = QPointF(room.x() + x * room.width(), room.y() + y * room.height()) * scale
        assert seen.pixelColor(place.toPoint()) == QColor(look.sequential[stop])
    near = QPointF(room.center().x() - 3, room.top() + 0.25 * room.height()) * scale
    assert seen.pixelColor(near.toPoint()) == QColor(look.sequential[0])  # sharp


def test_an_array_keeps_its_shape_and_takes_colours_and_ranges(qtbot):
    picture = ArrayImage(ramp="diverging")
    qtbot.addWidget(picture)
    picture.resize(100, 100)
    look = theme.current()

    def middle() -> QColor:
        seen = picture.grab().toImage()
        return seen.pixelColor(seen.rect().center())

    picture.show_array(np.full((10, 20), -3.0), low=-3, high=3)
    assert (picture.picture_rect().width(), picture.picture_rect().height()) == (100, 50)
    picture.show_array(np.full((20, 20), -3.0), low=-3, high=3)
    assert middle() == QColor(look.diverging[0])
    picture.show_array(np.full((20, 20), 99.0), low=-3, high=3)
    assert middle() == QColor(look.diverging[-1])
    picture.show_array(np.full((20, 20), np.nan), low=-3, high=3)
    assert middle() == QColor(look.diverging[0])
    picture.show_array(np.broadcast_to([1.0, 0.0, 0.0], (20, 20, 3)))
    assert middle().getRgb() == (255, 0, 0, 255)
    picture.clear()
    assert picture.is_clear()
    assert middle() == QColor(look.base)
