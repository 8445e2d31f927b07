"""The timer that redraws: its rhythm, and how it gives way to drawing that takes long."""

from time import perf_counter, sleep

import pytest
from pytestqt.qtbot import QtBot

from aedesk.ui import display_timer
from aedesk.ui.display_timer import DisplayTimer


@pytest.fixture
def timer(qtbot: QtBot) -> DisplayTimer:
    made = DisplayTimer()
    yield made
    made.stop()


def beats(timer: DisplayTimer, cost: float = 0.0) -> list[float]:
    """When it was due, drawing taking so many seconds each time."""
    times: list[float] = []

    def draw() -> None:
        times.append(perf_counter())
        sleep(cost)

    timer.due.connect(draw)
    return times


def test_it_beats_at_once_and_then_no_more_than_thirty_times_a_second(timer, qtbot):
    times = beats(timer)
    began = perf_counter()
    timer.start()
    timer.start()
    qtbot.waitUntil(lambda: len(times) > 8)
    assert times[0] - began < 0.2
    gaps = [after - before for before, after in zip(times, times[1:], strict=False)]
    assert min(gaps) > 0.025


def test_drawing_that_takes_long_is_done_seldom(timer, qtbot):
    times = beats(timer, cost=0.01)
    timer.start()
    qtbot.waitUntil(lambda: len(times) > 2)
    assert times[2] - times[1] > 0.15, "10 ms of drawing are a small share of the time"


def test_there_is_a_longest_wait(timer, qtbot, monkeypatch):
    assert display_timer._LONGEST == 1.0
    monkeypatch.setattr(display_timer, "_LONGEST", 0.2)
    times = beats(timer, cost=0.05)  # which would have it wait for 0.8 s
    timer.start()
    qtbot.waitUntil(lambda: len(times) > 1)
    assert 0.2 < times[1] - times[0] < 0.6


def test_stopped_it_is_silent_until_it_is_started_again(timer, qtbot):
    times = beats(timer)
    timer.start()
    qtbot.waitUntil(lambda: len(times) > 1)
    timer.stop()
    count = len(times)
    qtbot.wait(120)
    assert len(times) == count
    timer.start()
    qtbot.waitUntil(lambda: len(times) > count)


def test_it_can_be_stopped_by_what_it_calls(timer, qtbot):
    times = beats(timer)
    timer.due.connect(timer.stop)
    timer.start()
    qtbot.wait(120)
    assert len(times) == 1
