"""``aedesk denoise``: several recordings at once, and without a model."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import soundfile
from small import trained

from aedesk import cli
from aedesk.analysis.denoising import snr_db
from aedesk.commands import denoise
from aedesk.files import model_file, signal_recipes
from aedesk.recipe import Recipe
from aedesk.training.events import Finished


def clean(count: int) -> np.ndarray:
    time = np.arange(count)
    return 3 + np.sin(time / 9) + 0.6 * np.sin(time / 21) ** 3


def write(path: Path, count: int = 600, seed: int = 0) -> Path:
    noise = np.random.default_rng(seed).normal(0, 0.5, count)
    frame = pd.DataFrame({"time": np.arange(count) / 50, "level": np.round(clean(count) + noise, 4), "note": "ok"})
    path.parent.mkdir(exist_ok=True)
    frame.to_csv(path, index=False)
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    model_file.save(trained("signal"), tmp_path / "m.aedesk")
    return tmp_path


def error_of(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert cli.main(["denoise", *words]) == 2
    captured = capsys.readouterr()
    errors = [line for line in captured.err.splitlines() if not line.startswith("aedesk: note: ")]
    assert captured.out == "" and len(errors) == 1 and errors[0].startswith("aedesk: error: ")
    return errors[0]


def test_a_recording_is_cleaned_by_what_it_teaches(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signal_recipes, "_PASSES_OF_SEVERAL", 40)
    source = write(folder / "in.csv", 4000)
    assert cli.main(["denoise", "--blind", "in.csv", "-o", "out.csv"]) == 0
    before, after = pd.read_csv(source), pd.read_csv("out.csv")
    pd.testing.assert_frame_equal(after[["time", "level", "note"]], before)
    truth = clean(4000)
    assert snr_db(truth, after["level_clean"].to_numpy()) > snr_db(truth, before["level"].to_numpy()) + 5


@pytest.mark.parametrize("channels", [1, 2])
def test_every_channel_of_a_sound_is_cleaned_at_its_rate_and_depth(
    channels: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signal_recipes, "_PASSES_OF_SEVERAL", 40)
    truth = 0.3 * np.sin(np.arange(4000)[:, None] / (9 + np.arange(channels)))
    noisy = truth + np.random.default_rng(0).normal(0, 0.1, truth.shape)
    soundfile.write("in.wav", noisy, 22_050, subtype="PCM_24")
    assert cli.main(["denoise", "--blind", "in.wav", "-o", "out.wav"]) == 0
    assert soundfile.info("out.wav").samplerate == 22_050 and soundfile.info("out.wav").subtype == "PCM_24"
    cleaned = soundfile.read("out.wav", always_2d=True)[0]
    for channel in range(channels):
        before, after = (snr_db(truth[:, channel], found[:, channel]) for found in (noisy, cleaned))
        assert after > before + 4


def test_one_channel_of_several_is_cleaned_on_demand(folder: Path) -> None:
    noisy = 0.4 + 0.1 * np.random.default_rng(0).normal(size=(300, 2))
    np.save("in.npy", noisy)
    assert cli.main(["denoise", "m.aedesk", "in.npy", "--column", "right", "-o", "out.npy"]) == 0
    found = np.load("out.npy")
    assert np.array_equal(found[:, 0], noisy[:, 0]) and not np.allclose(found[:, 1], noisy[:, 1])


def test_a_silent_channel_stays_as_it_is(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    values = np.stack([np.zeros(300), 0.4 + 0.1 * np.random.default_rng(0).normal(size=300)], 1)
    np.save("in.npy", values)
    assert cli.main(["denoise", "m.aedesk", "in.npy", "-o", "out.npy"]) == 0
    found = np.load("out.npy")
    assert not found[:, 0].any() and not np.allclose(found[:, 1], values[:, 1])
    assert "“left” never changes" in capsys.readouterr().err


def test_a_sound_is_not_written_as_something_else(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    soundfile.write("in.wav", np.random.default_rng(0).normal(0.4, 0.1, 300), 8000)
    assert "the ending .wav" in error_of(capsys, "m.aedesk", "in.wav", "-o", "out.csv")
    assert not (folder / "out.csv").exists()


def test_several_go_into_a_folder(folder: Path) -> None:
    for number in range(3):
        write(folder / "in" / f"{number}.csv", seed=number)
    files = [f"in/{number}.csv" for number in range(3)]
    assert cli.main(["denoise", "m.aedesk", *files, "-o", "out"]) == 0
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["0.csv", "1.csv", "2.csv"]
    for file in files:
        alone = folder / "alone.csv"
        assert cli.main(["denoise", "m.aedesk", file, "-o", str(alone)]) == 0
        assert (folder / "out" / Path(file).name).read_bytes() == alone.read_bytes()


def test_one_file_may_go_into_a_folder_too(folder: Path) -> None:
    write(folder / "in.csv")
    (folder / "out").mkdir()
    assert cli.main(["denoise", "m.aedesk", "in.csv", "-o", "out"]) == 0
    assert "level_clean" in pd.read_csv("out/in.csv").columns


def test_one_that_cannot_be_cleaned_does_not_keep_the_others_from_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "in" / "a.csv")
    (folder / "in" / "b.csv").touch()
    write(folder / "in" / "c.csv")
    assert "b.csv is empty" in error_of(capsys, "m.aedesk", "in/a.csv", "in/b.csv", "in/c.csv", "-o", "out")
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["a.csv", "c.csv"]


def test_files_never_replace_each_other_or_themselves(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "in" / "a.csv")
    write(folder / "other" / "a.csv")
    write(folder / "in" / "b.csv")
    assert "are called a.csv" in error_of(capsys, "m.aedesk", "in/a.csv", "other/a.csv", "-o", "out")
    before = (folder / "in" / "a.csv").read_bytes()
    assert "Choose another folder" in error_of(capsys, "m.aedesk", "in/a.csv", "in/b.csv", "-o", "in")
    assert (folder / "in" / "a.csv").read_bytes() == before
    (folder / "file").touch()
    assert "no folder to write into" in error_of(capsys, "m.aedesk", "in/a.csv", "in/b.csv", "-o", "file")


def test_without_a_file_it_says_what_is_wanted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "--blind" in error_of(capsys, "m.aedesk", "-o", "out.csv")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("v\n" + "1\n2\n" * 40, "80 samples, and at least 96"),
        ("v\n" + "5\n" * 400, "never changes"),
        ("v,w\na,b\n", "no column of numbers"),
    ],
)
def test_what_nothing_can_be_learned_from_is_named(
    text: str, said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "in.csv").write_text(text)
    assert said in error_of(capsys, "--blind", "in.csv", "-o", "out.csv")
    assert not (folder / "out.csv").exists()


def test_ctrl_c_while_it_learns_writes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder / "in" / "a.csv")
    write(folder / "in" / "b.csv")
    stopped = Finished(trained("signal"), "stopped")
    monkeypatch.setattr("aedesk.commands.denoise.learn", lambda *given: (stopped, given[-1]))
    assert cli.main(["denoise", "--blind", "in/a.csv", "in/b.csv", "-o", "out"]) == 130
    assert not any((folder / "out").iterdir())


def test_no_clean_signal_is_needed_to_know_how(folder: Path) -> None:
    """The fitted recipe is a blind one, whatever it is changed to in time."""
    assert signal_recipes.recipe_for("blind", "in.csv", "level", np.zeros(600)).blind


def test_flags_say_how_a_table_is_read_and_the_reading_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"{row / 50:.2f};{value:.4f};-\n" for row, value in enumerate(clean(300))).replace(".", ",")
    Path("in.csv").write_text(f"1;2;3\nSerial;7;\nZeit;U;W\n{rows}", "utf-8")
    words = ["denoise", "m.aedesk", "in.csv", "--skip", "2", "--delimiter", ";", "--decimal", ",", "--rate", "50"]
    assert cli.main([*words, "--column", "U", "-o", "out.csv"]) == 0
    assert capsys.readouterr().err.splitlines()[0] == (
        "aedesk: note: in.csv: Semicolons, decimal comma, 2 lines above the table, 50 Hz as given. “W” has no value in any row."
    )
    lines = Path("out.csv").read_text("utf-8").splitlines()
    assert lines[:3] == ["1;2;3", "Serial;7;", "Zeit;U;W;U_clean"] and lines[3].startswith("0,00;")


@pytest.mark.parametrize(
    ("flags", "said"), [(["--rate", "-1"], "--rate"), (["--skip", "x"], "--skip"), (["--delimiter", ";;;"], "--delimiter")]
)
def test_a_flag_with_a_wrong_value_is_named(flags: list[str], said: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "in.csv")
    assert error_of(capsys, "m.aedesk", "in.csv", *flags, "-o", "out.csv").startswith(f"aedesk: error: {said}: ")


def test_no_window_reaches_across_a_jump_in_time(folder: Path) -> None:
    frame = pd.read_csv(write(folder / "in.csv", 300))
    frame.loc[150:, "time"] += 60
    frame.to_csv("jump.csv", index=False)
    for name in ("in", "jump"):
        assert cli.main(["denoise", "m.aedesk", f"{name}.csv", "-o", f"{name}-out.csv"]) == 0
    whole, parted = (pd.read_csv(f"{name}-out.csv")["level_clean"] for name in ("in", "jump"))
    assert not np.allclose(whole[135:165], parted[135:165]) and np.allclose(whole[:100], parted[:100], atol=1e-4)


def test_neighbours_with_like_noise_are_named_and_hidden(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = np.random.default_rng(3).normal(size=2000)
    values = np.sin(np.arange(2000) / 40) + 0.5 * np.convolve(chance, np.ones(3), "same")
    (folder / "in.csv").write_text("v\n" + "\n".join(f"{value:.5f}" for value in values))
    learned = []

    def learn(recipe: Recipe, *given: object) -> tuple[Finished, object]:
        learned.append(recipe)
        return Finished(trained("signal"), "stopped"), given[-1]

    monkeypatch.setattr("aedesk.commands.denoise.learn", learn)
    assert cli.main(["denoise", "--blind", "in.csv", "-o", "out.csv"]) == 130
    assert "Here by --hide 3." in capsys.readouterr().err and learned[-1].nearest_seen == 1
    assert cli.main(["denoise", "--blind", "--hide", "3", "in.csv", "-o", "out.csv"]) == 130
    assert "--hide" not in capsys.readouterr().err and learned[-1].nearest_seen == 3
    assert "goes with --blind" in error_of(capsys, "--hide", "3", "m.aedesk", "in.csv", "-o", "out.csv")
    assert "from 1 to 255" in error_of(capsys, "--blind", "--hide", "0", "in.csv", "-o", "out.csv")


def test_a_cell_that_is_no_number_is_named_with_the_flag_that_helps(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write(folder / "in.csv")
    lines = source.read_text(encoding="utf-8").splitlines()
    lines[5] = "0.08,oops,ok"
    source.write_text("\n".join(lines), encoding="utf-8")
    said = error_of(capsys, "m.aedesk", "in.csv", "-o", "out.csv")
    assert said.endswith("or list oops under “Missing values”. Here by --missing oops.")


@pytest.mark.parametrize("more", [(), ("--replace",)])
def test_a_file_never_replaces_itself(more: tuple[str, ...], folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = write(folder / "in.csv").read_bytes()
    (folder / "link.csv").symlink_to("in.csv")
    for out in ("in.csv", "./in.csv", str(folder / "in.csv"), "link.csv"):
        said = error_of(capsys, "m.aedesk", "in.csv", "-o", out, *more)
        assert "in.csv itself would be replaced. Choose another name" in said
    assert (folder / "in.csv").read_bytes() == before


@pytest.mark.parametrize("out", ["out.wav", "out.NPY", "out.mat", "out.parquet", "m.aedesk"])
def test_a_table_is_not_written_as_something_else(out: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "in.csv")
    model = (folder / "m.aedesk").read_bytes()
    said = error_of(capsys, "m.aedesk", "in.csv", "-o", out)
    assert out in said and "ending .csv" in said
    assert (folder / "m.aedesk").read_bytes() == model
    assert [path.name for path in folder.iterdir() if path.suffix not in (".aedesk", ".csv")] == []


@pytest.mark.parametrize("out", ["out.txt", "out.log", "out"])
def test_a_table_may_be_called_anything_else(out: str, folder: Path) -> None:
    write(folder / "in.csv")
    assert cli.main(["denoise", "m.aedesk", "in.csv", "-o", out]) == 0
    assert "level_clean" in (folder / out).read_text()


def test_of_several_the_one_that_is_too_short_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "a.csv")
    write(folder / "short.csv", 5)
    said = error_of(capsys, "m.aedesk", "a.csv", "short.csv", "-o", "out")
    assert "error: short.csv: The signal has 5 samples in a row, and the model needs 16" in said
    assert "short.csv: The signal has 5 samples" in error_of(capsys, "m.aedesk", "short.csv", "-o", "one.csv")


@pytest.mark.parametrize(("kept", "said"), [(0.97, True), (0.3, False)])
def test_an_answer_that_hardly_changes_anything_is_said(
    kept: float, said: bool, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / "in.csv")
    cleaned = lambda model, values, *others: (clean(600) + kept * (values - clean(600))).astype(np.float32)  # noqa: E731
    monkeypatch.setattr(denoise, "clean_rows", cleaned)
    assert cli.main(["denoise", "m.aedesk", "in.csv", "--resample", "50", "-o", "out.csv"]) == 0
    assert ("nearly all of the noise is still there" in capsys.readouterr().err) is said


def test_the_other_signals_of_a_table_are_named_where_nobody_chooses(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "one.csv")
    frame = pd.read_csv("one.csv").assign(ay=clean(600)[::-1], az=2 * clean(600))
    frame.to_csv("three.csv", index=False)
    for words, said in ((["one.csv"], False), (["three.csv"], True), (["three.csv", "--column", "*"], False)):
        assert cli.main(["denoise", "m.aedesk", *words, "-o", "out.csv"]) == 0
        told = capsys.readouterr().err
        sentence = '“level” alone is cleaned, and “ay”, “az” are left as they are: --column "*" takes all, --column "ay" one.'
        assert (sentence in told) is said and ("alone" in told) is said
    assert {"level_clean", "ay_clean", "az_clean"} <= set(pd.read_csv("out.csv").columns)
