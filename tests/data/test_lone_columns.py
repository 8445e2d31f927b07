"""One column with decimal commas is told from two columns of whole numbers."""

from pathlib import Path

import numpy as np
import pytest

from aedesk.data.csv_lone_column import is_decimal_column
from aedesk.data.csv_reading import CsvReading
from aedesk.data.csv_table import read_csv

VALUES = np.round(np.random.default_rng(0).normal(0, 0.2, 60), 4)


def written(path: Path, rows: list[str], *above: str) -> Path:
    path.write_text("\n".join([*above, *rows]) + "\n", encoding="utf-8")
    return path


def commas(values: np.ndarray, form: str = "%.4f") -> list[str]:
    return [(form % value).replace(".", ",") for value in values]


@pytest.mark.parametrize("above", [(), ("Spannung",), ("Spannung [mV]",), ("Spannung", "mV"), ('"Spannung"',)])
@pytest.mark.parametrize("values", [VALUES, abs(VALUES), VALUES * 100])
def test_a_column_with_decimal_commas(above: tuple[str, ...], values: np.ndarray, tmp_path: Path) -> None:
    table = read_csv(written(tmp_path / "a.txt", commas(values), *above))
    assert len(table.names) == 1
    assert table.dialect.decimal == ","
    np.testing.assert_allclose(table.column(), values, atol=1e-4)
    if above:
        assert table.names == (above[0].strip('"'),)


@pytest.mark.parametrize(
    "rows",
    [
        commas(abs(VALUES) + 1, "%.3e"),
        [text.rstrip("0").rstrip(",") for text in commas(abs(VALUES) * 10, "%.3f")],
        ["1", *commas(VALUES[:5] + 3, "%.1f"), "2", "3,5"],
        ["-0,5", "1,2", "0,8"],
        ["1,25E−3", "2,50E−3", "−3,75E−3"],
        ["-", "0,0377", "0,1234"],
    ],
)
def test_other_ways_to_write_it(rows: list[str], tmp_path: Path) -> None:
    table = read_csv(written(tmp_path / "a.txt", rows))
    assert len(table.names) == 1
    assert table.dialect.decimal == ","


@pytest.mark.parametrize(
    "rows",
    [
        ["1,2", "3,4"],
        [f"{place},{512 + place % 7}" for place in range(40)],
        [f"{place},{place * place % 113}" for place in range(60)],
        [f"{place % 9},{place % 2}" for place in range(40)],
        [f"{place:03},{place % 11:03}" for place in range(40)],
        [f"-{place},0" for place in range(40)],
        ["0,0", "-0,0", "1,0"],
    ],
)
def test_two_columns_of_whole_numbers_stay_two(rows: list[str], tmp_path: Path) -> None:
    table = read_csv(written(tmp_path / "a.csv", rows))
    assert len(table.names) == 2
    assert table.dialect.delimiter == ","


def test_a_title_does_not_make_whole_numbers_a_fraction() -> None:
    rows = [f"{place},{place * place % 113}" for place in range(60)]
    assert not is_decimal_column(["Counts of today", *rows])
    assert not is_decimal_column(["Counts of today", "a,b", *rows[:5]])


def test_a_stated_decimal_comma_is_no_delimiter(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", ["36,5", "36,6", "36,4"])
    assert len(read_csv(path).names) == 2
    table = read_csv(path, CsvReading(decimal=","))
    assert table.column().tolist() == [36.5, 36.6, 36.4]


def test_a_stated_decimal_point_keeps_two_columns(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", commas(abs(VALUES)))
    assert len(read_csv(path, CsvReading(decimal=".")).names) == 2


def test_quoted_decimal_commas_may_stand_between_commas(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", ['"0,5","1,5"', '"0,6","1,4"', '"0,7","1,3"'], "a,b")
    table = read_csv(path, CsvReading(decimal=","))
    assert table.names == ("a", "b")
    assert table.column("b").tolist() == [1.5, 1.4, 1.3]
