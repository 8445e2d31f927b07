"""Recurrent layers: what is read in which order, what comes back step by step, and teacher forcing."""

from typing import Any

import pytest
import torch
from torch import Tensor, nn

from aedesk.models.architecture import Shape
from aedesk.models.architectures.recurrent import Recurrent
from aedesk.models.autoencoder import Autoencoder
from aedesk.models.model_options import ModelOptions, plan
from aedesk.models.recurrent_layers import Cells, FromSteps, Reader, ToSteps
from aedesk.models.steps import steps_of
from aedesk.recipe import Recipe
from tests import small

WORD = (6, 5)


def recurrent(**fields: Any) -> Recurrent:
    return Recurrent.model_validate({"width": 8} | fields)


def fed_back(output: str = "sigmoid", shape: Shape = WORD, **fields: Any) -> Autoencoder:
    encoder = recurrent(feed="fed-back", **fields)
    return Autoencoder(ModelOptions(encoder=encoder, code_size=3, output_activation=output), shape)


def generator() -> torch.Generator:
    return torch.Generator().manual_seed(0)


# Steps


@pytest.mark.parametrize(
    ("shape", "step", "steps"),
    [
        ((1, 28, 28), 1, (28, 28)),
        ((3, 8, 5), 1, (8, 15)),
        ((64,), 1, (64, 1)),
        ((64,), 16, (4, 16)),
        (WORD, 1, WORD),
    ],
)
def test_samples_are_cut_into_steps_and_put_together(shape: Shape, step: int, steps: tuple[int, int]) -> None:
    assert steps_of(shape, step) == steps
    x = torch.rand(2, *shape)
    cut = ToSteps(shape, step)(x)
    assert cut.shape == (2, *steps)
    assert torch.equal(FromSteps(shape)(cut), x)


def test_a_step_is_a_row_of_an_image_in_all_its_colours() -> None:
    x = torch.rand(2, 3, 8, 5)
    assert torch.equal(ToSteps((3, 8, 5))(x)[:, 4], x[:, :, 4].flatten(1))


def test_longer_steps_are_fewer() -> None:
    layers = recurrent(step=16).plan_encoder((64,))
    assert (layers[0].uses, layers[0].parameters) == (4, 4 * (8 * (16 + 8) + 16))


# Cells


@pytest.mark.parametrize("cell", ["lstm", "gru"])
@pytest.mark.parametrize("both", [False, True])
def test_the_encoder_keeps_what_the_top_layer_knows_at_the_end(cell: str, both: bool) -> None:
    """Against torch's own stack of layers with the same weights."""
    options = recurrent(cell=cell, stacked=2, both_directions=both)
    reader = Reader(options, 5, generator())
    kind = nn.LSTM if cell == "lstm" else nn.GRU
    stack = kind(5, 8, num_layers=2, batch_first=True, bidirectional=both)
    for number, layer in enumerate(reader.cells.layers):
        for name, value in layer.state_dict().items():
            getattr(stack, name.replace("_l0", f"_l{number}")).data.copy_(value)
    x = torch.rand(3, 7, 5)
    outputs = stack(x)[0]
    forwards = outputs[:, -1, :8]
    expected = torch.cat([forwards, outputs[:, 0, 8:]], 1) if both else forwards
    assert torch.allclose(reader(x), expected, atol=1e-6)
    assert reader(x).shape == (3, options.outputs)


@pytest.mark.parametrize("cell", ["lstm", "gru"])
@pytest.mark.parametrize("stacked", [1, 2])
def test_going_on_from_a_state_is_going_on(cell: str, stacked: int) -> None:
    cells = Cells(recurrent(cell=cell, stacked=stacked), 5, generator())
    x = torch.rand(3, 7, 5)
    whole, last = cells(x)
    begun, states = cells(x[:, :4])
    rest, end = cells(x[:, 4:], states)
    assert torch.allclose(torch.cat([begun, rest], 1), whole, atol=1e-6)
    for one, other in zip(last, end, strict=True):
        pairs = zip(one, other, strict=True) if cell == "lstm" else [(one, other)]
        assert all(torch.allclose(a, b, atol=1e-6) for a, b in pairs)


def test_first_weights_are_those_of_the_literature() -> None:
    cells = Cells(recurrent(width=16), 4, generator())
    layer = cells.layers[0]
    assert isinstance(layer, nn.LSTM)
    weight = layer.weight_hh_l0.detach()
    assert torch.allclose(weight.T @ weight, torch.eye(16), atol=1e-5), "orthogonal"
    assert layer.bias_ih_l0[16:32].eq(1).all(), "the forget gates are open"
    assert layer.bias_ih_l0[:16].eq(0).all() and layer.bias_ih_l0[32:].eq(0).all()
    assert layer.bias_hh_l0.eq(0).all()


def test_the_order_of_the_steps_counts() -> None:
    encoder = recurrent().build_encoder((4, 8), generator())
    x = torch.rand(1, 4, 8)
    assert not torch.allclose(encoder(x), encoder(x.flip(1)), atol=1e-3)


def test_what_is_planned_adds_up() -> None:
    options = ModelOptions(encoder=recurrent(stacked=2, both_directions=True), code_size=3)
    layers = plan(options, (1, 28, 20))
    assert [(layer.name, layer.shape) for layer in layers[1:]] == [
        ("lstm", (28, 16)),
        ("lstm", (16,)),
        ("code", (3,)),
        ("first state", (64,)),
        ("lstm", (28, 16)),
        ("lstm", (28, 16)),
        ("dense", (1, 28, 20)),
    ]
    per_direction = [4 * (8 * (inputs + 8) + 16) for inputs in (20, 16)]
    assert [layer.parameters for layer in layers[1:3]] == [2 * count for count in per_direction]
    assert layers[-1].multiplications == 28 * 17 * 20


# The decoder


@pytest.mark.parametrize("cell", ["lstm", "gru"])
@pytest.mark.parametrize("stacked", [1, 2])
@pytest.mark.parametrize("feed", ["repeated", "fed-back"])
def test_every_step_of_the_output_depends_on_the_code(cell: str, stacked: int, feed: str) -> None:
    encoder = recurrent(cell=cell, stacked=stacked, feed=feed)
    network = Autoencoder(ModelOptions(encoder=encoder, code_size=3), WORD)
    one, other = network.decode(torch.zeros(1, 3)), network.decode(torch.ones(1, 3))
    assert ((one - other).abs().amax(2) > 1e-4).all()


@pytest.mark.parametrize("output", ["linear", "sigmoid", "tanh"])
@pytest.mark.parametrize("shape", [WORD, (2, 6, 5), (8,)], ids=str)
@pytest.mark.parametrize("forced", [True, False])
def test_it_sees_its_own_output_as_others_do(output: str, shape: Shape, forced: bool) -> None:
    """Led along what it puts out by itself, it puts out the same."""
    network = fed_back(output, shape, teacher_forcing=forced).eval()
    code = 3 * torch.randn(4, 3, generator=generator())
    alone = network.decode(code)
    led = network.decoder[1:](network.decoder[0](code, alone))
    assert torch.allclose(led, alone, atol=1e-5)


def test_letters_are_fed_back_whole_once_it_has_learned() -> None:
    network = fed_back("softmax").eval()
    body, code = network.decoder[0], 3 * torch.randn(4, 3, generator=generator())
    alone = body(code)
    letters = nn.functional.one_hot(alone.argmax(-1), 5).float()
    assert torch.allclose(body(code, letters), alone, atol=1e-5)
    shares = network.train().decode(code)
    assert torch.allclose(body(code, shares), body(code), atol=1e-5), "while it learns, what can be learned from"


def test_unforced_letters_are_fed_back_as_shares() -> None:
    network = fed_back("softmax", teacher_forcing=False).eval()
    code = 3 * torch.randn(4, 3, generator=generator())
    alone = network.decode(code)
    assert torch.allclose(network.decoder[0](code, alone).softmax(-1), alone, atol=1e-5)


def test_it_is_led_only_while_it_learns_and_only_where_it_is_to_be() -> None:
    wanted, code = torch.rand(4, *WORD), torch.randn(4, 3, generator=generator())
    for network, led in (
        (fed_back(), True),
        (fed_back(teacher_forcing=False), False),
        (Autoencoder(ModelOptions(encoder=recurrent(), code_size=3), WORD), False),
    ):
        assert network.can_be_forced is led
        network.train()
        assert torch.equal(network.decode(code, wanted), network.decode(code)) is not led
        network.eval()
        assert torch.equal(network.decode(code, wanted), network.decode(code))


def test_led_it_sees_only_what_went_before() -> None:
    network = fed_back().train()
    code, wanted = torch.randn(1, 3), torch.rand(1, *WORD)
    other = wanted.clone()
    other[0, 2] += 1
    changed = (network.decode(code, other) - network.decode(code, wanted)).abs().amax(2)[0] > 1e-6
    assert changed.tolist() == [False, False, False, True, True, True]


@pytest.mark.parametrize(
    "fields", [{}, {"feed": "fed-back"}, {"feed": "fed-back", "teacher_forcing": False}], ids=str
)
def test_it_learns_words_by_heart(fields: dict[str, Any]) -> None:
    letters = torch.randint(5, (8, 6), generator=generator())
    words = nn.functional.one_hot(letters, 5).float()
    encoder = recurrent(width=24, **fields)
    network = Autoencoder(ModelOptions(encoder=encoder, code_size=6, output_activation="softmax"), WORD)
    optimiser = torch.optim.Adam(network.parameters(), 0.02)
    for _ in range(150):
        shares = network.decode(network.encode(words), words)
        loss = -(words * (shares + 1e-9).log()).sum(2).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    right: Tensor = network.eval()(words).argmax(2) == letters
    assert float(right.float().mean()) >= 0.9


def test_two_directions_go_with_a_repeated_code_only() -> None:
    both = recurrent(both_directions=True)
    assert both.mirrored() == both
    assert both.decoder_misfit((3,), WORD) is None
    odd = recurrent(both_directions=True, feed="fed-back")
    misfit = odd.decoder_misfit((3,), WORD)
    assert misfit and misfit.path == ("both_directions",)
    assert odd.misfit(WORD) is None, "an encoder may"
    assert odd.mirrored() == recurrent(feed="fed-back"), "and its mirror goes one way"


def test_steps_that_do_not_divide_are_explained() -> None:
    recipe = Recipe.from_document(
        small.document("signal") | {"model": {"encoder": {"kind": "recurrent", "step": 5}}}
    )
    problem = recipe.problems()[0]
    assert problem.path == ("model", "encoder", "step") and problem.fatal
    assert "16 values" in problem.text and "such as 4" in problem.text
    assert recurrent(step=5).misfit((1, 28, 28)) is None, "an image has its rows"
    assert plan(recipe.model, (16,)), "it can be drawn all the same"


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_a_penalty_may_take_derivatives_of_derivatives(cell: str) -> None:
    encoder = recurrent(cell=cell).build_encoder(WORD, generator())
    x = torch.rand(3, *WORD, requires_grad=True)
    (slope,) = torch.autograd.grad(encoder(x).sum(), x, create_graph=True)
    slope.square().sum().backward()
    assert all(parameter.grad is not None for name, parameter in encoder.named_parameters() if "weight" in name)
