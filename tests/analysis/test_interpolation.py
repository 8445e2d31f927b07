"""Ways through the codes, at their ends, in between, and where they cannot be gone."""

import numpy as np
import pytest

from aedesk.analysis.interpolation import (
    PRIOR_REACH,
    between,
    most_used,
    prior_spans,
    spans_of,
    spherical,
    straight,
    traversal,
)
from aedesk.errors import AedeskError


def code(*numbers: float) -> np.ndarray:
    return np.array(numbers, np.float32)


@pytest.mark.parametrize("route", ["straight", "spherical"])
@pytest.mark.parametrize("steps", [2, 3, 11])
def test_both_ends_are_reached(route: str, steps: int) -> None:
    start, end = code(1, 2, -0.5), code(-3, 0.25, 2)
    way = between(start, end, steps, route)  # type: ignore[arg-type]
    assert way.shape == (steps, 3) and way.dtype == np.float32
    np.testing.assert_allclose(way[[0, -1]], [start, end], atol=1e-6)


def test_straight_goes_in_equal_steps() -> None:
    np.testing.assert_allclose(straight(code(0, 4), code(8, 0), 5), [[0, 4], [2, 3], [4, 2], [6, 1], [8, 0]])


def test_spherical_goes_in_equal_angles_at_the_same_distance_from_0() -> None:
    way = spherical(code(3, 0), code(0, 3), 4)
    np.testing.assert_allclose(np.linalg.norm(way, axis=1), 3, rtol=1e-6)
    angles = np.degrees(np.arctan2(way[:, 1], way[:, 0]))
    np.testing.assert_allclose(angles, [0, 30, 60, 90], atol=1e-4)


def test_in_many_dimensions_spherical_stays_in_the_shell_that_straight_leaves() -> None:
    start, end = np.random.default_rng(0).standard_normal((2, 200)).astype(np.float32)
    middle = [np.linalg.norm(between(start, end, 3, route)[1]) for route in ("straight", "spherical")]  # type: ignore[arg-type]
    assert middle[0] < 0.8 * np.sqrt(200) < 0.95 * np.sqrt(200) < middle[1]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (code(1, 1), code(3, 3)),  # parallel
        (code(1, 1), code(-2, -2)),  # opposite
        (code(0, 0), code(3, 4)),  # no direction
        (code(0, 0), code(0, 0)),
        (code(2, 1), code(2, 1)),
        (code(5,), code(-1,)),  # a single number has no angle
    ],
)
def test_where_there_is_no_angle_spherical_goes_straight(start: np.ndarray, end: np.ndarray) -> None:
    np.testing.assert_allclose(spherical(start, end, 6), straight(start, end, 6), atol=1e-6)


def test_huge_codes_are_no_trouble() -> None:
    assert np.isfinite(spherical(code(1e19, 0), code(0, 1e19), 5)).all()


def test_a_traversal_moves_one_number_at_a_time() -> None:
    base = code(0.1, 0.2, 0.3)
    spans = np.array([[-1, 1], [0, 10], [5, 5]], np.float32)
    ways = traversal(base, spans, 3)
    assert ways.shape == (3, 3, 3) and ways.dtype == np.float32
    np.testing.assert_allclose(ways[0], [[-1, 0.2, 0.3], [0, 0.2, 0.3], [1, 0.2, 0.3]], atol=1e-6)
    np.testing.assert_allclose(ways[1, :, 1], [0, 5, 10])
    np.testing.assert_allclose(ways[2], [[0.1, 0.2, 5]] * 3, atol=1e-6)
    np.testing.assert_array_equal(traversal(base, spans, 3, [2, 0]), ways[[2, 0]])
    np.testing.assert_array_equal(base, code(0.1, 0.2, 0.3))


def test_spans_are_the_prior_s_or_most_of_the_codes() -> None:
    np.testing.assert_array_equal(prior_spans(2), [[-PRIOR_REACH, PRIOR_REACH]] * 2)
    codes = np.stack([np.arange(1001.0), np.full(1001, 3.0)], 1)
    codes[0, 0] = -1e9  # one odd code does not stretch the span
    np.testing.assert_allclose(spans_of(codes), [[10, 990], [3, 3]])


def test_the_most_used_number_comes_first() -> None:
    codes = np.random.default_rng(0).standard_normal((500, 4)) * [0.1, 3, 0, 1]
    assert most_used(codes).tolist() == [1, 3, 0, 2]


@pytest.mark.parametrize("steps", [1, 0, -3])
def test_a_way_has_at_least_two_steps(steps: int) -> None:
    for ask in (
        lambda: straight(code(0), code(1), steps),
        lambda: spherical(code(0), code(1), steps),
        lambda: traversal(code(0), prior_spans(1), steps),
    ):
        with pytest.raises(AedeskError, match="at least 2 steps"):
            ask()


def test_codes_that_are_no_numbers_or_do_not_fit_are_explained() -> None:
    nan = code(np.nan, 1)
    for ask in (
        lambda: straight(nan, code(0, 1), 3),
        lambda: spherical(code(0, 1), nan, 3),
        lambda: traversal(nan, prior_spans(2), 3),
        lambda: spans_of(nan[None]),
        lambda: most_used(nan[None]),
    ):
        with pytest.raises(AedeskError, match="diverged"):
            ask()
    with pytest.raises(AedeskError, match="different widths"):
        straight(code(0), code(0, 1), 3)
