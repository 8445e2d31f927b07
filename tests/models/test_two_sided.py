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
