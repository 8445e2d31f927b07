"""Sounds on the signal desk are heard, and a stretch of any signal is selected."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QObject, Signal

from aedesk.ui.panels.signal_desk import SignalDesk
from aedesk.ui.sound_output import SoundOutput, as_int16
from tests.ui.signals import choose, click, curve, opened, write

RATE = 8000
NOISY = np.concatenate([0.4 * np.sin(np.arange(4000) / 3), np.zeros(4000)])
NOISY += 0.05 * np.random.default_rng(0).normal(size=8000)


@pytest.fixture
def desk(qtbot, tmp_path: Path) -> SignalDesk:
    """With a sound of one second, of which the second half is noise."""
    desk = SignalDesk()
    qtbot.addWidget(desk)
    desk.resize(560, 480)
    desk.set_model(True, "“A model” will clean it.")
    desk.show()
    soundfile.write(tmp_path / "talk.wav", NOISY, RATE, subtype="FLOAT")
    opened(desk, tmp_path / "talk.wav", qtbot)
    yield desk
    qtbot.waitUntil(lambda: desk._background.work is None)


@pytest.fixture
def heard(monkeypatch) -> list[tuple[np.ndarray, int]]:
    """What the loudspeaker was given."""
    played: list[tuple[np.ndarray, int]] = []
    monkeypatch.setattr(SoundOutput, "play", lambda self, values, rate: played.append((values, rate)) or "")
    return played


def select(desk: SignalDesk, qtbot, start: float, end: float) -> None:
    """Press the button and drag the edges."""
    click(qtbot, desk.views.stretch)
    desk.views.stretch._regions[2].setRegion((start, end))


def test_before_after_and_removed_are_heard(desk, qtbot, heard):
    buttons = desk.views.listen.buttons
    assert desk.views.listen.isVisible()
    assert [button.isEnabled() for button in buttons.values()] == [True, False, False]
    desk.show_cleaned(np.full(8000, 0.25, np.float32))
    for name in ("before", "after", "removed"):
        assert buttons[name].toolTip().endswith(".")
        click(qtbot, buttons[name])
    before, after, removed = (values for values, _ in heard)
    assert {rate for _, rate in heard} == {RATE}
    np.testing.assert_allclose(before, NOISY, atol=1e-6)
    assert set(after) == {0.25}
    np.testing.assert_allclose(removed, NOISY - 0.25, atol=1e-6)
    assert desk.views.listen.stop.isEnabled()


def test_what_is_no_sound_cannot_be_heard(desk, qtbot, tmp_path):
    opened(desk, write(tmp_path / "level.csv", "time_s,level\n0,1\n1,2\n2,1\n"), qtbot)
    assert not desk.views.listen.isVisible()


def test_without_a_loudspeaker_a_sentence_says_so(desk, qtbot, monkeypatch):
    monkeypatch.setattr(SoundOutput, "play", lambda *_: "There is no loudspeaker.")
    click(qtbot, desk.views.listen.buttons["before"])
    assert desk.problem() == "There is no loudspeaker."
    assert not desk.views.listen.stop.isEnabled()
    monkeypatch.setattr(SoundOutput, "play", lambda *_: "")
    click(qtbot, desk.views.listen.buttons["before"])
    assert desk.problem() == ""


def test_only_the_selected_stretch_is_heard(desk, qtbot, heard):
    select(desk, qtbot, 0.5, 0.75)
    click(qtbot, desk.views.listen.buttons["before"])
    np.testing.assert_allclose(heard[0][0], NOISY[4000:6000], atol=1e-6)


def test_a_stretch_is_selected_on_any_lane_and_has_a_spectrum_of_its_own(desk, qtbot):
    seen = []
    desk.seen_changed.connect(seen.append)
    desk.show_cleaned(np.zeros(8000))
    click(qtbot, desk.views.stretch)
    start, end = seen[-1].stretch
    assert 0 < start < 4000 < end < 8000
    desk.views.stretch._regions[2].setRegion((0.5, 1.0))
    assert seen[-1].stretch == (4000, 8000)
    assert [region.getRegion() for region in desk.views.stretch._regions] == [(0.5, 1.0)] * 3
    page = desk.views.spectrum
    desk.views.pages.show_page(page)
    qtbot.waitUntil(lambda: page.key.button("stretch").isVisible(), timeout=30_000)
    assert page.key.button("stretch").text() == "The stretch: 0.05 RMS", "the noise alone"
    desk.views.pages.show_page(desk.plot)
    click(qtbot, desk.views.stretch)
    assert seen[-1].stretch is None


def test_a_stretch_beside_the_signal_is_none_and_another_file_forgets_it(desk, qtbot, tmp_path):
    seen = []
    desk.seen_changed.connect(seen.append)
    select(desk, qtbot, -4.0, -1.0)
    assert seen[-1].stretch is None
    desk.views.stretch._regions[0].setRegion((0.2, 0.4))
    assert seen[-1].stretch == (1600, 3200)
    drawn = desk.plot.lanes.curve("noisy")._series
    opened(desk, write(tmp_path / "level.csv", "time_s,level\n0,1\n1,2\n2,1\n"), qtbot)
    assert seen[-1].stretch is None and not desk.views.stretch.isChecked()
    assert drawn is not None and len(curve(desk, "noisy")[1]) == 3


# -- the loudspeaker ----------------------------------------------------------------------------


def test_samples_become_whole_numbers_and_gaps_are_silent():
    assert as_int16(np.array([0, 1, -1, 2, np.nan, 0.5])).tolist() == [0, 32767, -32767, 32767, 0, 16384]


class Sink(QObject):
    """As Qt's: plays nothing, and says when it has come to the end."""

    stateChanged = Signal(object)
    made: list["Sink"] = []

    def __init__(self, device, format_, parent):
        super().__init__(parent)
        self.device, self.data, self.stopped = device, None, False
        Sink.made.append(self)

    def start(self, buffer):
        self.data = bytes(buffer.readAll())

    def stop(self):
        self.stopped = True


class Device:
    def __init__(self, null: bool, fits: bool) -> None:
        self.isNull, self.isFormatSupported = (lambda: null), (lambda _: fits)


def multimedia(monkeypatch, null: bool = False, fits: bool = True) -> None:
    """A stand-in for QtMultimedia, which would ask for the computer's own devices."""
    import sys
    from enum import Enum
    from types import ModuleType, SimpleNamespace

    module = ModuleType("PySide6.QtMultimedia")
    module.QAudioFormat = type(
        "QAudioFormat",
        (),
        {
            "SampleFormat": SimpleNamespace(Int16=1),
            **{name: lambda self, value: None for name in ("setSampleRate", "setChannelCount", "setSampleFormat")},
        },
    )
    module.QAudioSink = Sink
    module.QAudio = SimpleNamespace(State=Enum("State", "ActiveState IdleState StoppedState"))
    module.QMediaDevices = SimpleNamespace(defaultAudioOutput=lambda: Device(null, fits))
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", module)
    Sink.made = []


def test_a_sound_is_played_to_its_end(qtbot, monkeypatch):
    multimedia(monkeypatch)
    from PySide6.QtMultimedia import QAudio

    output = SoundOutput()
    assert output.play(np.array([0.5, -1.0]), RATE) == ""
    first = Sink.made[0]
    assert np.frombuffer(first.data, "<i2").tolist() == [16384, -32767]
    with qtbot.waitSignal(output.ended):
        output.play(np.zeros(3), RATE)  # one at a time
    assert first.stopped and not Sink.made[1].stopped
    Sink.made[1].stateChanged.emit(QAudio.State.ActiveState)
    assert not Sink.made[1].stopped
    with qtbot.waitSignal(output.ended):
        Sink.made[1].stateChanged.emit(QAudio.State.IdleState)
    assert Sink.made[1].stopped
    output.stop()


@pytest.mark.parametrize(
    ("given", "words"), [({"null": True}, "no loudspeaker"), ({"fits": False}, "8000 samples a second")]
)
def test_what_the_computer_cannot_play_is_said(monkeypatch, given, words):
    multimedia(monkeypatch, **given)
    assert words in SoundOutput().play(np.zeros(3), RATE)
    assert not Sink.made


def test_a_qt_without_sound_is_said(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    assert "QtMultimedia is missing" in SoundOutput().play(np.zeros(3), RATE)


def test_saving_a_stereo_sound_names_the_channel_that_nobody_cleaned(desk, qtbot, tmp_path):
    soundfile.write(tmp_path / "both.wav", np.column_stack([NOISY, NOISY]), RATE, subtype="FLOAT")
    opened(desk, tmp_path / "both.wav", qtbot)
    desk.show_cleaned(np.zeros(8000, np.float32))
    with qtbot.waitSignal(desk.notice) as said:
        desk.export(tmp_path / "out.wav")
    assert "As recorded: “right”." in said.args[0] and "denoise each of those" in said.args[0]
    choose(desk, "right", qtbot)
    desk.show_cleaned(np.zeros(8000, np.float32))
    with qtbot.waitSignal(desk.notice) as said:
        desk.export(tmp_path / "out.wav")
    assert said.args == ["Saved out.wav with “left”, “right” cleaned."]
