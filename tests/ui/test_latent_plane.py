"""Codes as places on the map, and back."""

import numpy as np
import pytest

from aedesk.ui.views.latent_plane import AxesPlane, PcaPlane, StripPlane, fit_pca, plane_of


def codes(width: int, *, count: int = 600, seed: int = 0) -> np.ndarray:
    """Codes that vary most in two directions, askew to the axes."""
    random = np.random.default_rng(seed)
    turn = np.linalg.qr(np.random.default_rng(7).normal(size=(width, width)))[0]
    spread = np.r_[5.0, 3.0, np.full(width - 2, 0.3)]
    return (random.normal(size=(count, width)) * spread @ turn + 2).astype(np.float32)


def principal(x: np.ndarray) -> np.ndarray:
    return np.linalg.svd(x - x.mean(0), full_matrices=False)[2][:2]


def same_plane(first: np.ndarray, second: np.ndarray) -> bool:
    """Whether two pairs of orthonormal directions span the same plane."""
    return np.allclose(np.linalg.svd(first @ second.T)[1], 1, atol=1e-3)


@pytest.mark.parametrize("width", [2, 3, 10, 49, 300])
def test_pca_finds_the_plane_of_most_variance(width):
    x = codes(width)
    plane = fit_pca(x)
    assert same_plane(plane.directions, principal(x.astype(float)))
    assert np.allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-9)
    assert plane.place(x).std(0) == pytest.approx([5, 3], rel=0.15)


def test_pca_goes_there_and_back():
    plane = fit_pca(codes(10))
    for place in ((0.0, 0.0), (3.5, -1.25)):
        code = plane.code_at(place)
        assert code.shape == (10,) and code.dtype == np.float32
        assert plane.place(code[None])[0] == pytest.approx(place, abs=1e-4)


@pytest.mark.parametrize("width", [4, 60])
def test_pca_lies_still_from_snapshot_to_snapshot(width):
    """The codes grow a little, and the order of their variances changes: the map must not turn over."""
    first = codes(width)
    plane = fit_pca(first)
    before = plane.place(first)
    main = principal(first.astype(float))
    for step in range(1, 12):
        grown = first + np.outer(first @ main[1], main[1]) * 0.12 * step
        now = (grown * (1 + 0.01 * step)).astype(np.float32)
        plane = fit_pca(now, plane)
        places = plane.place(now)
        for axis in (0, 1):
            assert np.corrcoef(before[:, axis], places[:, axis])[0, 1] > 0.95
        before = places


def test_pca_from_nothing_is_the_same_every_time():
    x = codes(5)
    np.testing.assert_array_equal(fit_pca(x).directions, fit_pca(x).directions)
    mirrored = fit_pca(-x, fit_pca(x))
    assert np.allclose(mirrored.directions, fit_pca(x).directions, atol=1e-5)


def test_pca_leaves_out_what_is_no_number():
    x = codes(6)
    spoilt = x.copy()
    spoilt[::7, 2] = np.nan
    spoilt[3, 0] = np.inf
    plane = fit_pca(spoilt)
    clean = np.isfinite(spoilt).all(1)
    assert same_plane(plane.directions, principal(x[clean].astype(float)))
    assert (np.isfinite(plane.place(spoilt)).all(1) == clean).all()


@pytest.mark.parametrize("scale", [0.0, 1e-30, 1e30])
def test_pca_works_at_any_scale(scale):
    x = (codes(4).astype(float) * scale).astype(np.float32)
    places = fit_pca(x).place(x)
    assert np.isfinite(places).all()
    assert places.std(0) == pytest.approx(np.array([5, 3]) * scale, rel=0.2)


def test_pca_of_no_codes_or_codes_of_another_width_starts_anew():
    assert fit_pca(np.empty((0, 3), np.float32)).place(np.ones((1, 3), np.float32)).shape == (1, 2)
    assert fit_pca(np.full((5, 3), np.nan, np.float32)).directions.shape == (2, 3)
    assert fit_pca(codes(5), fit_pca(codes(4))).directions.shape == (2, 5)


def test_axes_take_two_numbers_and_means_for_the_rest():
    x = codes(5)
    x[0] = np.nan
    plane = AxesPlane(x, (3, 1))
    np.testing.assert_array_equal(plane.place(x)[1:], x[1:, [3, 1]])
    code = plane.code_at((7.0, -7.0))
    assert code.dtype == np.float32
    assert code[[3, 1]].tolist() == [7.0, -7.0]
    np.testing.assert_allclose(code[[0, 2, 4]], x[1:, [0, 2, 4]].mean(0), rtol=1e-5)
    assert AxesPlane(np.full((3, 2), np.nan, np.float32), (0, 1)).code_at((1.0, 2.0)).tolist() == [1, 2]


@pytest.mark.parametrize("axes", [None, (3, 1)])
def test_many_places_have_the_codes_that_each_has_alone(axes):
    plane = plane_of(codes(5), axes, np.empty(0), None)
    places = np.random.default_rng(1).normal(size=(7, 2))
    together = plane.codes_at(places)
    assert together.shape == (7, 5) and together.dtype == np.float32
    np.testing.assert_allclose(plane.place(together), places, atol=1e-4)
    for place, code in zip(places, together, strict=True):
        np.testing.assert_allclose(plane.code_at(tuple(place)), code, atol=1e-6)


@pytest.mark.parametrize("axes", [None, (3, 1)])
def test_a_code_spreads_on_the_map_as_draws_of_it_do(axes):
    plane = plane_of(codes(5), axes, np.empty(0), None)
    variances = np.array([0.5, 4.0, 0.1, 1.0, 2.0], np.float32)
    draws = np.random.default_rng(2).normal(size=(40_000, 5)) * np.sqrt(variances)
    expected = np.cov(plane.place(draws.astype(np.float32)).T)
    np.testing.assert_allclose(plane.covariance(variances), expected, atol=0.08)


def test_a_single_number_lies_in_its_lane():
    x = np.array([[1.0], [2.0]], np.float32)
    plane = StripPlane(np.array([0.0, 4.0]))
    assert plane.place(x).tolist() == [[1, 0], [2, 4]]
    assert plane.place(np.array([[5.0]])).tolist() == [[5, 2]]
    assert plane.code_at((1.5, 3.0)).tolist() == [1.5]
    assert plane.covariance(np.array([4.0])).tolist() == [[4, 0], [0, 0]], "a lane is no part of the code"


def test_the_plane_fits_the_codes():
    none = np.empty(0)
    assert isinstance(plane_of(np.ones((3, 1)), (0, 0), np.zeros(3), None), StripPlane)
    assert isinstance(plane_of(codes(3), (0, 2), none, None), AxesPlane)
    axes = AxesPlane(codes(3), (0, 1))
    assert isinstance(plane_of(codes(3), None, none, axes), PcaPlane)
