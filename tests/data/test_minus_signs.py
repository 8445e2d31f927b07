"""Numbers with the typesetter's sign of minus are numbers."""

from pathlib import Path

import numpy as np
import pytest

from aedesk.data.csv_table import read_csv
from aedesk.data.csv_values import is_missing, is_number, is_value

VALUES = np.round(np.random.default_rng(1).normal(0, 2, 50), 3)


def signed(text: str) -> str:
    return text.replace("-", "\u2212")


@pytest.mark.parametrize(
    ("head", "row", "decimal"),
    [
        ("t,v", "{row},{value:.3f}", "."),
        ("t;v", "{row};{comma}", ","),
        ("v", "{comma}", ","),
        ("v", "{value:.3f}", "."),
        ("t,v", "{row},{value:.3e}", "."),
        ("t;v;w", "{row};{comma};−1.234,5", ","),
    ],
)
def test_they_are_read_and_cleaned_ones_written(head: str, row: str, decimal: str, tmp_path: Path) -> None:
    path, out = tmp_path / "a.csv", tmp_path / "b.csv"
    rows = [row.format(row=place, value=value, comma=f"{value:.3f}".replace(".", ",")) for place, value in enumerate(VALUES)]
    path.write_text("\n".join([head, *map(signed, rows)]), "utf-8")
    table = read_csv(path)
    assert table.dialect.decimal == decimal and table.names == tuple(head.replace(";", ",").split(","))
    np.testing.assert_allclose(table.column("v"), VALUES, atol=2e-3)
    if "w" in table.names:
        assert set(table.column("w")) == {-1234.5}
    for replace in (False, True):
        out.write_bytes(table.cleaned({"v": VALUES / 3}, out, replace))
        again = read_csv(out)
        np.testing.assert_allclose(again.column("v" if replace else "v_clean"), VALUES / 3, atol=1e-4)
    assert max(len(line) for line in out.read_text("utf-8").splitlines()) < 30, "no more digits than are told"


def test_a_lone_sign_is_no_value_and_text_stays_text() -> None:
    assert is_missing("−") and is_number("−0.5") and is_value("−1,5", ",") and is_value("−Inf")
    assert not is_number("−x") and not is_number("1−")
