"""Decoding the map's background off the window's thread, with a real model."""

import threading

import numpy as np
import pytest
from PySide6.QtTest import QTest

from aedesk.ui.plane_work import PlaneWork
from aedesk.ui.views.latent_tiles import PlanePicture, PlaneRequest, TileGrid, TileStyle
from tests import small
from tests.ui.desks import train
from tests.ui.driving import LONG, quiet, show_recipe
from tests.ui.driving import train as train_window
from tests.ui.maps import LEFT

SHAPE = (1, 8, 8)
TWO = "model.code_size=2"


def request(codes: np.ndarray, draw=lambda samples, grid: samples, shape=SHAPE) -> PlaneRequest:
    grid = TileGrid(0.0, 1.0, 1.0, 1.0, columns=len(codes), rows=1, across=8, down=8)
    return PlaneRequest(object(), grid, codes.astype(np.float32), TileStyle(shape, draw))


@pytest.fixture
def work(desk, qtbot) -> PlaneWork:
    made = PlaneWork(desk)
    yield made
    quiet(qtbot)


def decoded(work: PlaneWork) -> list[PlanePicture]:
    heard: list[PlanePicture] = []
    work.decoded.connect(heard.append)
    return heard


def test_codes_are_decoded_by_the_newest_weights(desk, work, qtbot):
    model = train(qtbot, desk, small.recipe("image", TWO))
    heard, codes = decoded(work), np.random.default_rng(0).normal(size=(5, 2))
    work.decode(request(codes))
    quiet(qtbot)
    (picture,) = heard
    expected = model.scaler.scaled(model.decode(codes.astype(np.float32)))
    np.testing.assert_allclose(picture.pixels, expected, atol=1e-5)
    assert picture.seconds > 0


def test_it_happens_beside_the_window_and_the_newest_wish_comes_next(desk, work, qtbot):
    train(qtbot, desk, small.recipe("image", TWO))
    heard, gate, threads = decoded(work), threading.Event(), []

    def slow(samples: np.ndarray, grid: TileGrid) -> np.ndarray:
        threads.append(threading.current_thread())
        assert gate.wait(10)
        return samples

    wishes = [request(np.full((1, 2), number), slow) for number in range(5)]
    for wish in wishes:
        work.decode(wish)
    qtbot.waitUntil(lambda: len(threads) == 1, timeout=LONG)
    assert threads[0] is not threading.main_thread() and not heard
    gate.set()
    quiet(qtbot)
    assert [picture.request for picture in heard] == [wishes[0], wishes[-1]]


def test_codes_of_another_model_are_let_go(desk, work, qtbot):
    heard = decoded(work)
    work.decode(request(np.zeros((3, 2))))
    quiet(qtbot)
    assert not heard, "there is no model yet"
    train(qtbot, desk, small.recipe("image", TWO))
    work.decode(request(np.zeros((3, 5))))
    work.decode(request(np.zeros((3, 2)), shape=(1, 28, 28)))
    quiet(qtbot)
    assert not heard
    work.decode(request(np.zeros((3, 2))))
    quiet(qtbot)
    assert len(heard) == 1, "and it goes on"


def test_the_window_fills_the_map_while_it_learns_and_afterwards(window, qtbot):
    show_recipe(window, small.recipe("image", TWO, "model.bottleneck.kind=variational"), "training.epochs=4")
    train_window(qtbot, window)
    view = window.panels.latent_map
    assert view.controls.prior.isVisible(), "variational codes have a prior"
    heard: list[PlaneRequest] = []
    view.plane_requested.connect(heard.append)
    QTest.mouseClick(view.controls.plane, LEFT)
    quiet(qtbot)
    backdrop = view.layers.decoding.backdrop
    assert backdrop.picture().request is heard[-1]
    model = window.desk.model()
    samples = model.scaler.scaled(model.decode(heard[-1].codes)).astype(np.float32)
    np.testing.assert_array_equal(backdrop.picture().pixels, heard[-1].style.draw(samples, heard[-1].grid))
    before = backdrop.picture()
    train_window(qtbot, window)
    qtbot.waitUntil(lambda: backdrop.picture() not in (None, before), timeout=LONG)
    quiet(qtbot)


def test_every_form_of_data_has_a_map(window, qtbot):
    """Switched on once, the background comes and goes with what can be decoded as pictures."""
    view = window.panels.latent_map
    for recipe, possible in (
        (small.recipe("image", TWO), True),
        (small.recipe("table"), False),
        (small.recipe("signal"), True),
        (small.recipe("image", TWO, "data.source.kind=words"), True),
    ):
        show_recipe(window, recipe, "training.epochs=1")
        train_window(qtbot, window)
        if not view.controls.plane.isChecked():
            QTest.mouseClick(view.controls.plane, LEFT)
        assert view.controls.plane.isEnabled() == possible, recipe.data.source.kind
        backdrop = view.layers.decoding.backdrop
        if possible:
            qtbot.waitUntil(lambda shown=backdrop: shown.picture() is not None, timeout=LONG)
        quiet(qtbot)
        assert (backdrop.picture() is not None) == possible
