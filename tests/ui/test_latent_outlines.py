"""The prior's outline and the spread of a sample on the map."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtTest import QTest

from aedesk.ui.views.latent_map import LatentMap
from aedesk.ui.views.latent_outlines import ellipse
from aedesk.ui.views.latent_prior import prior_outlines
from tests import small
from tests.ui import maps
from tests.ui.maps import CORNERS, LEFT, move, settle, shown, snapshot

CIRCLE = np.array([[0.0, 1.0], [1.0, 0.0], [0.0, -1.0], [-1.0, 0.0], [0.0, 1.0]])


def prior(view: LatentMap) -> np.ndarray:
    points = view.layers.outlines.prior()
    return points[np.isfinite(points).all(1)]


def spread(view: LatentMap) -> np.ndarray:
    return view.layers.outlines.spread()


def test_an_ellipse_is_one_standard_deviation_away_in_every_direction():
    covariance = np.array([[4.0, 1.5], [1.5, 1.0]])
    points = ellipse(covariance)
    distances = np.einsum("mi,ij,mj->m", points, np.linalg.inv(covariance), points)
    np.testing.assert_allclose(distances, 1)
    np.testing.assert_allclose(points[0], points[-1])
    line = ellipse(np.diag([9.0, 0.0]))
    assert np.abs(line[:, 1]).max() < 1e-9 and line[:, 0].max() == pytest.approx(3)


def test_hovering_shows_how_far_a_sample_spreads(qtbot):
    view = shown(qtbot)
    sigmas = np.array([[0.5, 1.0], [2.0, 0.1], [1.0, 1.0], [0.3, 0.6]], np.float32)
    view.show_snapshot(replace(snapshot(CORNERS), log_variances=2 * np.log(sigmas)))
    settle(qtbot)
    assert not len(spread(view))
    for row, (sigma, (x, y)) in enumerate(zip(sigmas, CORNERS, strict=True)):
        move(qtbot, view.map, x, y)
        half = (spread(view).max(0) - spread(view).min(0)) / 2
        np.testing.assert_allclose(half, sigma, rtol=1e-3, err_msg=f"sample {row}")
        np.testing.assert_allclose(spread(view)[:-1].mean(0), (x, y), atol=1e-3)
    move(qtbot, view.map, 0, 0)
    assert not len(spread(view))


def test_a_point_keeps_its_own_spread_where_others_are_left_out(qtbot):
    codes = np.r_[[[np.nan, np.nan]], CORNERS].astype(np.float32)
    sigmas = np.array([[9, 9], [0.5, 1.0], [1, 1], [1, 1], [1, 1]], np.float32)
    view = shown(qtbot, codes, maps.dataset(5))
    view.show_snapshot(replace(snapshot(codes), log_variances=2 * np.log(sigmas)))
    move(qtbot, view.map, *CORNERS[0])
    np.testing.assert_allclose((spread(view).max(0) - spread(view).min(0)) / 2, (0.5, 1.0), rtol=1e-3)


def test_in_the_plane_of_pca_the_ellipse_is_projected(qtbot):
    random = np.random.default_rng(0)
    codes = (random.normal(size=(50, 6)) * [5, 3, 1, 1, 1, 1]).astype(np.float32)
    view = shown(qtbot, codes, maps.dataset(50))
    logs = random.normal(size=(50, 6)).astype(np.float32)
    view.show_snapshot(replace(snapshot(codes), log_variances=logs))
    settle(qtbot)
    place = view.map.place(7)
    move(qtbot, view.map, *place)
    points = spread(view) - place
    covariance = view._plane.directions @ np.diag(np.exp(logs[7])) @ view._plane.directions.T
    distances = np.einsum("mi,ij,mj->m", points, np.linalg.inv(covariance), points)
    np.testing.assert_allclose(distances, 1, atol=1e-3)


def test_codes_that_are_points_have_no_spread(qtbot):
    view = shown(qtbot)
    move(qtbot, view.map, *CORNERS[1])
    assert view._card.isVisible() and not len(spread(view))


def test_the_prior_is_outlined_on_its_own_numbers_only(qtbot):
    random = np.random.default_rng(0)
    codes = random.normal(size=(50, 4)).astype(np.float32)
    view = shown(qtbot, codes, maps.dataset(50))
    assert not view.controls.prior.isVisible()
    view.show_prior([CIRCLE * [2, 1]])
    assert not view.controls.prior.isVisible(), "PCA of the codes is another plane"
    view.controls.set_axes((0, 1))
    assert view.controls.prior.isVisible() and prior(view).max(0).tolist() == [2, 1]
    view.controls.set_axes((1, 0))
    assert prior(view).max(0).tolist() == [1, 2], "in the order of the axes"
    view.controls.set_axes((0, 2))
    assert not view.controls.prior.isVisible() and not len(prior(view))
    view.controls.set_axes((0, 1))
    view.show_prior([])
    assert not view.controls.prior.isVisible() and not len(prior(view))


def test_there_is_room_for_the_prior_as_long_as_it_is_shown(qtbot):
    view = shown(qtbot)
    view.show_prior([CIRCLE * 40])
    view.show_dataset(maps.dataset(4))
    view.show_snapshot(snapshot(CORNERS))

    def ranges() -> np.ndarray:
        return np.array(view.map.plot.getViewBox().viewRange())

    assert (ranges()[:, 0] < -40).all() and (ranges()[:, 1] > 40).all()
    QTest.mouseClick(view.controls.prior, LEFT)
    assert not len(prior(view)) and np.abs(ranges()).max() < 6
    QTest.mouseClick(view.controls.prior, LEFT)
    assert len(prior(view)) and np.abs(ranges()).min() > 40


def test_a_code_of_one_number_has_no_outline(qtbot):
    view = shown(qtbot, CORNERS[:, :1], maps.dataset(4))
    view.show_prior([CIRCLE])
    assert not view.controls.prior.isVisible() and not len(prior(view))


def test_the_outline_is_that_of_the_recipes_prior():
    assert prior_outlines(small.recipe("image")) == []
    one, two = prior_outlines(small.recipe("image", "model.bottleneck.kind=variational"))
    np.testing.assert_allclose(np.hypot(*one.T), 1)
    np.testing.assert_allclose(np.hypot(*two.T), 2)
    ring = '[{kind="code-discriminator", prior={kind="ring", number=7}}]'
    assert len(prior_outlines(small.recipe("image", f"objective.adversaries={ring}"))) == 7
