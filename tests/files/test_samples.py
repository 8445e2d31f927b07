"""Samples from CSV, NPY and picture files, results written to them, and each bad file by name."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from small import dataset, recipe, trained

from aedesk.data.scaling import Scaler
from aedesk.errors import DataError
from aedesk.files.samples import read_samples, write_samples, write_table
from aedesk.models.autoencoder import Autoencoder
from aedesk.recipe import Recipe
from aedesk.training.trained_model import TrainedModel

FORMS = ["image", "table", "signal"]


def samples(form: str, count: int = 6) -> np.ndarray:
    """Samples in the units they were read in."""
    data = dataset(recipe(form))
    return data.scaler.unscaled(data.inputs[:count].numpy())


def colour_model() -> TrainedModel:
    """A model for pictures of 5×4 pixels in colour, which has learned nothing."""
    chosen = Recipe.from_document({"data": {"source": {"kind": "images", "colour": True}}})
    scaler = Scaler(np.zeros((), np.float32), np.full((), 255, np.float32))
    return TrainedModel(
        chosen, (3, 4, 5), "image", scaler, Autoencoder(chosen.model, (3, 4, 5)).weights()
    )


def refused(path: Path, model: TrainedModel) -> str:
    with pytest.raises(DataError) as caught:
        read_samples(path, model)
    assert path.name in str(caught.value) and str(caught.value).endswith(".")
    return str(caught.value)


def saved(values: np.ndarray, folder: Path) -> Path:
    np.save(folder / "s.npy", values)
    return folder / "s.npy"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("suffix", [".npy", ".csv"])
def test_what_is_written_is_read_again(form: str, suffix: str, tmp_path: Path) -> None:
    model, path = trained(form), tmp_path / f"samples{suffix}"
    write_samples(samples(form), model, path)
    again = read_samples(path, model)
    assert again.dtype == np.float32 and again.shape == samples(form).shape
    np.testing.assert_allclose(again, samples(form), rtol=1e-6)


@pytest.mark.parametrize("dtype", ["float32", "float64", "uint8", "int64", "float16", ">f4"])
def test_numbers_of_any_type_are_read(dtype: str, tmp_path: Path) -> None:
    values = np.rint(samples("image")).astype(dtype)
    read = read_samples(saved(values, tmp_path), trained("image"))
    assert read.dtype == np.float32
    np.testing.assert_array_equal(read, values.astype(np.float32))


@pytest.mark.parametrize(
    ("shape", "count"),
    [((7, 1, 8, 8), 7), ((7, 8, 8), 7), ((7, 64), 7), ((1, 8, 8), 1), ((8, 8), 1), ((64,), 1), ((8, 8, 8), 8)],
)
def test_pictures_come_flat_alone_or_without_their_channel(
    shape: tuple[int, ...], count: int, tmp_path: Path
) -> None:
    values = np.arange(np.prod(shape), dtype=np.float32).reshape(shape)
    read = read_samples(saved(values, tmp_path), trained("image"))
    assert read.shape == (count, 1, 8, 8)
    np.testing.assert_array_equal(read.ravel(), values.ravel())


@pytest.mark.parametrize(("shape", "count"), [((4,), 1), ((9, 4), 9)])
def test_rows_of_a_table_come_alone_or_together(shape: tuple[int, ...], count: int, tmp_path: Path) -> None:
    assert read_samples(saved(np.ones(shape), tmp_path), trained("table")).shape == (count, 4)


@pytest.mark.parametrize(
    ("form", "shape"),
    [
        ("table", (5,)),
        ("table", (8,)),
        ("table", (5, 5)),
        ("table", (4, 1)),
        ("table", ()),
        ("signal", (15,)),
        ("signal", (100,)),
        ("signal", (32,)),
        ("signal", (3, 17)),
        ("image", (7, 63)),
        ("image", (7, 28, 28)),
        ("image", (7, 3, 8, 8)),
        ("image", (2, 2, 1, 8, 8)),
    ],
)
def test_samples_of_another_size_are_refused(form: str, shape: tuple[int, ...], tmp_path: Path) -> None:
    assert "and the model takes samples of" in refused(saved(np.ones(shape), tmp_path), trained(form))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 1e300])
def test_what_is_no_number_is_refused(bad: float, tmp_path: Path) -> None:
    values = samples("table").astype(np.float64)
    values[3, 2] = bad
    assert "missing or infinite" in refused(saved(values, tmp_path), trained("table"))


def test_no_samples_are_refused(tmp_path: Path) -> None:
    assert "holds no samples" in refused(saved(np.zeros((0, 4)), tmp_path), trained("table"))


@pytest.mark.parametrize(
    "values",
    [np.array(["a", "b"]), np.zeros(3, complex), np.zeros(3, "M8[s]"), np.zeros(3, [("a", "f4")])],
    ids=["text", "complex", "dates", "records"],
)
def test_arrays_of_something_else_are_refused(values: np.ndarray, tmp_path: Path) -> None:
    assert "not numbers" in refused(saved(values, tmp_path), trained("table"))


def test_an_array_of_objects_is_not_unpickled(tmp_path: Path) -> None:
    np.save(tmp_path / "s.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
    assert "not an array of numbers" in refused(tmp_path / "s.npy", trained("table"))


def test_a_damaged_array_is_refused(tmp_path: Path) -> None:
    whole = saved(samples("table"), tmp_path).read_bytes()
    for length in [*range(0, len(whole), 5), len(whole) - 1]:
        (tmp_path / "s.npy").write_bytes(whole[:length])
        assert "not an array of numbers in NPY form, or not whole" in refused(tmp_path / "s.npy", trained("table"))


def test_an_array_that_claims_to_be_endless_is_refused(tmp_path: Path) -> None:
    whole = saved(samples("table"), tmp_path).read_bytes()
    (tmp_path / "s.npy").write_bytes(whole.replace(b"(6, 4), }             ", b"(6000000000000, 4), } "))
    refused(tmp_path / "s.npy", trained("table"))


def test_an_archive_of_arrays_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "s.npz", a=samples("table"))
    (tmp_path / "s.npz").rename(tmp_path / "s.npy")
    assert "archive" in refused(tmp_path / "s.npy", trained("table"))
    (tmp_path / "s.npy").write_bytes(b"PK\x03\x04" + bytes(40))
    refused(tmp_path / "s.npy", trained("table"))


@pytest.mark.parametrize("name", ["a.npy", "a.csv", "a.png"])
def test_a_missing_file_and_a_folder_are_refused(name: str, tmp_path: Path) -> None:
    refused(tmp_path / name, trained("image"))
    (tmp_path / name).mkdir()
    refused(tmp_path / name, trained("image"))


def test_a_kind_that_is_not_known_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK")
    assert "Use CSV, NPY or PNG" in refused(tmp_path / "a.xlsx", trained("table"))


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_a_table_is_read_by_the_names_of_its_columns(tmp_path: Path) -> None:
    """In whatever order they stand, and whatever stands between them."""
    names = trained("table").feature_names
    header = ",".join(["id", names[3], names[1], names[0], names[2], "kind"])
    path = write(tmp_path / "t.csv", f"{header}\n1,4,2,1,3,x\n2,8,6,5,7,y\n")
    np.testing.assert_array_equal(read_samples(path, trained("table")), [[1, 2, 3, 4], [5, 6, 7, 8]])


def test_a_table_without_those_names_is_read_in_its_order(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", "a,b,kind,c,d\n1,2,x,3,4\n5,6,y,7,8\n")
    np.testing.assert_array_equal(read_samples(path, trained("table")), [[1, 2, 3, 4], [5, 6, 7, 8]])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("a,b,c,d\n", "no rows"),
        ("a,b,c,d\n1,2,3,4\n5,,7,8\n", "row 2, column “b” has no value"),
        ("a,b,c\n1,2,3\n5,6,7\n", "3 values"),
        ("a,b\nx,y\nz,w\n", "no column of numbers"),
        ("a,b,c,d\n1,2,3,4\n5,6,7\n", "line 3"),
        ("a,b,c,d\n1,2,3,4\n1e300,2,3,4\n", "missing or infinite"),
    ],
    ids=["empty", "header only", "gap", "columns", "text", "ragged", "too large"],
)
def test_a_bad_table_is_refused(text: str, words: str, tmp_path: Path) -> None:
    assert words in refused(write(tmp_path / "t.csv", text), trained("table"))


def grey(folder: Path, size: tuple[int, int] = (8, 8), name: str = "p.png") -> Path:
    pixels = np.linspace(0, 255, size[0] * size[1]).astype(np.uint8).reshape(size[1], size[0])
    Image.fromarray(pixels).save(folder / name)
    return folder / name


def test_a_picture_is_read_in_the_datas_own_units(tmp_path: Path) -> None:
    """The small digits go from 0 to 16; a white pixel of a PNG is 255."""
    read = read_samples(grey(tmp_path), trained("image"))
    assert read.shape == (1, 1, 8, 8) and (read.min(), read.max()) == (0, 16)
    np.testing.assert_allclose(read.ravel(), np.linspace(0, 255, 64).astype(np.uint8) * (16 / 255), rtol=1e-5)


def test_a_picture_of_sixteen_bits_keeps_its_greys(tmp_path: Path) -> None:
    greys = np.linspace(0, 65_535, 64).reshape(8, 8)
    Image.fromarray(greys.astype(np.uint16)).save(tmp_path / "p.png")
    read = read_samples(tmp_path / "p.png", trained("image"))
    np.testing.assert_allclose(read[0, 0], greys * (16 / 65_535), atol=16 / 255)


def test_a_picture_in_colour_is_greyed_for_a_model_of_grey_ones(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8), (255, 255, 255)).save(tmp_path / "p.png")
    assert (read_samples(tmp_path / "p.png", trained("image")) == 16).all()


def test_a_picture_in_colour_keeps_its_channels_and_its_sides(tmp_path: Path) -> None:
    picture = Image.new("RGB", (5, 4), (255, 0, 0))
    picture.putpixel((4, 0), (0, 0, 255))
    picture.save(tmp_path / "p.png")
    read = read_samples(tmp_path / "p.png", colour_model())
    assert read.shape == (1, 3, 4, 5)
    assert read[0, :, 0, 4].tolist() == [0, 0, 255] and read[0, :, 3, 0].tolist() == [255, 0, 0]


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA"])
def test_a_white_picture_is_white_in_any_mode(mode: str, tmp_path: Path) -> None:
    Image.new("RGBA", (8, 8), (255, 255, 255, 255)).convert(mode).save(tmp_path / "p.png")
    assert (read_samples(tmp_path / "p.png", trained("image")) == 16).all()


@pytest.mark.parametrize("size", [(9, 8), (8, 9), (28, 28), (1, 64)])
def test_a_picture_of_another_size_is_refused(size: tuple[int, int], tmp_path: Path) -> None:
    sentence = refused(grey(tmp_path, size), trained("image"))
    assert f"is {size[0]}×{size[1]} pixels, and the model takes 8×8. Resize" in sentence


def half_transparent(mode: str) -> Image.Image:
    picture = Image.new("RGBA", (8, 8), (255, 255, 255, 255))
    picture.putpixel((3, 3), (255, 255, 255, 0))
    return picture.convert(mode)


def with_transparent_grey() -> Image.Image:
    picture = Image.new("L", (8, 8), 3)
    picture.info["transparency"] = 3
    return picture


@pytest.mark.parametrize(
    "make",
    [
        lambda: half_transparent("RGBA"),
        lambda: half_transparent("LA"),
        lambda: half_transparent("RGBA").quantize(4),
        with_transparent_grey,
    ],
    ids=["RGBA", "LA", "P", "L"],
)
def test_a_picture_with_see_through_parts_is_refused(make: Callable[[], Image.Image], tmp_path: Path) -> None:
    make().save(tmp_path / "p.png")
    assert "partly transparent. Save it without an alpha channel" in refused(tmp_path / "p.png", trained("image"))


@pytest.mark.parametrize("form", ["table", "signal"])
def test_a_picture_for_another_model_is_refused(form: str, tmp_path: Path) -> None:
    assert f"is a picture, and this model learned from {form}s" in refused(grey(tmp_path), trained(form))


@pytest.mark.parametrize("length", [0, 4, 8, 30, 60])
def test_a_damaged_picture_is_refused(length: int, tmp_path: Path) -> None:
    path = grey(tmp_path)
    path.write_bytes(path.read_bytes()[:length])
    refused(path, trained("image"))


def test_a_picture_of_absurd_size_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = grey(tmp_path, (60, 60))
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    refused(path, trained("image"))


def test_pictures_are_written_as_they_would_be_read(tmp_path: Path) -> None:
    path = grey(tmp_path)
    read = read_samples(path, trained("image"))
    write_samples(read, trained("image"), tmp_path / "out.png")
    with Image.open(path) as one, Image.open(tmp_path / "out.png") as other:
        assert other.mode == "L"
        np.testing.assert_array_equal(np.asarray(one), np.asarray(other))


def test_pictures_in_colour_are_written_in_colour(tmp_path: Path) -> None:
    x = np.zeros((1, 3, 4, 5), np.float32)
    x[0, 1] = 400  # brighter than white, as an output may be
    x[0, 2] = -3
    write_samples(x, colour_model(), tmp_path / "out.png")
    with Image.open(tmp_path / "out.png") as written:
        assert written.mode == "RGB" and written.size == (5, 4)
        assert written.getpixel((0, 0)) == (0, 255, 0)


def test_many_pictures_are_written_side_by_side(tmp_path: Path) -> None:
    write_samples(np.full((23, 1, 8, 8), 16, np.float32), trained("image"), tmp_path / "out.png")
    with Image.open(tmp_path / "out.png") as written:
        assert written.size == (80, 24)
        assert np.asarray(written.convert("L"))[:16].min() == 255


@pytest.mark.parametrize("form", ["table", "signal"])
def test_only_pictures_become_pictures(form: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="only pictures can be written as a picture. Use CSV or NPY"):
        write_samples(samples(form), trained(form), tmp_path / "out.png")
    assert list(tmp_path.iterdir()) == []


def test_a_table_is_written_under_its_names(tmp_path: Path) -> None:
    write_samples(samples("table"), trained("table"), tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text().splitlines()[0] == ",".join(trained("table").feature_names)
    write_samples(samples("image", 1), trained("image"), tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text().startswith("value_1,value_2,")


def test_codes_are_written_as_numbers(tmp_path: Path) -> None:
    values = np.array([[1.5, -2e-8], [3, 4]], np.float32)
    write_table(values, ["code_1", "code_2"], tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == "code_1,code_2\n1.5,-2e-08\n3.0,4.0\n"
    write_table(values, ["code_1", "code_2"], tmp_path / "out.npy")
    np.testing.assert_array_equal(np.load(tmp_path / "out.npy"), values)
