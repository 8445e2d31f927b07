"""The prior's outline and the spread of a sample on the map."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtTest import QTest

from aedesk.models.priors.gaussian import GaussianPrior
from aedesk.ui.views.latent_map import LatentMap
from aedesk.ui.views.latent_outlines import ellipse
from aedesk.ui.views.latent_prior import PriorOutline, prior_outline
from tests import small
from tests.ui import maps
from tests.ui.maps import CORNERS, LEFT, move, settle, shown, snapshot

NORMAL = PriorOutline(GaussianPrior().outline(), GaussianPrior.outline_names)
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
    view.show_prior(PriorOutline([CIRCLE * [2, 1]]))
    assert not view.controls.prior.isVisible(), "PCA of the codes is another plane"
    view.controls.set_axes((0, 1))
    assert view.controls.prior.isVisible() and prior(view).max(0).tolist() == [2, 1]
    view.controls.set_axes((1, 0))
    assert prior(view).max(0).tolist() == [1, 2], "in the order of the axes"
    view.controls.set_axes((0, 2))
    assert not view.controls.prior.isVisible() and not len(prior(view))
    view.controls.set_axes((0, 1))
    view.show_prior(PriorOutline())
    assert not view.controls.prior.isVisible() and not len(prior(view))


def test_there_is_room_for_the_prior_as_long_as_it_is_shown(qtbot):
    view = shown(qtbot)
    view.show_prior(PriorOutline([CIRCLE * 40]))
    view.show_dataset(maps.dataset(4))
    view.show_snapshot(snapshot(CORNERS))

    def ranges() -> np.ndarray:
        return np.array(view.map.plot.getViewBox().viewRange())

    assert (ranges()[:, 0] < -40).all() and (ranges()[:, 1] > 40).all()
    QTest.mouseClick(view.controls.prior, LEFT)
    assert not len(prior(view)) and np.abs(ranges()).max() < 6
    QTest.mouseClick(view.controls.prior, LEFT)
    assert len(prior(view)) and np.abs(ranges()).min() > 40


def scales(view: LatentMap) -> tuple[float, float]:
    """Numbers of the code per pixel, across and upwards."""
    return view.map.plot.getViewBox().viewPixelSize()


def test_a_circle_is_a_circle_as_long_as_the_prior_is_shown(qtbot):
    codes = (np.random.default_rng(0).normal(size=(80, 2)) * [1, 0.3]).astype(np.float32)
    view = shown(qtbot, codes, maps.dataset(80), size=(700, 360))
    across, up = scales(view)
    assert across != pytest.approx(up, rel=0.1), "without a prior, the points fill the map"
    view.show_prior(NORMAL)
    view.show_snapshot(snapshot(codes))
    assert scales(view)[0] == pytest.approx(scales(view)[1], rel=1e-6)
    wide, high = np.array(view.map.plot.getViewBox().viewRange())
    assert wide[0] < -2 and wide[1] > 2 and high[0] < -2 and high[1] > 2
    view.resize(420, 520)
    settle(qtbot)
    assert scales(view)[0] == pytest.approx(scales(view)[1], rel=1e-6)
    zoom, before = view.map._on_zoomed, scales(view)[0]
    zoom(QPointF(100, 100), 0.5)
    view.map._on_panned(QPointF(40, -25))
    assert scales(view) == pytest.approx((before / 2, before / 2), rel=1e-6)
    view.map.fit()
    QTest.mouseClick(view.controls.prior, LEFT)
    settle(qtbot)
    assert scales(view)[0] != pytest.approx(scales(view)[1], rel=0.1)


def test_a_live_map_with_a_prior_stands_still_while_it_serves(qtbot):
    random = np.random.default_rng(0)
    codes = random.normal(size=(80, 2)).astype(np.float32)
    view = shown(qtbot, codes, maps.dataset(80), size=(700, 360))
    view.show_prior(NORMAL)
    view.show_snapshot(snapshot(codes))
    before = view.map.plot.getViewBox().viewRange()
    for _ in range(5):
        view.show_snapshot(snapshot(codes * random.uniform(0.9, 1, size=(1, 2)).astype(np.float32)))
    assert view.map.plot.getViewBox().viewRange() == before
    view.show_snapshot(snapshot(codes * 9))
    assert np.ptp(view.map.plot.getViewBox().viewRange()[1]) > 2 * np.ptp(before[1])


def test_circles_are_named_by_their_standard_deviations(qtbot, both_looks):
    view = shown(qtbot)
    view.show_prior(NORMAL)
    assert view.layers.outlines.names() == ["1 σ", "2 σ"]
    both_looks("dark")
    view.show_prior(PriorOutline([CIRCLE]))
    assert view.layers.outlines.names() == [], "another prior has none"
    view.show_prior(NORMAL)
    QTest.mouseClick(view.controls.prior, LEFT)
    assert view.layers.outlines.names() == []


def test_a_code_of_one_number_has_no_outline(qtbot):
    view = shown(qtbot, CORNERS[:, :1], maps.dataset(4))
    view.show_prior(PriorOutline([CIRCLE]))
    assert not view.controls.prior.isVisible() and not len(prior(view))


def test_the_outline_is_that_of_the_recipes_prior():
    assert prior_outline(small.recipe("image")).curves == []
    normal = prior_outline(small.recipe("image", "model.bottleneck.kind=variational"))
    one, two = normal.curves
    assert normal.names == ("1 σ", "2 σ")
    np.testing.assert_allclose(np.hypot(*one.T), 1)
    np.testing.assert_allclose(np.hypot(*two.T), 2)
    ring = '[{kind="code-discriminator", prior={kind="ring", number=7}}]'
    heaps = prior_outline(small.recipe("image", f"objective.adversaries={ring}"))
    assert len(heaps.curves) == 7 and heaps.names == ()
