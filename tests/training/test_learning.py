"""Runs to their end: they learn, repeat by the seed, and say what they do."""

import numpy as np
import pytest
import torch
from small import CPU, dataset, events_of, finished, of_kind, recipe, same_weights

from aedesk.data.corruption import Corruption
from aedesk.errors import TrainingError
from aedesk.models.autoencoder import Autoencoder
from aedesk.models.losses import LOSS_TITLES
from aedesk.training.events import EpochEnded, Event, Finished, Progress, Snapshot, Started, Watch
from aedesk.training.run import train


@pytest.mark.parametrize(("form", "factor"), [("image", 2.5), ("table", 4.0), ("signal", 8.0)])
@pytest.mark.parametrize("optimiser", ["adam", "adamw"])
def test_the_loss_falls(form: str, factor: float, optimiser: str) -> None:
    model = finished(recipe(form, "training.epochs=20", f"training.optimiser={optimiser}")).model
    for curve in (model.history.train["mse"], model.history.validation["mse"]):
        assert len(curve) == 20
        assert curve[0] > factor * curve[-1], curve


def test_plain_descent_learns_too() -> None:
    options = ("training.epochs=20", "training.optimiser=sgd", "training.learning_rate=0.05")
    curve = finished(recipe("table", *options)).model.history.train["mse"]
    assert curve[0] > 3 * curve[-1]


@pytest.mark.parametrize("loss", LOSS_TITLES)
def test_every_loss_is_made_small_under_its_own_name(loss: str) -> None:
    model = finished(recipe("image", "training.epochs=10", f"objective.reconstruction={loss}")).model
    assert list(model.history.train) == list(model.history.validation) == [loss]
    assert model.history.train[loss][0] > 1.1 * model.history.train[loss][-1]


def test_the_network_learns_to_take_noise_away() -> None:
    """What it gives back of a noisy input must be nearer to the clean one than the input was."""
    chosen = recipe("signal", "training.epochs=60")
    model, data = finished(chosen).model, dataset(chosen)
    clean = data.inputs[data.test].numpy()
    noisy = clean + 0.1 * np.random.default_rng(0).normal(size=clean.shape).astype(np.float32)
    before = np.square(noisy - clean).mean()
    after = np.square(model.reconstruct(noisy) - clean).mean()
    assert after < before / 2


@pytest.mark.parametrize("form", ["image", "table", "signal"])
@pytest.mark.parametrize("optimiser", ["adam", "adamw", "sgd"])
def test_the_same_seed_gives_the_same_weights_to_the_bit(form: str, optimiser: str) -> None:
    chosen = recipe(form, f"training.optimiser={optimiser}")
    first, again = finished(chosen).model, finished(chosen).model
    assert same_weights(first, again)
    assert first.history.train == again.history.train
    other = finished(recipe(form, f"training.optimiser={optimiser}", "training.seed=1")).model
    assert not same_weights(first, other)


def test_being_watched_changes_nothing() -> None:
    chosen = recipe("signal")
    data = dataset(chosen)
    alone = finished(chosen).model
    watched = events_of(chosen, watch=Watch(data.rows("all"), data.rows("all")[:5]))[-1]
    assert isinstance(watched, Finished) and same_weights(alone, watched.model)


def test_other_users_of_torchs_randomness_change_nothing() -> None:
    chosen = recipe("signal")
    first = finished(chosen).model
    torch.manual_seed(123)
    run = train(chosen, dataset(chosen), CPU)
    for event in run:
        torch.rand(3)
        last = event
    assert isinstance(last, Finished) and same_weights(first, last.model)


@pytest.mark.parametrize("corruption", ["none", "gaussian", "masking", "noise-level"])
def test_the_data_set_is_not_changed(corruption: str) -> None:
    chosen = recipe("table", f"corruption.kind={corruption}")
    data = dataset(chosen)
    before = data.inputs.clone()
    finished(chosen)
    assert torch.equal(data.inputs, before)


def test_every_batch_is_corrupted_anew_and_compared_with_the_clean_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A corruption that adds 1 to all: a network that copies would have a loss of exactly 1."""
    chosen = recipe("table", "corruption.kind=gaussian", "training.epochs=1")
    seen = []

    def add_one(self: Corruption, x: torch.Tensor, generator: torch.Generator, spread: float) -> torch.Tensor:
        seen.append(x.clone())
        return x + 1

    def copy(self: Autoencoder, code: torch.Tensor, wanted: torch.Tensor | None = None) -> torch.Tensor:
        return seen[-1] + 1 + 0 * self.decoder(code)

    monkeypatch.setattr(type(chosen.corruption), "apply", add_one)
    monkeypatch.setattr(Autoencoder, "decode", copy)
    last = events_of(chosen)[-1]
    assert isinstance(last, Finished)
    assert last.model.history.train["mse"] == pytest.approx([1.0])
    data = dataset(chosen)
    learned = torch.cat(seen[: -(-len(data.train) // 16)])
    rows = sorted(map(tuple, learned.tolist()))
    assert rows == sorted(map(tuple, data.inputs[data.train].tolist())), "each training row once"


def test_a_run_begins_and_ends_with_what_it_says() -> None:
    chosen = recipe("image", "training.epochs=3")
    events = events_of(chosen)
    started, last = events[0], events[-1]
    assert isinstance(started, Started) and isinstance(last, Finished)
    assert (started.first_epoch, started.last_epoch, started.device) == (1, 3, CPU)
    assert started.batches == -(-len(dataset(chosen).train) // 32) == 7
    assert (last.reason, last.message) == ("completed", "")
    assert len(of_kind(events, Started)) == len(of_kind(events, Finished)) == 1
    assert [event.epoch for event in of_kind(events, EpochEnded)] == [1, 2, 3]
    assert not same_weights(started.model, last.model), "the first weights are not the last ones"


def test_the_epochs_told_are_the_history_kept() -> None:
    events = events_of(recipe("image", "training.epochs=3"))
    last = events[-1]
    assert isinstance(last, Finished)
    ended = of_kind(events, EpochEnded)
    assert last.model.history.train == {"mse": [event.train["mse"] for event in ended]}
    assert last.model.history.validation == {"mse": [event.validation["mse"] for event in ended]}
    assert last.model.history.epochs == 3
    assert last.model.history.samples == 3 * 216 and last.model.history.seconds > 0


def test_the_losses_told_are_those_of_the_network() -> None:
    """With steps too small to change anything, all losses are those of the first weights."""
    chosen = recipe("table", "training.learning_rate=1e-12", "training.epochs=1")
    events = events_of(chosen)
    data, network = dataset(chosen), finished(chosen).model.autoencoder
    ended = of_kind(events, EpochEnded)[0]
    for rows, told in ((data.train, ended.train), (data.validation, ended.validation)):
        with torch.no_grad():
            x = data.inputs[rows]
            expected = float(torch.nn.functional.mse_loss(network(x), x))
        assert told["mse"] == pytest.approx(expected, rel=1e-5)


@pytest.fixture(scope="module")
def long_run() -> list[Event]:
    """All events of a watched run of nearly two thousand batches. It must be listened to with gradients on."""
    chosen = recipe("image", "data.limit=0", "training.batch_size=2", "training.epochs=3")
    data, events = dataset(chosen), []
    for event in train(chosen, data, CPU, watch=Watch(data.rows("all"), data.rows("all")[:5])):
        # Who listens may learn something too, and must not find gradients switched off.
        assert torch.is_grad_enabled() and not torch.is_inference_mode_enabled(), type(event)
        events.append(event)
    return events


def test_a_run_says_everything_there_is_to_say(long_run: list[Event]) -> None:
    assert {type(event) for event in long_run} == {Started, Progress, Snapshot, EpochEnded, Finished}


def test_progress_goes_forward(long_run: list[Event]) -> None:
    progress = of_kind(long_run, Progress)
    done = [event.epochs_done() for event in progress]
    assert done == sorted(done) and 2 < done[-1] <= 3
    assert all(event.samples_per_second > 0 and event.seconds_left >= 0 for event in progress)
    assert progress[-1].seconds_left < progress[0].seconds_left
    losses = [event.losses["mse"] for event in progress if event.losses]
    assert losses and min(losses) > 0, "only signs of life between epochs have none"


def test_a_long_run_does_not_talk_all_the_time(long_run: list[Event]) -> None:
    """At most about thirty times a second of progress, and fifteen of snapshots."""
    last = long_run[-1]
    assert isinstance(last, Finished)
    wall = last.model.history.seconds
    assert 1 <= len(of_kind(long_run, Progress)) < 3 * 647 / 4, "not after every batch"
    assert len(of_kind(long_run, Progress)) <= 40 * wall + 10
    assert len(of_kind(long_run, Snapshot)) <= 20 * wall + 5


def test_without_validation_data_there_are_no_validation_losses() -> None:
    model = finished(recipe("table", "data.split.validation=0")).model
    assert model.history.validation == {} and model.history.last("validation") is None
    assert model.history.last("train") == model.history.train["mse"][-1]


@pytest.mark.parametrize("batch", [1, 7, 108, 1000])
def test_any_batch_size_sees_every_row_once(batch: int) -> None:
    events = events_of(recipe("table", f"training.batch_size={batch}", "training.epochs=1"))
    (started,) = of_kind(events, Started)
    last = events[-1]
    assert isinstance(last, Finished)
    assert started.batches == -(-108 // batch) and last.model.history.samples == 108


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["model.mirror=false"], "model.decoder: Give the decoder its own layers"),
        (["objective.reconstruction=bce"], "objective.reconstruction: Binary cross-entropy"),
    ],
)
def test_an_impossible_recipe_is_refused(options: list[str], words: str) -> None:
    chosen = recipe("table", *options)
    with pytest.raises(TrainingError, match=words):
        next(train(chosen, dataset(chosen), CPU))


def test_advice_does_not_keep_a_recipe_from_being_trained() -> None:
    assert finished(recipe("table", "data.split.held_out=false")).reason == "completed"


def test_rows_kept_aside_may_lie_beyond_the_training_range() -> None:
    """Scaled by the training part they are then below 0 or above 1, where a cross-entropy ends."""
    chosen = recipe(
        "table", "data.scaling=unit", "objective.reconstruction=bce", "model.output_activation=sigmoid",
        "data.split.validation=0.5",
    )  # fmt: skip
    data = dataset(chosen)
    assert float(data.inputs[data.validation].max()) > 1 or float(data.inputs[data.validation].min()) < 0
    last = events_of(chosen)[-1]
    assert isinstance(last, Finished) and last.reason == "completed"
