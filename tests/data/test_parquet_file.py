"""Parquet tables as signals: what is read of them, and that the rest stays as it is."""

from pathlib import Path

import numpy as np
import pandas
import pyarrow
import pytest
from pyarrow import parquet

from aedesk.data.parquet_file import read_parquet
from aedesk.data.recording_file import read_recording
from aedesk.errors import DataError

COUNT = 1000
TIME = np.arange(COUNT) / 250


def saved(path: Path, columns: dict, **how) -> Path:  # noqa: ANN003
    parquet.write_table(pyarrow.table(columns), path, **how)
    return path


def test_a_table_comes_back_with_its_cleaned_columns_and_all_else_as_it_was(tmp_path: Path) -> None:
    kinds = {
        "time": pyarrow.array((TIME * 1e6).astype("int64"), pyarrow.timestamp("us", "UTC")),
        "who": pyarrow.array(["a", None] * (COUNT // 2)).dictionary_encode(),
        "ecg": pyarrow.array([None, *np.sin(TIME[1:])], pyarrow.float32()),
        "count": pyarrow.array(np.arange(COUNT) % 7, pyarrow.uint16()),
        "list": pyarrow.array([[1, 2]] * COUNT),
    }
    about = {b"made by": b"an instrument"}
    table = pyarrow.table(kinds).replace_schema_metadata(about)
    table = table.cast(table.schema.set(2, table.schema.field(2).with_metadata({"unit": "mV"})))
    path = tmp_path / "a.parquet"
    parquet.write_table(table, path, compression={"ecg": "ZSTD", "count": "GZIP", "who": "NONE"}, row_group_size=300)
    read = read_recording(path)
    assert read.names == tuple(kinds) and len(read) == COUNT
    assert read.numeric_names() == ("ecg", "count") == read.signal_names()
    assert read.default_name() == "ecg" and read.names_to_clean() == ("ecg",)
    assert read.time_step() == pytest.approx(1 / 250)
    values = read.column("ecg")
    assert np.isnan(values[0]) and values.dtype == np.float64

    out = tmp_path / "out.parquet"
    out.write_bytes(read.cleaned({"ecg": values / 2, "count": values}, out))
    found = parquet.read_table(out)
    assert found.select(list(kinds)).equals(parquet.read_table(path), check_metadata=True)
    assert found.column_names[-2:] == ["ecg_clean", "count_clean"]
    assert found["ecg_clean"].type == pyarrow.float32() and found["count_clean"].type == pyarrow.float64()
    assert found["ecg_clean"].null_count == 1
    packed = parquet.ParquetFile(out).metadata
    assert packed.row_group(0).num_rows == 300
    each = [packed.row_group(0).column(place) for place in range(packed.num_columns)]
    packing = {column.path_in_schema: column.compression for column in each}
    assert packing["ecg_clean"] == "ZSTD" == packing["ecg"] and packing["who"] == "UNCOMPRESSED"
    again = read_parquet(out)
    out.write_bytes(again.cleaned({"ecg": values}, out))
    assert parquet.read_table(out).column_names[-1] == "ecg_clean (2)"


def test_what_pandas_wrote_is_read_and_read_by_pandas_again(tmp_path: Path) -> None:
    index = pandas.date_range("2026-01-01", periods=COUNT, freq="20ms")
    pandas.DataFrame({"x": np.sin(TIME), "y": np.cos(TIME)}, index=index).to_parquet(tmp_path / "a.parquet")
    read = read_parquet(tmp_path / "a.parquet")
    assert read.time_step() == pytest.approx(0.02) and read.signal_names() == ("x", "y")
    out = tmp_path / "b.parquet"
    out.write_bytes(read.cleaned({"y": read.column("y")}, out))
    frame = pandas.read_parquet(out)
    assert frame.index.equals(index) and list(frame.columns) == ["x", "y", "y_clean"]


def clock(second: int) -> str:
    """That second of a day, or of the day after."""
    return f"{second // 3600 % 24:02}:{second // 60 % 60:02}:{second % 60:02}"


@pytest.mark.parametrize(
    ("name", "times", "step"),
    [
        ("time", TIME, 1 / 250),
        ("t_ms", TIME * 1000, 1 / 250),
        ("day", pyarrow.array(range(COUNT), pyarrow.date32()), 86_400.0),
        ("at", pyarrow.array(range(COUNT), pyarrow.time32("ms")), 0.001),
        ("since", pyarrow.array(range(0, 2 * COUNT, 2), pyarrow.duration("ns")), 2e-9),
        ("at", pyarrow.array(np.arange(COUNT) * 10**7 + 1_700_000_000 * 10**9, pyarrow.timestamp("ns")), 0.01),
        ("when", [f"2026-03-04 {clock(row)}" for row in range(COUNT)], 1.0),
        ("clock", [clock(row + 86_000) for row in range(COUNT)], 1.0),
        ("word", ["a", None, *(["b"] * (COUNT - 2))], None),
        ("index", np.arange(COUNT), None),
    ],
)
def test_a_column_of_times_tells_the_step(name: str, times: object, step: float | None, tmp_path: Path) -> None:
    read = read_parquet(saved(tmp_path / "a.parquet", {"x": np.sin(TIME), name: times}))
    assert read.signal_names() == ("x",)
    assert read.time_step() == (step if step is None else pytest.approx(step, rel=1e-6))
    assert read.sampling().unevenness == 0 and not len(read.sampling().breaks)


def test_missing_rows_are_breaks_and_uneven_times_are_kept(tmp_path: Path) -> None:
    kept = np.delete(np.arange(COUNT), np.s_[400:450])
    micro = pyarrow.array((TIME[kept] * 1e6).astype("int64"), pyarrow.timestamp("us"))
    lying = read_parquet(saved(tmp_path / "a.parquet", {"when": micro, "x": TIME[kept]})).sampling()
    assert lying.breaks.tolist() == [400] and lying.times is None
    uneven = np.cumsum(np.random.default_rng(0).uniform(0.5, 1.5, COUNT))
    lying = read_parquet(saved(tmp_path / "a.parquet", {"time": uneven, "x": TIME})).sampling()
    assert lying.step == pytest.approx(1, rel=0.05) and lying.unevenness == pytest.approx(0.5, rel=0.1)
    assert np.allclose(lying.times, uneven - uneven[0]) and not len(lying.breaks)


def test_times_that_fall_or_are_missing_are_said(tmp_path: Path) -> None:
    falling = TIME.copy()
    falling[500] = 0
    lying = read_parquet(saved(tmp_path / "a.parquet", {"time": falling, "x": TIME})).sampling()
    assert lying.breaks.tolist() == [500, 501] and "Time falls once, first in row 501." in lying.note
    stamps = pyarrow.array([1, None, *range(3, COUNT)], pyarrow.timestamp("s"))
    lying = read_parquet(saved(tmp_path / "a.parquet", {"when": stamps, "x": TIME[1:]})).sampling()
    assert lying.step == pytest.approx(1) and "The time of one row is missing, first in row 2." in lying.note


def test_mistakes_of_use_are_said(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.parquet", {"x": [1.0, np.inf], "text": ["a", "b"]})
    read = read_parquet(path)
    with pytest.raises(DataError, match="no column “y”. Choose one of: x, text"):
        read.column("y")
    with pytest.raises(DataError, match="“text” holds no numbers but string. Choose a column of numbers: x"):
        read.column("text")
    with pytest.raises(DataError, match="“x”: the value in row 2 is infinite"):
        read.column("x")
    with pytest.raises(DataError, match=r"Give out\.csv the ending \.parquet"):
        read.cleaned({}, tmp_path / "out.csv")
    with pytest.raises(DataError, match="has no column of numbers"):
        read_parquet(saved(path, {"text": ["a", "b"]})).default_name()


def test_other_files_are_said(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.parquet", {"x": TIME})
    whole = path.read_bytes()
    for content in (b"", b"time,value\n1,2\n", whole[:-20], whole[: len(whole) // 2], b"PAR1" + whole[20:]):
        path.write_bytes(content)
        with pytest.raises(DataError, match=r"^a\.parquet cannot be read as Parquet"):
            read_parquet(path)
    with pytest.raises(DataError, match="has no rows"):
        read_parquet(saved(path, {"x": pyarrow.array([], pyarrow.float64())}))
    for missing in (tmp_path, tmp_path / "gone.parquet"):
        with pytest.raises(DataError, match="does not exist or is no file"):
            read_parquet(missing)


def test_reading_tells_how_far_it_is_and_can_be_ended(tmp_path: Path) -> None:
    path, shares = saved(tmp_path / "a.parquet", {"x": np.zeros(600_000, np.int8)}), []
    read_parquet(path, shares.append)
    assert len(shares) > 1 and shares == sorted(shares) and shares[-1] == 1

    def end(share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        read_parquet(path, end)


def test_cleaned_columns_may_take_the_place_of_the_old(tmp_path: Path) -> None:
    columns = {"who": ["a"] * COUNT, "ecg": pyarrow.array(np.sin(TIME), pyarrow.float32()), "n": np.arange(COUNT) % 7}
    path = saved(tmp_path / "a.parquet", columns)
    read, out = read_parquet(path), tmp_path / "out.parquet"
    out.write_bytes(read.cleaned({"ecg": np.cos(TIME), "n": TIME}, out, replace=True))
    found = parquet.read_table(out)
    assert found.column_names == ["who", "ecg", "n"] and found["ecg"].type == pyarrow.float32()
    assert np.allclose(found["ecg"], np.cos(TIME)) and np.array_equal(found["n"], TIME)
