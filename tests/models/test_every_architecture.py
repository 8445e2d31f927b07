"""What holds for every architecture, those of files added later included."""

from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

import pytest
import torch
from torch import Tensor, nn

from aedesk.files.model_file import load, save
from aedesk.models.architecture import Architecture, LayerPlan, Shape
from aedesk.models.autoencoder import Autoencoder
from aedesk.models.model_options import ModelOptions, plan
from aedesk.options import Choice
from aedesk.recipe import Recipe
from tests import small

SHAPES: list[Shape] = [(1, 12, 12), (3, 9, 7), (24,), (13,), (4,), (11, 5)]
KINDS = Architecture.kinds()  # all files of the family were imported with ModelOptions


def variants() -> Iterator[tuple[str, Architecture]]:
    """Every kind as it comes, and with each other value of its choices and switches, by a name."""
    for name, kind in KINDS.items():
        yield name, kind()
        for field, about in kind.model_fields.items():
            values = get_args(about.annotation) if get_origin(about.annotation) is Literal else ()
            values = (True, False) if about.annotation is bool else values
            for value in values:
                if value != about.default:
                    yield f"{name} {field}={value}", kind.model_validate({field: value})


def options_of(encoder: Architecture, **others: Any) -> ModelOptions:
    return ModelOptions(encoder=encoder, code_size=3, **others)


VARIANTS = dict(variants())
every_variant = pytest.mark.parametrize("architecture", VARIANTS.values(), ids=VARIANTS)
every_code = pytest.mark.parametrize("code", ["plain", "spatial"])
wherever_it_fits = pytest.mark.parametrize(
    ("architecture", "shape"),
    [
        pytest.param(architecture, shape, id=f"{name} {shape}")
        for name, architecture in VARIANTS.items()
        for shape in SHAPES
        if not architecture.misfit(shape)
    ],
)


def shapes_passed(module: nn.Module, *inputs: Tensor) -> list[Shape]:
    """The shapes of all that the modules below put out, in order, without the number of samples."""
    seen: list[Shape] = []

    def note(_module: nn.Module, _inputs: Any, output: Any) -> None:
        value = output[0] if isinstance(output, tuple) else output
        if isinstance(value, Tensor):
            seen.append(tuple(value.shape[1:]))

    hooks = [each.register_forward_hook(note) for each in module.modules()]
    module(*inputs)
    for hook in hooks:
        hook.remove()
    return seen


def assert_in_order(planned: list[LayerPlan], passed: list[Shape]) -> None:
    rest = iter(passed)
    for layer in planned:
        assert layer.shape in rest, f"{layer.name} {layer.shape} is planned and does not come up"


def parameters(module: nn.Module) -> int:
    return sum(parameter.numel() for parameter in module.parameters())


def test_all_kinds_are_found() -> None:
    assert {"dense", "convolutional", "recurrent", "hybrid"} <= KINDS.keys()


@pytest.mark.parametrize("name", KINDS)
def test_each_takes_images_signals_and_words(name: str) -> None:
    architecture = KINDS[name]()
    assert not any(architecture.misfit(shape) for shape in [(1, 28, 28), (3, 32, 32), (64,), (17,), (16, 27)])


@pytest.mark.parametrize("name", KINDS)
def test_a_person_is_told_what_everything_is(name: str) -> None:
    kind = KINDS[name]
    assert kind.title and kind.summary.endswith(".")
    for field, about in kind.model_fields.items():
        if field != "kind":
            assert about.title and about.description and about.description.endswith("."), field


def test_no_kind_is_called_like_a_field() -> None:
    """The path of a problem would lose the field's name."""
    kinds = {kind for family in Choice.__subclasses__() for kind in family.kinds()}
    for kind in KINDS.values():
        assert not kinds & kind.model_fields.keys()


@wherever_it_fits
@every_code
def test_what_is_planned_is_what_is_built(architecture: Architecture, shape: Shape, code: str) -> None:
    options = options_of(architecture, bottleneck={"kind": code})
    network = Autoencoder(options, shape)
    encoder, decoder = network.encoder[0], network.decoder[0]
    x = torch.rand(2, *shape)
    planned = options.encoder.plan_encoder(shape)
    assert sum(layer.parameters for layer in planned) == parameters(encoder)
    assert_in_order(planned, shapes_passed(encoder, x))
    assert encoder(x).shape == (2, *options.features(shape))

    planned = options.decoding.plan_decoder(options.code_shape(shape), shape)
    assert sum(layer.parameters for layer in planned) == parameters(decoder)
    wanted = (x,) if network.can_be_forced else ()
    assert_in_order(planned, shapes_passed(decoder, torch.rand(2, *network.code_shape), *wanted))
    assert [layer.part for layer in planned].count("output") == 1 and planned[-1].part == "output"
    assert sum(layer.parameters for layer in plan(options, shape)) == network.parameter_count()
    assert all(layer.uses >= 1 for layer in plan(options, shape))


@wherever_it_fits
@every_code
def test_what_is_encoded_is_decoded_by_the_mirror(architecture: Architecture, shape: Shape, code: str) -> None:
    options = options_of(architecture, bottleneck={"kind": code})
    assert options.decoding.decoder_misfit(options.code_shape(shape), shape) is None
    network = Autoencoder(options, shape).eval()
    x = torch.rand(4, *shape)
    codes = network.encode(x)
    assert codes.shape == (4, options.code_width(shape))
    assert network(x).shape == x.shape
    assert network(x).is_contiguous()
    assert network(x[:0]).shape == (0, *shape)


@every_variant
def test_samples_do_not_know_of_each_other(architecture: Architecture) -> None:
    network = Autoencoder(options_of(architecture), (1, 12, 12)).eval()
    x = torch.rand(3, 1, 12, 12)
    alone = torch.cat([network(x[row : row + 1]) for row in range(3)])
    assert torch.allclose(network(x), alone, atol=1e-5)


@every_variant
def test_the_seed_decides_the_first_weights(architecture: Architecture) -> None:
    before = torch.random.get_rng_state()
    networks = [Autoencoder(options_of(architecture), (3, 9, 7), seed) for seed in (0, 0, 1)]
    first, again, other = (network.weights() for network in networks)
    assert all(torch.equal(first[key], again[key]) for key in first)
    drawn = [name for name, parameter in networks[0].named_parameters() if parameter.dim() > 1]
    assert drawn and all(not torch.equal(first[name], other[name]) for name in drawn)
    assert torch.equal(torch.random.get_rng_state(), before), "nothing draws from another generator"


@wherever_it_fits
def test_learning_reaches_every_weight(architecture: Architecture, shape: Shape) -> None:
    options = options_of(architecture)
    network = Autoencoder(options, shape)
    x = torch.rand(16, *shape, generator=torch.Generator().manual_seed(0))
    (network.decode(network.encode(x), x) - x).square().mean().backward()
    idle = [
        name
        for name, parameter in network.named_parameters()
        if parameter.grad is None or not parameter.grad.abs().sum() > 0
    ]
    assert not idle


@every_variant
def test_a_network_without_memory_takes_kept_weights(architecture: Architecture) -> None:
    """How a model file is checked, and how a model is asked."""
    options, shape = options_of(architecture), (3, 9, 7)
    network = Autoencoder(options, shape).eval()
    with torch.device("meta"):
        empty = Autoencoder(options, shape, seed=1)
    state = network.weights()
    assert {name: value.shape for name, value in empty.state_dict().items()} == {
        name: value.shape for name, value in state.items()
    }
    assert {value.device.type for value in empty.state_dict().values()} == {"meta"}
    empty.load_state_dict(state, assign=True)
    x = torch.rand(2, *shape)
    assert torch.allclose(empty.eval()(x), network(x), atol=1e-6)
    other = Autoencoder(options, shape, seed=2).eval()
    other.load_state_dict(state)
    assert torch.equal(other(x), network(x))


@pytest.mark.parametrize("encoder", KINDS)
@pytest.mark.parametrize("decoder", KINDS)
@pytest.mark.parametrize("shape", [(1, 12, 12), (24,), (11, 5)], ids=str)
def test_encoder_and_decoder_may_differ(encoder: str, decoder: str, shape: Shape) -> None:
    options = options_of(KINDS[encoder](), mirror=False, decoder=KINDS[decoder]())
    assert options.encoder.misfit(shape) is None
    assert options.decoding.decoder_misfit((3,), shape) is None
    network = Autoencoder(options, shape)
    assert network(torch.rand(2, *shape)).shape == (2, *shape)
    assert sum(layer.parameters for layer in plan(options, shape)) == network.parameter_count()


@pytest.mark.parametrize("name", KINDS)
def test_a_run_learns_and_its_model_comes_back_from_its_file(name: str, tmp_path: Any) -> None:
    assignments = ("data.limit=120", "training.epochs=3", "training.batch_size=16")
    document = small.document("image", *assignments) | {"model": {"encoder": {"kind": name}, "code_size": 3}}
    model = small.finished(Recipe.from_document(document)).model
    losses = model.history.train["mse"]
    assert losses[-1] < losses[0]
    path = tmp_path / "model.aedesk"
    save(model, path)
    x = small.dataset(model.recipe).inputs[:3].numpy()
    assert (load(path).reconstruct(x) == model.reconstruct(x)).all()
    assert model.encode(x).shape == (3, 3)
