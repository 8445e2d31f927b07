"""A cleaned column keeps the unit in its name, and takes no name that is there."""

from pathlib import Path

import numpy as np
import pyarrow
import pytest
from pyarrow import parquet

from aedesk.data import long_table
from aedesk.data.cleaned_names import cleaned_names
from aedesk.data.csv_table import read_csv
from aedesk.data.parquet_file import read_parquet
from aedesk.data.units import unit_of

VALUES = np.sin(np.arange(40.0))


@pytest.mark.parametrize(
    ("name", "new", "unit"),
    [
        ("Spannung [mV]", "Spannung_clean [mV]", "mV"),
        ("flow (kPa)", "flow_clean (kPa)", "kPa"),
        ("flow(kPa)", "flow_clean(kPa)", "kPa"),
        ("ecg_mV", "ecg_clean_mV", "mV"),
        ("T °C", "T_clean °C", "°C"),
        ("channel_A", "channel_A_clean", ""),
        ("ecg", "ecg_clean", ""),
        ("[mV]", "[mV]_clean", ""),
        ("(a) b", "(a) b_clean", ""),
        ("", "_clean", ""),
    ],
)
def test_the_unit_stays_at_the_end(name: str, new: str, unit: str) -> None:
    assert cleaned_names([name]) == (new,)
    assert unit_of(new) == unit


def test_what_is_taken_gets_a_number_before_the_unit() -> None:
    taken = ("v [mV]", "v_clean [mV]", "ecg", "ecg_clean", "ecg_clean (2)")
    assert cleaned_names(["v [mV]", "ecg"], taken) == ("v_clean (2) [mV]", "ecg_clean (3)")
    assert cleaned_names(["v", "v (2)"], ("v", "v (2)")) == ("v_clean", "v_clean (2)")


def test_tables_of_all_kinds_are_written_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, out = tmp_path / "a.csv", tmp_path / "b.csv"
    path.write_text("t,v [mV],v_clean [mV]\n" + "".join(f"{row},{value:.3f},1\n" for row, value in enumerate(VALUES)))
    table = read_csv(path)
    out.write_bytes(table.cleaned({"v [mV]": VALUES / 2, "v_clean [mV]": VALUES}, out))
    added = ("v_clean (2) [mV]", "v_clean_clean [mV]")
    again = read_csv(out)
    assert again.names == (*table.names, *added) and unit_of(again.names[-2]) == "mV"
    np.testing.assert_allclose(again.column(added[0]), VALUES / 2, atol=1e-5)
    monkeypatch.setattr(long_table, "LONG_BYTES", 10)
    long = long_table.open_table(path)
    assert long is not None
    with out.open("wb") as file:
        long.write(file, ["v [mV]"], iter([VALUES[:, None]]), False)
    assert read_csv(out).names == (*table.names, added[0])
    whole = tmp_path / "a.parquet"
    parquet.write_table(pyarrow.table({"v (mV)": VALUES}), whole)
    whole.write_bytes(read_parquet(whole).cleaned({"v (mV)": VALUES}, whole))
    assert read_parquet(whole).names == ("v (mV)", "v_clean (mV)")
