"""A learner's batches and sums: each row once an epoch, in a new order, and means of what was seen."""

import pytest
import torch
from small import CPU, dataset, recipe

from aedesk.training import learner as learner_module
from aedesk.training.learner import Learner


def learner(form: str, *options: str) -> Learner:
    chosen = recipe(form, *options)
    return Learner(chosen, dataset(chosen), CPU, None)


def rows_of(learning: Learner, epoch: int) -> list[tuple[float, ...]]:
    return [tuple(row) for row in torch.cat([batch.x for batch in learning.batches(epoch)]).flatten(1).tolist()]


@pytest.mark.parametrize("block_bytes", [1, 700, 4_000_000])
@pytest.mark.parametrize("batch", [1, 16, 31, 1000])
def test_every_training_row_comes_once(batch: int, block_bytes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many batches are gathered at a time."""
    monkeypatch.setattr(learner_module, "_BLOCK_BYTES", block_bytes)
    learning = learner("table", f"training.batch_size={batch}")
    sizes = [len(batch.x) for batch in learning.batches(1)]
    assert len(sizes) == learning.batches_per_epoch
    assert set(sizes[:-1]) <= {batch} and sizes[-1] <= batch and sum(sizes) == 108
    wanted = learning.inputs[learning.rows].tolist()
    assert sorted(rows_of(learning, 1)) == sorted(map(tuple, wanted))


def test_the_order_is_each_epochs_own() -> None:
    learning, other = learner("table"), learner("table", "training.seed=1")
    first = rows_of(learning, 1)
    assert rows_of(learning, 1) == first, "also when asked again"
    assert rows_of(learning, 2) != first
    assert rows_of(other, 1) != first
    assert first != [tuple(row) for row in learning.inputs[learning.rows].tolist()], "not that of the data"


def test_the_noise_is_each_epochs_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same rows in the same order would otherwise be learned with the same noise again."""
    learning = learner("signal", "training.learning_rate=1e-30")
    noises = []
    for epoch in (1, 2, 1):
        for batch in learning.batches(epoch):
            seen = learning.recipe.corruption.apply(batch.x, learning._noise, 1.0)
            noises.append(seen - batch.x)
            break
    assert torch.allclose(noises[0], noises[2], atol=1e-6)
    assert float((noises[0] - noises[1]).abs().max()) > 0.05


def test_losses_are_means_over_what_was_seen() -> None:
    """With steps too small to change anything, the loss of a batch is that of the first weights."""
    learning = learner("table", "training.learning_rate=1e-30")
    expected, sizes = [], []
    for number, batch in enumerate(learning.batches(1)):
        with torch.no_grad():
            expected.append(float(torch.nn.functional.mse_loss(learning.network(batch.x), batch.x)))
        sizes.append(len(batch.x))
        learning.learn(batch, 0)
        if number != 2:
            assert learning.recent_losses()["mse"] == pytest.approx(
                expected[-1] if number != 3 else (expected[2] + expected[3]) / 2, rel=1e-4
            )
    weighted = sum(loss * size for loss, size in zip(expected, sizes, strict=True)) / sum(sizes)
    assert learning.epoch_losses()["mse"] == pytest.approx(weighted, rel=1e-5)
    assert learning.seen == 108


def test_a_new_epoch_starts_its_sums_anew() -> None:
    learning = learner("table")
    for batch in learning.batches(1):
        learning.learn(batch, 0)
    next(learning.batches(2))
    assert learning.seen == 0
    assert learning.epoch_losses() == learning.recent_losses() == {"mse": 0.0}


def test_validation_is_under_the_same_noise_every_time() -> None:
    learning = learner("signal")

    def measured() -> float:
        pieces = learning.validate()
        while True:
            try:
                next(pieces)
            except StopIteration as done:
                return float(done.value[0]["mse"])

    first = measured()
    assert measured() == first
    for batch in learning.batches(1):
        learning.learn(batch, 0)
    assert measured() != first and learning.network.training
