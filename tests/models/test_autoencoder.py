"""Networks: as planned, the same again by seed, and of the shapes they promise."""

from math import prod, sqrt
from typing import Any

import pytest
import torch
from torch import nn

from aedesk.models.architecture import LayerPlan
from aedesk.models.architectures.dense import Dense
from aedesk.models.autoencoder import Autoencoder, evaluating
from aedesk.models.linear import linear
from aedesk.models.model_options import ModelOptions, plan

GREY, COLOUR, SIGNAL, TABLE = (1, 28, 28), (3, 8, 8), (64,), (4,)


def dense(*layers: int | tuple[int, str]) -> dict[str, Any]:
    pairs = [layer if isinstance(layer, tuple) else (layer, "relu") for layer in layers]
    return {"kind": "dense", "layers": [{"width": width, "activation": name} for width, name in pairs]}


OPTIONS: dict[str, dict[str, Any]] = {
    "as it comes": {},
    "deep": {"encoder": dense(32, (16, "tanh"), (8, "elu"), (4, "silu")), "code_size": 3},
    "own decoder": {"encoder": dense(32, 16), "mirror": False, "decoder": dense((20, "sigmoid"))},
    "own decoder kept aside": {"encoder": dense(32, 16), "mirror": True, "decoder": dense(20)},
    "own decoder missing": {"encoder": dense(32, 16), "mirror": False},
    "wider than the input": {"encoder": dense(8), "code_size": 1000},
    "one number": {"encoder": dense(8), "code_size": 1},
    "no hidden layers": {"encoder": dense(), "code_size": 5},
    "no hidden layers in the decoder": {"encoder": dense(9), "mirror": False, "decoder": dense()},
    "activations": {"encoder": dense(8), "code_activation": "sigmoid", "output_activation": "tanh"},
}


def options_of(name: str) -> ModelOptions:
    return ModelOptions.model_validate(OPTIONS[name])


def linear_layers(module: nn.Module) -> list[nn.Linear]:
    return [layer for layer in module.modules() if isinstance(layer, nn.Linear)]


every_option = pytest.mark.parametrize("name", OPTIONS)
every_shape = pytest.mark.parametrize("shape", [GREY, COLOUR, SIGNAL, TABLE, (1,)], ids=str)


@every_option
@every_shape
def test_what_is_planned_is_what_is_built(name: str, shape: tuple[int, ...]) -> None:
    options = options_of(name)
    layers = plan(options, shape)
    network = Autoencoder(options, shape)
    assert sum(layer.parameters for layer in layers) == network.parameter_count()
    planned = [layer for layer in layers if layer.part != "input"]
    built = linear_layers(network)
    assert [prod(layer.shape) for layer in planned] == [layer.out_features for layer in built]
    assert [layer.parameters for layer in planned] == [
        layer.weight.numel() + layer.bias.numel() for layer in built
    ]


@every_option
@every_shape
def test_samples_come_back_in_their_shape(name: str, shape: tuple[int, ...]) -> None:
    options = options_of(name)
    network = Autoencoder(options, shape)
    x = torch.rand(5, *shape)
    code = network.encode(x)
    assert code.shape == (5, options.code_size)
    assert network.decode(code).shape == x.shape
    assert torch.equal(network(x), network.decode(code))
    assert network(x[:0]).shape == (0, *shape)


@every_option
def test_the_activations_are_those_of_the_plan(name: str) -> None:
    options = options_of(name)
    network = Autoencoder(options, COLOUR)
    kinds = {nn.ReLU: "relu", nn.Tanh: "tanh", nn.ELU: "elu", nn.SiLU: "silu", nn.Sigmoid: "sigmoid"}
    found: list[str] = []
    for module in network.modules():
        if isinstance(module, nn.Linear):
            found.append("linear")
        elif type(module) in kinds:
            found[-1] = kinds[type(module)]
    assert found == [layer.activation for layer in plan(options, COLOUR)[1:]]


def test_a_plan_goes_from_the_input_to_the_output() -> None:
    options = ModelOptions.model_validate({"encoder": dense(32, (8, "tanh")), "output_activation": "sigmoid"})
    assert plan(options, (1, 4, 4)) == [
        LayerPlan("input", "input", (1, 4, 4), 0),
        LayerPlan("dense", "encoder", (32,), 17 * 32, "relu"),
        LayerPlan("dense", "encoder", (8,), 33 * 8, "tanh"),
        LayerPlan("code", "code", (2,), 9 * 2, "linear"),
        LayerPlan("dense", "decoder", (8,), 3 * 8, "tanh"),
        LayerPlan("dense", "decoder", (32,), 9 * 32, "relu"),
        LayerPlan("dense", "output", (1, 4, 4), 33 * 16, "sigmoid"),
    ]


def test_the_keras_network_has_its_parameters() -> None:
    """784-128-64-49-64-784, as in section 4 of what the recipes must reach."""
    options = ModelOptions.model_validate(
        {"encoder": dense(128, 64), "code_size": 49, "mirror": False, "decoder": dense(64)}
    )
    expected = 785 * 128 + 129 * 64 + 65 * 49 + 50 * 64 + 65 * 784
    assert Autoencoder(options, GREY).parameter_count() == expected


def test_the_decoder_mirrors_unless_it_has_layers_of_its_own() -> None:
    assert options_of("own decoder").decoding == Dense.model_validate(dense((20, "sigmoid")))
    assert options_of("own decoder kept aside").decoding == Dense.model_validate(dense(16, 32))
    assert options_of("own decoder missing").decoding == Dense.model_validate(dense(16, 32))
    assert options_of("deep").decoding.mirrored() == options_of("deep").encoder


@every_option
def test_the_seed_decides_the_first_weights(name: str) -> None:
    options = options_of(name)
    first, again, other = (Autoencoder(options, COLOUR, seed).weights() for seed in (0, 0, 1))
    assert all(torch.equal(first[key], again[key]) for key in first)
    assert any(not torch.equal(first[key], other[key]) for key in first)


def test_building_draws_from_no_other_generator() -> None:
    before = torch.random.get_rng_state()
    Autoencoder(ModelOptions(), TABLE)
    assert torch.equal(torch.random.get_rng_state(), before)


def test_first_weights_are_glorots() -> None:
    layer = linear(300, 200, torch.Generator().manual_seed(0))
    bound = sqrt(6 / 500)
    assert float(layer.weight.detach().abs().max()) <= bound
    assert float(layer.weight.detach().std()) == pytest.approx(bound / sqrt(3), rel=0.02)
    assert not layer.bias.detach().any()


def test_a_network_can_be_drawn_up_without_memory() -> None:
    """How a model file is checked before anything is allocated for it."""
    options = ModelOptions.model_validate({"encoder": dense(4096, 4096)})
    with torch.device("meta"):
        network = Autoencoder(options, GREY)
    assert {value.device.type for value in network.state_dict().values()} == {"meta"}
    assert network.parameter_count() > 30_000_000


@pytest.mark.parametrize(("activation", "low", "high"), [("sigmoid", 0, 1), ("tanh", -1, 1)])
def test_codes_and_outputs_stay_in_their_range(activation: str, low: float, high: float) -> None:
    x = 100 * torch.randn(1000, 4, generator=torch.Generator().manual_seed(0))
    bounded = ModelOptions.model_validate({"code_activation": activation, "output_activation": activation})
    for options, inside in ((bounded, True), (ModelOptions(), False)):
        network = Autoencoder(options, TABLE)
        for values in (network.encode(x).detach(), network(x).detach()):
            assert bool(((values >= low) & (values <= high)).all()) is inside


def test_weights_are_a_copy() -> None:
    network = Autoencoder(ModelOptions(), TABLE)
    kept = network.weights()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(1)
    fresh = Autoencoder(ModelOptions(), TABLE).weights()
    assert all(torch.equal(kept[name], fresh[name]) for name in fresh)


@pytest.mark.parametrize("training", [True, False])
def test_evaluating_gives_the_mode_back(training: bool) -> None:
    network = Autoencoder(ModelOptions(), TABLE).train(training)
    with evaluating(network):
        assert not network.training
    assert network.training is training
    with pytest.raises(KeyError), evaluating(network):
        raise KeyError
    assert network.training is training
