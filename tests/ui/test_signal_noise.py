"""What noise is added to a clean recording is chosen on the signal desk."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog

from aedesk.data.corruptions.coloured import Coloured
from aedesk.data.corruptions.dropouts import Dropouts
from aedesk.data.corruptions.hum import Hum
from aedesk.data.corruptions.impulses import Impulses
from aedesk.data.corruptions.noise_level import NoiseLevel
from aedesk.data.corruptions.recorded import Recorded
from aedesk.data.corruptions.wander import Wander
from aedesk.files.signal_recipes import recipe_for
from aedesk.ui.panels.signal_desk import SignalDesk
from aedesk.ui.panels.signal_noise import NoiseChoice
from tests.ui.signals import click, opened

RATE, COUNT = 250, 1500


@pytest.fixture
def desk(qtbot) -> SignalDesk:
    made = SignalDesk()
    qtbot.addWidget(made)
    made.resize(560, 420)
    made.show()
    return made


def recording(path: Path, rate: float | None = RATE) -> Path:
    time = np.arange(COUNT) / (rate or 1)
    values = np.sin(np.arange(COUNT) / 9)
    if rate:
        np.savetxt(path, np.column_stack([time, values]), "%.8g", ",", header="time_s,v", comments="")
    else:
        np.savetxt(path, values, "%.8g", header="v", comments="")
    return path


def clean_one(desk: SignalDesk, path: Path, qtbot) -> NoiseChoice:
    """The choice of noise, for a recording that is clean."""
    opened(desk, path, qtbot)
    desk.actions.way.setCurrentIndex(desk.actions.way.findData("added-noise"))
    return desk.actions.learning.noise


def pick(choice: NoiseChoice, data: object) -> None:
    place = choice.kind.findData(data)
    assert place >= 0
    choice.kind.setCurrentIndex(place)
    choice.kind.activated.emit(place)


def asked(desk: SignalDesk, qtbot):
    with qtbot.waitSignal(desk.train_requested) as said:
        click(qtbot, desk.actions.train)
    return said.args[0]


def test_it_is_offered_for_clean_recordings_alone(desk, tmp_path, qtbot):
    choice = clean_one(desk, recording(tmp_path / "a.csv"), qtbot)
    assert choice.isVisible() and asked(desk, qtbot).noise == NoiseLevel(snr_db=6.0)
    desk.actions.way.setCurrentIndex(desk.actions.way.findData("blind"))
    assert not choice.isVisible() and asked(desk, qtbot).noise is None


@pytest.mark.parametrize(
    ("kind", "noise"),
    [
        ("pink", Coloured(snr_db=3.0)),
        (50, Hum(snr_db=3.0, period=5.0)),
        (60, Hum(snr_db=3.0, period=RATE / 60)),
        ("wander", Wander(snr_db=3.0, period=750.0)),
        ("impulses", Impulses(snr_db=3.0)),
        ("dropouts", Dropouts()),
    ],
)
def test_each_kind_goes_into_the_recipe_at_its_level(desk, kind, noise, tmp_path, qtbot):
    choice = clean_one(desk, recording(tmp_path / "a.csv"), qtbot)
    choice.level.setValue(3.0)
    pick(choice, kind)
    assert choice.level.isVisible() == (kind != "dropouts")
    request = asked(desk, qtbot)
    found = request.noise
    assert type(found) is type(noise) and found.model_dump() == pytest.approx(noise.model_dump())
    recipe = recipe_for(request.way, str(request.path), "v", request.read(), noise=found)
    assert recipe.corruption == found


def test_a_hum_needs_a_sampling_rate_that_holds_it(desk, tmp_path, qtbot):
    choice = clean_one(desk, recording(tmp_path / "a.csv"), qtbot)
    pick(choice, 60)
    opened(desk, recording(tmp_path / "slow.csv", 110), qtbot)
    assert choice.kind.findData(50) >= 0 and choice.kind.findData(60) < 0
    assert choice.kind.currentData() == "white"
    opened(desk, recording(tmp_path / "untimed.csv", None), qtbot)
    assert choice.kind.findData(50) < 0
    pick(choice, "wander")
    assert choice.value() == Wander(snr_db=6.0)


def test_a_recording_of_noise_is_chosen_and_stays_for_the_next_file(desk, tmp_path, qtbot, monkeypatch):
    choice = clean_one(desk, recording(tmp_path / "a.csv"), qtbot)
    noise = recording(tmp_path / "noise.csv")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(noise), ""))
    pick(choice, "recorded")
    wanted = Recorded(snr_db=6.0, file=str(noise), rate=RATE)
    assert choice.kind.currentText() == "noise.csv" and choice.value() == wanted
    opened(desk, recording(tmp_path / "b.csv"), qtbot)
    assert choice.value() == wanted


def test_no_recording_chosen_is_white_noise(desk, tmp_path, qtbot, monkeypatch):
    choice = clean_one(desk, recording(tmp_path / "a.csv"), qtbot)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    pick(choice, "recorded")
    assert choice.value() == NoiseLevel(snr_db=6.0)


@pytest.mark.parametrize("rate", [1e9, 2e10])
def test_a_scopes_recording_is_too_short_for_a_hum_and_drifts_within_itself(desk, rate, tmp_path, qtbot, monkeypatch):
    choice = clean_one(desk, recording(tmp_path / "fast.csv", rate), qtbot)
    assert choice.kind.findData(50) < 0 and choice.kind.findData(60) < 0
    pick(choice, "wander")
    assert choice.value() == Wander(snr_db=6.0, period=COUNT / 2)
    noise = recording(tmp_path / "noise.csv", rate)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(noise), ""))
    pick(choice, "recorded")
    assert choice.value().rate == (pytest.approx(rate, rel=1e-3) if rate <= 1e9 else 0.0)
