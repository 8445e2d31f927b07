"""How fast 10 million samples are drawn on the signal desk: ``python -m tests.benchmarks.long_signal``.

Frames are painted for real, into an offscreen window: three lanes, before, after and removed, zoomed
and moved along, of evenly spaced samples, of some with a thousand gaps in time, and of uneven ones.
Prints milliseconds for a frame, as they pass and as the processor worked on them, what making the
lanes ready takes in seconds and memory, and what opening so many rows of a table takes.
"""

import os
import resource
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import numpy as np

from aedesk.data.sampling import Sampling

COUNT = 10_000_000
_FRAMES = 20
_SIZES = ((520, 400), (1200, 800), (1900, 1000))
_SPANS = (COUNT, 2_000_000, 200_000, 20_000, 2_000)


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from aedesk.ui import theme

    app = QApplication([])
    theme.apply(app, "light")
    noisy = np.random.default_rng(0).normal(size=COUNT)
    noisy += np.sin(np.arange(COUNT) / 5000)
    cleaned = np.sin(np.arange(COUNT) / 5000).astype(np.float32)
    print(f"{COUNT:,} samples: {noisy.nbytes / 2**20:.0f} MiB before, {cleaned.nbytes / 2**20:.0f} MiB after")
    print(
        f"{'place':>9} {'samples in view':>16} {'what':<8} {'median ms':>10} {'99 % ms':>8} "
        f"{'processor ms':>13} {'frames/s':>9}"
    )
    for lying, sampling in _samplings().items():
        print(lying)
        for size in _SIZES:
            for span, what, times in _measured(app, noisy, cleaned, size, sampling):
                (median, worked), (worst, _) = np.percentile(times, (50, 99), axis=0)
                print(
                    f"{f'{size[0]}×{size[1]}':>9} {span:>16,} {what:<8} {median:>10.1f} {worst:>8.1f} "
                    f"{worked:>13.1f} {1000 / median:>9.0f}"
                )
    del noisy, cleaned
    _open_table()


def _open_table() -> None:
    """Open a table of times and values on the desk, in a process that has opened a short one before."""
    from PySide6.QtCore import QEventLoop

    from aedesk.ui.panels.signal_desk import SignalDesk

    desk, loop = SignalDesk(), QEventLoop()
    desk.resize(1200, 800)
    desk.show()
    desk.file_opened.connect(lambda _: loop.quit())
    with TemporaryDirectory() as folder:
        for count in (1000, COUNT):
            path = Path(folder) / f"{count}.csv"
            with path.open("w") as file:
                file.write("time_s,value\n")
                for start in range(0, count, 100_000):
                    rows = np.arange(start, min(count, start + 100_000))
                    np.savetxt(file, np.column_stack([rows / 1000, np.sin(rows / 500)]), "%.3f,%.6f")
            before, began = _forget_most(), perf_counter()
            desk.open_file(path)
            loop.exec()
            size, taken = path.stat().st_size / 2**20, _most_since() - before
        print(
            f"{count:,} rows, {size:.0f} MiB, opened in {perf_counter() - began:.1f} s with {taken:.0f} MiB at most: "
            f"{taken / size:.2f} times the file"
        )
    desk.deleteLater()


def _forget_most() -> float:
    """Begin to look for the most memory anew; what is used now, in MiB (Linux)."""
    Path("/proc/self/clear_refs").write_text("5")
    return _status("VmRSS")


def _most_since() -> float:
    return _status("VmHWM")


def _status(name: str) -> float:
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024


def _samplings() -> dict[str, Sampling]:
    breaks = np.arange(1, 1000) * (COUNT // 1000)
    steps = np.random.default_rng(1).uniform(0.5, 1.5, COUNT - 1)
    return {
        "evenly spaced": Sampling(1.0),
        "with 999 gaps in time": Sampling(1.0, breaks, jumps=np.full(999, 3000.0)),
        "uneven": Sampling(1.0, unevenness=0.5, times=np.concatenate([[0.0], np.cumsum(steps)])),
    }


def _measured(app, noisy: np.ndarray, cleaned: np.ndarray, size: tuple[int, int], sampling: Sampling) -> Iterator:
    """Kinds of frame, each with milliseconds passed and worked of the change and the repaint that follows it."""
    from aedesk.ui.panels.signal_plot import SignalPlot
    from aedesk.ui.panels.signal_seen import Seen

    plot = SignalPlot()
    plot.resize(*size)
    plot.show()
    before, began = _memory(), perf_counter()
    plot.show_seen(Seen("noise", "mV", 1.0, noisy, cleaned, taken=sampling))
    asked = perf_counter() - began
    while plot._later.is_busy():
        app.processEvents()
    if size == _SIZES[0]:
        print(
            f"made ready in {perf_counter() - began:.2f} s, of which the window's thread waits {asked:.3f} s; "
            f"{_memory() - before:.0f} MiB more at most"
        )
    box = plot.lanes.upper.getViewBox()
    for span in _SPANS:
        for what in ("pan", "zoom"):
            times = []
            for frame in range(_FRAMES):
                width = span * (0.98**frame if what == "zoom" else 0.9)
                moved = 0.1 * span * frame / _FRAMES if what == "pan" else 0.0
                start = 0.3 * (COUNT - span) + moved
                passed, worked = perf_counter(), process_time()
                box.setXRange(start, start + width, padding=0)
                app.processEvents()  # draws what has changed
                times.append((1000 * (perf_counter() - passed), 1000 * (process_time() - worked)))
            yield span, what, times
    plot.deleteLater()
    app.processEvents()


def _memory() -> float:
    """The most memory this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
