"""What activations put out, as the recipe's checks rely on it."""

import pytest
import torch
from torch import nn

from aedesk.models.activations import ACTIVATIONS, EXPLANATIONS, RANGES, activation_layers

INPUTS = torch.cat([torch.linspace(-100, 100, 20_001), torch.linspace(-3, 3, 20_001)])


def outputs(name: str) -> torch.Tensor:
    return nn.Sequential(*activation_layers(name))(INPUTS)  # type: ignore[arg-type]


def test_each_is_explained() -> None:
    every = {*ACTIVATIONS, "softmax"}
    assert set(EXPLANATIONS) == every and set(RANGES) < every


@pytest.mark.parametrize("name", sorted(set(RANGES) - {"softmax"}))
def test_a_range_is_kept_and_used_to_its_ends(name: str) -> None:
    low, high = RANGES[name]
    found = outputs(name)
    assert float(found.min()) >= low and float(found.max()) <= high
    assert float(found.min()) == pytest.approx(low, abs=1e-4)
    assert float(found.max()) == pytest.approx(min(high, 100), abs=1e-4)


@pytest.mark.parametrize("name", sorted(set(ACTIVATIONS) - set(RANGES)))
def test_what_has_no_range_has_no_ends(name: str) -> None:
    assert float(outputs(name).min()) <= -1 and float(outputs(name).max()) == 100


def test_softmax_gives_shares_of_the_last_axis() -> None:
    (layer,) = activation_layers("softmax")
    found = layer(torch.randn(5, 3, 7) * 30)
    assert torch.allclose(found.sum(-1), torch.ones(5, 3)) and float(found.min()) >= 0


def test_linear_is_nothing() -> None:
    assert activation_layers("linear") == []
    assert torch.equal(outputs("linear"), INPUTS)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_values_rise_with_their_inputs(name: str) -> None:
    """As far as they are above 0, where every activation lets through what it is given."""
    found = nn.Sequential(*activation_layers(name))(torch.linspace(0, 3, 100))  # type: ignore[arg-type]
    assert (found.diff() > 0).all()
