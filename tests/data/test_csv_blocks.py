"""A long file is read in blocks: what lies at their edges, and what differs from one to the next, changes nothing."""

from pathlib import Path

import numpy as np
import pytest

from aedesk.data import csv_records
from aedesk.data.csv_reading import CsvReading
from aedesk.data.csv_saving import as_text
from aedesk.data.csv_table import read_csv
from aedesk.data.recording_file import read_recording
from aedesk.data.usable import usable
from aedesk.errors import DataError


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(csv_records, "_BLOCK", 300)
    return tmp_path / "log.csv"


def lines(count: int = 400) -> list[str]:
    return [f"{row / 50:.2f},{row % 9}" for row in range(count)]


def written(path: Path, rows: list[str], monkeypatch: pytest.MonkeyPatch, ending: str = "\n") -> Path:
    """A file whose first block, too, is short."""
    path.write_bytes(ending.join(["t,v", *rows, ""]).encode())
    monkeypatch.setattr(csv_records, "FIRST_BLOCK", 500)
    return path


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\n\n"])
def test_blocks_meet(ending: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = read_csv(written(path, lines(), monkeypatch, ending))
    assert len(table) == 400
    np.testing.assert_array_equal(table.column("v"), np.arange(400) % 9)
    assert table.time_step() == pytest.approx(0.02)
    assert as_text(table, {}) == path.read_bytes()
    added = as_text(table, {"w": np.arange(400)})
    assert [row.split(b",")[2] for row in added.split() if row.count(b",") == 2][1:] == [b"%d" % row for row in range(400)]


def test_quotes_comments_and_gaps_at_the_edges(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = lines()
    for place in range(0, 400, 7):
        rows[place] = f'"{place / 50:.2f}",{place % 9}'
    for place in range(3, 400, 50):
        rows[place] += "\n# pause\n\n"
    table = read_csv(written(path, rows, monkeypatch))
    np.testing.assert_array_equal(table.column("v"), np.arange(400) % 9)
    assert as_text(table, {}) == path.read_bytes()


def test_a_row_that_goes_on_over_blocks(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [f'{row},{row % 9},"{"long" * 40}\n{"words" * 60}"' for row in range(40)]
    path = written(path, rows, monkeypatch)
    path.write_bytes(path.read_bytes().replace(b"t,v\n", b"t,v,w\n", 1))
    table = read_csv(path)
    assert len(table) == 40 and as_text(table, {}) == path.read_bytes()
    np.testing.assert_array_equal(table.column("v"), np.arange(40) % 9)


def test_gaps_in_a_lone_column_over_blocks(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    values = [f"{row % 9 + 100}" for row in range(300)]
    for place in (*range(40, 60), *range(150, 200)):
        values[place] = ""
    path = written(path, values, monkeypatch)
    path.write_bytes(path.read_bytes().replace(b"t,v\n", b"v\n", 1))
    table = read_csv(path)
    found = table.column("v")
    assert np.flatnonzero(np.isnan(found)).tolist() == [*range(40, 60), *range(150, 200)]


def test_words_that_come_late_are_told_with_their_line(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = lines()
    rows[377] = "7.54,abc"
    table = read_csv(written(path, rows, monkeypatch))
    with pytest.raises(DataError, match="“abc” in line 379 is not a number"):
        table.column("v")
    assert table.texts("v")[:2] == ["0", "1"] and table.texts("v")[377] == "abc"
    rows[377] = "7.54"
    with pytest.raises(DataError, match="log.csv, line 379: found 1 value where most lines have 2"):
        read_csv(written(path, rows, monkeypatch))


def test_progress_is_told_and_may_end_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[float] = []
    read_recording(written(path, lines(), monkeypatch), CsvReading(), told.append)
    assert len(told) > 5 and told == sorted(told) and 0.95 < told[-1] <= 1

    def enough(share: float) -> None:
        if share > 0.5:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        read_csv(path, progress=enough)


def test_three_samples_and_an_hour_of_zeros(path: Path) -> None:
    path.write_text("t,v\n0,1\n0.5,2\n1,1\n")
    assert read_csv(path).time_step() == 0.5
    path.write_text("t,v\n" + "".join(f"{second},0\n" for second in range(3600)))
    with pytest.raises(DataError, match="never changes: it is 0 in every row"):
        usable(read_csv(path).column("v"), "Column “v”")
