"""Runs that go wrong: a sentence, the last good weights, and no exception."""

from collections.abc import Generator
from typing import Any

import pytest
import torch
from small import CPU, dataset, events_of, finished, recipe, same_weights

from aedesk.errors import TrainingError
from aedesk.models.autoencoder import Autoencoder
from aedesk.training.devices import available, choose, trouble
from aedesk.training.events import Finished, Started, Watch
from aedesk.training.learner import Learner
from aedesk.training.running_means import weights_are_finite
from aedesk.training.run import train

OUT_OF_MEMORY = torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 GiB.")


def fails_after(monkeypatch: pytest.MonkeyPatch, batches: int, error: Exception | None) -> None:
    """From then on a network raises the error, or gives back what is no number."""
    whole, count = Autoencoder.decode, 0

    def decode(self: Autoencoder, *arguments: torch.Tensor) -> torch.Tensor:
        nonlocal count
        count += self.training
        if count <= batches:
            return whole(self, *arguments)
        if error:
            raise error
        return whole(self, *arguments) * float("nan")

    monkeypatch.setattr(Autoencoder, "decode", decode)


@pytest.mark.parametrize("validation", ["0", "0.1"])
@pytest.mark.parametrize("batch", ["8", "40"])
def test_too_large_a_learning_rate_is_named(validation: str, batch: str) -> None:
    last = finished(
        recipe(
            "table", "training.optimiser=sgd", "training.learning_rate=100", "training.epochs=50",
            f"training.batch_size={batch}", f"data.split.validation={validation}",
        )
    )  # fmt: skip
    assert last.reason == "failed"
    assert "learning rate 100 is probably too large. Try 10." in last.message
    assert weights_are_finite(last.model.weights)
    assert last.model.optimiser is None, "its state may be spoilt"


def test_what_was_learned_before_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    good = finished(recipe("image", "training.epochs=2")).model
    fails_after(monkeypatch, 2 * 7 + 3, None)
    last = finished(recipe("image", "training.epochs=9"))
    assert last.reason == "failed" and "in epoch 3" in last.message
    assert same_weights(last.model, good)
    assert last.model.history.epochs == 2 and last.model.history.train == good.history.train


def test_weights_spoilt_by_the_very_last_step_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loss was still a number then, and nothing measures the weights that came of it."""
    good = finished(recipe("image", "training.epochs=1", "data.split.validation=0")).model
    learn, count = Learner.learn, 0

    def spoil(self: Learner, x: torch.Tensor, progress: float) -> None:
        nonlocal count
        count += 1
        learn(self, x, progress)
        if count == 2 * self.batches_per_epoch:
            with torch.no_grad():
                next(self.network.parameters()).fill_(float("inf"))

    monkeypatch.setattr(Learner, "learn", spoil)
    last = finished(recipe("image", "training.epochs=2", "data.split.validation=0"))
    assert last.reason == "failed" and "learning rate 0.01" in last.message
    assert same_weights(last.model, good)


@pytest.mark.parametrize("batches", [0, 5, 10])
def test_out_of_memory_says_what_to_change(batches: int, monkeypatch: pytest.MonkeyPatch) -> None:
    fails_after(monkeypatch, batches, OUT_OF_MEMORY)
    events = events_of(recipe("image"))
    last = events[-1]
    assert isinstance(events[0], Started) and isinstance(last, Finished)
    assert last.reason == "failed"
    assert last.message.startswith("The device ran out of memory. Use a smaller batch than 32")
    assert weights_are_finite(last.model.weights)
    assert last.model.history.epochs == batches // 7


def test_out_of_memory_while_validating(monkeypatch: pytest.MonkeyPatch) -> None:
    def validate(self: Learner) -> Generator[None, None, Any]:
        yield
        raise OUT_OF_MEMORY

    monkeypatch.setattr(Learner, "validate", validate)
    last = finished(recipe("image"))
    assert last.reason == "failed" and "ran out of memory" in last.message


def test_out_of_memory_while_looking(monkeypatch: pytest.MonkeyPatch) -> None:
    def encode(self: Autoencoder, x: torch.Tensor) -> torch.Tensor:
        raise OUT_OF_MEMORY

    monkeypatch.setattr(Autoencoder, "encode", encode)
    rows = torch.arange(3)
    last = events_of(recipe("image"), watch=Watch(rows, rows))[-1]
    assert isinstance(last, Finished) and last.reason == "failed" and "ran out of memory" in last.message


def test_out_of_memory_before_the_start_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Autoencoder, *arguments: Any) -> None:
        raise OUT_OF_MEMORY

    monkeypatch.setattr(Autoencoder, "to", refuse)
    chosen = recipe("image")
    with pytest.raises(TrainingError, match="ran out of memory"):
        next(train(chosen, dataset(chosen), CPU))


def test_a_device_that_vanishes(monkeypatch: pytest.MonkeyPatch) -> None:
    fails_after(monkeypatch, 3, RuntimeError("CUDA error: unspecified launch failure"))
    last = finished(recipe("image"))
    assert last.reason == "failed"
    assert last.message == "The device stopped answering. Check that it is still there, or choose the CPU."


def test_a_bug_stays_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    fails_after(monkeypatch, 3, RuntimeError("mat1 and mat2 shapes cannot be multiplied"))
    with pytest.raises(RuntimeError, match="mat1 and mat2"):
        finished(recipe("image"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: can't allocate memory", "out of memory"),
        ("MPS backend out of memory", "out of memory"),
        ("CUDA error: no kernel image is available", "stopped answering"),
    ],
)
def test_troubles_of_devices_are_told_from_bugs(text: str, words: str) -> None:
    assert words in (trouble(RuntimeError(text), 32) or "")


def test_out_of_memory_is_known_by_its_kind_too() -> None:
    assert "smaller batch than 32" in (trouble(torch.OutOfMemoryError("Allocation failed"), 32) or "")


def test_devices() -> None:
    assert available()[-1] == choose("cpu") == CPU
    assert choose("auto") == available()[0]
    with pytest.raises(TrainingError, match="no device “tpu”. It has: .*cpu"):
        choose("tpu")
