"""Many points as one picture: every dot where it should be, in its colour."""

import numpy as np
import pytest

from aedesk.ui.views.latent_range import distinct_places, followed, plane_ranges, robust_range
from aedesk.ui.views.point_raster import Frame, draw

COLOURS = np.array([[25 * label, 255 - 25 * label, 40 + 20 * (label % 3)] for label in range(10)], np.uint8)


def frame(width: int, height: int, *, low: float = 0.0, high: float = 1.0) -> Frame:
    """A window on the square from ``low`` to ``high``, upwards as on a plot."""
    across, up = width / (high - low), height / (high - low)
    return Frame(width, height, across, -low * across, -up, high * up)


def seen(x, y, classes, window: Frame, diameter: float = 2.0) -> np.ndarray:
    """The picture without its margin as ``[height, width, 4]``: red, green, blue as they are, and alpha."""
    raster = draw(np.asarray(x, float), np.asarray(y, float), np.asarray(classes), COLOURS, window, diameter)
    margin = raster.margin
    pixels = raster.pixels[margin : margin + window.height, margin : margin + window.width]
    assert pixels.shape == (window.height, window.width)
    alpha = (pixels >> 24 & 255).astype(float)
    channels = [(pixels >> shift & 255) * 255 / np.maximum(alpha, 1) for shift in (16, 8, 0)]
    return np.stack([*channels, alpha], -1)


@pytest.mark.parametrize("diameter", [1.0, 2.0, 3.5, 6.0, 12.0])
def test_every_one_of_70_000_points_is_drawn_in_its_colour(diameter):
    """Ten clouds that do not touch: where a point is, there is its colour, and none elsewhere."""
    random = np.random.default_rng(0)
    classes = random.integers(0, 10, 70_000)
    x = 0.1 * classes + random.uniform(0.02, 0.08, 70_000)
    y = random.uniform(0.05, 0.95, 70_000)
    window = frame(900, 700)
    picture = seen(x, y, classes, window, diameter)
    column, row = (x * 900).astype(int), ((1 - y) * 700).astype(int)
    at_points = picture[row, column]
    assert (at_points[:, 3] > 0).all()
    full = at_points[:, 3] > 150
    assert full.mean() > 0.5
    assert np.abs(at_points[full, :3] - COLOURS[classes[full]]).max() < 3
    painted_row, painted_column = np.nonzero(picture[..., 3] > 150)
    of_class = np.minimum((painted_column / 90).astype(int), 9)
    assert np.abs(picture[painted_row, painted_column, :3] - COLOURS[of_class]).max() < 3
    for label in range(10):
        assert not picture[:, 90 * label, 3].any(), "the gaps between the clouds are empty"


@pytest.mark.parametrize("diameter", [3.0, 9.0])
def test_dots_can_let_what_lies_below_shine_through(diameter):
    x, y, classes = np.full(400, 0.5), np.full(400, 0.5), np.zeros(400, int)
    window = frame(40, 40)
    full = draw(x, y, classes, COLOURS, window, diameter).pixels >> 24
    faint = draw(x, y, classes, COLOURS, window, diameter, opacity=0.6).pixels >> 24
    assert full.max() == 255 and faint.max() == pytest.approx(0.6 * 255, abs=1)
    np.testing.assert_array_equal(full > 0, faint > 0)


def test_dots_are_round_and_as_large_as_asked():
    picture = seen([0.5], [0.5], [0], frame(101, 101), 20.0)
    rows, columns = np.nonzero(picture[..., 3] > 100)
    assert np.ptp(rows) + 1 == pytest.approx(20, abs=1)
    assert np.ptp(columns) + 1 == pytest.approx(20, abs=1)
    assert len(rows) == pytest.approx(np.pi * 100, rel=0.05)


def test_what_lies_outside_is_cut_and_not_wrapped_around():
    window = frame(100, 80)
    outside = [-0.2, 1.2, 0.5, 0.5, 1e9, -1e300]
    assert not seen(outside, [0.5, 0.5, -0.3, 1.3, 0.5, 1e300], [1] * 6, window, 8.0)[..., 3].any()
    half = seen([1.0], [0.5], [1], window, 8.0)[..., 3]
    assert half[:, 96:].any() and not half[:, :90].any()
    corner = seen([0.0], [0.0], [1], window, 8.0)[..., 3]
    assert corner[-4:, :4].any() and not corner[:70].any() and not corner[:, 10:].any()


def test_crowded_dots_are_brighter_than_lone_ones():
    x, y = np.r_[np.full(500, 0.25), 0.75], np.full(501, 0.5)
    picture = seen(x, y, np.zeros(501, int), frame(100, 100))
    assert picture[50, 25, 3] > picture[50, 75, 3] > 150


@pytest.mark.parametrize("way", [(0, 0), (3, 0), (-7, 12), (1, -5)])
def test_dots_keep_their_brightness_while_the_map_is_panned(way):
    random = np.random.default_rng(1)
    x, y = random.normal(0.5, 0.05, (2, 4000))
    still, window = frame(200, 200), frame(200, 200)
    moved = Frame(200, 200, window.scale_x, window.shift_x + way[0], window.scale_y, window.shift_y + way[1])
    classes = np.zeros(4000, int)
    before, after = (seen(x, y, classes, each)[..., 3] for each in (still, moved))
    np.testing.assert_array_equal(np.roll(before, way[::-1], (0, 1)), after)


def test_nothing_to_draw_is_an_empty_picture():
    assert not seen([], [], np.empty(0, int), frame(30, 20))[..., 3].any()
    nowhere = Frame(30, 20, float("inf"), float("nan"), 1.0, 0.0)
    assert not seen([0.5], [0.5], [0], nowhere)[..., 3].any()


def test_a_range_leaves_out_far_strays_but_not_near_ones():
    values = np.random.default_rng(0).normal(size=10_000)
    assert robust_range(values) == (values.min(), values.max())
    low, high = robust_range(np.r_[values, 1e6])
    assert low < -3 and 3 < high < 10
    low, high = robust_range(1e30 * np.r_[values, 1e6])
    assert low < -3e30 and 3e30 < high < 1e31


@pytest.mark.parametrize("value", [0.0, 5.0, -2e-9, 1e30])
def test_equal_values_get_a_range_around_them(value):
    low, high = robust_range(np.full(100, value))
    assert low < value < high
    assert robust_range(np.empty(0))[0] < robust_range(np.empty(0))[1]


def test_noise_beside_a_wide_range_is_not_spread_over_the_map():
    random = np.random.default_rng(0)
    wide, noise = random.uniform(-1, 1, 900), random.normal(0, 1e-8, 900)
    across, up = plane_ranges(wide, noise)
    assert across == robust_range(wide)
    assert up[1] - up[0] == pytest.approx(1e-3 * (across[1] - across[0]))
    assert sum(up) / 2 == pytest.approx(0, abs=1e-7)
    assert plane_ranges(noise, wide) == (up, across)
    assert plane_ranges(wide, 0.01 * wide)[1] == robust_range(0.01 * wide), "thin, and no noise"


def test_a_constant_coordinate_does_not_make_the_other_look_like_one():
    small = np.linspace(0, 1e-6, 50)
    assert plane_ranges(small, np.full(50, 3.0))[0] == (0, 1e-6)
    assert plane_ranges(np.empty(0), np.empty(0)) == ((-1, 1), (-1, 1))


def test_the_range_stands_still_while_it_serves():
    assert followed((0, 10), (0.5, 9.5)) == (0, 10)
    grown = followed((0, 10), (0.5, 11))
    assert grown[0] < 0.5 and grown[1] > 11
    shrunk = followed((0, 10), (4, 6))
    assert 3 < shrunk[0] < 4 and 6 < shrunk[1] < 7


def test_equal_places_count_once():
    x = np.r_[np.zeros(1000), 1.0]
    assert distinct_places(x, x, (0, 1), (0, 1)) == 2
    assert distinct_places(np.array([9e9]), np.array([-9e9]), (0, 1), (0, 1)) == 1
