"""What a run says and hears while its layers learn alone, and what can go wrong then."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from small import CPU, dataset, events_of, finished, of_kind, recipe, same_weights
from stacked import LAYERS, stacked

from aedesk.recipe import Recipe
from aedesk.training import run as run_module
from aedesk.training import run_part
from aedesk.training.events import (
    EpochEnded, Event, Finished, Progress, Snapshot, StageLearned, StageProgress, Started, Stop, Watch,
)  # fmt: skip
from aedesk.training.learner import Learner
from aedesk.training.pretraining import LayerLearner
from aedesk.training.run import train

ROWS = 216
LINEAR = "model.output_activation=linear"


def listen(chosen: Recipe, told: Callable[[Event], Any], watch: Watch | None = None) -> list[Event]:
    """All events of a run that is sent what ``told`` answers to each."""
    run = train(chosen, dataset(chosen), CPU, watch=watch)
    events = [next(run)]
    while not isinstance(events[-1], Finished):
        events.append(run.send(told(events[-1])))
    return events


class Clock:
    """A clock that goes on by a hundredth of a second whenever it is read."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        self.time += 0.01
        return self.time


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    fake = Clock()
    monkeypatch.setattr(run_module, "perf_counter", fake)
    return fake


def test_every_epoch_of_every_stage_is_told(clock: Clock) -> None:
    events = events_of(stacked(compare=True))
    learned = of_kind(events, StageLearned)
    told = [(event.stage, event.stages, event.epoch, event.epochs) for event in learned]
    assert told == [(stage, 3, epoch, 2) for stage in range(4) for epoch in (1, 2)]
    for event in learned:
        stage = event.history.stages[-1]
        assert stage.layer == event.stage and len(stage.train) == len(stage.validation) == event.epoch
    last = events[-1]
    assert isinstance(last, Finished) and last.model.history.stages == learned[-1].history.stages
    kinds = [type(event) for event in events]
    assert kinds.index(StageLearned) < kinds.index(Progress) < kinds.index(EpochEnded)


def test_without_validation_data_stages_have_no_validation_losses() -> None:
    stages = finished(stacked("data.split.validation=0", compare=True)).model.history.stages
    assert [len(stage.train) for stage in stages] == [2] * 4
    assert not any(stage.validation for stage in stages)


def test_progress_goes_forward_through_all_stages(clock: Clock) -> None:
    events = events_of(stacked(compare=True))
    progress = of_kind(events, StageProgress)
    assert {event.stage for event in progress} == {0, 1, 2, 3} and all(event.stages == 3 for event in progress)
    shares = [event.share for event in progress]
    assert shares[0] == 0 and shares == sorted(shares) and 0.5 < shares[-1] < 1
    begun = [event for event in progress if event.batch]
    assert all(event.seconds_left > 0 and event.samples_per_second > 0 for event in begun)
    places = [(event.stage, event.epoch, event.batch) for event in progress]
    assert places == sorted(places)
    assert all(event.batch <= event.batches == 7 for event in progress)


@pytest.mark.parametrize("kind", [StageProgress, StageLearned])
@pytest.mark.parametrize("stage", [0, 1, 3])
def test_stop_is_heard_in_any_stage(kind: type[Event], stage: int, clock: Clock) -> None:
    chosen = stacked("training.epochs=50", "training.pretraining.epochs=50", compare=True)
    events = listen(
        chosen, lambda event: Stop() if isinstance(event, kind) and event.stage == stage else None
    )
    last = events[-1]
    assert isinstance(last, Finished) and last.reason == "stopped" and last.message == ""
    first = next(place for place, event in enumerate(events) if isinstance(event, kind) and event.stage == stage)
    assert len(events) - first <= 3
    assert last.model.history.epochs == 0 and last.model.optimiser is not None
    assert finished(recipe("image", LAYERS), start=last.model).model.history.epochs == 2


def test_a_watch_is_answered_in_any_stage(clock: Clock) -> None:
    rows = torch.arange(9)
    waiting: list[int] = []
    answered: list[int] = []

    def told(event: Event) -> Watch | None:
        new = waiting and waiting[-1] not in answered
        if isinstance(event, Snapshot) and new and len(event.points) == waiting[-1] + 4:
            answered.append(waiting[-1])
        if isinstance(event, StageProgress) and event.batch and event.stage not in waiting:
            assert len(answered) == len(waiting), "the one before was answered within its stage"
            waiting.append(event.stage)
            return Watch(rows[: event.stage + 4], rows[:1])
        return None

    listen(stacked(compare=True), told)
    assert waiting == answered == [0, 1, 2, 3]


def test_the_comparison_is_shown_and_then_the_first_weights_again(clock: Clock) -> None:
    rows = torch.arange(4)
    events = events_of(stacked("training.epochs=20", compare=True), watch=Watch(rows, rows))
    started = events[0]
    assert isinstance(started, Started)
    place = next(i for i, event in enumerate(events) if isinstance(event, StageProgress) and event.stage == 1)

    def is_first(snapshot: Snapshot) -> bool:
        return all(torch.equal(value, snapshot.weights[name]) for name, value in started.model.weights.items())

    shots = of_kind(events[:place], Snapshot)
    assert len(shots) > 2 and is_first(shots[0]) and is_first(shots[-1])
    assert not all(map(is_first, shots))


def test_a_pause_in_a_stage_costs_nothing_but_time(clock: Clock) -> None:
    def told(event: Event) -> None:
        clock.time += 1000

    paused = listen(stacked(compare=True), told)
    last = paused[-1]
    assert isinstance(last, Finished) and len(of_kind(paused, StageProgress)) > 10
    assert last.model.history.seconds < 100
    assert all(event.seconds_left < 100 for event in of_kind(paused, StageProgress))
    assert same_weights(last.model, finished(stacked()).model)


def test_a_run_can_be_abandoned_in_any_stage(clock: Clock) -> None:
    chosen = stacked("training.pretraining.epochs=1", "training.epochs=1", compare=True)
    data, watch = dataset(chosen), Watch(torch.arange(5), torch.arange(2))
    for steps in range(len(list(train(chosen, data, CPU, watch=watch)))):
        run = train(chosen, data, CPU, watch=watch)
        for _ in range(steps):
            next(run)
        run.close()
        assert list(run) == [] and torch.is_grad_enabled()


def test_work_before_the_run_counts_as_work(clock: Clock) -> None:
    plain = finished(recipe("image", LAYERS)).model.history
    history = finished(stacked(compare=True)).model.history
    assert plain.samples == 2 * ROWS and history.samples == (2 + 3 * 2 + 2) * ROWS
    assert history.epochs == 2 and history.seconds > plain.seconds


# -- what can go wrong ------------------------------------------------------------------------


def test_too_large_a_learning_rate_of_pretraining_is_named() -> None:
    last = finished(stacked("training.optimiser=sgd", "training.pretraining.learning_rate=100", LINEAR))
    assert last.reason == "failed"
    assert "layer 1's epoch" in last.message and "pretraining's learning rate 100" in last.message
    assert all(bool(torch.isfinite(value).all()) for value in last.model.weights.values())


def test_a_comparison_that_fails_is_a_finding_and_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    class Exploding(Learner):
        def epoch_losses(self) -> dict[str, float]:
            return {"mse": float("nan")}

    monkeypatch.setattr(run_part, "Learner", Exploding)
    last = finished(stacked(compare=True))
    assert (last.reason, last.message) == ("completed", "")
    assert [stage.layer for stage in last.model.history.stages] == [1, 2, 3]
    assert same_weights(last.model, finished(stacked()).model)


def test_out_of_memory_in_a_stage_says_what_to_change(monkeypatch: pytest.MonkeyPatch) -> None:
    def prepare(self: LayerLearner) -> Any:
        yield
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 GiB.")

    monkeypatch.setattr(LayerLearner, "prepare", prepare)
    last = finished(stacked())
    assert last.reason == "failed" and "ran out of memory" in last.message
