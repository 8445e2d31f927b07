"""The page of anomalies: what is shown of scores, and what a person can do with them."""

from dataclasses import replace
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from PySide6.QtCore import Qt
from small import trained

from aedesk.analysis import anomalies, rows
from aedesk.analysis.anomalies import Marked
from aedesk.data.csv_table import read_csv
from aedesk.errors import DataError
from aedesk.ui.anomaly_work import AnomalyWork
from aedesk.ui.panels.anomaly_found import AnomaliesFound, odd_samples
from aedesk.ui.panels.anomaly_page import AnomalyPage
from aedesk.ui.panels.anomaly_table import MOST
from aedesk.ui.panels.signal_seen import Seen
from aedesk.ui.views.extremes import Extremes

STRETCHES = [Marked(100, 140, 120, 5.0, 3.0), Marked(600, 700, 650, 9.0, 4.0)]


def signal(count: int = 1000) -> np.ndarray:
    values = np.linspace(0, 1, count)
    values[600:650] = 3.0
    return values


def seen(values: np.ndarray | None = None, step: float | None = 0.5) -> Seen:
    return Seen("level", "mV", step, signal() if values is None else values)


def found(values: np.ndarray, rate: float | None = 0.001, **more: object) -> AnomaliesFound:
    scores = np.zeros(len(values))
    scores[600:700] = 9
    return AnomaliesFound(values, Extremes(scores), 2.0, rate, STRETCHES, odd_samples(values, STRETCHES), **more)


@pytest.fixture
def page(qtbot) -> AnomalyPage:
    page = AnomalyPage()
    qtbot.addWidget(page)
    page.resize(520, 400)
    page.show()
    page.set_model(True)
    return page


def headings(page: AnomalyPage) -> list[str]:
    return [page.table.horizontalHeaderItem(column).text() for column in range(3)]


def texts(page: AnomalyPage) -> list[list[str]]:
    table = page.table
    return [[table.item(row, column).text() for column in range(3)] for row in range(table.rowCount())]


def test_at_first_there_is_only_a_hint(page: AnomalyPage) -> None:
    assert "Open a signal" in page.note.text() and not page.lanes.isVisible()
    assert not page.controls.find.isEnabled() and not page.controls.export.isEnabled()
    page.show_seen(seen())
    assert page.controls.find.isEnabled() and page.lanes.isVisible() and not page.table.isVisible()
    page.set_model(False)
    assert not page.controls.find.isEnabled() and "open a model" in page.note.text()


def test_scores_are_asked_for_at_the_wanted_rate(page: AnomalyPage, qtbot) -> None:
    page.show_seen(seen())
    with qtbot.waitSignal(page.scores_requested) as asked:
        qtbot.mouseClick(page.controls.find, Qt.MouseButton.LeftButton)
    assert asked.args == [pytest.approx(0.001)]
    page.controls.spin.setValue(5)  # asks only where there are scores already
    page.show_scores(found(page.seen().before))
    with qtbot.waitSignal(page.scores_requested) as asked:
        page.controls.spin.stepBy(-1)
    assert asked.args == [pytest.approx(0.02)]


def test_what_was_found_is_drawn_and_listed(page: AnomalyPage) -> None:
    page.show_seen(seen())
    page.show_scores(found(page.seen().before))
    assert texts(page) == [["50.00", "20", "5"], ["300.00", "50", "9"]]
    assert page.threshold.value() == 2.0 and page.lanes.lower.isVisible()
    odd = page.lanes.curve("odd").samples()
    assert np.array_equal(np.flatnonzero(np.isfinite(odd)), [*range(100, 140), *range(600, 700)])
    assert "2 marked, 14" in page.note.text() and page.controls.export.isEnabled()
    page.show_scores(found(page.seen().before, None))
    assert "You chose the threshold" in page.note.text()
    page.show_scores(found(page.seen().before, from_itself=True))
    assert "Most of this recording" in page.note.text()


def test_a_stretch_that_is_chosen_comes_into_view(page: AnomalyPage, qtbot) -> None:
    page.show_seen(seen())
    page.show_scores(found(page.seen().before))
    with qtbot.waitSignal(page.stretch_chosen) as chosen:
        page.table.setCurrentCell(1, 0)
    assert chosen.args == [600, 700]
    start, end = page.lanes.upper.getViewBox().viewRange()[0]
    assert 150 < start < 300 and 350 < end < 500, "in seconds, with something around it"
    with qtbot.waitSignal(page.stretch_chosen):  # and comes back by another click
        page.table.cellClicked.emit(1, 0)


def test_a_model_that_does_not_fit_is_said(page: AnomalyPage) -> None:
    page.show_seen(seen())
    page.show_scores(found(page.seen().before, misfit=True))
    assert page._problem.isVisible() and "the model does not fit this recording" in page._problem.text()
    page.show_scores(found(page.seen().before, rate=None, misfit=True))
    assert not page._problem.isVisible(), "a person wants so much marked"


def test_samples_without_a_score_are_no_share_of_what_is_marked(page: AnomalyPage) -> None:
    page.show_seen(seen())
    scores = np.ones(1000)
    scores[500:] = np.nan
    values = page.seen().before
    stretches = [Marked(0, 250, 9, 3.0, 3.0)]
    page.show_scores(AnomaliesFound(values, Extremes(scores), 0.5, 0.001, stretches, odd_samples(values, stretches)))
    assert page.note.text().startswith("1 marked, 50\u202f% of the samples that could be scored.")


def test_samples_without_a_rate_are_counted(page: AnomalyPage) -> None:
    page.show_seen(seen(step=None))
    page.show_scores(found(page.seen().before))
    assert texts(page)[0] == ["100", "40", "5"] and headings(page) == ["Start", "Length", "Peak"]
    page.table.show_stretches([Marked(0, 4000, 9, 1234.5, 3.0)], page.seen().timeline)
    assert texts(page) == [["0", "4\u202f000", "1\u202f230"]]


def test_hours_of_weeks_are_listed_in_days(page: AnomalyPage) -> None:
    page.show_seen(seen(step=3600.0))
    page.show_scores(found(page.seen().before))
    assert texts(page)[1][:2] == ["25.00", "4.17"] and headings(page)[:2] == ["Start (d)", "Length (d)"]


def test_large_numbers_are_written_in_plain_digits(page: AnomalyPage) -> None:
    values = signal(4000)
    page.show_seen(seen(values, step=1.0))
    all_of_it = [Marked(0, 4000, 9, 1234.5, 3.0)]
    scores = Extremes(np.ones(4000))
    page.show_scores(AnomaliesFound(values, scores, 0.5, 0.001, all_of_it, odd_samples(values, all_of_it)))
    assert texts(page) == [["0.00", "66.7", "1\u202f230"]] and headings(page) == ["Start (min)", "Length (min)", "Peak"]
    assert page.note.text().startswith("1 marked, 100\u202f% of the samples.")


@pytest.mark.parametrize("look", ["light", "dark"])
def test_no_number_of_the_table_is_cut(page: AnomalyPage, both_looks, look: str) -> None:
    both_looks(look)
    page.show_seen(seen(step=1 / 44_100))
    page.show_scores(found(page.seen().before))
    page.grab()
    table = page.table
    assert all(table.columnWidth(column) >= table.sizeHintForColumn(column) for column in range(3))


def test_a_threshold_that_is_dragged_is_asked_for(page: AnomalyPage, qtbot) -> None:
    page.show_seen(seen())
    page.show_scores(found(page.seen().before))
    with qtbot.waitSignal(page.threshold_chosen) as chosen:
        page.threshold.setValue(4.0)
        page.threshold.sigPositionChangeFinished.emit(page.threshold)
    assert chosen.args == [4.0]


def test_scores_of_another_signal_are_not_shown(page: AnomalyPage) -> None:
    page.show_seen(seen())
    page.show_scores(found(page.seen().before))
    page.show_seen(Seen("level", "mV", 0.5, page.seen().before, full=np.zeros(1000)))  # it was cleaned
    assert page.table.rowCount() == 2
    old = page.seen().before
    page.show_seen(seen(signal() + 1))
    assert page.table.rowCount() == 0 and not page.table.isVisible() and not page.lanes.lower.isVisible()
    page.show_scores(found(old))
    assert page.found() is None
    page.show_seen(None)
    assert "Open a signal" in page.note.text()


def test_of_very_many_stretches_the_highest_are_listed(page: AnomalyPage) -> None:
    page.show_seen(seen())
    many = [Marked(place, place + 1, place, float(place), 1.0) for place in range(MOST + 50)]
    values = page.seen().before
    page.show_scores(AnomaliesFound(values, Extremes(values), 2.0, 0.1, many, odd_samples(values, many)))
    assert page.table.rowCount() == MOST and texts(page)[0][2] == "50"
    assert "The table shows" in page.note.text()


# -- with the work behind it --------------------------------------------------------------------


@pytest.fixture
def work(page: AnomalyPage) -> AnomalyWork:
    work = AnomalyWork(SimpleNamespace(model=lambda: trained("signal")), page, page)
    work.set_model(trained("signal"))
    return work


def ask(page: AnomalyPage, qtbot) -> None:
    before = page.found()
    qtbot.mouseClick(page.controls.find, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.found() is not before)


def test_a_signal_is_scored_once_and_marked_anew(
    page: AnomalyPage, work: AnomalyWork, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.show_seen(seen())
    ask(page, qtbot)
    first = page.found()
    assert any(one.start < 650 < one.stop + 50 for one in first.stretches) and not first.from_itself
    monkeypatch.setattr(anomalies, "scores", None)  # would be called in vain
    page.controls.spin.setValue(20)
    qtbot.waitUntil(lambda: page.found() is not first)
    second = page.found()
    assert second.threshold < first.threshold and second.rate == pytest.approx(0.2)
    page.threshold_chosen.emit(1e9)
    qtbot.waitUntil(lambda: page.found() is not second)
    assert page.found().stretches == [] and page.found().threshold == 1e9 and page.found().rate is None


def test_at_another_rate_it_is_scored_anew(page: AnomalyPage, work: AnomalyWork, qtbot) -> None:
    shown = replace(seen(), step=0.01)
    page.show_seen(shown)
    ask(page, qtbot)
    own = page.found()
    page.show_seen(replace(shown, rate=50.0))
    ask(page, qtbot)
    assert page.found().scores.values.shape == own.scores.values.shape
    assert not np.array_equal(page.found().scores.values, own.scores.values, equal_nan=True)


def test_another_sampling_rate_is_said(page: AnomalyPage, work: AnomalyWork, qtbot) -> None:
    work._desk.model = lambda model=replace(trained("signal"), step=1.0): model
    page.show_seen(seen(step=1 / 50))
    ask(page, qtbot)
    assert "sampled at 50 Hz, and the model learned at 1 Hz" in page._problem.text() and page._problem.isVisible()
    page.show_seen(seen(step=1.0))
    ask(page, qtbot)
    assert "sampled" not in page._problem.text()


def test_what_it_learned_from_may_be_gone(
    page: AnomalyPage, work: AnomalyWork, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(model: object) -> None:
        raise DataError("noisy.csv does not exist.")

    monkeypatch.setattr(anomalies, "normal_scores", gone)
    page.show_seen(seen())
    ask(page, qtbot)
    assert page.found().from_itself


def test_looking_can_be_given_up(page: AnomalyPage, work: AnomalyWork, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = Event()
    monkeypatch.setattr(rows, "scores", lambda model, values, sampling: values * go_on.wait(20))
    page.show_seen(seen(np.sin(np.arange(300) / 9)))
    qtbot.mouseClick(page.controls.find, Qt.MouseButton.LeftButton)
    assert page.controls.cancel.isVisible() and not page.controls.find.isVisible()
    qtbot.mouseClick(page.controls.cancel, Qt.MouseButton.LeftButton)
    assert page.controls.find.isVisible() and not page.controls.cancel.isVisible()
    go_on.set()
    qtbot.waitUntil(lambda: not work._later.is_busy())
    assert page.found() is None and page.controls.find.isEnabled()


def test_what_cannot_be_scored_is_said(page: AnomalyPage, work: AnomalyWork, qtbot) -> None:
    page.show_seen(seen(np.zeros(5)))
    qtbot.mouseClick(page.controls.find, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "has 5 samples in a row, and the model needs 16" in page._problem.text())
    assert page.controls.find.isEnabled() and page.found() is None
    work.set_model(trained("table"))
    assert not page.controls.find.isEnabled()


def test_the_list_is_saved(page: AnomalyPage, work: AnomalyWork, qtbot, tmp_path: Path) -> None:
    work.export(tmp_path / "nothing.csv")
    page.show_seen(seen())
    page.show_scores(found(page.seen().before))
    with qtbot.waitSignal(work.notice) as said:
        work.export(tmp_path / "list.csv")
    assert said.args == ["Saved list.csv."] and not (tmp_path / "nothing.csv").exists()
    listed = pd.read_csv(tmp_path / "list.csv")
    assert listed["start_row"].tolist() == [101, 601] and listed["end_s"].tolist() == [69.5, 349.5]
    work.export(tmp_path / "gone" / "list.csv")
    qtbot.waitUntil(lambda: "cannot be written" in page._problem.text())


def test_the_list_takes_the_place_of_no_recording_and_no_model(
    page: AnomalyPage, work: AnomalyWork, qtbot, tmp_path: Path
) -> None:
    source, model = tmp_path / "in.csv", tmp_path / "m.aedesk"
    source.write_text("level\n1\n2\n", encoding="utf-8")
    model.write_bytes(b"what was learned")
    page.show_seen(replace(seen(), table=read_csv(source)))
    page.show_scores(found(page.seen().before))
    work.export(source)
    qtbot.waitUntil(lambda: "in.csv itself would be replaced" in page._problem.text())
    work.export(model)
    qtbot.waitUntil(lambda: "Give it the ending .csv" in page._problem.text())
    assert source.read_text(encoding="utf-8").startswith("level") and model.read_bytes() == b"what was learned"
