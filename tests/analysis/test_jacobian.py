"""The norm of the encoder's Jacobian on test rows, beside torch's own."""

from dataclasses import replace

import pytest
import torch
from small import dataset, trained
from torch.autograd.functional import jacobian

from aedesk.analysis import jacobian as jacobian_module
from aedesk.analysis.jacobian import contraction, mean_squared_jacobian
from aedesk.training.trained_model import TrainedModel


def rows(model: TrainedModel) -> torch.Tensor:
    data = dataset(model.recipe)
    return data.inputs[data.test]


@pytest.mark.parametrize("form", ["image", "table", "signal"])
@pytest.mark.parametrize("bottleneck", ["plain", "variational"])
@pytest.mark.parametrize("values", [1, 4_000_000])
def test_the_norm_is_torchs(form: str, bottleneck: str, values: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many rows are looked at together."""
    monkeypatch.setattr(jacobian_module, "_VALUES", values)
    model = trained(form, f"model.bottleneck.kind={bottleneck}")
    x = rows(model)[:20]
    expected = torch.stack([jacobian(model.autoencoder.encode, row[None]).square().sum() for row in x]).mean()
    assert mean_squared_jacobian(model, x) == pytest.approx(float(expected), rel=1e-4)
    assert not x.requires_grad


def test_it_can_be_asked_where_gradients_are_off() -> None:
    model = trained("table")
    with torch.no_grad():
        inside = mean_squared_jacobian(model, rows(model))
    assert inside == mean_squared_jacobian(model, rows(model)) > 0


def test_making_codes_small_is_no_contraction() -> None:
    """The norm falls with the square of the factor; the figure relative to the codes' spread stays."""
    model = trained("image")
    x = rows(model)
    last = [name for name in model.weights if name.startswith("encoder.")][-2:]
    weights = {name: value * (0.1 if name in last else 1) for name, value in model.weights.items()}
    small = replace(model, weights=weights)
    assert mean_squared_jacobian(small, x) == pytest.approx(0.01 * mean_squared_jacobian(model, x), rel=1e-3)
    assert contraction(small, x) == pytest.approx(contraction(model, x), rel=1e-3)


def test_copying_contracts_nothing() -> None:
    """For codes that are the data, the figure is the number of values."""
    model = trained("table", 'model.encoder={kind="dense",layers=[]}', "model.code_size=4")
    weights = dict(model.weights)
    (name,) = [name for name in weights if name.startswith("encoder.") and weights[name].dim() == 2]
    weights[name] = 3 * torch.eye(4)
    assert contraction(replace(model, weights=weights), rows(model)) == pytest.approx(4, rel=1e-4)


def test_codes_that_never_change_have_no_slope() -> None:
    model = trained("table")
    weights = {name: torch.zeros_like(value) for name, value in model.weights.items()}
    still = replace(model, weights=weights)
    assert mean_squared_jacobian(still, rows(model)) == contraction(still, rows(model)) == 0
