"""Columns of a CSV file replaced: the new numbers in their cells, and every other byte as it was."""

from pathlib import Path

import numpy as np
import pytest

from aedesk.data.csv_saving import as_text_replaced
from aedesk.data.csv_table import read_csv
from aedesk.errors import DataError

# Content, column, new values, what is to become of it.
REPLACED = {
    "plain": (b"t,v\n0,1\n1,2\n", "v", [1.5, 2.25], b"t,v\n0,1.5\n1,2.25\n"),
    "the first column": (b"v,w\n0,1\n1,2\n", "v", [7, 8.5], b"v,w\n7.0,1\n8.5,2\n"),
    "the same values keep their digits": (b"t,v\n0,1.50\n1,2\n", "v", [1.5, 3], b"t,v\n0,1.50\n1,3.0\n"),
    "missing marks stay": (b"t,v\n0,---\n1,2\n2,\n", "v", [np.nan, 3, np.nan], b"t,v\n0,---\n1,3.0\n2,\n"),
    "decimal commas": (b"t;v;n\r\n0;1,5;a\r\n1;2,5;b\r\n", "v", [0.25, -3], b"t;v;n\r\n0;0,25;a\r\n1;-3,0;b\r\n"),
    "quoted decimal commas": (b't,v,n\n0,"1,5",a\n1,"2,5",b\n', "v", [0.25, 9], b't,v,n\n0,"0,25",a\n1,"9,0",b\n'),
    "quotes stay": (b't,v\n0,"1"\n1,2\n', "v", [0.5, 0.25], b't,v\n0,"0.5"\n1,0.25\n'),
    "spaces stay": (b"t, v, n\n0,  1 , a\n1,  2 , b\n", "v", [0.5, 5], b"t, v, n\n0,  0.5 , a\n1,  5.0 , b\n"),
    "delimiters and line ends in quotes before it": (
        b'n,v\n"a,b",1\n"c\n""d"", e",2\n', "v", [0.5, 5], b'n,v\n"a,b",0.5\n"c\n""d"", e",5.0\n',
    ),
    "a quotation mark within a cell": (b't,n,v\n0,5" x,1\n1,"y",2\n', "v", [3, 4], b't,n,v\n0,5" x,3.0\n1,"y",4.0\n'),
    "comments, blank lines, closing delimiters": (
        b"# a\n\nt,v,\n0,1,\n# b,b\n1,2,\n\n", "v", [3, 4], b"# a\n\nt,v,\n0,3.0,\n# b,b\n1,4.0,\n\n",
    ),
    "tabs": (b"t\tv\n0\t1\n1\t2\n", "v", [3, 4], b"t\tv\n0\t3.0\n1\t4.0\n"),
    "single spaces": (b"t v n\n0 1 5\n1 2 5\n", "v", [3, 4], b"t v n\n0 3.0 5\n1 4.0 5\n"),
    "a single column with a gap": (b"v\n1\n\n3\n4\n5\n", "v", [2, np.nan, 3, 4, 6], b"v\n2.0\n\n3\n4\n6.0\n"),
    "no header, no last line end": (b"0,1\n1,2", "column 2", [3, 4], b"0,3.0\n1,4.0"),
    "another encoding": ("t,é\n0,1\n1,2\n".encode("utf-16"), "é", [3, 4], "t,é\n0,3.0\n1,4.0\n".encode("utf-16")),
}  # fmt: skip


@pytest.mark.parametrize("case", REPLACED)
def test_new_values_take_the_place_of_the_old_and_the_rest_stays(case: str, tmp_path: Path) -> None:
    content, name, values, expected = REPLACED[case]
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    table = read_csv(path)
    assert as_text_replaced(table, {name: np.array(values, np.float32)}) == expected
    assert table.cleaned({name: np.array(values, np.float64)}, path, replace=True) == expected


def test_several_columns_at_once_in_any_order(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(b"t,v,w\n0,1,2\n1,3,4\n")
    new = {"w": np.array([0.5, 4]), "v": np.array([1, 0.25])}
    assert read_csv(path).cleaned(new, path, replace=True) == b"t,v,w\n0,1,0.5\n1,0.25,4\n"
    assert read_csv(path).cleaned({}, path, replace=True) == path.read_bytes()


def test_what_does_not_fit_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(b"t,v\n0,1\n1,3\n")
    table = read_csv(path)
    with pytest.raises(ValueError, match="the table 2 rows"):
        as_text_replaced(table, {"v": np.zeros(3)})
    with pytest.raises(DataError, match="no column “x”"):
        as_text_replaced(table, {"x": np.zeros(2)})
    path.write_bytes(b"t,v\n0,1\n1,4\n")
    with pytest.raises(DataError, match="has changed"):
        as_text_replaced(table, {"v": np.zeros(2)})


def test_no_cell_is_mistaken_where_spaces_part_them(tmp_path: Path) -> None:
    path = tmp_path / "log.txt"
    path.write_bytes(b"t    v   n\n  0  1.0   5\n 10  2.0   6 \n")
    table = read_csv(path)
    assert as_text_replaced(table, {"v": np.array([np.nan, 2.5])}) == path.read_bytes().replace(b"2.0", b"2.5")
