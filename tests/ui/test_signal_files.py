"""What the signal desk saves, and files that are not as they should be."""

from pathlib import Path

import numpy as np
import pandas
import pytest
import soundfile
from PySide6.QtWidgets import QFileDialog

from aedesk.ui.panels.signal_desk import SignalDesk
from tests.ui.signals import choose, click, curve, opened, write


@pytest.fixture
def desk(qtbot) -> SignalDesk:
    desk = SignalDesk()
    qtbot.addWidget(desk)
    desk.resize(500, 400)
    desk.set_model(True, "“A model” will clean it.")
    desk.show()
    yield desk
    qtbot.waitUntil(lambda: desk._background.work is None)


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """A sine of 2 s with two more columns, at 100 Hz."""
    time = np.arange(200) / 100
    table = {"time_s": time, "flow (kPa)": np.sin(7 * time), "note": ["a"] * 200, "beat_mV": time**2}
    path = tmp_path / "recording.csv"
    pandas.DataFrame(table).to_csv(path, index=False)
    return path


def test_a_sound_is_opened_by_its_channels_and_saved_as_it_came(desk, tmp_path, qtbot, monkeypatch):
    noisy = 0.2 * np.random.default_rng(0).normal(size=(500, 2))
    soundfile.write(tmp_path / "talk.wav", noisy, 8000, subtype="FLOAT")
    opened(desk, tmp_path / "talk.wav", qtbot)
    combo = desk.file_line.column
    assert [combo.itemText(place) for place in range(combo.count())] == ["left", "right"]
    assert desk.numbers().startswith("500 samples, 8000 Hz")
    choose(desk, "right", qtbot)
    desk.show_cleaned(np.zeros(500))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (given[2], ""))
    with qtbot.waitSignal(desk.notice):
        click(qtbot, desk.actions.export)
    saved, rate = soundfile.read(tmp_path / "talk_clean.wav")
    assert rate == 8000 and not saved[:, 1].any() and saved[:, 0] == pytest.approx(noisy[:, 0], abs=1e-6)
    desk.export(tmp_path / "talk.csv")
    qtbot.waitUntil(lambda: desk._background.work is None)
    assert "the ending .wav" in desk.problem() and not (tmp_path / "talk.csv").exists()


# -- saving -----------------------------------------------------------------------------------


def test_the_saved_file_keeps_its_columns_and_has_the_cleaned_one(desk, recording, tmp_path, qtbot, monkeypatch):
    opened(desk, recording, qtbot)
    clean = np.linspace(0, 1, 200)
    desk.show_cleaned(clean)
    target = tmp_path / "out.csv"
    offered = []
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *given: (offered.append(given[2]), (str(target), ""))[1]
    )
    with qtbot.waitSignal(desk.notice) as said:
        click(qtbot, desk.actions.export)
    assert offered == [str(tmp_path / "recording_clean.csv")]
    assert said.args == ["Saved out.csv with “flow (kPa)” cleaned."]
    before, after = pandas.read_csv(recording), pandas.read_csv(target)
    assert list(after) == [*before, "flow_clean (kPa)"]
    pandas.testing.assert_frame_equal(after[list(before)], before)
    np.testing.assert_array_equal(after["flow_clean (kPa)"], clean)


@pytest.mark.parametrize("replace", [False, True])
def test_the_open_file_itself_and_a_model_are_never_written_over(desk, recording, tmp_path, qtbot, replace):
    opened(desk, recording, qtbot)
    desk.show_cleaned(np.zeros(200))
    desk.actions.replace.setChecked(replace)
    before = recording.read_bytes()
    model = write(tmp_path / "m.aedesk", "what was learned")
    with qtbot.assertNotEmitted(desk.notice):
        desk.export(recording)
        qtbot.waitUntil(lambda: "recording.csv itself would be replaced" in desk.problem())
        desk.export(model)
        qtbot.waitUntil(lambda: "m.aedesk is named like a model. Give it the ending .csv" in desk.problem())
    assert recording.read_bytes() == before and model.read_text() == "what was learned"


def test_replacing_is_chosen_anew_for_each_file(desk, recording, tmp_path, qtbot):
    opened(desk, recording, qtbot)
    desk.show_cleaned(np.zeros(200))
    desk.actions.replace.setChecked(True)
    choose(desk, "beat_mV", qtbot)
    assert desk.actions.replace.isChecked()
    other = write(tmp_path / "other.csv", recording.read_text(encoding="utf-8"))
    opened(desk, other, qtbot)
    desk.show_cleaned(np.zeros(200))
    assert not desk.actions.replace.isChecked()
    with qtbot.waitSignal(desk.notice):
        desk.export(tmp_path / "out.csv")
    assert "flow_clean (kPa)" in pandas.read_csv(tmp_path / "out.csv")


def test_a_file_that_cannot_be_saved_leaves_everything_as_it_was(desk, recording, tmp_path, qtbot):
    opened(desk, recording, qtbot)
    desk.show_cleaned(np.zeros(200))
    with qtbot.assertNotEmitted(desk.notice):
        desk.export(tmp_path / "nowhere" / "out.csv")
        qtbot.waitUntil(lambda: desk.problem() != "")
    assert "nowhere" in desk.problem()
    assert curve(desk, "clean")[1].size == 200
    assert desk.actions.export.isEnabled()
    write(recording, "a\n1\n2\n")
    desk.export(tmp_path / "out.csv")
    qtbot.waitUntil(lambda: "has changed" in desk.problem())
    assert not (tmp_path / "out.csv").exists()


def test_nothing_is_saved_where_nothing_was_cleaned(desk, recording, tmp_path, qtbot):
    desk.export(tmp_path / "out.csv")
    opened(desk, recording, qtbot)
    desk.export(tmp_path / "out.csv")
    assert desk._background.work is None
    assert not (tmp_path / "out.csv").exists()


# -- unhappy files ----------------------------------------------------------------------------

UNHAPPY = {
    "empty.csv": "",
    "header.csv": "a,b\n",
    "ragged.csv": "a,b\n1,2\n3,4,5\n6,7\n",
    "words.csv": "name,town\nAda,London\nAlan,Wilmslow\n",
}


@pytest.mark.parametrize("name", [*UNHAPPY, "missing.csv", "folder.csv"])
def test_what_is_wrong_with_a_file_is_said_in_a_sentence_and_the_open_one_stays(
    desk, recording, tmp_path, qtbot, name
):
    opened(desk, recording, qtbot)
    desk.show_cleaned(np.zeros(200))
    if name in UNHAPPY:
        write(tmp_path / name, UNHAPPY[name])
    elif name == "folder.csv":
        (tmp_path / name).mkdir()
    with qtbot.assertNotEmitted(desk.file_opened):
        desk.open_file(tmp_path / name)
        qtbot.waitUntil(lambda: desk._background.work is None)
    assert name in desk.problem()
    assert desk.problem().endswith(".")
    assert desk._problem.isVisible()
    assert desk.file_line.column.currentText() == "flow (kPa)"
    assert curve(desk, "clean")[1].size == 200
    opened(desk, recording, qtbot)
    assert not desk._problem.isVisible()


def test_an_unhappy_first_file_leaves_the_invitation(desk, tmp_path, qtbot):
    desk.open_file(write(tmp_path / "empty.csv", ""))
    qtbot.waitUntil(lambda: desk.problem() != "")
    assert desk._invitation.isVisible()
    assert not desk.actions.train.isEnabled()


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("a,b\n5,1\n5,2\n5,3\n", "a", "never changes"),
        ("a,b\n5,1\n,2\n,3\n", "a", "1 usable row"),
        ("b,a\n1,5\n2,x\n3,7\n4,8\n", "a", "x"),
    ],
)
def test_a_column_that_cannot_be_used_says_why_and_another_can_be_chosen(
    desk, tmp_path, qtbot, text, column, words
):
    opened(desk, write(tmp_path / "odd.csv", text), qtbot)
    choose(desk, column, qtbot) if desk.file_line.column.currentText() != column else None
    assert words in desk.problem()
    assert not desk.actions.denoise.isEnabled()
    assert not desk.actions.train.isEnabled()
    desk.grab()
    choose(desk, "b", qtbot)
    assert desk.problem() == ""
    assert desk.actions.denoise.isEnabled()


def test_a_file_with_decimal_commas_is_read(desk, tmp_path, qtbot):
    opened(desk, write(tmp_path / "komma.csv", "Zeit;Druck\n0,0;1,5\n0,5;2,5\n1,0;2,0\n"), qtbot)
    np.testing.assert_array_equal(curve(desk, "noisy")[1], [1.5, 2.5, 2.0])
    assert desk.numbers().startswith("3 samples, 2 Hz")


def axes(desk: SignalDesk) -> list:
    lanes = desk.plot.lanes
    return [plot.getAxis(side) for plot in (lanes.upper, lanes.lower) for side in ("left", "bottom")]


def test_the_axes_tell_true_values_whatever_was_open_before(desk, tmp_path, qtbot):
    wave = np.sin(np.arange(300) / 5)
    for name, size in (("small", 1e-4), ("large", 1e4), ("tiny", 1e-7)):
        pandas.DataFrame({"time_s": np.arange(300) * size, "v": size * wave}).to_csv(tmp_path / name, index=False)
        opened(desk, tmp_path / name, qtbot)
        desk.show_cleaned(desk._column.values * 0.5)
        desk.grab()
        assert [axis.autoSIPrefixScale for axis in axes(desk)] == [1, 1, 1, 1]


def test_nothing_is_left_of_a_signal_when_the_next_one_cannot_be_shown(desk, recording, tmp_path, qtbot):
    opened(desk, recording, qtbot)
    desk.show_cleaned(np.zeros(200))
    opened(desk, write(tmp_path / "odd.csv", "a,b\n1,7\n2,x\n3,8\n"), qtbot)
    choose(desk, "b", qtbot)
    assert desk._invitation.isVisible() and not desk.plot.isVisible()
    assert [axis.labelText for axis in axes(desk)] == ["", "", "", ""]
    choose(desk, "a", qtbot)
    assert desk.plot.isVisible()
    assert axes(desk)[0].labelText == "a"
    assert desk.plot.lanes.upper.getViewBox().viewRange()[0] == pytest.approx([0, 2], abs=0.1)


def test_one_sample_is_one_sample(desk, tmp_path, qtbot):
    opened(desk, write(tmp_path / "one.csv", "a,b\n1,7\n"), qtbot)
    assert desk.numbers() == "1 sample"


def test_the_newest_of_two_files_wins(desk, recording, tmp_path, qtbot):
    other = write(tmp_path / "other.csv", "x,y\n1,5\n2,6\n3,5.5\n")
    said = []
    desk.file_opened.connect(said.append)
    desk.open_file(recording)
    desk.open_file(other)
    qtbot.waitUntil(lambda: desk._background.work is None)
    qtbot.wait(100)
    assert said == [str(other)]
