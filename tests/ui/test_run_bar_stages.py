"""The run bar while layers learn alone."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from aedesk.training.events import Event, Finished, Progress, StageProgress
from aedesk.training.history import History
from aedesk.ui import theme
from aedesk.ui.elided_label import ElidedLabel
from aedesk.ui.panels.run_bar import RunBar
from aedesk.ui.panels.run_progress import RunProgress
from tests.small import events_of, recipe

NUMBERS = Progress(12, 1200, 1875, {}, 18076.3, 130.2)
ALONE = StageProgress(2, 3, 4, 10, 1200, 1875, 0.25, 18076.3, 130.2)


@pytest.fixture(scope="module")
def events() -> list[Event]:
    return events_of(recipe("table"))


@pytest.fixture
def bar(qtbot) -> RunBar:
    theme.apply(QApplication.instance(), "light")
    bar = RunBar()
    qtbot.addWidget(bar)
    bar.resize(1280, 60)
    bar.show()
    return bar


def said(bar: RunBar) -> list[str]:
    """What can be read in the middle of the bar."""
    labels = [label for page in bar.findChildren(RunProgress) for label in page.findChildren(ElidedLabel)]
    labels += [label for label in bar.findChildren(ElidedLabel) if label not in labels]
    return [label.text().replace("\u202f", " ") for label in labels if label.isVisible() and label.text()]


def test_layers_that_learn_alone_are_named(bar, events):
    bar.set_state("running")
    bar.show_started(events[0])
    bar.show_stage(ALONE)
    assert said(bar)[:4] == [
        "Layer 2 of 3 alone: epoch 4 of 10", "2 min 10 s left", "Batch 1 200 of 1 875", "18 076 samples/s",
    ]  # fmt: skip
    assert bar.findChild(RunProgress).parts() == (0.25, pytest.approx(0.64))
    bar.show_stage(replace(ALONE, stage=0, epoch=3))
    assert said(bar)[0] == "Without pretraining: epoch 3 of 10"


def test_the_run_itself_goes_on_where_its_stages_ended(bar, events):
    bar.show_started(replace(events[0], first_epoch=1, last_epoch=2))
    bar.show_stage(ALONE)
    bar.show_progress(replace(NUMBERS, epoch=2, batch=0))
    assert bar.findChild(RunProgress).parts() == (pytest.approx(0.25 + 0.75 / 2), 0)
    bar.show_started(replace(events[0], first_epoch=1, last_epoch=2))
    bar.show_progress(replace(NUMBERS, epoch=2, batch=0))
    assert bar.findChild(RunProgress).parts() == (0.5, 0), "the next run begins anew"


def test_a_run_stopped_before_it_began_says_so(bar, events):
    stopped = Finished(replace(events[-1].model, history=History()), "stopped")
    bar.show_started(events[0])
    bar.show_stage(ALONE)
    bar.show_finished(stopped)
    assert "Stopped before all layers learned together." in said(bar)
    bar.show_started(events[0])
    bar.show_finished(stopped)
    assert "Stopped in the first epoch." in said(bar)


def test_what_holds_a_stage_stays_in_sight(bar, events):
    bar.set_state("running")
    bar.show_started(events[0])
    bar.set_state("paused")
    bar.show_stage(ALONE)
    assert "Paused" in said(bar)


def test_the_words_fit_in_a_small_window(bar, events):
    bar.show_started(events[0])
    bar.show_stage(replace(ALONE, stage=12, stages=13, epoch=100, epochs=200))
    QApplication.sendPostedEvents()
    for label in bar.findChild(RunProgress).findChildren(ElidedLabel):
        assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()
