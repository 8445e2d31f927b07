"""Snapshots: what they show, and that they are pictures of their moment."""

import numpy as np
import pytest
import torch
from small import CPU, dataset, events_of, finished, of_kind, recipe, same_weights, trained

from aedesk.models.autoencoder import Autoencoder
from aedesk.training.events import Finished, Snapshot, Started, Watch
from aedesk.training.run import train
from aedesk.training.snapshot import corrupted_rows, look_now


def watched(form: str, *options: str) -> tuple[Watch, list[Snapshot]]:
    chosen = recipe(form, *options)
    rows = dataset(chosen).rows("all")
    watch = Watch(rows[5:45], rows[[7, 3, 90]])
    return watch, of_kind(events_of(chosen, watch=watch), Snapshot)


@pytest.mark.parametrize("form", ["image", "table", "signal"])
def test_a_snapshot_shows_what_its_weights_make_of_the_rows(form: str) -> None:
    chosen = recipe(form)
    data = dataset(chosen)
    watch, snapshots = watched(form)
    assert len(snapshots) >= 2
    for snapshot in snapshots:
        network = Autoencoder(chosen.model, data.shape)
        network.load_state_dict(snapshot.weights)
        with torch.no_grad():
            codes = network.encode(data.inputs[watch.points]).numpy()
            reconstructed = network(torch.from_numpy(snapshot.corrupted)).numpy()
        np.testing.assert_allclose(snapshot.codes, codes, atol=1e-6)
        np.testing.assert_allclose(snapshot.reconstructed, reconstructed, atol=1e-6)
        np.testing.assert_array_equal(snapshot.points, watch.points)
        np.testing.assert_array_equal(snapshot.rows, [7, 3, 90])


def test_later_learning_does_not_change_a_snapshot() -> None:
    chosen = recipe("signal", "training.epochs=4")
    data = dataset(chosen)
    run = train(chosen, data, CPU, watch=Watch(data.rows("all"), data.rows("all")[:3]))
    next(run)
    first = next(run)
    assert isinstance(first, Snapshot)
    kept = [first.codes.copy(), first.reconstructed.copy(), first.corrupted.copy()]
    weights = {name: value.clone() for name, value in first.weights.items()}
    last = list(run)[-1]
    assert isinstance(last, Finished)
    for before, now in zip(kept, [first.codes, first.reconstructed, first.corrupted], strict=True):
        np.testing.assert_array_equal(before, now)
    assert all(torch.equal(value, first.weights[name]) for name, value in weights.items())
    assert not all(torch.equal(value, last.model.weights[name]) for name, value in weights.items())


def test_who_changes_a_snapshot_does_not_change_the_run() -> None:
    chosen = recipe("table")
    data = dataset(chosen)
    inputs = data.inputs.clone()
    for event in train(chosen, data, CPU, watch=Watch(data.rows("all"), data.rows("all")[:9])):
        if isinstance(event, Snapshot):
            for array in (event.codes, event.corrupted, event.reconstructed, event.points, event.rows):
                array[...] = 99
            for value in event.weights.values():
                value.fill_(99)
        if isinstance(event, Started):
            for value in event.model.weights.values():
                value.fill_(99)
    assert isinstance(event, Finished) and same_weights(event.model, finished(chosen).model)
    assert torch.equal(data.inputs, inputs)


def test_the_model_of_the_start_has_the_first_weights() -> None:
    chosen = recipe("table", "training.seed=7")
    started = events_of(chosen)[0]
    assert isinstance(started, Started)
    first = Autoencoder(chosen.model, (4,), seed=7).weights()
    assert all(torch.equal(value, first[name]) for name, value in started.model.weights.items())


def test_a_row_is_corrupted_the_same_way_in_every_snapshot() -> None:
    _, snapshots = watched("signal", "training.epochs=3")
    for snapshot in snapshots[1:]:
        np.testing.assert_array_equal(snapshot.corrupted, snapshots[0].corrupted)


def test_a_rows_corruption_does_not_depend_on_its_company() -> None:
    chosen = recipe("signal")
    data = dataset(chosen)
    together = corrupted_rows(chosen, data, torch.tensor([4, 9, 30]))
    alone = corrupted_rows(chosen, data, torch.tensor([9]))
    assert torch.equal(together[1:2], alone)
    assert not torch.equal(alone, data.inputs[9:10])
    noises = together - data.inputs[torch.tensor([4, 9, 30])]
    assert float((noises[0] - noises[1]).abs().max()) > 0.05, "each has its own"
    other = corrupted_rows(recipe("signal", "training.seed=5"), data, torch.tensor([9]))
    assert not torch.equal(alone, other)


def test_a_snapshot_has_what_is_wanted_of_samples_that_are_used_changed() -> None:
    """Binarised images are measured against what was drawn once, which corruption comes on top of."""
    options = ("augmentation.kind=binarise", "corruption.kind=masking", "training.epochs=3")
    watch, snapshots = watched("image", *options)
    clean = dataset(recipe("image")).inputs[watch.rows].numpy()
    for snapshot in snapshots:
        assert snapshot.wanted is not None and set(np.unique(snapshot.wanted)) == {0, 1}
        np.testing.assert_array_equal(snapshot.wanted, snapshots[0].wanted)
        kept = snapshot.corrupted != 0
        np.testing.assert_array_equal(snapshot.corrupted[kept], snapshot.wanted[kept])
        assert (snapshot.corrupted != snapshot.wanted).any() and (snapshot.wanted != clean).any()
    assert np.corrcoef(snapshots[0].wanted.ravel(), clean.ravel())[0, 1] > 0.5, "of the same images"
    _, plain = watched("image")
    np.testing.assert_array_equal(plain[0].wanted, clean)


def test_nothing_to_show_is_shown() -> None:
    chosen, model = recipe("image"), trained("image")
    none = torch.zeros(0, dtype=torch.int64)
    snapshot = look_now(model.autoencoder, chosen, dataset(chosen), Watch(none, none), 2)
    assert snapshot.codes.shape == (0, 4) and snapshot.reconstructed.shape == (0, 1, 8, 8)


def test_many_points_are_looked_at_in_pieces() -> None:
    chosen, model = recipe("image"), trained("image")
    many = torch.arange(300).repeat(20)
    codes = look_now(model.autoencoder, chosen, dataset(chosen), Watch(many, many[:0]), 2).codes
    assert codes.shape == (6000, 4)
    np.testing.assert_allclose(codes[-300:], codes[:300], atol=1e-6)


def test_looking_leaves_the_network_in_its_mode() -> None:
    chosen, model = recipe("image"), trained("image")
    network = Autoencoder(chosen.model, model.shape).train()
    rows = torch.arange(3)
    look_now(network, chosen, dataset(chosen), Watch(rows, rows), 0)
    assert network.training
    assert all(parameter.grad is None for parameter in network.parameters())
