"""Augmentations: what they change, how much, and what they leave as it is."""

import pytest
import torch

import aedesk.recipe  # noqa: F401 - imports every kind
from aedesk.data.augmentation import Augmentation
from aedesk.data.augmentations.affine import Affine
from aedesk.data.augmentations.binarise import Binarise
from aedesk.data.augmentations.none import NoAugmentation
from aedesk.data.augmentations.turned import Turned
from aedesk.data.loading import DataOptions, load

EVERY = [kind() for kind in Augmentation.kinds().values() if kind.__module__.startswith("aedesk.")]
OF_PICTURES = [one for one in EVERY if not one.misfit("image")]


def pictures(count: int = 200, height: int = 16, width: int = 16) -> torch.Tensor:
    """Pictures of one bright patch each on black, with room around it."""
    x = torch.zeros(count, 1, height, width)
    x[:, :, height // 2 - 2 : height // 2 + 2, width // 2 - 2 : width // 2 + 2] = 0.8
    return x


def varied(augmentation: Augmentation, x: torch.Tensor, seed: int = 0) -> torch.Tensor:
    return augmentation.vary(x, torch.Generator().manual_seed(seed))


def centre(x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The row and column of the middle of each picture's brightness, ``[n]`` each."""
    mass = x.sum((1, 2, 3))
    down, across = torch.arange(x.shape[2]), torch.arange(x.shape[3])
    return (x.sum((1, 3)) @ down.float()) / mass, (x.sum((1, 2)) @ across.float()) / mass


@pytest.mark.parametrize("augmentation", OF_PICTURES, ids=lambda one: one.kind)
@pytest.mark.parametrize("shape", [(1, 8, 8), (3, 9, 12)], ids=str)
def test_pictures_of_any_shape_pass_and_stay_what_they_were(augmentation: Augmentation, shape: tuple[int, ...]) -> None:
    x = torch.rand(40, *shape, generator=torch.Generator().manual_seed(1))
    before = x.clone()
    y = varied(augmentation, x)
    assert torch.equal(x, before)
    assert y.shape == x.shape and y.dtype == x.dtype
    assert 0 <= float(y.min()) and float(y.max()) <= 1
    assert augmentation.misfit("image") is None
    assert torch.equal(y, x) is isinstance(augmentation, NoAugmentation)


@pytest.mark.parametrize("augmentation", EVERY, ids=lambda one: one.kind)
def test_all_randomness_comes_from_the_generator(augmentation: Augmentation) -> None:
    x = pictures()
    before = torch.random.get_rng_state()
    assert torch.equal(varied(augmentation, x, seed=1), varied(augmentation, x, seed=1))
    if not isinstance(augmentation, NoAugmentation):
        assert not torch.equal(varied(augmentation, x, seed=1), varied(augmentation, x, seed=2))
    assert torch.equal(torch.random.get_rng_state(), before)


@pytest.mark.parametrize("augmentation", EVERY, ids=lambda one: one.kind)
def test_what_does_not_fit_is_said_in_a_sentence(augmentation: Augmentation) -> None:
    for form in ("signal", "table", "words"):
        said = augmentation.misfit(form)
        assert said is None or said.endswith(".")
    assert bool(augmentation.misfit("table")) is isinstance(augmentation, Affine | Turned)


def test_only_a_share_of_the_batch_is_moved() -> None:
    x = pictures()
    changed = (varied(Affine(share=0.3), x) != x).flatten(1).any(1)
    assert int(changed.sum()) == 60
    other = (varied(Affine(share=0.3), x, seed=1) != x).flatten(1).any(1)
    assert not torch.equal(changed, other), "other ones every time"
    assert torch.equal(varied(Affine(share=0), x), x)


def test_a_shift_stays_within_its_limit_and_fills_it() -> None:
    down, across = centre(varied(Affine(share=1, shift=3, rotation=0, scale=0), pictures(2000)))
    for middle in (down, across):
        assert float(middle.min()) == pytest.approx(7.5 - 3, abs=0.1)
        assert float(middle.max()) == pytest.approx(7.5 + 3, abs=0.1)
    assert abs(float(torch.corrcoef(torch.stack([down, across]))[0, 1])) < 0.1


def test_whole_pixels_move_a_picture_and_change_nothing_else() -> None:
    torch.manual_seed(0)
    x = torch.zeros(300, 2, 20, 24)
    x[:, :, 6:14, 6:18] = torch.rand(300, 2, 8, 12)
    y = varied(Affine(share=1, shift=3, rotation=0, scale=0, whole_pixels=True), x)
    moves = [(down, across) for down in range(-3, 4) for across in range(-3, 4)]
    errors = torch.stack([(y - x.roll(move, (2, 3))).abs().amax((1, 2, 3)) for move in moves])
    assert float(errors.amin(0).max()) < 1e-4
    assert len(set(errors.argmin(0).tolist())) == len(moves), "every move there is"


def test_a_turn_keeps_the_distance_from_the_middle_whatever_the_shape() -> None:
    x = torch.zeros(1000, 1, 31, 41)
    x[:, :, 14:17, 28:31] = 1.0  # 9 to the right of the middle
    down, across = centre(varied(Affine(share=1, shift=0, rotation=60, scale=0), x))
    down, across = down - 15, across - 20
    assert torch.hypot(down, across).numpy() == pytest.approx(9, abs=0.15)
    angle = torch.atan2(down, across).rad2deg()
    assert float(angle.min()) == pytest.approx(-60, abs=2) and float(angle.max()) == pytest.approx(60, abs=2)


def test_a_picture_becomes_larger_or_smaller() -> None:
    areas = varied(Affine(share=1, shift=0, rotation=0, scale=25), pictures(2000)).sum((1, 2, 3)) / (16 * 0.8)
    assert float(areas.max()) == pytest.approx(1.25**2, rel=0.05)
    assert float(areas.min()) == pytest.approx(0.75**2, rel=0.05)


def test_what_lies_beyond_the_border_is_what_ends_there() -> None:
    """A picture on white paper does not get black corners."""
    x = torch.ones(50, 3, 12, 12) * 0.9
    assert varied(Affine(share=1, shift=6, rotation=45, scale=50), x).numpy() == pytest.approx(0.9, abs=1e-5)


def test_a_moved_digit_keeps_its_sharpness() -> None:
    """A blurred picture is easier to give back than a real one, so learning it would flatter."""
    x = load(DataOptions(limit=500)).inputs

    def sharpness(x: torch.Tensor) -> float:
        return float(x.diff(dim=2).square().mean() + x.diff(dim=3).square().mean())

    fractions = varied(Affine(share=1, shift=2, rotation=10, scale=0), x)
    whole = varied(Affine(share=1, shift=2, rotation=0, scale=0, whole_pixels=True), x)
    assert sharpness(fractions) > 0.8 * sharpness(x), "the mean of four neighbours keeps 0.67"
    assert sharpness(whole) == pytest.approx(sharpness(x), rel=0.01)


def test_black_and_white_are_drawn_with_the_chance_that_grey_is() -> None:
    x = torch.tensor([0.0, 0.25, 0.5, 0.9, 1.0]).expand(20_000, 5)
    y = varied(Binarise(), x)
    assert set(y.unique().tolist()) == {0.0, 1.0}
    assert y.mean(0).tolist() == pytest.approx([0, 0.25, 0.5, 0.9, 1], abs=0.015)
    assert float(y[:, 0].max()) == 0 and float(y[:, 4].min()) == 1, "black and white are certain"


def test_black_and_white_are_drawn_anew_to_learn_from_and_once_to_measure() -> None:
    x = torch.rand(100, 1, 8, 8)
    generator = torch.Generator().manual_seed(0)
    first, second = Binarise().vary(x, generator), Binarise().vary(x, generator)
    assert not torch.equal(first, second)
    settled = [Binarise().settle(x, torch.Generator().manual_seed(7)) for _ in range(2)]
    assert torch.equal(*settled) and set(settled[0].unique().tolist()) == {0.0, 1.0}


def test_pictures_are_measured_unmoved() -> None:
    x = pictures()
    assert Affine().settle(x, torch.Generator()) is x


@pytest.mark.parametrize("shape", [(16,), (16, 3)], ids=str)
def test_windows_of_a_signal_run_backwards_and_upside_down_whole(shape: tuple[int, ...]) -> None:
    x = torch.arange(1.0, 1 + 16 * 400 * (3 if len(shape) > 1 else 1)).reshape(400, *shape)
    y = varied(Turned(), x)
    seen = [(y == one).flatten(1).all(1) for one in (x, -x, x.flip(1), -x.flip(1))]
    assert torch.stack(seen).sum(0).eq(1).all(), "each window is one of the four"
    assert all(70 < int(one.sum()) < 130 for one in seen), "and each of the four is as likely"
    assert torch.equal(varied(Turned(backwards=False, upside_down=False), x), x)
    assert torch.equal(varied(Turned(upside_down=False), x).abs(), varied(Turned(upside_down=False), x))


def test_a_signal_is_measured_as_it_is() -> None:
    x = torch.rand(5, 9)
    assert torch.equal(Turned().settle(x, torch.Generator()), x)


def test_the_mean_answer_is_the_same_however_a_window_is_turned() -> None:
    """One that a network that treats all sides alike gives anyway."""
    x, weights = torch.rand(5, 9, 2), torch.rand(9, 1)

    def uneven(x: torch.Tensor) -> torch.Tensor:
        return (weights * x).exp()

    both = Turned()
    answer = both.mean_answer(uneven, x)
    assert torch.allclose(both.mean_answer(uneven, -x.flip(1)), -answer.flip(1), atol=1e-6)
    assert torch.allclose(Turned(backwards=False).mean_answer(uneven, x), (uneven(x) - uneven(-x)) / 2, atol=1e-6)
    assert torch.allclose(both.mean_answer(torch.sin, x), x.sin(), atol=1e-6)
    assert torch.equal(Turned(backwards=False, upside_down=False).mean_answer(uneven, x), uneven(x))
