"""Arrays as pictures at any size, every value a sharp square of equal size."""

import numpy as np

_OPAQUE = np.uint32(0xFF000000)


def pictured(
    cells: np.ndarray, height: int, width: int, colours: list[int] | None, missing: float = 0.0
) -> np.ndarray:
    """Cells ``[n, c, h, w]`` with values 0…1 as pixels 0xffRRGGBB, uint32 ``[n, height, width]``.

    One channel is painted with ``colours``, 256 of 0xffRRGGBB, or plain greys where that is None;
    three are red, green and blue. What is not a number is painted as ``missing``.
    """
    levels = np.nan_to_num(resized(cells, height, width), nan=missing, posinf=1.0, neginf=0.0)
    levels = (levels.clip(0, 1) * 255 + 0.5).astype(np.uint8)
    if levels.shape[1] == 1 and colours is not None:
        return np.array(colours, np.uint32)[levels[:, 0]]
    red, green, blue = (levels[:, min(place, levels.shape[1] - 1)].astype(np.uint32) for place in range(3))
    return _OPAQUE | (red << 16) | (green << 8) | blue


def resized(cells: np.ndarray, height: int, width: int) -> np.ndarray:
    """Cells ``[n, c, h, w]`` as float32 ``[n, c, height, width]``.

    Every new pixel is the mean of what it covers, so that squares stay sharp and equally large
    where their sides are no whole number of pixels.
    """
    cells = np.asarray(cells, np.float32)
    with np.errstate(invalid="ignore"):  # of a network that has diverged
        return _coverage(height, cells.shape[2]) @ cells @ _coverage(width, cells.shape[3]).T


def thinned(cells: np.ndarray, side: int) -> np.ndarray:
    """Cells ``[n, c, h, w]`` with only every second, third … row and column, none left shorter than ``side``.

    Averaging many values for every pixel takes long and shows little more.
    """
    down, across = (max(1, length // side) for length in cells.shape[2:])
    return cells[:, :, ::down, ::across]


def _coverage(new: int, old: int) -> np.ndarray:
    """The share of each of ``old`` values in each of ``new`` pixels, float32 ``[new, old]``."""
    pixels, values = np.linspace(0, old, new + 1), np.arange(old + 1)
    end = np.minimum(pixels[1:, None], values[None, 1:])
    start = np.maximum(pixels[:-1, None], values[None, :-1])
    return ((end - start).clip(0) * new / old).astype(np.float32)
