"""``aedesk denoise`` with recordings that are not read whole: what comes out is the same."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from small import trained

from aedesk import cli
from aedesk.commands import denoise_long
from aedesk.data import csv_records, long_array, long_recording, long_sound, long_table
from aedesk.data.long_recording import open_long
from aedesk.files import model_file


def noisy(channels: int, count: int = 3000) -> np.ndarray:
    time = np.arange(count)[:, None]
    clean = 0.4 + 0.2 * np.sin(time / (9 + np.arange(channels)))
    return clean + np.random.default_rng(0).normal(0, 0.1, clean.shape)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    model_file.save(trained("signal"), tmp_path / "m.aedesk")
    return tmp_path


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch):  # noqa: ANN201
    """Makes files of more than so many numbers long ones, which are read in small blocks."""

    def make(least: int = 1000) -> None:
        monkeypatch.setattr(long_recording, "LONG", least)
        monkeypatch.setattr(long_sound, "BLOCK", 700)
        monkeypatch.setattr(long_array, "BLOCK", 700)
        monkeypatch.setattr(long_table, "LONG_BYTES", least)
        monkeypatch.setattr(long_table, "_HEAD", 9000)
        monkeypatch.setattr(csv_records, "FIRST_BLOCK", 7000)
        monkeypatch.setattr(csv_records, "_BLOCK", 5000)

    return make


def denoise(source: str, out: str, *words: str) -> int:
    return cli.main(["denoise", "m.aedesk", source, "-o", out, *words])


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize(
    ("name", "depth"), [("in.wav", "PCM_16"), ("in.wav", "PCM_24"), ("in.wav", "FLOAT"), ("in.flac", "PCM_16")]
)
def test_a_long_sound_comes_out_as_a_short_one(channels: int, name: str, depth: str, folder: Path, long) -> None:
    soundfile.write(name, noisy(channels), 22_050, subtype=depth)
    whole, streamed = f"whole{Path(name).suffix}", f"streamed{Path(name).suffix}"
    assert denoise(name, whole) == 0
    long()
    assert denoise(name, streamed) == 0
    assert soundfile.info(streamed).subtype == depth and soundfile.info(streamed).samplerate == 22_050
    expected, found = (soundfile.read(path, always_2d=True)[0] for path in (whole, streamed))
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-6)
    assert not np.allclose(found, soundfile.read(name, always_2d=True)[0], atol=1e-3)


@pytest.mark.parametrize("kind", [np.float32, np.float64, np.int16])
@pytest.mark.parametrize("channels", [0, 2])
def test_a_long_array_comes_out_as_a_short_one(kind: type, channels: int, folder: Path, long) -> None:
    values = noisy(max(1, channels)) * (100 if kind == np.int16 else 1)
    values = values.astype(kind)
    if kind == np.float64:
        values[[5, 1200, 1201], :] = np.nan
    np.save("in.npy", values if channels else values[:, 0])
    words = ["--column", "right"] if channels else []
    assert denoise("in.npy", "whole.npy", *words) == 0
    long()
    assert denoise("in.npy", "streamed.npy", *words) == 0
    expected, found = np.load("whole.npy"), np.load("streamed.npy")
    assert found.shape == expected.shape and found.dtype.kind == "f"
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-6 if kind != np.int16 else 1e-4)
    assert np.array_equal(np.isnan(found), np.isnan(expected))


def test_what_is_to_be_known_is_said_of_long_ones_too(folder: Path, long, capsys: pytest.CaptureFixture[str]) -> None:
    values = noisy(2)
    values[:, 0] = 0.25
    values[[100, 110], 1] = np.nan
    np.save("in.npy", values)
    said = []
    for name in ("whole.npy", "streamed.npy"):
        assert denoise("in.npy", name) == 0
        said.append(capsys.readouterr().err)
        long()
    assert said[0] == said[1]
    assert "“left” never changes" in said[0] and "9 values lie between gaps" in said[0]
    np.testing.assert_array_equal(np.load("streamed.npy")[:, 0], 0.25)


def test_what_is_true_of_each_channel_is_said_once(folder: Path, long, capsys: pytest.CaptureFixture[str]) -> None:
    values = noisy(2)
    values[[100, 110]] = np.nan
    np.save("in.npy", values)
    for name in ("whole.npy", "streamed.npy"):
        assert denoise("in.npy", name) == 0
        assert capsys.readouterr().err.count("9 values lie between gaps") == 1
        long()


def test_a_signal_taken_away_is_said(folder: Path, long, capsys: pytest.CaptureFixture[str]) -> None:
    np.save("in.npy", 50 + 20 * noisy(1))
    said = []
    for name in ("whole.npy", "streamed.npy"):
        assert denoise("in.npy", name) == 0
        said.append(capsys.readouterr().err)
        long()
    assert said[0] == said[1]


def test_a_failure_leaves_nothing_behind(
    folder: Path, long, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    soundfile.write("in.wav", noisy(1), 8000)
    long()
    assert denoise("in.wav", "out.flac") == 2 and "the ending .wav" in capsys.readouterr().err
    assert denoise("in.wav", "out.wav", "--column", "right") == 2 and "no channel “right”" in capsys.readouterr().err

    def interrupted(*given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(denoise_long, "_shown", interrupted)
    assert denoise("in.wav", "out.wav") == 130
    assert sorted(path.name for path in folder.iterdir()) == ["in.wav", "m.aedesk"]


def test_a_sound_cut_short_is_named(folder: Path, long, capsys: pytest.CaptureFixture[str]) -> None:
    soundfile.write("in.flac", noisy(1, 9000), 8000)
    content = Path("in.flac").read_bytes()
    Path("in.flac").write_bytes(content[: len(content) // 2])
    long()
    assert denoise("in.flac", "out.flac") == 2
    assert "in.flac" in capsys.readouterr().err and not Path("out.flac").exists()


def table(delimiter: str = ",", count: int = 2000) -> str:
    """A table with a jump in time, gaps, quotes, a comment and a blank line, and two signals."""
    values = np.round(noisy(2, count), 4)
    lines = [delimiter.join(["time", "level", "note", "pressure"])]
    for row, (level, pressure) in enumerate(values):
        time = row / 50 + (7 if row >= 900 else 0)
        level = "" if row in (5, 1200, 1201) else level
        cells = [f"{time:.2f}", str(level), '"a, ""b"""' if row % 7 else "ok", f'"{pressure}"' if row % 5 == 0 else str(pressure)]
        lines.append(delimiter.join(cells).replace(".", "," if delimiter == ";" else "."))
        if row in (700, 1500):
            lines += ["# a pause, in between", ""]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("words", [[], ["--replace"], ["--column", "level;pressure"], ["--column", "level;pressure", "--replace"]])
def test_a_long_table_comes_out_as_a_short_one(delimiter: str, words: list[str], folder: Path, long) -> None:
    Path("in.csv").write_text(table(delimiter))
    assert denoise("in.csv", "whole.csv", *words) == 0
    long()
    assert open_long(Path("in.csv")) is not None
    assert denoise("in.csv", "streamed.csv", *words) == 0
    assert Path("streamed.csv").read_text() == Path("whole.csv").read_text()
    assert Path("whole.csv").read_text() != Path("in.csv").read_text()


def test_jumps_in_time_are_found_wherever_blocks_begin(folder: Path, long, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("in.csv").write_text(table())
    long()
    for size in (2000, 3100, 50_000):
        monkeypatch.setattr(csv_records, "_BLOCK", size)
        found = open_long(Path("in.csv"))
        assert len(found) == 2000 and found.sampling().breaks.tolist() == [900]
        assert found.sampling().step == pytest.approx(0.02)


def test_what_is_wrong_far_down_in_a_long_table_is_named(
    folder: Path, long, capsys: pytest.CaptureFixture[str]
) -> None:
    long()
    lines = table().split("\n")
    for wrong, said in [("36,0.5x,ok,1", "“0.5x” in line 1801 is not a number"), ("36,1", "line 1801: found 2 values")]:
        Path("in.csv").write_text("\n".join([*lines[:1800], wrong, *lines[1801:]]))
        assert denoise("in.csv", "out.csv") == 2
        assert said in capsys.readouterr().err and not Path("out.csv").exists()
    Path("in.csv").write_bytes("\n".join([*lines[:1800], "36,0.5,é,1", *lines[1801:]]).encode("cp1252"))
    assert denoise("in.csv", "out.csv") == 2
    assert "in.csv is not UTF-8 text" in capsys.readouterr().err


def test_a_table_in_another_encoding_is_read_whole(folder: Path, long) -> None:
    Path("in.csv").write_text(table().replace("note", "é"), "cp1252")
    long()
    assert open_long(Path("in.csv")) is None
    assert denoise("in.csv", "out.csv") == 0
