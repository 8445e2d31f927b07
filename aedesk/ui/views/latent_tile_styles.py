"""Decoded samples as pictures in tiles: images, small curves, or words."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication

from aedesk.data.words import decode_words
from aedesk.ui.views.end_to_end import end_to_end
from aedesk.ui.views.latent_tiles import TileGrid, TileStyle
from aedesk.ui.views.mosaic import resized, thinned

_FRAME = 16  # of a tile's side, so that one image is told from the next
_LEAST_CURVE = 34.0
_MOST_THINNED = 4  # values per pixel, and more are left out
_USUAL_LENGTH = 0.75  # of the places for letters: few words fill them all
_INK = 220  # of 255: a curve that is all ink would stand out too much under the points


def images(shape: tuple[int, ...], limits: tuple[float, float], plain: bool) -> TileStyle:
    """Images ``[c, h, w]`` with values mostly within ``limits``, each in a narrow frame of nothing."""
    low, high = limits

    def drawn(samples: np.ndarray, grid: TileGrid) -> np.ndarray:
        shown = samples[:, :3] if samples.shape[1] >= 3 else samples[:, :1]
        frame = min(grid.across, grid.down) // _FRAME
        down, across = grid.down - 2 * frame, grid.across - 2 * frame
        cells = resized(thinned(shown, 2 * max(across, down)), down, across)
        levels = np.nan_to_num((cells - low) / (high - low), nan=0.0, posinf=1.0, neginf=0.0)
        levels = (levels.clip(0, 1) * 255 + 0.5).astype(np.uint8)
        levels = np.pad(levels, ((0, 0), (0, 0), (frame, frame), (frame, frame)))
        tiles = levels.reshape(grid.rows, grid.columns, -1, grid.down, grid.across)
        picture = tiles.transpose(0, 3, 1, 4, 2).reshape(grid.rows * grid.down, grid.columns * grid.across, -1)
        return np.ascontiguousarray(picture[..., 0] if picture.shape[2] == 1 else picture)

    return TileStyle(shape, drawn, aspect=shape[2] / shape[1], plain=plain)


def curves(shape: tuple[int, ...], limits: tuple[float, float]) -> TileStyle:
    """Signals ``[t]`` or ``[t, c]`` as small curves between two limits, each in a tile of its own."""
    low, high = limits

    def drawn(samples: np.ndarray, grid: TileGrid) -> np.ndarray:
        samples = end_to_end(samples)
        every = max(1, samples.shape[1] // (_MOST_THINNED * grid.across))
        share = np.nan_to_num((samples[:, ::every] - low) / (high - low)).clip(-0.1, 1.1)
        margin = grid.down / 8
        x = np.linspace(margin, grid.across - margin, share.shape[1])
        y = grid.down - margin - share * (grid.down - 2 * margin)

        def paint(painter: QPainter, tile: int) -> None:
            painter.drawPolyline(QPolygonF([QPointF(*point) for point in zip(x, y[tile], strict=True)]))

        return _painted(grid, paint, QPen(_ink(), max(1.0, grid.down / 24)))

    return TileStyle(shape, drawn, aspect=1.5, least=_LEAST_CURVE)


def words(shape: tuple[int, ...], alphabet: tuple[str, ...]) -> TileStyle:
    """Words of ``shape[0]`` places for letters of an alphabet, in a font in which most have room."""
    font = QApplication.font()
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance("n") * max(3, _USUAL_LENGTH * shape[0]), metrics.height() * 1.2

    def drawn(samples: np.ndarray, grid: TileGrid) -> np.ndarray:
        texts = decode_words(samples, alphabet)
        sized = QFont(font)
        sized.setPixelSize(max(4, round(grid.down * 0.62)))
        room = QRectF(0, 0, grid.across, grid.down)

        def paint(painter: QPainter, tile: int) -> None:
            painter.setFont(sized)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, texts[tile])

        return _painted(grid, paint, QPen(_ink()))

    return TileStyle(shape, drawn, aspect=width / height, least=float(np.sqrt(width * height)))


def _painted(grid: TileGrid, paint: Callable[[QPainter, int], None], pen: QPen) -> np.ndarray:
    """What ``paint`` does to every tile, whose corner is at (0, 0) then: uint8 ``[height, width]``."""
    width, height = grid.columns * grid.across, grid.rows * grid.down
    image = QImage(width, height, QImage.Format.Format_Grayscale8)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    for tile in range(grid.rows * grid.columns):
        painter.resetTransform()
        painter.translate(tile % grid.columns * grid.across, tile // grid.columns * grid.down)
        paint(painter, tile)
    painter.end()
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())
    return lines[:, :width].copy()


def _ink() -> QColor:
    return QColor(_INK, _INK, _INK)
