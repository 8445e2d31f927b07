"""``aedesk denoise``: hum, drift and spikes are named and taken out on request, and a folder is its files."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from aedesk import cli
from aedesk.commands import denoise
from aedesk.commands.train import learn
from aedesk.data.csv_table import read_csv
from aedesk.files import signal_recipes
from aedesk.files.model_file import save
from tests.small import trained

COUNT, RATE = 1200, 250


@pytest.fixture(autouse=True)
def learns_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signal_recipes, "_PASSES_OF_SEVERAL", 4)


def beats(folder: Path, name: str, hum: float) -> Path:
    time = np.arange(COUNT) / RATE
    values = np.sin(2 * np.pi * time) ** 7 + hum * np.sin(2 * np.pi * 50 * time)
    values += np.random.default_rng(0).normal(0, 0.05, COUNT)
    folder.mkdir(exist_ok=True)
    np.savetxt(folder / name, np.column_stack([time, values]), "%.5f", ",", header="time_s,beat", comments="")
    return folder / name


def hum_of(values: np.ndarray) -> float:
    """How strong 50 Hz is."""
    return 2 * abs(np.exp(-2j * np.pi * 50 * np.arange(len(values)) / RATE) @ values) / len(values)


def test_a_hum_is_named_with_the_flags_that_take_it_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = beats(tmp_path, "hum.csv", 0.4), tmp_path / "out.csv"
    assert cli.main(["denoise", "--blind", str(source), "-o", str(out)]) == 0
    assert "--notch 50" in capsys.readouterr().err
    assert cli.main(["denoise", "--blind", "--notch", "50", str(source), "-o", str(out)]) == 0
    assert "--notch" not in capsys.readouterr().err
    assert hum_of(read_csv(source).column("beat")) > 0.3 and hum_of(read_csv(out).column("beat_clean")) < 0.03


def test_a_folder_is_all_its_recordings(tmp_path: Path) -> None:
    beats(tmp_path / "in", "b.csv", 0)
    beats(tmp_path / "in", "a.csv", 0)
    (tmp_path / "in" / "note.md").write_text("no recording")
    assert cli.main(["denoise", "--blind", str(tmp_path / "in"), "-o", str(tmp_path / "out")]) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.csv", "b.csv"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(["--notch", "50"], "Remedies go with --blind"), (["--blind", "--notch", "x"], "--notch: "), (["--blind", "--detrend", "-1"], "--detrend: ")],
)
def test_remedies_that_make_no_sense_are_said(words, sentence, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = beats(tmp_path, "hum.csv", 0)
    save(trained("signal"), tmp_path / "m.aedesk")
    model = [] if "--blind" in words else [str(tmp_path / "m.aedesk")]
    assert cli.main(["denoise", *words, *model, str(source), "-o", str(tmp_path / "out.csv")]) == 2
    error = capsys.readouterr().err
    assert error.startswith("aedesk: error: ") and sentence in error and len(error.splitlines()) == 1
    assert not (tmp_path / "out.csv").exists()


def resampled(folder: Path, *words: str) -> int:
    return cli.main(["denoise", *words, str(beats(folder, "b.csv", 0)), "-o", str(folder / "out.csv")])


def test_a_recording_is_brought_to_the_models_rate_by_a_flag(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = str(tmp_path / "m.aedesk")
    save(replace(trained("signal"), step=1 / 100), Path(model))
    assert resampled(tmp_path, model) == 0
    assert "learned at 100 Hz: bring it to that rate by --resample 100, or train on it" in capsys.readouterr().err
    own = read_csv(tmp_path / "out.csv").column("beat_clean")
    assert resampled(tmp_path, "--resample", "100", model) == 0
    assert "learned at" not in capsys.readouterr().err
    brought = read_csv(tmp_path / "out.csv").column("beat_clean")
    assert brought.shape == own.shape == (COUNT,) and np.isfinite(brought).all() and not np.allclose(brought, own)


def test_uneven_rows_are_said_with_the_way_to_even_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save(replace(trained("signal"), step=None), tmp_path / "m.aedesk")
    times = np.cumsum(np.random.default_rng(0).uniform(0.002, 0.018, 600))
    rows = "\n".join(f"{time:.5f},{np.sin(9 * time):.4f}" for time in times)
    (tmp_path / "uneven.csv").write_text(f"time_s,v\n{rows}\n")
    words = [str(tmp_path / "m.aedesk"), str(tmp_path / "uneven.csv"), "-o", str(tmp_path / "out.csv")]
    assert cli.main(["denoise", *words]) == 0
    said = capsys.readouterr().err
    assert "Rows are not evenly spaced: most steps are between " in said and "; --resample 96" in said
    assert cli.main(["anomalies", *words]) == 0 and "; --resample 96" in capsys.readouterr().err
    assert cli.main(["denoise", "--resample", "100", *words]) == 0 and "makes them so" not in capsys.readouterr().err


def test_blind_learning_sees_the_rate_that_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(denoise, "learn", lambda recipe, data, device: seen.append((recipe, data)) or learn(recipe, data, device))
    assert resampled(tmp_path, "--blind", "--resample", "50") == 0
    (recipe, data), = seen
    assert recipe.data.source.resample == 50 and len(data.recording.values) == COUNT * 50 // RATE
    assert len(read_csv(tmp_path / "out.csv")) == COUNT


@pytest.mark.parametrize(("value", "said"), [("fast", "--resample: "), ("-3", "--resample: "), ("nan", "--resample: "), ("99999", "more than 64 times")])
def test_a_rate_that_is_none_is_said(value: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert resampled(tmp_path, "--blind", "--resample", value) == 2
    assert said in capsys.readouterr().err and not (tmp_path / "out.csv").exists()


def test_without_times_no_other_rate_can_be_had(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "b.csv").write_text("level\n" + "\n".join(str(row % 7) for row in range(300)))
    words = ["denoise", "--blind", "--resample", "50", str(tmp_path / "b.csv"), "-o", str(tmp_path / "out.csv")]
    assert cli.main(words) == 2 and "Give it a sampling rate first" in capsys.readouterr().err


def test_what_a_rate_loses_of_the_signal_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save(replace(trained("signal"), step=1 / 20), tmp_path / "m.aedesk")
    rows = "\n".join(f"{row / RATE:.4f},{np.sin(2 * np.pi * 60 * row / RATE):.5f}" for row in range(2000))
    (tmp_path / "fast.csv").write_text(f"time_s,level\n{rows}\n")
    words = [str(tmp_path / "m.aedesk"), str(tmp_path / "fast.csv"), "-o", str(tmp_path / "out.csv")]
    assert cli.main(["denoise", *words]) == 0
    said = capsys.readouterr().err
    assert "nearly all of the signal would be lost" in said and "--resample" not in said
    assert cli.main(["denoise", "--resample", "20", *words]) == 0, "it is done where a person asks for it"
    assert "Nearly all of the signal is too fast for 20 Hz and was lost." in capsys.readouterr().err
