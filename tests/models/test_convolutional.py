"""Convolutions: sizes that come back, ways to shrink and grow, residual blocks, and what cannot be."""

from itertools import product
from math import ceil, prod
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from aedesk.models.architecture import Shape
from aedesk.models.architectures.convolutional import Convolutional
from aedesk.models.architectures.dense import Dense
from aedesk.models.autoencoder import Autoencoder
from aedesk.models.conv_layers import Residual, convolution
from aedesk.models.conv_options import ConvLayer
from aedesk.models.maps import maps_of, same_padding, transposed_padding
from aedesk.models.model_options import ModelOptions, plan
from aedesk.recipe import Recipe
from tests import small


def layers(*sizes: tuple[int, int, int], **others: Any) -> dict[str, Any]:
    """Layers by channels, kernel and stride."""
    return {
        "layers": [{"channels": c, "kernel": k, "stride": s, **others} for c, k, s in sizes],
    }


def convolutional(
    *sizes: tuple[int, int, int], layer: dict[str, Any] | None = None, **others: Any
) -> Convolutional:
    return Convolutional.model_validate(layers(*sizes, **(layer or {})) | others)


def generator() -> torch.Generator:
    return torch.Generator().manual_seed(0)


def model(encoder: Convolutional, **others: Any) -> ModelOptions:
    return ModelOptions(encoder=encoder, **others)


# Shapes


def test_samples_are_seen_as_maps() -> None:
    assert maps_of((3, 28, 20)) == (3, 28, 20)
    assert maps_of((64,)) == (1, 64)
    assert maps_of((16, 27)) == (27, 16)


@pytest.mark.parametrize("kernel", range(1, 8))
@pytest.mark.parametrize("stride", range(1, 5))
def test_paddings_lead_there_and_back(kernel: int, stride: int) -> None:
    for size in range(kernel, 24):
        before, after = same_padding(size, kernel, stride)
        smaller = (size + before + after - kernel) // stride + 1
        assert smaller == -(-size // stride)
        assert 0 <= after - before <= 1
        if kernel >= stride > 1:
            padding, extra = transposed_padding(smaller, size, kernel, stride)
            assert padding >= 0 and 0 <= extra < stride
            assert (smaller - 1) * stride - 2 * padding + kernel + extra == size


WAYS = list(product(["strided", "pooled"], ["transposed", "resized"]))


@pytest.mark.parametrize(("down", "up"), WAYS)
@pytest.mark.parametrize("shape", [(1, 7, 13), (2, 9, 10), (17,), (23,), (9, 4)], ids=str)
def test_odd_sizes_come_back(down: str, up: str, shape: Shape) -> None:
    for kernel, stride, further in product([2, 3, 4, 5], [1, 2, 3], [1, 2]):
        sizes = ((3, kernel, stride), (4, 2, further))
        options = model(convolutional(*sizes, layer={"down": down}, up=up), bottleneck={"kind": "spatial"})
        if options.encoder.misfit(shape):
            assert kernel < stride, "nothing else is wrong with any of these"
            continue
        network = Autoencoder(options, shape)
        assert network(torch.rand(2, *shape)).shape == (2, *shape)
        smaller = [ceil(ceil(size / stride) / further) for size in maps_of(shape)[1:]]
        assert options.features(shape) == (4, *smaller)


def picked(maps: int, kernel: int, place: int) -> Tensor:
    """A kernel that hands on the value at one place of each window."""
    weight = torch.zeros(maps, maps, kernel)
    weight[range(maps), range(maps), place] = 1
    return weight


@pytest.mark.parametrize(("kernel", "middle"), [(1, 0), (2, 0), (3, 1), (4, 1), (5, 2)])
def test_a_convolution_looks_around_each_place(kernel: int, middle: int) -> None:
    layer = nn.Sequential(*convolution((2, 9), 2, kernel, 1, generator()))
    layer[-1].weight.data = picked(2, kernel, middle)
    x = torch.rand(3, 2, 9)
    assert torch.equal(layer(x), x)


@pytest.mark.parametrize("up", ["transposed", "resized"])
def test_the_decoder_puts_things_back_in_their_place(up: str) -> None:
    """A change at one place of the code changes the output there and nowhere far away."""
    options = model(convolutional((4, 3, 2), (4, 3, 2), up=up), bottleneck={"kind": "spatial"})
    network = Autoencoder(options, (1, 32, 32))
    code = torch.rand(1, 4, 8, 8)
    other = code.clone()
    other[0, :, 2, 6] += 1
    changed = (network.decode(other.flatten(1)) - network.decode(code.flatten(1)))[0, 0].abs() > 0
    rows, columns = changed.any(1).nonzero(), changed.any(0).nonzero()
    for places, centre in ((rows, 2 * 4), (columns, 6 * 4)):
        assert abs(float(places.float().mean()) - (centre + 1.5)) <= 2
        assert 0 < len(places) <= 13


def test_words_are_convolved_along_their_letters() -> None:
    encoder = convolutional((5, 3, 1)).build_encoder((12, 27), generator())
    word = torch.rand(1, 12, 27)
    other = word.clone()
    other[0, 4] += torch.rand(27)
    changed = (encoder(other) - encoder(word)).abs().amax(1)[0] > 0
    assert set(changed.nonzero().flatten().tolist()) <= {3, 4, 5}
    assert changed.any()


# Ways to shrink, and residual blocks


def test_pooling_keeps_the_largest_value_around_each_place() -> None:
    layer = {"down": "pooled", "activation": "linear"}
    encoder = convolutional((1, 3, 3), layer=layer).build_encoder((10,), generator())
    conv = next(module for module in encoder.modules() if isinstance(module, nn.Conv1d))
    conv.weight.data = picked(1, 3, 1)
    x = torch.rand(2, 10)
    expected = torch.stack([x[:, start : start + 3].amax(1) for start in (0, 3, 6, 9)], 1)
    assert torch.equal(encoder(x)[:, 0], expected)


def test_striding_sees_fewer_places_than_pooling() -> None:
    ways = ("strided", "pooled")
    strided, pooled = (convolutional((8, 3, 2), layer={"down": way}).plan_encoder((1, 28, 28)) for way in ways)
    assert [(layer.name, layer.shape) for layer in strided] == [("convolution", (8, 14, 14))]
    assert [(layer.name, layer.shape) for layer in pooled] == [
        ("convolution", (8, 28, 28)),
        ("pooled", (8, 14, 14)),
    ]
    assert strided[0].parameters == pooled[0].parameters == 8 * (9 + 1)
    assert (strided[0].uses, pooled[0].uses) == (14 * 14, 28 * 28)


@pytest.mark.parametrize("normalisation", ["none", "batch", "group"])
def test_a_residual_block_adds_to_what_it_is_given(normalisation: str) -> None:
    options = convolutional((6, 3, 2), normalisation=normalisation)
    block = Residual(options, ConvLayer(channels=6), (6, 5, 5), generator())
    x = torch.randn(8, 6, 5, 5)
    added = (block(x) - x).detach()
    assert 0 < float(added.std()) < 0.5 * float(x.std()), "little at first"
    last = [module for module in block.modules() if isinstance(module, nn.Conv2d)][-1]
    nn.init.zeros_(last.weight)
    nn.init.zeros_(last.bias)
    assert torch.equal(block(x), x)


def test_residual_blocks_follow_a_layer_and_come_first_in_the_decoder() -> None:
    encoder = convolutional((6, 3, 2), layer={"residual": 2}, normalisation="batch")
    names = [layer.name for layer in plan(model(encoder), (1, 8, 8))]
    assert names == [
        "input", "convolution", "residual", "residual", "code", "dense", "residual", "residual", "transposed",
    ]  # fmt: skip
    network = Autoencoder(model(encoder), (1, 8, 8))
    for half in (network.encoder, network.decoder):
        blocks = [module for module in half.modules() if isinstance(module, Residual)]
        assert [sum(p.numel() for p in block.parameters()) for block in blocks] == [2 * 36 * 9 + 6 + 4 * 6] * 2


# Normalisation


@pytest.mark.parametrize("channels", [1, 2, 3, 6, 7, 30, 64])
def test_groups_divide_the_channels(channels: int) -> None:
    network = Autoencoder(model(convolutional((channels, 3, 2), normalisation="group")), (1, 8, 8))
    groups = [module.num_groups for module in network.modules() if isinstance(module, nn.GroupNorm)]
    assert groups
    assert all(channels % count == 0 and 1 <= count <= 8 for count in groups)


@pytest.mark.parametrize("normalisation", ["batch", "group"])
def test_maps_of_one_value_are_not_normalised_away(normalisation: str) -> None:
    options = model(convolutional((4, 2, 2), (4, 2, 2), normalisation=normalisation))
    network = Autoencoder(options, (4,)).train()
    one, other = torch.rand(1, 4), torch.rand(1, 4)
    assert not torch.equal(network.encode(one), network.encode(other)), "also where a batch is one sample"


def test_batch_normalisation_evens_out_what_is_learned_from() -> None:
    encoder = convolutional((5, 3, 2), layer={"activation": "linear"}, normalisation="batch")
    maps = encoder.build_encoder((1, 16, 16), generator()).train()(100 + 30 * torch.randn(64, 1, 16, 16))
    assert torch.allclose(maps.mean((0, 2, 3)), torch.zeros(5), atol=1e-3)
    assert torch.allclose(maps.std((0, 2, 3)), torch.ones(5), atol=1e-2)


# Codes


def test_a_spatial_code_goes_straight_on() -> None:
    options = model(convolutional((6, 3, 2), (8, 3, 2)), bottleneck={"kind": "spatial"})
    layers = plan(options, (1, 28, 28))
    assert [(layer.name, layer.shape) for layer in layers[2:]] == [
        ("convolution", (8, 7, 7)),
        ("feature maps", (8, 7, 7)),
        ("transposed", (6, 14, 14)),
        ("transposed", (1, 28, 28)),
    ]


def test_a_spatial_code_of_other_channels_passes_a_convolution() -> None:
    decoder = convolutional((4, 3, 2), (6, 3, 2))
    assert decoder.decoder_misfit((9, 7, 7), (1, 28, 28)) is None
    first = decoder.plan_decoder((9, 7, 7), (1, 28, 28))[0]
    assert (first.name, first.shape, first.parameters) == ("convolution", (4, 7, 7), 4 * (9 * 9 + 1))
    module = decoder.build_decoder((9, 7, 7), (1, 28, 28), generator())
    assert module(torch.rand(2, 9, 7, 7)).shape == (2, 1, 28, 28)


def test_a_dense_layer_may_stand_between_maps_and_code() -> None:
    layers = plan(model(convolutional((4, 3, 2), dense_width=20), code_size=3), (1, 8, 8))
    shapes = [layer.shape for layer in layers]
    assert shapes == [(1, 8, 8), (4, 4, 4), (20,), (3,), (20,), (4, 4, 4), (1, 8, 8)]
    assert [layer.activation for layer in layers[2:6]] == ["relu", "linear", "relu", "relu"]


def test_the_cost_is_that_of_the_convolutions() -> None:
    options = model(convolutional((6, 3, 1), (8, 5, 2), (4, 4, 3)), bottleneck={"kind": "spatial"})
    counted = 0

    def count(layer: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        nonlocal counted
        places = inputs[0] if isinstance(layer, nn.ConvTranspose2d) else output
        counted += layer.weight.numel() * prod(places.shape[2:])

    network = Autoencoder(options, (1, 20, 20))
    for module in network.modules():
        if isinstance(module, nn.Conv2d | nn.ConvTranspose2d):
            module.register_forward_hook(count)
    network(torch.rand(1, 1, 20, 20))
    planned = sum(layer.multiplications for layer in plan(options, (1, 20, 20)))
    assert counted < planned < 1.05 * counted, "the difference is the biases"


# What cannot be


@pytest.mark.parametrize(
    ("encoder", "shape", "path", "words"),
    [
        (convolutional((4, 9, 1)), (1, 8, 8), ("layers", "0", "kernel"), "larger than the maps of 8×8"),
        (convolutional((4, 3, 4), (4, 2, 1)), (8,), ("layers", "0", "kernel"), "gaps"),
        (convolutional((4, 4, 4), (4, 3, 1)), (8,), ("layers", "1", "kernel"), "maps of 2 "),
        (convolutional((4, 3, 2)), (1, 28, 2), ("layers", "0", "kernel"), "at most 2"),
        (convolutional((4, 4, 4), (4, 1, 2)), (4,), ("layers", "1", "stride"), "single value"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    encoder: Convolutional, shape: Shape, path: tuple[str, ...], words: str
) -> None:
    misfit = encoder.misfit(shape)
    assert misfit and misfit.path == path
    assert words in misfit.text
    mirrored = encoder.mirrored().decoder_misfit((3,), shape)
    assert mirrored and words in mirrored.text, "the same from the other side"
    assert plan(model(encoder), shape), "it can be drawn all the same"


def test_a_kernel_smaller_than_its_stride_may_pool_and_resize() -> None:
    encoder = convolutional((4, 2, 3), layer={"down": "pooled"}, up="resized")
    assert encoder.misfit((9,)) is None
    assert encoder.model_copy(update={"up": "transposed"}).misfit((9,)) is not None


def recipe(encoder: Any, decoder: Any = None, **others: Any) -> Recipe:
    model = {"encoder": encoder, "mirror": decoder is None, **others}
    if decoder:
        model["decoder"] = decoder
    return Recipe.from_document(small.document("image") | {"model": model})


def test_a_recipe_says_where_it_goes_wrong() -> None:
    stack = {"kind": "convolutional", **layers((4, 3, 2), (4, 3, 2), (4, 3, 2))}
    problem = recipe(stack).problems()[0]
    assert problem.path == ("model", "encoder", "layers", "2", "kernel") and problem.fatal
    problem = recipe({"kind": "dense"}, stack).problems()[0]
    assert problem.path == ("model", "decoder", "layers", "0", "kernel") and problem.fatal


def test_a_decoder_is_asked_in_its_own_direction() -> None:
    """Its first layer meets the smallest maps, its last the whole sample."""
    decoder = {"kind": "convolutional", **layers((4, 3, 2), (4, 7, 1))}
    assert not [problem for problem in recipe({"kind": "dense"}, decoder).problems() if problem.fatal]


def test_maps_that_do_not_meet_are_explained() -> None:
    encoder = {"kind": "convolutional", **layers((4, 3, 2), (4, 3, 2))}
    decoder = {"kind": "convolutional", **layers((4, 3, 2))}
    problem = recipe(encoder, decoder, bottleneck={"kind": "spatial"}).problems()[0]
    assert problem.path == ("model", "decoder", "layers") and problem.fatal
    assert "maps of 2×2" in problem.text and "maps of 4×4" in problem.text
    assert not [problem for problem in recipe(encoder, decoder).problems() if problem.fatal]


def test_a_dense_decoder_takes_feature_maps() -> None:
    options = model(convolutional((4, 3, 2)), bottleneck={"kind": "spatial"}, mirror=False, decoder=Dense())
    assert Autoencoder(options, (1, 8, 8))(torch.rand(2, 1, 8, 8)).shape == (2, 1, 8, 8)
