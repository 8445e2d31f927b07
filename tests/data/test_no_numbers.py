"""What is said of a table without a column of numbers: which columns hold text, where, and what to do."""

from pathlib import Path

import pytest

from aedesk.data.csv_table import read_csv
from aedesk.errors import DataError


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("kind,level\nx,0.13 V\ny,0.14 V\nz,0.15 V\n", "no column of numbers: “level”, “kind” hold text, such as “0.13 V” in line 2. Leave units out"),
        ("level\n+1.5E-3VDC\n+1.6E-3VDC\n", "“level” holds text, such as “+1.5E-3VDC” in line 2. Leave units out"),
        ("t;v\n2023-05-01 10:00;20,1 °C\n2023-05-01 10:01;20,2 °C\n", "“v” holds text, such as “20,1 °C” in line 2. Leave units out of its cells"),
        ("a,b\nx,y\nz,w\n", "“a”, “b” hold text, such as “x” in line 2. Choose another file, or check its delimiter"),
        ("a,b\nx1,y\nx2,w\n", "such as “x1” in line 2. Choose another file"),
        ("a,b\n,\n,\n", "log.csv has no column of numbers. Choose another file"),
    ],
)
def test_the_sentence(text: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(text)
    with pytest.raises(DataError) as caught:
        read_csv(tmp_path / "log.csv").default_name()
    assert sentence in str(caught.value)
