"""``aedesk denoise`` with several channels, in place of the old columns, and with a clean signal to learn from."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from small import CPU, document

from aedesk import cli
from aedesk.analysis.channels_taken import taken_together
from aedesk.analysis.denoising import denoise, snr_db
from aedesk.data.loading import load
from aedesk.data.recording_file import read_recording
from aedesk.errors import DataError
from aedesk.files import model_file, signal_recipes
from aedesk.recipe import Recipe
from aedesk.training.run import train
from aedesk.training.trained_model import TrainedModel


def clean(count: int) -> np.ndarray:
    time = np.arange(count)
    return np.stack([3 + np.sin(time / 9), 40 * np.cos(time / 9) ** 3], axis=1)


def frame(count: int = 400, seed: int = 0) -> pd.DataFrame:
    noise = np.random.default_rng(seed).normal(size=(count, 2)) * [0.3, 8]
    noisy = np.round(clean(count) + noise, 4)
    return pd.DataFrame({"time": np.arange(count) / 50, "ax": noisy[:, 0], "note": "ok", "ay": noisy[:, 1]})


@cache
def together(folder: Path) -> TrainedModel:
    """A model that learned ax and ay together, windows of 16."""
    path = folder / "learned.csv"
    frame().to_csv(path, index=False)
    source = {"kind": "signal", "file": str(path), "column": "ax;ay", "window": 16}
    recipe = Recipe.from_document(document("signal") | {"data": {"source": source, "scaling": "standard"}})
    *_, last = train(recipe, load(recipe.data), CPU)
    return last.model


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    monkeypatch.chdir(tmp_path)
    model_file.save(together(tmp_path_factory.getbasetemp()), tmp_path / "m.aedesk")
    return tmp_path


def error_of(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert cli.main(["denoise", *words, "-o", "out.csv"]) == 2
    captured = capsys.readouterr()
    errors = [line for line in captured.err.splitlines() if not line.startswith("aedesk: note: ")]
    assert captured.out == "" and len(errors) == 1 and errors[0].startswith("aedesk: error: ")
    assert not Path("out.csv").exists()
    return errors[0]


@pytest.mark.parametrize("column", [None, "*", "ay;ax"])
def test_channels_go_together_by_their_names(column: str | None, folder: Path) -> None:
    data = frame(seed=1)
    data[["note", "ay", "time", "ax"]].to_csv("in.csv", index=False)
    chosen = ["--column", column] if column else []
    assert cli.main(["denoise", "m.aedesk", "in.csv", *chosen, "-o", "out.csv"]) == 0
    after = pd.read_csv("out.csv")
    assert list(after.columns) == ["note", "ay", "time", "ax", "ax_clean", "ay_clean"]
    expected = denoise(model_file.load(Path("m.aedesk")), data[["ax", "ay"]].to_numpy())
    np.testing.assert_allclose(after[["ax_clean", "ay_clean"]], expected, rtol=1e-5, atol=1e-5)


def test_columns_of_other_names_are_taken_as_they_are_named(folder: Path) -> None:
    frame().rename(columns={"ax": "bx", "ay": "by"}).to_csv("in.csv", index=False)
    assert cli.main(["denoise", "m.aedesk", "in.csv", "--column", "bx;by", "--replace", "-o", "out.csv"]) == 0
    after = pd.read_csv("out.csv")
    assert list(after.columns) == ["time", "bx", "note", "by"]
    expected = denoise(model_file.load(Path("m.aedesk")), frame()[["ax", "ay"]].to_numpy())
    np.testing.assert_allclose(after[["bx", "by"]], expected, rtol=1e-5, atol=1e-5)


def test_channels_without_names_are_taken_in_their_order(folder: Path) -> None:
    np.save("in.npy", frame()[["ax", "ay"]].to_numpy())
    assert cli.main(["denoise", "m.aedesk", "in.npy", "-o", "out.npy"]) == 0
    expected = denoise(model_file.load(Path("m.aedesk")), np.load("in.npy"))
    np.testing.assert_allclose(np.load("out.npy"), expected, rtol=1e-6)


def test_channels_that_are_not_there_are_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    frame().rename(columns={"ay": "gy"}).to_csv("in.csv", index=False)
    said = error_of(capsys, "m.aedesk", "in.csv")
    assert "in.csv has no column “ay”" in said and said.endswith("with ; between them, by --column.")
    with pytest.raises(DataError) as caught:
        taken_together(model_file.load(Path("m.aedesk")), read_recording("in.csv"), None)
    assert str(caught.value).endswith("together. Open a recording that has them, or train on this one."), "as in the window"
    assert "2 channels of in.csv together, and 1 is named" in error_of(capsys, "m.aedesk", "in.csv", "--column", "ax")
    assert "no column “az”" in error_of(capsys, "m.aedesk", "in.csv", "--column", "ax;az")


def test_encoding_takes_the_channels_together_as_well(folder: Path) -> None:
    frame().to_csv("in.csv", index=False)
    assert cli.main(["encode", "m.aedesk", "in.csv", "-o", "out.npy"]) == 0
    windows = frame()[["ax", "ay"]].to_numpy(np.float32).reshape(25, 16, 2)
    np.testing.assert_allclose(np.load("out.npy"), model_file.load(Path("m.aedesk")).encode(windows), rtol=1e-4, atol=1e-5)


def test_another_sampling_rate_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = frame()
    other["time"] *= 2
    other.to_csv("in.csv", index=False)
    assert cli.main(["denoise", "m.aedesk", "in.csv", "-o", "out.csv"]) == 0
    assert "sampled at 25 Hz, and the model learned at 50 Hz" in capsys.readouterr().err


def test_several_columns_teach_one_model_blindly(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signal_recipes, "_PASSES_OF_SEVERAL", 30)
    frame(1500).to_csv("in.csv", index=False)
    assert cli.main(["denoise", "--blind", "in.csv", "--column", "ax;ay", "-o", "out.csv"]) == 0
    after = pd.read_csv("out.csv")
    for place, name in enumerate(("ax", "ay")):
        before, now = (snr_db(clean(1500)[:, place], after[column].to_numpy()) for column in (name, f"{name}_clean"))
        assert now > before


@pytest.mark.parametrize("where", ["truth", "truth.csv"])
def test_a_clean_signal_is_learned_from(where: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signal_recipes, "_PASSES", 50)
    data, truth = frame(2000), clean(2000)[:, 0]
    if where == "truth":
        data.insert(1, "truth", truth)  # the first of the signals, and not the one to clean
    else:
        pd.DataFrame({"truth": truth}).to_csv("truth.csv", index=False)
    data.to_csv("in.csv", index=False)
    assert cli.main(["denoise", "--reference", where, "in.csv", "-o", "out.csv"]) == 0
    after = pd.read_csv("out.csv")
    assert list(after.columns) == [*data.columns, "ax_clean"]
    assert snr_db(truth, after["ax_clean"].to_numpy()) > snr_db(truth, after["ax"].to_numpy()) + 3


def test_a_clean_signal_that_does_not_fit_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    frame().to_csv("in.csv", index=False)
    frame(300).to_csv("other.csv", index=False)
    assert "no column “truth”" in error_of(capsys, "--reference", "truth", "in.csv")
    assert "gone.csv does not exist" in error_of(capsys, "--reference", "gone.csv", "in.csv")
    assert "300 samples, and the noisy one 400" in error_of(capsys, "--reference", "other.csv", "in.csv")
    assert "one of --blind and --reference" in error_of(capsys, "--blind", "--reference", "ax", "in.csv")
    pd.DataFrame({"ax": clean(400)[:, 0]}).to_csv("lone.csv", index=False)
    assert "no column beside the clean one" in error_of(capsys, "--reference", "ax", "lone.csv")
