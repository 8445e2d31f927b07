"""Tiles on a map's background: where they lie, and what is drawn on them."""

import numpy as np
import pytest

from aedesk.ui.views import latent_tile_styles
from aedesk.ui.views.latent_tiles import TileGrid, TileStyle

SQUARE = TileStyle((1, 4, 4), lambda samples, grid: np.zeros((1, 1), np.uint8))
SMALL = TileGrid(left=0.0, top=2.0, width=1.0, height=1.0, columns=3, rows=2, across=8, down=8)


@pytest.fixture(autouse=True)
def app(qapp):
    """Drawing text needs an application."""


@pytest.mark.parametrize("room", [(170.0, 205.0), (446.0, 250.0), (1500.0, 900.0)])
@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_the_tiles_cover_the_view_and_are_square(room, ratio):
    across, up = (-3.1, 2.7), (10.0, 31.0)
    grid = SQUARE.grid(across, up, room, ratio)
    assert grid.left <= across[0] and grid.left + grid.columns * grid.width >= across[1]
    assert grid.top >= up[1] and grid.top - grid.rows * grid.height <= up[0]
    assert grid.left + grid.width > across[0] and grid.top - grid.height < up[1], "none lies outside"
    wide = grid.width / (across[1] - across[0]) * room[0]
    high = grid.height / (up[1] - up[0]) * room[1]
    assert wide == pytest.approx(high, rel=0.02)
    assert grid.across == pytest.approx(wide * ratio) and grid.down == pytest.approx(high * ratio)
    assert grid.columns * grid.rows <= 500


def test_tiles_stay_where_they_are_while_the_map_is_panned():
    first = SQUARE.grid((-3.0, 3.0), (-2.0, 2.0), (400, 300), 1.0)
    later = SQUARE.grid((-2.63, 3.37), (-1.2, 2.8), (400, 300), 1.0)
    assert (later.width, later.height) == pytest.approx((first.width, first.height))
    assert (later.left - first.left) / first.width == pytest.approx(round((later.left - first.left) / first.width))
    both = {tuple(centre) for centre in first.centres().round(6)} & {
        tuple(centre) for centre in later.centres().round(6)
    }
    assert len(both) > 0.4 * len(first.centres())


def test_centres_go_row_by_row_from_the_top():
    assert SMALL.centres().tolist() == [[0.5, 1.5], [1.5, 1.5], [2.5, 1.5], [0.5, 0.5], [1.5, 0.5], [2.5, 0.5]]


def test_the_shape_of_an_image_is_that_of_its_tile():
    style = latent_tile_styles.images((1, 10, 30), (0.0, 1.0), plain=False)
    grid = style.grid((0.0, 1.0), (0.0, 1.0), (600, 600), 1.0)
    assert grid.across / grid.down == pytest.approx(3, rel=0.05)


def test_every_image_is_drawn_in_its_tile_between_the_limits():
    style = latent_tile_styles.images((1, 4, 4), (-1.0, 1.0), plain=False)
    values = np.array([-1.0, -0.5, 0.0, 0.5, 1.0, 7.0], np.float32)
    samples = np.broadcast_to(values[:, None, None, None], (6, 1, 4, 4)).copy()
    samples[0, 0, 0, 0] = 1.0  # the upper left corner
    pixels = style.draw(samples, SMALL)
    assert pixels.shape == (16, 24) and pixels.dtype == np.uint8 and pixels.flags.c_contiguous
    middles = pixels[4::8, 4::8]
    assert middles.ravel().tolist() == pytest.approx([0, 64, 128, 191, 255, 255], abs=1)
    assert (pixels[:2, :2] == 255).all() and (pixels[2:8, :8] == 0).all()


def test_a_frame_keeps_images_apart():
    grid = TileGrid(left=0.0, top=1.0, width=1.0, height=1.0, columns=2, rows=1, across=32, down=32)
    pixels = latent_tile_styles.images((1, 8, 8), (0.0, 1.0), plain=False).draw(np.ones((2, 1, 8, 8), np.float32), grid)
    assert (pixels[2:30, 2:30] == 255).all() and (pixels[2:30, 34:62] == 255).all()
    assert not pixels[:2].any() and not pixels[30:].any() and not pixels[:, 30:34].any()


def test_colours_stay_colours_and_what_is_no_number_is_empty():
    style = latent_tile_styles.images((3, 2, 2), (0.0, 1.0), plain=True)
    samples = np.zeros((6, 3, 2, 2), np.float32)
    samples[0, 0], samples[1, 1], samples[2, 2], samples[3] = 1.0, 1.0, 1.0, np.nan
    pixels = style.draw(samples, SMALL)
    assert pixels.shape == (16, 24, 3)
    assert pixels[4, [4, 12, 20]].tolist() == [[255, 0, 0], [0, 255, 0], [0, 0, 255]]
    assert not pixels[12].any()


def test_curves_rise_where_their_signals_do():
    grid = TileGrid(0.0, 1.0, 1.0, 1.0, columns=2, rows=1, across=40, down=30)
    style = latent_tile_styles.curves((500,), (0.0, 1.0))
    rising = np.linspace(0, 1, 500, dtype=np.float32)
    pixels = style.draw(np.stack([rising, np.full(500, np.nan, np.float32)]), grid)
    assert pixels.shape == (30, 80)
    inked = [float(np.average(np.arange(30), weights=pixels[:, column])) for column in range(6, 34)]
    assert (np.diff(inked) < 0.5).all() and inked[0] > 20 and inked[-1] < 10, "up is less"
    assert pixels[:, 40:].any(), "a signal of a network that diverged is a flat line"


def test_words_are_written_into_their_tiles():
    alphabet = (" ", "a", "i", "m")
    style = latent_tile_styles.words((6, 4), alphabet)
    grid = style.grid((0.0, 1.0), (0.0, 1.0), (400, 300), 1.0)
    grid = TileGrid(0, 1, 1, 1, columns=3, rows=1, across=grid.across, down=grid.down)
    samples = np.zeros((3, 6, 4), np.float32)
    samples[..., 0] = 0.5
    samples[0, 0, 2] = samples[1, :5, 3] = 1.0
    pixels = style.draw(samples, grid)
    ink = [(pixels[:, start : start + grid.across] > 60).sum() for start in range(0, 3 * grid.across, grid.across)]
    assert 0 < ink[0] < ink[1] / 4 and ink[2] == 0, "i, mmmmm and nothing"
