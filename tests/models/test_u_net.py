"""U-nets: steps of any number, how far they see, and that each step of the code is decoded alone."""

import pytest
import torch

from aedesk.models.architectures.u_net import UNet
from aedesk.models.autoencoder import Autoencoder
from aedesk.models.model_options import ModelOptions

MAPS = {"kind": "spatial"}


def network(length: int, **options: object) -> Autoencoder:
    model = ModelOptions(encoder=UNet(channels=6, **options), bottleneck=MAPS)
    return Autoencoder(model, (length,), seed=2).double()


def influence(net: Autoencoder, length: int) -> torch.Tensor:
    """How much each output ``[length]`` depends on each input ``[length]``."""
    x = torch.rand(1, length, dtype=torch.float64)
    return torch.autograd.functional.jacobian(lambda one: net(one)[0], x)[:, 0].abs()


@pytest.mark.parametrize("length", [1, 2, 13, 64])
@pytest.mark.parametrize("kernel", [1, 4, 5])
def test_any_number_of_steps_passes(length: int, kernel: int) -> None:
    net = network(length, depth=3, kernel=kernel)
    assert net(torch.rand(2, length, dtype=torch.float64)).shape == (2, length)
    assert net.code_shape == (6, length)


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_each_scale_sees_twice_as_far(depth: int) -> None:
    seen = (influence(network(255, depth=depth, kernel=3), 255)[127] > 0).nonzero().flatten()
    reach = int(seen.max() - seen.min()) / 2
    assert 2 * 2**depth <= reach <= 6 * 2**depth


def test_each_step_of_the_code_is_decoded_alone() -> None:
    net = network(20, depth=2)
    code = torch.rand(1, 6 * 20, dtype=torch.float64)
    other = code.clone().view(1, 6, 20)
    other[:, :, 7] += 1
    apart = (net.decode(other.flatten(1)) - net.decode(code))[0].abs() > 0
    assert apart.nonzero().flatten().tolist() == [7]


def test_coarser_scales_have_more_maps() -> None:
    assert UNet(channels=10, depth=3, widening=2.0).widths() == [10, 20, 40, 80]
    assert not UNet.blind
