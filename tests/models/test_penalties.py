"""What each penalty counts, beside formulas and torch's own Jacobian."""

from math import log

import numpy as np
import pytest
import torch
from passing import gradients_at, model_of, passed, samples
from small import dataset, finished, recipe
from torch import Tensor
from torch.autograd.functional import jacobian

from aedesk.analysis.jacobian import contraction, mean_squared_jacobian
from aedesk.analysis.sparsity import near_zero_share
from aedesk.models.batch_pass import BatchPass
from aedesk.models.jacobian import squared_jacobian
from aedesk.models.penalties import contractive as contractive_module
from aedesk.models.penalties.code_norm import CodeNorm
from aedesk.models.penalties.contractive import Contractive
from aedesk.models.penalties.decoder_gradient import DecoderGradient
from aedesk.models.penalties.decoder_l2 import DecoderL2
from aedesk.models.penalties.l1 import L1
from aedesk.models.penalties.sparse_kl import SparseKL
from aedesk.training.trained_model import TrainedModel, apply_in_chunks

ONE_LAYER = {"encoder": {"kind": "dense", "layers": []}}
VARIATIONAL = {"bottleneck": {"kind": "variational"}}


def coded(code: list[list[float]]) -> BatchPass:
    """A pass whose code is given."""
    batch = passed(model_of(code_size=len(code[0])), samples(len(code)))
    return BatchPass(
        batch.network, batch.clean, batch.seen, batch.posterior, torch.tensor(code), batch.output, batch.generator
    )


def test_what_is_counted_of_a_code() -> None:
    batch = coded([[1.0, -2.0], [0.0, 4.0]])
    assert float(L1().value(batch)) == pytest.approx((3 + 4) / 2)
    assert float(CodeNorm().value(batch)) == pytest.approx((5 + 16) / 2 / 2)


@pytest.mark.parametrize("wanted", [0.05, 0.5])
def test_the_activity_of_units_is_compared_as_that_of_coins(wanted: float) -> None:
    batch = coded([[0.1, 0.9], [0.3, 0.5]])
    penalty = SparseKL(activity=wanted)
    expected = sum(
        wanted * log(wanted / active) + (1 - wanted) * log((1 - wanted) / (1 - active)) for active in (0.2, 0.7)
    )
    assert float(penalty.value(batch)) == pytest.approx(expected, rel=1e-5)
    met = coded([[0.0, wanted], [2 * wanted, wanted]])
    assert float(penalty.value(met)) == pytest.approx(0, abs=1e-6), "only the mean over the batch counts"


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_units_that_never_change_cost_much_but_not_endlessly(value: float) -> None:
    found = float(SparseKL().value(coded([[value, value]])))
    assert (0.05 if value == 0 else 10) < found < 100


def test_an_activity_needs_a_sigmoid_code() -> None:
    penalty = SparseKL()
    for model in (model_of(), model_of(code_activation="relu"), model_of(**VARIATIONAL)):
        misfit = penalty.misfit(model)
        assert misfit and misfit.path == ("activity",)
    assert penalty.misfit(model_of(code_activation="sigmoid")) is None
    problems = recipe("image", 'objective.penalties=[{kind="l1"},{kind="sparse-kl"}]').problems()
    assert [problem.path for problem in problems if problem.fatal] == [("objective", "penalties", "1", "activity")]


def norms_by_torch(function: "object", inputs: Tensor) -> Tensor:
    """The squared norm of the Jacobian at each of some inputs ``[n, …]``, by torch's own way."""
    return torch.stack([jacobian(function, row[None]).square().sum() for row in inputs])  # type: ignore[arg-type]


@pytest.mark.parametrize("activation", ["linear", "relu", "leaky_relu", "elu", "silu", "tanh", "sigmoid"])
@pytest.mark.parametrize("bottleneck", [{}, VARIATIONAL])
def test_of_one_layer_the_closed_form_is_exact(
    activation: str, bottleneck: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contractive_module, "squared_jacobian", None)  # no estimate is asked for
    model = model_of(**ONE_LAYER, **bottleneck, code_activation=activation)
    batch = passed(model, samples() - 0.5)
    expected = norms_by_torch(batch.network.encode, batch.clean).mean()
    value = Contractive().value(batch)
    assert float(value.detach()) == pytest.approx(float(expected), rel=1e-4)
    value.backward()
    assert gradients_at(batch.network.encoder.parameters()) > 0
    assert gradients_at(batch.network.decoder.parameters()) == 0


def test_the_closed_form_is_that_of_the_paper() -> None:
    """Σⱼ (hⱼ (1 − hⱼ))² Σᵢ Wⱼᵢ² for a sigmoid code (Rifai et al. 2011)."""
    batch = passed(model_of(**ONE_LAYER, code_activation="sigmoid"), samples())
    weight, h = batch.network.encoder[1].weight.detach(), batch.code.detach()
    expected = ((h * (1 - h)).square() * weight.square().sum(1)).sum(1).mean()
    assert float(Contractive().value(batch).detach()) == pytest.approx(float(expected), rel=1e-5)


@pytest.mark.parametrize("chosen", [{}, VARIATIONAL, {"code_activation": "sigmoid"}])
def test_the_estimate_of_a_deep_encoder_is_right_on_average(chosen: dict[str, object]) -> None:
    batch = passed(model_of(**chosen, code_size=6), samples(20))
    expected = float(norms_by_torch(batch.network.encode, batch.clean).mean())
    exact = Contractive(probes=6).value(batch)
    assert float(exact.detach()) == pytest.approx(expected, rel=1e-4)
    draws = [float(Contractive().value(batch).detach()) for _ in range(300)]
    error = float(np.std(draws)) / len(draws) ** 0.5
    assert error > 0 and abs(np.mean(draws) - expected) < 4 * error and error < 0.05 * expected


def test_more_probes_are_steadier() -> None:
    batch = passed(model_of(code_size=6), samples(1))
    spreads = [np.std([float(Contractive(probes=k).value(batch).detach()) for _ in range(200)]) for k in (1, 4, 6)]
    assert spreads[1] < 0.7 * spreads[0] and spreads[2] < 1e-6


def test_the_estimate_can_be_made_smaller() -> None:
    """Its gradient is that of the exact norm, which torch's numbers confirm."""
    x = samples()
    one, other = (passed(model_of(), x) for _ in range(2))
    Contractive(probes=3).value(one).backward()
    expected = torch.stack(
        [jacobian(other.network.encode, row[None], create_graph=True).square().sum() for row in x]
    ).mean()
    expected.backward()
    for mine, theirs in zip(one.network.encoder.parameters(), other.network.encoder.parameters(), strict=True):
        wanted = torch.zeros_like(theirs) if theirs.grad is None else theirs.grad
        torch.testing.assert_close(torch.zeros_like(mine) if mine.grad is None else mine.grad, wanted)


def test_the_decoders_slope_is_right_on_average() -> None:
    batch = passed(model_of(), samples(20))
    expected = float(norms_by_torch(batch.network.decode, batch.code.detach()).mean())
    assert float(DecoderGradient(probes=16).value(batch).detach()) == pytest.approx(expected, rel=1e-4)
    draws = [float(DecoderGradient().value(batch).detach()) for _ in range(300)]
    assert np.mean(draws) == pytest.approx(expected, rel=0.1) and np.std(draws) > 0
    DecoderGradient().value(batch).backward()
    assert gradients_at(batch.network.decoder.parameters()) > 0


def test_the_probes_are_drawn_from_the_given_generator() -> None:
    x = torch.randn(4, 3, requires_grad=True)
    y = (x @ torch.randn(3, 5)).tanh()
    state = torch.random.get_rng_state()
    values = [squared_jacobian(y, x, 2, torch.Generator().manual_seed(seed)) for seed in (0, 0, 1)]
    assert torch.equal(values[0], values[1]) and not torch.equal(values[0], values[2])
    assert torch.equal(torch.random.get_rng_state(), state)


def test_small_weights_are_the_decoders_matrices() -> None:
    batch = passed(model_of(), samples())
    matrices = [value for value in batch.network.decoder.parameters() if value.dim() == 2]
    assert len(matrices) == 2
    value = DecoderL2().value(batch)
    assert float(value.detach()) == pytest.approx(sum(float(one.detach().square().sum()) for one in matrices), rel=1e-5)
    value.backward()
    for one in matrices:
        torch.testing.assert_close(one.grad, 2 * one)
    assert gradients_at(batch.network.encoder.parameters()) == 0
    biases = [value for value in batch.network.decoder.parameters() if value.dim() == 1]
    assert gradients_at(biases) == 0


def learned(activation: str, penalty: str, *options: str) -> tuple[TrainedModel, float, np.ndarray, Tensor]:
    """A model of small digits with one layer before a wide code: its test error, test codes and test rows."""
    chosen = recipe(
        "image", 'data.source.kind="digits8"', "data.limit=900", 'model.encoder={kind="dense",layers=[]}',
        "model.code_size=64", "training.epochs=60", f"model.code_activation={activation}",
        f"objective.penalties=[{penalty}]", *options,
    )  # fmt: skip
    model, data = finished(chosen).model, dataset(chosen)
    x = data.inputs[data.test]
    error = float((model.autoencoder(x) - x).square().mean())
    return model, error, apply_in_chunks(model.autoencoder.encode, x), x


def test_l1_makes_codes_sparse_at_about_the_same_error() -> None:
    _, error, codes, _ = learned("relu", "")
    _, light_error, light, _ = learned("relu", '{kind="l1",weight=3e-5}')
    _, _, heavy, _ = learned("relu", '{kind="l1",weight=1e-3}')
    assert near_zero_share(light) > near_zero_share(codes) + 0.05 and light_error < 1.2 * error
    assert near_zero_share(heavy) > 2 * near_zero_share(codes)


def test_a_target_activity_makes_codes_sparse_at_about_the_same_error() -> None:
    _, error, codes, _ = learned("sigmoid", "")
    _, light_error, light, _ = learned("sigmoid", '{kind="sparse-kl",weight=1e-4,activity=0.05}')
    _, _, heavy, _ = learned("sigmoid", '{kind="sparse-kl",weight=1e-3,activity=0.1}')
    assert near_zero_share(light) > 2 * near_zero_share(codes) and light_error < 1.2 * error
    assert codes.mean() > 0.3 and heavy.mean() == pytest.approx(0.1, abs=0.06)
    assert near_zero_share(heavy) > 4 * near_zero_share(codes)


@pytest.mark.parametrize(("layers", "weight"), [("[]", 4.5e-4), ('[{width=32,activation="tanh"}]', 3e-4)])
def test_contraction_lowers_the_norm_at_about_the_same_error(layers: str, weight: float) -> None:
    options = f'model.encoder={{kind="dense",layers={layers}}}', "model.code_size=32"
    model, error, _, x = learned("sigmoid", "", *options)
    calm, calm_error, _, _ = learned("sigmoid", f'{{kind="contractive",weight={weight}}}', *options)
    assert mean_squared_jacobian(calm, x) < mean_squared_jacobian(model, x) / 5
    assert calm_error < 1.3 * error
    assert contraction(calm, x) < contraction(model, x) / 2, "and not only by making codes small"


def test_validation_knows_the_norm_too() -> None:
    history = finished(recipe("image", 'objective.penalties=[{kind="contractive",probes=9}]')).model.history
    assert min(history.validation["contractive"]) > 0
