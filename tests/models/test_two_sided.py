"""Two-sided networks: how far they see, and that they do not see what they foretell."""

import pytest
import torch

from aedesk.models.architectures.convolutional import Convolutional
from aedesk.models.architectures.two_sided import TwoSided
from aedesk.models.autoencoder import Autoencoder
from aedesk.models.model_options import ModelOptions
from aedesk.recipe import Recipe
from tests import small

MAPS = {"kind": "spatial"}


def network(depth: int, length: int, **options: object) -> Autoencoder:
    model = ModelOptions(encoder=TwoSided(channels=6, depth=depth), bottleneck=MAPS, **options)
    return Autoencoder(model, (length,), seed=2).double()


def influence(net: Autoencoder, length: int) -> torch.Tensor:
    """How much each output ``[length]`` depends on each input ``[length]``."""
    x = torch.rand(1, length, dtype=torch.float64)
    return torch.autograd.functional.jacobian(lambda one: net(one)[0], x)[:, 0].abs()


@pytest.mark.parametrize("length", [1, 2, 17])
def test_no_output_knows_the_input_at_its_place(length: int) -> None:
    found = influence(network(3, length), length)
    assert not found.diagonal().any()
    assert length < 2 or (found.fill_diagonal_(1) > 0).all(), "it knows all others"


def test_each_layer_sees_twice_as_far() -> None:
    for depth, reach in ((1, 4), (2, 8), (3, 16)):
        found = influence(network(depth, 61), 61)[30] > 0
        assert found.nonzero().flatten().tolist() == [at for at in range(30 - reach, 31 + reach) if at != 30]


def test_rows_of_a_picture_are_steps() -> None:
    model = ModelOptions(encoder=TwoSided(channels=6, depth=2), bottleneck=MAPS)
    net, x = Autoencoder(model, (1, 9, 5)), torch.rand(2, 1, 9, 5)
    before = net(x)
    x[:, :, 4] += 1
    assert torch.equal(net(x)[:, :, 4], before[:, :, 4]) and not torch.equal(net(x)[:, :, 3], before[:, :, 3])


def test_only_the_whole_way_is_blind() -> None:
    def blind(**options: object) -> bool:
        document = small.document("signal") | {"corruption": {"kind": "none"}, "model": options}
        return Recipe.from_document(document).blind

    two_sided = {"kind": "two-sided"}
    assert blind(encoder=two_sided, bottleneck=MAPS)
    assert not blind(encoder=two_sided), "a code of the whole sample knows all of it"
    assert not blind(encoder=two_sided, bottleneck=MAPS, mirror=False, decoder={"kind": "convolutional"})
    assert not blind(encoder={"kind": "convolutional"}, bottleneck=MAPS)


def test_a_decoder_that_looks_around_is_not_blind() -> None:
    """What the test above says of kinds is so."""
    decoder = Convolutional(layers=({"channels": 4, "stride": 1},))
    found = influence(network(2, 20, mirror=False, decoder=decoder), 20)
    assert found.diagonal().any()


def several(count: int = 3, length: int = 9, numbers: int = 2) -> Autoencoder:
    encoder = TwoSided(channels=4, depth=2, networks=count)
    return Autoencoder(ModelOptions(encoder=encoder, bottleneck=MAPS), (length, numbers), seed=1)


def test_several_networks_answer_with_their_mean_and_none_sees_its_own_place() -> None:
    net, x = several().eval(), torch.rand(4, 9, 2)
    maps = net.encoder(x).chunk(3, 1)
    answers = [answer(share) for answer, share in zip(net.decoder[0].answers, maps, strict=True)]
    assert not torch.allclose(answers[0], answers[1], atol=1e-3)
    assert torch.allclose(net(x), sum(answers) / 3, atol=1e-6)
    found = torch.autograd.functional.jacobian(net, x[:1])[0, :, :, 0].abs().amax((1, 3))
    assert not found.diagonal().any() and (found.fill_diagonal_(1) > 0).all()


def test_each_network_learns_from_its_own_rows_alone() -> None:
    net, x = several().train(), torch.rand(7, 9, 2)
    maps = [network(net.encoder[0][0](x)) for network in net.encoder[0][1].networks]
    answers = [answer(each) for answer, each in zip(net.decoder[0].answers, maps, strict=True)]
    output = net(x)
    for row in range(7):
        assert torch.allclose(output[row], answers[row % 3][row], atol=1e-6)
    output[1::3].square().sum().backward()
    moved = [any(p.grad is not None and p.grad.any() for p in one.parameters()) for one in net.encoder[0][1].networks]
    assert moved == [False, True, False]


def test_a_batch_smaller_than_the_networks_is_learned_from() -> None:
    net = several(count=4).train()
    net(torch.rand(2, 9, 2)).sum().backward()


def test_one_network_is_what_it_was() -> None:
    """Files written before there were several hold weights of these names."""
    names = Autoencoder(ModelOptions(encoder=TwoSided(channels=4, depth=1), bottleneck=MAPS), (9,)).state_dict()
    assert "encoder.0.1.reader.0.convolution.weight" in names and "decoder.0.0.weight" in names


def test_several_networks_need_a_decoder_of_as_many() -> None:
    def problem(**options: object) -> str:
        encoder = {"kind": "two-sided", "networks": 2, "channels": 3}
        document = small.document("signal") | {"corruption": {"kind": "none"}, "model": {"encoder": encoder} | options}
        fatal = [one for one in Recipe.from_document(document).problems() if one.fatal]
        return str(fatal[0]) if fatal else ""

    assert not problem(bottleneck=MAPS)
    assert "as many" in problem()
    assert "as many" in problem(bottleneck=MAPS, mirror=False, decoder={"kind": "two-sided"})
    assert "as many" in problem(bottleneck=MAPS, mirror=False, decoder={"kind": "two-sided", "networks": 4})
    assert not problem(bottleneck=MAPS, mirror=False, decoder={"kind": "two-sided", "networks": 2})


def test_more_noise_on_what_is_seen_leaves_a_blind_network_blind() -> None:
    document = small.document("signal") | {"corruption": {"kind": "noisier"}}
    blind = document | {"model": {"encoder": {"kind": "two-sided"}, "bottleneck": MAPS}}
    assert Recipe.from_document(blind).blind
    sees = Recipe.from_document(document | {"model": {"encoder": {"kind": "convolutional"}, "bottleneck": MAPS}})
    assert not sees.blind
    assert any("blind spot" in str(one) for one in sees.problems())


@pytest.mark.parametrize("nearest", [2, 5])
def test_steps_nearer_than_the_nearest_seen_are_hidden_too(nearest: int) -> None:
    encoder = TwoSided(channels=6, depth=3, nearest=nearest)
    net = Autoencoder(ModelOptions(encoder=encoder, bottleneck=MAPS), (41,), seed=2).double()
    seen = influence(net, 41)[20] > 0
    assert seen.nonzero().flatten().tolist() == [at for at in range(41) if nearest <= abs(at - 20) < nearest + 16]


def test_a_step_that_sees_nothing_is_a_misfit() -> None:
    assert TwoSided(nearest=8).misfit((8,)).path == ("nearest",)
    assert TwoSided(nearest=7).misfit((8,)) is None and TwoSided().misfit((1,)) is None


def test_what_hides_neighbours_says_so() -> None:
    def nearest(corruption: dict[str, object], **encoder: object) -> int:
        model = {"encoder": {"kind": "two-sided", **encoder}, "bottleneck": MAPS}
        return Recipe.from_document(small.document("signal") | {"corruption": corruption, "model": model}).nearest_seen

    assert nearest({"kind": "none"}) == 1 and nearest({"kind": "none"}, nearest=3) == 3
    assert nearest({"kind": "hidden", "width": 4}) == 4
    assert nearest({"kind": "gaussian"}, nearest=3) == 1, "nothing is learned blindly there"
