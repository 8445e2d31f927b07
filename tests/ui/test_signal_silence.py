"""A stretch that has nothing but noise is named on the signal desk, used, and taken back."""

from pathlib import Path

import numpy as np
import pandas
import pytest

from aedesk.ui.panels.signal_desk import SignalDesk
from tests.ui.signals import choose, click, opened

COUNT = 2000
QUIET = np.arange(COUNT) < 800
VALUES = np.where(QUIET, 0.0, np.sin(np.arange(COUNT) / 9)) + 0.2 * np.random.default_rng(0).normal(size=COUNT)


@pytest.fixture
def desk(qtbot, tmp_path: Path) -> SignalDesk:
    """With 20 s at 100 Hz in ``flow (kPa)``, of which the first 8 are silent, and a column that never changes there."""
    desk = SignalDesk()
    qtbot.addWidget(desk)
    desk.resize(640, 480)
    desk.set_model(True, "“A model” will clean it.")
    desk.show()
    table = {"time_s": np.arange(COUNT) / 100, "flow (kPa)": VALUES, "beat_mV": np.where(QUIET, 0.0, VALUES)}
    pandas.DataFrame(table).to_csv(tmp_path / "recording.csv", index=False)
    opened(desk, tmp_path / "recording.csv", qtbot)
    yield desk
    qtbot.waitUntil(lambda: desk._background.work is None)


def select(desk: SignalDesk, qtbot, start: float, end: float) -> None:
    if not desk.views.stretch.isChecked():
        click(qtbot, desk.views.stretch)
    desk.views.stretch._regions[0].setRegion((start, end))


def test_the_button_is_there_when_there_is_a_stretch(desk, qtbot):
    button = desk.views.silence
    assert not button.isVisible() and desk.silence() is None
    select(desk, qtbot, 1.0, 7.0)
    assert button.isVisible() and not button.isChecked()
    assert button.toolTip().startswith("Say that there is nothing but noise")
    click(qtbot, desk.views.stretch)
    assert not button.isVisible()


def test_a_stretch_is_named_told_and_taken_back(desk, qtbot):
    button, seen = desk.views.silence, []
    desk.seen_changed.connect(seen.append)
    select(desk, qtbot, 1.0, 7.0)
    with qtbot.assertNotEmitted(desk.denoise_requested):  # nothing was cleaned that could be cleaned anew
        click(qtbot, button)
    assert desk.silence() == slice(100, 700) and seen[-1].silence == (100, 700)
    assert seen[-1].noise == pytest.approx(0.2, rel=0.08)
    assert button.toolTip().startswith("The noise is known from 1 s to 7 s: 0.2 kPa RMS.")
    click(qtbot, desk.views.stretch)
    assert button.isVisible() and button.isChecked() and desk.silence() == slice(100, 700), "it stays in use"
    click(qtbot, button)
    assert desk.silence() is None and seen[-1].noise is None and not button.isVisible()


def test_what_was_cleaned_is_cleaned_anew(desk, qtbot):
    desk.show_cleaned(np.zeros(COUNT))
    select(desk, qtbot, 1.0, 7.0)
    with qtbot.waitSignal(desk.denoise_requested):
        click(qtbot, desk.views.silence)
    with qtbot.waitSignal(desk.denoise_requested):
        click(qtbot, desk.views.silence)


def test_why_a_stretch_is_not_taken_is_still_said_where_something_was_cleaned(desk, qtbot):
    desk.show_cleaned(np.zeros(COUNT))
    select(desk, qtbot, 10.0, 14.0)
    with qtbot.assertNotEmitted(desk.denoise_requested):
        click(qtbot, desk.views.silence)
    assert "cannot be only noise" in desk.problem()


def test_each_column_has_its_own_and_another_file_none(desk, qtbot, tmp_path):
    select(desk, qtbot, 1.0, 7.0)
    click(qtbot, desk.views.silence)
    choose(desk, "beat_mV", qtbot)
    assert desk.silence() is None and not desk.views.silence.isVisible()
    choose(desk, "flow (kPa)", qtbot)
    assert desk.silence() == slice(100, 700) and desk.views.silence.isChecked()
    opened(desk, tmp_path / "recording.csv", qtbot)
    assert desk.silence() is None and not desk.views.silence.isVisible()


@pytest.mark.parametrize(
    ("column", "start", "end", "said"),
    [
        ("flow (kPa)", 1.0, 1.2, "at least 64"),
        ("beat_mV", 1.0, 7.0, "Nothing changes"),
        ("flow (kPa)", 10.0, 14.0, "cannot be only noise"),
    ],
)
def test_a_stretch_that_tells_nothing_is_not_taken(desk, qtbot, column, start, end, said):
    choose(desk, column, qtbot)
    select(desk, qtbot, start, end)
    click(qtbot, desk.views.silence)
    assert said in desk.problem() and desk.silence() is None
    assert desk.views.silence.isVisible() and not desk.views.silence.isChecked()


def test_the_ratio_is_told_by_the_noise_that_is_known(desk, qtbot):
    select(desk, qtbot, 1.0, 7.0)
    click(qtbot, desk.views.silence)
    desk.show_cleaned(np.zeros(COUNT))
    page = desk.views.removed
    desk.views.pages.show_page(page)
    qtbot.waitUntil(lambda: "known from the stretch" in page.figures.text(), timeout=30_000)
    before = 10 * np.log10((VALUES.var() - desk.views._seen.noise**2) / desk.views._seen.noise**2)
    assert f"signal-to-noise {before:.1f} dB before (estimated)" in page.figures.text()
