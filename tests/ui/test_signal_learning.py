"""What the signal desk offers to learn from: several channels, a clean signal, noise taken out before."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from aedesk.data.csv_reading import CsvReading
from aedesk.data.recording_file import read_recording
from aedesk.data.remedies import Remedies
from aedesk.training.trained_model import TrainedModel
from aedesk.ui.panels.signal_desk import SignalDesk
from aedesk.ui.panels.signal_request import HowRead, LearnRequest
from aedesk.ui.signal_opening import SignalOpening
from aedesk.ui.signal_work import SignalWork
from tests.small import trained
from tests.ui.driving import LONG
from tests.ui.signals import choose, click, opened, write

COUNT, RATE = 1500, 250


@pytest.fixture
def desk(qtbot) -> SignalDesk:
    made = SignalDesk()
    qtbot.addWidget(made)
    made.resize(560, 420)
    made.show()
    made.set_model(True, "A model.")
    return made


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    time = np.arange(COUNT) / RATE
    clean = np.sin(2 * np.pi * 2 * time) ** 5
    noise = np.random.default_rng(0).normal(0, 0.1, COUNT)
    hum = 0.4 * np.sin(2 * np.pi * 50 * time)
    columns = np.column_stack([time, clean + noise, clean + noise + hum, clean])
    path = tmp_path / "three.csv"
    np.savetxt(path, columns, "%.6g", ",", header="time_s,noisy,hummed,clean", comments="")
    return path


def asked(desk: SignalDesk, qtbot) -> LearnRequest:
    with qtbot.waitSignal(desk.train_requested) as said:
        click(qtbot, desk.actions.train)
    return said.args[0]


def test_all_channels_may_be_learned_together(desk, recording, qtbot):
    opened(desk, recording, qtbot)
    learning = desk.actions.learning
    assert learning.together.isVisible() and not learning.clean.isVisible()
    assert asked(desk, qtbot).names == ("noisy",)
    learning.together.click()
    request = asked(desk, qtbot)
    assert request.names == ("noisy", "hummed", "clean") and request.read().shape == (COUNT, 3)
    one = write(recording.with_name("one.csv"), "v\n" + "\n".join(str(row % 7) for row in range(120)))
    opened(desk, one, qtbot)
    assert not learning.together.isVisible() and asked(desk, qtbot).names == ("v",)


def test_what_was_cleaned_together_is_there_for_each(desk, recording, qtbot):
    opened(desk, recording, qtbot)
    table = read_recording(recording)
    hummed = table.column("hummed")
    desk.show_cleaned(table.column("noisy") * 0.5, "", {"hummed": (hummed, hummed * 0.25)})
    choose(desk, "hummed", qtbot)
    assert "removed" in desk.numbers()
    with qtbot.waitSignal(desk.notice):
        desk.export(recording.with_name("out.csv"))
    saved = read_recording(recording.with_name("out.csv"))
    np.testing.assert_allclose(saved.column("hummed_clean"), hummed * 0.25, atol=1e-6)
    assert "noisy_clean" in saved.names


def test_cleaned_columns_may_take_the_place_of_the_old_ones(desk, recording, qtbot):
    opened(desk, recording, qtbot)
    assert not desk.actions.replace.isVisible()
    desk.show_cleaned(np.zeros(COUNT))
    assert desk.actions.replace.isVisible()
    desk.actions.replace.click()
    with qtbot.waitSignal(desk.notice):
        desk.export(recording.with_name("out.csv"))
    saved = read_recording(recording.with_name("out.csv"))
    assert saved.names == read_recording(recording).names and not saved.column("noisy").any()


def test_a_clean_column_is_chosen(desk, recording, qtbot):
    opened(desk, recording, qtbot)
    desk.actions.way.setCurrentIndex(desk.actions.way.findData("reference"))
    clean = desk.actions.learning.clean
    assert clean.isVisible() and not desk.actions.learning.together.isVisible()
    clean.setCurrentIndex(clean.findText("clean"))
    request = asked(desk, qtbot)
    assert (request.way, request.reference, request.reference_file) == ("reference", "clean", "")


def test_a_clean_file_is_chosen(desk, recording, qtbot, monkeypatch):
    opened(desk, recording, qtbot)
    desk.actions.way.setCurrentIndex(desk.actions.way.findData("reference"))
    clean = desk.actions.learning.clean
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(recording.with_name("clean.csv")), ""))
    clean.setCurrentIndex(clean.count() - 1)
    clean.activated.emit(clean.count() - 1)
    request = asked(desk, qtbot)
    assert (request.reference, request.reference_file) == ("", str(recording.with_name("clean.csv")))


def test_without_a_clean_signal_there_is_nothing_to_learn_from(desk, tmp_path, qtbot):
    path = write(tmp_path / "one.csv", "v\n" + "\n".join(str(row % 7) for row in range(120)))
    opened(desk, path, qtbot)
    desk.actions.way.setCurrentIndex(desk.actions.way.findData("reference"))
    with qtbot.assertNotEmitted(desk.train_requested):
        click(qtbot, desk.actions.train)
    assert "clean signal first" in desk.problem()


def test_a_hum_is_recognised_and_can_be_taken_out_first(desk, recording, qtbot):
    opened(desk, recording, qtbot)
    choose(desk, "hummed", qtbot)
    learning = desk.actions.learning
    qtbot.waitUntil(learning.kinds.isVisible, timeout=LONG)
    assert "50" in learning.kinds.text() and learning.remedy.isVisible()
    assert asked(desk, qtbot).remedies == Remedies()
    learning.remedy.click()
    assert asked(desk, qtbot).remedies.notch == pytest.approx(50, abs=0.5)
    choose(desk, "noisy", qtbot)
    assert not learning.remedy.isVisible() and asked(desk, qtbot).remedies == Remedies()


def test_a_folder_is_opened_and_saved_into_another(desk, recording, qtbot):
    values = read_recording(recording).column("noisy")
    folder, other = recording.parent / "in", recording.parent / "out"
    for place in (folder, other):
        place.mkdir()
    for name in ("a.csv", "b.csv"):
        (folder / name).write_bytes(recording.read_bytes())
    opened(desk, folder, qtbot)
    assert len(desk.column().values) == 2 * COUNT and ", 2 files" in desk.numbers() and "gap" not in desk.numbers()
    desk.show_cleaned(np.concatenate([values * 0.5, values * 0.25]))
    desk.export(folder)
    qtbot.waitUntil(lambda: "another folder" in desk.problem(), timeout=LONG)
    with qtbot.waitSignal(desk.notice):
        desk.export(other)
    np.testing.assert_allclose(read_recording(other / "b.csv").column("noisy_clean"), values * 0.25, atol=1e-6)


def test_a_folder_is_chosen_by_a_button_or_in_the_menu(desk, recording, qtbot, monkeypatch):
    folder = recording.parent / "in"
    folder.mkdir()
    (folder / "a.csv").write_bytes(recording.read_bytes())
    began = []
    answers = iter(["", str(folder)])
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *given: (began.append(given[2]), next(answers))[1])
    desk.folder = recording.parent
    click(qtbot, desk.file_line.folder)
    assert desk._background.work is None and desk.column() is None and began == [str(recording.parent)]
    with qtbot.waitSignal(desk.file_opened, timeout=LONG):
        click(qtbot, desk.file_line.folder)
    desk.resize(520, 500)
    assert not desk.file_line.folder.isVisible() and desk.file_line.more.isVisible()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    with qtbot.waitSignal(desk.file_opened, timeout=LONG):
        desk.file_line.more.menu().actions()[0].trigger()


def test_what_a_folder_lacks_is_said_and_what_is_open_stays(desk, recording, qtbot, tmp_path):
    opened(desk, recording, qtbot)
    empty, mixed = tmp_path / "empty", tmp_path / "mixed"
    for folder in (empty, mixed):
        folder.mkdir()
    write(mixed / "a.csv", "x,y\n" + "1,2\n" * 40)
    write(mixed / "b.csv", "x\n" + "1\n" * 40)
    for folder, said in ((empty, "“empty” holds no recordings"), (mixed, "a.csv has 2 channels (x, y), and b.csv has 1")):
        desk.open_file(folder)
        qtbot.waitUntil(lambda said=said: said in desk.problem(), timeout=LONG)
        assert desk.problem().endswith(".") and desk.column().table.path == recording


def test_the_advice_on_noise_is_read_in_full_until_the_signal_is_clean(desk, recording, qtbot):
    opened(desk, recording, qtbot)
    choose(desk, "hummed", qtbot)
    learning = desk.actions.learning
    qtbot.waitUntil(learning.kinds.isVisible, timeout=LONG)
    advice = learning.remedy.toolTip()
    assert "notch" in advice and advice in learning.kinds.text() and not learning.brief.isVisible()
    desk.show_cleaned(desk.column().values * 0.5)
    assert not learning.kinds.isVisible() and learning.brief.isVisible() and learning.remedy.isVisible()
    assert advice in learning.brief.toolTip()


def test_reading_can_be_given_up(desk, recording, qtbot):
    opened(desk, recording, qtbot)
    desk.open_file(recording.with_name("three.csv"), HowRead(CsvReading(rate=100)))
    assert desk.actions.cancel.isVisible()
    click(qtbot, desk.actions.cancel)
    assert not desk.actions.cancel.isVisible() and desk.column().step == pytest.approx(1 / RATE)


def test_how_it_was_read_is_corrected_on_a_page(desk, recording, qtbot):
    opening = SignalOpening(desk)
    opened(desk, recording, qtbot)
    click(qtbot, desk.file_line.reading)
    page = opening.page
    qtbot.waitUntil(lambda: page.open_button.isEnabled(), timeout=LONG)
    page.form.set_field("rate", 100.0)
    qtbot.waitUntil(lambda: not page.is_busy(), timeout=LONG)
    with qtbot.waitSignal(desk.file_opened, timeout=LONG):
        page.accept()
    assert desk.column().step == pytest.approx(0.01) and desk.how_read().reading.rate == 100
    assert asked(desk, qtbot).how.reading.rate == 100 and opening.page is None


def test_another_rate_is_chosen_on_the_page_and_kept_there(desk, recording, qtbot):
    opening = SignalOpening(desk)
    opened(desk, recording, qtbot)
    for rate in (100.0, 50.0):
        click(qtbot, desk.file_line.reading)
        page = opening.page
        qtbot.waitUntil(lambda page=page: page.open_button.isEnabled() and not page.is_busy(), timeout=LONG)
        assert page.resample_rate() == (None if rate == 100 else 100)
        page.sampling.set_rate(rate)
        with qtbot.waitSignal(desk.file_opened, timeout=LONG):
            page.accept()
        assert desk.column().step == pytest.approx(1 / RATE) and asked(desk, qtbot).how.resample == rate


class Idle(QObject):
    """A desk with a model on which nothing is trained."""

    finished = Signal(object)

    def __init__(self, model: TrainedModel) -> None:
        super().__init__()
        self._model = model

    def model(self) -> TrainedModel:
        return self._model


def test_a_recording_is_brought_to_the_models_rate_by_a_box(desk, recording, qtbot):
    model = replace(trained("signal"), step=1 / 100)
    work = SignalWork(Idle(model), desk, None, desk)
    opened(desk, recording, qtbot)
    match, seen = desk.actions.match, []
    assert not match.isVisible() and match.rate() == 0
    work.set_model(model)
    assert match.isVisible() and match.text() == "At the model’s 100 Hz" and match.rate() == 0
    desk.seen_changed.connect(seen.append)
    click(qtbot, desk.actions.denoise)
    qtbot.waitUntil(lambda: bool(seen), timeout=LONG)
    assert "check “At the model’s 100 Hz” below" in desk.numbers() and seen[-1].rate == 0
    own = seen[-1].full
    match.setChecked(True)
    assert seen[-1].rate == 100
    click(qtbot, desk.actions.denoise)
    qtbot.waitUntil(lambda: seen[-1].full is not None and seen[-1].full is not own, timeout=LONG)
    assert "learned at" not in desk.numbers() and len(seen[-1].full) == COUNT
    assert not np.allclose(seen[-1].full, own, equal_nan=True)
    work.set_model(trained("signal"))
    assert not match.isVisible() and match.rate() == 0


def test_what_a_rate_that_is_asked_for_loses_of_the_signal_is_said(desk, tmp_path, qtbot):
    model = replace(trained("signal"), step=1 / 20)
    work = SignalWork(Idle(model), desk, None, desk)
    work.set_model(model)
    rows = "\n".join(f"{row / RATE:.4f},{np.sin(2 * np.pi * 60 * row / RATE):.5f}" for row in range(2000))
    path = write(tmp_path / "fast.csv", f"time_s,level\n{rows}\n")
    for rate in (0.0, 20.0):
        with qtbot.waitSignal(desk.file_opened, timeout=LONG):
            desk.open_file(path, HowRead(resample=rate))
        assert not desk.actions.match.isVisible()
        click(qtbot, desk.actions.denoise)
        qtbot.waitUntil(lambda: "removed" in desk.numbers(), timeout=LONG)
        assert ("was lost" in desk.numbers()) is bool(rate) and ("would be lost" in desk.numbers()) is not bool(rate)
        assert not rate or "hum" not in desk.numbers()


def test_a_text_that_cannot_be_read_is_looked_at_at_once(desk, tmp_path, qtbot):
    opening = SignalOpening(desk)
    path = write(tmp_path / "words.csv", "only words\nand no numbers\nin any line\n")
    desk.open_file(path)
    qtbot.waitUntil(lambda: opening.page is not None, timeout=LONG)
    assert "no column of numbers" in desk.problem()
    opening.page.reject()
    assert opening.page is None
    desk.open_file(tmp_path / "gone.csv")
    qtbot.waitUntil(lambda: "does not exist" in desk.problem(), timeout=LONG)
    assert opening.page is None


def test_neighbours_with_like_noise_can_be_hidden(desk, tmp_path, qtbot):
    chance = np.random.default_rng(3).normal(size=4000)
    values = np.sin(np.arange(4000) / 40) + 0.5 * np.convolve(chance, np.ones(3), "same")
    path = write(tmp_path / "alike.csv", "v\n" + "\n".join(f"{value:.5f}" for value in values))
    opened(desk, path, qtbot)
    learning = desk.actions.learning
    qtbot.waitUntil(learning.kinds.isVisible, timeout=LONG)
    assert "3 neighbours resemble each other" in learning.kinds.text() and not learning.remedy.isVisible()
    assert asked(desk, qtbot).hide == 1
    learning.hide_near.click()
    assert asked(desk, qtbot).hide == 3 and "3 samples away" in learning.hide_near.toolTip()
    desk.actions.way.setCurrentIndex(desk.actions.way.findData("added-noise"))
    assert not learning.hide_near.isVisible() and asked(desk, qtbot).hide == 1
