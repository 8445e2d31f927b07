"""``aedesk denoise`` with recordings that are not read whole: what comes out is the same."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from small import trained

from aedesk import cli
from aedesk.commands import denoise_long
from aedesk.data import long_array, long_recording, long_sound
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
