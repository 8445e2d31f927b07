"""The axis of time goes by the length of the piece in view, and writes plain digits."""

import numpy as np
import pytest

from aedesk.data.timeline import Timeline
from aedesk.ui.views.curve_key import CurveStyle
from aedesk.ui.views.extremes import Extremes
from aedesk.ui.views.lanes import Lanes

DAY = 86_400


@pytest.fixture
def lanes(qtbot) -> Lanes:
    lanes = Lanes()
    qtbot.addWidget(lanes)
    lanes.resize(800, 300)
    lanes.add_long_curve("signal", "Signal", CurveStyle(lambda look: look.muted))
    lanes.show()
    return lanes


def show(lanes: Lanes, timeline: Timeline, count: int, name: str = "Time ({unit})") -> None:
    lanes.set_timeline(timeline, count)
    lanes.feed_long("signal", Extremes(np.zeros(count)), timeline)
    lanes.set_labels("v", "", name)
    lanes.show_lower(False)


def seen(lanes: Lanes) -> tuple[str, list[str]]:
    """The name of the axis and its numbers."""
    lanes.grab()
    axis = lanes.upper.getAxis("bottom")
    return axis.label.toPlainText().strip(), [text[2] for text in axis.picture[2]]


@pytest.mark.parametrize(
    ("step", "name", "numbers"),
    [
        (0.1, "Time (s)", {"0", "100"}),
        (2.0, "Time (min)", {"0", "20"}),
        (60.0, "Time (h)", {"0", "10"}),
        (900.0, "Time (d)", {"0", "10"}),
        (DAY, "Time (d)", {"0", "1000"}),
        (30 * DAY, "Time (d)", {"0", "20\u202f000"}),
    ],
)
def test_the_unit_goes_by_the_length(lanes: Lanes, step: float, name: str, numbers: set[str]) -> None:
    show(lanes, Timeline(step), 2000)
    said, shown = seen(lanes)
    assert said == name and numbers <= set(shown)


def test_the_unit_goes_by_what_is_in_view(lanes: Lanes) -> None:
    show(lanes, Timeline(1.0), 20 * DAY)
    assert seen(lanes)[0] == "Time (d)"
    lanes.upper.getViewBox().setXRange(DAY, DAY + 7200, padding=0)
    said, shown = seen(lanes)
    assert said == "Time (min)" and "1500" in shown
    lanes.show_all()
    assert seen(lanes)[0] == "Time (d)"


def test_samples_are_counted_in_plain_digits(lanes: Lanes) -> None:
    show(lanes, Timeline(), 3_000_000, "Time (samples)")
    said, shown = seen(lanes)
    assert said == "Time (samples)" and "1\u202f000\u202f000" in shown and not any("e" in text for text in shown)
