"""Sounds and arrays as signals: read, and written again as they came."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow
import pytest
import soundfile
from pyarrow import parquet
from scipy.io import savemat

from aedesk.data.array_file import read_array
from aedesk.data.csv_reading import CsvReading
from aedesk.data.csv_table import CsvTable
from aedesk.data.long_array import open_array
from aedesk.data.recording_file import read_recording
from aedesk.data.sound_file import read_sound
from aedesk.data.usable import usable
from aedesk.errors import DataError

DEPTHS = [
    ("a.wav", "PCM_U8"), ("a.wav", "PCM_16"), ("a.wav", "PCM_24"), ("a.wav", "PCM_32"), ("a.wav", "FLOAT"),
    ("a.wav", "DOUBLE"), ("a.flac", "PCM_16"), ("a.flac", "PCM_24"), ("a.wav", "ALAW"), ("a.wav", "ULAW"),
]  # fmt: skip


def tones(channels: int = 2, count: int = 900) -> np.ndarray:
    time = np.arange(count)[:, None]
    return 0.9 * np.sin(time / (7 + np.arange(channels)))


def sound(path: Path, values: np.ndarray, rate: int = 8000, depth: str = "PCM_16") -> Path:
    soundfile.write(path, values, rate, subtype=depth)
    return path


@pytest.mark.parametrize(("name", "depth"), DEPTHS)
def test_a_sound_comes_back_bit_for_bit_but_for_what_was_cleaned(name: str, depth: str, tmp_path: Path) -> None:
    path = sound(tmp_path / name, tones(), 11_025, depth)
    read = read_sound(path)
    assert read.names == ("left", "right") == read.names_to_clean() and len(read) == 900
    assert read.time_step() == pytest.approx(1 / 11_025)
    out = tmp_path / f"out{path.suffix}"
    out.write_bytes(read.cleaned({"right": read.column("right") * 0.5}, out))
    again = read_sound(out)
    assert (again.rate, again.kind, again.depth) == (11_025, read.kind, depth)
    assert np.array_equal(again.column("left"), read.column("left"))
    assert again.column("right") == pytest.approx(read.column("right") * 0.5, abs=0.01)


@pytest.mark.parametrize(
    ("name", "depth"),
    [("a.ogg", "VORBIS"), ("a.ogg", "OPUS"), ("a.wav", "IMA_ADPCM"), ("a.wav", "MS_ADPCM"), ("a.wav", "GSM610")],
)
def test_what_is_packed_comes_back_much_the_same(name: str, depth: str, tmp_path: Path) -> None:
    path = sound(tmp_path / name, tones(1, 8000), depth=depth)
    read = read_sound(path)
    out = tmp_path / f"out{path.suffix}"
    out.write_bytes(read.cleaned({}, out))
    again = read_sound(out)
    assert again.depth == depth and again.rate == 8000
    assert np.abs(again.column()[: len(read)] - read.column()).mean() < 0.05


def test_what_cannot_be_written_again_is_said(tmp_path: Path) -> None:
    read = replace(read_sound(sound(tmp_path / "a.wav", tones(1))), depth="MPEG_LAYER_III")
    with pytest.raises(DataError, match="packed as MPEG_LAYER_III, in which it cannot be written"):
        read.cleaned({}, tmp_path / "out.wav")


@pytest.mark.parametrize("rate", [1, 360, 11_025, 44_100, 192_000])
def test_any_rate_is_kept(rate: int, tmp_path: Path) -> None:
    read = read_sound(sound(tmp_path / "a.wav", tones(1), rate))
    assert read.sampling().step == 1 / rate == read.time_step()
    assert read_sound(_written(tmp_path, read.cleaned({}, tmp_path / "b.wav"), "b.wav")).rate == rate


def test_a_rate_that_a_person_gives_goes_before_that_of_the_file(tmp_path: Path) -> None:
    savemat(tmp_path / "a.mat", {"x": np.zeros(9), "fs": 50})
    parquet.write_table(pyarrow.table({"time": np.arange(9) / 50, "x": np.arange(9.0)}), tmp_path / "a.parquet")
    np.save(tmp_path / "a.npy", np.zeros(9))
    sound(tmp_path / "a.wav", tones(1), 50)
    for ending in ("mat", "parquet", "npy", "wav"):
        read = read_recording(tmp_path / f"a.{ending}", CsvReading(rate=360))
        assert read.time_step() == 1 / 360 == read.sampling().step
        own = read_recording(tmp_path / f"a.{ending}").time_step()
        assert own is None if ending == "npy" else own == pytest.approx(1 / 50)


@pytest.mark.parametrize(
    ("depth", "kind"), [("PCM_16", "f4"), ("PCM_24", "f4"), ("FLOAT", "f4"), ("PCM_32", "f8"), ("DOUBLE", "f8")]
)
def test_a_sound_takes_no_more_memory_than_its_depth_needs(depth: str, kind: str, tmp_path: Path) -> None:
    path = sound(tmp_path / "a.wav", tones(), depth=depth)
    read = read_sound(path)
    assert read.values.dtype == kind
    assert np.array_equal(read.values, soundfile.read(path)[0]), "and loses nothing"


def test_reading_tells_how_far_it_is_and_can_be_ended(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", tones(2, 300_000))
    for path in (sound(tmp_path / "a.wav", tones(2, 300_000)), tmp_path / "a.npy"):
        shares: list[float] = []
        read_recording(path, progress=shares.append)
        assert len(shares) > 1 and shares == sorted(shares) and shares[-1] == 1

        def end(share: float) -> None:
            raise InterruptedError

        with pytest.raises(InterruptedError):
            read_recording(path, progress=end)


def test_silence_and_very_short_sounds_are_read(tmp_path: Path) -> None:
    silent = read_sound(sound(tmp_path / "a.wav", np.zeros((50_000, 2))))
    assert not silent.column().any()
    with pytest.raises(DataError, match="never changes"):
        usable(silent.column())
    short = read_sound(sound(tmp_path / "b.flac", tones(2, 3)))
    assert short.values.shape == (3, 2) and len(usable(short.column())) == 3
    out = tmp_path / "out.flac"
    out.write_bytes(short.cleaned({}, out))
    assert np.array_equal(read_sound(out).values, short.values)


def test_values_that_are_no_numbers_are_gaps_of_a_sound(tmp_path: Path) -> None:
    values = tones(1)
    values[3:5] = np.nan
    read = read_sound(sound(tmp_path / "a.wav", values, depth="FLOAT"))
    assert np.flatnonzero(np.isnan(read.column())).tolist() == [3, 4]


def test_what_is_too_loud_is_clipped_and_does_not_turn_over(tmp_path: Path) -> None:
    read = read_sound(sound(tmp_path / "a.wav", tones(1)))
    out = tmp_path / "out.wav"
    out.write_bytes(read.cleaned({"sound": np.linspace(-3, 3, 900)}, out))
    found = read_sound(out).column()
    assert (np.diff(found) >= 0).all() and found[0] == -1 and found[-1] == pytest.approx(1, abs=1e-4)


def test_channels_have_names(tmp_path: Path) -> None:
    assert read_sound(sound(tmp_path / "a.wav", tones(1))).names == ("sound",)
    assert read_sound(sound(tmp_path / "b.wav", tones(3))).names == ("channel 1", "channel 2", "channel 3")


@pytest.mark.parametrize("kind", [np.float32, np.float64, np.int16])
def test_an_array_comes_back_in_its_shape(kind: type, tmp_path: Path) -> None:
    for values in ((tones(1)[:, 0] * 100).astype(kind), (tones(3) * 100).astype(kind)):
        path = tmp_path / "a.npy"
        np.save(path, values)
        read = read_array(path)
        assert read.time_step() is None and len(read) == 900
        name = read.default_name()
        found = np.load(_written(tmp_path, read.cleaned({name: read.column(name) + 0.25}, tmp_path / "b.npy")))
        assert found.shape == values.shape
        assert np.allclose(found.reshape(900, -1)[:, 0], values.reshape(900, -1)[:, 0] + 0.25)
        if kind != np.int16:
            assert found.dtype == kind


@pytest.mark.parametrize("count", [1, 8])
def test_an_array_of_channels_in_rows_is_turned_and_turned_back(count: int, tmp_path: Path) -> None:
    values = np.random.default_rng(0).normal(size=(count, 5000)).astype(np.float32)
    np.save(tmp_path / "a.npy", values)
    read = read_recording(tmp_path / "a.npy")
    assert (len(read), len(read.names)) == (5000, count)
    assert "much wider than high" in read.sampling().note and "5000 samples" in read.sampling().note
    np.testing.assert_array_equal(read.column(read.names[-1]), values[-1])
    assert open_array(tmp_path / "a.npy") is None, "which would take it for very many channels"
    found = np.load(_written(tmp_path, read.cleaned({read.names[-1]: values[-1] + 1}, tmp_path / "b.npy")))
    assert found.shape == values.shape and found.dtype == np.float32
    np.testing.assert_array_equal(found[:-1], values[:-1])
    np.testing.assert_allclose(found[-1], values[-1] + 1)
    rated = read_recording(tmp_path / "a.npy", CsvReading(rate=250.0)).sampling()
    assert rated.step == 1 / 250 and "much wider than high" in rated.note


@pytest.mark.parametrize("shape", [(40, 100), (100, 300), (5000, 8), (2, 100)])
def test_an_array_that_is_not_much_wider_than_high_is_not_turned(shape: tuple[int, int], tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.zeros(shape))
    read = read_array(tmp_path / "a.npy")
    assert (len(read), len(read.names)) == shape and not read.sampling().note


def _written(folder: Path, content: bytes, name: str = "b.npy") -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def test_the_ending_decides_who_reads(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("t,v\n0,1\n1,2\n2,4\n")
    assert isinstance(read_recording(tmp_path / "a.csv"), CsvTable)
    assert read_recording(sound(tmp_path / "A.WAV", tones())).names == ("left", "right")


def test_gaps_of_an_array_are_gaps(tmp_path: Path) -> None:
    values = tones(1)[:, 0]
    values[5] = np.nan
    np.save(tmp_path / "a.npy", values)
    assert np.isnan(read_array(tmp_path / "a.npy").column()).sum() == 1


def test_what_is_no_sound_is_said(tmp_path: Path) -> None:
    whole = sound(tmp_path / "a.wav", tones()).read_bytes()
    for name, content in (("empty.wav", b""), ("text.wav", b"time,value\n1,2\n"), ("head.wav", whole[:20])):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(DataError, match=f"^{name} .*\\.$"):
            read_sound(tmp_path / name)
    sound(tmp_path / "none.wav", np.empty((0, 1)))
    with pytest.raises(DataError, match="holds no samples"):
        read_sound(tmp_path / "none.wav")
    with pytest.raises(DataError, match="does not exist"):
        read_sound(tmp_path / "gone.wav")


def test_a_sound_cut_short_gives_what_there_is_or_says_so(tmp_path: Path) -> None:
    whole = sound(tmp_path / "a.wav", tones())
    (tmp_path / "cut.wav").write_bytes(whole.read_bytes()[:-1000])
    try:
        read = read_sound(tmp_path / "cut.wav")
    except DataError as error:
        assert "cut short" in str(error)
    else:
        assert len(read) == 650 and np.array_equal(read.values, read_sound(whole).values[:650])


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (np.zeros((2, 3, 4)), "shape 2×3×4"),
        (np.empty(0), "shape 0"),
        (np.zeros((1100, 4100), np.int8), "at most 4096 columns"),
        (np.array(["a", "b"]), "real numbers"),
        (np.array([1j]), "real numbers"),
        (np.array([{}], object), "cannot be read"),
    ],
)
def test_what_is_no_signal_is_said(values: np.ndarray, said: str, tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", values)
    with pytest.raises(DataError, match=said):
        read_array(tmp_path / "a.npy")


def test_mistakes_of_use_are_said(tmp_path: Path) -> None:
    read = read_sound(sound(tmp_path / "a.wav", tones()))
    with pytest.raises(DataError, match="no channel “middle”. Choose one of: left, right"):
        read.column("middle")
    with pytest.raises(DataError, match=r"Give out\.csv the ending \.wav"):
        read.cleaned({}, tmp_path / "out.csv")
    np.save(tmp_path / "a.npy", np.array([1.0, np.inf]))
    with pytest.raises(DataError, match="sample 2 is infinite"):
        read_array(tmp_path / "a.npy").column()
    (tmp_path / "b.npy").write_bytes(b"nothing")
    broken = (tmp_path / "a.npy").read_bytes().replace(b"}", b" ")
    (tmp_path / "c.npy").write_bytes(broken)
    for name in ("b.npy", "c.npy", "gone.npy"):
        with pytest.raises(DataError, match=name):
            read_array(tmp_path / name)
