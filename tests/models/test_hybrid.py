"""Convolutions in front and recurrent layers behind: what the middle reads, and how it comes back."""

from typing import Any

import pytest
import torch
from torch import nn

from aedesk.models.architecture import Shape
from aedesk.models.architectures.hybrid import Hybrid
from aedesk.models.autoencoder import Autoencoder
from aedesk.models.model_options import ModelOptions, plan
from aedesk.models.recurrent_layers import Reader, Repeated


def hybrid(**fields: Any) -> Hybrid:
    layers = [{"channels": 6}, {"channels": 4, "activation": "tanh"}]
    return Hybrid.model_validate({"width": 8, "layers": layers} | fields)


def network(shape: Shape, **fields: Any) -> Autoencoder:
    return Autoencoder(ModelOptions(encoder=hybrid(**fields), code_size=3), shape)


def first(parent: nn.Module, kind: type[nn.Module]) -> Any:
    return next(module for module in parent.modules() if isinstance(module, kind))


@pytest.mark.parametrize(
    ("shape", "steps"),
    [((1, 28, 20), (7, 4 * 5)), ((3, 9, 7), (3, 4 * 2)), ((64,), (16, 4)), ((11, 5), (3, 4))],
    ids=str,
)
def test_the_middle_reads_the_last_maps_in_order(shape: Shape, steps: tuple[int, int]) -> None:
    built = network(shape)
    seen: list[torch.Tensor] = []
    first(built, Reader).register_forward_hook(lambda module, inputs, output: seen.append(inputs[0]))
    made: list[torch.Tensor] = []
    first(built, Repeated).register_forward_hook(lambda module, inputs, output: made.append(output))
    x = torch.rand(2, *shape)
    assert built(x).shape == x.shape
    assert [tuple(each.shape[1:]) for each in (*seen, *made)] == [steps, steps]


def test_a_step_is_a_row_of_the_maps() -> None:
    built = network((1, 28, 20))
    encoder = built.encoder[0]
    maps: list[torch.Tensor] = []
    last = [module for module in encoder.modules() if isinstance(module, nn.Tanh)][-1]
    last.register_forward_hook(lambda module, inputs, output: maps.append(output))
    steps: list[torch.Tensor] = []
    first(encoder, Reader).register_forward_hook(lambda module, inputs, output: steps.append(inputs[0]))
    encoder(torch.rand(2, 1, 28, 20))
    assert torch.equal(steps[0][:, 3], maps[0][:, :, 3].flatten(1))


def test_the_plan_goes_there_and_back_the_same_way() -> None:
    layers = plan(ModelOptions(encoder=hybrid(cell="gru"), code_size=3), (1, 28, 28))
    assert [(layer.name, layer.shape) for layer in layers] == [
        ("input", (1, 28, 28)),
        ("convolution", (6, 14, 14)),
        ("convolution", (4, 7, 7)),
        ("gru", (8,)),
        ("code", (3,)),
        ("first state", (8,)),
        ("gru", (7, 8)),
        ("dense", (4, 7, 7)),
        ("transposed", (6, 14, 14)),
        ("transposed", (1, 28, 28)),
    ]
    assert [layer.activation for layer in layers[7:9]] == ["tanh", "relu"]
    assert layers[7].multiplications == 7 * 9 * 4 * 7


def test_what_cannot_be_convolved_is_said_at_its_layer() -> None:
    misfit = hybrid().misfit((1, 4, 4))
    assert misfit and misfit.path == ("layers", "1", "kernel")
    assert hybrid().decoder_misfit((3,), (1, 28, 28)) is None
    assert hybrid().mirrored().decoder_misfit((3,), (1, 4, 4)) is not None


def test_the_mirror_holds_the_layers_in_reverse() -> None:
    mirrored = hybrid(both_directions=True).mirrored()
    assert [layer.channels for layer in mirrored.layers] == [4, 6]
    assert mirrored.both_directions
    assert mirrored.mirrored() == hybrid(both_directions=True)


def test_all_ways_of_convolving_are_its_own_too() -> None:
    layers = [{"channels": 6, "down": "pooled", "residual": 1}]
    built = network((1, 9, 9), layers=layers, normalisation="batch", up="resized")
    kinds = {type(module) for module in built.modules()}
    assert {nn.MaxPool2d, nn.BatchNorm2d, nn.Upsample} <= kinds
    assert nn.ConvTranspose2d not in kinds
    assert built(torch.rand(2, 1, 9, 9)).shape == (2, 1, 9, 9)
