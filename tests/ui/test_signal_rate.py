"""The box that brings a recording to the rate that a model learned at."""

from pathlib import Path

import numpy as np
import pytest

from aedesk.ui.panels.signal_desk import SignalDesk
from tests.ui.signals import choose, opened

MODEL_RATE = 360


@pytest.fixture
def desk(qtbot) -> SignalDesk:
    made = SignalDesk()
    qtbot.addWidget(made)
    made.show()
    made.set_model(True, "A model.")
    made.actions.match.set_model_step(1 / MODEL_RATE)
    return made


def recording(folder: Path, rate: float, period: float = 2 * np.pi) -> Path:
    time = np.arange(200) / rate
    path = folder / f"at {rate:g}, {period:.1f}.csv"
    columns = np.column_stack([time, np.sin(2 * np.pi * time / period), np.cos(2 * np.pi * time / period)])
    np.savetxt(path, columns, "%.6f", ",", header="time_s,one,other", comments="")
    return path


def test_what_was_asked_for_one_file_is_not_for_the_next(desk, tmp_path, qtbot):
    match, seen = desk.actions.match, []
    opened(desk, recording(tmp_path, 50), qtbot)
    match.setChecked(True)
    choose(desk, "other", qtbot)
    assert match.isChecked() and match.rate() == MODEL_RATE, "a column beside it has the same rate"
    desk.seen_changed.connect(seen.append)
    opened(desk, recording(tmp_path, 1000), qtbot)
    assert match.isVisible() and not match.isChecked() and match.rate() == 0
    assert [one.rate for one in seen] == [0] * len(seen), "nor for a moment"


def test_only_a_rate_that_can_be_reached_is_offered_in_plain_words(desk, tmp_path, qtbot):
    match = desk.actions.match
    opened(desk, recording(tmp_path, 5), qtbot)
    assert not match.isVisible(), "360 Hz are more than 64 times as many"
    match.set_model_step(1 / 16_000)
    assert not match.isVisible()
    opened(desk, recording(tmp_path, 1 / 1200, 86_400), qtbot)
    match.set_model_step(3600.0)
    assert match.isVisible() and match.text() == "As the model: every hour"
    opened(desk, recording(tmp_path, 1000), qtbot)
    match.set_model_step(1 / 16_000)
    assert match.text() == "At the model’s 16 kHz"


def test_a_rate_that_much_of_the_signal_is_too_fast_for_is_not_offered(desk, tmp_path, qtbot):
    match = desk.actions.match
    opened(desk, recording(tmp_path, 2000, 1 / 440), qtbot)
    assert not match.isVisible() and match.rate() == 0, "a tone of 440 Hz is nothing at 360 Hz"
    opened(desk, recording(tmp_path, 2000, 1 / 40), qtbot)
    assert match.isVisible()
