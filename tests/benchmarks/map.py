"""How long the latent map takes for a frame: ``python -m tests.benchmarks.map``.

Frames are painted for real, into an offscreen window. Prints a table of milliseconds: as they
pass, and as the processor worked on them, which other programs lengthen less.
"""

import os
from collections.abc import Callable
from time import perf_counter, process_time
from typing import Any

import numpy as np

_FRAMES = 60
_SIZES = ((420, 360), (900, 700))


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from aedesk.ui import theme

    app = QApplication([])
    theme.apply(app, "light")
    print(
        f"{'window':>9} {'points':>7} {'what':<28} "
        f"{'median ms':>10} {'99 % ms':>8} {'frames/s':>9} {'processor ms':>13}"
    )
    for size in _SIZES:
        for count in (10_000, 70_000):
            for what, times in _measured(count, size).items():
                (median, worked), (worst, _) = np.percentile(times, (50, 99), axis=0)
                print(
                    f"{f'{size[0]}×{size[1]}':>9} {count:>7} {what:<28} "
                    f"{median:>10.1f} {worst:>8.1f} {1000 / median:>9.0f} {worked:>13.1f}"
                )


def _measured(count: int, size: tuple[int, int]) -> dict[str, list[tuple[float, float]]]:
    """Milliseconds by kind of frame, each the change and the whole repaint that follows it."""
    from PySide6.QtCore import QPointF
    from PySide6.QtWidgets import QApplication

    from aedesk.ui.views.latent_map import LatentMap
    from aedesk.ui.views.point_raster import Frame, draw

    view = LatentMap()
    view.resize(*size)
    view.show()
    dataset, snapshot, wide = _digits(count)
    view.show_dataset(dataset)
    view.show_snapshot(snapshot(0))
    plot = view.map
    middle = QPointF(plot.rect().center())

    def hover(number: int) -> None:
        plot._on_hovered(QPointF(plot.position(plot.place(number))))
    x, y = np.ascontiguousarray(snapshot(0).codes.T.astype(float))
    frame = Frame(*size, size[0] / 8, size[0] / 2, -size[1] / 8, size[1] / 2)
    colours = np.full((10, 3), 99, np.uint8)

    def pan(number: int) -> None:
        plot._on_panned(QPointF(5 if number % 20 < 10 else -5, 3))

    def zoom(number: int) -> None:
        plot._on_zoomed(middle, 0.9 if number % 20 < 10 else 1 / 0.9)

    def paint(change: Callable[[int], None]) -> Callable[[int], None]:
        def changed(number: int) -> None:
            change(number)
            QApplication.processEvents()

        return changed

    for _ in range(5):
        QApplication.processEvents()
    result = {
        "the picture alone": _times(lambda _: draw(x, y, dataset.labels, colours, frame, 2.0)),
        "pan": _times(paint(pan)),
        "zoom": _times(paint(zoom)),
        "a new snapshot": _times(paint(lambda number: view.show_snapshot(snapshot(number)))),
    }
    plot.fit()
    QApplication.processEvents()
    result["the cursor finds a sample"] = _times(paint(hover))
    view.show_snapshot(wide)
    result["snapshot, PCA of 49 numbers"] = _times(paint(lambda _: view.show_snapshot(wide)))
    view.close()
    return result


def _times(do: Callable[[int], None]) -> list[tuple[float, float]]:
    """How long doing something takes on the clock and of the processor, again and again."""
    times = []
    for number in range(_FRAMES):
        began, worked = perf_counter(), process_time()
        do(number)
        times.append((1000 * (perf_counter() - began), 1000 * (process_time() - worked)))
    return times


def _digits(count: int) -> tuple[Any, Callable[..., Any], Any]:
    """Ten clouds of points that move a little from snapshot to snapshot."""
    import torch

    from aedesk.data.dataset import Dataset
    from aedesk.data.scaling import Scaler
    from aedesk.training.events import Snapshot

    random = np.random.default_rng(0)
    labels = random.integers(0, 10, count)
    codes = (random.normal(size=(count, 49)) + 3 * random.normal(size=(10, 49))[labels]).astype(np.float32)
    rows, scaler = torch.arange(count), Scaler(np.zeros(()), np.ones(()))
    inputs = torch.rand(1, 1, 28, 28).expand(count, 1, 28, 28)
    names = tuple("0123456789")
    dataset = Dataset("x", "image", inputs, rows, rows, rows, scaler, 1.0, True, labels, names)
    nothing, points = np.empty(0), np.arange(count)

    def snapshot(number: int, width: int = 2) -> Snapshot:
        now = codes[:, :width] * (1 + 0.01 * np.float32(np.sin(number)))
        return Snapshot(float(number), {}, points, now, nothing, nothing, nothing)

    return dataset, snapshot, snapshot(0, 49)


if __name__ == "__main__":
    main()
