"""Optimisers, the learning rate over time, and the optimiser's state as plain tensors."""

import pytest
import torch
from small import events_of, of_kind, recipe

from aedesk.training_options import TrainingOptions
from aedesk.training.events import EpochEnded
from aedesk.training.learner import Learner
from aedesk.training.optimisation import learning_rate, optimiser_for, restore_state, state_tensors


def options(**values: object) -> TrainingOptions:
    return TrainingOptions.model_validate(values)


def test_a_constant_rate_is_constant() -> None:
    assert {learning_rate(options(learning_rate=0.02), part / 7) for part in range(8)} == {0.02}


@pytest.mark.parametrize(
    ("progress", "rate"),
    [(0, 1 / 25), (0.15, (1 + 1 / 25) / 2), (0.3, 1), (0.65, (1 + 1e-4) / 2), (1, 1e-4), (1.5, 1e-4)],
)
def test_one_cycle_has_its_landmarks(progress: float, rate: float) -> None:
    chosen = options(schedule="one-cycle", learning_rate=2)
    assert learning_rate(chosen, progress) == pytest.approx(2 * rate, rel=1e-9)


def test_one_cycle_is_torchs() -> None:
    steps = 10_001
    parameter = torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.SGD([parameter], lr=1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 1, steps, div_factor=25, final_div_factor=400)
    chosen = options(schedule="one-cycle", learning_rate=1)
    for step in range(steps):
        assert learning_rate(chosen, step / (steps - 1)) == pytest.approx(schedule.get_last_lr()[0], abs=1e-3)
        optimiser.step()
        if step < steps - 1:
            schedule.step()


@pytest.mark.parametrize("optimiser", ["adam", "sgd"])
def test_every_batch_has_its_rate(optimiser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    used, learn = [], Learner.learn

    def note(self: Learner, x: torch.Tensor, progress: float) -> None:
        learn(self, x, progress)
        used.append([group["lr"] for group in self.optimiser.param_groups])

    monkeypatch.setattr(Learner, "learn", note)
    chosen = recipe("image", "training.schedule=one-cycle", f"training.optimiser={optimiser}", "training.epochs=4")
    events = events_of(chosen)
    total = 4 * 7
    expected = [learning_rate(chosen.training, step / total) for step in range(total)]
    assert [rate for (rate,) in used] == pytest.approx(expected, rel=1e-12)
    told = [event.learning_rate for event in of_kind(events, EpochEnded)]
    assert told == [learning_rate(chosen.training, epoch / 4) for epoch in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("name", "kind"), [("adam", torch.optim.Adam), ("adamw", torch.optim.AdamW), ("sgd", torch.optim.SGD)]
)
def test_the_optimiser_has_the_recipes_values(name: str, kind: type) -> None:
    chosen = options(optimiser=name, learning_rate=0.03, weight_decay=0.2, momentum=0.5)
    optimiser = optimiser_for([torch.zeros(2, requires_grad=True)], chosen)
    (group,) = optimiser.param_groups
    assert type(optimiser) is kind
    assert (group["lr"], group["weight_decay"], group["fused"]) == (0.03, 0.2, True)
    assert group.get("momentum", 0.5) == 0.5


def steps(optimiser: torch.optim.Optimizer, parameters: list[torch.Tensor], first: int, count: int) -> None:
    """Some steps along gradients that depend on their number alone."""
    for number in range(first, first + count):
        generator = torch.Generator().manual_seed(number)
        for parameter in parameters:
            parameter.grad = torch.randn(parameter.shape, generator=generator)
        optimiser.step()


def parameters() -> list[torch.Tensor]:
    return [torch.ones(3, 2, requires_grad=True), torch.ones(4, requires_grad=True)]


@pytest.mark.parametrize("name", ["adam", "adamw", "sgd"])
def test_a_restored_state_goes_on_to_the_bit(name: str) -> None:
    chosen = options(optimiser=name, weight_decay=0.1)
    through, halfway = parameters(), parameters()
    steps(optimiser_for(through, chosen), through, 0, 6)
    first = optimiser_for(halfway, chosen)
    steps(first, halfway, 0, 3)
    state = state_tensors(first)
    second = optimiser_for(halfway, chosen)
    restore_state(second, state)
    steps(second, halfway, 3, 3)
    assert all(torch.equal(one, other) for one, other in zip(through, halfway, strict=True))
    assert not torch.equal(through[0], torch.ones(3, 2))


@pytest.mark.parametrize("name", ["adam", "adamw", "sgd"])
def test_a_state_is_a_copy_both_ways(name: str) -> None:
    weights = parameters()
    optimiser = optimiser_for(weights, options(optimiser=name))
    steps(optimiser, weights, 0, 2)
    state = state_tensors(optimiser)
    assert state and all(value.device.type == "cpu" for value in state.values())
    kept = {key: value.clone() for key, value in state.items()}
    steps(optimiser, weights, 2, 2)
    other = optimiser_for(weights, options(optimiser=name))
    restore_state(other, state)
    steps(other, weights, 2, 2)
    assert all(torch.equal(value, kept[key]) for key, value in state.items())
    assert not all(torch.equal(value, kept[key]) for key, value in state_tensors(other).items())


def test_an_optimiser_that_did_nothing_has_no_state() -> None:
    assert state_tensors(optimiser_for(parameters(), options())) == {}
