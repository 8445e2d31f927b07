"""All pages of the signal desk show a recording over the time at which its rows were taken."""

from pathlib import Path

import numpy as np
import pytest

from aedesk.analysis.anomalies import Marked
from aedesk.data.recording_file import read_recording
from aedesk.data.sampling import Sampling
from aedesk.ui.panels.anomaly_found import AnomaliesFound, odd_samples
from aedesk.ui.panels.anomaly_page import AnomalyPage
from aedesk.ui.panels.signal_desk import SignalDesk
from aedesk.ui.panels.signal_file import OpenColumn
from aedesk.ui.panels.signal_words import numbers_line
from aedesk.ui.views.extremes import Extremes
from tests.ui.signals import click, opened, write

RATE, COUNT, GAP = 100, 4000, 60.0


def times() -> np.ndarray:
    """40 seconds, and a minute in which nothing was recorded in the middle of them."""
    return np.arange(COUNT) / RATE + GAP * (np.arange(COUNT) >= COUNT // 2)


def recording(path: Path, when: np.ndarray) -> Path:
    noise = np.random.default_rng(0).normal(0, 0.2, len(when))
    rows = "\n".join(f"{time:.4f},{np.sin(6 * time) + one:.4f}" for time, one in zip(when, noise, strict=True))
    return write(path, f"time_s,flow_kPa\n{rows}\n")


@pytest.fixture
def desk(qtbot) -> SignalDesk:
    desk = SignalDesk()
    qtbot.addWidget(desk)
    desk.resize(900, 700)
    desk.show()
    yield desk
    qtbot.waitUntil(lambda: desk._background.work is None)


@pytest.fixture
def broken(desk, qtbot, tmp_path) -> SignalDesk:
    opened(desk, recording(tmp_path / "gap.csv", times()), qtbot)
    desk.show_cleaned(np.sin(6 * times()))
    return desk


def drawn(curve) -> np.ndarray:
    """Where a line is drawn."""
    x, y = curve.getData()
    return x[np.isfinite(y)]


def test_a_gap_is_seen_as_a_gap_in_every_lane(broken) -> None:
    assert broken.numbers().startswith("4\u202f000 samples, 100 Hz, 1 min 40 s, 1 gap in time (1 min);")
    lanes = broken.plot.lanes
    for name in ("noisy", "clean", "removed"):
        x = drawn(lanes.curve(name))
        assert x.min() == pytest.approx(0, abs=0.3) and x.max() == pytest.approx(100, abs=0.3)
        assert not ((x > 20.3) & (x < 79.7)).any() and ((x > 79.7) & (x < 80.3)).any()
    lanes.lower.getViewBox().setXRange(79.9, 80.1, padding=0)
    broken.grab()
    x = drawn(lanes.curve("noisy"))
    np.testing.assert_allclose(x[x > 60], times()[2000:][: (x > 60).sum()], atol=1e-9)
    for plot in lanes.plots:
        assert plot.getViewBox().viewRange()[0] == pytest.approx([79.9, 80.1], abs=0.01)


def test_a_stretch_is_that_of_the_rows_below_it(broken, qtbot) -> None:
    seen = []
    broken.seen_changed.connect(seen.append)
    click(qtbot, broken.views.stretch)
    for ends, rows in (((85.0, 90.0), (2500, 3000)), ((15.0, 85.0), (1500, 2500)), ((15.0, 50.0), (1500, 2000))):
        broken.views.stretch.stretch_changed.emit(ends)
        assert seen[-1].stretch == rows
    broken.views.stretch.stretch_changed.emit((30.0, 70.0))
    assert seen[-1].stretch is None, "nothing was recorded there"
    click(qtbot, broken.views.stretch)


def test_the_spectrogram_has_the_same_time(broken, qtbot) -> None:
    page = broken.views.spectrogram
    broken.views.pages.show_page(page)
    qtbot.waitUntil(lambda: bool(page._found))
    box = page.plots["before"].getViewBox()
    assert box.viewRange()[0] == pytest.approx([0, 100], abs=0.1)
    found = page._found["before"]
    middles = (np.arange(len(found.level)) + 0.5) * found.width
    empty = np.isnan(found.level).all(axis=1)
    assert empty[(middles > 21.5) & (middles < 78.5)].all() and not empty[(middles < 20) | (middles > 80)].any()


def test_anomalies_are_marked_and_listed_at_their_time(broken, qtbot) -> None:
    page = AnomalyPage()
    qtbot.addWidget(page)
    page.resize(800, 500)
    page.show()
    broken.seen_changed.connect(page.show_seen)
    broken.set_reference(None)  # so that it tells once more what is seen
    values = broken.column().values
    stretches = [Marked(2500, 2600, 2550, 9.0, 4.0)]
    page.show_scores(
        AnomaliesFound(values, Extremes(np.ones(COUNT)), 2.0, 0.001, stretches, odd_samples(values, stretches))
    )
    x = drawn(page.lanes.curve("odd"))
    assert x.min() == pytest.approx(85, abs=0.3) and x.max() == pytest.approx(86, abs=0.3)
    assert [page.table.item(0, column).text() for column in range(2)] == ["85.00", "1"]
    page.table.setCurrentCell(0, 0)
    low, high = page.lanes.upper.getViewBox().viewRange()[0]
    assert low == pytest.approx(83, abs=0.1) and high == pytest.approx(88, abs=0.1)


def test_uneven_rows_are_drawn_at_their_own_times(desk, qtbot, tmp_path) -> None:
    when = np.cumsum(np.random.default_rng(1).uniform(0.001, 0.03, 600)).round(4)
    opened(desk, recording(tmp_path / "uneven.csv", when), qtbot)
    x = drawn(desk.plot.lanes.curve("noisy"))
    np.testing.assert_allclose(x, when - when[0], atol=1e-9)
    assert "not evenly spaced" in desk.numbers() and "“Resample to” behind “How it was read…” makes them even." in desk.numbers()


def test_rows_that_share_a_time_are_said(desk, qtbot, tmp_path) -> None:
    opened(desk, recording(tmp_path / "twice.csv", np.arange(600) // 2 / 50), qtbot)
    assert "100 Hz" in desk.numbers() and "Each time stands for 2 rows, which are taken to be evenly" in desk.numbers()


def test_a_clock_that_was_put_back_does_not_fold_the_curve_over(desk, qtbot, tmp_path) -> None:
    when = np.arange(1000) / RATE - 4.0 * (np.arange(1000) >= 600)
    opened(desk, recording(tmp_path / "back.csv", when), qtbot)
    assert "gap" not in desk.numbers() and "Time falls once, first in line 602" in desk.numbers()
    x = drawn(desk.plot.lanes.curve("noisy"))
    assert (np.diff(x) >= 0).all() and x.max() == pytest.approx(9.99, abs=0.02)
    assert not np.isfinite(desk.plot.lanes.curve("noisy").getData()[1]).all(), "no line is drawn across"


@pytest.mark.parametrize(
    ("step", "said"),
    [(1e-9, "400 samples, 1 GHz, 400 ns"), (4e-8, "25 MHz, 16 µs"), (1 / 192_000, "192 kHz, 2.08 ms"), (1 / 360.003, "360 Hz,"), (2.0, "one every 2 s"), (3600.0, "one every hour, 16 d 16 h")],
)
def test_rates_and_lengths_are_told_in_units_that_suit_them(tmp_path, step: float, said: str) -> None:
    table = read_recording(write(tmp_path / "v.csv", "v\n" + "\n".join(str(row % 7) for row in range(400))))
    column = OpenColumn(table, "v", table.column("v"), Sampling(step))
    assert said in numbers_line(column, None)
