"""Dropouts: as many and as long as is said, and what stands in them."""

import pytest
import torch

from aedesk.data.corruptions.dropouts import Dropouts


def shown(kind: Dropouts, x: torch.Tensor) -> torch.Tensor:
    return kind.apply(x, torch.Generator().manual_seed(0), 1.0)


def rising(*shape: int) -> torch.Tensor:
    """Values that rise along time from 1 on."""
    return torch.arange(1.0, shape[1] + 1).view(1, -1, *[1] * (len(shape) - 2)).expand(shape)


@pytest.mark.parametrize("share", [0.05, 0.5, 0.9])
@pytest.mark.parametrize("length", [1, 10, 400])
def test_the_share_is_lost(share: float, length: int) -> None:
    lost = shown(Dropouts(share=share, length=length), rising(2000, 200)) == 0
    assert float(lost.float().mean()) == pytest.approx(share, abs=0.02)
    assert float(lost[:, 0].float().mean()) == pytest.approx(share, abs=0.05), "from the first value on"


def test_dropouts_are_as_long_as_is_said() -> None:
    """Where a sample has but one, and that lies within it."""
    lost = shown(Dropouts(share=0.01, length=10), rising(4000, 200)) == 0
    steps = lost.int().diff(dim=1)
    alone = ((steps == 1).sum(1) == 1) & ((steps == -1).sum(1) == 1) & ~lost[:, 0] & ~lost[:, -1]
    lengths = lost[alone].sum(1)
    assert set(lengths.tolist()) >= set(range(1, 20))
    assert float((lengths <= 19).float().mean()) > 0.95, "but for a few that overlap"


def test_the_last_value_is_held() -> None:
    x = rising(300, 100)
    y = shown(Dropouts(share=0.4, length=5, shows="held"), x)
    steps = y[:, 1:] - y[:, :-1]
    held = steps == 0
    assert float(held.float().mean()) == pytest.approx(0.4, abs=0.05)
    assert torch.equal(y[:, 1:][~held], x[:, 1:][~held]), "and what is not lost is as it was"
    assert (y[:, 0] == 1).all()


def test_every_channel_has_dropouts_of_its_own() -> None:
    lost = shown(Dropouts(share=0.3), rising(500, 60, 2)) == 0
    both = float((lost[..., 0] & lost[..., 1]).float().mean())
    assert both == pytest.approx(0.09, abs=0.02)
    held = shown(Dropouts(share=0.3, shows="held"), rising(500, 60, 2))
    assert not torch.equal(held[..., 0], held[..., 1])


def test_they_are_for_signals() -> None:
    assert not Dropouts().misfit("signal") and Dropouts().misfit("table").endswith(".")
