"""Reconstruction losses against their formulas, and what a term counts."""

from typing import get_args

import pytest
import torch
from passing import model_of, passed, samples

from aedesk.models.losses import LOSS_EXPLANATIONS, LOSS_TITLES, Loss, counted_values, summed_loss
from aedesk.models.objective import Objective, ObjectiveOptions, names_of
from aedesk.models.penalties.l1 import L1

GENERATOR = torch.Generator().manual_seed(0)
GIVEN, WANTED = torch.rand(2, 5, 3, 4, generator=GENERATOR)


def loss(kind: Loss, delta: float = 1.0) -> float:
    return float(summed_loss(kind, delta)(GIVEN, WANTED))


def test_each_is_named_and_explained() -> None:
    assert set(get_args(Loss)) == set(LOSS_TITLES) == set(LOSS_EXPLANATIONS)
    assert "Hamming" in LOSS_EXPLANATIONS["bce"], "what it stands in for"


def test_they_are_what_their_names_say() -> None:
    error = GIVEN - WANTED
    assert loss("mse") == pytest.approx(float((error**2).sum()), rel=1e-5)
    assert loss("mae") == pytest.approx(float(error.abs().sum()), rel=1e-5)
    entropy = -(WANTED * GIVEN.log() + (1 - WANTED) * (1 - GIVEN).log())
    assert loss("bce") == pytest.approx(float(entropy.sum()), rel=1e-5)


@pytest.mark.parametrize("delta", [0.05, 0.3, 10.0])
def test_huber_turns_from_squares_to_sizes(delta: float) -> None:
    error = (GIVEN - WANTED).abs()
    parts = torch.where(error <= delta, error**2 / 2, delta * (error - delta / 2))
    assert loss("huber", delta) == pytest.approx(float(parts.sum()), rel=1e-5)


def test_divergence_is_between_shares_of_the_last_axis() -> None:
    shares = [values / values.sum(-1, keepdim=True) for values in (GIVEN, WANTED)]
    expected = torch.distributions.kl_divergence(
        torch.distributions.Categorical(shares[1]), torch.distributions.Categorical(shares[0])
    )
    assert loss("kl") == pytest.approx(float(expected.sum()), rel=1e-4)
    other_units = float(summed_loss("kl", 1)(GIVEN * 7, WANTED * 3))
    assert other_units == pytest.approx(loss("kl"), rel=1e-4), "data are normalised first"


def test_of_a_picture_the_whole_is_one_distribution() -> None:
    given, wanted = (values.reshape(5, 1, 3, 4) for values in (GIVEN, WANTED))
    shares = [values.flatten(1) / values.flatten(1).sum(1, keepdim=True) for values in (given, wanted)]
    expected = torch.distributions.kl_divergence(
        torch.distributions.Categorical(shares[1]), torch.distributions.Categorical(shares[0])
    )
    assert float(summed_loss("kl", 1)(given, wanted)) == pytest.approx(float(expected.sum()), rel=1e-4)
    assert counted_values("kl", (1, 3, 4)) == 1


def test_divergence_knows_zeros_and_absent_rows() -> None:
    letters = torch.eye(4)[None]
    assert float(summed_loss("kl", 1)(letters, letters)) == pytest.approx(0, abs=1e-5)
    for given in (torch.full((1, 4, 4), 0.25), torch.zeros(1, 4, 4)):
        given.requires_grad_()
        value = summed_loss("kl", 1)(given, letters)
        value.backward()
        assert torch.isfinite(value) and torch.isfinite(given.grad).all()


def test_of_shares_a_whole_row_counts_as_one_value() -> None:
    assert counted_values("mse", (16, 27)) == 16 * 27
    assert counted_values("kl", (16, 27)) == 16
    assert counted_values("kl", (5,)) == 1


@pytest.mark.parametrize("per", ["value", "sample"])
@pytest.mark.parametrize("kind", ["mse", "mae", "huber", "bce", "kl"])
def test_terms_are_weighted_means(kind: Loss, per: str) -> None:
    model = model_of(output_activation="sigmoid")
    options = ObjectiveOptions.model_validate({"reconstruction": kind, "per": per, "weight": 0.5})
    batch = passed(model, samples())
    terms = Objective(options, model, (1, 4, 4)).terms(batch)
    whole = summed_loss(kind, 1.0)(batch.output, batch.clean)
    values = {"value": counted_values(kind, (1, 4, 4)), "sample": 1}[per]
    assert list(terms) == [kind]
    assert float(terms[kind].detach()) == pytest.approx(0.5 * float(whole.detach()) / len(batch.clean) / values)


def test_the_bound_keeps_its_balance_however_it_is_counted() -> None:
    """β = 1 is the evidence bound per sample, and the same bound shared out over the values."""
    model = model_of(bottleneck={"kind": "variational"}, output_activation="sigmoid")
    found = {}
    for per in ("value", "sample"):
        objective = Objective(ObjectiveOptions.model_validate({"reconstruction": "bce", "per": per}), model, (1, 4, 4))
        terms = objective.terms(passed(model, samples(), scale=objective.scale))
        found[per] = {name: float(value.detach()) for name, value in terms.items()}
    assert found["value"].keys() == found["sample"].keys() == {"bce", "code-kl"}
    for name, value in found["value"].items():
        assert found["sample"][name] == pytest.approx(16 * value, rel=1e-4)


def test_the_same_penalty_twice_has_two_names() -> None:
    assert names_of((L1(), L1(), L1())) == ["l1", "l1 2", "l1 3"]
