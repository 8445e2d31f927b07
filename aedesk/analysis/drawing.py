"""A person's drawing, or a picture of one, brought to the form a model of digits was trained on."""

import math

import numpy as np

from aedesk.errors import DataError

MNIST_BOX = 20 / 28
"""How much of an MNIST image its digit's longer side fills."""

_MOST_PIXELS = 50_000_000
_LONGEST_SIDE = 1024  # larger pictures are averaged down to about this before anything else
_FAINTEST_INK = 0.1  # fainter edges and specks do not count when a drawing is measured
_LEAST_CONTRAST = 0.05


def normalise_drawing(
    ink: np.ndarray, size: tuple[int, int] = (28, 28), box: float = MNIST_BOX
) -> np.ndarray:
    """Bring a drawing to MNIST's own form.

    ``ink`` is ``[h, w]``, 0 (paper) to 1 (ink), of any size. What is drawn is scaled, keeping its
    shape, until it just fits ``box`` times ``size``, averaged over each pixel's area, and placed
    so that its centre of mass is at the middle, as near as whole pixels allow and without
    cutting anything off. Returns float32 ``[*size]``, 0 to 1; all zeros where nothing is drawn.

    The form is that of LeCun, Bottou, Bengio & Haffner, "Gradient-based learning applied to
    document recognition" (1998), where a digit is fitted into 20 × 20 of 28 × 28 pixels. MNIST's
    files hold the centre of mass within half a pixel of pixel 14, counted from 0.
    """
    result = np.zeros(size, dtype=np.float32)
    drawn = np.clip(np.asarray(ink, dtype=np.float32), 0, 1)
    rows = np.flatnonzero((drawn > _FAINTEST_INK).any(axis=1))
    columns = np.flatnonzero((drawn > _FAINTEST_INK).any(axis=0))
    if not len(rows):
        return result
    drawn = drawn[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    limits = [max(1, round(side * box)) for side in size]
    small = _scaled(drawn, min(limits[0] / drawn.shape[0], limits[1] / drawn.shape[1]))
    top, left = (
        int(np.clip(round(side / 2 - centre), 0, side - length))
        for side, centre, length in zip(size, _centre_of_mass(small), small.shape, strict=True)
    )
    result[top : top + small.shape[0], left : left + small.shape[1]] = small
    return result


def ink_from_image(image: np.ndarray) -> np.ndarray:
    """The ink of a picture of a drawing: float32 ``[h, w]``, 0 (paper) to 1 (ink).

    ``image`` is grey ``[h, w]`` or ``[h, w, c]`` with grey, grey and alpha, RGB, or RGB and alpha
    channels; integers of the whole range of their type, booleans, or floats from 0 to 1. Its
    border tells the paper's brightness; what differs from it, darker or lighter, is the ink, so
    dark on light and light on dark both work. A picture without contrast has no ink. Large
    pictures come back smaller. Raises `DataError` for an array that is no picture.
    """
    picture = _shrunk(_checked(np.asarray(image)))
    grey = _grey_on_plain_ground(picture)
    border = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    paper = np.median(border)
    # Paper in a photograph is uneven: three times its usual deviation still counts as paper.
    unevenness = 3 * np.median(np.abs(border - paper))
    darker = np.clip(paper - grey - unevenness, 0, None)
    lighter = np.clip(grey - paper - unevenness, 0, None)
    ink = darker if darker.sum() > lighter.sum() else lighter
    strongest = ink.max()
    if strongest < _LEAST_CONTRAST:
        return np.zeros_like(ink)
    return ink / strongest


def check_picture_size(height: int, width: int) -> None:
    """Raise `DataError` for a picture of more pixels than `ink_from_image` takes."""
    if height * width > _MOST_PIXELS:
        raise DataError(
            f"This image is too large: {width} × {height} pixels. "
            f"Use one of at most {_MOST_PIXELS // 1_000_000} million pixels."
        )


def _scaled(drawn: np.ndarray, scale: float) -> np.ndarray:
    """The drawing at another scale, on as many whole pixels as it needs, centred on them."""
    down, across = (_area_weights(side, scale) for side in drawn.shape)
    return np.clip(down @ drawn @ across.T, 0, 1)


def _area_weights(side: int, scale: float) -> np.ndarray:
    """How much of each new pixel (rows) is covered by each old one (columns)."""
    count = max(1, math.ceil(side * scale - 1e-6))
    edges = (side - count / scale) / 2 + np.arange(count + 1) / scale  # in old pixels
    old = np.arange(side)
    ends = np.minimum(edges[1:, None], old + 1)
    starts = np.maximum(edges[:-1, None], old)
    return (np.clip(ends - starts, 0, None) * scale).astype(np.float32)


def _centre_of_mass(ink: np.ndarray) -> tuple[float, float]:
    """Row and column, counted from 0 at the middle of the first pixel."""
    mass = float(ink.sum())
    row = float(ink.sum(axis=1) @ np.arange(ink.shape[0])) / mass
    column = float(ink.sum(axis=0) @ np.arange(ink.shape[1])) / mass
    return row, column


def _checked(image: np.ndarray) -> np.ndarray:
    """The picture as ``[h, w, c]``, or the reason why it is none."""
    if image.ndim == 2:
        image = image[:, :, None]
    if image.ndim != 3 or image.shape[2] not in (1, 2, 3, 4):
        shape = " × ".join(str(side) for side in image.shape) or "a single number"
        raise DataError(
            f"This is not a picture: its shape is {shape}. Use a grey or colour image, "
            "height × width, with 1 to 4 channels."
        )
    if image.size == 0:
        raise DataError(
            f"This image is empty: {image.shape[1]} × {image.shape[0]} pixels. Choose another one."
        )
    check_picture_size(*image.shape[:2])
    if image.dtype.kind not in "buif":
        raise DataError(
            f"This is not a picture: its values are of the type {image.dtype}. "
            "Use an image of numbers."
        )
    if image.dtype.kind == "f" and not np.isfinite(image).all():
        raise DataError(
            "This image holds values that are not numbers. Save it again with values from 0 to 1."
        )
    return image


def _shrunk(image: np.ndarray) -> np.ndarray:
    """The picture as floats from 0 to 1, averaged down to about `_LONGEST_SIDE`."""
    height, width, channels = image.shape
    most = 1.0 if image.dtype.kind in "bf" else float(np.iinfo(image.dtype).max)
    step = min(math.ceil(max(height, width) / _LONGEST_SIDE), height, width)
    if step > 1:
        image = image[: height // step * step, : width // step * step]
        blocks = image.reshape(height // step, step, width // step, step, channels)
        image = blocks.mean(axis=(1, 3), dtype=np.float32)
    return np.clip(image.astype(np.float32) / most, 0, 1)


def _grey_on_plain_ground(picture: np.ndarray) -> np.ndarray:
    """``[h, w, c]`` as grey ``[h, w]``: see-through parts become the opposite of what is drawn."""
    channels = picture.shape[2]
    if channels >= 3:
        grey = picture[:, :, :3] @ np.array([0.299, 0.587, 0.114], dtype=np.float32)  # Rec. 601
    else:
        grey = picture[:, :, 0]
    if channels in (1, 3):
        return grey
    alpha = picture[:, :, -1]
    visible = float(alpha.sum())
    if not visible:
        return np.zeros_like(grey)
    ground = 1.0 if float((grey * alpha).sum()) / visible < 0.5 else 0.0
    return grey * alpha + ground * (1 - alpha)
