"""``aedesk encode``, ``reconstruct`` and ``denoise``: models put to work on files."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from small import dataset, recipe, trained

from aedesk import cli
from aedesk.analysis.denoising import denoise
from aedesk.files import model_file
from aedesk.files.samples import write_samples

FORMS = ["image", "table", "signal"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the command is started: a folder with a model for each form of data."""
    monkeypatch.chdir(tmp_path)
    for form in FORMS:
        model_file.save(trained(form), tmp_path / f"{form}.aedesk")
    return tmp_path


def samples(form: str, count: int = 6) -> np.ndarray:
    data = dataset(recipe(form))
    return data.scaler.unscaled(data.inputs[:count].numpy())


def signal(count: int = 100) -> np.ndarray:
    return np.round(np.linspace(0, 1, count) + 0.1 * np.random.default_rng(0).normal(size=count), 6)


def write_signal(folder: Path, values: np.ndarray | None = None, name: str = "in.csv") -> Path:
    values = signal() if values is None else values
    frame = pd.DataFrame({"time": np.arange(len(values)) / 10, "level": values, "note": "ok"})
    frame.to_csv(folder / name, index=False)
    return folder / name


def error_of(words: list[str], capsys: pytest.CaptureFixture[str], folder: Path) -> str:
    """The one line with which the command refuses; it may leave nothing behind."""
    before = sorted(folder.rglob("*"))
    assert cli.main(words) == 2
    captured = capsys.readouterr()
    errors = [line for line in captured.err.splitlines() if not line.startswith("aedesk: note: ")]
    assert captured.out == "" and len(errors) == 1 and errors[0].startswith("aedesk: error: ")
    assert sorted(folder.rglob("*")) == before
    return errors[0]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("suffix", [".csv", ".npy"])
def test_samples_are_encoded(form: str, suffix: str, folder: Path) -> None:
    np.save("in.npy", samples(form))
    assert cli.main(["encode", f"{form}.aedesk", "in.npy", "-o", f"out{suffix}"]) == 0
    expected = trained(form).encode(samples(form))
    if suffix == ".npy":
        found = np.load("out.npy")
    else:
        frame = pd.read_csv("out.csv")
        assert list(frame.columns) == [f"code_{number + 1}" for number in range(expected.shape[1])]
        found = frame.to_numpy()
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("form", ["image", "table"])
def test_a_csv_is_encoded_row_by_row(form: str, folder: Path) -> None:
    write_samples(samples(form), trained(form), Path("in.csv"))
    assert cli.main(["encode", f"{form}.aedesk", "in.csv", "-o", "out.npy"]) == 0
    np.testing.assert_allclose(np.load("out.npy"), trained(form).encode(samples(form)), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("suffix", [".csv", ".npy"])
def test_samples_are_reconstructed(form: str, suffix: str, folder: Path) -> None:
    np.save("in.npy", samples(form))
    assert cli.main(["reconstruct", f"{form}.aedesk", "in.npy", "-o", f"out{suffix}"]) == 0
    found = np.load("out.npy") if suffix == ".npy" else pd.read_csv("out.csv").to_numpy()
    expected = trained(form).reconstruct(samples(form))
    np.testing.assert_allclose(found, expected.reshape(found.shape), rtol=1e-5, atol=1e-5)


def test_a_picture_is_reconstructed_and_encoded(folder: Path) -> None:
    write_samples(samples("image", 1), trained("image"), Path("in.png"))
    assert cli.main(["reconstruct", "image.aedesk", "in.png", "-o", "out.png"]) == 0
    with Image.open("out.png") as picture:
        assert picture.size == (8, 8)
        found = np.asarray(picture) * (16 / 255)
    expected = trained("image").reconstruct(samples("image", 1))[0, 0]
    np.testing.assert_allclose(found, np.clip(expected, 0, 16), atol=0.1)
    assert cli.main(["encode", "image.aedesk", "in.png", "-o", "out.csv"]) == 0
    assert pd.read_csv("out.csv").shape == (1, 4)


@pytest.mark.parametrize("command", ["denoise", "reconstruct"])
def test_a_csv_signal_is_cleaned_and_its_columns_kept(command: str, folder: Path) -> None:
    source = write_signal(folder)
    assert cli.main([command, "signal.aedesk", "in.csv", "-o", "out.csv"]) == 0
    before, after = pd.read_csv(source), pd.read_csv("out.csv")
    assert list(after.columns) == ["time", "level", "note", "level_clean"]
    pd.testing.assert_frame_equal(after[["time", "level", "note"]], before)
    expected = denoise(trained("signal"), signal())
    np.testing.assert_allclose(after["level_clean"], expected, rtol=1e-5)


def test_another_column_is_cleaned_on_demand(folder: Path) -> None:
    write_signal(folder)
    assert cli.main(["denoise", "signal.aedesk", "in.csv", "--column", "time", "-o", "out.csv"]) == 0
    assert "time_clean" in pd.read_csv("out.csv").columns


def test_gaps_stay_empty(folder: Path) -> None:
    values = signal()
    values[[0, 50, 51]] = np.nan
    write_signal(folder, values)
    assert cli.main(["denoise", "signal.aedesk", "in.csv", "-o", "out.csv"]) == 0
    after = pd.read_csv("out.csv")
    np.testing.assert_array_equal(after["level_clean"].isna(), np.isnan(values))


def test_what_was_cleaned_may_be_cleaned_again_but_not_in_its_place(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_signal(folder)
    before = (folder / "in.csv").read_bytes()
    assert cli.main(["denoise", "signal.aedesk", "in.csv", "-o", "in.csv"]) == 2
    assert "in.csv itself would be replaced" in capsys.readouterr().err and (folder / "in.csv").read_bytes() == before
    assert cli.main(["denoise", "signal.aedesk", "in.csv", "-o", "once.csv"]) == 0
    assert cli.main(["denoise", "signal.aedesk", "once.csv", "-o", "twice.csv"]) == 0
    assert list(pd.read_csv("twice.csv").columns) == ["time", "level", "note", "level_clean", "level_clean (2)"]


def test_a_csv_signal_is_encoded_window_by_window(folder: Path) -> None:
    """Windows of 16 are laid end to end in each stretch without a gap."""
    values = signal(100)
    values[40] = np.nan
    write_signal(folder, values)
    assert cli.main(["encode", "signal.aedesk", "in.csv", "-o", "out.npy"]) == 0
    windows = [values[start : start + 16] for start in (0, 16, 41, 57, 73)]
    expected = trained("signal").encode(np.array(windows, np.float32))
    np.testing.assert_allclose(np.load("out.npy"), expected, rtol=1e-4, atol=1e-5)


def test_a_signal_with_too_many_gaps_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_signal(folder, np.where(np.arange(100) % 10, signal(), np.nan))
    for command in ("encode", "denoise", "reconstruct"):
        words = [command, "signal.aedesk", "in.csv", "-o", "out.csv"]
        assert "no stretch of 16 samples without a gap" in error_of(words, capsys, folder)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["encode", "table.aedesk", "gone.csv"], "gone.csv does not exist"),
        (["encode", "gone.aedesk", "in.csv"], "gone.aedesk cannot be read"),
        (["encode", "in.csv", "in.csv"], "is damaged or is not an AEDesk model"),
        (["encode", "table.aedesk", "in.csv"], "the model takes samples of 4"),
        (["encode", "table.aedesk", "wide.npy"], "the model takes samples of 4"),
        (["reconstruct", "image.aedesk", "in.csv"], "the model takes samples of 1×8×8"),
        (["reconstruct", "table.aedesk", "big.png"], "is a picture"),
        (["reconstruct", "image.aedesk", "big.png"], "9×9 pixels, and the model takes 8×8"),
        (["encode", "signal.aedesk", "in.csv", "--column", "note"], "holds text"),
        (["denoise", "signal.aedesk", "in.csv", "--column", "lever"], "no column “lever”"),
        (["denoise", "signal.aedesk", "short.csv"], "samples in a row, and the model needs 16"),
        (["denoise", "table.aedesk", "in.csv"], "learned from tables, not from signals"),
        (["denoise", "image.aedesk", "in.csv"], "learned from images, not from signals"),
        (["denoise", "signal.aedesk", "big.png"], "big.png"),
        (["denoise", "signal.aedesk", "empty.csv"], "empty.csv is empty"),
    ],
)
def test_what_does_not_fit_is_one_line_and_leaves_nothing_behind(
    words: list[str], said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_signal(folder)
    write_signal(folder, signal(10), "short.csv")
    np.save("wide.npy", np.zeros((3, 5)))
    Image.new("L", (9, 9)).save("big.png")
    (folder / "empty.csv").touch()
    assert said in error_of([*words, "-o", "out.csv"], capsys, folder)


def test_a_place_that_cannot_be_written_to_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_signal(folder)
    for words in (["encode", "signal.aedesk", "in.csv"], ["denoise", "signal.aedesk", "in.csv"]):
        assert "cannot be written: No such file" in error_of([*words, "-o", "gone/out.csv"], capsys, folder)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    (folder / "old.csv").write_text("old")
    words = ["denoise", "signal.aedesk", "in.csv", "-o", "old.csv"]
    assert "No space left on device" in error_of(words, capsys, folder)
    assert (folder / "old.csv").read_text() == "old"


def test_only_pictures_are_written_as_pictures(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    np.save("in.npy", samples("table"))
    words = ["reconstruct", "table.aedesk", "in.npy", "-o", "out.png"]
    assert "only pictures can be written as a picture" in error_of(words, capsys, folder)
