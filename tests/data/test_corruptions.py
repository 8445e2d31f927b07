"""Corruptions: how strong they are, that they repeat, and that they leave the clean data alone."""

import pytest
import torch

from aedesk.analysis.denoising import snr_db
from aedesk.data.corruption import AddedNoise, Corruption
from aedesk.data.corruptions.blocks import Blocks
from aedesk.data.corruptions.dropped_channels import DroppedChannels
from aedesk.data.corruptions.dropouts import Dropouts
from aedesk.data.corruptions.gaussian import Gaussian
from aedesk.data.corruptions.masking import Masking
from aedesk.data.corruptions.noise_level import NoiseLevel
from aedesk.data.corruptions.none import NoCorruption
from aedesk.data.corruptions.salt_and_pepper import SaltAndPepper
from aedesk.data.corruptions.uniform import Uniform
from aedesk.data.source import Form
from tests.data.letters import words

KINDS = [kind for kind in Corruption.kinds().values() if kind.__module__.startswith("aedesk.")]
EVERY = [kind(file="ecg.csv") if "file" in kind.model_fields else kind() for kind in KINDS]  # a heartbeat for noise
RANDOM = [one for one in EVERY if not isinstance(one, NoCorruption)]
RANGED = [one for one in RANDOM if "least" in type(one).model_fields]

SHAPES: list[tuple[Form, tuple[int, ...]]] = [
    ("image", (1, 10, 12)), ("image", (3, 8, 8)), ("signal", (16,)), ("signal", (1,)), ("signal", (16, 3)),
    ("table", (4,)),
]  # fmt: skip
FITTING = [
    pytest.param(one, shape, id=f"{one.kind}-{form}-{shape}")
    for form, shape in SHAPES for one in EVERY if not one.misfit(form)
]  # fmt: skip


def clean(*shape: int) -> torch.Tensor:
    """1000 samples of 1×10×10 values or of another shape, none of which is zero."""
    return torch.rand(1000, *(shape or (1, 10, 10)), generator=torch.Generator().manual_seed(9)) + 0.5


def samples_for(corruption: Corruption) -> torch.Tensor:
    """Samples of a form that the corruption is for."""
    if not corruption.misfit("image"):
        return clean()
    return clean(64) if not corruption.misfit("signal") else words()


def corrupted(corruption: Corruption, x: torch.Tensor, seed: int = 0, spread: float = 1.0) -> torch.Tensor:
    return corruption.apply(x, torch.Generator().manual_seed(seed), spread)


def test_every_kind_but_none_can_draw_its_amount_from_a_range() -> None:
    assert len(EVERY) >= 9
    assert RANGED == RANDOM


@pytest.mark.parametrize(("corruption", "shape"), FITTING)
def test_samples_of_any_shape_pass(corruption: Corruption, shape: tuple[int, ...]) -> None:
    x = clean(*shape)
    for one in (corruption, *([corruption.model_copy(update={"least": 0})] if corruption in RANGED else [])):
        y = corrupted(one, x)
        assert y.shape == x.shape and y.dtype == torch.float32 and torch.isfinite(y).all()
        assert torch.equal(x, clean(*shape))
        assert torch.equal(y, x) is isinstance(corruption, NoCorruption)


@pytest.mark.parametrize("corruption", EVERY, ids=lambda one: one.kind)
def test_words_pass(corruption: Corruption) -> None:
    x = words()
    y = corrupted(corruption, x)
    assert torch.equal(x, words())
    assert y.shape == x.shape
    along_time = isinstance(corruption, AddedNoise) and not isinstance(corruption, NoiseLevel)
    assert bool(corruption.misfit("words")) is (corruption.blind or along_time or isinstance(corruption, Dropouts))


@pytest.mark.parametrize(
    "corruption", [one for one in EVERY if not one.misfit("signal")], ids=lambda one: one.kind
)
def test_a_whole_stretch_of_a_signal_passes(corruption: Corruption) -> None:
    """Which has no shape beyond its length."""
    y = corrupted(corruption, clean()[:, 0, 0, 0])
    assert y.shape == (1000,) and float((y == 0).float().mean()) < 0.5


def test_what_does_not_fit_is_said_in_a_sentence() -> None:
    said = [one.misfit(form) for one in EVERY for form in ("image", "signal", "table")]
    assert any(said)
    assert all(text.endswith(".") for text in said if text)


@pytest.mark.parametrize("corruption", EVERY, ids=lambda one: one.kind)
def test_the_clean_samples_are_left_alone(corruption: Corruption) -> None:
    x = samples_for(corruption)
    y = corrupted(corruption, x)
    assert torch.equal(x, samples_for(corruption))
    assert y.shape == x.shape and y.dtype == torch.float32


@pytest.mark.parametrize("corruption", RANDOM, ids=lambda one: one.kind)
def test_what_does_nothing_says_so(corruption: Corruption) -> None:
    assert corruption.changes and not NoCorruption().changes
    if corruption.strength:
        x = samples_for(corruption)
        idle = corruption.model_copy(update={corruption.strength: 0})
        assert not idle.changes and torch.equal(corrupted(idle, x), x)
        assert idle.model_copy(update={"least": 1}).changes
    else:
        assert isinstance(corruption, AddedNoise), "which is told in decibels"


@pytest.mark.parametrize("corruption", RANDOM, ids=lambda one: one.kind)
def test_the_same_generator_does_the_same_and_another_does_not(corruption: Corruption) -> None:
    x = samples_for(corruption)
    assert torch.equal(corrupted(corruption, x, seed=1), corrupted(corruption, x, seed=1))
    assert not torch.equal(corrupted(corruption, x, seed=1), corrupted(corruption, x, seed=2))


@pytest.mark.parametrize("ranged", [False, True], ids=["amount", "range"])
@pytest.mark.parametrize("corruption", RANDOM, ids=lambda one: one.kind)
def test_all_randomness_comes_from_the_generator(corruption: Corruption, ranged: bool) -> None:
    corruption = corruption.model_copy(update={"least": 0}) if ranged else corruption
    generator, x = torch.Generator().manual_seed(3), samples_for(corruption)
    before = torch.random.get_rng_state()
    first, second = corruption.apply(x, generator, 1.0), corruption.apply(x, generator, 1.0)
    assert not torch.equal(first, second)
    assert torch.equal(torch.random.get_rng_state(), before)


@pytest.mark.parametrize("corruption", EVERY, ids=lambda one: one.kind)
def test_the_document_keeps_the_strength(corruption: Corruption) -> None:
    assert type(corruption).model_validate(corruption.model_dump()) == corruption


@pytest.mark.parametrize("corruption", RANGED, ids=lambda one: one.kind)
def test_a_range_is_written_down_only_where_there_is_one(corruption: Corruption) -> None:
    assert "least" not in corruption.model_dump(exclude_none=True)
    ranged = type(corruption).model_validate({"least": 0})
    assert ranged.model_dump(exclude_none=True)["least"] == 0


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


def test_gaussian_noise_of_a_range_has_a_strength_for_every_sample() -> None:
    noise = corrupted(Gaussian(sigma=0.5, least=0.1), torch.zeros(1000, 2000))
    strengths = noise.std(1)
    assert 0.09 < float(strengths.min()) < 0.12 and 0.48 < float(strengths.max()) < 0.53
    assert float(strengths.mean()) == pytest.approx(0.3, abs=0.01), "evenly between the two"


def test_uniform_noise_stays_within_its_limit_and_fills_it_evenly() -> None:
    noise = corrupted(Uniform(limit=0.3), torch.zeros(1000, 100))
    assert -0.3 <= float(noise.min()) < -0.299 and 0.299 < float(noise.max()) <= 0.3
    assert float(noise.std()) == pytest.approx(0.3 / 3**0.5, rel=0.01)


def test_uniform_noise_of_a_range_has_a_limit_for_every_sample() -> None:
    furthest = corrupted(Uniform(limit=0.5, least=0.2), torch.zeros(1000, 2000)).abs().amax(1)
    assert 0.195 < float(furthest.min()) < 0.22 and 0.48 < float(furthest.max()) <= 0.5


@pytest.mark.parametrize("share", [0.0, 0.25, 0.9])
def test_masking_hides_its_share_and_nothing_else(share: float) -> None:
    x = clean()
    y = corrupted(Masking(share=share), x)
    hidden = y == 0
    assert float(hidden.float().mean()) == pytest.approx(share, abs=0.005)
    assert torch.equal(y[~hidden], x[~hidden])


def test_masking_of_a_range_hides_a_share_of_every_sample() -> None:
    shares = (corrupted(Masking(share=0.8, least=0.2), clean(2000)) == 0).float().mean(1)
    assert 0.15 < float(shares.min()) < 0.25 and 0.75 < float(shares.max()) < 0.85
    assert float(shares.mean()) == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_salt_and_pepper_come_in_equal_parts(share: float) -> None:
    x = clean()
    y = corrupted(SaltAndPepper(share=share, low=-2, high=3), x)
    assert float((y == -2).float().mean()) == pytest.approx(share / 2, abs=0.005)
    assert float((y == 3).float().mean()) == pytest.approx(share / 2, abs=0.005)
    untouched = (y != -2) & (y != 3)
    assert torch.equal(y[untouched], x[untouched])


def test_salt_and_pepper_of_a_range_change_a_share_of_every_sample() -> None:
    x = clean(2000)
    shares = (corrupted(SaltAndPepper(share=0.6, least=0.2), x) != x).float().mean(1)
    assert 0.15 < float(shares.min()) < 0.25 and 0.55 < float(shares.max()) < 0.65


@pytest.mark.parametrize("level", [-10.0, 0.0, 6.0, 30.0])
def test_noise_reaches_its_level_in_db(level: float) -> None:
    x = clean()
    y = corrupted(NoiseLevel(snr_db=level), x, spread=float(x.std(correction=0)))
    assert snr_db(x.numpy(), y.numpy()) == pytest.approx(level, abs=0.05)


def test_a_level_is_set_against_the_spread_of_the_data() -> None:
    x = clean()
    weak, strong = (corrupted(NoiseLevel(snr_db=6), x, spread=spread) - x for spread in (1.0, 10.0))
    assert float(strong.std()) == pytest.approx(10 * float(weak.std()), rel=1e-4)


def test_a_range_of_levels_is_even_in_db() -> None:
    noise = corrupted(NoiseLevel(snr_db=20, least=0), torch.zeros(1000, 2000))
    levels = -20 * noise.std(1).log10()
    assert -0.6 < float(levels.min()) < 0.5 and 19.5 < float(levels.max()) < 20.6
    assert float(levels.mean()) == pytest.approx(10, abs=0.5)


def test_an_amount_draws_the_same_as_ever() -> None:
    """So that a recipe trained before there were ranges can go on where it left off."""
    x, drawn = clean(), torch.empty(1000, 1, 10, 10)
    drawn.normal_(generator=torch.Generator().manual_seed(0))
    assert torch.equal(corrupted(Gaussian(sigma=0.3), x), x + 0.3 * drawn)
    assert torch.equal(corrupted(NoiseLevel(snr_db=20), x, spread=2.0), x + 2.0 * 10 ** (-20 / 20) * drawn)
    drawn.uniform_(generator=torch.Generator().manual_seed(0))
    assert torch.equal(corrupted(Masking(share=0.3), x), x * (drawn >= 0.3))


def spans(hidden: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The first hidden place of each row ``[n, length]``, and how many there are up to the last."""
    first = hidden.int().argmax(1)
    last = hidden.shape[1] - 1 - hidden.flip(1).int().argmax(1)
    return first, last - first + 1


def test_a_block_of_a_picture_is_square_and_whole() -> None:
    hidden = (corrupted(Blocks(size=0.3), clean(3, 20, 20)) == 0)
    assert torch.equal(hidden[:, 0], hidden[:, 2]), "in all channels"
    top, height = spans(hidden[:, 0].any(2))
    left, width = spans(hidden[:, 0].any(1))
    assert set(height.tolist()) == set(width.tolist()) == {6}
    assert (hidden[:, 0].sum((1, 2)) == 36).all(), "nothing of it is left over"
    assert set(top.tolist()) == set(left.tolist()) == set(range(15)), "at every place there is"


def test_a_block_of_a_signal_is_a_stretch_and_of_a_word_some_letters() -> None:
    start, length = spans(corrupted(Blocks(size=0.25), clean(40)) == 0)
    assert set(length.tolist()) == {10} and start.min() == 0 and start.max() == 30
    letters = (corrupted(Blocks(size=0.5), clean(8, 27)) == 0).all(2)
    assert set(letters.sum(1).tolist()) == {4}


def test_blocks_of_a_range_have_many_sizes() -> None:
    _, length = spans(corrupted(Blocks(size=0.5, least=0.1), clean(100)) == 0)
    assert 10 <= int(length.min()) < 13 and 47 < int(length.max()) <= 50


def test_there_are_as_many_blocks_as_wanted() -> None:
    hidden = corrupted(Blocks(size=0.02, count=3), clean(100)) == 0
    begins = (hidden & ~torch.cat([torch.zeros(1000, 1, dtype=torch.bool), hidden[:, :-1]], 1)).sum(1)
    assert int(begins.max()) == 3 and float((begins == 3).float().mean()) > 0.8
    assert torch.equal(corrupted(Blocks(size=0, count=3), clean()), clean())


@pytest.mark.parametrize(
    ("shape", "axis"), [((3, 8, 8), 1), ((1, 8, 6), 2), ((8, 27), 1), ((12,), 1)], ids=str
)
def test_whole_channels_rows_letters_or_columns_are_dropped(shape: tuple[int, ...], axis: int) -> None:
    x = clean(*shape)
    y = corrupted(DroppedChannels(share=0.25), x)
    parts = (y == 0).movedim(axis, 1).reshape(1000, x.shape[axis], -1)
    assert torch.equal(parts.all(2), parts.any(2)), "whole or not at all"
    assert float(parts.float().mean()) == pytest.approx(0.25, abs=0.02)
    assert torch.equal(y[y != 0], x[y != 0])


def test_dropped_channels_of_a_range() -> None:
    shares = (corrupted(DroppedChannels(share=0.8, least=0.2), clean(2000)) == 0).float().mean(1)
    assert 0.15 < float(shares.min()) < 0.25 and 0.75 < float(shares.max()) < 0.85
