"""Which column is the time, and how long a step is."""

from pathlib import Path

import numpy as np
import pytest

from aedesk.data.csv_reading import CsvReading
from aedesk.data.csv_table import read_csv
from aedesk.data.csv_sampling import sampling_of_numbers
from aedesk.data.csv_time import is_index, is_time
from aedesk.data.recording_folder import read_folder
from aedesk.errors import DataError


def typical_step(name: str, times: np.ndarray, alone: bool) -> float | None:
    return sampling_of_numbers(name, "", times, alone, line=lambda row: row + 2).step


@pytest.mark.parametrize("name", ["t", "time_s", "Time (ms)", "TIMESTAMP", "t [s]", "ms", "Zeit", "время"])
def test_names_of_times(name: str) -> None:
    assert is_time(name)


@pytest.mark.parametrize("name", ["T", "T_room", "temperature", "timely", "t0", "v", "tension", "column 1"])
def test_names_of_other_things(name: str) -> None:
    assert not is_time(name) and not is_index(name)


@pytest.mark.parametrize("name", ["#", "n", "Index", "id", "sample", "No.", "row"])
def test_names_of_counts(name: str) -> None:
    assert is_index(name)


@pytest.mark.parametrize("name", ["N", "I", "I_rms", "noise", "ideal", "nose"])
def test_names_that_only_begin_like_counts(name: str) -> None:
    assert not is_index(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("time_s,ecg\n0,1\n1,2\n", "ecg"),
        ("id,t,v\n7,0,1\n8,1,2\n", "v"),
        ("a,b\n0,5\n0.1,4\n0.2,6\n", "b"),  # rises like a time
        ("a,b\n0,5\n0.2,4\n0.1,6\n", "a"),
        ("v\n1\n2\n3\n", "v"),
        ("t\n1\n2\n3\n", "t"),
        ("index,sample\n1,5\n2,4\n", "sample"),
        ("who,v\nAnn,1\nBob,2\n", "v"),
        ("T,v\n20,1\n19,2\n", "T"),
    ],
)
def test_the_default_column_is_the_first_that_was_measured(text: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(text)
    table = read_csv(path)
    assert table.default_name() == name
    np.testing.assert_array_equal(table.column(), table.column(name))


@pytest.mark.parametrize(
    ("name", "times", "step"),
    [
        ("t", [0, 0.1, 0.2], 0.1),
        ("time (ms)", [0, 2, 4], 0.002),
        ("t_us", [0, 5, 10], 5e-6),
        ("elapsed min", [0, 1, 2], 60),
        ("t", [5, 6, 7], None),  # of what unit?
        ("time", [0, 1, 2], None),
        ("timestamp", [0, 1, 2, 9, 10], None),  # some rows were left out
        ("time_s", [0, 1, 2], 1),
        ("Time (s)", [0, 1, 2], 1),
        ("seconds", [0, 1, 2], 1),
        ("t [sec]", [5, 6, 7], 1),
        ("time_ms", [0, 1, 2], 0.001),
        ("time hours", [0, 1, 2], 3600),
        ("t", [0, 2, 4], 2),
        ("t", [0, 1.5, 2.5, 3.5], 7 / 6),
        ("x", [0, 0.5, 1], 0.5),
        ("x", [0, 1, 2], None),  # a count
        ("id", [0, 2, 4], None),
        ("t", [0, 2, 1], None),
        ("t", [3, 2, 1], None),
        ("t", [1, 1, 1], None),
        ("t", [0, np.nan, 2], None),
        ("t", [0, np.inf], None),
        ("t", [0], None),
    ],
)
def test_steps(name: str, times: list[float], step: float | None) -> None:
    found = typical_step(name, np.array(times), alone=False)
    assert found == (None if step is None else pytest.approx(step))


def test_a_rising_column_alone_is_a_signal_unless_its_name_says_time() -> None:
    assert typical_step("v", np.array([0, 0.5, 1]), alone=True) is None
    assert typical_step("t", np.array([0, 0.5, 1]), alone=True) == pytest.approx(0.5)


def test_rounded_times_give_their_true_step() -> None:
    times = np.arange(20_000) / 360
    for digits in (0, 1, 2, 3):
        step = typical_step("t", times.round(digits), alone=False)
        assert step == pytest.approx(1 / 360, rel=0.02 if digits == 0 else 2e-3)


def test_a_pause_does_not_lengthen_the_step() -> None:
    times = np.arange(1000) / 50
    times[400:] += 3600
    assert typical_step("t", times, alone=False) == pytest.approx(0.02)
    assert typical_step("t", np.array([0, 1, 2, 9, 10, 11]) * 0.1, alone=False) == pytest.approx(0.1)


def test_rows_after_a_jump_keep_their_time(tmp_path: Path) -> None:
    times = np.concatenate([np.arange(100) / 10, np.arange(100) / 10 + 17.3])
    path = tmp_path / "gap.csv"
    path.write_text("time_s,v\n" + "\n".join(f"{time:.1f},{row % 7}" for row, time in enumerate(times)))
    sampling = read_csv(path).sampling()
    assert sampling.breaks.tolist() == [100]
    for row in (0, 99, 100, 199):
        assert sampling.seconds(row) == pytest.approx(times[row], abs=1e-6)
    twice = read_csv(path, CsvReading(rate=20)).sampling()
    assert twice.seconds(99) == pytest.approx(4.95) and twice.seconds(100) == pytest.approx(17.3 / 2), "as many rows are missing"
    (tmp_path / "two").mkdir()
    for name in ("a.csv", "b.csv"):
        (tmp_path / "two" / name).write_bytes(path.read_bytes())
    folder = read_folder(tmp_path / "two").sampling()
    assert folder.breaks.tolist() == [100, 200, 300]
    assert [folder.seconds(row) for row in (100, 200, 300)] == pytest.approx([17.3, 27.3, 44.6], abs=1e-6)


def test_a_time_is_no_signal_where_the_signal_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("t,y\n" + "\n".join(f"{row / 10:.1f},NaN" for row in range(50)))
    with pytest.raises(DataError, match="column “y” has no value in any row"):
        read_csv(path).default_name()


def test_a_time_is_no_signal_where_the_signal_may_be_text(tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_text("time,load,who\n" + "\n".join(f"{row / 10:.1f},about {row},me" for row in range(50)))
    with pytest.raises(DataError, match=r"words.csv has .* beside its times: “load”, “who” hold text, such as “about 0” in line 2\."):
        read_csv(path).default_name()
    path.write_text("time,load\n" + "\n".join(f"{row / 10:.1f},about {row}" for row in range(50)))
    with pytest.raises(DataError, match="“load” holds text"):
        read_csv(path).column()
    assert read_csv(path).column("time")[-1] == 4.9, "by its name it may be had"
    path.write_text("time\n" + "\n".join(f"{row % 7}" for row in range(50)))
    assert read_csv(path).default_name() == "time", "alone in its file"
