"""Learning in two sittings: the same as in one, also through a file."""

from pathlib import Path

import pytest
import torch
from small import dataset, events_of, finished, recipe, same_weights

from aedesk.files import model_file
from aedesk.models.batch_pass import BatchPass
from aedesk.models.bottlenecks.variational import Variational
from aedesk.training.events import Finished, Started
from aedesk.training.trained_model import TrainedModel


def reopened(model: TrainedModel, folder: Path) -> TrainedModel:
    model_file.save(model, folder / "model.aedesk")
    return model_file.load(folder / "model.aedesk")


@pytest.mark.parametrize("form", ["image", "table", "signal"])
@pytest.mark.parametrize("optimiser", ["adam", "adamw", "sgd"])
def test_two_and_two_epochs_are_four(form: str, optimiser: str, tmp_path: Path) -> None:
    options = (f"training.optimiser={optimiser}", "training.weight_decay=0.01")
    two, four = (recipe(form, f"training.epochs={count}", *options) for count in (2, 4))
    once = finished(four).model
    twice = finished(two, start=reopened(finished(two).model, tmp_path)).model
    assert same_weights(once, twice)
    assert twice.history.train == once.history.train and twice.history.validation == once.history.validation
    assert twice.history.epochs == 4 and twice.history.samples == once.history.samples


def test_without_its_optimiser_a_model_goes_another_way(tmp_path: Path) -> None:
    """Guards the test above: the optimiser's state does matter."""
    two, four = (recipe("image", f"training.epochs={count}") for count in (2, 4))
    model = finished(two).model
    forgetful = TrainedModel(
        model.recipe, model.shape, model.form, model.scaler, model.weights, None, model.history
    )
    assert not same_weights(finished(four).model, finished(two, start=forgetful).model)


def test_momentum_free_descent_can_be_continued(tmp_path: Path) -> None:
    """It has no state at all, which must not be taken for a state that was lost."""
    options = ("training.optimiser=sgd", "training.momentum=0")
    two, four = (recipe("table", f"training.epochs={count}", *options) for count in (2, 4))
    twice = finished(two, start=reopened(finished(two).model, tmp_path)).model
    assert same_weights(finished(four).model, twice)


def test_a_second_sitting_counts_on() -> None:
    chosen = recipe("image")
    start = finished(chosen).model
    events = events_of(chosen, start=start)
    started, last = events[0], events[-1]
    assert isinstance(started, Started) and isinstance(last, Finished)
    assert (started.first_epoch, started.last_epoch) == (3, 4)
    assert same_weights(started.model, start)
    assert last.model.history.seconds > start.history.seconds


def test_the_model_gone_on_from_is_not_changed() -> None:
    chosen = recipe("image")
    start = finished(chosen).model
    weights = {name: value.clone() for name, value in start.weights.items()}
    assert start.optimiser
    state = {name: value.clone() for name, value in start.optimiser.items()}
    before = start.reconstruct(dataset(chosen).scaler.unscaled(dataset(chosen).inputs[:3].numpy()))
    finished(chosen, start=start)
    assert all((value == start.weights[name]).all() for name, value in weights.items())
    assert all((value == start.optimiser[name]).all() for name, value in state.items())
    after = start.reconstruct(dataset(chosen).scaler.unscaled(dataset(chosen).inputs[:3].numpy()))
    assert (before == after).all()


@pytest.mark.parametrize(
    "option", ["training.optimiser=sgd", "training.learning_rate=0.001", "training.schedule=one-cycle"]
)
def test_going_on_in_another_way_works(option: str) -> None:
    start = finished(recipe("table", "training.epochs=10")).model
    last = finished(recipe("table", "training.epochs=5", option), start=start)
    assert last.reason == "completed" and last.model.history.epochs == 15
    curve = last.model.history.train["mse"]
    assert curve[-1] < curve[9] * 1.05, "it goes on from what was learned"


def test_the_learning_rate_of_the_second_sitting_counts() -> None:
    start = finished(recipe("table")).model
    still = finished(recipe("table", "training.learning_rate=1e-30"), start=start).model
    assert all((abs(value - start.weights[name]) < 1e-6).all() for name, value in still.weights.items())
    moved = finished(recipe("table"), start=start).model
    assert not same_weights(moved, start)


def test_a_failed_run_can_be_gone_on_from() -> None:
    too_fast = recipe("table", "training.optimiser=sgd", "training.learning_rate=100", "training.epochs=50")
    failed = finished(too_fast)
    assert failed.reason == "failed"
    assert finished(recipe("table"), start=failed.model).reason == "completed"


@pytest.mark.parametrize(("epochs", "least"), [(1, 0.25), (4, 1.0), (6, 1.0)])
def test_what_has_warmed_up_does_not_begin_again(
    epochs: int, least: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a sitting of so many epochs, a second of four goes on from there."""
    options = ("model.bottleneck.kind=variational", "model.bottleneck.warm_up=1")
    start = finished(recipe("table", f"training.epochs={epochs}", *options)).model
    progress: list[float] = []
    terms = Variational.terms

    def watched(self: Variational, batch: BatchPass) -> dict[str, torch.Tensor]:
        if torch.is_grad_enabled():
            progress.append(batch.progress)
        return terms(self, batch)

    monkeypatch.setattr(Variational, "terms", watched)
    finished(recipe("table", "training.epochs=4", *options), start=start)
    assert min(progress) == progress[0] == least and max(progress) <= 1
    progress.clear()
    finished(recipe("table", "training.epochs=4", *options))
    assert progress[0] == 0, "a run of its own begins at the beginning"
