"""Text tables as instruments and programs write them are found as they are, and a person's word goes before the guess."""

from pathlib import Path

import numpy as np
import pytest

from aedesk.data.csv_reading import CsvReading
from aedesk.data.csv_saving import as_text
from aedesk.data.csv_table import CsvTable, read_csv
from aedesk.errors import DataError

INSTRUMENT = (
    "Oszilloskop XY-200;Seriennummer 4711\nAufnahme vom 31.12.2026\nZeit;Spannung;Temperatur;Bemerkung\n"
    "s;V;°C;\n0,00;-1,000;20,00;ok\n0,01;-0,900;20,01;ok\n0,02;-0,800;;ok\n"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log.csv"


def read(path: Path, text: str | bytes, **reading: object) -> CsvTable:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_csv(path, CsvReading.model_validate(reading))


# Text, names, units, lines above the table, and the numbers in the first row of numbers.
FOUND = {
    "two lines of words and units": (INSTRUMENT, "Zeit Spannung Temperatur Bemerkung", "s V °C ", 2, [0, -1, 20]),
    "settings, a name and a value each": (
        "Model,TDS2024\nFirmware,1.2\nRecord Length,2500\nVertical Units,V\nTIME,CH1\n-0.1,0.2\n-0.05,0.3\n0,0.3\n",
        "TIME CH1", " ", 4, [-0.1, 0.2],
    ),
    "units in brackets above a blank line": (
        "Time,A,B\n(ms),(V),(mV)\n\n-5.00,0.1,3\n-4.0,0.2,4\n", "Time A B", "ms V mV", 0, [-5, 0.1, 3],
    ),
    "four lines for a head": (
        '"TOA5","CR1000","x",1,"y"\n"TIME","RECORD","batt"\n"TS","RN","Volts"\n"","","Min"\n0.5,1,12.3\n1.0,2,12.4\n',
        "TIME RECORD batt", "TS RN Volts", 1, [0.5, 1, 12.3],
    ),
    "a line for a spreadsheet program": ("sep=;\r\nt;v\r\n0;1,5\r\n1;2,5\r\n", "t v", " ", 1, [0, 1.5]),
    "key and value, then tabs": (
        "Rate: 100\nDevice: a, b\n\ntime\tacc x\tacc y\n0\t1\t2\n1\t3\t4\n", "time|acc x|acc y", "||", 3, [0, 1, 2],
    ),
    "a line above no names": (
        "TIMESERIES XX, 6 samples, 2008-01-15T00:00:00\n  185.0   181.0\n  209 \t 214 \n 3 4\n",
        "column 1|column 2", "|", 1, [185, 181],
    ),
    "another comment mark": ("% by x\n% t v\n0 1.5\n1 2.5\n", "t v", " ", 0, [0, 1.5]),
    "another quotation mark": ("'t';'v;w'\n'1';'2'\n'3';'4'\n", "t v;w", " ", 0, [1, 2]),
    "points between thousands": ("t;v\n0;1.234,56\n1;12.345,00\n", "t v", " ", 0, [0, 1234.56]),
    "points between millions": ("t;v\n0;1.234.567\n1;12\n", "t v", " ", 0, [0, 1234567]),
    "spaces between thousands": ("t;v\n0;1 234,5\n1;12\n", "t v", " ", 0, [0, 1234.5]),
    "hard spaces between thousands": ("t;v\n0;1\u202f234,5\n1;12\n", "t v", " ", 0, [0, 1234.5]),
    "apostrophes between thousands": ("t,v\n0,-1'234.5\n1,2\n", "t v", " ", 0, [0, -1234.5]),
    "quoted commas between thousands": ('t,v\n0,"19,582"\n1,"2,705"\n2,776\n', "t v", " ", 0, [0, 19582]),
    "quoted decimal commas of three digits": ('t,v\n0,"0,582"\n1,"2,705"\n', "t v", " ", 0, [0, 0.582]),
    "a title among empty cells": (",,\nAll of 2010,,\nState,A,B\nAL,1,2\nAK,3,4\n", "State A B", "  ", 2, [1, 2]),
}  # fmt: skip


@pytest.mark.parametrize("case", FOUND)
def test_the_table_is_found(case: str, path: Path) -> None:
    text, names, units, skip, first = FOUND[case]
    table = read(path, text)
    mark = "|" if "|" in names + units else " "
    assert table.names == tuple(names.split(mark)) and table.units == tuple(units.split(mark))
    assert table.dialect.skip == skip
    np.testing.assert_allclose(table.numbers()[0], first)


@pytest.mark.parametrize("case", FOUND)
def test_the_whole_file_is_written_back_with_columns_added(case: str, path: Path) -> None:
    table = read(path, FOUND[case][0])
    assert as_text(table, {}) == path.read_bytes()
    name = table.default_name()
    new = np.linspace(-1.5, 2000.25, len(table))
    new[-1] = np.nan
    before, lines = table.numbers(), path.read_bytes().splitlines()
    path.write_bytes(table.cleaned({name: new}, path))
    again = read_csv(path, CsvReading(delimiter=table.dialect.delimiter, quote=table.dialect.quote or "none"))
    assert again.names[:-1] == table.names or again.names[-1].startswith("column")
    assert again.units[:-1] == table.units
    if table.dialect.has_units:
        assert again.units[-1] == table.units[table.names.index(name)]
    np.testing.assert_array_equal(again.numbers()[:, :-1], before)
    np.testing.assert_allclose(again.column(again.names[-1]), new, atol=0.00501)  # two digits more than whole numbers
    written = path.read_bytes().splitlines()
    assert len(written) == len(lines) and all(new.startswith(old) for new, old in zip(written, lines, strict=True))


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig", "utf-32-be"])
@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_such_a_file_comes_back_in_any_encoding(encoding: str, ending: str, path: Path) -> None:
    table = read(path, INSTRUMENT.replace("\n", ending).encode(encoding), encoding=encoding)
    assert table.names[0] == "Zeit" and table.units[2] == "°C"
    assert as_text(table, {}) == path.read_bytes()
    added = table.cleaned({"Spannung": np.array([1, 2, 3.5])}, path)
    text = INSTRUMENT.replace("Bemerkung", "Bemerkung;Spannung_clean").replace("°C;", "°C;;V")
    for value in ("1,0", "2,0", "3,5"):
        text = text.replace(";ok\n", f";OK;{value}\n", 1)
    assert added == text.replace("OK", "ok").replace("\n", ending).encode(encoding)


# What is given, the text, and what the first column called v or the last one holds then.
GIVEN = {
    "delimiter": ({"delimiter": ";"}, "t,v;w\n0,1;2\n1,2;3\n", [2, 3]),
    "a tab by name": ({"delimiter": "\\t"}, "a\tb\n1\t2\n", [2]),
    "decimal": ({"decimal": ","}, "t;v\n0;1,234\n1;5\n", [1.234, 5]),
    "thousands": ({"thousands": ","}, "t;v\n0;1,234\n1;5\n", [1234, 5]),
    "no thousands": ({"thousands": "none", "decimal": ","}, "t;v\n0;1,5\n", [1.5]),
    "no quotation marks": ({"quote": "none"}, 't,v"\n0,1\n1,2\n', [1, 2]),
    "comment": ({"comment": "!"}, "! a\nt,v\n0,1\n! b\n1,2\n", [1, 2]),
    "skip": ({"skip": 1}, "0,5\nt,v\n0,1\n1,2\n", [1, 2]),
    "no names": ({"header": "no"}, "2019,2020\n1,2\n", [2020, 2]),
    "names that are numbers": ({"header": "yes"}, "1,2\n3,4\n5,6\n", [4, 6]),
    "units": ({"units": "yes"}, "t,v\nx,y\n1,2\n", [2]),
    "missing": ({"missing": "-200 off"}, "t,v\n0,-200\n1,off\n2,3\n", [np.nan, np.nan, 3]),
    "encoding": ({"encoding": "latin-1"}, "t,vé\n0,1\n", [1]),
}


@pytest.mark.parametrize("case", GIVEN)
def test_what_is_given_goes_before_the_guess(case: str, path: Path) -> None:
    reading, text, values = GIVEN[case]
    table = read(path, text.encode("latin-1"), **reading)
    np.testing.assert_array_equal(table.column(table.names[-1]), values)
    assert as_text(table, {}) == path.read_bytes()
    assert read_csv(path, table.reading).names == table.names


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        ({"encoding": "klingon"}, "no encoding called “klingon”"),
        ({"encoding": "ascii"}, "ascii"),
        ({"skip": 9}, "log.csv has 5 lines, and 9 were to be skipped"),
        ({"time": "z"}, "log.csv has no column “z”"),
        ({"delimiter": "::"}, "one character"),
        ({"delimiter": "€"}, "one character"),
    ],
)
def test_what_cannot_be_is_refused(reading: dict[str, object], said: str, path: Path) -> None:
    with pytest.raises(DataError, match=said) as caught:
        read(path, "t,é\n0,1\n1,2\n2,3\n3,4\n", **reading)
    assert str(caught.value).endswith(".")


def test_lone_far_numbers_that_recur_are_missing_values(path: Path) -> None:
    rows = [f"{row};{-200 if row % 7 == 0 else row % 5 + 1};{row % 3}" for row in range(40)]
    table = read(path, "t;CO;T\n" + "\n".join(rows))
    assert table.dialect.missing == ("-200",)
    assert np.isnan(table.column("CO")[::7]).all() and np.isfinite(table.column("T")).all()
    assert read(path, path.read_text(), missing="none").column("CO").min() == -200
    lone = read(path, "t;CO\n" + "\n".join(f"{row};{-200 if row == 5 else row % 5}" for row in range(40)))
    assert lone.column("CO").min() == -200  # once is a value
    near = read(path, "t;T\n" + "\n".join(f"{row};{-200 + 10 * (row % 30)}" for row in range(90)))
    assert near.column("T").min() == -200  # one among others
