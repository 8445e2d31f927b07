"""The signal desk, driven with the mouse, drops and files that are not as they should be."""

from pathlib import Path
from time import perf_counter

import numpy as np
import pandas
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget

from aedesk.ui.panels.signal_desk import SignalDesk
from aedesk.ui.panels.signal_file import unit_of


@pytest.fixture
def desk(qtbot) -> SignalDesk:
    desk = SignalDesk()
    qtbot.addWidget(desk)
    desk.resize(500, 400)
    desk.set_model(True, "“A model” will clean it.")
    desk.show()
    yield desk
    qtbot.waitUntil(lambda: desk._work is None)


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """A sine of 2 s with two more columns, at 100 Hz."""
    time = np.arange(200) / 100
    table = {"time_s": time, "flow (kPa)": np.sin(7 * time), "note": ["a"] * 200, "beat_mV": time**2}
    path = tmp_path / "recording.csv"
    pandas.DataFrame(table).to_csv(path, index=False)
    return path


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def opened(desk: SignalDesk, path: Path, qtbot) -> None:
    with qtbot.waitSignal(desk.file_opened):
        desk.open_file(path)


def click(qtbot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def curve(desk: SignalDesk, name: str) -> tuple[np.ndarray, np.ndarray]:
    x, y = desk.plot.lanes.curve(name).getOriginalDataset()
    return (np.empty(0), np.empty(0)) if x is None else (x, y)


def choose(desk: SignalDesk, name: str, qtbot) -> None:
    """Choose a column with the keyboard."""
    combo = desk.file_line.column
    combo.setFocus()
    steps = combo.findText(name) - combo.currentIndex()
    for _ in range(abs(steps)):
        qtbot.keyClick(combo, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)
    qtbot.keyClick(combo, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk._work is None and desk.file_line.column.currentText() == name)


# -- opening ----------------------------------------------------------------------------------


def test_an_empty_desk_invites(desk):
    words = " ".join(label.text() for label in desk.findChildren(QLabel) if label.isVisible())
    assert "Drop a CSV here, or open one." in words
    assert "Nothing leaves this computer." in words
    assert desk.file_line.open.isEnabled()
    assert not desk.file_line.column.isVisible()
    for button in (desk.actions.denoise, desk.actions.train, desk.actions.export):
        assert not button.isEnabled()


def test_every_control_says_what_it_does(desk):
    controls = [*desk.findChildren(QPushButton), desk.file_line.column]
    assert len(controls) == 6
    for control in controls:
        assert control.toolTip().endswith(".")


def test_the_example_is_a_click_away_and_seen_at_once(desk, qtbot):
    with qtbot.waitSignal(desk.file_opened):
        click(qtbot, desk.file_line.example)
    assert desk.numbers() == "108\u202f000 samples, 360 Hz, 5 min"
    assert desk.file_line.column.currentText() == "ecg_mV"
    assert desk.plot.isVisible()
    x, y = curve(desk, "noisy")
    assert x[-1] == pytest.approx(107_999 / 360, rel=1e-3)
    assert y[0] == -0.245
    drawn = desk.plot.lanes.curve("noisy").curve.getData()[0]
    assert 100 < len(drawn) < 5000  # as many as can be told apart, not 108 000
    desk.plot.lanes.upper.getViewBox().setXRange(100, 101)
    times = []
    for start in range(10):
        began = perf_counter()
        desk.plot.lanes.upper.getViewBox().setXRange(100 + start, 101 + start)
        desk.grab()
        times.append(perf_counter() - began)
    assert min(times) < 0.033
    low, high = desk.plot.lanes.upper.getViewBox().viewRange()[1]
    inside = y[(x > 109) & (x < 110)]
    assert high - low < 2 * np.ptp(inside)  # the heights fit what is in view


def test_reading_does_not_hold_the_window_up(desk, qtbot):
    with qtbot.waitSignal(desk.file_opened):
        began = perf_counter()
        click(qtbot, desk.file_line.example)
        assert perf_counter() - began < 0.1
        assert desk.actions.note.text() == "Reading ecg.csv…"


def test_a_file_is_chosen_in_a_dialog_or_not(desk, recording, qtbot, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    click(qtbot, desk.file_line.open)
    assert desk._work is None
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
    assert not desk._dragging


def test_other_files_are_left_to_the_window(desk, tmp_path, qtbot):
    assert not drop(desk, write(tmp_path / "model.aedesk", "x"))
    assert not drop(desk, write(tmp_path / "picture.png", "x"))
    assert desk._work is None


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
    assert said.args == [str(recording), "beat_mV"]
    choose(desk, "flow (kPa)", qtbot)
    assert curve(desk, "clean")[1].size == 200
    assert "removed" in desk.numbers()


def test_what_cannot_be_done_now_cannot_be_pressed(desk, recording, qtbot):
    opened(desk, recording, qtbot)
    assert desk.actions.denoise.isEnabled()
    desk.set_busy(True, "Cleaning…")
    assert not desk.actions.denoise.isEnabled()
    assert desk.actions.note.text() == "Cleaning…"
    assert desk._bar.isVisible()
    desk.set_busy(False)
    assert not desk._bar.isVisible()
    desk.set_model(False, "Train or open a model of signals.")
    assert not desk.actions.denoise.isEnabled()
    assert desk.actions.note.text() == "Train or open a model of signals."
    assert desk.actions.train.isEnabled()
    assert not desk.actions.export.isEnabled()


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
    assert list(after) == [*before, "flow (kPa)_clean"]
    pandas.testing.assert_frame_equal(after[list(before)], before)
    np.testing.assert_array_equal(after["flow (kPa)_clean"], clean)


def test_saving_over_the_open_file_opens_it_again(desk, recording, qtbot):
    opened(desk, recording, qtbot)
    desk.show_cleaned(np.zeros(200))
    with qtbot.waitSignal(desk.file_opened):
        desk.export(recording)
    combo = desk.file_line.column
    assert combo.findText("flow (kPa)_clean") >= 0
    assert desk.problem() == ""


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
    assert desk._work is None
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
        qtbot.waitUntil(lambda: desk._work is None)
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


def test_the_newest_of_two_files_wins(desk, recording, tmp_path, qtbot):
    other = write(tmp_path / "other.csv", "x,y\n1,5\n2,6\n3,5.5\n")
    said = []
    desk.file_opened.connect(said.append)
    desk.open_file(recording)
    desk.open_file(other)
    qtbot.waitUntil(lambda: desk._work is None)
    qtbot.wait(100)
    assert said == [str(other)]


@pytest.mark.parametrize(
    ("column", "unit"),
    [
        ("ecg_mV", "mV"), ("flow (kPa)", "kPa"), ("force [N]", "N"), ("speed (m/s)", "m/s"),
        ("temperature °C", "°C"), ("beat", ""), ("pH_a", ""), ("item", ""), ("x_clean", ""),
    ],
)  # fmt: skip
def test_the_unit_is_read_from_the_name(column, unit):
    assert unit_of(column) == unit
