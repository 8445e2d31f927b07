"""What recorders and programs of laboratories write above their samples: heads of LabVIEW, LabChart, AcqKnowledge,
wristbands, OpenSignals."""

from pathlib import Path

import numpy as np
import pytest

from aedesk.data.csv_instruments import are_counts, below_labview
from aedesk.data.csv_saving import as_text
from aedesk.data.csv_table import CsvTable, read_csv

COUNT = 40
LEVELS = np.round(np.sin(np.arange(COUNT) / 3), 3)

LABVIEW = (
    "LabVIEW Measurement\t\nWriter_Version\t2\nDecimal_Separator\t,\nMulti_Headings\tYes\nTime\t09:51:39,19705\n***End_of_Header***\t\n\t\n"
    "Channels\t2\t\t\t\nSamples\t40\t40\t\nY_Unit_Label\tNewtons\tm/s^2\t\nDelta_X\t3,906250E-5\t3,906250E-5\t\n***End_of_Header***\t\t\t\n"
    "X_Value\tforce\tspeed\tComment\n"
)
LABCHART = (
    "Interval=\t0.001 s\nExcelDateTime=\t4.37494e+04\t10/11/19 11:08:37.485584\nTimeFormat=\tStartOfBlock\nDateFormat=\t\n"
    "ChannelTitle=\tforce\tspeed\nRange=\t2.000 V\t50.0 mmHg\nUnitName=\t*\tmmHg\nTopValue=\t*\t56.44\nBottomValue=\t*\t-0.09\n"
)
ACQ = "ECG.acq\n1 msec/sample\n2 channels\nECG (.5 - 35 Hz)\nmV\nSpeed\nVolts\nmin\tforce\tspeed\t\n\t40\t40\t\n"
OPEN = (
    '# OpenSignals Text File Format\n# {"20:16": {"sensor": ["ECG"], "column": ["nSeq", "force", "speed"], "sampling rate": 1000}}\n'
    "# EndOfHeader\n"
)


def written(folder: Path, head: str, row: str, name: str = "lab.txt") -> CsvTable:
    rows = [row.format(time=place / 1000, minutes=place / 60_000, level=level, place=place, round=place % 16) for place, level in enumerate(LEVELS)]
    (folder / name).write_text(head + "".join(rows))
    return read_csv(folder / name)


def commas(text: str) -> str:
    return text.replace(".", ",")


@pytest.mark.parametrize(
    ("head", "row", "step", "units"),
    [
        (LABVIEW.replace(",", "."), "\t{level}\t{place}\n", 3.90625e-5, ("", "")),
        (LABVIEW.replace(",", "."), "{time}\t{level}\t{place}\n", 1e-3, ("", "")),
        (LABCHART, "{time}\t{level}\t{place}\n", 1e-3, ("", "mmHg")),
        (LABCHART, "{level}\t{place}\n", 1e-3, ("", "mmHg")),
        (ACQ, "{minutes:.8f}\t{level}\t{place}\t\n", 1e-3, ("", "")),
        (OPEN, "{round}\t{level}\t{place}\t\n", 1e-3, ("", "")),
    ],
)
def test_names_and_rate_are_read_and_no_setting_is_a_sample(
    head: str, row: str, step: float, units: tuple[str, ...], tmp_path: Path
) -> None:
    table = written(tmp_path, head, row)
    assert table.names[-2:] == ("force", "speed") and table.units[-2:] == units and len(table) == COUNT
    assert table.default_name() == "force" and table.time_step() == pytest.approx(step, rel=1e-3)
    np.testing.assert_allclose(table.column(), LEVELS)
    assert "no names" not in table.explanation()


@pytest.mark.parametrize(
    ("head", "row"),
    [(LABVIEW.replace(",", "."), "\t{level}\t{place}\n"), (LABCHART, "{level}\t{place}\n"), (ACQ, "{minutes:.8f}\t{level}\t{place}\t\n")],
)
def test_a_cleaned_column_beside_them_opens_again(head: str, row: str, tmp_path: Path) -> None:
    table = written(tmp_path, head, row)
    (tmp_path / "again.txt").write_bytes(as_text(table, {"force_clean": LEVELS}, {"force_clean": "N"}))
    again = read_csv(tmp_path / "again.txt")
    assert again.names[-1] == "force_clean" and len(again) == COUNT
    np.testing.assert_allclose(again.column("force_clean"), LEVELS)
    np.testing.assert_allclose(again.column("speed"), table.column("speed"))


def test_labview_with_decimal_commas(tmp_path: Path) -> None:
    rows = "".join(f"\t{commas(f'{level:.3f}')}\t{commas(f'{place / 7:.3f}')}\n" for place, level in enumerate(LEVELS))
    (tmp_path / "run.lvm").write_text(LABVIEW + rows)
    table = read_csv(tmp_path / "run.lvm")
    assert table.dialect.decimal == "," and table.time_step() == pytest.approx(3.90625e-5)
    np.testing.assert_allclose(table.column("force"), LEVELS)
    assert below_labview(b"time,level\n") == (0, 0) and below_labview(b"LabVIEW Measurement\n") == (0, 0)


@pytest.mark.parametrize(("columns", "rate"), [(1, 64), (3, 32), (1, 4)])
def test_what_wristbands_write_first_is_no_sample(columns: int, rate: int, tmp_path: Path) -> None:
    head = ", ".join(["1544027337.000000"] * columns) + "\n" + ", ".join([f"{rate:.6f}"] * columns) + "\n"
    table = written(tmp_path, head, ",".join(["{level}"] * columns) + "\n", "BVP.csv")
    assert len(table) == COUNT and table.time_step() == pytest.approx(1 / rate)
    np.testing.assert_allclose(table.column(), LEVELS)
    assert f"“{rate:.6f}” above them" in table.explanation()
    (tmp_path / "again.csv").write_bytes(as_text(table, {"clean": LEVELS}, {"clean": ""}))
    again = read_csv(tmp_path / "again.csv")
    assert len(again) == COUNT and again.time_step() == pytest.approx(1 / rate)
    np.testing.assert_allclose(again.column(again.names[-1]), LEVELS)


@pytest.mark.parametrize("head", ["1544027337,1544027338\n64,64\n", "1544027337,1544027337\n64,32\n", "154402,154402\n64,64\n", "1544027337\n-64\n"])
def test_other_first_rows_are_samples(head: str, tmp_path: Path) -> None:
    table = written(tmp_path, head, ",".join(["{level}"] * (head.count(",") // 2 + (head.count(",") > 0))) + "\n" if "," in head else "{level}\n")
    assert len(table) == COUNT + 2


def test_a_first_row_of_several_numbers_in_one_cell_is_no_head(tmp_path: Path) -> None:
    (tmp_path / "map.txt").write_text("0 409   9 565\n" * 2 + "18 567  30 568\n" * COUNT)
    (tmp_path / "dots.csv").write_text("1544027337\n64\n" + "1.2.3\n" * COUNT)
    assert len(read_csv(tmp_path / "map.txt")) == COUNT + 2
    read_csv(tmp_path / "dots.csv")


def test_times_of_samples_are_no_head(tmp_path: Path) -> None:
    (tmp_path / "stamps.csv").write_text("".join(f"{1544027337 + row}\n" for row in range(COUNT)))
    assert len(read_csv(tmp_path / "stamps.csv")) == COUNT


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["t", "a"], ["", "40"], ["0", "1"], ["1", "2"], ["2", "3"]], True),
        ([["t", "a"], ["", "40.5"], ["0", "1"], ["1", "2"], ["2", "3"]], False),
        ([["t", "a"], ["", "40"], ["", "1"], ["1", "2"], ["2", "3"]], False),
        ([["t", "a"], ["", "40"], ["0", "1"]], False),
    ],
)
def test_counts_of_samples(rows: list[list[str]], expected: bool) -> None:
    assert are_counts(rows, 1) == expected


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("1 msec/sample", 1e-3), ("0.5 ms/sample", 5e-4), ("Interval=\t0.001 s", 1e-3), ("Measurement Frequency,50.0 Hz", 0.02),
        ("--- Data File Created By ActiGraph GT3X+ at 30 Hz  Filter Normal ---", 1 / 30), ("Interval=\t5", None), ("Delta_X\t0.25", 0.25),
    ],
)  # fmt: skip
def test_rates_above_the_table(line: str, step: float | None, tmp_path: Path) -> None:
    table = written(tmp_path, f"{line}\nforce\tspeed\n", "{level}\t{place}\n")
    assert table.time_step() == (None if step is None else pytest.approx(step))


@pytest.mark.parametrize(("name", "step"), [("millis", 0.02), ("micros", 2e-5), ("wavelength_nm", None), ("Frequency (Hz)", None), ("Voltage", None), ("x", 20)])
def test_the_first_column_tells_times_where_it_may(name: str, step: float | None, tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(f"{name},level\n" + "".join(f"{1000 + row * 20},{level}\n" for row, level in enumerate(LEVELS)))
    table = read_csv(tmp_path / "log.csv")
    assert table.default_name() == "level" and table.time_step() == (None if step is None else pytest.approx(step))
