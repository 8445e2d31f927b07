"""Discriminators beside the network: what they learn, and that they go on where they left off."""

from math import log
from pathlib import Path

import pytest
import torch
from small import CPU, dataset, finished, recipe, same_weights

from aedesk.errors import ModelFileError
from aedesk.files import model_file
from aedesk.models.adversary import Adversary
from aedesk.recipe import Recipe
from aedesk.training.learner import Learner
from aedesk.training.opponents import opponents_of
from aedesk.training.optimisation import learning_rate
from aedesk.training.trained_model import TrainedModel

KINDS = sorted(Adversary.kinds())
BOTH = 'objective.adversaries=[{kind="code-discriminator"},{kind="output-discriminator"}]'


def opposed(kind: str, *options: str) -> Recipe:
    return recipe("image", f'objective.adversaries=[{{kind="{kind}"}}]', *options)


def reopened(model: TrainedModel, folder: Path) -> TrainedModel:
    model_file.save(model, folder / "model.aedesk")
    return model_file.load(folder / "model.aedesk")


def same_state(one: TrainedModel, other: TrainedModel) -> bool:
    assert one.optimiser and other.optimiser and one.optimiser.keys() == other.optimiser.keys()
    return all(torch.equal(value, other.optimiser[name]) for name, value in one.optimiser.items())


@pytest.mark.parametrize("bottleneck", ["plain", "variational"])
@pytest.mark.parametrize("kind", [*KINDS, "both"])
def test_two_and_two_epochs_are_four(kind: str, bottleneck: str, tmp_path: Path) -> None:
    """To the bit, also through a file."""
    code = f"model.bottleneck.kind={bottleneck}"
    two, four = (
        recipe("image", BOTH, code, epochs) if kind == "both" else opposed(kind, code, epochs)
        for epochs in ("training.epochs=2", "training.epochs=4")
    )
    once = finished(four).model
    twice = finished(two, start=reopened(finished(two).model, tmp_path)).model
    assert same_weights(once, twice) and same_state(once, twice)
    assert twice.history.train == once.history.train and twice.history.figures == once.history.figures


def test_without_its_discriminator_a_model_goes_another_way() -> None:
    """Guards the test above: what the discriminator learned does matter."""
    two, four = (opposed(KINDS[0], f"training.epochs={count}") for count in (2, 4))
    model = finished(two).model
    assert model.optimiser
    own = {name: value for name, value in model.optimiser.items() if not name.startswith("opponent")}
    forgetful = TrainedModel(
        model.recipe, model.shape, model.form, model.scaler, model.weights, own, model.history
    )
    assert not same_weights(finished(four).model, finished(two, start=forgetful).model)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_file_keeps_of_a_discriminator(kind: str, tmp_path: Path) -> None:
    model = finished(opposed(kind)).model
    assert model.optimiser
    (opponent,) = opponents_of(model.recipe, model.shape)
    names = {f"opponent.0.network.{name}" for name in opponent.network.state_dict()}
    assert names == {name for name in model.optimiser if name.startswith("opponent.0.network.")}
    assert any(name.startswith("opponent.0.optimiser.0.") for name in model.optimiser)
    assert same_state(model, reopened(model, tmp_path))


@pytest.mark.parametrize("name", ["opponent.0.network.0.weight", "opponent.0.optimiser.0.exp_avg"])
@pytest.mark.parametrize("fault", ["another shape", "another number", "another name"])
def test_a_file_with_a_wrong_discriminator_is_refused(name: str, fault: str, tmp_path: Path) -> None:
    model = finished(opposed("code-discriminator")).model
    assert model.optimiser and name in model.optimiser
    changed = dict(model.optimiser)
    value = changed.pop(name)
    match fault:
        case "another shape":
            changed[name] = value[:, :1]
        case "another number":
            changed[name.replace("opponent.0", "opponent.7")] = value
        case "another name":
            changed[name.replace("0.weight", "9.weight").replace("optimiser.0", "optimiser.99")] = value
    broken = TrainedModel(
        model.recipe, model.shape, model.form, model.scaler, model.weights, changed, model.history
    )
    with pytest.raises(ModelFileError):
        reopened(broken, tmp_path)


@pytest.mark.parametrize("now", ["[]", '[{kind="output-discriminator"}]', '[{kind="code-discriminator",width=8}]'])
def test_going_on_with_other_adversaries_works(now: str) -> None:
    start = finished(opposed("code-discriminator")).model
    last = finished(recipe("image", f"objective.adversaries={now}"), start=start)
    assert last.reason == "completed" and last.model.history.epochs == 4


def test_a_discriminator_learns_at_its_own_rate_along_the_schedule() -> None:
    chosen = opposed("code-discriminator", "training.schedule=one-cycle", "training.epochs=1")
    learner = Learner(chosen, dataset(chosen), CPU, None)
    (opponent,) = learner.opponents
    assert opponent.optimiser
    for number, batch in enumerate(learner.batches(1)):
        progress = number / learner.batches_per_epoch
        learner.learn(batch, progress)
        share = learning_rate(chosen.training, progress) / chosen.training.learning_rate
        assert opponent.optimiser.param_groups[0]["lr"] == pytest.approx(opponent.adversary.learning_rate * share)


def test_only_its_own_steps_move_a_discriminator() -> None:
    chosen = opposed("code-discriminator")
    learner = Learner(chosen, dataset(chosen), CPU, None)
    (opponent,) = learner.opponents
    before = {name: value.clone() for name, value in opponent.network.state_dict().items()}
    for _ in learner.validate():
        pass
    batch = next(iter(learner.batches(1)))
    terms = learner._terms(learner._pass(batch.x, batch, learner._noise, 0.0))
    sum(terms.values()).backward()
    assert all(value.grad is None for value in opponent.network.parameters())
    assert all(torch.equal(value, before[name]) for name, value in opponent.network.state_dict().items())
    learner.learn(batch, 0.0)
    assert any(not torch.equal(value, before[name]) for name, value in opponent.network.state_dict().items())


def test_two_of_a_kind_are_told_apart() -> None:
    kinds = '{kind="code-discriminator"},{kind="code-discriminator",prior={kind="ring"}}'
    history = finished(recipe("image", f"objective.adversaries=[{kinds}]")).model.history
    assert set(history.train) == {"mse", "code-discriminator", "code-discriminator 2"}
    assert set(history.figures) == {"code-discriminator loss", "code-discriminator 2 loss"}
    assert history.figures["code-discriminator loss"] != history.figures["code-discriminator 2 loss"]
    assert all(0 < value < 2 * log(2) for values in history.figures.values() for value in values)
