"""The map of samples in time: colours from early to late, and a bar that says so."""


import numpy as np
import pytest
from PySide6.QtCore import QPointF

from aedesk.ui import theme
from tests.ui import maps
from tests.ui.maps import CORNERS, around, near, settle, shown, snapshot

NAMES = tuple("0123456789")


def test_without_labels_there_is_one_colour_or_the_order_in_time(qtbot):
    view = shown(qtbot, data=maps.dataset(4))
    assert view.legend.isHidden()
    own = theme.current().curve_colours
    assert all(near(around(view.map, *corner), own[0]).any() for corner in CORNERS)
    assert view._page.time_bar.isHidden()
    view.show_dataset(maps.dataset(4, "signal"))
    view.show_snapshot(snapshot(CORNERS))
    settle(qtbot)
    assert near(around(view.map, *CORNERS[0]), own[0]).any()
    assert not near(around(view.map, *CORNERS[3]), own[0]).any()


@pytest.mark.parametrize("rows", [[0, 1, 2, 3], [900, 901, 902, 903], [500, 500, 503, 503]])
def test_the_colours_of_time_span_the_rows_that_are_shown(qtbot, rows):
    view = shown(qtbot, data=maps.dataset(1000, "signal"))
    view.show_snapshot(snapshot(CORNERS, points=rows))
    view.show_twin(CORNERS)
    settle(qtbot)
    first, last = theme.current().curve_colours[0], theme.current().curve_colours[1]
    for plot in (view.map, view.twin):
        assert near(around(plot, *CORNERS[0]), first).any()
        assert near(around(plot, *CORNERS[3]), last).any()


def test_a_bar_says_which_colours_are_early_and_late(qtbot, both_looks):
    view = shown(qtbot, data=maps.dataset(4, "signal"))
    bar = view._page.time_bar
    assert bar.isVisible() and view.legend.isHidden() and bar.height() < 40
    for look in ("light", "dark"):
        both_looks(look)
        image = bar.grab().toImage()
        scale, room = image.width() / bar.width(), bar.bar_rect()
        ends = [
            image.pixelColor((QPointF(x, room.center().y()) * scale).toPoint())
            for x in (room.left() + 3, room.right() - 3)
        ]
        for seen, colour in zip(ends, theme.current().curve_colours[:2], strict=True):
            assert near(np.array(seen.getRgb()[:3]), colour), (look, seen.name())
    view.show_dataset(maps.dataset(4, labels=range(4), label_names=("a", "b", "c", "d")))
    assert bar.isHidden()
