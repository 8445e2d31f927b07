"""The clean signal beside the one on the signal desk: with it what is told of the signal is true, else estimated."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from aedesk.data.sources.signal import Signal as SignalSource
from aedesk.training.trained_model import TrainedModel
from aedesk.ui.panels.signal_answers import CleanedBy
from aedesk.ui.panels.signal_desk import SignalDesk
from aedesk.ui.signal_work import SignalWork
from tests.small import trained
from tests.ui.driving import LONG
from tests.ui.signals import choose, opened, write

COUNT = 1000
TIME = np.arange(COUNT) / 250
CLEAN = np.sin(2 * np.pi * TIME)
NOISE = np.random.default_rng(0).normal(0, 0.2, COUNT)


@pytest.fixture
def desk(qtbot) -> SignalDesk:
    made = SignalDesk()
    qtbot.addWidget(made)
    made.resize(700, 800)
    made.show()
    made.set_model(True, "A model.")
    return made


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    return saved(tmp_path / "both.csv", time=TIME, noisy=CLEAN + NOISE, other=CLEAN - NOISE, clean=CLEAN)


def saved(path: Path, **columns: np.ndarray) -> Path:
    rows = zip(*columns.values(), strict=True)
    text = "\n".join(",".join("" if np.isnan(one) else f"{one:.6g}" for one in row) for row in rows)
    return write(path, ",".join(columns) + "\n" + text + "\n")


def cleaned(desk: SignalDesk) -> None:
    """Two answers: the network leaves a tenth of the noise, and the filter all of it."""
    values = desk.column().values
    network = np.where(np.isnan(values), np.nan, CLEAN + NOISE / 10)
    desk.show_cleaned(network)
    desk.show_answers([CleanedBy("Network", network, 0.1, ratio=1.0), CleanedBy("Wiener", values, 0.2, ratio=2.0)])


def named(desk: SignalDesk, name: str) -> None:
    desk.actions.way.setCurrentIndex(desk.actions.way.findData("reference"))
    clean = desk.actions.learning.clean
    clean.setCurrentIndex(clean.findText(name))


def figures(desk: SignalDesk, qtbot) -> str:
    """What the page of what was removed says, once all that was asked for is done."""
    page = desk.views.removed
    qtbot.waitUntil(lambda: not desk._clean._later.is_busy(), timeout=LONG)
    desk.views.pages.show_page(page)
    qtbot.waitUntil(lambda: not page._is_new and not page._later.is_busy(), timeout=LONG)
    return page.figures.text()


def ratios(desk: SignalDesk) -> tuple[str, list[str]]:
    table = desk.views.table
    return table.horizontalHeaderItem(2).text(), [table.item(row, 2).text() for row in range(2)]


def decibels(rest: np.ndarray, known: np.ndarray | slice = slice(None)) -> str:
    return f"{10 * np.log10(CLEAN[known].var() / np.mean(np.square(rest[known]))):.1f} dB"


TRUE = decibels(NOISE), decibels(NOISE / 10)


def test_a_clean_column_makes_the_figures_true_until_none_is_named(desk, recording, qtbot):
    opened(desk, recording, qtbot)
    cleaned(desk)
    assert "(estimated)" in figures(desk, qtbot) and ratios(desk) == ("SNR\n(estimated)", ["2.0 dB", "1.0 dB"])
    named(desk, "clean")
    text = figures(desk, qtbot)
    assert f"{TRUE[0]} before, {TRUE[1]} after (true, by the reference)" in text
    assert ratios(desk) == ("SNR\n(true)", [TRUE[1], TRUE[0]])
    drawn = desk.plot.lanes.curve("reference").samples()
    np.testing.assert_allclose(drawn, CLEAN, atol=1e-5)
    assert desk.plot.lanes.key.button("reference").isVisibleTo(desk.plot.lanes.key)
    for way in ("blind", "added-noise"):
        named(desk, "clean")
        assert "(true" in figures(desk, qtbot)
        desk.actions.way.setCurrentIndex(desk.actions.way.findData(way))
        assert "(estimated)" in figures(desk, qtbot) and "(estimated)" in ratios(desk)[0]
    assert not desk.plot.lanes.key.button("reference").isVisibleTo(desk.plot.lanes.key)


def test_the_clean_signal_of_one_column_is_none_of_another(desk, recording, qtbot):
    opened(desk, recording, qtbot)
    cleaned(desk)
    named(desk, "clean")
    assert "(true" in figures(desk, qtbot)
    choose(desk, "other", qtbot)
    assert desk.actions.learning.reference() == ("", "")
    cleaned(desk)
    assert "(estimated)" in figures(desk, qtbot)
    choose(desk, "noisy", qtbot)
    assert "(estimated)" in figures(desk, qtbot)
    named(desk, "clean")
    assert "(true" in figures(desk, qtbot)
    opened(desk, saved(recording.with_name("next.csv"), time=TIME, noisy=CLEAN + NOISE, clean=CLEAN), qtbot)
    cleaned(desk)
    assert "(estimated)" in figures(desk, qtbot)


def test_a_clean_file_makes_the_figures_true_where_it_lies_beside(desk, recording, qtbot, monkeypatch):
    opened(desk, recording, qtbot)
    cleaned(desk)
    learning = desk.actions.learning
    desk.actions.way.setCurrentIndex(desk.actions.way.findData("reference"))
    beside = saved(recording.with_name("beside.csv"), time=TIME, level=CLEAN)
    short = saved(recording.with_name("short.csv"), time=TIME[:500], level=CLEAN[:500])
    empty = saved(recording.with_name("empty.csv"), time=TIME, level=np.r_[CLEAN[:3], np.full(COUNT - 3, np.inf)])
    unfit = f"The clean signal has 500 samples, and the noisy one {COUNT}", "is infinite or too large"
    for path, said, problem in (
        (beside, "(true", ""), (short, "(estimated)", unfit[0]), (empty, "(estimated)", unfit[1]), (beside, "(true", "")
    ):  # fmt: skip
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, path=path: (str(path), ""))
        learning.clean.setCurrentIndex(learning.clean.count() - 1)
        learning.clean.activated.emit(learning.clean.count() - 1)
        assert learning.reference() == ("", str(path))
        assert said in figures(desk, qtbot) and problem in desk.problem(), path.name
        assert bool(problem) == bool(desk.problem())
    beside.unlink()
    named(desk, "short.csv")
    named(desk, "beside.csv")
    assert "(estimated)" in figures(desk, qtbot)


def test_gaps_of_either_are_left_out_of_what_is_true(desk, tmp_path, qtbot):
    noisy, clean = CLEAN + NOISE, CLEAN.copy()
    noisy[100:200], clean[300:500] = np.nan, np.nan
    opened(desk, saved(tmp_path / "gaps.csv", time=TIME, noisy=noisy, clean=clean), qtbot)
    cleaned(desk)
    named(desk, "clean")
    known = np.isfinite(noisy) & np.isfinite(clean)
    text = figures(desk, qtbot)
    assert f"{decibels(NOISE, known)} before, {decibels(NOISE / 10, known)} after (true" in text


class Idle(QObject):
    """A desk on which nothing is trained."""

    finished = Signal(object)

    def model(self) -> None:
        return None


def learned(recording: Path, **source: str) -> TrainedModel:
    model = trained("signal")
    said = SignalSource(**{"file": str(recording), "column": "noisy", **source})
    data = model.recipe.data.model_copy(update={"source": said})
    return replace(model, recipe=model.recipe.model_copy(update={"data": data}))


def test_the_clean_signal_that_a_model_learned_by_is_chosen(desk, recording, qtbot):
    work = SignalWork(Idle(), desk, None, desk)
    opened(desk, recording, qtbot)
    cleaned(desk)
    by_clean = learned(recording, reference="clean")
    work.set_model(learned(recording))
    assert "(estimated)" in figures(desk, qtbot)
    work.set_model(by_clean)
    assert desk.actions.way.currentText() == "I have both" and desk.actions.learning.reference() == ("clean", "")
    assert "(true" in figures(desk, qtbot)
    desk.actions.way.setCurrentIndex(0)
    work.set_model(by_clean)  # it was saved
    assert desk.actions.way.currentText() == "It is noisy" and "(estimated)" in figures(desk, qtbot)
    elsewhere = saved(recording.with_name("elsewhere.csv"), time=TIME, noisy=CLEAN - NOISE, pure=CLEAN)
    work.set_model(learned(recording, reference="pure", reference_file=str(elsewhere)))
    assert desk.actions.learning.reference() == ("pure", str(elsewhere))
    assert desk.actions.learning.clean.currentText() == "elsewhere.csv: pure"
    assert f"{TRUE[0]} before" in figures(desk, qtbot) and "(true" in figures(desk, qtbot)
    opened(desk, elsewhere, qtbot)
    assert desk.actions.learning.reference() == ("", "")
    opened(desk, recording, qtbot)
    assert desk.actions.learning.reference() == ("pure", str(elsewhere))


def test_of_several_columns_each_has_its_own_clean_signal(desk, recording, qtbot):
    work = SignalWork(Idle(), desk, None, desk)
    path = saved(recording, time=TIME, a=CLEAN + NOISE, b=CLEAN - NOISE, a_clean=CLEAN, b_clean=-CLEAN)
    opened(desk, path, qtbot)
    work.set_model(learned(path, column="a;b", reference="a_clean; b_clean"))
    for name in ("a", "b", "a"):
        choose(desk, name, qtbot)
        assert desk.actions.learning.reference() == (f"{name}_clean", "")
    choose(desk, "a_clean", qtbot)
    assert desk.actions.learning.reference() == ("", "")
