"""A folder of recordings as one: joined in order, never across files, and only where all are of one kind."""

import os
from pathlib import Path

import numpy as np
import pytest
import soundfile
from scipy.io import savemat

from aedesk.data.chosen_channels import chosen_names, side_by_side
from aedesk.data.csv_reading import CsvReading
from aedesk.data.recording_file import read_recording
from aedesk.data.recording_folder import RecordingFolder, folder_stamp, read_folder
from aedesk.errors import DataError


def sound(path: Path, count: int, channels: int = 2, rate: int = 8000) -> Path:
    values = np.sin(np.arange(count)[:, None] / (7 + np.arange(channels))) / 2
    soundfile.write(path, values, rate, subtype="FLOAT" if path.suffix == ".wav" else "PCM_16")
    return path


def table(path: Path, count: int, names: str = "time,x,y", step: float = 0.01, gap: int = 0) -> Path:
    rows = (f"{(row + (50 if gap and row >= gap else 0)) * step:.6f},{np.sin(row)},{row % 5}" for row in range(count))
    path.write_text("\n".join([names, *rows]))
    return path


def test_recordings_follow_each_other_with_a_break_at_each_start(tmp_path: Path) -> None:
    for name, count in (("rec10.wav", 300), ("rec2.wav", 200), ("rec1.flac", 100)):
        sound(tmp_path / name, count)
    found = read_recording(tmp_path)
    assert isinstance(found, RecordingFolder)
    assert [file.path.name for file in found.files] == ["rec1.flac", "rec2.wav", "rec10.wav"]
    assert len(found) == 600 and found.names == ("left", "right") == found.names_to_clean()
    sampling = found.sampling()
    assert sampling.step == 1 / 8000 == found.time_step() and sampling.breaks.tolist() == [100, 300]
    both = side_by_side(found, chosen_names(found, "*"))
    assert both.shape == (600, 2)
    assert np.array_equal(both[300:, 1], read_recording(tmp_path / "rec10.wav").column("right"))
    parts = found.shared_out({"left": both[:, 0]})
    assert [len(columns["left"]) for _, columns in parts] == [100, 200, 300]
    file, columns = parts[2]
    assert file.cleaned(columns, tmp_path / "rec10.wav") == (tmp_path / "rec10.wav").read_bytes()


def test_breaks_inside_a_file_stay_where_they_are(tmp_path: Path) -> None:
    time = np.arange(100) / 50
    for name in ("a.mat", "b.mat"):
        savemat(tmp_path / name, {"x": np.sin(time), "time": time + (np.arange(100) >= 40)})
    found = read_folder(tmp_path)
    assert found.sampling().breaks.tolist() == [40, 100, 140]
    assert found.sampling().step == pytest.approx(1 / 50)
    assert found.signal_names() == ("x",)


def test_uneven_times_go_on_from_file_to_file(tmp_path: Path) -> None:
    times = np.cumsum(np.random.default_rng(0).uniform(0.5, 1.5, 100))
    for name in ("a.mat", "b.mat"):
        savemat(tmp_path / name, {"x": np.sin(times), "time_s": times})
    sampling = read_folder(tmp_path).sampling()
    assert sampling.times is not None and (np.diff(sampling.times) > 0).all()
    assert sampling.times[100:] - sampling.times[100] == pytest.approx(times - times[0])
    assert 100 in sampling.breaks and sampling.unevenness > 0.3


def test_tables_are_read_and_other_files_named(tmp_path: Path) -> None:
    table(tmp_path / "a.csv", 60)
    table(tmp_path / "b.csv", 40, step=0.01001)
    sound(tmp_path / "talk.wav", 50)
    for name in ("readme.txt", "labels.txt", "more.txt", ".hidden.csv", "program.exe"):
        (tmp_path / name).write_text("nothing")
    (tmp_path / "inner.csv").mkdir()
    found = read_folder(tmp_path)
    assert len(found) == 100 and found.default_name() == "x"
    assert found.left == ("labels.txt", "more.txt", "readme.txt", "talk.wav")
    assert "labels.txt, more.txt, readme.txt … in the same folder is left out" in found.sampling().note


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            [("a.wav", (90, 2)), ("b.wav", (90, 1))],
            r"^a\.wav has 2 channels \(left, right\), and b\.wav has 1 channel \(sound\)",
        ),
        ([("a.wav", (90, 1)), ("b.wav", (90, 1, 44_100))], "^a.wav has 8000 samples per second, and b.wav has 44100"),
        ([("a.csv", (90,)), ("b.csv", (90, "time,x,z"))], r"^a.csv has 2 channels \(x, y\), and b.csv has .* \(x, z\)"),
        ([("a.csv", (90,)), ("b.csv", (90, "time,x,y", 0.02))], "^a.csv has 100 samples per second, and b.csv has 50"),
        ([("a.csv", (90,)), ("b.csv", (90, "id,x,y"))], "^a.csv has 100 samples .*, and b.csv has no sampling rate"),
    ],
)
def test_what_differs_between_files_is_said(files: list, said: str, tmp_path: Path) -> None:
    for name, how in files:
        (sound if name.endswith(".wav") else table)(tmp_path / name, *how)
    with pytest.raises(DataError, match=said):
        read_folder(tmp_path)


def test_a_folder_without_recordings_and_a_damaged_one_are_said(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"")
    with pytest.raises(DataError, match="holds no recordings"):
        read_folder(tmp_path)
    with pytest.raises(DataError, match="cannot be looked into"):
        read_folder(tmp_path / "gone")
    sound(tmp_path / "a.wav", 50)
    (tmp_path / "b.wav").write_bytes(b"nothing")
    with pytest.raises(DataError, match=r"^b\.wav cannot be read as a sound"):
        read_folder(tmp_path)


def test_a_sampling_rate_is_given_to_every_file(tmp_path: Path) -> None:
    for name in ("a.npy", "b.npy"):
        np.save(tmp_path / name, np.arange(9.0))
    assert read_folder(tmp_path).time_step() is None
    assert read_recording(tmp_path, CsvReading(rate=50)).time_step() == 1 / 50


def test_a_folder_is_not_written_as_a_file(tmp_path: Path) -> None:
    sound(tmp_path / "a.wav", 50)
    with pytest.raises(DataError, match="is a folder. Clean the files in it one by one"):
        read_folder(tmp_path).cleaned({}, tmp_path / "out.wav")


def test_reading_tells_how_far_it_is_and_can_be_ended(tmp_path: Path) -> None:
    sound(tmp_path / "a.wav", 100)
    sound(tmp_path / "b.wav", 300_000)
    shares: list[float] = []
    read_folder(tmp_path, progress=shares.append)
    assert len(shares) > 2 and shares == sorted(shares) and shares[0] < 0.01 and shares[-1] == 1

    def end(share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        read_folder(tmp_path, progress=end)


def test_its_stamp_changes_with_its_files(tmp_path: Path) -> None:
    path = sound(tmp_path / "a.wav", 50)
    stamp = folder_stamp(tmp_path)
    (tmp_path / "notes.md").write_text("nothing")
    assert folder_stamp(tmp_path) == stamp
    os.utime(path, ns=(1, 1))
    changed = folder_stamp(tmp_path)
    assert changed != stamp
    sound(tmp_path / "b.wav", 50)
    assert folder_stamp(tmp_path) not in (stamp, changed)
    assert folder_stamp(tmp_path / "gone") is None
