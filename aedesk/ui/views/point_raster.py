"""Many points drawn as one picture: numpy writes every dot into the pixels it covers."""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor, isfinite, pi, sqrt

import numpy as np

_LEVELS = 8
_FAINTEST, _FAINTEST_LARGE = 0.75, 0.9  # opacity of a lone dot; where many lie, they are opaque
_SEPARATE = 5.0  # pixels: the diameter from which dots are drawn one after the other
_MOST_WRITES = 2_500_000  # keeps a frame under 15 ms however many points are in view


@dataclass(frozen=True)
class Frame:
    """A window on the map: ``pixel = coordinate * scale + shift``, in ``width`` × ``height`` pixels.

    Pixels are the device's; pixel rows run downwards.
    """

    width: int
    height: int
    scale_x: float
    shift_x: float
    scale_y: float
    shift_y: float


@dataclass(frozen=True)
class Raster:
    """Premultiplied 0xAARRGGBB pixels ``[height + 2 margin, width + 2 margin]`` of a Frame."""

    pixels: np.ndarray
    margin: int


def draw(
    x: np.ndarray,
    y: np.ndarray,
    classes: np.ndarray,
    colours: np.ndarray,
    frame: Frame,
    diameter: float,
    opacity: float = 1.0,
) -> Raster:
    """Dots at finite coordinates ``x`` and ``y`` ``[m]``, coloured ``colours[classes]`` (uint8 ``[c, 3]``).

    ``diameter`` is in pixels; it is reduced where that many dots would take too long. Where dots
    share a pixel the later one is seen. Large dots are set apart by their faint rims; of small ones
    a dot's heart covers its neighbours' rims, which would else hide more than they show. ``opacity``
    is that of the most crowded dots.
    """
    drawn = (frame.scale_x, frame.scale_y, frame.shift_x, frame.shift_y)
    if not len(x) or not all(map(isfinite, drawn)):
        return Raster(np.zeros((frame.height, frame.width), np.uint32), 0)
    reach = _reach(diameter)
    rows, across, down = _in_view(x, y, frame, reach)
    diameter = min(diameter, sqrt(4 / pi * _MOST_WRITES / max(len(rows), 1)))
    margin = 2 * reach  # dots whose centre lies just outside are cut, not wrapped around
    width = frame.width + 2 * margin
    pixels = np.zeros((frame.height + 2 * margin) * width, np.uint32)
    level = _crowding(across, down, frame, width, diameter)
    shade = classes[rows] * _LEVELS + level
    at = down * width + across
    dot = _dot(max(1.0, round(diameter * 2) / 2))
    if diameter < _SEPARATE:
        for coverage, offsets in dot:
            values = _shades(colours, coverage * opacity, _FAINTEST)[shade]
            for dy, dx in offsets:
                pixels[at + (dy * width + dx)] = values
    else:
        offsets = np.array([dy * width + dx for _, places in dot for dy, dx in places])
        shades = [
            _shades(colours, coverage * opacity, _FAINTEST_LARGE) for coverage, places in dot for _ in places
        ]
        pixels[at[:, None] + offsets] = np.stack(shades, 1)[shade]
    return Raster(pixels.reshape(-1, width), margin)


def _reach(diameter: float) -> int:
    return ceil(diameter / 2) + 1


def _in_view(
    x: np.ndarray, y: np.ndarray, frame: Frame, reach: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Which points' dots can be seen, and the pixels of their centres on the picture with its margin."""
    with np.errstate(over="ignore", invalid="ignore"):
        across = x * frame.scale_x + (frame.shift_x + reach)
        down = y * frame.scale_y + (frame.shift_y + reach)
        seen = (across >= 0) & (across < frame.width + 2 * reach)
        seen &= (down >= 0) & (down < frame.height + 2 * reach)
    rows = np.flatnonzero(seen)
    return rows, across[rows].astype(np.intp) + reach, down[rows].astype(np.intp) + reach


def _crowding(
    across: np.ndarray, down: np.ndarray, frame: Frame, width: int, diameter: float
) -> np.ndarray:
    """How many share each dot's place, as a level ``0 … _LEVELS - 1`` (a level per doubling).

    Places are squares about as large as a dot, fixed to the map and not to the window, so that
    dots do not flicker while the map is panned.
    """
    bits = max(1, round(diameter)).bit_length()
    phase_x, phase_y = (-floor(shift) % (1 << bits) for shift in (frame.shift_x, frame.shift_y))
    columns = (width >> bits) + 2
    place = ((down + phase_y) >> bits) * columns + ((across + phase_x) >> bits)
    counts = np.bincount(place)
    levels = np.minimum(np.log2(np.maximum(counts, 1)), _LEVELS - 1).astype(np.intp)
    return levels[place]


def _shades(colours: np.ndarray, coverage: float, faintest: float) -> np.ndarray:
    """Premultiplied 0xAARRGGBB of every class at every level ``[classes * _LEVELS]``."""
    alpha = coverage * np.linspace(faintest, 1, _LEVELS)
    rgb = (colours[:, None, :] * alpha[:, None]).round().astype(np.uint32)
    red, green, blue = rgb[..., 0], rgb[..., 1], rgb[..., 2]
    opacity = (alpha * 255).round().astype(np.uint32)
    return (opacity << 24 | red << 16 | green << 8 | blue).ravel()


@lru_cache(maxsize=64)
def _dot(diameter: float) -> list[tuple[float, list[tuple[int, int]]]]:
    """The pixels ``(dy, dx)`` a disc covers, by how much of them (in quarters), least first."""
    reach, fine = _reach(diameter), 8
    steps = (np.arange(fine) + 0.5) / fine - 0.5
    places = (np.arange(-reach, reach + 1)[:, None] + steps).ravel()
    inside = places[:, None] ** 2 + places**2 <= (diameter / 2) ** 2
    side = 2 * reach + 1
    share = inside.reshape(side, fine, side, fine).mean((1, 3))
    quarters = np.round(share * 4).astype(int)
    quarters[reach, reach] = 4
    return [
        (quarter / 4, [(int(dy) - reach, int(dx) - reach) for dy, dx in np.argwhere(quarters == quarter)])
        for quarter in (1, 2, 3, 4)
    ]
