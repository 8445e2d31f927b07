"""Cleaned numbers are written like those they came of: as exact and two digits more, quoted where all are."""

from pathlib import Path

import numpy as np
import pytest

from aedesk.data import long_table
from aedesk.data.csv_dialect import CsvDialect
from aedesk.data.csv_numbers import NumberForm, form_of
from aedesk.data.csv_saving import as_text
from aedesk.data.csv_table import read_csv
from aedesk.data.csv_text import numbers_in_text
from aedesk.data.long_table import open_table

THIRD = np.array([1 / 3, -2 / 3, 0.0], np.float32)


@pytest.mark.parametrize(
    ("cells", "texts"),
    [
        (["1.25", "0.5", "-3"], ["0.3333", "-0.6667", "0.0"]), (["1", "-200"], ["0.33", "-0.67", "0.0"]),
        (["1.20e-01", "1e0"], ["3.3333e-01", "-6.6667e-01", "0.0000e+00"]), (["1.5E-3", "", "2.5E+3"], ["3.333E-01", "-6.667E-01", "0.000E+00"]),
        (["0.001", "1e-05"], ["0.3333333", "-0.6666667", "0.0"]), (["0.12345678901"], ["0.33333334", "-0.6666667", "0.0"]),
        (["x", "", "OVLD"], ["0.33333334", "-0.6666667", "0.0"]), ([], ["0.33333334", "-0.6666667", "0.0"]),
        (["123456789"], ["0.33333334", "-0.6666667", "0.0"]), (["1.1111111e5", "1e5"], ["0.33333334", "-0.6666667", "0.0"]),
    ],
)  # fmt: skip
def test_as_many_digits_as_the_column_has_and_two_more(cells: list[str], texts: list[str]) -> None:
    assert list(form_of(cells, ".").texts(THIRD)) == texts


def test_the_files_own_decimal_mark_counts() -> None:
    assert form_of(["1,25", "0,5"], ",") == NumberForm(4) and form_of(["1.25"], ",") == NumberForm()
    assert form_of(["1.234,5"], ",", ".") == NumberForm(3, thousands=".")


@pytest.mark.parametrize(
    ("cells", "decimal", "mark", "texts"),
    [
        (["1.267,31", "980,5"], ",", ".", ["1.234,5678", "-999,9", "12.345.678,9"]),
        (["1,267.31", "12,000"], ".", ",", ['"1,234.5678"', "-999.9", '"12,345,678.9"']),
        (["1267,3", "12.000,5"], ",", ".", ["1234,568", "-999,9", "12.345.678,9"]),  # four digits stay together
        (["12\u202f000,5"], ",", " ", ["1\u202f234,568", "-999,9", "12\u202f345\u202f678,9"]),
        (["1'200.55 %"], ".", "'", ["1'234.5678 %", "-999.9 %", "12'345'678.9 %"]),
        (["12000,5", "13000,5", "1.200,5"], ",", ".", ["1234,568", "-999,9", "12345678,9"]),  # most have none
        (["1.5e3", "2.5e4"], ".", ",", ["1.235e+03", "-9.999e+02", "1.235e+07"]),
    ],
)  # fmt: skip
def test_thousands_are_marked_where_those_of_the_column_are(cells: list[str], decimal: str, mark: str, texts: list[str]) -> None:
    form = form_of(cells, decimal, mark)
    delimiter = "," if mark == "," else ";"
    dialect = CsvDialect("utf-8", b"", delimiter, decimal, "\n", True, 2, thousands=mark)
    values = np.array([1234.5678, -999.9, 12345678.9])
    assert list(numbers_in_text([values], dialect, form)) == texts


@pytest.mark.parametrize("unit", ["[V]", "(V)", "V"])
@pytest.mark.parametrize("long", [False, True])
def test_what_is_added_has_the_marks_and_units_of_its_column(
    unit: str, long: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log.csv"
    rows = "".join(f"{row / 10:g}\t".replace(".", ",") + f"1.2{row + 10},31\n" for row in range(30))
    path.write_text(f"time\tlevel\n[s]\t{unit}\n{rows}", encoding="utf-8")
    monkeypatch.setattr(long_table, "LONG_BYTES", 100 if long else 10**9)
    table, values = open_table(path) if long else read_csv(path), np.full(30, 1239.2841)
    if long:
        with (tmp_path / "out.csv").open("wb") as out:
            table.write(out, ["level"], iter([values[:, None]]), False)
        lines = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()
    else:
        lines = table.cleaned({"level": values}, tmp_path / "out.csv").decode().splitlines()
        replaced = table.cleaned({"level": values}, tmp_path / "out.csv", True).decode().splitlines()
        assert replaced[1] == f"[s]\t{unit}" and replaced[2] == "0\t1.239,2841"
    assert lines[:3] == ["time\tlevel\tlevel_clean", f"[s]\t{unit}\t{unit}", "0\t1.210,31\t1.239,2841"]


def test_small_values_are_written_out_and_zero_has_no_sign() -> None:
    assert list(NumberForm(6).texts(np.array([2e-5, -1e-9, 1e6]))) == ["0.000020", "0.0", "1000000.0"]


def test_rounding_is_far_below_the_files_own() -> None:
    values = np.random.default_rng(0).normal(size=1000).astype(np.float32)
    written = np.array(list(map(float, form_of(["0.001"], ".").texts(values))))
    assert np.abs(written - values).max() < 0.02 * 0.001 / np.sqrt(12) * 2


def cleaned(folder: Path, text: str, replace: bool = False) -> list[str]:
    path = folder / "log.csv"
    path.write_text(text)
    table = read_csv(path)
    return table.cleaned({"v": np.array([1 / 3, 2 / 3, np.nan], np.float32)}, path, replace).decode().splitlines()


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('"t","v"\n"0","1.5"\n"1","2.5"\n"2","4.5"\n', ['"t","v","v_clean"', '"0","1.5","0.333"', '"1","2.5","0.667"', '"2","4.5",""']),
        ('"t","v"\n0,1.5\n1,2.5\n2,4.5\n', ['"t","v","v_clean"', "0,1.5,0.333", "1,2.5,0.667", "2,4.5,"]),
        ('t,v\n"0","1.5"\n1,2.5\n2,4.5\n', ["t,v,v_clean", '"0","1.5",0.333', "1,2.5,0.667", "2,4.5,"]),
        ('"t";"v";\n"0";"1,5";\n"1";"2,5";\n"2";"4,5";\n', ['"t";"v";"v_clean";', '"0";"1,5";"0,333";', '"1";"2,5";"0,667";', '"2";"4,5";"";']),
        ("'t';'v'\n'0';'1.5'\n'1';'2.5'\n'2';'4.5'\n", ["'t';'v';'v_clean'", "'0';'1.5';'0.333'", "'1';'2.5';'0.667'", "'2';'4.5';''"]),
    ],
)  # fmt: skip
def test_new_cells_are_quoted_where_all_are(text: str, rows: list[str], tmp_path: Path) -> None:
    assert cleaned(tmp_path, text) == rows
    assert read_csv(tmp_path / "log.csv").names == ("t", "v")


def test_replaced_cells_keep_their_marks_and_the_columns_digits(tmp_path: Path) -> None:
    assert cleaned(tmp_path, '"t","v"\n"0","1.5"\n"1","2.5"\n"2","4.5"\n', replace=True) == ['"t","v"', '"0","0.333"', '"1","0.667"', '"2","4.5"']


def test_the_form_of_an_oscilloscope_stays(tmp_path: Path) -> None:
    rows = cleaned(tmp_path, "t,v\n0,+1.20E-01\n1,-3.20E-01\n2,+1.50E+00\n")
    assert rows[1:] == ["0,+1.20E-01,3.3333E-01", "1,-3.20E-01,6.6667E-01", "2,+1.50E+00,"]


def test_other_columns_are_exact(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("t,v\n0,1.5\n1,2.5\n")
    assert as_text(read_csv(path), {"score": np.array([0.123456789, 2])}).endswith(b"0,1.5,0.123456789\n1,2.5,2.0\n")


def test_a_long_file_is_written_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_table, "LONG_BYTES", 10)
    path, out = tmp_path / "log.csv", tmp_path / "out.csv"
    text = '"t","v"\n"0","1.5"\n"1","2.5"\n"2","4.5"\n'
    expected = cleaned(tmp_path, text)
    table = open_table(path)
    assert table is not None
    for replace in (False, True):
        with out.open("wb") as file:
            table.write(file, ["v"], [np.array([[1 / 3], [2 / 3], [np.nan]], np.float32)], replace)
        assert out.read_text().splitlines() == (cleaned(tmp_path, text, True) if replace else expected)
