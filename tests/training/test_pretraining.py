"""Layers that learn alone first: what each learns from, and what it buys."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from small import CPU, dataset, events_of, finished, of_kind, recipe, same_weights
from stacked import LAYERS, stacked
from torch import Tensor, nn

from aedesk.files import model_file
from aedesk.training.events import Finished, StageLearned, StageProgress
from aedesk.training.learner import Learner
from aedesk.training.pretraining import LayerLearner, layer_pairs

STILL = "training.pretraining.learning_rate=1e-30"


# -- what it is for ---------------------------------------------------------------------------


@pytest.mark.parametrize(("seed", "rate"), [(0, 0.003), (1, 0.01), (2, 0.02)])
def test_a_deep_sigmoid_network_learns_that_does_not_from_random_weights(seed: int, rate: float) -> None:
    """Five sigmoid layers there and five back: after ten epochs all they know is the mean image."""
    widths = ", ".join(f"{{width={width}, activation='sigmoid'}}" for width in (64, 48, 32, 24))
    chosen = recipe(
        "image", "data.limit=0", f"model.encoder.layers=[{widths}]", "model.code_size=16",
        "model.code_activation=sigmoid", "training.batch_size=64", "training.epochs=10",
        f"training.learning_rate={rate}", f"training.seed={seed}", "training.pretraining.epochs=10",
        "training.pretraining.learning_rate=0.01", "training.pretraining.compare=true",
    )  # fmt: skip
    data = dataset(chosen)
    mean = data.inputs[data.train].mean(0)
    of_the_mean = float((data.inputs[data.validation] - mean).square().mean())
    history = finished(chosen).model.history
    without, *layers = history.stages
    assert min(without.validation) > 0.95 * of_the_mean, "ten epochs from random weights bring nothing"
    assert [len(layer.train) for layer in layers] == [10] * 5
    assert history.validation["mse"][-1] < 0.4 * of_the_mean


# -- what each layer learns from --------------------------------------------------------------


def learner(*options: str) -> Learner:
    chosen = stacked(*options)
    return Learner(chosen, dataset(chosen), CPU, None)


def drained(pieces: Any) -> Any:
    while True:
        try:
            next(pieces)
        except StopIteration as done:
            return done.value


def test_each_layer_is_paired_with_the_one_that_mirrors_it() -> None:
    shapes = [
        [[(part.in_features, part.out_features) for part in layers if isinstance(part, nn.Linear)] for layers in pair]
        for pair in layer_pairs(learner().network)
    ]
    assert shapes == [[[(64, 16)], [(16, 64)]], [[(16, 12)], [(12, 16)]], [[(12, 4)], [(4, 12)]]]
    assert [LayerLearner(learner(), layer).name for layer in (1, 2, 3)] == ["64–16", "16–12", "12–4"]


def test_the_pairs_together_are_the_whole_network() -> None:
    network = learner().network
    x = torch.rand(5, 1, 8, 8)
    there, back = zip(*layer_pairs(network), strict=True)
    assert torch.equal(nn.Sequential(*there, *reversed(back))(x), network(x))


@pytest.mark.parametrize("layer", [1, 2, 3])
def test_a_layer_moves_no_weights_but_its_own(layer: int) -> None:
    learning = learner()
    alone = LayerLearner(learning, layer)
    drained(alone.prepare())
    before = learning.network.weights()
    for batch in alone.batches(1):
        alone.learn(batch, 0)
    after = learning.network.weights()
    moved = {name for name, value in before.items() if not torch.equal(value, after[name])}
    own = {id(one) for part in layer_pairs(learning.network)[layer - 1] for one in part.parameters()}
    assert moved == {name for name, one in learning.network.named_parameters() if id(one) in own}
    assert len(moved) == 4


@pytest.mark.parametrize("layer", [1, 2, 3])
def test_a_layer_sees_every_training_row_once_as_the_layers_before_it_give_it(layer: int) -> None:
    learning = learner("corruption={kind='gaussian', sigma=0.5}")
    alone = LayerLearner(learning, layer)
    drained(alone.prepare())
    first = torch.cat(list(alone.batches(1)))
    with torch.no_grad():
        given = learning.inputs[learning.rows]
        for encoder, _ in layer_pairs(learning.network)[: layer - 1]:
            given = encoder(given)
    assert sorted(map(tuple, first.flatten(1).tolist())) == sorted(map(tuple, given.flatten(1).tolist()))
    again, second = torch.cat(list(alone.batches(1))), torch.cat(list(alone.batches(2)))
    assert torch.equal(first, again) and not torch.equal(first, second), "each epoch in an order of its own"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), nn.functional.mse_loss),
        (("objective.reconstruction=bce",), nn.functional.binary_cross_entropy),
        (
            ("objective.reconstruction=bce", "objective.per=sample"),
            lambda y, x: 64 * nn.functional.binary_cross_entropy(y, x),
        ),
    ],
)
def test_the_outermost_layer_learns_by_the_recipes_loss(
    options: tuple[str, ...], expected: Callable[[Tensor, Tensor], Tensor]
) -> None:
    """With steps too small to change anything, all losses are those of the first weights."""
    chosen = stacked(STILL, *options)
    data, history = dataset(chosen), finished(chosen).model.history
    first = Learner(chosen, data, CPU, None).network
    pairs = layer_pairs(first)
    for rows, part in ((data.train, "train"), (data.validation, "validation")):
        given = data.inputs[rows]
        for (encoder, decoder), stage, loss in zip(
            pairs, history.stages, (expected, nn.functional.mse_loss, nn.functional.mse_loss), strict=True
        ):
            with torch.no_grad():
                wanted = float(loss(decoder(encoder(given)), given))
                given = encoder(given)
            assert getattr(stage, part) == pytest.approx([wanted, wanted], rel=1e-4)


def test_only_the_outermost_layer_meets_the_corruption() -> None:
    """It gives back the clean sample of a corrupted one; the layers within learn from clean ones."""
    clean = finished(stacked(STILL)).model.history.stages
    noisy = finished(stacked(STILL, "corruption={kind='gaussian', sigma=0.5}")).model.history.stages
    assert noisy[0].validation[0] > 1.02 * clean[0].validation[0]
    assert noisy[0].validation[0] == noisy[0].validation[1], "the same noise every time"
    assert noisy[0].train[0] != noisy[0].train[1], "but while learning it is drawn anew"
    for with_noise, without in zip(noisy[1:], clean[1:], strict=True):
        assert with_noise.validation == without.validation


@pytest.mark.parametrize("optimiser", ["adam", "adamw", "sgd"])
def test_every_layer_gets_better_alone(optimiser: str) -> None:
    rate = "0.5" if optimiser == "sgd" else "0.01"
    options = (f"training.optimiser={optimiser}", f"training.pretraining.learning_rate={rate}")
    history = finished(stacked("training.pretraining.epochs=8", *options)).model.history
    for stage in history.stages:
        assert stage.train[0] > 1.1 * stage.train[-1] and stage.validation[0] > 1.1 * stage.validation[-1]


# -- what comes of it -------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_weights_to_the_bit() -> None:
    first, again = finished(stacked(compare=True)).model, finished(stacked(compare=True)).model
    assert same_weights(first, again) and first.history.stages == again.history.stages
    assert not same_weights(first, finished(stacked("training.seed=1")).model)
    assert not same_weights(first, finished(recipe("image", LAYERS)).model)


def test_comparing_leaves_no_trace_in_the_weights() -> None:
    assert same_weights(finished(stacked(compare=True)).model, finished(stacked()).model)


def test_the_comparison_is_the_run_without_pretraining() -> None:
    options = ("training.schedule=one-cycle", "corruption={kind='masking'}", "training.epochs=4")
    compared = finished(stacked(*options, compare=True)).model.history
    plain = finished(recipe("image", LAYERS, *options)).model.history
    without = compared.stages[0]
    assert (without.layer, without.name) == (0, "")
    assert without.train == plain.train["mse"] and without.validation == plain.validation["mse"]
    assert compared.train != plain.train


def test_all_layers_begin_together_where_each_ended_alone() -> None:
    """A run too slow to change anything keeps what the layers learned."""
    chosen = stacked("training.learning_rate=1e-30")
    learning = learner()
    for layer in (1, 2, 3):
        alone = LayerLearner(learning, layer)
        drained(alone.prepare())
        for epoch in (1, 2):
            for batch in alone.batches(epoch):
                alone.learn(batch, 0)
    weights = finished(chosen).model.weights
    assert all(torch.equal(value, weights[name]) for name, value in learning.network.weights().items())


def test_training_further_does_not_begin_with_the_layers_again(tmp_path: Path) -> None:
    two, four = stacked(compare=True), stacked("training.epochs=4", compare=True)
    once, model = finished(four).model, finished(two).model
    model_file.save(model, tmp_path / "model.aedesk")
    reopened = model_file.load(tmp_path / "model.aedesk")
    assert reopened.history == model.history
    events = events_of(two, start=reopened)
    assert not of_kind(events, StageLearned) and not of_kind(events, StageProgress)
    last = events[-1]
    assert isinstance(last, Finished) and same_weights(last.model, once)
    assert last.model.history.stages == model.history.stages
    assert last.model.history.epochs == 4
