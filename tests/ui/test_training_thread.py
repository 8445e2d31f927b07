"""The thread that trains: the order of its events, its mailbox, and how it ends."""

from collections.abc import Callable, Iterator
from time import perf_counter

import pytest
import torch
from pytestqt.qtbot import QtBot

from aedesk.errors import TrainingError
from aedesk.training.events import Event, Finished, Progress, Snapshot, StageLearned, StageProgress, Started, Watch
from aedesk.ui.training_thread import TrainingThread
from tests import small
from tests.ui.driving import LONG, wait_until_still

LONG_RUN = "training.epochs=100000"

Begin = Callable[..., TrainingThread]


@pytest.fixture
def begin() -> Iterator[Begin]:
    """Starts threads, and ends them when the test does."""
    begun: list[TrainingThread] = []

    def begin(*assignments: str, rows: int = 3) -> TrainingThread:
        recipe = small.recipe("image", *assignments)
        watch = Watch(torch.arange(5), torch.arange(rows))
        thread = TrainingThread(recipe, small.dataset(recipe), small.CPU, None, watch)
        begun.append(thread)
        thread.start()
        return thread

    yield begin
    for thread in begun:
        thread.stop()
        assert thread.wait(LONG)


def listen(qtbot: QtBot, thread: TrainingThread, until: Callable[[list[Event]], bool]) -> list[Event]:
    """Everything that is said until enough is."""
    heard: list[Event] = []

    def enough() -> bool:
        heard.extend(thread.take_events())
        return until(heard)

    qtbot.waitUntil(enough, timeout=LONG)
    return heard


def test_a_whole_run_is_told_in_order(begin, qtbot):
    thread = begin()
    assert thread.wait(LONG)
    events = thread.take_events()
    assert isinstance(events[0], Started)
    assert isinstance(events[-1], Finished) and events[-1].reason == "completed"
    assert small.same_weights(events[-1].model, small.trained("image"))
    assert thread.error is None
    assert thread.take_events() == [], "each event is told once"


def test_only_the_newest_snapshot_waits_in_the_mailbox(begin, qtbot):
    thread = begin(LONG_RUN)
    listen(qtbot, thread, lambda heard: len(small.of_kind(heard, Snapshot)) >= 2)
    qtbot.wait(400)  # time for several, which nobody fetches
    events = thread.take_events()
    assert len(small.of_kind(events, Snapshot)) == 1
    steps = [event.epochs_done() for event in small.of_kind(events, Progress)]
    assert len(steps) > 3 and steps == sorted(steps), "the rest is kept, in order"


def test_a_pause_asks_for_nothing_more(begin, qtbot):
    thread = begin(LONG_RUN)
    listen(qtbot, thread, lambda heard: bool(small.of_kind(heard, Progress)))
    thread.pause()
    wait_until_still(qtbot, lambda: thread.take_events() == [])  # what was under way has been said
    qtbot.wait(150)
    assert thread.take_events() == [] and thread.isRunning()
    thread.go_on()
    listen(qtbot, thread, lambda heard: bool(small.of_kind(heard, Progress)))


@pytest.mark.parametrize("paused", [False, True])
def test_a_stop_is_heard_soon_and_keeps_what_was_learned(begin, qtbot, paused):
    thread = begin(LONG_RUN)
    listen(qtbot, thread, lambda heard: bool(small.of_kind(heard, Progress)))
    if paused:
        thread.pause()
        qtbot.wait(60)
    began = perf_counter()
    thread.stop()
    assert thread.wait(LONG)
    assert perf_counter() - began < 2
    last = thread.take_events()[-1]
    assert isinstance(last, Finished) and last.reason == "stopped"
    untrained = small.finished(small.recipe("image", "training.learning_rate=1e-30", "training.epochs=1"))
    assert not small.same_weights(last.model, untrained.model)


def test_another_watch_is_shown_and_does_not_undo_a_stop(begin, qtbot):
    thread = begin(LONG_RUN)
    thread.watch(Watch(torch.tensor([7, 8]), torch.tensor([9])))
    heard = listen(qtbot, thread, lambda heard: any(
        isinstance(event, Snapshot) and event.rows.tolist() == [9] for event in heard
    ))  # fmt: skip
    assert small.of_kind(heard, Snapshot)[-1].points.tolist() == [7, 8]
    thread.pause()
    qtbot.wait(60)
    thread.stop()
    thread.watch(Watch(torch.tensor([1]), torch.tensor([1])))
    assert thread.wait(LONG)
    assert thread.take_events()[-1].reason == "stopped"


def test_what_cannot_be_trained_ends_the_thread_with_the_reason(begin, qtbot):
    thread = begin("model.output_activation=relu", "data.scaling=centred")
    assert thread.wait(LONG)
    assert isinstance(thread.error, TrainingError)
    assert thread.take_events() == []


def test_a_bug_ends_the_thread_and_is_kept(begin, qtbot, monkeypatch):
    monkeypatch.setattr("aedesk.training.learner.Learner.learn", lambda *_: 1 / 0)
    thread = begin()
    assert thread.wait(LONG)
    assert isinstance(thread.error, ZeroDivisionError)
    assert isinstance(thread.take_events()[0], Started)


ALONE = ("training.pretraining.epochs=10000", "training.pretraining.compare=false")


def test_a_pause_holds_layers_that_learn_alone(begin, qtbot):
    thread = begin(*ALONE)
    listen(qtbot, thread, lambda heard: bool(small.of_kind(heard, StageProgress)))
    thread.pause()
    wait_until_still(qtbot, lambda: thread.take_events() == [])  # what was under way has been said
    qtbot.wait(150)
    assert thread.take_events() == [] and thread.isRunning()
    thread.go_on()
    listen(qtbot, thread, lambda heard: bool(small.of_kind(heard, StageLearned)))


def test_layers_that_learn_alone_can_be_watched_and_stopped(begin, qtbot):
    thread = begin(*ALONE)
    listen(qtbot, thread, lambda heard: bool(small.of_kind(heard, StageLearned)))
    thread.watch(Watch(torch.arange(7), torch.arange(2)))
    listen(
        qtbot, thread, lambda heard: any(len(shot.points) == 7 for shot in small.of_kind(heard, Snapshot))
    )
    began = perf_counter()
    thread.stop()
    assert thread.wait(LONG) and perf_counter() - began < 5
    last = thread.take_events()[-1]
    assert isinstance(last, Finished) and last.reason == "stopped"
    assert last.model.history.epochs == 0 and last.model.history.stages[0].layer == 1
