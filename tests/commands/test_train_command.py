"""``aedesk train`` and ``info``: figures, files, mistakes and interruptions."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from small import recipe

from aedesk import cli
from aedesk.commands import train as train_module
from aedesk.commands.train import comparison, free_name, sentences
from aedesk.files import model_file
from aedesk.files.recipe_file import with_options, write_recipe
from aedesk.recipe import Recipe
from aedesk.training.events import Progress

CHECKOUT = Path(__file__).resolve().parents[2]
ALWAYS = {
    "recipe", "device", "epochs", "seconds", "samples_per_second", "parameters", "code_size", "train_loss",
    "validation_loss", "test_mse", "pca_mse",
}  # fmt: skip
OF_A_SIGNAL = {"snr_before_db", "snr_after_db", "noisy_mse", "denoised_mse"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the command is started: a folder with a recipe for each form of data."""
    monkeypatch.chdir(tmp_path)
    for form in ("image", "table", "signal"):
        write_recipe(recipe(form), tmp_path / f"{form}.toml")
    return tmp_path


def train(*words: str) -> int:
    return cli.main(["train", *words, "--device", "cpu"])


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"image.toml", "table.toml", "signal.toml"}


@pytest.mark.parametrize(
    ("form", "own"), [("image", {"accuracy"}), ("table", {"accuracy"}), ("signal", OF_A_SIGNAL)]
)
def test_the_figures_of_a_run_as_json(
    form: str, own: set[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train(f"{form}.toml", "--json", "--out", "m.aedesk") == 0
    captured = capsys.readouterr()
    figures = json.loads(captured.out.splitlines()[-1])
    assert ALWAYS | own <= figures.keys()
    assert figures["recipe"] == f"small-{form}" and figures["device"] == "cpu" and figures["epochs"] == 2
    assert all(isinstance(figures[name], int | float) for name in ALWAYS - {"recipe", "device"})
    assert captured.err == "", "no progress bar where nobody looks"
    assert model_file.load(folder / "m.aedesk").metrics == figures


def test_the_figures_of_a_run_in_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert train("signal.toml") == 0
    text = capsys.readouterr().out
    assert text.startswith("small-signal: 2 epochs in ") and "parameters\n" in text
    assert "PCA-2" in text and "dB before" in text and "no step of training saw" in text
    assert f"Saved as {folder / 'small-signal.aedesk'}" in text


def test_the_same_command_gives_the_same_figures(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = []
    for _ in range(2):
        assert train("image.toml", "--json") == 0
        figures = json.loads(capsys.readouterr().out)
        found.append({name: value for name, value in figures.items() if "second" not in name})
    assert found[0] == found[1]


def test_a_model_without_a_name_gets_a_free_one(folder: Path) -> None:
    for _ in range(3):
        assert train("table.toml") == 0
    assert names(folder) == {"small-table.aedesk", "small-table-2.aedesk", "small-table-3.aedesk"}
    assert free_name(Path("none.aedesk")) == Path("none.aedesk")


def test_options_are_set_one_by_one_or_together(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--set", "training.epochs=1", "model.code_size=3", "--set", "name=mine"]
    assert train("table.toml", *words, "--json") == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["epochs"], figures["code_size"], figures["recipe"]) == (1, 3, "mine")
    assert names(folder) == {"mine.aedesk"}


def test_a_recording_is_brought_to_a_rate_before_it_teaches(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "\n".join(f"{row / 100:.2f},{row * row % 17}" for row in range(400))
    (folder / "a.csv").write_text(f"time_s,level\n{rows}\n")
    learned = with_options(recipe("signal").document(), ["data.source.kind=signal", f"data.source.file={folder / 'a.csv'}", "data.source.window=16"])
    write_recipe(Recipe.from_document(learned), folder / "mine.toml")
    assert train("mine.toml", "--resample", "50", "--out", "m.aedesk") == 0
    model = model_file.load(folder / "m.aedesk")
    assert model.step == pytest.approx(1 / 50) and model.recipe.data.source.resample == 50
    assert train("mine.toml", "--resample", "fast") == 2 and "--resample: " in capsys.readouterr().err


def test_only_a_recording_has_a_rate(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert train("ramp-denoise", "--resample", "50") == 2
    said = capsys.readouterr().err
    assert "--resample is for recipes that learn from a recording" in said and "ramp-denoise" in said


def test_a_shipped_recipe_is_trained_by_its_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert train("iris-map", "--set", "training.epochs=3", "--json") == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["measured_on"] == "the rows it learned from", "and says so"
    assert figures["test_rows"] == 150


def test_pictures_are_written_where_they_are_wanted(folder: Path) -> None:
    assert train("table.toml", "--pictures", "pictures", "--out", "m.aedesk") == 0
    assert names(folder / "pictures") == {"loss.png", "map.png", "reconstructions.png"}


def test_a_model_is_replaced_where_its_name_is_given(folder: Path) -> None:
    for epochs in (1, 3):
        assert train("table.toml", "--set", f"training.epochs={epochs}", "--out", "m.aedesk") == 0
        assert model_file.load(folder / "m.aedesk").history.epochs == epochs
    assert names(folder) == {"m.aedesk"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing"], "There is no recipe called “nothing”. Shipped are: digits8-quick"),
        (["gone.toml"], "gone.toml cannot be read: No such file"),
        (["bad.toml"], "is not a recipe in TOML"),
        (["table.toml", "--set", "training.epochs"], "does not set an option"),
        (["table.toml", "--set", "training.epochs=0"], "table.toml: training.epochs: 0 is too small"),
        (["table.toml", "--set", "training.epoch=1"], "there is no option called “epoch”"),
        (["table.toml", "--set", "model.encoder.layers.0.width=-8"], "-8 is too small"),
        (["table.toml", "--set", "model.mirror=false"], "model.decoder: Give the decoder its own layers"),
        (["table.toml", "--out", "gone/m.aedesk"], "There is no folder"),
        (["table.toml", "--out", "."], "is a folder. Give the model a file name"),
        (["signal.toml", "--set", "data.source.window=1000"], "shorter than one window of 1000"),
        (["signal.toml", "--set", "data.source.kind=signal", "data.source.file=no.csv"], "no.csv does not exist"),
        (["signal.toml", "--set", "data.source.kind=signal"], "data.source.file: Choose the file to learn from"),
        (["table.toml", "--set", "data.source.kind=images"], "data.source.folder: Choose the folder"),
        (["table.toml", "--set", "data.source.kind=images", "data.source.folder=no"], "There is no folder no"),
    ],
)
def test_a_mistake_is_one_line_and_leaves_nothing_behind(
    words: list[str], said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bad.toml").write_text("[data")
    assert train(*words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("aedesk: error: ") and said in captured.err
    assert captured.err.count("\n") == 1
    assert names(folder) == {"bad.toml"}


def test_what_is_doubtful_is_said_and_trained_all_the_same(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["model.code_size=100", "data.split.held_out=false", "training.epochs=1"]
    assert train("image.toml", "--set", *words) == 0
    captured = capsys.readouterr()
    said = captured.err.splitlines()
    assert len(said) == 2 and all(line.startswith("warning: ") for line in said)
    assert any("model.code_size: The code is as wide as the data" in line for line in said)
    assert any("data.split.held_out: Nothing is kept aside" in line for line in said)
    assert "PCA-64" in captured.out and "times PCA's error" not in captured.out


def test_a_device_that_is_not_there_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    assert cli.main(["train", "table.toml", "--device", "cuda"]) == 2
    assert "This machine has no device “cuda”. It has: cpu" in capsys.readouterr().err
    assert not names(folder)


def test_a_failed_run_says_why_and_keeps_its_last_good_weights(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wild = ["training.optimiser=sgd", "training.learning_rate=100", "training.epochs=50"]
    assert train("table.toml", "--set", *wild, "--out", "m.aedesk", "--json") == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1
    assert "learning rate 100 is probably too large. Try 10." in captured.err
    assert captured.err.endswith("Saved as m.aedesk.\n")
    assert model_file.load(folder / "m.aedesk").metrics["ended"] == "failed"


@pytest.mark.parametrize(
    "option", ["corruption.sigma=0", "data.split.test=0", "data.limit=30", "data.split.validation=0"]
)
def test_data_that_lack_something_are_measured_all_the_same(
    option: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = "signal.toml"
    assert train(form, "--set", option, "--json") == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["test_mse"] >= 0 and captured.err == ""
    assert train(form, "--set", option) == 0


def interrupted_runs(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Lets Ctrl+C be pressed at the first progress of a run, some times in a row."""
    real = train_module.train
    monkeypatch.setattr("aedesk.training.run._BETWEEN_EVENTS", 0)

    def pressing(*arguments: Any) -> Generator[Any, Any, Any]:
        run, pressed = real(*arguments), 0
        event = next(run)
        while True:
            if isinstance(event, Progress) and pressed < times:
                pressed = times
                for _ in range(times):
                    signal.raise_signal(signal.SIGINT)
            event = run.send((yield event))

    monkeypatch.setattr(train_module, "train", pressing)


def test_an_interruption_saves_what_was_learned(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    interrupted_runs(monkeypatch, 1)
    before = signal.getsignal(signal.SIGINT)
    assert train("image.toml", "--set", "training.epochs=100", "--json", "--out", "m.aedesk") == 130
    assert json.loads(capsys.readouterr().out)["ended"] == "stopped"
    assert model_file.load(folder / "m.aedesk").optimiser, "it can be continued"
    assert signal.getsignal(signal.SIGINT) is before


def test_a_second_interruption_breaks_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupted_runs(monkeypatch, 2)
    before = signal.getsignal(signal.SIGINT)
    assert train("image.toml", "--set", "training.epochs=100") == 130
    assert not names(folder)
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_ctrl_c_in_a_real_terminal(folder: Path) -> None:
    """The bar shows on a terminal; a signal then ends the run with its model saved."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 120, 0, 0))
    words = ["train", "image.toml", "--set", "training.epochs=1000000", "--out", "m.aedesk", "--json"]
    running = subprocess.Popen(
        [sys.executable, "-m", "aedesk", *words, "--device", "cpu"],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(CHECKOUT)}, stdout=subprocess.PIPE, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    try:
        shown = read_until(ours, b"mse", seconds=60)
        assert b"epoch" in shown and b"%" in shown
        running.send_signal(signal.SIGINT)
        out, _ = running.communicate(timeout=60)
    finally:
        running.kill()
        running.wait()
        os.close(ours)
    assert running.returncode == 130
    figures = json.loads(out.splitlines()[-1])
    assert figures["ended"] == "stopped" and figures["train_loss"] > 0
    assert model_file.load(folder / "m.aedesk").history.epochs == figures["epochs"] >= 1


def read_until(handle: int, wanted: bytes, seconds: float) -> bytes:
    """What comes from a terminal until this is in it."""
    shown, end = b"", time.monotonic() + seconds
    while wanted not in shown:
        ready, _, _ = select.select([handle], [], [], max(0, end - time.monotonic()))
        assert ready, f"nothing but {shown!r} in {seconds} seconds"
        shown += os.read(handle, 1000)
    return shown


def test_info_tells_what_a_model_is(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert train("image.toml", "--out", "m.aedesk") == 0
    capsys.readouterr()
    assert cli.main(["info", "m.aedesk"]) == 0
    lines = dict(line.split("  ", 1) for line in capsys.readouterr().out.splitlines())
    told = {name.strip(): value.strip() for name, value in lines.items()}
    assert told["recipe"] == "small-image" and told["shape"] == "1×8×8" and told["data"] == "digits8"
    assert told["can be continued"] == "yes" and 0 < float(told["test mse"]) < 1
    assert cli.main(["info", "m.aedesk", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["epochs"] == 2 and document["metrics"]["device"] == "cpu"
    assert document["document"] == recipe("image").document()


def test_info_says_whose_figures_they_are(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with_head = ["--set", "model.head={kind='classifier'}", "--set", "training.epochs=2"]
    assert cli.main(["train", "iris-map", *with_head, "--out", "m.aedesk"]) == 0
    capsys.readouterr()
    assert cli.main(["info", "m.aedesk"]) == 0
    out = capsys.readouterr().out
    assert "accuracy of the classifier  " in out and "accuracy of the 10 nearest codes  " in out
    facts, table = out.split("\n\n")
    assert "[" not in out and "confusion" not in facts
    lines = table.splitlines()
    assert lines[1].split() == ["setosa", "versicolor", "virginica"] and lines[2].startswith("setosa ")
    assert cli.main(["info", "m.aedesk", "--json"]) == 0
    counts = json.loads(capsys.readouterr().out)["metrics"]["confusion"]
    assert [list(map(int, line.split()[1:])) for line in lines[2:]] == counts


def test_info_of_what_is_no_model(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("image.toml", "gone.aedesk", "."):
        assert cli.main(["info", name]) == 2
        captured = capsys.readouterr()
        assert captured.out == "" and captured.err.startswith("aedesk: error: ") and captured.err.count("\n") == 1


@pytest.mark.parametrize(
    ("ours", "theirs", "words"),
    [
        (0.0067, 0.0117, "43 % better"),
        (0.02, 0.01, "100 % worse"),
        (0.01, 0.01, "the same"),
        (0.0528, 0.01, "5.3 times PCA's error"),
        (0.01, 0.0, "PCA is perfect here"),
        (0.01, 5e-16, "PCA is perfect here"),
        (0.0, 0.0, "both lose nothing"),
    ],
)
def test_the_comparison_with_pca(ours: float, theirs: float, words: str) -> None:
    assert comparison(ours, theirs) == words


def test_an_output_that_is_no_number_is_said_to_be_none() -> None:
    figures: dict[str, Any] = dict.fromkeys(ALWAYS, 1) | {"test_mse": None, "device_name": "CPU"}
    text = "\n".join(sentences(figures | {"measured_on": "test data", "test_rows": 3, "accuracy": None, "note": ""}))
    assert "its output is no number any more" in text
