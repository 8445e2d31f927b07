"""The curves of a preview over its times, and what is said about them."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from aedesk.data.csv_preview import Preview
from aedesk.data.csv_reading import CsvReading
from aedesk.data.sampling import Sampling
from aedesk.ui.importing.preview_plot import MOST_LANES, MOST_ROWS, PreviewPlot
from aedesk.ui.importing.sampling_line import SamplingLine

UNEVEN = Sampling(0.01, unevenness=0.4, times=np.array([0, 0.008, 0.02, 0.031, 0.039]), note="Rows are not even.")
GAPS = Sampling(0.5, breaks=np.array([2, 4]))


def preview(values: np.ndarray, sampling: Sampling = Sampling()) -> Preview:  # noqa: B008 - is frozen
    """A preview of channels alone, float64 ``[rows, channels]``."""
    count = values.shape[1]
    names = tuple(f"c{number}" for number in range(count))
    units, roles = ("mV",) * count, ("channel",) * count
    return Preview(CsvReading(), frozenset(), "", names, units, (), roles, values, sampling)


@pytest.fixture
def plot(qtbot) -> PreviewPlot:
    plot = PreviewPlot()
    qtbot.addWidget(plot)
    plot.resize(500, 300)
    plot.show()
    return plot


@pytest.fixture
def line(qtbot) -> SamplingLine:
    line = SamplingLine()
    qtbot.addWidget(line)
    line.show()
    return line


def drawn(plot: PreviewPlot) -> list[tuple[np.ndarray, np.ndarray]]:
    curves = [curve.getOriginalDataset() for curve in plot.curves]
    return [(x, y) for x, y in curves if x is not None and len(x)]


def test_a_lone_channel_has_its_own_scale_and_unit(plot):
    shown = preview(np.array([[1.0], [5.0], [3.0]]), Sampling(0.25))
    plot.show_channels(shown, shown.roles)
    ((x, y),) = drawn(plot)
    assert x.tolist() == [0, 0.25, 0.5] and y.tolist() == [1, 5, 3]
    assert plot.plot.getAxis("left").label.toPlainText().strip() == "c0 (mV)"
    low, high = plot.plot.getViewBox().viewRange()[1]
    assert low < 1 and 5 < high < 6


def test_several_channels_stand_in_lanes_whatever_their_units(plot):
    rows = np.arange(50.0)
    shown = preview(np.column_stack([1e6 * np.sin(rows), np.sin(rows), np.full(50, 7.0), np.full(50, np.nan)]))
    plot.show_channels(shown, shown.roles)
    curves = drawn(plot)
    assert [np.ptp(y[np.isfinite(y)]).round(2) for _, y in curves[:3]] == [0.84, 0.84, 0.0]
    assert [np.nanmean(y).round(1) for _, y in curves[:3]] == [0, -1, -2]
    assert np.isnan(curves[3][1]).all()
    assert curves[0][0][0] == 1  # without times rows are counted, from 1
    low, high = plot.plot.getViewBox().viewRange()[1]
    assert low < -3.4 and high > 0.4
    plot.grab()
    axis = plot.plot.getAxis("left")
    assert axis.width() > plot.fontMetrics().horizontalAdvance("c0") and not axis.label.isVisible()


def test_no_curve_crosses_a_gap(plot):
    shown = preview(np.arange(6.0)[:, None], GAPS)
    plot.show_channels(shown, shown.roles)
    ((_, y),) = drawn(plot)
    assert np.isnan(y).nonzero()[0].tolist() == [2, 5]
    assert y[np.isfinite(y)].tolist() == [0, 1, 2, 3, 4, 5]


def test_uneven_rows_stand_at_their_times(plot):
    shown = preview(np.arange(5.0)[:, None], UNEVEN)
    plot.show_channels(shown, shown.roles)
    assert drawn(plot)[0][0].tolist() == UNEVEN.times.tolist()


def test_much_is_not_all_drawn_and_that_is_said(plot):
    shown = preview(np.zeros((MOST_ROWS + 5, MOST_LANES + 3)))
    plot.show_channels(shown, shown.roles)
    assert len(drawn(plot)) == MOST_LANES and len(drawn(plot)[0][0]) == MOST_ROWS
    assert plot.caption().startswith("The first 10\u202f000 rows. 8 of 11 channels are drawn.")


def test_without_a_channel_a_word_stands_in_the_place_of_the_plot(plot):
    shown = preview(np.zeros((3, 2)))
    plot.show_channels(shown, ("out", "out"))
    assert not plot.plot.isVisible() and not plot.caption()
    plot.show_channels(shown, ("out", "channel"))
    assert plot.plot.isVisible() and len(drawn(plot)) == 1


# -- what is said and offered ---------------------------------------------------------------------


@pytest.mark.parametrize(("sampling", "said"), [
    (Sampling(0.1), ""),
    (Sampling(0.1, breaks=np.array([3])), "1 gap in time; it is kept."),
    (GAPS, "2 gaps in time; they are kept."),
    (Sampling(0.1, breaks=np.array([3]), note="Times are rounded."), "Times are rounded. 1 gap in time; it is kept."),
])  # fmt: skip
def test_gaps_and_notes_are_said_and_another_rate_is_offered(line, sampling, said):
    line.show_sampling(sampling)
    assert line.note() == said
    assert line.resample.isVisible() and line.resample_rate() is None


def test_resampling_is_offered_at_the_usual_rate(line):
    line.show_sampling(UNEVEN)
    assert line.note() == "Rows are not even." and line.resample.isVisible()
    assert line.resample_rate() is None and not line.rate.isEnabled()
    QTest.mouseClick(line.resample, Qt.MouseButton.LeftButton, pos=line.resample.rect().center())
    assert line.resample_rate() == 100
    line.rate.widget.selectAll()
    QTest.keyClicks(line.rate.widget, "50")
    assert line.resample_rate() == 50
    line.show_sampling(UNEVEN)
    assert line.resample_rate() == 50  # what a person has typed stays
    line.show_sampling(Sampling(0.01))
    assert line.resample_rate() == 50


def test_where_no_time_is_known_nothing_is_offered(line):
    line.set_rate(20)
    line.show_sampling(Sampling(0.1))
    assert line.resample_rate() == 20  # as it was chosen the last time
    line.show_sampling(Sampling())
    assert not line.resample.isVisible() and line.resample_rate() is None
