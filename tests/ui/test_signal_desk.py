"""The signal desk, driven with the mouse, drops and files that are not as they should be."""

from pathlib import Path

import numpy as np
import pandas
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QToolButton, QWidget

from aedesk.ui.panels.signal_desk import SignalDesk
from aedesk.ui.panels.signal_request import LearnRequest
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


# -- opening ----------------------------------------------------------------------------------


def test_an_empty_desk_invites(desk):
    words = " ".join(label.text() for label in desk.findChildren(QLabel) if label.isVisible())
    assert "Drop a recording here, or open one." in words
    assert "Nothing leaves this computer." in words
    assert desk.file_line.open.isEnabled()
    assert not desk.file_line.column.isVisible()
    for button in (desk.actions.denoise, desk.actions.train, desk.actions.export):
        assert not button.isEnabled()


def test_every_control_says_what_it_does(desk):
    buttons = [*desk.findChildren(QPushButton), *desk.findChildren(QToolButton)]
    learning = desk.actions.learning
    choices = [desk.actions.replace, desk.actions.match, learning.together, learning.clean, learning.remedy]
    controls = [*buttons, *choices, desk.file_line.column, desk.actions.way, desk.plot.mix.slider, desk.views.table]
    assert len(controls) == 32
    for control in controls:
        assert control.toolTip().endswith(".")


@pytest.mark.parametrize(("count", "blank"), [(3, 0), (95, 0), (100, 5)])
def test_of_too_few_samples_nothing_is_learned_and_that_is_said(desk, tmp_path, qtbot, count, blank):
    rows = [f"{row / 10},{row % 3 or ''}" if row < 3 * blank else f"{row / 10},{1 + row % 3}" for row in range(count)]
    opened(desk, write(tmp_path / "few.csv", "time_s,level\n" + "\n".join(rows)), qtbot)
    sentence = f"The signal has {count - blank} samples, and at least 96 are needed to learn from it. Choose a longer recording."
    assert desk.actions.note.text() == f"“A model” will clean it. {sentence}" and desk.actions.note.isVisible()
    assert not desk.problem() and not desk.actions.train.isEnabled() and not desk.actions.way.isEnabled()
    assert desk.actions.train.toolTip() == sentence and desk.actions.denoise.isEnabled()
    opened(desk, write(tmp_path / "enough.csv", "time_s,level\n" + "\n".join(f"{row / 10},{row % 5}" for row in range(96))), qtbot)
    assert sentence not in desk.actions.note.text() and desk.actions.train.isEnabled() and "train a new model" in desk.actions.train.toolTip()


def test_a_line_that_was_cut_off_is_told(desk, tmp_path, qtbot):
    rows = "".join(f"{row / 10:.1f},{row % 7}.25\n" for row in range(100))
    opened(desk, write(tmp_path / "cut.csv", "time_s,level\n" + rows + "10.0,3"), qtbot)
    assert desk.numbers() == "100 samples, 10 Hz, 10 s. Line 102 is cut off and was left out."


def test_the_example_is_a_click_away_and_seen_at_once(desk, qtbot):
    with qtbot.waitSignal(desk.file_opened):
        click(qtbot, desk.file_line.example)
    assert desk.numbers() == "21\u202f600 samples, 360 Hz, 60 s"
    assert desk.file_line.column.currentText() == "noisy_mV"
    assert desk.plot.isVisible()
    x, y = curve(desk, "noisy")
    assert x[-1] == pytest.approx(21_599 / 360, rel=1e-3)
    assert y[0] == -0.202
    drawn = desk.plot.lanes.curve("noisy").getData()[0]
    assert 100 < len(drawn) < 5000  # as many as can be told apart, not 21 600
    desk.plot.lanes.upper.getViewBox().setXRange(20, 21)
    desk.plot.lanes.upper.getViewBox().setXRange(29, 30)
    desk.grab()
    low, high = desk.plot.lanes.upper.getViewBox().viewRange()[1]
    inside = y[(x > 29) & (x < 30)]
    assert high - low < 2 * np.ptp(inside)  # the heights fit what is in view


def test_reading_does_not_hold_the_window_up(desk, qtbot):
    with qtbot.waitSignal(desk.file_opened):
        click(qtbot, desk.file_line.example)
        assert desk.actions.note.text() == "Reading ecg_noisy.csv…"


def test_a_file_is_chosen_in_a_dialog_or_not(desk, recording, qtbot, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    click(qtbot, desk.file_line.open)
    assert desk._background.work is None
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(recording), ""))
    with qtbot.waitSignal(desk.file_opened) as said:
        click(qtbot, desk.file_line.open)
    assert said.args == [str(recording)]


def drag(target: QWidget, path: Path) -> tuple[QDragEnterEvent, QMimeData]:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    enter = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    enter.ignore()
    QApplication.sendEvent(target, enter)
    return enter, mime


def drop(target: QWidget, path: Path) -> bool:
    """Drag a file over a widget and let it go there; whether it was taken."""
    enter, mime = drag(target, path)
    if enter.isAccepted():
        let_go = QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(target, let_go)
    return enter.isAccepted()


def test_a_file_can_be_dropped_on_the_empty_desk_and_on_the_plot(desk, recording, tmp_path, qtbot):
    with qtbot.waitSignal(desk.file_opened):
        assert drop(desk._invitation, recording)
    other = write(tmp_path / "other.tsv", "x\ty\n1\t5\n2\t6\n3\t5.5\n")
    with qtbot.waitSignal(desk.file_opened):
        assert drop(desk.plot.lanes.upper.viewport(), other)
    assert not desk._hovered


def test_other_files_are_left_to_the_window(desk, tmp_path, qtbot):
    assert not drop(desk, write(tmp_path / "model.aedesk", "x"))
    assert not drop(desk, write(tmp_path / "picture.png", "x"))
    assert desk._background.work is None


def test_the_place_lights_up_while_a_file_is_held_over_it(desk, recording):
    before = desk.grab().toImage()
    drag(desk, recording)
    assert desk.grab().toImage() != before
    QApplication.sendEvent(desk, QDragLeaveEvent())
    assert desk.grab().toImage() == before


# -- cleaning ---------------------------------------------------------------------------------


def test_noisy_clean_and_removed_are_shown_in_linked_lanes(desk, recording, qtbot):
    opened(desk, recording, qtbot)
    assert not desk.plot.lanes.lower.isVisible()
    with qtbot.waitSignal(desk.denoise_requested) as said:
        click(qtbot, desk.actions.denoise)
    values = said.args[0]
    np.testing.assert_allclose(values, np.sin(7 * np.arange(200) / 100))
    desk.show_cleaned(values - np.where(np.arange(200) % 2, 0.5, -0.5))
    assert desk.plot.lanes.lower.isVisible()
    x, removed = curve(desk, "removed")
    np.testing.assert_allclose(np.abs(removed), 0.5)
    np.testing.assert_allclose(x, np.arange(200) / 100)
    assert desk.numbers() == "200 samples, 100 Hz, 2 s; removed 0.5 kPa RMS"
    desk.plot.lanes.upper.getViewBox().setXRange(0.5, 1)
    assert desk.plot.lanes.lower.getViewBox().viewRange()[0] == pytest.approx([0.48, 1.02], abs=0.05)


def test_columns_are_chosen_and_keep_what_was_cleaned(desk, recording, qtbot):
    opened(desk, recording, qtbot)
    combo = desk.file_line.column
    assert [combo.itemText(place) for place in range(combo.count())] == ["time_s", "flow (kPa)", "beat_mV"]
    desk.show_cleaned(np.zeros(200))
    choose(desk, "beat_mV", qtbot)
    assert curve(desk, "noisy")[1][-1] == pytest.approx(1.99**2)
    assert curve(desk, "clean")[1].size == 0
    assert "removed" not in desk.numbers()
    with qtbot.waitSignal(desk.train_requested) as said:
        click(qtbot, desk.actions.train)
    (asked,) = said.args
    assert (asked.path, asked.names, len(asked.read()), asked.way) == (recording, ("beat_mV",), 200, "blind")
    desk.actions.way.setCurrentIndex(1)
    with qtbot.waitSignal(desk.train_requested) as said:
        click(qtbot, desk.actions.train)
    assert said.args[0].way == "added-noise"
    choose(desk, "flow (kPa)", qtbot)
    assert curve(desk, "clean")[1].size == 200
    assert "removed" in desk.numbers()


def test_what_cannot_be_done_now_cannot_be_pressed(desk, recording, qtbot):
    opened(desk, recording, qtbot)
    assert desk.actions.denoise.isEnabled()
    desk.set_busy(True, "Cleaning…")
    assert not desk.actions.denoise.isEnabled()
    assert desk.actions.note.text() == "Cleaning…"
    assert desk._background.bar.isVisible()
    desk.set_busy(False)
    assert not desk._background.bar.isVisible()
    desk.set_model(False, "Train or open a model of signals.")
    assert not desk.actions.denoise.isEnabled()
    assert desk.actions.note.text() == "Train or open a model of signals."
    assert desk.actions.train.isEnabled()
    assert not desk.actions.export.isEnabled()


def test_a_run_beside_another_cannot_be_asked_for(window, recording, qtbot):
    signal, train = window.panels.signal, window.panels.signal.actions.train
    opened(signal, recording, qtbot)
    offered = train.toolTip()
    assert train.isEnabled() and "train a new model" in offered
    for state in ("loading", "running", "paused", "stopping"):
        window.desk.state_changed.emit(state)
        assert not train.isEnabled() and train.toolTip().startswith("A run is under way.")
        assert signal.actions.way.isEnabled(), "what a recording is can be said for later"
    window.desk.state_changed.emit("idle")
    assert train.isEnabled() and train.toolTip() == offered


def test_what_was_learned_cleans_the_column_it_was_for(desk, recording, qtbot):
    opened(desk, recording, qtbot)
    with qtbot.waitSignal(desk.denoise_requested):
        desk.clean_now(LearnRequest(recording, ("flow (kPa)",), lambda: np.zeros(200)))
    desk.show_cleaned(np.zeros(200))
    choose(desk, "beat_mV", qtbot)
    with qtbot.assertNotEmitted(desk.denoise_requested):
        desk.clean_now(LearnRequest(recording, ("flow (kPa)",), lambda: np.zeros(200)))
        desk.set_model(False, "None.")
        desk.clean_now(LearnRequest(recording, ("beat_mV",), lambda: np.zeros(200)))


def test_an_answer_that_comes_too_late_is_not_taken_for_another_column(desk, recording, qtbot):
    opened(desk, recording, qtbot)
    click(qtbot, desk.actions.denoise)
    choose(desk, "beat_mV", qtbot)
    desk.show_cleaned(np.zeros(200))
    assert curve(desk, "clean")[1].size == 0
    desk.show_cleaned(np.zeros(7))  # of another length
    assert curve(desk, "clean")[1].size == 0
    assert not desk.actions.export.isEnabled()


def test_a_failure_is_said_and_the_signal_stays(desk, recording, qtbot):
    opened(desk, recording, qtbot)
    click(qtbot, desk.actions.denoise)
    desk.show_problem("The signal is shorter than a window. Use a longer one.")
    assert desk.problem() == "The signal is shorter than a window. Use a longer one."
    assert curve(desk, "noisy")[1].size == 200
    click(qtbot, desk.actions.denoise)
    assert desk.problem() == ""


def test_gaps_stay_gaps(desk, tmp_path, qtbot):
    path = write(tmp_path / "gaps.csv", "v\n1\n\n3\nNaN\n2.5\n1\n")
    opened(desk, path, qtbot)
    assert "missing" in desk.numbers()
    values = desk._column.values
    desk.show_cleaned(values * 0.5)
    assert np.isnan(curve(desk, "clean")[1]).sum() == np.isnan(values).sum() > 0
    desk.grab()


def test_what_was_left_as_it_was_is_said_behind_the_numbers(desk, recording, qtbot):
    opened(desk, recording, qtbot)
    desk.show_cleaned(np.zeros(200), "119 samples lie between gaps and were left as they were.")
    said = desk.numbers()
    assert said.endswith("kPa RMS. 119 samples lie between gaps and were left as they were.")
    choose(desk, "beat_mV", qtbot)
    assert "gaps" not in desk.numbers()
    choose(desk, "flow (kPa)", qtbot)
    assert desk.numbers() == said
    desk.show_cleaned(np.zeros(200))
    assert "gaps" not in desk.numbers()


def test_a_signal_with_gaps_is_cleaned_and_learned_from(desk, tmp_path, qtbot):
    opened(desk, write(tmp_path / "gaps.csv", "v,w\n" + 40 * "1,1\n,2\n3,4\n2.5,1\n"), qtbot)
    with qtbot.waitSignal(desk.train_requested) as said:
        click(qtbot, desk.actions.train)
    assert np.isnan(said.args[0].read()).tolist() == 40 * [False, True, False, False]
    with qtbot.waitSignal(desk.denoise_requested):
        click(qtbot, desk.actions.denoise)
    assert desk.problem() == ""


def test_what_the_model_will_do_is_readable_and_gives_way_when_it_is_done(desk, recording, qtbot):
    desk.resize(440, 400)
    note = "“A model with a rather long name that it got from its owner” will clean it, 128 samples at a time."
    desk.set_model(True, note)
    opened(desk, recording, qtbot)
    line = desk.actions.note
    assert line.text() == note
    qtbot.waitUntil(lambda: line.height() >= line.heightForWidth(line.width()))
    assert line.geometry().bottom() < desk.actions.denoise.geometry().top()
    desk.show_cleaned(np.zeros(200))
    assert not line.isVisible()
    desk.set_model(True, "Another will clean it.")
    assert line.isVisible()
    desk.set_busy(True, "Cleaning…")
    assert line.isVisible() and line.text() == "Cleaning…"
