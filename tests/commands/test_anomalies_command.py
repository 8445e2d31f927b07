"""``aedesk anomalies``: stretches listed, scores written, and what is normal."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import soundfile
from small import CPU, document, trained

from aedesk import cli
from aedesk.analysis.anomalies import scores
from aedesk.data.loading import load
from aedesk.files import model_file
from aedesk.recipe import Recipe
from aedesk.training.run import train
from aedesk.training.trained_model import TrainedModel


def wave(count: int, seed: int = 0) -> np.ndarray:
    time = np.arange(count)
    return np.round(5 + np.sin(time / 5) + np.random.default_rng(seed).normal(0, 0.1, count), 4)


def frame(count: int = 1500, seed: int = 0) -> pd.DataFrame:
    return pd.DataFrame({"time": np.arange(count) / 50, "level": wave(count, seed), "note": "ok"})


@cache
def learned(folder: Path) -> TrainedModel:
    path = folder / "learned.csv"
    frame(3000).to_csv(path, index=False)
    data = {"source": {"kind": "signal", "file": str(path), "window": 16}, "scaling": "standard"}
    model = {"code_size": 2, "encoder": {"kind": "dense", "layers": [{"width": 16}]}}
    recipe = Recipe.from_document(document("signal", "training.epochs=8") | {"data": data, "model": model})
    *_, last = train(recipe, load(recipe.data), CPU)
    return last.model


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a model and a recording that jumps at its row 701."""
    monkeypatch.chdir(tmp_path)
    model_file.save(learned(tmp_path_factory.getbasetemp()), tmp_path / "m.aedesk")
    odd = frame(seed=1)
    odd.loc[700:720, "level"] = 9
    odd.to_csv("in.csv", index=False)
    return tmp_path


def run(*words: str) -> int:
    return cli.main(["anomalies", "m.aedesk", *words, "-o", "found.csv"])


@pytest.mark.parametrize("normal", [[], ["--normal", "normal.csv"]])
def test_stretches_are_listed_in_rows_and_seconds(
    normal: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frame(seed=2).to_csv("normal.csv", index=False)
    assert run("in.csv", *normal) == 0
    found = pd.read_csv("found.csv")
    worst = found.loc[found["peak_score"].idxmax()]
    assert worst["channel"] == "level" and worst["start_row"] < 701 < 721 < worst["end_row"] < 745
    assert worst["start_s"] == pytest.approx((worst["start_row"] - 1) / 50)
    assert worst["start_row"] <= worst["peak_row"] <= worst["end_row"]
    assert worst["peak_score"] >= worst["mean_score"] > worst["threshold"]
    captured = capsys.readouterr()
    assert captured.err == "" and f"{len(found)} stretch" in captured.out


def test_another_rate_is_named_and_brought_to_the_models(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slow = pd.read_csv("in.csv").assign(time=np.arange(1500) / 25)
    slow.to_csv("slow.csv", index=False)
    assert run("slow.csv") == 0 and "by --resample 50," in capsys.readouterr().err
    assert run("slow.csv", "--resample", "50", "--normal", "slow.csv", "--scores", "s.csv") == 0
    assert "learned at" not in capsys.readouterr().err and len(pd.read_csv("s.csv")) == 1500
    assert cli.main(["anomalies", "m.aedesk", "in.csv", "--resample", "x", "-o", "found.csv"]) == 2


def test_without_what_it_learned_from_most_is_taken_to_be_normal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model_file.save(trained("signal"), folder / "m.aedesk")  # the ramp keeps a part aside
    assert run("in.csv") == 0
    said = capsys.readouterr().err
    assert "taken to be" not in said and said.count("\n") == 1 and "the model does not fit" in said, "a wave is no ramp"
    path = folder / "gone.csv"
    path.write_text((folder / "in.csv").read_text())
    model = learned(folder)
    (folder / "learned.csv").unlink()
    model_file.save(model, folder / "m.aedesk")
    assert run("in.csv") == 0
    assert "--normal names a file" in capsys.readouterr().err
    found = pd.read_csv("found.csv")
    assert ((found["start_row"] < 710) & (found["end_row"] > 710)).any()


def test_a_rarer_false_alarm_marks_less(folder: Path) -> None:
    marked = []
    for rate in ("0.2", "0.01", "0.0001"):
        assert run("in.csv", "--false-alarms", rate) == 0
        found = pd.read_csv("found.csv")
        marked.append(int((found["end_row"] - found["start_row"] + 1).sum()))
    assert marked[0] > marked[1] >= marked[2] > 0


def test_scores_are_added_to_the_table_as_it_came(folder: Path) -> None:
    before = (folder / "in.csv").read_text()
    assert run("in.csv", "--scores", "scored.csv") == 0
    after = Path("scored.csv").read_text().splitlines()
    assert [line.rpartition(",")[0] for line in after] == before.splitlines()
    expected = scores(model_file.load(Path("m.aedesk")), pd.read_csv("in.csv")["level"].to_numpy())
    np.testing.assert_allclose(pd.read_csv("scored.csv")["level_score"], expected)


@pytest.mark.parametrize("name", ["scored.wav", "scored.npy"])
def test_scores_beside_a_table_are_text(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("in.csv", "--scores", name) == 2
    assert f"text, which {name} is not called" in capsys.readouterr().err and not (folder / name).exists()


@pytest.mark.parametrize("words", [["-o", "in.csv"], ["-o", "m.aedesk"], ["--scores", "in.csv", "-o", "found.csv"]])
def test_nothing_is_written_over_the_recording_or_a_model(
    words: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {name: (folder / name).read_bytes() for name in ("in.csv", "m.aedesk")}
    assert cli.main(["anomalies", "m.aedesk", "in.csv", *words]) == 2
    assert "itself would be replaced" in (said := capsys.readouterr().err) or "named like a model" in said
    assert all((folder / name).read_bytes() == content for name, content in before.items())


def test_every_channel_of_a_sound_is_looked_at(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sound = np.stack([wave(1000, 3), wave(1000, 4)], axis=1) / 10
    soundfile.write("in.wav", sound, 8000, subtype="FLOAT")
    assert run("in.wav", "--scores", "scores.npy", "--false-alarms", "0.5") == 0
    assert np.load("scores.npy").shape == (1000, 2)
    assert set(pd.read_csv("found.csv")["channel"]) <= {"left", "right"}
    assert capsys.readouterr().err.count("sampled at 8000 Hz, and the model learned at 50 Hz") == 1
    assert run("in.wav", "--scores", "scores.wav") == 2
    assert "CSV or NPY" in capsys.readouterr().err


def test_signals_that_were_left_and_files_that_are_too_short_are_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = frame(seed=2)
    more["ay"], more["az"] = more["level"] + 1, more["level"] * 2
    more.to_csv("more.csv", index=False)
    assert run("more.csv") == 0
    assert '“level” alone is looked through, and “ay”, “az” are left as they are: --column "*" takes all' in capsys.readouterr().err
    assert run("more.csv", "--column", "ay") == 0
    assert "left as" not in capsys.readouterr().err
    frame(seed=2)[:5].to_csv("short.csv", index=False)
    assert run("short.csv") == 2
    assert "error: short.csv: The signal has 5 samples" in capsys.readouterr().err
    assert run("in.csv", "--normal", "short.csv") == 2
    assert "error: short.csv: The signal has 5 samples" in capsys.readouterr().err


def test_uneven_rows_of_another_rate_have_one_advice(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = frame(seed=2)
    other["time"] = np.cumsum(np.random.default_rng(0).exponential(0.2, len(other)))
    other.to_csv("other.csv", index=False)
    assert run("other.csv") == 0
    assert capsys.readouterr().err.count("--resample") == 1


def test_a_model_that_does_not_fit_is_said_and_no_gap_is_bridged(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = frame(seed=2).assign(level=lambda table: np.round(40 + 9 * np.sin(np.arange(1500)), 3))
    other.loc[700:720, "level"] = np.nan
    other.loc[1000:, "time"] += 8
    other.to_csv("other.csv", index=False)
    assert run("other.csv") == 0
    found, captured = pd.read_csv("found.csv"), capsys.readouterr()
    assert [*zip(found["start_row"], found["end_row"])] == [(1, 700), (722, 1000), (1001, 1500)]
    assert "3 stretches marked, 100.00% of the samples that could be scored;" in captured.out
    assert "the model does not fit this recording" in captured.err and "Train on a normal stretch" in captured.err


def test_nothing_found_is_an_empty_list(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    frame(3000).to_csv("same.csv", index=False)
    assert run("same.csv", "--false-alarms", "1e-9") == 0
    assert Path("found.csv").read_text().count("\n") == 1 and "0 stretches" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["in.csv", "--false-alarms", "0"], "between 0 and 1"),
        (["in.csv", "--false-alarms", "1"], "between 0 and 1"),
        (["gone.csv"], "gone.csv does not exist"),
        (["in.csv", "--normal", "gone.csv"], "gone.csv does not exist"),
        (["in.csv", "--column", "lever"], "no column “lever”"),
        (["short.csv"], "has 10 samples in a row, and the model needs 16"),
    ],
)
def test_what_does_not_fit_is_one_line(
    words: list[str], said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frame(10).to_csv("short.csv", index=False)
    assert run(*words) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("aedesk: error: ") and captured.err.count("\n") == 1 and said in captured.err
    assert not Path("found.csv").exists()


def test_a_model_of_something_else_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model_file.save(trained("table"), folder / "m.aedesk")
    assert run("in.csv") == 2 and "not from signals" in capsys.readouterr().err
