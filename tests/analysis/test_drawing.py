"""Drawings brought to the form of the training digits, checked against the real ones."""

import gzip

import numpy as np
import pytest
from PIL import Image

from aedesk import paths
from aedesk.analysis.drawing import ink_from_image, normalise_drawing
from aedesk.errors import DataError


@pytest.fixture(scope="module")
def digits() -> np.ndarray:
    """The first 500 MNIST test digits, 0…1."""
    with gzip.open(paths.resource("mnist", "t10k-images-idx3-ubyte.gz")) as file:
        raw = np.frombuffer(file.read(16 + 500 * 784), np.uint8, offset=16)
    return raw.reshape(-1, 28, 28).astype(np.float32) / 255


def paper(height: int = 280, width: int = 280) -> np.ndarray:
    return np.zeros((height, width), dtype=np.float32)


def centre_of_mass(image: np.ndarray) -> np.ndarray:
    rows, columns = np.indices(image.shape)
    return np.array([(rows * image).sum(), (columns * image).sum()]) / image.sum()


def ink_box(image: np.ndarray) -> tuple[int, int]:
    drawn = image > 0
    return int(drawn.any(axis=1).sum()), int(drawn.any(axis=0).sum())


def enlarged(digit: np.ndarray, factor: int, resampling: Image.Resampling) -> np.ndarray:
    side = 28 * factor
    return np.asarray(Image.fromarray(digit).resize((side, side), resampling)).clip(0, 1)


def test_real_digits_are_already_in_their_own_form(digits):
    worst = [np.abs(normalise_drawing(digit) - digit).max() for digit in digits]
    # Only edges fainter than 0.1 go, which in rare cases is enough to round the centre otherwise.
    assert np.mean(np.array(worst) < 0.1) > 0.99


def test_real_digits_enlarged_and_moved_come_back(digits):
    differences = []
    for index, digit in enumerate(digits[:100]):
        big = enlarged(digit, 9, Image.Resampling.BICUBIC)
        moved = paper(400, 330)
        top, left = (index * 7) % 140, (index * 3) % 70
        moved[top : top + 252, left : left + 252] = big
        differences.append(np.abs(normalise_drawing(moved) - digit).mean())
    # Blurred edges move a digit's box by a part of a pixel. A whole pixel makes a difference of
    # 0.064 on average, another digit one of 0.158.
    assert np.mean(differences) < 0.045
    assert max(differences) < 0.11


def test_enlarged_by_whole_pixels_real_digits_come_back_exactly(digits):
    for digit in digits[:50]:
        again = normalise_drawing(enlarged(digit, 10, Image.Resampling.NEAREST))
        np.testing.assert_allclose(again, digit, atol=0.1)


def test_an_empty_drawing_is_all_zeros():
    result = normalise_drawing(paper())
    assert result.shape == (28, 28)
    assert result.dtype == np.float32
    assert not result.any()


@pytest.mark.parametrize("place", [(0, 0), (0, 190), (130, 20), (180, 180)])
@pytest.mark.parametrize("shape", [(100, 40), (30, 90), (80, 80)])
def test_size_and_place_on_the_paper_do_not_matter(place, shape):
    drawing = paper()
    drawing[place[0] : place[0] + shape[0], place[1] : place[1] + shape[1]] = 1
    result = normalise_drawing(drawing)
    height, width = ink_box(result)
    assert max(height, width) == 20
    assert result.sum() == pytest.approx(400 * min(shape) / max(shape), rel=1e-3)  # its shape kept
    np.testing.assert_allclose(centre_of_mass(result), (14, 14), atol=0.51)


def test_a_lopsided_drawing_is_centred_by_mass_and_not_cut_off():
    drawing = paper()
    drawing[40:240, 40:60] = 1  # a long thin line…
    drawing[200:240, 40:200] = 1  # …with a heavy foot
    result = normalise_drawing(drawing)
    np.testing.assert_allclose(centre_of_mass(result), (14, 14), atol=0.51)
    assert result.sum() == pytest.approx(drawing.sum() / 100, rel=1e-3)

    drawing = paper()
    drawing[0:200, 100:102] = 1
    drawing[199:201, 20:180] = 1  # so heavy at its end that its other end would leave the image
    result = normalise_drawing(drawing)
    assert ink_box(result)[0] == 20 or ink_box(result)[0] == 21


def test_a_single_dot_and_a_hairline_survive():
    for shape in ((1, 1), (1, 200), (200, 1)):
        drawing = paper()
        drawing[20 : 20 + shape[0], 30 : 30 + shape[1]] = 1
        result = normalise_drawing(drawing)
        assert np.isfinite(result).all()
        assert result.max() > 0
        assert max(ink_box(result)) <= 20


def test_edges_are_antialiased():
    drawing = paper()
    rows, columns = np.indices(drawing.shape)
    drawing[np.hypot(rows - 140, columns - 140) < 80] = 1
    result = normalise_drawing(drawing)
    grey = (result > 0.05) & (result < 0.95)
    assert grey.sum() > 20


@pytest.mark.parametrize("size", [(8, 8), (28, 28), (64, 64), (20, 40)])
def test_other_image_sizes(size):
    drawing = paper()
    drawing[50:250, 100:160] = 1
    result = normalise_drawing(drawing, size)
    assert result.shape == size
    assert ink_box(result)[0] == round(size[0] * 20 / 28)
    assert result.min() >= 0
    assert result.max() <= 1


def test_the_whole_image_can_be_filled():
    drawing = paper()
    drawing[50:250, 100:200] = 1
    result = normalise_drawing(drawing, (8, 8), box=1.0)
    assert ink_box(result) == (8, 4)
    assert result.sum() == pytest.approx(32)


def test_the_drawing_itself_is_left_alone():
    drawing = paper()
    drawing[10:50, 10:50] = 7.0
    before = drawing.copy()
    assert normalise_drawing(drawing).max() == 1
    np.testing.assert_array_equal(drawing, before)


# Pictures -------------------------------------------------------------------------------------


@pytest.fixture
def seven(digits) -> np.ndarray:
    return enlarged(digits[0], 5, Image.Resampling.BICUBIC)


def test_dark_on_light_and_light_on_dark_give_the_same_ink(seven):
    light = ink_from_image((seven * 255).round().astype(np.uint8))
    dark = ink_from_image(((1 - seven) * 255).round().astype(np.uint8))
    np.testing.assert_allclose(light, dark, atol=0.005)
    np.testing.assert_allclose(light, seven, atol=0.005)


@pytest.mark.parametrize(
    "kind", ["float32", "bool", "uint16", "grey1", "rgb", "rgba", "grey_alpha"]
)
def test_every_kind_of_picture(seven, kind):
    sharp = (seven > 0.5).astype(np.float32)
    dark_on_light = 1 - sharp
    images = {
        "float32": dark_on_light,
        "bool": dark_on_light.astype(bool),
        "uint16": (dark_on_light * 65535).astype(np.uint16),
        "grey1": dark_on_light[:, :, None],
        "rgb": np.repeat((dark_on_light * 255).astype(np.uint8)[:, :, None], 3, axis=2),
        "rgba": np.dstack([*[dark_on_light] * 3, np.ones_like(sharp)]),
        "grey_alpha": np.dstack([dark_on_light, np.ones_like(sharp)]),
    }
    np.testing.assert_allclose(ink_from_image(images[kind]), sharp, atol=1e-5)


@pytest.mark.parametrize("ink_brightness", [0.0, 0.2, 0.9, 1.0])
def test_ink_on_a_see_through_ground(seven, ink_brightness):
    colour = np.full((*seven.shape, 3), ink_brightness, dtype=np.float32)
    result = ink_from_image(np.dstack([colour, seven]))
    np.testing.assert_allclose(result, seven, atol=0.01)


def test_what_is_wholly_see_through_or_flat_has_no_ink():
    assert not ink_from_image(np.zeros((20, 30, 4), np.uint8)).any()
    assert not ink_from_image(np.full((20, 30), 0.5)).any()
    assert not ink_from_image(np.full((1, 1), 255, np.uint8)).any()


def test_a_photograph_of_uneven_grey_paper(digits, seven):
    random = np.random.default_rng(0)
    photo = 0.62 - 0.35 * seven + random.normal(0, 0.02, seven.shape)
    result = ink_from_image(photo.clip(0, 1))
    assert np.abs(result - seven).mean() < 0.04
    # Grey paper darker than the middle, and darker ink on it.
    photo = 0.4 - 0.3 * seven
    np.testing.assert_allclose(ink_from_image(photo), seven, atol=0.01)


def test_large_pictures_are_averaged_down():
    image = np.full((3000, 4000, 3), 255, np.uint8)
    image[1000:2000, 1500:2500] = 0
    ink = ink_from_image(image)
    assert max(ink.shape) <= 1024
    assert ink.mean() == pytest.approx(1 / 12, rel=0.02)
    strip = ink_from_image(np.ones((1, 3000), np.uint8))
    assert strip.shape == (1, 3000)


@pytest.mark.parametrize(
    ("image", "words"),
    [
        (np.zeros((0, 5)), "empty: 5 × 0"),
        (np.zeros((5, 0, 3)), "empty: 0 × 5"),
        (np.zeros(7), "not a picture: its shape is 7"),
        (np.array(1.0), "a single number"),
        (np.zeros((4, 4, 5)), "4 × 4 × 5"),
        (np.zeros((2, 4, 4, 3)), "2 × 4 × 4 × 3"),
        (np.broadcast_to(np.uint8(0), (10_000, 10_000)), "too large: 10000 × 10000"),
        (np.array([["a", "b"]]), "type <U1"),
        (np.array([[1 + 2j]]), "type complex128"),
        (np.array([[0.0, np.nan]]), "not numbers"),
        (np.array([[0.0, np.inf]]), "not numbers"),
    ],
)
def test_what_is_no_picture_is_said_in_a_sentence(image, words):
    with pytest.raises(DataError) as caught:
        ink_from_image(image)
    assert words in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_picture_of_a_digit_becomes_that_digit(digits):
    differences = []
    for digit in digits[:100]:
        picture = 255 - (enlarged(digit, 8, Image.Resampling.BICUBIC) * 255).astype(np.uint8)
        colour = np.repeat(picture[:, :, None], 3, axis=2)
        differences.append(np.abs(normalise_drawing(ink_from_image(colour)) - digit).mean())
    assert np.mean(differences) < 0.045
    assert max(differences) < 0.11
