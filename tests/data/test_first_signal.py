"""Which column is looked at first where several may be signals."""

from pathlib import Path

import numpy as np
import pytest

from aedesk.data.csv_table import read_csv

COUNT = 60
LEVELS = np.round(np.sin(np.arange(COUNT) / 3), 2)


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("station,level", "3987,{level}"),  # the same everywhere
        ("when,record,level", "2023-05-01 10:00:{row:02d},{count},{level}"),  # a counter beside a date
        ("seq,input,level", "{round},0,{level}"),  # a counter of four bits
        ("gas,year,level", "7,{year},{level}"),
        ("wave,level", "{axis},{level}"),  # an axis, as it rises from row to row
    ],
)
def test_it_is_one_that_changes_and_does_not_count(head: str, row: str, tmp_path: Path) -> None:
    rows = [
        row.format(row=place, level=level, count=place + 5000, round=place % 16, year=1990 + place // 7, axis=400 + place * 1.5)
        for place, level in enumerate(LEVELS)
    ]
    (tmp_path / "log.csv").write_text("\n".join([head, *rows, ""]))
    table = read_csv(tmp_path / "log.csv")
    assert table.default_name() == "level"
    np.testing.assert_allclose(table.column(), LEVELS)


def test_it_is_the_first_where_none_does(tmp_path: Path) -> None:
    (tmp_path / "flat.csv").write_text("a,b\n" + "1,2\n" * COUNT)
    assert read_csv(tmp_path / "flat.csv").default_name() == "a"


def test_one_that_changes_late_counts(tmp_path: Path) -> None:
    (tmp_path / "late.csv").write_text("a,b\n" + "1,2\n" * 3000 + "3,4\n")
    assert read_csv(tmp_path / "late.csv").default_name() == "a"
