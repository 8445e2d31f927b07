"""A map's background in tiles: where they lie, what is asked for them, and what comes back."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor, sqrt

import numpy as np

from aedesk.ui.views.latent_range import Range

_MOST_ALONG = 20  # tiles along the longer side of the view


@dataclass(frozen=True)
class TileGrid:
    """``columns`` × ``rows`` tiles from the corner (``left``, ``top``) on, to the right and downwards.

    A tile is ``width`` × ``height`` in the map's coordinates, in which up is more, and ``across`` ×
    ``down`` in the screen's own pixels.
    """

    left: float
    top: float
    width: float
    height: float
    columns: int
    rows: int
    across: int
    down: int

    def centres(self) -> np.ndarray:
        """The middles of all tiles ``[rows * columns, 2]``, row by row from the top."""
        x = self.left + (np.arange(self.columns) + 0.5) * self.width
        y = self.top - (np.arange(self.rows) + 0.5) * self.height
        return np.stack(np.meshgrid(x, y), -1).reshape(-1, 2)


@dataclass(frozen=True)
class TileStyle:
    """How decoded samples become a picture, and how large they should be to be made out.

    ``draw`` takes samples ``[rows * columns, *shape]`` in scaled units and returns levels, uint8
    ``[height, width]``, or colours ``[height, width, 3]``, in the grid's pixels; it runs in another
    thread. ``aspect`` is a tile's width by its height, and ``least`` the side in device-independent
    pixels of a square as large as the smallest useful tile. ``plain`` levels are greys, not ink.
    """

    shape: tuple[int, ...]
    draw: Callable[[np.ndarray, TileGrid], np.ndarray]
    aspect: float = 1.0
    least: float = 28.0
    plain: bool = False

    def grid(self, across: Range, up: Range, room: tuple[float, float], ratio: float) -> TileGrid:
        """The tiles that cover two ranges, shown in a ``room`` of device-independent pixels.

        ``ratio`` is how many of the screen's pixels make one of those. The tiles lie where they lie
        for any other stretch of the same map at the same zoom.
        """
        side = max(self.least, max(room) / _MOST_ALONG)
        width = max(2, round(side * sqrt(self.aspect) * ratio))
        height = max(2, round(side / sqrt(self.aspect) * ratio))
        wide = width * (across[1] - across[0]) / (room[0] * ratio)
        high = height * (up[1] - up[0]) / (room[1] * ratio)
        first, last = floor(across[0] / wide), ceil(across[1] / wide)
        lowest, highest = floor(up[0] / high), ceil(up[1] / high)
        return TileGrid(
            first * wide, highest * high, wide, high, last - first, highest - lowest, width, height
        )


@dataclass(frozen=True, eq=False)
class PlaneRequest:
    """Codes ``[n, k]`` to decode, one for each tile. ``about`` says which map is meant."""

    about: object
    grid: TileGrid
    codes: np.ndarray
    style: TileStyle


@dataclass(frozen=True, eq=False)
class PlanePicture:
    """What came of a request: levels or colours as its style draws them, and how long it took."""

    request: PlaneRequest
    pixels: np.ndarray
    seconds: float
