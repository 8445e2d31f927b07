"""The map's background, decoded: when it is asked for, what is shown, and when not."""

from time import monotonic

import numpy as np
import pytest
from PySide6.QtTest import QTest

from aedesk.ui import theme
from aedesk.ui.views.latent_map import LatentMap
from aedesk.ui.views.latent_prior import PriorOutline
from aedesk.ui.views.latent_tiles import PlanePicture, PlaneRequest
from tests.ui import maps
from tests.ui.maps import CORNERS, LEFT, RIGHT, around, drag, near, settle, shown, snapshot


def listening(view: LatentMap) -> list[PlaneRequest]:
    heard: list[PlaneRequest] = []
    view.plane_requested.connect(heard.append)
    return heard


def switch(view: LatentMap) -> None:
    QTest.mouseClick(view.controls.plane, LEFT)


def answer(view: LatentMap, request: PlaneRequest, level: float = 1.0, seconds: float = 0.0) -> None:
    """Every place decodes to an image of one value: of the made-up data, 0 is paper and 0.9 ink."""
    samples = np.full((len(request.codes), 1, 4, 4), level, np.float32)
    view.show_plane(PlanePicture(request, request.style.draw(samples, request.grid), seconds))


def background(view: LatentMap, x: float = 0.0, y: float = 0.0) -> np.ndarray:
    return around(view.map, x, y, reach=3).reshape(-1, 3).mean(0)


def many(count: int = 40, width: int = 2) -> np.ndarray:
    return np.random.default_rng(0).normal(size=(count, width)).astype(np.float32)


def test_nothing_is_decoded_unasked(qtbot):
    view = shown(qtbot)
    heard = listening(view)
    view.show_snapshot(snapshot(CORNERS * 1.01))
    qtbot.wait(250)
    assert not heard and not view.controls.plane.isChecked()


def test_the_whole_view_is_decoded_at_its_own_codes(qtbot):
    view = shown(qtbot)
    heard = listening(view)
    switch(view)
    (request,) = heard
    np.testing.assert_allclose(request.codes, request.grid.centres(), rtol=1e-5)
    across, up = view.map.plot.getViewBox().viewRange()
    x, y = request.codes.T
    assert x.min() < across[0] + request.grid.width and x.max() > across[1] - request.grid.width
    assert y.min() < up[0] + request.grid.height and y.max() > up[1] - request.grid.height
    assert len(request.codes) > 50


@pytest.mark.parametrize("look", ["light", "dark"])
def test_pictures_lie_under_points_that_let_them_shine_through(qtbot, both_looks, look):
    both_looks(look)
    view = shown(qtbot)
    before = near(maps.picture(view.map), theme.current().label_colours[3], 90).sum()
    paper = background(view)
    heard = listening(view)
    switch(view)
    answer(view, heard[-1])
    settle(qtbot)
    # Pictures have a frame of paper, which may lie anywhere: in the middle of one there is none.
    centres = heard[-1].grid.centres()
    middle = centres[np.argmin(np.abs(centres).sum(1))]
    assert np.abs(background(view, *map(float, middle)) - paper).max() > 60, "pictures are pale, but can be seen"
    answer(view, heard[-1], level=0.0)
    settle(qtbot)
    np.testing.assert_allclose(background(view), paper, atol=12)
    after = near(maps.picture(view.map), theme.current().label_colours[3], 90).sum()
    assert 0 < after < before, "points are smaller and translucent"
    switch(view)
    settle(qtbot)
    np.testing.assert_allclose(background(view), paper, atol=1)
    assert near(maps.picture(view.map), theme.current().label_colours[3], 90).sum() == before


def test_a_picture_is_the_right_way_up(qtbot):
    view = shown(qtbot)
    heard = listening(view)
    switch(view)
    (request,) = heard
    samples = np.zeros((len(request.codes), 1, 4, 4), np.float32)
    samples[request.codes[:, 1] > 1.5] = 1.0  # ink where the second number is large: above
    view.show_plane(PlanePicture(request, request.style.draw(samples, request.grid), 0.0))
    settle(qtbot)
    assert background(view, 0, 3).mean() < background(view, 0, -3).mean() - 40


def test_it_follows_when_the_map_stands_still_again(qtbot):
    view = shown(qtbot)
    heard = listening(view)
    switch(view)
    answer(view, heard[-1])
    for _ in range(6):
        drag(view.map, (0, 0), (1, 0), button=RIGHT)
        qtbot.wait(30)
    assert len(heard) == 1, "not while it moves"
    assert view.layers.decoding.backdrop.picture() is not None, "what there is moves along"
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=2000)
    assert heard[1].codes[:, 0].min() < heard[0].codes[:, 0].min() - 4
    view.controls.fit.click()
    qtbot.waitUntil(lambda: len(heard) == 3, timeout=2000)
    view.resize(700, 500)
    qtbot.waitUntil(lambda: len(heard) == 4, timeout=2000)
    assert len(heard[3].codes) > len(heard[2].codes)


def test_snapshots_of_a_run_are_decoded_seldom(qtbot):
    view = shown(qtbot)
    heard = listening(view)
    switch(view)
    qtbot.wait(300)  # until all has its place
    answer(view, heard[-1])
    heard.clear()
    began = monotonic()
    for step in range(60):
        view.show_snapshot(snapshot(CORNERS * (1 + 0.001 * step)))
        qtbot.wait(10)
        if heard:
            break
    qtbot.waitUntil(lambda: len(heard) == 1, timeout=2000)
    assert monotonic() - began > 0.65
    answer(view, heard[-1], seconds=0.2)  # which is to be a twentieth of the time
    view.show_snapshot(snapshot(CORNERS))
    qtbot.wait(1200)
    assert len(heard) == 1


def test_an_answer_about_another_map_is_not_shown(qtbot):
    view = shown(qtbot, many(width=4), maps.dataset(40))
    heard = listening(view)
    switch(view)
    view.controls.set_axes((0, 2))
    answer(view, heard[0])
    assert view.layers.decoding.backdrop.picture() is None
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=2000)
    answer(view, heard[1])
    assert view.layers.decoding.backdrop.picture() is not None
    view.clear()
    assert view.layers.decoding.backdrop.picture() is None
    answer(view, heard[1])
    assert view.layers.decoding.backdrop.picture() is None


def test_numbers_that_are_not_shown_are_kept_at_their_mean(qtbot):
    codes = many(width=4)
    view = shown(qtbot, codes, maps.dataset(40))
    view.controls.set_axes((1, 3))
    heard = listening(view)
    switch(view)
    request = heard[-1]
    np.testing.assert_allclose(request.codes[:, [1, 3]], request.grid.centres(), rtol=1e-5)
    means = np.tile(codes[:, [0, 2]].mean(0), (len(request.codes), 1))
    np.testing.assert_allclose(request.codes[:, [0, 2]], means, rtol=1e-4)
    assert "mean" in view.controls.plane.toolTip()


@pytest.mark.parametrize(
    ("data", "width", "reason"),
    [(maps.dataset(40, "table"), 2, "table"), (maps.dataset(40), 1, "one number")],
    ids=["table", "one number"],
)
def test_where_there_are_no_pictures_it_says_why(qtbot, data, width, reason):
    view = shown(qtbot, many(), maps.dataset(40))
    heard = listening(view)
    switch(view)
    assert len(heard) == 1
    view.show_dataset(data)
    view.show_snapshot(snapshot(many(width=width)))
    qtbot.wait(250)
    assert len(heard) == 1
    assert not view.controls.plane.isEnabled() and reason in view.controls.plane.toolTip()
    view.show_dataset(maps.dataset(40))
    view.show_snapshot(snapshot(many()))
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=2000)
    assert view.controls.plane.isEnabled() and reason not in view.controls.plane.toolTip()


def test_signals_are_decoded_as_curves(qtbot):
    view = shown(qtbot, many(), maps.dataset(40, "signal"))
    heard = listening(view)
    switch(view)
    (request,) = heard
    assert request.style.shape == (16,)
    samples = np.tile(np.linspace(0, 0.9, 16, dtype=np.float32), (len(request.codes), 1))
    view.show_plane(PlanePicture(request, request.style.draw(samples, request.grid), 0.0))
    settle(qtbot)
    assert (np.abs(maps.picture(view.map).astype(int) - 255).sum(-1) > 60).mean() > 0.02


def test_codes_that_are_no_numbers_do_no_harm(qtbot):
    view = shown(qtbot)
    heard = listening(view)
    switch(view)
    view.show_snapshot(snapshot(np.full((4, 2), np.nan)))
    qtbot.wait(900)
    for request in heard:
        answer(view, request, level=np.nan)
    settle(qtbot)
    assert all(np.isfinite(request.codes).all() for request in heard)


@pytest.mark.parametrize("width", [240, 446, 900])
def test_the_controls_have_room_in_one_row_or_two(qtbot, width):
    view = shown(qtbot, many(width=300), maps.dataset(40), size=(width, 400))
    view.show_prior(PriorOutline([CORNERS]))
    view.controls.set_axes((0, 1))
    settle(qtbot)
    controls = view.controls
    first, second = (controls.parts, controls.pca, controls.across, controls.up), (controls.plane, controls.prior)
    visible = [one for one in (*first, *second, controls.fit) if one.isVisible()]
    assert len(visible) == 7
    places = [one.rect().translated(one.mapTo(controls, one.rect().topLeft())) for one in visible]
    assert view.width() == max(width, view.minimumSizeHint().width())
    assert all(controls.rect().contains(place) for place in places)
    assert not any(one.intersects(other) for one in places for other in places if one is not other)
    rows = {round(place.center().y() / 20) for place in places}
    assert len(rows) == (1 if width == 900 else 2)
