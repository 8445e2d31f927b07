"""Corruptions: how strong they are, that they repeat, and that they leave the clean data alone."""

import pytest
import torch

from aedesk.analysis.denoising import snr_db
from aedesk.data.corruption import Corruption
from aedesk.data.corruptions.gaussian import Gaussian
from aedesk.data.corruptions.masking import Masking
from aedesk.data.corruptions.noise_level import NoiseLevel
from aedesk.data.corruptions.none import NoCorruption

EVERY = [NoCorruption(), Gaussian(sigma=0.3), Masking(share=0.4), NoiseLevel(snr_db=3)]
RANDOM = EVERY[1:]


def clean() -> torch.Tensor:
    """1000 samples of 1×10×10 values, none of which is zero."""
    return torch.rand(1000, 1, 10, 10, generator=torch.Generator().manual_seed(9)) + 0.5


def corrupted(corruption: Corruption, x: torch.Tensor, seed: int = 0, spread: float = 1.0) -> torch.Tensor:
    return corruption.apply(x, torch.Generator().manual_seed(seed), spread)


def test_no_kind_goes_untested() -> None:
    assert {type(one) for one in EVERY} == set(Corruption.kinds().values())


@pytest.mark.parametrize("corruption", EVERY, ids=lambda one: one.kind)
def test_the_clean_samples_are_left_alone(corruption: Corruption) -> None:
    x = clean()
    y = corrupted(corruption, x)
    assert torch.equal(x, clean())
    assert y.shape == x.shape and y.dtype == torch.float32


@pytest.mark.parametrize("corruption", RANDOM, ids=lambda one: one.kind)
def test_the_same_generator_does_the_same_and_another_does_not(corruption: Corruption) -> None:
    x = clean()
    assert torch.equal(corrupted(corruption, x, seed=1), corrupted(corruption, x, seed=1))
    assert not torch.equal(corrupted(corruption, x, seed=1), corrupted(corruption, x, seed=2))


@pytest.mark.parametrize("corruption", RANDOM, ids=lambda one: one.kind)
def test_all_randomness_comes_from_the_generator(corruption: Corruption) -> None:
    generator = torch.Generator().manual_seed(3)
    before = torch.random.get_rng_state()
    first, second = corruption.apply(clean(), generator, 1.0), corruption.apply(clean(), generator, 1.0)
    assert not torch.equal(first, second)
    assert torch.equal(torch.random.get_rng_state(), before)


@pytest.mark.parametrize("corruption", EVERY, ids=lambda one: one.kind)
def test_the_document_keeps_the_strength(corruption: Corruption) -> None:
    assert type(corruption).model_validate(corruption.model_dump()) == corruption


def test_none_hands_back_the_samples_themselves() -> None:
    x = clean()
    assert corrupted(NoCorruption(), x) is x


def test_gaussian_noise_has_its_strength_whatever_the_data() -> None:
    x = clean()
    noise = corrupted(Gaussian(sigma=0.3), 5 * x, spread=7.0) - 5 * x
    assert float(noise.std()) == pytest.approx(0.3, rel=0.01)
    assert float(noise.mean()) == pytest.approx(0, abs=0.003)
    assert float((noise**4).mean()) == pytest.approx(3 * 0.3**4, rel=0.05), "as for a normal distribution"


def test_gaussian_noise_is_drawn_for_every_value_by_itself() -> None:
    noise = corrupted(Gaussian(sigma=1), torch.zeros(1000, 100))
    neighbours = torch.corrcoef(noise.T) - torch.eye(100)
    assert float(neighbours.abs().max()) < 0.2


def test_gaussian_noise_of_no_strength_is_none() -> None:
    assert torch.equal(corrupted(Gaussian(sigma=0), clean()), clean())


@pytest.mark.parametrize("share", [0.0, 0.25, 0.9])
def test_masking_hides_its_share_and_nothing_else(share: float) -> None:
    x = clean()
    y = corrupted(Masking(share=share), x)
    hidden = y == 0
    assert float(hidden.float().mean()) == pytest.approx(share, abs=0.005)
    assert torch.equal(y[~hidden], x[~hidden])


@pytest.mark.parametrize("level", [-10.0, 0.0, 6.0, 30.0])
def test_noise_reaches_its_level_in_db(level: float) -> None:
    x = clean()
    y = corrupted(NoiseLevel(snr_db=level), x, spread=float(x.std(correction=0)))
    assert snr_db(x.numpy(), y.numpy()) == pytest.approx(level, abs=0.05)


def test_a_level_is_set_against_the_spread_of_the_data() -> None:
    x = clean()
    weak, strong = (corrupted(NoiseLevel(snr_db=6), x, spread=spread) - x for spread in (1.0, 10.0))
    assert float(strong.std()) == pytest.approx(10 * float(weak.std()), rel=1e-4)
