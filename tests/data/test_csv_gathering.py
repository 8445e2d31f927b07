"""Columns put together from blocks: one type for all of a column, and no number in memory twice."""

import tracemalloc
from pathlib import Path

import numpy as np
import pandas
import pytest

from aedesk.data import csv_encoding, csv_layout, csv_marks, csv_records
from aedesk.data.csv_gathering import GatheredColumn
from aedesk.data.csv_table import read_csv


def gathered(*blocks: list) -> GatheredColumn:
    column = GatheredColumn(20)
    for block in blocks:
        column.add(pandas.Series(block))
    return column


@pytest.mark.parametrize(
    ("blocks", "kind"),
    [
        (([1, 2], [3]), "i"), (([1, 2], [3.5]), "f"), (([1.5], [2, 3]), "f"), (([np.nan, np.nan], [3]), "f"), (([1], [np.nan]), "f"),
        ((["a", "b"], ["c"]), "O"), (([np.nan], ["c"]), "O"), ((["a"], [np.nan], ["c"]), "O"), (([True], [False]), "b"), (([np.nan, np.nan],), "f"),
    ],
)  # fmt: skip
def test_a_column_is_of_one_type(blocks: tuple[list, ...], kind: str) -> None:
    column = gathered(*blocks)
    whole = pandas.Series(column.whole())
    assert not column.is_mixed and ("O" if pandas.api.types.is_string_dtype(whole) else whole.dtype.kind) == kind
    expected = pandas.concat([pandas.Series(block, dtype=object) for block in blocks], ignore_index=True)
    assert whole.isna().tolist() == expected.isna().tolist() and whole.dropna().tolist() == expected.dropna().tolist()


@pytest.mark.parametrize("blocks", [([1, 2], ["a"]), (["a"], [1.5]), ([True], [1]), (["a"], [np.nan], [2], ["b"])])
def test_numbers_and_text_do_not_go_together(blocks: tuple[list, ...]) -> None:
    assert gathered(*blocks).is_mixed


def test_nothing_is_no_numbers() -> None:
    assert len(gathered().whole()) == 0


def test_a_long_table_is_not_in_memory_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, count = tmp_path / "long.csv", 120_000
    path.write_text("time_s,value\n" + "".join(f"{row / 1000:.3f},{row % 977 / 7:.6f}\n" for row in range(count)))
    for module, name, size in (
        (csv_records, "_BLOCK", 40_000), (csv_records, "FIRST_BLOCK", 40_000), (csv_layout, "FIRST_BLOCK", 40_000),
        (csv_marks, "FIRST_BLOCK", 40_000),
        (csv_encoding, "LONGEST_LINE", 500_000), (csv_encoding, "_WINDOW", 50_000),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, size)
    read_csv(path).sampling()  # what is loaded once is loaded
    tracemalloc.start()
    try:
        table = read_csv(path)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    text, columns = path.stat().st_size, 2 * 8 * count
    assert len(table) == count and text + columns < most < text + 1.4 * columns + 500_000
