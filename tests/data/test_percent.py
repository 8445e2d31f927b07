"""Numbers with a percent sign are numbers, whose unit it is, and are written with it again."""

from pathlib import Path

import numpy as np
import pytest

from aedesk.data.csv_table import read_csv
from aedesk.data.csv_values import is_number, is_value

VALUES = np.round(50 + np.random.default_rng(1).normal(0, 2, 50), 2)


@pytest.mark.parametrize(
    ("head", "row", "sign"),
    [
        ("time,load", "{row},{value:.2f}%", "%"),
        ("time;load", "{row};{comma} %", " %"),
        ('"time","load"', '"{row}","{comma}%"', "%"),
        ("load", "{value:.2f}%", "%"),
    ],
)
def test_they_are_read_and_written(head: str, row: str, sign: str, tmp_path: Path) -> None:
    path, out = tmp_path / "a.csv", tmp_path / "b.csv"
    lines = [row.format(row=place, value=value, comma=f"{value:.2f}".replace(".", ",")) for place, value in enumerate(VALUES)]
    path.write_text("\n".join([head, *lines]))
    table = read_csv(path)
    assert table.default_name() == "load" and table.units[table.names.index("load")] == "%"
    np.testing.assert_allclose(table.column(), VALUES)
    values = VALUES / 3
    values[3] = np.nan
    for replace in (False, True):
        out.write_bytes(table.cleaned({"load": values}, out, replace))
        again = read_csv(out)
        name = "load" if replace else "load_clean"
        found = np.where(np.isnan(values), VALUES[3] if replace else np.nan, values)
        np.testing.assert_allclose(again.column(name), found, atol=1e-4)
        assert again.units[again.names.index(name)] == "%"
        assert out.read_text().count(sign) == (50 if replace else 99)


def test_a_sign_alone_or_behind_words_is_no_number(tmp_path: Path) -> None:
    assert is_number("5%") and is_value("−1,5 %", ",")
    assert not is_number("%") and not is_number("x%") and not is_number("5%%") and not is_value("a 5 %")
    path = tmp_path / "a.csv"
    path.write_text("t,v,w\ns,%,mV\n" + "".join(f"{row},{row % 7}.5,{row % 5}%\n" for row in range(40)))
    assert read_csv(path).units == ("s", "%", "mV"), "a row of units goes before"
