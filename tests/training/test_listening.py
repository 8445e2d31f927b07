"""What a run does when it is told something: stop, pause, be abandoned, show other rows."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from small import CPU, dataset, events_of, finished, of_kind, recipe, same_weights

from aedesk.training import run as run_module
from aedesk.training.events import EpochEnded, Event, Finished, Progress, Snapshot, Started, Stop, Watch
from aedesk.training.run import train
from aedesk.training.snapshot import look


class Clock:
    """A clock that goes on by a hundredth of a second whenever it is read, and by leaps on demand."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        self.time += 0.01
        return self.time


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Makes a run report after every fourth batch or so, however fast the machine is."""
    fake = Clock()
    monkeypatch.setattr(run_module, "perf_counter", fake)
    return fake


def listen(
    told: Callable[[Event], Any], *options: str, form: str = "image", watch: Watch | None = None
) -> list[Event]:
    """All events of a run that is sent what ``told`` answers to each."""
    chosen = recipe(form, *options)
    run = train(chosen, dataset(chosen), CPU, watch=watch)
    events = [next(run)]
    while not isinstance(events[-1], Finished):
        events.append(run.send(told(events[-1])))
    with pytest.raises(StopIteration):
        next(run)
    return events


def points(count: int, *options: str) -> Watch:
    rows = dataset(recipe("image", *options)).rows("all")
    return Watch(rows[:count], rows[: count // 2])


def test_stop_ends_a_run_at_once_and_keeps_what_was_learned(clock: Clock) -> None:
    events = listen(lambda event: Stop() if isinstance(event, Progress) else None, "training.epochs=100")
    started, last = events[0], events[-1]
    assert isinstance(started, Started) and isinstance(last, Finished)
    assert last.reason == "stopped" and last.message == ""
    assert [type(event) for event in events] == [Started, Progress, Finished]
    assert not same_weights(started.model, last.model), "the batches until then were learned from"
    assert last.model.history.epochs == 0 and last.model.optimiser, "it can be continued"


@pytest.mark.parametrize("kind", [Started, Progress, Snapshot, EpochEnded])
def test_stop_is_heard_after_any_event(kind: type[Event], clock: Clock) -> None:
    said = []

    def told(event: Event) -> Stop | None:
        said.append(event)
        return Stop() if isinstance(event, kind) else None

    events = listen(told, "training.epochs=100", watch=points(10))
    first = next(place for place, event in enumerate(events) if isinstance(event, kind))
    last = events[-1]
    assert isinstance(last, Finished) and last.reason == "stopped"
    assert len(events) - first <= 5
    assert last.model.history.epochs <= 1


def test_stop_while_validating_keeps_the_whole_epoch(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aedesk.training.learner._VALIDATION_ROWS", 1)

    def told(event: Event) -> Stop | None:
        validating = isinstance(event, Progress) and not event.losses
        return Stop() if validating else None

    last = listen(told, "training.epochs=100")[-1]
    assert isinstance(last, Finished) and last.reason == "stopped"
    assert last.model.history.epochs == 1 and len(last.model.history.validation["mse"]) == 1


def test_a_stopped_run_has_whole_epochs_as_if_it_had_been_that_short() -> None:
    def told(event: Event) -> Stop | None:
        return Stop() if isinstance(event, EpochEnded) and event.epoch == 2 else None

    last = listen(told, "training.epochs=100")[-1]
    assert isinstance(last, Finished) and last.reason == "stopped"
    assert same_weights(last.model, finished(recipe("image", "training.epochs=2")).model)


def test_a_run_can_be_abandoned_anywhere(clock: Clock) -> None:
    chosen = recipe("image")
    data, watch = dataset(chosen), points(10)
    count = len(list(train(chosen, data, CPU, watch=watch)))
    assert count > 5
    for steps in range(count):
        run = train(chosen, data, CPU, watch=watch)
        for _ in range(steps):
            next(run)
        run.close()
        assert list(run) == []
        assert torch.is_grad_enabled()


def test_a_pause_costs_nothing_but_time(clock: Clock) -> None:
    def told(event: Event) -> None:
        clock.time += 1000

    paused = listen(told)
    last = paused[-1]
    assert isinstance(last, Finished) and of_kind(paused, Progress)
    assert same_weights(last.model, finished(recipe("image")).model)
    assert last.model.history.seconds < 100, "time in which nothing was asked for is not counted"
    assert all(event.seconds_left < 100 for event in of_kind(paused, Progress))


def test_nothing_is_shown_to_nobody() -> None:
    assert not of_kind(events_of(recipe("image")), Snapshot)


def test_the_first_and_the_last_weights_are_shown() -> None:
    events = events_of(recipe("image"), watch=points(10))
    snapshots, last = of_kind(events, Snapshot), events[-1]
    assert snapshots[0].epochs_done == 0 and snapshots[-1].epochs_done == 2
    assert isinstance(events[1], Snapshot) and isinstance(events[-2], Snapshot)
    assert isinstance(last, Finished)
    assert all(torch.equal(value, last.model.weights[name]) for name, value in snapshots[-1].weights.items())


def test_a_watch_that_is_sent_changes_what_is_shown(clock: Clock) -> None:
    rows = dataset(recipe("image")).rows("all")
    watches = [Watch(rows[50:60], rows[3:5]), Watch(rows[:7], rows[9:10]), Watch(rows[:0], rows[:0])]
    sent: list[tuple[int, Watch]] = []
    events: list[Event] = []

    def told(event: Event) -> Watch | None:
        events.append(event)
        if isinstance(event, Progress) and len(sent) < len(watches):
            if not sent or any(isinstance(e, Snapshot) for e in events[sent[-1][0] :]):
                sent.append((len(events), watches[len(sent)]))
                return sent[-1][1]
        return None

    listen(told, "training.epochs=10")
    assert len(sent) == 3
    assert not [event for event in events[: sent[0][0]] if isinstance(event, Snapshot)]
    for (begin, watch), end in zip(sent, [sent[1][0], sent[2][0], len(events)], strict=True):
        shown = [event for event in events[begin:end] if isinstance(event, Snapshot)]
        assert shown
        for snapshot in shown:
            np.testing.assert_array_equal(snapshot.points, watch.points)
            np.testing.assert_array_equal(snapshot.rows, watch.rows)
            assert snapshot.codes.shape == (len(watch.points), 4)
            assert snapshot.corrupted.shape == snapshot.reconstructed.shape == (len(watch.rows), 1, 8, 8)


@pytest.fixture
def slow_looks(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Lets every snapshot take a second of the clock; the times at which they are taken."""
    taken: list[float] = []

    def slowly(*arguments: Any) -> Any:
        clock.time += 1
        taken.append(clock.time)
        return (yield from look(*arguments))

    monkeypatch.setattr(run_module, "look", slowly)
    return taken


@pytest.mark.parametrize("looking", [False, True], ids=["while learning", "while looking"])
def test_a_watch_is_heard_at_the_next_chance(looking: bool, slow_looks: list[float]) -> None:
    """However costly the last snapshot was, a person who selects a sample does not wait for it."""
    places: list[int] = []
    events: list[Event] = []

    def told(event: Event) -> Watch | None:
        events.append(event)
        if isinstance(event, Progress) and not places and looking != bool(event.losses):
            places.append(len(events))
            return points(6)
        return None

    listen(told, "training.epochs=20", watch=points(4))
    first, second = of_kind(events, Snapshot)[:2]
    assert (len(first.points), len(second.points)) == (4, 6)
    waited = [event for event in events[places[0] :] if event is not first].index(second)
    assert waited <= (2 if looking else 1), "but for signs of life"
    shown = places[0] + waited
    assert not of_kind(events[shown + 2 : shown + 12], Snapshot), "the next one waits for its turn"


def test_snapshots_cost_three_hundredths_of_the_time(slow_looks: list[float]) -> None:
    """Each takes one second of the clock here, so the next may come no sooner than 33 seconds later."""
    listen(lambda event: None, "training.epochs=600", watch=points(4))
    between = np.diff(slow_looks)[:-1]  # the last one is always shown
    assert len(between) > 2
    assert between.min() >= 33
    assert between.min() < 38, "and it does come"
