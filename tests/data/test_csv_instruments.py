"""Exports of oscilloscopes: names, units and the sampling rate are taken from where each maker writes them."""

from pathlib import Path

import numpy as np
import pytest

from aedesk.data.csv_preview import preview
from aedesk.data.csv_reading import CsvReading
from aedesk.data.csv_saving import as_text
from aedesk.data.csv_table import CsvTable, read_csv
from aedesk.errors import DataError

COUNT = 60
LEVELS = np.round(np.sin(np.arange(COUNT) / 5), 3)
SETTINGS = (
    "Record Length,60", "Sample Interval,4.0e-07", "Trigger Point,30", ",", ",", "Source,CH1", "Vertical Units,V",
    "Horizontal Units,s", "Model Number,TDS2014", "Firmware Version,FV:v2.11",
)  # fmt: skip


def rows(form: str) -> str:
    return "".join(form.format(row=row, level=level, time=row * 4e-7 - 1e-4) for row, level in enumerate(LEVELS))


def beside(ending: str = ",") -> str:
    lines = rows(f",{{time:.10f}},{{level:.5f}}{ending}\n").splitlines()
    settings = [*SETTINGS, *[","] * COUNT]
    return "".join(f"{setting},{line}\n" for setting, line in zip(settings, lines, strict=False))


def written(folder: Path, text: str) -> CsvTable:
    (folder / "scope.csv").write_text(text)
    return read_csv(folder / "scope.csv")


@pytest.mark.parametrize(
    ("head", "row", "names"),
    [
        ("X,CH1,Start,Increment,\nSequence,Volt,-6.0e-03,2.0e-06\n", "{row},{level:.3f},\n", ("X", "CH1")),
        ("X,CH1,Start,Increment\nSequence,Volt,-6.0e-03,2.0e-06\n", "{row},{level:.3f}\n", ("X", "CH1")),
        ("X,CH1,Start,Increment,\nSequence,Volt,-6.0e-03,2.0e-06\n", "{row},{level:.3f},,\n", ("X", "CH1", "Start")),
        ("X,CH1,CH2,Start,Increment,\nSequence,Volt,Volt,-6.0e-03,2.0e-06\n", "{row},{level:.3f},1.{row},,\n", ("X", "CH1", "CH2", "Start")),
    ],
)  # fmt: skip
def test_two_rows_with_the_start_and_the_increment(head: str, row: str, names: tuple[str, ...], tmp_path: Path) -> None:
    table = written(tmp_path, head + rows(row))
    assert table.names == names and table.units[1] == "Volt" and table.default_name() == "CH1"
    np.testing.assert_allclose(table.column(), LEVELS)
    assert table.time_step() == pytest.approx(2e-6) and "every 2 µs (500 kHz) by “Increment”" in table.explanation()
    again = written(tmp_path, as_text(table, {"CH1_clean": LEVELS}, {"CH1_clean": "Volt"}).decode())
    assert "CH1_clean" in again.names and again.time_step() == pytest.approx(2e-6)
    np.testing.assert_allclose(again.column("CH1_clean"), LEVELS)
    assert again.units[again.names.index("CH1_clean")] == "Volt"


def test_an_increment_that_is_none_is_a_column(tmp_path: Path) -> None:
    table = written(tmp_path, "X,CH1,Start,Increment\n" + rows("{row},{level:.3f},1,2\n"))
    assert table.names == ("X", "CH1", "Start", "Increment")
    zero = written(tmp_path, "X,CH1,Start,Increment,\nSequence,Volt,0,0\n" + rows("{row},{level:.3f},\n"))
    assert zero.time_step() is None


def test_a_given_rate_goes_before_the_increment(tmp_path: Path) -> None:
    path = written(tmp_path, "X,CH1,Start,Increment,\nSequence,Volt,-6.0e-03,2.0e-06\n" + rows("{row},{level:.3f},\n")).path
    seen = preview(path)
    assert seen.reading.rate == pytest.approx(500_000) and seen.roles == ("time", "channel")
    assert read_csv(path, CsvReading(rate=10)).time_step() == pytest.approx(0.1)
    assert preview(path, seen.reading).names == seen.names


@pytest.mark.parametrize("ending", [",", ""])
def test_settings_beside_the_data(ending: str, tmp_path: Path) -> None:
    table = written(tmp_path, beside(ending))
    assert table.names[3:] == ("time", "CH1") and table.units[3:] == ("s", "V")
    assert table.signal_names() == ("CH1",) and table.time_step() == pytest.approx(4e-7)
    np.testing.assert_allclose(table.column(), LEVELS)
    assert "Columns 1, 2, 3 hold settings of the instrument" in table.explanation()
    text = as_text(table, {"CH1_clean": LEVELS})
    again = written(tmp_path, text.decode())
    np.testing.assert_allclose(again.column("column 6"), LEVELS)


def test_two_channels_with_settings_each(tmp_path: Path) -> None:
    both = [f"{line},{line}" for line in beside("").splitlines()]
    table = written(tmp_path, "\n".join(both) + "\n")
    assert table.signal_names() == ("CH1", "CH1 (2)") and table.time_step() == pytest.approx(4e-7)


def test_channels_named_by_numbers_above_units(tmp_path: Path) -> None:
    table = written(tmp_path, "x-axis,1,2\nsecond,Volt,Volt\n" + rows("{time:+.9E},{level:+.3E},+1.{row}E-01\n"))
    assert table.names == ("x-axis", "1", "2") and table.units == ("second", "Volt", "Volt")
    assert table.signal_names() == ("1", "2") and table.time_step() == pytest.approx(4e-7)
    np.testing.assert_allclose(table.column("1"), LEVELS)
    one = written(tmp_path, "x-axis,1\nsecond,Volt\n" + rows("{time:+.9E},{level:+.3E}\n"))
    assert one.names == ("x-axis", "1") and one.units == ("second", "Volt")


def test_settings_above_the_data_tell_the_rate(tmp_path: Path) -> None:
    head = "Revision:,1\nType:,raw\nPoints:,60\nXInc:,2.0E-6\nXOrg:,-5E-4\nXUnits:,second\nData:\n"
    table = written(tmp_path, head + rows("{level:.4E}\n"))
    np.testing.assert_allclose(table.column(), LEVELS)
    assert table.names == ("column 1",) and table.time_step() == pytest.approx(2e-6)


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("Sampling rate: 360 Hz", 1 / 360), ("# fs = 250", 1 / 250), ("Sample Rate,1.25e9,Sa/s", 0.8e-9), ("Sampling frequency (kHz): 2", 1 / 2000),
        ("Sampling interval: 5 minutes", 300), ("Sample Interval\t4 ms", 0.004), ("Sample period [ms]: 20", 0.02), ("SampleRate,1000,Channels,3", 0.001),
        ("Sampling rate: 60 per minute", None), ("Sampling rate: 10,000 Hz", None), ("Sampling rate: 0", None), ("prefs 12", None), ("Sampling rate: unknown", None),
    ],
)  # fmt: skip
def test_a_rate_in_words(line: str, step: float | None, tmp_path: Path) -> None:
    table = written(tmp_path, f"Recorder 5\n{line}\n\nlevel\n" + rows("{level:.3f}\n"))
    found = table.time_step()
    assert (found is None) if step is None else found == pytest.approx(step)
    assert ("above them" in table.explanation()) == (step is not None)


def test_a_decimal_comma_in_a_setting(tmp_path: Path) -> None:
    table = written(tmp_path, "Gerät 5\nSample interval;2,5 ms\nU;I\n" + rows("{level:.3f};{level:.2f}\n").replace(".", ","))
    assert table.time_step() == pytest.approx(0.0025) and table.names == ("U", "I")


def test_times_go_before_settings(tmp_path: Path) -> None:
    table = written(tmp_path, "Sampling rate: 9 Hz\ntime_s,level\n" + rows("{row}.5,{level:.3f}\n"))
    assert table.time_step() == 1 and "above them" not in table.explanation()


def test_samples_that_go_on_from_line_to_line_are_no_columns(tmp_path: Path) -> None:
    path = tmp_path / "slist.ascii"
    rows = "\n".join("\t".join(str(6 * row + place) for place in range(6)) for row in range(20))
    path.write_text(f"TIMESERIES XX_TEST__BHZ_R, 120 samples, 40 sps, 2008-01-15T00:00:00.025000, SLIST, INTEGER, Counts\n{rows}\n")
    with pytest.raises(DataError, match=r"slist\.ascii.*go on from line to line, 6 in each .*one sample in a line"):
        read_csv(path)


@pytest.mark.parametrize("name", ["Zeile", "Ligne", "строка"])
def test_a_first_column_that_counts_is_no_signal_in_any_language(name: str, tmp_path: Path) -> None:
    path = tmp_path / "counted.csv"
    path.write_text(f"{name},level\n" + "".join(f"{row + 5},{row % 7}.5\n" for row in range(40)), "utf-8")
    assert read_csv(path).signal_names() == ("level",)
    path.write_text(f"{name},level\n" + "".join(f"{row % 30 + 5},{row % 7}.5\n" for row in range(40)), "utf-8")
    assert read_csv(path).signal_names() == (name, "level"), "where it begins anew it may be a signal"
    path.write_text(f"level,{name}\n" + "".join(f"{row % 7}.5,{row + 5}\n" for row in range(40)), "utf-8")
    assert read_csv(path).signal_names() == ("level", name), "only the first"
    path.write_text(f"{name}\n" + "".join(f"{row}\n" for row in range(40)), "utf-8")
    assert read_csv(path).signal_names() == (name,), "a ramp alone is what there is"


def test_settings_with_units_beside_the_table(tmp_path: Path) -> None:
    settings = [
        '"Record Length",60,"Points"', '"Sample Interval",4.0e-07,s', '"Trigger Point",30,"Samples"', '"Trigger Time",0.1,s',
        '"",,', '"Source",CH2,', '"Vertical Units",V,', '"Horizontal Offset",0,s', *[",,"] * COUNT,
    ]  # fmt: skip
    lines = rows(",{time:.10f},{level:.5f}\n").splitlines()
    table = written(tmp_path, "".join(f"{setting}{line}\n" for setting, line in zip(settings, lines, strict=False)))
    assert table.names == ("column 1", "column 2", "column 3", "time", "CH2")
    assert table.signal_names() == ("CH2",) and table.units[-2:] == ("s", "V")
    assert table.time_step() == pytest.approx(4e-7)
    assert "Columns 1, 2, 3 hold settings" in table.explanation()
    np.testing.assert_allclose(table.column(), LEVELS)
