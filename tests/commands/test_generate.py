"""``aedesk generate``: samples that nobody recorded, as pictures, tables and arrays."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from small import dataset, finished, recipe, trained

from aedesk import cli
from aedesk.analysis.sampling import sampler_for, training_codes
from aedesk.files import model_file
from aedesk.training.trained_model import TrainedModel

FORMS = ["image", "table", "signal"]
VARIATIONAL = "model.bottleneck.kind=variational"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the command is started: a folder with a model for each form of data, and one with a prior."""
    monkeypatch.chdir(tmp_path)
    for form in FORMS:
        model_file.save(trained(form), tmp_path / f"{form}.aedesk")
    model_file.save(trained("image", VARIATIONAL), tmp_path / "prior.aedesk")
    return tmp_path


def expected(model: TrainedModel, form: str, count: int, temperature: float = 1.0, seed: int = 0) -> np.ndarray:
    sampler = sampler_for(model, training_codes(model, dataset(recipe(form))))
    return model.decode(sampler.draw(count, temperature, seed))


def error_of(words: list[str], capsys: pytest.CaptureFixture[str], folder: Path) -> str:
    """The one line with which the command refuses; it may leave nothing behind."""
    before = sorted(folder.rglob("*"))
    assert cli.main(["generate", *words]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.startswith("aedesk: error: ") and captured.err.count("\n") == 1
    assert sorted(folder.rglob("*")) == before
    return captured.err


@pytest.mark.parametrize("form", FORMS)
def test_an_array_of_samples(form: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["generate", f"{form}.aedesk", "-n", "12", "-o", "out.npy"]) == 0
    found = np.load("out.npy")
    np.testing.assert_allclose(found, expected(trained(form), form, 12), rtol=1e-4, atol=1e-4)
    said = capsys.readouterr().out
    assert said.startswith("12 samples drawn from a mixture of ") and said.endswith("saved as out.npy\n")


@pytest.mark.parametrize("form", FORMS)
def test_a_table_of_samples_can_be_read_again(form: str, folder: Path) -> None:
    assert cli.main(["generate", f"{form}.aedesk", "-n", "5", "--seed", "3", "-o", "out.csv"]) == 0
    frame = pd.read_csv("out.csv")
    names = trained(form).feature_names
    assert list(frame.columns)[: len(names)] == list(names)
    wanted = expected(trained(form), form, 5, seed=3).reshape(5, -1)
    np.testing.assert_allclose(frame.to_numpy(), wanted, rtol=1e-4, atol=1e-4)
    if form != "signal":  # of which a table has one column, not a window in each row
        assert cli.main(["encode", f"{form}.aedesk", "out.csv", "-o", "codes.npy"]) == 0


def test_pictures_stand_in_a_square(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["generate", "prior.aedesk", "-n", "10", "-o", "out.png"]) == 0
    assert "drawn from the prior, a standard normal distribution" in capsys.readouterr().out
    model = trained("image", VARIATIONAL)
    samples = model.decode(sampler_for(model).draw(10))
    with Image.open("out.png") as picture:
        assert picture.size == (4 * 8, 3 * 8)
        shades = np.asarray(picture.convert("L")) * (16 / 255)
    for place, sample in enumerate(samples):
        row, column = divmod(place, 4)
        part = shades[8 * row : 8 * row + 8, 8 * column : 8 * column + 8]
        np.testing.assert_allclose(part, np.clip(sample[0], 0, 16), atol=0.1)
    assert not shades[16:, 16:].any()


def test_the_temperature_and_the_seed_count(folder: Path) -> None:
    def made(*words: str) -> np.ndarray:
        assert cli.main(["generate", "prior.aedesk", "-n", "20", *words, "-o", "out.npy"]) == 0
        return np.load("out.npy")

    usual = made()
    np.testing.assert_array_equal(made("--seed", "0", "--temperature", "1"), usual)
    assert not np.array_equal(made("--seed", "1"), usual)
    cold = made("--temperature", "0")
    np.testing.assert_allclose(cold, cold[:1].repeat(20, 0), atol=1e-6)
    assert made("--temperature", "2").std(0).mean() > usual.std(0).mean()


def test_a_mixture_needs_the_data_and_a_prior_does_not(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    signal = folder / "mine.csv"
    pd.DataFrame({"v": np.sin(np.arange(300) / 5)}).to_csv(signal, index=False)
    options = [f"data.source={{kind='signal', file='{signal}', window=16}}", "training.epochs=1"]
    model_file.save(finished(recipe("signal", *options)).model, folder / "mine.aedesk")
    model_file.save(finished(recipe("signal", *options, VARIATIONAL)).model, folder / "free.aedesk")
    signal.unlink()
    said = error_of(["mine.aedesk", "-o", "out.csv"], capsys, folder)
    assert "a mixture fitted to the codes of the data it learned from" in said and "mine.csv" in said
    assert cli.main(["generate", "free.aedesk", "-n", "3", "-o", "out.csv"]) == 0
    assert pd.read_csv("out.csv").shape == (3, 16)
    assert capsys.readouterr().out
    pd.DataFrame({"v": np.sin(np.arange(10))}).to_csv(signal, index=False)
    assert "shorter than one window" in error_of(["mine.aedesk", "-o", "out.csv"], capsys, folder)


def test_a_network_that_diverged_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = trained("image", VARIATIONAL)
    weights = {name: value * float("nan") for name, value in model.weights.items()}
    model_file.save(model.with_weights(weights), folder / "nan.aedesk")
    assert "no numbers" in error_of(["nan.aedesk", "-o", "out.png"], capsys, folder)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["gone.aedesk", "-o", "out.png"], "gone.aedesk cannot be read"),
        (["table.aedesk", "-o", "out.png"], "only pictures can be written as a picture"),
        (["image.aedesk", "-o", "out.gif"], "an ending that cannot be written here"),
        (["image.aedesk", "-o", "out"], "an ending that cannot be written here"),
        (["prior.aedesk", "-n", "0", "-o", "out.png"], "Between 1 and 100,000 samples"),
        (["prior.aedesk", "-n", "1000000", "-o", "out.png"], "Between 1 and 100,000 samples"),
        (["prior.aedesk", "--temperature", "-1", "-o", "out.png"], "temperature has to be a number from 0 upwards"),
        (["prior.aedesk", "--temperature", "nan", "-o", "out.png"], "temperature has to be a number from 0 upwards"),
        (["prior.aedesk", "--seed", "-4", "-o", "out.png"], "seed has to be a whole number from 0 upwards"),
        (["prior.aedesk", "-o", "gone/out.png"], "cannot be written: No such file"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    words: list[str], said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in error_of(words, capsys, folder)


def test_a_count_that_is_no_number_is_an_error_of_use(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["generate", "prior.aedesk", "-n", "many", "-o", "out.png"])
    assert left.value.code == 2 and "invalid int value" in capsys.readouterr().err
